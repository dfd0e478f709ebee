#include "judge/live/fields.h"

#include <stdlib.h>

#include "judge/conceal_field_name.h"

static void release_kinds(struct live_field *field) {
    for (uint32_t k = 0; k < field->kind_count; k++) {
        kind_facts_release(&field->kinds[k]);
    }
    free(field->kinds);
    free(field->pairs);
    for (uint32_t i = 0; i < field->dated_count; i++) {
        free(field->dated[i].periods);
    }
    free(field->dated);
    *field = (struct live_field){0};
}

void live_fields_clear(struct live_fields *fields) {
    for (uint32_t i = 0; i < fields->count; i++) {
        release_kinds(&fields->items[i]);
    }
    fields->count = 0;
    live_samples_clear(&fields->samples);
    live_samples_clear(&fields->records);
}

void live_fields_release(struct live_fields *fields) {
    live_fields_clear(fields);
    free(fields->items);
    live_samples_release(&fields->samples);
    live_samples_release(&fields->records);
    *fields = (struct live_fields){0};
}

struct live_field *live_fields_reach(struct live_fields *fields, uint32_t field) {
    if (field < fields->count) {
        return &fields->items[field];
    }
    if (field >= fields->capacity) {
        uint32_t capacity = fields->capacity == 0 ? 64 : fields->capacity;
        while (capacity <= field) {
            capacity *= 2;
        }
        struct live_field *items = realloc(fields->items, capacity * sizeof *items);
        if (items == NULL) {
            return NULL;
        }
        fields->items = items;
        fields->capacity = capacity;
    }
    for (; fields->count <= field; fields->count++) {
        fields->items[fields->count] = (struct live_field){.wide = fields->wide};
    }
    return &fields->items[field];
}

struct kind_facts *live_field_make_kind(struct live_field *field, unsigned kind) {
    struct kind_facts *kinds =
        realloc(field->kinds, (field->kind_count + 1) * sizeof *field->kinds);
    if (kinds == NULL) {
        return NULL;
    }
    field->kinds = kinds;
    struct kind_facts *facts = &kinds[field->kind_count++];
    kind_facts_init(facts, kind);
    if ((field->wide >> kind & 1) != 0) {
        sketch_widen(&facts->distinct);
    }
    return facts;
}

struct live_dates *live_field_make_dates(struct live_field *field, unsigned kind) {
    struct live_dates *dated =
        reallocarray(field->dated, field->dated_count + 1, sizeof *field->dated);
    if (dated == NULL) {
        return NULL;
    }
    field->dated = dated;
    dated += field->dated_count++;
    *dated = (struct live_dates){.kind = (uint8_t)kind, .oldest = INT32_MAX, .newest = INT32_MIN};
    return dated;
}

static int compare_kinds(const void *a, const void *b) {
    const struct kind_facts *x = a, *y = b;
    return (int)x->kind - (int)y->kind;
}

/* Columns of other tables met a row of the same number by accident. */
static bool move_pairs(const struct collect_finish *finish, uint32_t table,
                       const struct live_field *live, struct field_facts *out) {
    bool ok = true;
    for (uint32_t i = 0; ok && i < live->pair_count; i++) {
        struct mask_pair pair = live->pairs[i].counts;
        const struct field *other = field_set_field(finish->fields, live->pairs[i].other);
        if (other->table == table) {
            ok = conceal_field_name(finish, other->column, &pair.column) &&
                 field_facts_pair(out, &pair);
            free((void *)(uintptr_t)pair.column.ptr);
        }
    }
    return ok;
}

static bool move_columns(const struct collect_finish *finish, const struct live_dates *live,
                         struct date_facts *out) {
    bool ok = true;
    for (unsigned i = 0; ok && i < live->column_count; i++) {
        const struct live_date_column *column = &live->columns[i];
        struct bytes name = {NULL, 0};
        ok = conceal_field_name(finish, field_set_field(finish->fields, column->field)->column,
                                &name) &&
             date_facts_column(out, name, (enum date_rank)column->rank, column->values);
        free((void *)(uintptr_t)name.ptr);
    }
    return ok;
}

static bool move_dates(const struct collect_finish *finish, const struct live_field *live,
                       struct field_facts *out) {
    bool ok = true;
    for (uint32_t i = 0; ok && i < live->dated_count; i++) {
        struct kind_facts *kind = field_facts_kind(out, live->dated[i].kind);
        ok = kind != NULL && (kind->dates = live_dates_facts(&live->dated[i])) != NULL &&
             move_columns(finish, &live->dated[i], kind->dates);
    }
    return ok;
}

struct field_facts live_field_facts(const struct collect_finish *finish, uint32_t number,
                                    const struct live_field *field) {
    const struct field *known = field_set_field(finish->fields, number);
    const struct table *table = field_set_table_view(finish->fields, known->table);
    bool column = number != FIELD_FREE_TEXT;
    return (struct field_facts){.ordinal = known->ordinal,
                                .number = number,
                                .attribution = known->attribution,
                                .storage = table->storage,
                                .cells = column ? field->cells : 0,
                                .empty = column ? field->empty : 0,
                                .digests = field->digests,
                                .digests_only = field->digests_only,
                                .digests_proven = field->digests_proven};
}

bool live_field_conceal_names(const struct collect_finish *finish, struct field_facts *out) {
    const struct field *known = field_set_field(finish->fields, out->number);
    const struct table *table = field_set_table_view(finish->fields, known->table);
    return conceal_field_name(finish, table->name, &out->table) &&
           conceal_field_name(finish, known->column, &out->column) &&
           conceal_field_name(finish, known->label, &out->label);
}

static bool move_field(const struct collect_finish *finish, uint32_t number,
                       struct live_field *live, struct field_facts *out) {
    const struct field *field = field_set_field(finish->fields, number);
    *out = live_field_facts(finish, number, live);
    out->kind_count = live->kind_count;
    out->kinds = live->kinds;
    bool paired = move_pairs(finish, field->table, live, out);
    live->kinds = NULL; /* moved; the rest goes with live_fields_clear */
    live->kind_count = 0;
    for (uint32_t i = 0; i < out->kind_count; i++) {
        if (out->kinds[i].sample != NULL) {
            value_sample_settle(out->kinds[i].sample);
        }
    }
    if (out->kind_count != 0) {
        qsort(out->kinds, out->kind_count, sizeof *out->kinds, compare_kinds);
    }
    return paired && move_dates(finish, live, out) && live_field_conceal_names(finish, out);
}

/* Which tables have a column for the day on which the purpose of a row ends. */
static void find_end_columns(const struct collect_finish *finish, bool *tables) {
    for (uint32_t i = 0; i < field_set_field_count(finish->fields); i++) {
        if (date_rank_ends((enum date_rank)finish->date_rank(finish->context, i))) {
            tables[field_set_field(finish->fields, i)->table] = true;
        }
    }
}

/* Fields that hold something, or whose name tells something. Of a piece also those that may hold
 * something elsewhere: keys in text, and columns with cells. */
static bool is_told(const struct collect_finish *finish, const struct live_field *live,
                    uint32_t number, bool *idle) {
    *idle = live->kind_count == 0 && !finish->wanted(finish->context, number);
    return !*idle ||
           (finish->piece &&
            (live->cells != 0 || field_set_field(finish->fields, number)->table == TABLE_NONE));
}

int live_fields_move(struct live_fields *fields, const struct collect_finish *finish,
                     struct unit_facts *unit, struct error *err) {
    uint32_t count = field_set_field_count(finish->fields), wanted = 0;
    if (live_fields_reach(fields, count - 1) == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the facts of a unit");
    }
    bool idle;
    for (uint32_t i = 0; i < count; i++) {
        wanted += is_told(finish, &fields->items[i], i, &idle);
    }
    unit->fields = calloc(wanted == 0 ? 1 : wanted, sizeof *unit->fields);
    bool *ends = calloc(field_set_table_count(finish->fields) + 1, sizeof *ends);
    bool ok = unit->fields != NULL && ends != NULL;
    if (ok) {
        find_end_columns(finish, ends);
    }
    for (uint32_t i = 0; ok && i < count; i++) {
        struct live_field *live = &fields->items[i];
        if (is_told(finish, live, i, &idle)) {
            struct field_facts *out = &unit->fields[unit->field_count++];
            ok = move_field(finish, i, live, out);
            out->idle = idle;
            out->end_column = ends[field_set_field(finish->fields, i)->table];
        }
    }
    ok = ok && live_samples_move(&fields->samples, &fields->records, finish, unit);
    free(ends);
    live_fields_clear(fields);
    return ok ? 0 : error_set(err, YINMA_E_MEMORY, "out of memory for the facts of a unit");
}
