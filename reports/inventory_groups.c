#include "reports/inventory_groups.h"

#include <stdlib.h>

#include "core/day.h"

struct bytes inventory_source(const struct results *results, const struct field_result *field) {
    const struct unit_result *unit = &results->units[field->unit];
    return unit->source.len > 0 ? unit->source : unit->name;
}

static int compare_columns(const struct field_result *x, const struct field_result *y) {
    int order = bytes_compare(x->field->column, y->field->column);
    return order != 0 ? order : strcmp(x->kind, y->kind);
}

static int by_place(const void *a, const void *b, void *context) {
    const struct field_result *x = *(const struct field_result *const *)a;
    const struct field_result *y = *(const struct field_result *const *)b;
    int order = bytes_compare(inventory_source(context, x), inventory_source(context, y));
    if (order == 0) {
        order = bytes_compare(x->field->table, y->field->table);
    }
    if (order == 0) {
        order = compare_columns(x, y);
    }
    return order != 0 ? order : (x > y) - (x < y); /* fields stand by unit */
}

bool inventory_init(struct inventory *inventory, const struct results *results) {
    *inventory = (struct inventory){.results = results};
    inventory->fields = calloc(results->field_count + 1, sizeof(const struct field_result *));
    inventory->seen = calloc(results->unit_count + 1, sizeof *inventory->seen);
    if (inventory->fields == NULL || inventory->seen == NULL) {
        return false;
    }
    for (size_t i = 0; i < results->field_count; i++) {
        const struct field_result *field = &results->fields[i];
        if (field->written && field->values > 0) {
            inventory->fields[inventory->count++] = field;
        }
    }
    qsort_r(inventory->fields, inventory->count, sizeof(const struct field_result *), by_place,
            (void *)(uintptr_t)results);
    return true;
}

void inventory_release(struct inventory *inventory) {
    free(inventory->fields);
    free(inventory->seen);
    *inventory = (struct inventory){0};
}

static void add_age(struct inventory_line *line, const struct field_result *field) {
    if (field->oldest != DAY_NONE && (line->oldest == DAY_NONE || field->oldest < line->oldest)) {
        line->oldest = field->oldest;
    }
    if (field->newest != DAY_NONE && (line->newest == DAY_NONE || field->newest > line->newest)) {
        line->newest = field->newest;
    }
    line->limited = line->limited || field->limited;
    line->past_limit += field->past_limit;
}

static bool same_file(const struct file_facts *a, const struct file_facts *b) {
    return a->known == b->known && a->mode == b->mode &&
           strcmp(file_facts_owner(a), file_facts_owner(b)) == 0;
}

static void add_field(const struct results *results, const struct field_result *field,
                      struct inventory_line *line) {
    const struct unit_result *unit = &results->units[field->unit];
    const struct unit_facts *first = results->units[line->fields[0]->unit].facts;
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        line->by_state[state] += field->count[state];
    }
    uint64_t rows = field->values + field->other;
    line->rows = rows > line->rows ? rows : line->rows;
    line->zones |= unit->zones;
    line->one_file = line->one_file && same_file(&first->file, &unit->facts->file);
    add_age(line, field);
    people_add(&line->people, field);
}

enum depth { OF_FILE, OF_COLUMN };

static bool next_line(struct inventory *inventory, size_t *at, size_t end, enum depth depth,
                      struct inventory_line *out) {
    if (*at >= end) {
        return false;
    }
    const struct field_result *first = inventory->fields[*at];
    *out = (struct inventory_line){.fields = inventory->fields + *at,
                                   .source = inventory_source(inventory->results, first),
                                   .table = first->field->table,
                                   .oldest = DAY_NONE,
                                   .newest = DAY_NONE,
                                   .one_file = true};
    people_init(&out->people);
    inventory->line++;
    for (; *at < end; (*at)++) {
        const struct field_result *field = inventory->fields[*at];
        bool same = bytes_equal(inventory_source(inventory->results, field), out->source) &&
                    bytes_equal(field->field->table, out->table) &&
                    (depth == OF_FILE || compare_columns(field, first) == 0);
        if (!same) {
            break;
        }
        out->count++;
        out->units += inventory->seen[field->unit] != inventory->line;
        inventory->seen[field->unit] = inventory->line;
        add_field(inventory->results, field, out);
    }
    return true;
}

bool inventory_file(struct inventory *inventory, size_t *at, struct inventory_line *out) {
    return next_line(inventory, at, inventory->count, OF_FILE, out);
}

bool inventory_column(struct inventory *inventory, size_t *at, size_t end,
                      struct inventory_line *out) {
    return next_line(inventory, at, end, OF_COLUMN, out);
}

void inventory_line_release(struct inventory_line *line) {
    people_release(&line->people);
}
