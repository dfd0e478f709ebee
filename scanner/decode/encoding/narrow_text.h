/* narrow_text.h - short texts of a code page that nobody names for sure: UTF-8 where they are valid
 * as such, else that of the code page, mostly Big5. */
#ifndef YINMA_DECODE_ENCODING_NARROW_TEXT_H
#define YINMA_DECODE_ENCODING_NARROW_TEXT_H

#include <iconv.h>

#include "core/text_buffer.h"

struct narrow_text {
    struct text_buffer utf8;
    iconv_t pages; /* (iconv_t)-1: texts stay as they are */
};

/* CODE_PAGE as iconv calls it: "CP950". */
void narrow_text_init(struct narrow_text *text, const char *code_page);
void narrow_text_release(struct narrow_text *text);

/* RAW as UTF-8, what is no character as U+FFFD; valid until the next call. text->utf8.failed tells
 * that memory was out. */
struct bytes narrow_text_read(struct narrow_text *text, struct bytes raw);

#endif
