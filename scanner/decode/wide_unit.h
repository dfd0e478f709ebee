/* wide_unit.h - single characters of UTF-16 among bytes of which nothing is known: what tells them
 * from other bytes. */
#ifndef YINMA_DECODE_WIDE_UNIT_H
#define YINMA_DECODE_WIDE_UNIT_H

#include "core/endian.h"

enum { WIDE_ASCII_BYTES = 6 };

static inline uint32_t wide_unit_at(const uint8_t *p, bool big_endian) {
    return big_endian ? big_u16(p) : little_u16(p);
}

/* What names, addresses and numbers are written with. */
static inline bool wide_unit_is_written(uint32_t unit) {
    return (unit >= 0x20 && unit < 0x7F) || (unit >= 0x3000 && unit < 0xA000) ||
           (unit >= 0x25A0 && unit < 0x2600) /* what masks: ○ ● */ ||
           (unit >= 0xFF01 && unit < 0xFF5F);
}

/* Printed ASCII, as 1 or 0. */
static inline uint8_t wide_byte_is_plain(uint8_t c) {
    return (uint8_t)(c - 0x20) < 0x5F;
}

/* What tells text from other bytes: three characters of ASCII that begin at P (WIDE_ASCII_BYTES of
 * bytes), in the little-endian order. 1 or 0, without a branch. */
static inline uint8_t wide_ascii_begins(const uint8_t *p) {
    return (uint8_t)(wide_byte_is_plain(p[0]) & wide_byte_is_plain(p[2]) &
                     wide_byte_is_plain(p[4]) & (p[1] == 0) & (p[3] == 0) & (p[5] == 0));
}

/* Does text begin at AT (before LIMIT) that is written from the other kind of place: shifted by one
 * byte, or in the other order? In this one it reads as ideographs. */
static inline bool wide_text_turns(const uint8_t *bytes, size_t at, size_t limit, bool big_endian) {
    at += big_endian ? 0 : 1;
    return at + WIDE_ASCII_BYTES <= limit && wide_ascii_begins(bytes + at) != 0;
}

#endif
