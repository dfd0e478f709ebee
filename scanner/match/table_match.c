/* Cells of a table: a segment whose rows repeat the same columns. Down the columns, so that what is
 * asked of a cell has the same answer most of the time. */
#include "match/matcher.h"

enum {
    WANTED_WORDS = 64, /* cells that are looked at more closely are noted in so many words */
    WANTED_CELLS = 64 * WANTED_WORDS,
};

_Static_assert((int)SEGMENT_COLUMNS_MAX < (int)WANTED_CELLS, "a row of any table fits");

/* Does the name of the column explain all its cells in this segment? */
static bool column_is_explained(const struct passage *p, size_t column) {
    const struct segment *segment = p->segment;
    if (match_plan(p, segment->cells[column].field)->kinds == 0) {
        return false;
    }
    uint32_t flags = 0;
    bool text = (segment->cell_flags & CELL_TEXT) != 0;
    for (size_t i = column; text && i < segment->cell_count; i += segment->columns) {
        flags |= segment->cells[i].flags;
    }
    return (flags & CELL_TEXT) == 0;
}

/* Tokens are not asked in cells FIRST … LAST of a row. */
static inline void clear_starts(const struct passage *p, size_t first, size_t last) {
    const struct cell *cells = p->segment->cells;
    if (p->segment->gaps < TOKEN_MIN) { /* nothing stands between them */
        size_t end = (size_t)cells[last].offset + cells[last].length;
        match_clear_range(p->state->starts, cells[first].offset - p->base,
                          end - cells[first].offset);
        return;
    }
    for (size_t i = first; i <= last; i++) {
        match_clear_range(p->state->starts, cells[i].offset - p->base, cells[i].length);
    }
}

static void clear_columns(const struct passage *p, size_t first, size_t last) {
    size_t stride = p->segment->columns, count = p->segment->cell_count, row = 0;
    for (; p->depth == DEPTH_TOKENS && row + last < count; row += stride) {
        clear_starts(p, row + first, row + last);
    }
    if (p->depth == DEPTH_TOKENS && row + first < count) { /* the last row may be short */
        clear_starts(p, row + first, count - 1);
    }
}

/* May there be words in the cell, or a number in brackets? match_cell() looks closer. HIGH: there
 * are bytes of other alphabets somewhere. */
static inline bool is_wanted(const struct passage *p, const struct cell *cell, bool high) {
    const struct lattice_sets *sets = &p->state->sets;
    size_t at = cell->offset - p->base, length = cell->length;
    if ((cell->flags & (CELL_NULL | CELL_UNFOLDED | CELL_TEXT | CELL_NUMBER)) != 0) {
        return (cell->flags & (CELL_NULL | CELL_UNFOLDED | CELL_TEXT)) == CELL_TEXT;
    }
    if (bits_any(sets->digit, at, length) &&
        (bits_any(sets->part, at, length) || p->segment->bytes[cell->offset] == '(')) {
        return true;
    }
    return high && bits_any(sets->high, at, length);
}

/* Words have to be met in order: first which cells, then along the rows. */
static void match_columns(struct passage *p, const size_t *columns, size_t used,
                          struct error *err) {
    size_t stride = p->segment->columns, count = p->segment->cell_count;
    size_t step = stride == 0 ? count : WANTED_CELLS / stride * stride;
    bool high = bits_next(p->state->sets.high, p->segment->begin - p->base, p->limit - p->base) <
                p->limit - p->base;
    for (size_t first = 0; first < count; first += step) {
        size_t end = first + step < count ? first + step : count;
        uint64_t wanted[WANTED_WORDS] = {0};
        for (size_t c = 0; c < used; c++) {
            for (size_t i = first + columns[c]; i < end; i += stride) {
                if (__builtin_expect(is_wanted(p, &p->segment->cells[i], high), 0)) {
                    wanted[(i - first) / 64] |= UINT64_C(1) << (i - first) % 64;
                }
            }
        }
        for (size_t word = 0; 64 * word < end - first; word++) {
            for (uint64_t bits = wanted[word]; bits != 0; bits &= bits - 1) {
                size_t i = first + 64 * word + (size_t)__builtin_ctzll(bits);
                match_cell(p, &p->segment->cells[i], err);
            }
        }
    }
}

/* What a column that its name does not explain asks for. */
static enum match_depth column_depth(const struct segment *segment, size_t column) {
    uint32_t lengths = 0, flags = CELL_NUMBER;
    for (size_t i = column; i < segment->cell_count; i += segment->columns) {
        lengths |= segment->cells[i].length;
        flags &= segment->cells[i].flags;
    }
    return lengths >= TOKEN_MIN ? DEPTH_TOKENS : flags == 0 ? DEPTH_CELLS : DEPTH_WHOLE_CELLS;
}

/* Columns of which it is still open how closely they have to be looked at. */
struct open_columns {
    size_t columns[SEGMENT_COLUMNS_MAX];
    size_t count;
    enum match_depth depth; /* what they ask for, if they stay open */
};

static void settle(struct passage *p, size_t column) {
    p->settled[column / 64] |= UINT64_C(1) << column % 64;
}

/* All of them, or as many as there are before one that cannot be settled; first the gaps between
 * the cells, where they are WIDE. */
static bool settle_wordless(struct passage *p, const struct open_columns *open, bool wide) {
    struct match_state *state = p->state;
    size_t words = (p->limit - p->base + 63) / 64, at = 0;
    if (!retry_now(&state->wordless)) {
        return false;
    }
    state->matcher->lattice->tellings(p->segment->bytes + p->base, words, &state->sets);
    state->outlined = true;
    if (wide && !match_gaps_are_wordless(p)) {
        return retry_told(&state->wordless, false);
    }
    while (at < open->count && match_column_is_wordless(p, open->columns[at])) {
        settle(p, open->columns[at++]);
    }
    return retry_told(&state->wordless, at == open->count);
}

/* May a token stand between the cells? */
static bool has_wide_gaps(const struct segment *segment) {
    const struct cell *first = segment->cells, *last = first + segment->cell_count - 1;
    size_t behind = (size_t)last->offset + last->length;
    return segment->gaps >= TOKEN_MIN || first->offset >= segment->begin + TOKEN_MIN ||
           segment->end >= behind + TOKEN_MIN;
}

enum match_depth match_table_depth(struct passage *p) {
    const struct segment *segment = p->segment;
    if ((segment->flags & SEGMENT_FREE_TEXT) != 0 || segment->columns == 0) {
        return DEPTH_TOKENS;
    }
    bool waits = p->state->wordless.wait > 0, wide = has_wide_gaps(segment);
    struct open_columns open = {.count = 0, .depth = wide ? DEPTH_TOKENS : DEPTH_WHOLE_CELLS};
    for (size_t column = 0; column < segment->columns; column++) {
        if (open.depth == DEPTH_TOKENS && waits) {
            break;
        }
        if (column_is_explained(p, column)) {
            continue;
        }
        if (match_column_is_settled(p, column)) {
            settle(p, column);
            continue;
        }
        enum match_depth wanted = column_depth(segment, column);
        open.columns[open.count] = column;
        open.count += wanted != DEPTH_WHOLE_CELLS;
        open.depth = wanted > open.depth ? wanted : open.depth;
    }
    bool settled = (open.count == 0 && !wide) || settle_wordless(p, &open, wide);
    return settled ? DEPTH_WHOLE_CELLS : open.depth;
}

void match_table(struct passage *p, struct error *err) {
    size_t others[SEGMENT_COLUMNS_MAX], used = 0, explained = 0, stride = p->segment->columns;
    for (size_t column = 0; column < stride; column++) {
        if ((p->settled[column / 64] >> column % 64 & 1) != 0 || column_is_explained(p, column)) {
            explained++;
            continue;
        }
        if (explained != 0) {
            clear_columns(p, column - explained, column - 1);
        }
        explained = 0;
        others[used++] = column;
    }
    if (explained != 0) {
        clear_columns(p, stride - explained, stride - 1);
    }
    match_columns(p, others, used, err);
}
