/* coding.h - transfer encodings of mail (RFC 2045, 6): base64, quoted-printable, plain. Inside
 * the room only. */
#ifndef YINMA_INPUT_MAIL_CODING_H
#define YINMA_INPUT_MAIL_CODING_H

#include "input/mail/header.h"

/* All zero but for the coding at first. */
struct mail_decoder {
    enum mail_coding coding;
    uint32_t bits; /* base64: not written yet */
    unsigned count;
    bool padded;
    bool damaged;    /* base64: other bytes stand in it, or it does not come out even */
    uint8_t held[2]; /* quoted-printable: "=" and what follows it, not decided yet */
    unsigned held_len;
};

/* Decode TEXT to OUT (room for text.len + 2 bytes), returns the length. */
size_t mail_decode(struct mail_decoder *decoder, struct bytes text, uint8_t *out);
/* The text has ended: what was held back, up to 2 bytes. */
size_t mail_decode_end(struct mail_decoder *decoder, uint8_t *out);

#endif
