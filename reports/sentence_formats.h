/* sentence_formats.h - every format that the engine speaks in, NULL behind the last one. Made by
 * the build from the sources (po/sentences.sh). */
#ifndef YINMA_REPORTS_SENTENCE_FORMATS_H
#define YINMA_REPORTS_SENTENCE_FORMATS_H

extern const char *const sentence_formats[];
/* What libraries say and errors hand on, as far as it is met. */
extern const char *const sentences_of_libraries[];

#endif
