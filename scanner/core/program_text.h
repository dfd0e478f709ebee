/* program_text.h - which files hold program text, by the ends of their names. */
#ifndef YINMA_CORE_PROGRAM_TEXT_H
#define YINMA_CORE_PROGRAM_TEXT_H

/* ".c", ".java" …, in lower case, NULL-terminated. */
extern const char *const program_text_endings[];

#endif
