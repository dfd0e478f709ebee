/* utf8.h - UTF-8 as far as the scanner needs it. */
#ifndef YINMA_CORE_UTF8_H
#define YINMA_CORE_UTF8_H

#include "core/bytes.h"

/* Decode one code point at P (LEN > 0 bytes left). Returns its length in bytes and sets *code; for
 * a byte that starts no valid sequence returns 1 and sets *code to UINT32_MAX. */
size_t utf8_decode(const uint8_t *p, size_t len, uint32_t *code);

/* Encode CODE to OUT (4 bytes of room), returns the length; 0 for what is no code point. */
size_t utf8_encode(uint32_t code, uint8_t *out);

enum utf8_end { UTF8_WHOLE, UTF8_MAY_BE_CUT };

/* Strictly valid UTF-8? UTF8_MAY_BE_CUT accepts a sequence cut off at the very end. */
bool utf8_valid(struct bytes b, enum utf8_end end);

/* How many bytes at the end of B begin a character that the end cuts off: 0 to 3. */
size_t utf8_cut_off(struct bytes b);

/* How many bytes of TEXT, of MOST, may be shown where the rest is left out: words stay whole, and
 * numbers that are written in groups. Of half a value could not be told that it is one when names
 * are concealed. */
size_t utf8_cut_between_words(struct bytes text, size_t most);

/* Number of code points; invalid bytes count as one each. */
size_t utf8_count(struct bytes b);

/* Columns on a terminal: East-Asian wide characters take two, combining marks none. */
size_t utf8_width(struct bytes b);

/* Is CODE a Han character (unified ideographs, their extensions, compatibility ideographs)? */
bool utf8_is_han(uint32_t code);

/* Fold full-width ASCII (U+FF01-FF5E) and the blanks of other widths to half width, the typographic
 * hyphens to '-'; characters without width are left out. OUT has room for b.len bytes; the result
 * is never longer. Returns its length. */
size_t utf8_fold_width(struct bytes b, uint8_t *out);

/* Has it no width at all: zero width space, joiners, word joiner, byte order mark? */
static inline bool utf8_is_unseen(uint32_t code) {
    return (code >= 0x200B && code <= 0x200D) || code == 0x2060 || code == 0xFEFF;
}

/* Is it read as '-'? Hyphens, dashes, the sign of minus, and those of other widths. */
static inline bool utf8_is_hyphen(uint32_t code) {
    return (code >= 0x2010 && code <= 0x2014) || code == 0x2212 || code == 0xFE63 || code == 0xFF0D;
}

#endif
