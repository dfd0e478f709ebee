#include "input/mail/coding.h"

#include "input/mail/words.h"

static size_t decode_base64(struct mail_decoder *d, struct bytes text, uint8_t *out) {
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        const uint8_t c = text.ptr[i];
        int digit = byte_base64_value(c);
        if (c == '=' || c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            d->padded = d->padded || c == '=';
            continue;
        }
        if (digit < 0) { /* counts as a digit, so that what follows is not shifted */
            d->damaged = true;
            digit = 0;
        }
        if (d->padded) { /* several encodings in a row */
            d->padded = false;
            d->count = 0;
        }
        d->bits = d->bits << 6 | (uint32_t)digit;
        d->count += 6;
        if (d->count >= 8) {
            d->count -= 8;
            out[len++] = (uint8_t)(d->bits >> d->count);
        }
    }
    return len;
}

/* What is no escape stays as it is. */
static size_t decode_quoted(struct mail_decoder *d, struct bytes text, uint8_t *out) {
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        const uint8_t c = text.ptr[i];
        if (d->held_len == 0) {
            if (c == '=') {
                d->held[d->held_len++] = c;
            } else {
                out[len++] = c;
            }
        } else if (c == '\n') { /* a line that goes on */
            d->held_len = 0;
        } else if (d->held_len == 1 && (byte_hex_value(c) >= 0 || c == '\r')) {
            d->held[d->held_len++] = c;
        } else if (d->held_len == 2 && byte_hex_value(d->held[1]) >= 0 && byte_hex_value(c) >= 0) {
            out[len++] = (uint8_t)(byte_hex_value(d->held[1]) << 4 | byte_hex_value(c));
            d->held_len = 0;
        } else {
            len += mail_decode_end(d, out + len);
            out[len++] = c;
        }
    }
    return len;
}

size_t mail_decode(struct mail_decoder *decoder, struct bytes text, uint8_t *out) {
    switch (decoder->coding) {
    case MAIL_BASE64:
        return decode_base64(decoder, text, out);
    case MAIL_QUOTED:
        return decode_quoted(decoder, text, out);
    case MAIL_PLAIN:
    case MAIL_UNKNOWN_CODING:
        break;
    }
    if (text.len > 0) {
        memcpy(out, text.ptr, text.len);
    }
    return text.len;
}

size_t mail_decode_end(struct mail_decoder *decoder, uint8_t *out) {
    const size_t len = decoder->held_len;
    memcpy(out, decoder->held, len);
    decoder->held_len = 0;
    decoder->damaged = decoder->damaged ||
                       (decoder->coding == MAIL_BASE64 && decoder->count == 6 && !decoder->padded);
    return len;
}
