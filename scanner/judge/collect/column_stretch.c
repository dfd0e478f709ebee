#include "judge/collect/column_stretch.h"

#include "core/block64/bits.h"
#include "judge/collect/row_pieces.h"
#include "result/facts.h"
#include "result/plain_digest.h"

enum { DIGEST_TEXT_MIN = 22 }; /* MD5 in base64, without its padding */

/* How many rows are among the first of their table, in which digests are looked for. */
static size_t proving_rows(const struct segment *segment) {
    size_t rows = 0;
    while (rows < segment->row_count && segment_row(segment, rows) <= DIGEST_ROWS) {
        rows++;
    }
    return rows;
}

/* Is it written like a digest, or what says so only when it is undone? */
static bool may_be_digest(const struct segment *segment, const struct match_result *match,
                          struct value_scratch *scratch, const struct cell *cell) {
    uint8_t digest[PLAIN_DIGEST_MAX];
    struct value value;
    if (cell->length < DIGEST_TEXT_MIN || (cell->flags & (CELL_NULL | CELL_TEXT)) != 0) {
        return false;
    }
    size_t at = cell->offset - match->sets_base;
    if ((cell->flags & (CELL_ESCAPED | CELL_HEX)) == 0 && bits_any(match->high, at, cell->length) &&
        !bits_any(match->wide, at, cell->length)) {
        return false;
    }
    value_of_cell(scratch, segment, match, cell, &value);
    return plain_digest_read(value.text, digest) != 0;
}

/* Digests are compared with the clear values beside them, which columns do not keep. */
static bool holds_digest(const struct segment *segment, const struct match_result *match,
                         struct value_scratch *scratch, size_t first, size_t rows) {
    for (size_t i = first * segment->columns; i < rows * segment->columns; i++) {
        if (may_be_digest(segment, match, scratch, &segment->cells[i])) {
            return true;
        }
    }
    return false;
}

struct column_stretch column_stretch_of(const struct segment *segment,
                                        const struct match_result *match,
                                        struct value_scratch *scratch, unsigned examples) {
    struct column_stretch none = {0, 0};
    if ((segment->flags & SEGMENT_FREE_TEXT) != 0 || !segment_is_regular(segment)) {
        return none;
    }
    size_t proving = proving_rows(segment), first = 0, end = segment->row_count;
    if (proving > 0) {
        first = examples;      /* a row that goes on from the segment before is among them */
        end -= proving == end; /* the last one may go on in the next segment */
        if (first >= end) {
            return none;
        }
        first = holds_digest(segment, match, scratch, first, proving) ? proving : first;
    }
    return first >= end ? none
                        : (struct column_stretch){.first = first * segment->columns,
                                                  .end = end * segment->columns};
}
