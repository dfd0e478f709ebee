/* Compiled once an instruction set; see core/block64/variant.h. */
#include "patterns/address_outline.h"

#include "core/block64/variant.h"

/* Leads of Han characters (U+4000 on) are E4-E9; behind each stand two continuations. */
static inline struct address_outline outline_of(const uint8_t *text, size_t len) {
    uint64_t inside = bits_low_mask(len);
    block64 v = block64_load(text);
    uint64_t lead = block64_range(v, 0xE4, 6) & inside;
    uint64_t continued = block64_range(v, 0x80, 0x40) & inside;
    uint64_t marks =
        block64_set(block64_either4(block64_is_or(v, 0x20, '*'), block64_is_or(v, 0x20, '#'),
                                    block64_is_or(v, 0x20, 'x'), block64_is_or(v, 0x20, 'o')));
    uint64_t digit = block64_range(v, '0', 10) & inside;
    uint64_t house = block64_eq(v, 0xE8) & block64_eq(v, 0x99) >> 1 & block64_eq(v, 0x9F) >> 2;
    uint64_t wrong = (block64_high(v) & inside) ^ (lead | continued);
    wrong |= continued ^ (lead << 1 | lead << 2);
    wrong |= len < 64 ? 0 : lead >> 62; /* cut off behind the last byte */
    return (struct address_outline){
        .digit = digit, .house = house & digit << 1, .usual = (wrong | (marks & inside)) == 0};
}

void VARIANT(address_outlines)(const uint8_t *const *at, const uint32_t *len, size_t count,
                               struct address_outline *out) {
    for (size_t i = 0; i < count; i++) {
        out[i] = outline_of(at[i], len[i] < 64 ? len[i] : 64);
        out[i].house = len[i] <= ADDRESS_OUTLINE_BYTES ? out[i].house : 0;
    }
}
