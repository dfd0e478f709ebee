/* Compiled once an instruction set; see core/block64/variant.h. */
#include "match/lattice_sets.h"

#include "core/block64/variant.h"

/* A separator counts only between two digits or marks, so two in a row end a token. The block after
 * the current one is needed for its last byte: the loop runs one block behind. */
void VARIANT(lattice_sets)(const uint8_t *bytes, size_t blocks, const struct lattice_sets *out) {
    uint64_t solid = 0, separator = 0, before = 0;
    for (size_t b = 0; b <= blocks; b++) {
        uint64_t next_solid = 0, next_separator = 0;
        if (b < blocks) {
            block64 v = block64_load(bytes + 64 * b);
            uint64_t digit = block64_range(v, '0', 10);
            uint64_t mark = block64_eq(v, '*') | block64_eq(v, '#') | block64_eq_or(v, 0x20, 'x');
            uint64_t blank = block64_eq(v, ' ');
            out->digit[b] = digit;
            out->mark[b] = mark;
            out->high[b] = block64_high(v);
            out->letter[b] = block64_range(v, 'A', 26) | block64_range(v, 'a', 26);
            out->part[b] = blank | block64_eq(v, ':') | block64_eq(v, '=');
            out->at[b] = block64_eq(v, '@');
            out->close[b] = block64_eq(v, ')');
            out->wide[b] = block64_range(v, 0xE2, 2) | block64_eq(v, 0xEF) | block64_eq(v, 0xC2);
            next_solid = digit | mark;
            next_separator = blank | block64_eq(v, '-');
        }
        if (b > 0) {
            uint64_t after_solid = solid << 1 | before >> 63;
            uint64_t before_solid = solid >> 1 | next_solid << 63;
            out->token[b - 1] = solid | (separator & after_solid & before_solid);
        }
        before = solid;
        solid = next_solid;
        separator = next_separator;
    }
}
