/* The way of one segment through this room: position sets, cells, tokens, places. */
#include <stdlib.h>

#include "match/matcher.h"

/* ---- position sets ---- */

/* All sets share one allocation: SETS arrays of WORDS + 1 words, zeroed behind their end. */
static bool reserve_sets(struct match_state *state, size_t words) {
    enum { SETS = 13 };
    if (words > state->set_words) {
        uint64_t *memory = realloc(state->memory, SETS * (words + 1) * sizeof *memory);
        if (memory == NULL) {
            state->failed = true;
            return false;
        }
        state->memory = memory;
        state->set_words = words;
    }
    uint64_t **const members[] = {&state->sets.digit,   &state->sets.mark,   &state->sets.token,
                                  &state->sets.high,    &state->sets.letter, &state->sets.part,
                                  &state->sets.at,      &state->sets.close,  &state->sets.wide,
                                  &state->sets.telling, &state->sets.parted, &state->starts,
                                  &state->wanted};
    for (size_t i = 0; i < SETS; i++) {
        *members[i] = state->memory + i * (state->set_words + 1);
        (*members[i])[words] = 0;
    }
    return true;
}

/* Bits behind the limit belong to bytes that mean nothing. */
static void clear_behind(struct match_state *state, size_t bits, size_t words) {
    uint64_t *const sets[] = {state->sets.digit,  state->sets.mark,   state->sets.token,
                              state->sets.high,   state->sets.letter, state->sets.part,
                              state->sets.at,     state->sets.close,  state->sets.wide,
                              state->sets.telling};
    for (size_t i = 0; (bits & 63) != 0 && i < sizeof sets / sizeof *sets; i++) {
        sets[i][words - 1] &= bits_low_mask(bits & 63);
    }
}

/* ---- cells ---- */

static void match_cells(struct passage *p, struct error *err) {
    const struct segment *segment = p->segment;
    if ((segment->flags & SEGMENT_FREE_TEXT) == 0 && segment->columns != 0) {
        match_table(p, err);
        return;
    }
    for (size_t i = 0; i < segment->cell_count; i++) {
        match_cell(p, &segment->cells[i], err);
    }
}

/* The cell that holds AT, or HIT_NO_CELL. Asked with rising positions. */
static uint32_t advance_to(struct passage *p, size_t at) {
    const struct segment *segment = p->segment;
    while (p->cell < segment->cell_count && segment->cells[p->cell].offset <= at) {
        p->cell++;
    }
    if (p->cell == 0) {
        return HIT_NO_CELL;
    }
    const struct cell *last = &segment->cells[p->cell - 1];
    return at - last->offset < last->length ? (uint32_t)(p->cell - 1) : HIT_NO_CELL;
}

/* ---- tokens ---- */

static void match_token_at(struct passage *p, size_t bit) {
    size_t start = p->base + bit;
    uint32_t cell = advance_to(p, start);
    uint32_t field = cell == HIT_NO_CELL ? p->segment->gap_field : p->segment->cells[cell].field;
    match_token(p, start, field, cell);
}

static bool is_solid(const struct lattice_sets *sets, size_t bit) {
    return ((bits_at(sets->digit, bit) | bits_at(sets->mark, bit)) & 1) != 0;
}

/* A token that goes on from the segment before: its later groups start here. */
static size_t resume_in_token(const struct passage *p) {
    const struct segment *segment = p->segment;
    size_t begin = segment->begin - p->base, end = segment->end - p->base;
    const struct lattice_sets *sets = &p->state->sets;
    if (begin == 0 || begin >= end || (bits_at(sets->token, begin - 1) & 3) != 3) {
        return SIZE_MAX;
    }
    size_t stop = bits_next_clear(sets->token, begin, end);
    while (is_solid(sets, begin - 1) && begin < stop && is_solid(sets, begin)) {
        begin++; /* the group itself started in the segment before */
    }
    while (begin < stop && !is_solid(sets, begin)) {
        begin++;
    }
    return begin < stop ? begin : SIZE_MAX;
}

static void match_tokens(struct passage *p) {
    size_t begin = p->segment->begin - p->base, end = p->segment->end - p->base;
    size_t resumed = resume_in_token(p);
    if (resumed != SIZE_MAX) {
        match_token_at(p, resumed);
    }
    for (size_t word = begin / 64; word * 64 < end; word++) {
        uint64_t starts = p->state->starts[word];
        if (word * 64 < begin) {
            starts &= ~bits_low_mask(begin - word * 64);
        }
        if (end - word * 64 < 64) {
            starts &= bits_low_mask(end - word * 64);
        }
        while (starts != 0) {
            match_token_at(p, word * 64 + (size_t)__builtin_ctzll(starts));
            starts &= starts - 1;
        }
    }
    /* (02)2345-6789 belongs to the segment in which its bracket opens */
    bool text = (p->segment->flags & SEGMENT_FREE_TEXT) != 0;
    for (size_t bit = end; text && bit < end + AREA_CODE_MOST && p->base + bit < p->limit; bit++) {
        if ((p->state->starts[bit / 64] >> (bit % 64) & 1) != 0) {
            match_bracketed_token(p, p->base + bit);
        }
    }
}

/* The sets of the segment: all of them, or only their outlines, which may be known. */
static void make_sets(struct match_state *state, const struct passage *p) {
    const struct lattice_kernels *kernels = state->matcher->lattice;
    size_t bytes = p->limit - p->base, words = (bytes + 63) / 64;
    bool known = state->outlined && p->depth == DEPTH_WHOLE_CELLS;
    state->outlined = p->depth == DEPTH_WHOLE_CELLS;
    if (!known) {
        (state->outlined ? kernels->outlines : kernels->sets)(p->segment->bytes + p->base, words,
                                                              &state->sets);
    }
    clear_behind(state, bytes, words);
    if (p->depth == DEPTH_TOKENS) {
        kernels->starts(&state->sets, words, state->matcher->dates, state->starts);
    }
}

/* Running text asks for starts before it looks for words; cells take some of the starts away. */
static void match_words_and_tokens(struct passage *p, struct error *err) {
    bool text = (p->segment->flags & SEGMENT_FREE_TEXT) != 0;
    if (text) {
        match_clear_starts(p);
        match_words_in_text(p, err);
    }
    match_cells(p, err);
    if (p->depth == DEPTH_TOKENS) {
        if (!text) {
            match_clear_starts(p);
        }
        match_tokens(p);
    }
}

/* ---- all together ---- */

static int compare_hits(const void *a, const void *b) {
    const struct hit *x = a, *y = b;
    if (x->offset != y->offset) {
        return x->offset < y->offset ? -1 : 1;
    }
    if (x->length != y->length) {
        return x->length > y->length ? -1 : 1;
    }
    return (int)y->labelled - (int)x->labelled;
}

static const struct hit_list *merge(struct match_state *state) {
    if (state->extras.count == 0) {
        return &state->tokens;
    }
    qsort(state->extras.items, state->extras.count, sizeof *state->extras.items, compare_hits);
    size_t t = 0, e = 0;
    state->merged.count = 0;
    while (t < state->tokens.count || e < state->extras.count) {
        bool token = e == state->extras.count ||
                     (t < state->tokens.count &&
                      state->tokens.items[t].offset <= state->extras.items[e].offset);
        const struct hit *next = token ? &state->tokens.items[t++] : &state->extras.items[e++];
        hit_list_add(state, &state->merged, next);
    }
    return &state->merged;
}

/* match_result.inspect: the tokens of one cell of the segment matched last. */
static int inspect_cell(void *context, uint32_t index, const struct hit **hits_out,
                        size_t *count_out) {
    struct match_state *state = context;
    if (state->outlined) {
        state->last.depth = DEPTH_CELLS;
        make_sets(state, &state->last);
    }
    struct passage p = state->last;
    const struct cell *cell = &p.segment->cells[index];
    const uint64_t *token = state->sets.token;
    size_t at = cell->offset - p.base, end = at + cell->length;
    state->inspected.count = 0;
    p.out = &state->inspected;
    while ((at = bits_next(token, at, end)) < end) {
        size_t stop = bits_next_clear(token, at, end);
        if (stop - at >= TOKEN_MIN) {
            match_token(&p, p.base + at, cell->field, index);
        }
        at = stop;
    }
    *hits_out = state->inspected.items;
    *count_out = state->inspected.count;
    return state->failed ? YINMA_E_MEMORY : 0;
}

int match_segment(struct match_state *state, const struct segment *segment,
                  const struct field_set *fields, struct match_result *out, struct error *err) {
    size_t base = segment->begin > SEGMENT_CONTEXT ? segment->begin - SEGMENT_CONTEXT : 0;
    size_t ahead = segment->len - segment->end;
    state->last = (struct passage){.state = state,
                                   .segment = segment,
                                   .fields = fields,
                                   .base = base,
                                   .limit = segment->end +
                                            (ahead < SEGMENT_CONTEXT ? ahead : SEGMENT_CONTEXT),
                                   .out = &state->tokens};
    struct passage *p = &state->last;
    size_t bytes = p->limit - base, words = (bytes + 63) / 64;
    state->tokens.count = state->extras.count = state->word_count = 0;
    state->failed = state->any_label = false;
    match_make_plans(state, fields, field_set_field_count(fields) - 1); /* of cells not looked at */
    if (reserve_sets(state, words)) {
        state->outlined = false;
        p->depth = match_table_depth(p);
        make_sets(state, p);
        match_words_and_tokens(p, err);
        match_places(p);
        if (state->expression_search != NULL) {
            match_expressions(p, err);
        }
    }
    const struct hit_list *all = merge(state);
    if (state->failed) {
        return error_set(err, YINMA_E_MEMORY, "out of memory while matching");
    }
    *out = (struct match_result){.hits = all->items,
                                 .count = all->count,
                                 .plans = state->plans,
                                 .high = state->sets.high,
                                 .wide = state->sets.wide,
                                 .sets_base = base,
                                 .inspect = inspect_cell,
                                 .inspect_context = state};
    return 0;
}
