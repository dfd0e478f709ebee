/* encoded_text.h - text written in the forms of other formats: percent-encoding (RFC 3986, with the
 * '+' of forms) and the character references of HTML. The decoders have the form of a segment's
 * `unescape`: OUT has room for value.len bytes, the result is never longer, DIALECT means nothing.
 */
#ifndef YINMA_DECODE_ENCODED_TEXT_H
#define YINMA_DECODE_ENCODED_TEXT_H

#include "core/bytes.h"

/* Does a percent sign with two hexadecimal digits stand in TEXT? */
bool percent_encoded(struct bytes text);
/* A '+' is a blank, but for the one of a telephone number at the start. Bytes that are no UTF-8 but
 * Big5 throughout become UTF-8; others stay as they are. */
size_t percent_decode(struct bytes value, uint8_t *out, unsigned dialect);

/* Is TEXT written like base64 (RFC 4648, either alphabet) of BASE64_TEXT_MIN bytes or more, the
 * first of which may be text, or compressed text? Words and digests are, now and then: all that it
 * decodes to must tell.
 */
enum { BASE64_TEXT_MIN = 12 };
bool base64_encoded(struct bytes text);
size_t base64_decode(struct bytes value, uint8_t *out, unsigned dialect);

/* Is TEXT a token as RFC 7519 writes them: a header, what is claimed, a signature, each in base64,
 * with dots between them? What is claimed is what it decodes to. */
bool web_token(struct bytes text);
size_t web_token_decode(struct bytes value, uint8_t *out, unsigned dialect);

/* Hexadecimal digits, two a byte: as far as there are such. */
enum { HEX_TEXT_MIN = 6 }; /* bytes of text that are worth a look */
size_t hex_decode(struct bytes value, uint8_t *out, unsigned dialect);

/* &#36523; &#x8EAB; &amp; &lt; &gt; &quot; &apos; &nbsp; */
size_t references_decode(struct bytes value, uint8_t *out, unsigned dialect);

#endif
