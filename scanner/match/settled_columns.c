/* Columns of a table in which nothing can be found, whatever stands beside them: numbers that no
 * kind takes and dates. Most tables have some; where they are the only ones that their names do not
 * explain, no sets of positions are made of all the bytes. */
#include "match/matcher.h"
#include "patterns/digits.h"

enum { DATE_BYTES = 10, NUMBER_MOST = 16 };

/* 2025-01-31 */
static inline bool is_date(const uint8_t *p) {
    const uint64_t hyphens = UINT64_C(0x2D00002D00000000), zeros = UINT64_C(0x3000003000000000);
    uint64_t front = digits_load8(p), back;
    memcpy(&back, p + 2, sizeof back); /* its last bytes are those of the day */
    return (front & UINT64_C(0xFF0000FF00000000)) == hyphens &&
           digits_are8(front ^ hyphens ^ zeros) && byte_is_digit((uint8_t)(back >> 48)) &&
           byte_is_digit((uint8_t)(back >> 56));
}

/* Eight digits and more in one piece that are of no kind. */
static inline bool is_nobodys(const struct matcher *matcher, const uint8_t *p, size_t length) {
    return length <= NUMBER_MOST && digits_are8(digits_load8(p)) &&
           digits_are8(digits_load8(p + length - 8)) && !matcher->taken[p[0] - '0'][length];
}

static inline bool is_settled(const struct passage *p, const struct cell *cell) {
    const struct matcher *matcher = p->state->matcher;
    const uint8_t *text = p->segment->bytes + cell->offset;
    if ((cell->flags & ~(uint32_t)CELL_NUMBER) != 0) {
        return cell->flags == CELL_NULL;
    }
    bool number = cell->flags == CELL_NUMBER;
    if (number && cell->length < TOKEN_MIN) {
        return true;
    }
    bool apart =
        (cell->offset == 0 || !matcher->joins[text[-1]]) && !matcher->joins[text[cell->length]];
    return apart && (number ? is_nobodys(matcher, text, cell->length)
                            : cell->length == DATE_BYTES && is_date(text) &&
                                  matcher->dates == LATTICE_DATES_CLEARED);
}

bool match_column_is_settled(const struct passage *p, size_t column) {
    const struct segment *segment = p->segment;
    for (size_t i = column; i < segment->cell_count; i += segment->columns) {
        if (!is_settled(p, &segment->cells[i])) {
            return false;
        }
    }
    return true;
}
