/* script_text.h - does data begin as SQL scripts do? What the blobs of a dump look like says
 * nothing about it, though they may be most of it. */
#ifndef YINMA_CORE_SCRIPT_TEXT_H
#define YINMA_CORE_SCRIPT_TEXT_H

#include "core/bytes.h"

/* HEAD begins with a line of text that is a comment or begins with a word of SQL. */
bool script_text_begins(struct bytes head);

#endif
