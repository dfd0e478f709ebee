/* words.h - text of header fields as UTF-8: encoded words (RFC 2047), parameters in their
 * several forms (RFC 2231), bytes of other charsets. Inside the room only. */
#ifndef YINMA_INPUT_MAIL_WORDS_H
#define YINMA_INPUT_MAIL_WORDS_H

#include "core/text_buffer.h"

/* TEXT of that charset. One that is not known (or "") is UTF-8 when it is valid as such, else Big5.
 * What is no character becomes '?'. */
void mail_charset_put(struct text_buffer *out, struct bytes charset, struct bytes text);

/* A field's value with its encoded words decoded. */
void mail_words_put(struct text_buffer *out, struct bytes value);

/* The parameter NAME behind the first ';' of a field's value. False: it is not there. */
bool mail_parameter_put(struct text_buffer *out, struct bytes value, const char *name);

/* NAME of a member to OUT, which has room for SIZE bytes, without slashes. What is too long is cut
 * between words; its ending (".csv") stays. */
void mail_member_name(struct bytes name, char *out, size_t size);

#endif
