/* Compiled once an instruction set; see core/block64/variant.h. */
#include "match/word_sets.h"

#include "core/block64/variant.h"

/* One block of the sets that decide about ends. */
struct edges {
    uint64_t letter, marks, gap;
};

static inline struct edges edges_of(const uint8_t *bytes, const struct lattice_sets *sets,
                                    size_t b) {
    block64 v = block64_load(bytes + 64 * b);
    return (struct edges){
        .letter = sets->letter[b],
        /* '<' '=' '>', tabs and ends of lines */
        .marks = block64_set(block64_either4(block64_is(v, ':'), block64_in(v, '<', 3),
                                             block64_is(v, '|'), block64_in(v, '\t', 5))) |
                 sets->digit[b] | sets->high[b],
        /* '"' … '*' */
        .gap = block64_set(
            block64_either3(block64_either4(block64_in(v, '"', 9), block64_is(v, ' '),
                                            block64_in(v, '\\', 2), block64_in(v, '_', 2)),
                            block64_is(v, '-'), block64_is(v, '~')))};
}

/* The bytes behind the last letter of a block may stand in the next one: the loop runs one block
 * behind. */
void VARIANT(word_sets)(const uint8_t *bytes, size_t blocks, const struct lattice_sets *sets,
                        const struct word_wanted *wanted, uint64_t *quads, uint64_t *ends) {
    const uint64_t single = wanted->single ? ~UINT64_C(0) : 0;
    struct edges here = {0};
    uint64_t before =
        ~UINT64_C(0); /* letters of the block before; what stands there is not known */
    for (size_t b = 0; b <= blocks; b++) {
        struct edges next = {0};
        if (b < blocks) {
            next = edges_of(bytes, sets, b);
            quads[b] = block64_four(bytes + 64 * b, wanted->quads.low, wanted->quads.high);
        }
        if (b > 0) {
            uint64_t letter_next = here.letter >> 1 | next.letter << 63;
            uint64_t marks_next = here.marks >> 1 | next.marks << 63;
            uint64_t gap_next = here.gap >> 1 | next.gap << 63;
            uint64_t both = here.marks | here.gap, both_next = next.marks | next.gap;
            uint64_t both_after = both >> 2 | both_next << 62;
            uint64_t letter_before = here.letter << 1 | before >> 63;
            ends[b - 1] = here.letter & ~letter_next & (letter_before | single) &
                          (marks_next | (gap_next & both_after));
            before = here.letter;
        }
        here = next;
    }
}
