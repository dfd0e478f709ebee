#include "result/comparison.h"

#include "result/comparison_causes.h"

#include <stdlib.h>

static const char *const change_names[] = {"new", "more", "fewer", "gone", "not-seen", "same"};
_Static_assert(sizeof change_names / sizeof *change_names == CHANGE_COUNT, "a name for each");

const char *change_name(enum change change) {
    return change_names[change];
}

static int no_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "no memory for a comparison");
}

void comparison_release(struct comparison *comparison) {
    free(comparison->entries);
    *comparison = (struct comparison){0};
}

/* ---- what one run found ---- */

struct finding {
    bool is_violation;
    const char *rule, *about, *declared; /* about: kind or role; "" for none */
    struct bytes source, table, column;
    enum storage storage;
    struct change_side side;
};

struct findings {
    struct finding *all; /* by name, one each */
    size_t count;
};

static int compare_names(const struct finding *x, const struct finding *y) {
    int order = (int)x->is_violation - (int)y->is_violation;
    const int parts[] = {bytes_compare(x->source, y->source), bytes_compare(x->table, y->table),
                         bytes_compare(x->column, y->column), (int)x->storage - (int)y->storage,
                         strcmp(x->about, y->about),          strcmp(x->rule, y->rule),
                         strcmp(x->declared, y->declared)};
    for (size_t i = 0; order == 0 && i < sizeof parts / sizeof *parts; i++) {
        order = parts[i];
    }
    return order;
}

/* More than 0: X has more values or worse masked ones. */
static int compare_fields(const struct field_result *x, const struct field_result *y) {
    if (x == NULL || y == NULL) {
        return (x != NULL) - (y != NULL);
    }
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        if (x->count[state] != y->count[state]) {
            return x->count[state] > y->count[state] ? 1 : -1;
        }
    }
    return 0;
}

static int compare_sides(const struct change_side *x, const struct change_side *y) {
    if (x->violation != NULL && x->count != y->count) {
        return x->count > y->count ? 1 : -1;
    }
    return compare_fields(x->field, y->field);
}

/* The worst of one name stands first, so that the choice does not depend on the order of units. */
static int by_name(const void *a, const void *b) {
    const struct finding *x = a, *y = b;
    int order = compare_names(x, y);
    if (order == 0) {
        order = compare_sides(&y->side, &x->side);
    }
    const struct unit_result *one = x->side.unit, *two = y->side.unit;
    return order != 0 || one == NULL || two == NULL ? order : bytes_compare(one->name, two->name);
}

static void add_field(const struct results *results, const struct field_result *field,
                      struct findings *out) {
    const struct unit_result *unit = &results->units[field->unit];
    if (field->written) {
        out->all[out->count++] = (struct finding){.rule = "",
                                                  .about = field->kind,
                                                  .declared = "",
                                                  .source = unit->source,
                                                  .table = field->field->table,
                                                  .column = field->field->column,
                                                  .storage = field->field->storage,
                                                  .side = {unit, field, NULL, field->values}};
    }
}

static void add_violation(const struct results *results, const struct violation *violation,
                          struct findings *out) {
    struct finding *finding = &out->all[out->count++];
    *finding = (struct finding){.is_violation = true,
                                .rule = violation->rule->id,
                                .about = violation->kind != NULL   ? violation->kind
                                         : violation->role != NULL ? violation->role
                                                                   : "",
                                .declared = violation->declared == NULL ? "" : violation->declared,
                                .side = {NULL, NULL, violation, violation->count}};
    if (violation->unit < results->unit_count) {
        finding->side.unit = &results->units[violation->unit];
        finding->source = finding->side.unit->source;
    }
    if (violation->field < results->field_count) {
        finding->side.field = &results->fields[violation->field];
    }
    if (violation->place != NULL) {
        finding->table = violation->place->table;
        finding->column = violation->place->column;
        finding->storage = violation->place->storage;
    }
}

static int collect(const struct results *results, struct findings *out, struct error *err) {
    size_t kept = 0;
    *out = (struct findings){
        .all = calloc(results->field_count + results->violation_count + 1, sizeof *out->all)};
    if (out->all == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < results->field_count; i++) {
        add_field(results, &results->fields[i], out);
    }
    for (size_t i = 0; i < results->violation_count; i++) {
        add_violation(results, &results->violations[i], out);
    }
    qsort(out->all, out->count, sizeof *out->all, by_name);
    for (size_t i = 0; i < out->count; i++) {
        if (kept == 0 || compare_names(&out->all[kept - 1], &out->all[i]) != 0) {
            out->all[kept++] = out->all[i];
        }
    }
    out->count = kept;
    return 0;
}

/* ---- entries ---- */

/* The field that a violation is about, whether or not it breaks anything there. */
static const struct field_result *field_in(const struct findings *findings,
                                           const struct finding *like) {
    struct finding wanted = *like;
    size_t low = 0, high = findings->count;
    wanted.is_violation = false;
    wanted.rule = wanted.declared = "";
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_names(&findings->all[middle], &wanted);
        if (order == 0) {
            return findings->all[middle].side.field;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return NULL;
}

static enum change change_between(const struct finding *before, const struct finding *now) {
    if (before == NULL || now == NULL) {
        return before == NULL ? CHANGE_NEW : CHANGE_GONE;
    }
    int order = compare_sides(&now->side, &before->side);
    return order > 0 ? CHANGE_MORE : order < 0 ? CHANGE_FEWER : CHANGE_SAME;
}

/* BEFORE or NOW is NULL where the run has no such finding. */
static void add_entry(struct comparison *out, const struct findings sides[2],
                      const struct finding *before, const struct finding *now) {
    const struct finding *name = now != NULL ? now : before;
    if (name == NULL) {
        return;
    }
    const struct violation *violation = name->side.violation;
    struct change_entry *entry = &out->entries[out->count++];
    *entry =
        (struct change_entry){.change = change_between(before, now),
                              .is_violation = name->is_violation,
                              .rule = violation == NULL ? NULL : violation->rule,
                              .severity = violation == NULL ? SEVERITY_NONE : violation->severity,
                              .source = name->source,
                              .table = name->table,
                              .column = name->column,
                              .storage = name->storage,
                              .kind = violation == NULL ? name->about : violation->kind,
                              .role = violation == NULL ? NULL : violation->role};
    if (before != NULL) {
        entry->before = before->side;
    }
    if (now != NULL) {
        entry->now = now->side;
    }
    int grown = compare_fields(field_in(&sides[1], name), field_in(&sides[0], name));
    const struct run_pair pair = {out->before, out->now, out->differs};
    explain_change(&pair, now != NULL ? grown > 0 : grown < 0, entry);
}

static void count_entry(struct comparison *out, const struct change_entry *entry) {
    bool worse = entry->change == CHANGE_NEW || entry->change == CHANGE_MORE;
    bool data = (entry->causes & (CAUSE_BIT(CAUSE_DATA) | CAUSE_BIT(CAUSE_UNIT))) != 0;
    if (entry->is_violation) {
        out->violations[entry->change]++;
        out->by_data += worse && data;
    } else {
        out->fields[entry->change]++;
    }
}

static int by_change(const void *a, const void *b) {
    const struct change_entry *x = a, *y = b;
    const char *empty = "";
    const int parts[] = {
        (int)x->change - (int)y->change,
        (int)y->severity - (int)x->severity,
        bytes_compare(x->source, y->source),
        bytes_compare(x->table, y->table),
        bytes_compare(x->column, y->column),
        (int)x->storage - (int)y->storage,
        strcmp(x->kind == NULL ? empty : x->kind, y->kind == NULL ? empty : y->kind),
        strcmp(x->rule == NULL ? empty : x->rule->id, y->rule == NULL ? empty : y->rule->id)};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i] != 0) {
            return parts[i];
        }
    }
    return 0;
}

/* One place, one change, one reason: told in one line. */
static bool same_line(const struct change_entry *x, const struct change_entry *y) {
    return x->change == y->change && x->causes == y->causes && x->storage == y->storage &&
           bytes_equal(x->source, y->source) && bytes_equal(x->table, y->table) &&
           bytes_equal(x->column, y->column) && x->kind != NULL && y->kind != NULL &&
           strcmp(x->kind, y->kind) == 0;
}

/* Lines stand together, in each of them the worst violation first, the field last. */
static int by_line(const void *a, const void *b) {
    const struct change_entry *x = *(const struct change_entry *const *)a;
    const struct change_entry *y = *(const struct change_entry *const *)b;
    struct change_entry one = *x, two = *y;
    one.severity = two.severity = SEVERITY_NONE;
    one.rule = two.rule = NULL;
    int order = by_change(&one, &two);
    if (order == 0) {
        order = (int)x->causes - (int)y->causes;
    }
    return order != 0 ? order : by_change(x, y);
}

static int mark_told(struct comparison *out, struct error *err) {
    struct change_entry **sorted = calloc(out->count + 1, sizeof(struct change_entry *));
    struct change_entry *first = NULL;
    if (sorted == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < out->count; i++) {
        sorted[i] = &out->entries[i];
    }
    qsort(sorted, out->count, sizeof(struct change_entry *), by_line);
    for (size_t i = 0; i < out->count; i++) {
        sorted[i]->told_by_other = first != NULL && same_line(sorted[i], first);
        if (!sorted[i]->told_by_other) {
            first = sorted[i];
        } else if (first != NULL && sorted[i]->is_violation) {
            first->more_rules++;
        }
    }
    free(sorted);
    return 0;
}

/* Findings of the same name belong together; both lists are sorted by name. */
static void pair_up(struct comparison *out, const struct findings sides[2]) {
    for (size_t i = 0, j = 0; i < sides[0].count || j < sides[1].count;) {
        const struct finding *old = i < sides[0].count ? &sides[0].all[i] : NULL;
        const struct finding *young = j < sides[1].count ? &sides[1].all[j] : NULL;
        int order = old == NULL ? 1 : young == NULL ? -1 : compare_names(old, young);
        add_entry(out, sides, order <= 0 ? old : NULL, order >= 0 ? young : NULL);
        i += order <= 0;
        j += order >= 0;
    }
    for (size_t i = 0; i < out->count; i++) {
        count_entry(out, &out->entries[i]);
    }
    qsort(out->entries, out->count, sizeof *out->entries, by_change);
}

int comparison_make(const struct results *before, const struct results *now, struct comparison *out,
                    struct error *err) {
    struct findings sides[2] = {{0}};
    *out =
        (struct comparison){.before = before, .now = now, .differs = run_differences(before, now)};
    int rc = collect(before, &sides[0], err);
    if (rc == 0) {
        rc = collect(now, &sides[1], err);
    }
    if (rc == 0) {
        out->entries = calloc(sides[0].count + sides[1].count + 1, sizeof *out->entries);
        rc = out->entries == NULL ? no_memory(err) : 0;
    }
    if (rc == 0 && out->entries != NULL) {
        pair_up(out, sides);
        rc = mark_told(out, err);
    }
    free(sides[0].all);
    free(sides[1].all);
    return rc;
}
