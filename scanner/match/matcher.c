#include "match/matcher.h"

#include <stdlib.h>

#include "match/key_names.h"

static void add_shape(struct matcher *matcher, unsigned kind, const struct pattern *pattern) {
    const struct number_shape *shape = &pattern->shape;
    kind_set bit = (kind_set)1 << kind;
    if (pattern->off_by_default) {
        return; /* by name of field only, when it is turned on */
    }
    matcher->grouped |= pattern->in_groups ? bit : 0;
    matcher->told |= pattern->behind_label != NULL ? bit : 0;
    if (shape->followed_by != NULL) {
        matcher->followed |= bit;
        for (const char *byte = shape->followed_by; *byte != '\0'; byte++) {
            matcher->follows[(uint8_t)*byte] = matcher->joins[(uint8_t)*byte] = true;
        }
        return;
    }
    if (pattern->anchor_byte != 0) {
        matcher->anchored |= bit;
    }
    if (shape->digits_min == 0) {
        return;
    }
    if (shape->letters_before == 0 && shape->digits_min < matcher->least_digits) {
        matcher->least_digits = shape->digits_min;
    }
    matcher->by_lattice |= bit;
    matcher->separable |= shape->joined_only ? 0 : bit;
    for (unsigned n = shape->digits_min; n <= shape->digits_max && n <= DIGITS_MAX; n++) {
        matcher->by_digits[shape->letters_before][n] |= bit;
    }
    for (unsigned digit = 0; digit < 10; digit++) {
        if (shape->leads != NULL && strchr(shape->leads, (int)('0' + digit)) == NULL) {
            continue;
        }
        matcher->by_lead[digit] |= bit;
        for (unsigned n = shape->digits_min; n <= shape->digits_max && n <= DIGITS_MAX; n++) {
            matcher->taken[digit][n] = true;
            matcher->taken_bare[digit][n] |= shape->letters_before == 0;
        }
    }
}

/* What may stand near a value of the kind, and how it then is found. */
static void add_surroundings(struct matcher *matcher, unsigned kind, kind_list kinds) {
    const struct pattern *pattern = kinds[kind];
    kind_set bit = (kind_set)1 << kind;
    matcher->hinted |= pattern->extent_hints ? bit : 0;
    matcher->telling |= pattern->extent_tells ? bit : 0;
    matcher->direct |= pattern->directly != NULL ? bit : 0;
    matcher->beside |= pattern->beside != NULL ? bit : 0;
    for (size_t i = 0; pattern->near != NULL && pattern->near[i] != NULL; i++) {
        int near = kind_list_number(kinds, pattern->near[i]);
        matcher->company[kind] |= near < 0 ? 0 : (kind_set)1 << near;
    }
}

int matcher_new(enum isa isa, const struct lexicon *lexicon, struct matcher **out,
                struct error *err) {
    *out = NULL;
    struct matcher *matcher = calloc(1, sizeof *matcher);
    if (matcher == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the matcher");
    }
    matcher->least_digits = DIGITS_MAX;
    for (unsigned byte = 0; byte < 256; byte++) {
        matcher->joins[byte] =
            byte_is_alnum((uint8_t)byte) || (byte != 0 && strchr("*# -()@", (int)byte) != NULL);
    }
    matcher->lattice = lattice_kernels_for(isa);
    matcher->word_sets = word_sets_for(isa);
    matcher->lexicon = lexicon;
    const kind_list kinds = matcher->kinds = lexicon_kinds(lexicon);
    for (unsigned kind = 0; kinds[kind] != NULL; kind++) {
        add_shape(matcher, kind, kinds[kind]);
        matcher->unnamed |= kinds[kind]->column_group != NULL ? (kind_set)1 << kind : 0;
        int company =
            kinds[kind]->company == NULL ? -1 : kind_list_number(kinds, kinds[kind]->company);
        matcher->company[kind] = company < 0 ? 0 : (kind_set)1 << company;
        add_surroundings(matcher, kind, kinds);
    }
    matcher->dates =
        matcher->least_digits > DATE_DIGITS ? LATTICE_DATES_CLEARED : LATTICE_DATES_KEPT;
    int status = word_database_new(kinds, &ready_words, &matcher->words, err);
    if (status == 0) {
        status = expression_database_new(kinds, &matcher->expressions, err);
    }
    if (status != 0) {
        matcher_free(matcher);
        return status;
    }
    word_places_learn(&matcher->places, matcher->words);
    match_learn_numbered_words(matcher);
    *out = matcher;
    return 0;
}

void matcher_free(struct matcher *matcher) {
    if (matcher != NULL) {
        word_database_free(matcher->words);
        expression_database_free(matcher->expressions);
        free(matcher);
    }
}

struct match_state *match_state_new(const struct matcher *matcher) {
    struct match_state *state = calloc(1, sizeof *state);
    if (state != NULL) {
        state->matcher = matcher;
        state->search = word_search_new(matcher->words);
        state->expression_search = expression_search_new(matcher->expressions);
        state->known_names = name_memory_new(matcher->lexicon);
        if (state->search == NULL || state->known_names == NULL ||
            (matcher->expressions != NULL && state->expression_search == NULL)) {
            match_state_free(state);
            state = NULL;
        }
    }
    return state;
}

void match_state_free(struct match_state *state) {
    if (state != NULL) {
        name_memory_free(state->known_names);
        word_search_free(state->search);
        expression_search_free(state->expression_search);
        free(state->names);
        free(state->plans);
        free(state->memory);
        free(state->word_hits);
        free(state->tokens.items);
        free(state->extras.items);
        free(state->merged.items);
        free(state->inspected.items);
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
    struct name_reading *names = realloc(state->names, capacity * sizeof *names);
    if (names != NULL) {
        state->names = names;
    }
    struct cell_plan *plans = realloc(state->plans, capacity * sizeof *plans);
    if (plans != NULL) {
        state->plans = plans;
    }
    if (names == NULL || plans == NULL) {
        state->failed = true;
        return false;
    }
    state->plan_capacity = capacity;
    return true;
}

/* Names that somebody or some program gave for want of one: #3, rows[].#3, @12+10, c1, col_3,
 * column5, field7, f2, 欄位3, Unnamed: 4, or nothing at all. */
static bool is_no_name(const struct field *field) {
    static const char *const stems[] = {"c",   "col",   "column", "f", "field", "fld", "v",
                                        "var", "value", "attr",   "x", "欄位",  "欄",  "unnamed:"};
    struct bytes name = bytes_trim(field->column);
    for (size_t i = name.len; i > 1 && name.ptr[i - 1] != '.'; i--) {
        if (name.ptr[i - 1] == '#' && name.ptr[i - 2] == '.') {
            name = bytes_from(name, i - 1);
            break;
        }
    }
    if (field->label.len != 0) {
        return false;
    }
    if (name.len > 0 && (name.ptr[0] == '#' || name.ptr[0] == '@' || name.ptr[0] == '_')) {
        name = bytes_from(name, 1);
    }
    while (name.len > 0 && (byte_is_digit(name.ptr[name.len - 1]) ||
                            strchr("+_ -", name.ptr[name.len - 1]) != NULL)) {
        name.len--;
    }
    bool none = name.len == 0;
    for (size_t i = 0; i < sizeof stems / sizeof *stems && !none; i++) {
        none = name.len < field->column.len &&
               bytes_equal_ignoring_case(name, bytes_of_string(stems[i]));
    }
    return none;
}

/* Which end of the value stands in a column that holds a part of it (card_bin, 末四碼)? */
static enum value_part part_of(const struct field *field) {
    static const char *const heads[] = {"bin", "first", "head", "prefix",
                                        "6no", "6 no",  "6_no", "前"};
    uint8_t name[64];
    size_t len = 0;
    while (len < field->column.len && len < sizeof name) {
        name[len] = byte_lower(field->column.ptr[len]);
        len++;
    }
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (bytes_find(bytes_of(name, len), bytes_of_string(heads[i])) != SIZE_MAX) {
            return PART_HEAD;
        }
    }
    return PART_TAIL;
}

static void make_plan(struct match_state *state, const struct field *field) {
    struct name_reading *name = &state->names[state->plan_count];
    *name = (struct name_reading){.first_kind = -1};
    if (field->column.len != 0 || field->label.len != 0) {
        name_memory_read(state->known_names, field->column, field->label, name);
    }
    bool whole = name->strength >= NAME_HINT;
    bool nameless = name->strength == NAME_SAYS_NOTHING &&
                    (field->ordinal != 0 || field->column.len != 0) && is_no_name(field);
    const struct pattern *first =
        name->first_kind < 0 ? NULL : state->matcher->kinds[name->first_kind];
    bool tells_people = name->strength == NAME_TELLS && first != NULL && first->proves_itself &&
                        first->legal != LEGAL_FINANCIAL && first->legal != LEGAL_NONE;
    state->plans[state->plan_count++] = (struct cell_plan){
        .kinds = whole ? name->kinds : 0,
        .first_kind = (int8_t)name->first_kind,
        .named = name->strength == NAME_TELLS,
        .key = tells_people || is_key_name(field->column),
        .part = (uint8_t)(whole && name->says_masked ? part_of(field) : PART_NONE),
        .date_rank = role_date_rank(name->role_bits),
        .table = field->table,
        .unnamed = nameless ? state->matcher->unnamed : 0,
    };
}

const struct cell_plan *match_make_plans(struct match_state *state, const struct field_set *fields,
                                         uint32_t field) {
    static const struct cell_plan nothing = {.first_kind = -1};
    if (!reserve_plans(state, field + 1)) {
        return &nothing;
    }
    while (state->plan_count <= field) {
        make_plan(state, field_set_field(fields, state->plan_count));
    }
    return &state->plans[field];
}

const struct name_reading *match_name(struct match_state *state, const struct field_set *fields,
                                      uint32_t field) {
    static const struct name_reading nothing = {.first_kind = -1};
    if (field >= state->plan_count) {
        match_make_plans(state, fields, field);
    }
    return field < state->plan_count ? &state->names[field] : &nothing;
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
