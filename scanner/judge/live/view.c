/* What a unit holds so far, while it is being read: borrowed from the live fields. */
#include <stdlib.h>

#include "judge/live/fields.h"

uint64_t live_fields_news(const struct live_fields *fields) {
    uint64_t news = 0;
    for (uint32_t i = 0; i < fields->count; i++) {
        const struct live_field *field = &fields->items[i];
        for (uint32_t k = 0; k < field->kind_count; k++) {
            for (unsigned state = 0; state < STATE_COUNT; state++) {
                news += field->kinds[k].count[state] != 0;
            }
        }
    }
    return news;
}

static uint64_t values_of(const struct live_field *field) {
    uint64_t values = field->cells;
    for (uint32_t k = 0; k < field->kind_count; k++) {
        for (unsigned state = 0; state < STATE_COUNT; state++) {
            values += field->kinds[k].count[state];
        }
    }
    return values;
}

static int compare_kinds(const void *a, const void *b) {
    const struct kind_facts *x = a, *y = b;
    return (int)x->kind - (int)y->kind;
}

/* A copy of the list, because readers want it sorted; what it points to stays where it is. */
static bool borrow_kinds(const struct live_field *live, struct field_facts *out) {
    if (live->kind_count == 0) {
        return true;
    }
    out->kinds = malloc(live->kind_count * sizeof *out->kinds);
    if (out->kinds == NULL) {
        return false;
    }
    memcpy(out->kinds, live->kinds, live->kind_count * sizeof *out->kinds);
    out->kind_count = live->kind_count;
    qsort(out->kinds, out->kind_count, sizeof *out->kinds, compare_kinds);
    return true;
}

static bool view_field(const struct collect_finish *finish, uint32_t number,
                       const struct live_field *live, struct field_facts *out) {
    *out = live_field_facts(finish, number, live);
    return borrow_kinds(live, out) && live_field_conceal_names(finish, out);
}

/* Which tables had new values. */
static void find_tables(struct live_fields *fields, const struct field_set *set, bool *tables) {
    for (uint32_t i = 0; i < fields->count; i++) {
        struct live_field *live = &fields->items[i];
        uint64_t values = values_of(live);
        if (values != live->viewed) {
            live->viewed = values;
            tables[field_set_field(set, i)->table] = true;
        }
    }
}

int live_fields_view(struct live_fields *fields, const struct collect_finish *finish,
                     struct unit_facts *unit, struct error *err) {
    uint32_t count = fields->count, wanted = 0;
    bool *tables = calloc(field_set_table_count(finish->fields) + 1, sizeof *tables);
    bool ok = tables != NULL;
    if (ok) {
        find_tables(fields, finish->fields, tables);
        for (uint32_t i = 0; i < count; i++) {
            wanted += tables[field_set_field(finish->fields, i)->table];
        }
        unit->fields = calloc(wanted + 1, sizeof *unit->fields);
        ok = unit->fields != NULL;
    }
    for (uint32_t i = 0; ok && i < count; i++) {
        const struct live_field *live = &fields->items[i];
        if (tables[field_set_field(finish->fields, i)->table] &&
            (live->kind_count != 0 || finish->wanted(finish->context, i))) {
            ok = view_field(finish, i, live, &unit->fields[unit->field_count++]);
        }
    }
    free(tables);
    return ok ? 0 : error_set(err, YINMA_E_MEMORY, "out of memory for a view of a unit");
}

void collector_unview(struct unit_facts *unit) {
    for (uint32_t i = 0; i < unit->field_count; i++) {
        struct field_facts *field = &unit->fields[i];
        free((void *)(uintptr_t)field->table.ptr);
        free((void *)(uintptr_t)field->column.ptr);
        free((void *)(uintptr_t)field->label.ptr);
        free(field->kinds);
    }
    free(unit->fields);
    unit->fields = NULL;
    unit->field_count = 0;
}
