/* written_email.h - addresses of mail written in another way than with an ASCII '@' and dots: full
 * width (Ａ＠ｂ．ｔｗ), or so that machines shall not find them (a [at] b.tw, a(at)b (dot) tw). */
#ifndef YINMA_PATTERNS_WRITTEN_EMAIL_H
#define YINMA_PATTERNS_WRITTEN_EMAIL_H

#include "core/bytes.h"

/* What may stand for the sign. */
#define WRITTEN_SIGNS "＠", "[at]", "(at)", "小老鼠"

/* Where the address around the sign at ANCHOR of TEXT begins and ends; false: there is none. */
bool written_email_extent(struct bytes text, size_t anchor, size_t *begin, size_t *end);

/* TEXT, in half width, as it would be written usually; OUT has room for ROOM bytes. 0: it is
 * written so already, too long, or no address. */
size_t written_email_plain(struct bytes text, uint8_t *out, size_t room);

/* Length of the character of a domain at the begin of REST, in either width; 0: none. A dot
 * counts. */
size_t written_domain_character(struct bytes rest);

#endif
