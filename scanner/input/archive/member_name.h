/* member_name.h - names of archive members as UTF-8. */
#ifndef YINMA_INPUT_ARCHIVE_MEMBER_NAME_H
#define YINMA_INPUT_ARCHIVE_MEMBER_NAME_H

#include "core/text_buffer.h"

/* Put RAW into OUT (emptied first) without "./" and "/" in front. What is no UTF-8 is taken for
 * Big5 (Windows in Taiwan writes zip names in code page 950); what is neither stays as it is. */
void member_name_put(struct text_buffer *out, struct bytes raw);

#endif
