#include "match/matcher.h"

#include <stdlib.h>

static void add_shape(struct matcher *matcher, unsigned kind, const struct pattern *pattern) {
    const struct number_shape *shape = &pattern->shape;
    kind_set bit = (kind_set)1 << kind;
    if (pattern->anchor_byte != 0) {
        matcher->anchored |= bit;
    }
    if (shape->digits_min == 0) {
        return;
    }
    matcher->by_lattice |= bit;
    matcher->separable |= shape->joined_only ? 0 : bit;
    for (unsigned n = shape->digits_min; n <= shape->digits_max && n <= DIGITS_MAX; n++) {
        matcher->by_digits[shape->letters_before][n] |= bit;
    }
    for (unsigned digit = 0; digit < 10; digit++) {
        if (shape->leads == NULL || strchr(shape->leads, (int)('0' + digit)) != NULL) {
            matcher->by_lead[digit] |= bit;
        }
    }
}

int matcher_new(const struct block64_ops *ops, enum isa isa, const struct lexicon *lexicon,
                struct matcher **out, struct error *err) {
    (void)ops;
    *out = NULL;
    struct matcher *matcher = calloc(1, sizeof *matcher);
    if (matcher == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the matcher");
    }
    matcher->lattice_sets = lattice_sets_for(isa);
    matcher->lexicon = lexicon;
    for (unsigned kind = 0; patterns[kind] != NULL; kind++) {
        add_shape(matcher, kind, patterns[kind]);
        int company =
            patterns[kind]->company == NULL ? -1 : pattern_number(patterns[kind]->company);
        matcher->company[kind] = company < 0 ? 0 : (kind_set)1 << company;
    }
    int status = word_database_new(&matcher->words, err);
    if (status != 0) {
        matcher_free(matcher);
        return status;
    }
    *out = matcher;
    return 0;
}

void matcher_free(struct matcher *matcher) {
    if (matcher != NULL) {
        word_database_free(matcher->words);
        free(matcher);
    }
}

struct match_state *match_state_new(const struct matcher *matcher) {
    struct match_state *state = calloc(1, sizeof *state);
    if (state != NULL) {
        state->matcher = matcher;
        state->search = word_search_new(matcher->words);
        if (state->search == NULL) {
            free(state);
            state = NULL;
        }
    }
    return state;
}

void match_state_free(struct match_state *state) {
    if (state != NULL) {
        word_search_free(state->search);
        free(state->plans);
        free(state->memory);
        free(state->word_hits);
        free(state->tokens.items);
        free(state->extras.items);
        free(state->merged.items);
        free(state);
    }
}

void match_state_reset(struct match_state *state) {
    state->plan_count = 0;
}

static bool reserve_plans(struct match_state *state, uint32_t need) {
    if (need <= state->plan_capacity) {
        return true;
    }
    uint32_t capacity = state->plan_capacity == 0 ? 64 : state->plan_capacity;
    while (capacity < need) {
        capacity *= 2;
    }
    struct field_plan *plans = realloc(state->plans, capacity * sizeof *plans);
    if (plans == NULL) {
        state->failed = true;
        return false;
    }
    state->plans = plans;
    state->plan_capacity = capacity;
    return true;
}

const struct field_plan *match_plan(struct match_state *state, const struct field_set *fields,
                                    uint32_t field) {
    static const struct field_plan nothing = {.name = {.first_kind = -1}};
    if (field >= state->plan_count && !reserve_plans(state, field + 1)) {
        return &nothing;
    }
    while (state->plan_count <= field) {
        const struct field *f = field_set_field(fields, state->plan_count);
        struct field_plan *plan = &state->plans[state->plan_count++];
        *plan = nothing;
        if (f->column.len != 0 || f->label.len != 0) {
            lexicon_read(state->matcher->lexicon, f->column, f->label, &plan->name);
            plan->whole = plan->name.strength >= NAME_HINT && plan->name.kinds != 0;
        }
    }
    return &state->plans[field];
}

void hit_list_add(struct match_state *state, struct hit_list *list, const struct hit *hit) {
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 1024 : list->capacity * 2;
        struct hit *items = realloc(list->items, capacity * sizeof *items);
        if (items == NULL) {
            state->failed = true;
            return;
        }
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = *hit;
}

/* All sets share one allocation: SETS arrays of WORDS + 1 words, zeroed behind their end. */
static bool reserve_sets(struct match_state *state, size_t words) {
    enum { SETS = 9 };
    if (words > state->set_words) {
        uint64_t *memory = realloc(state->memory, SETS * (words + 1) * sizeof *memory);
        if (memory == NULL) {
            state->failed = true;
            return false;
        }
        state->memory = memory;
        state->set_words = words;
    }
    uint64_t **const members[] = {&state->sets.digit, &state->sets.mark,   &state->sets.token,
                                  &state->sets.high,  &state->sets.letter, &state->sets.part,
                                  &state->sets.at,    &state->sets.wide,   &state->starts};
    for (size_t i = 0; i < SETS; i++) {
        *members[i] = state->memory + i * (state->set_words + 1);
        (*members[i])[words] = 0;
    }
    return true;
}

/* Bits behind the limit belong to bytes that mean nothing. */
static void clear_behind(struct match_state *state, size_t bits, size_t words) {
    uint64_t *const sets[] = {state->sets.digit, state->sets.mark,   state->sets.token,
                              state->sets.high,  state->sets.letter, state->sets.part,
                              state->sets.at,    state->sets.wide};
    for (size_t i = 0; (bits & 63) != 0 && i < sizeof sets / sizeof *sets; i++) {
        sets[i][words - 1] &= (UINT64_C(1) << (bits & 63)) - 1;
    }
}

static void pass_cell(struct passage *p) {
    const struct cell *cell = &p->segment->cells[p->cell];
    const struct field_plan *plan = match_plan(p->state, p->fields, cell->field);
    if (plan->whole && (cell->flags & (CELL_NULL | CELL_TEXT)) == 0 && cell->length > 0) {
        struct hit hit = {.offset = cell->offset,
                          .length = cell->length,
                          .field = cell->field,
                          .cell = (uint32_t)p->cell,
                          .kinds = plan->name.kinds,
                          .origin = HIT_CELL,
                          .first_kind = (int8_t)plan->name.first_kind,
                          .ascii =
                              !match_any_in(p, p->state->sets.high, cell->offset, cell->length),
                          .wide = match_any_in(p, p->state->sets.wide, cell->offset, cell->length),
                          .named = plan->name.strength == NAME_TELLS};
        hit_list_add(p->state, &p->state->tokens, &hit);
    }
    p->cell++;
}

/* Emit all cells that begin at or before AT; returns the cell that holds AT, or NULL. */
static const struct cell *advance_cells(struct passage *p, size_t at) {
    const struct segment *segment = p->segment;
    while (p->cell < segment->cell_count && segment->cells[p->cell].offset <= at) {
        pass_cell(p);
    }
    if (p->cell == 0) {
        return NULL;
    }
    const struct cell *last = &segment->cells[p->cell - 1];
    return at - last->offset < last->length ? last : NULL;
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
    while (begin < stop && ((bits_at(sets->digit, begin) | bits_at(sets->mark, begin)) & 1) != 0) {
        begin++; /* the group itself started in the segment before */
    }
    while (begin < stop && ((bits_at(sets->digit, begin) | bits_at(sets->mark, begin)) & 1) == 0) {
        begin++;
    }
    return begin < stop ? begin : SIZE_MAX;
}

static void match_one_token(struct passage *p, size_t at) {
    size_t start = p->base + at;
    const struct cell *cell = advance_cells(p, start);
    if (cell == NULL) {
        match_token(p, start, p->segment->gap_field, HIT_NO_CELL);
    } else {
        match_token(p, start, cell->field, (uint32_t)(cell - p->segment->cells));
    }
}

static void match_tokens(struct passage *p) {
    size_t begin = p->segment->begin - p->base, end = p->segment->end - p->base;
    size_t resumed = resume_in_token(p);
    if (resumed != SIZE_MAX) {
        match_one_token(p, resumed);
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
            match_one_token(p, word * 64 + (size_t)__builtin_ctzll(starts));
            starts &= starts - 1;
        }
    }
    while (p->cell < p->segment->cell_count) {
        pass_cell(p);
    }
}

static int compare_hits(const void *a, const void *b) {
    const struct hit *x = a, *y = b;
    if (x->offset != y->offset) {
        return x->offset < y->offset ? -1 : 1;
    }
    return x->length == y->length ? 0 : x->length > y->length ? -1 : 1;
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

int match_segment(struct match_state *state, const struct segment *segment,
                  const struct field_set *fields, const struct hit **hits_out, size_t *count_out,
                  struct error *err) {
    size_t base = segment->begin > SEGMENT_CONTEXT ? (segment->begin - SEGMENT_CONTEXT) : 0;
    size_t ahead = segment->len - segment->end;
    struct passage p = {.state = state,
                        .segment = segment,
                        .fields = fields,
                        .base = base,
                        .limit = segment->end + (ahead < SEGMENT_CONTEXT ? ahead : SEGMENT_CONTEXT),
                        .card_seen = SIZE_MAX};
    size_t bytes = p.limit - base, words = (bytes + 63) / 64;
    state->tokens.count = state->extras.count = state->word_count = 0;
    state->failed = false;
    if (reserve_sets(state, words)) {
        state->matcher->lattice_sets(segment->bytes + base, words, &state->sets);
        clear_behind(state, bytes, words);
        lattice_starts(state->sets.token, words, state->starts);
        err->code = 0;
        match_words(&p, err);
        match_tokens(&p);
        match_places(&p);
    }
    const struct hit_list *all = merge(state);
    if (state->failed) {
        return error_set(err, YINMA_E_MEMORY, "out of memory while matching");
    }
    *hits_out = all->items;
    *count_out = all->count;
    return 0;
}
