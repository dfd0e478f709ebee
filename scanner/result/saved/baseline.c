#include "result/saved/baseline.h"

#include <stdlib.h>

#include "result/saved/baseline_work.h"
#include "result/saved/values.h"

int baseline_no_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "no memory for the baseline");
}

void baseline_free(struct baseline *baseline) {
    if (baseline != NULL) {
        free(baseline->entries);
        free(baseline->sorted);
        arena_release(&baseline->arena);
        free(baseline);
    }
}

size_t baseline_count(const struct baseline *baseline) {
    return baseline->count;
}

const struct baseline_entry *baseline_entry_at(const struct baseline *baseline, size_t index) {
    return baseline->sorted[index];
}

/* ---- order ---- */

static int by_fingerprint(const void *a, const void *b) {
    const struct baseline_entry *x = a, *y = b;
    return memcmp(x->fingerprint, y->fingerprint, sizeof x->fingerprint);
}

static int by_name(const void *a, const void *b) {
    const struct baseline_entry *x = *(const struct baseline_entry *const *)a;
    const struct baseline_entry *y = *(const struct baseline_entry *const *)b;
    int order = strcmp(x->rule, y->rule);
    if (order == 0) {
        order = bytes_compare(x->source, y->source);
    }
    if (order == 0) {
        order = bytes_compare(x->table, y->table);
    }
    if (order == 0) {
        order = bytes_compare(x->column, y->column);
    }
    if (order == 0) {
        order = strcmp(x->about, y->about);
    }
    return order != 0 ? order : by_fingerprint(x, y);
}

/* ---- entries ---- */

const char *baseline_keep(struct baseline *baseline, struct bytes text) {
    char *copy = arena_alloc(&baseline->arena, text.len + 1);
    if (copy != NULL && text.len > 0) {
        memcpy(copy, text.ptr, text.len);
    }
    return copy;
}

static bool has_value(const struct baseline_entry *entry, const char *value) {
    for (size_t i = 0; i < entry->value_count; i++) {
        if (strcmp(entry->values[i], value) == 0) {
            return true;
        }
    }
    return false;
}

/* FROM holds what INTO holds in another unit: the worse of both is accepted. */
static bool join(struct baseline *baseline, struct baseline_entry *into,
                 const struct baseline_entry *from) {
    const char **values =
        arena_alloc(&baseline->arena, (into->value_count + from->value_count + 1) * sizeof *values);
    if (values == NULL) {
        return false;
    }
    if (into->value_count > 0) {
        memcpy(values, into->values, into->value_count * sizeof *values);
    }
    into->values = values;
    for (size_t i = 0; i < from->value_count; i++) {
        if (!has_value(into, from->values[i])) {
            values[into->value_count++] = from->values[i];
        }
    }
    into->count = from->count > into->count ? from->count : into->count;
    into->state = from->state < into->state ? from->state : into->state;
    return true;
}

int baseline_add(struct baseline *baseline, const struct baseline_entry *entry, struct error *err) {
    if (!saved_room(&baseline->entries, &baseline->room, baseline->count,
                    sizeof *baseline->entries)) {
        return baseline_no_memory(err);
    }
    baseline->entries[baseline->count++] = *entry;
    return 0;
}

int baseline_finish(struct baseline *baseline, struct error *err) {
    size_t kept = 0;
    if (baseline->count > 0) {
        qsort(baseline->entries, baseline->count, sizeof *baseline->entries, by_fingerprint);
    }
    for (size_t i = 0; i < baseline->count; i++) {
        struct baseline_entry *entry = &baseline->entries[i];
        if (kept > 0 && by_fingerprint(entry, &baseline->entries[kept - 1]) == 0) {
            if (!join(baseline, &baseline->entries[kept - 1], entry)) {
                return baseline_no_memory(err);
            }
        } else {
            baseline->entries[kept++] = *entry;
        }
    }
    baseline->count = kept;
    baseline->sorted = calloc(kept + 1, sizeof(const struct baseline_entry *));
    if (baseline->sorted == NULL) {
        return baseline_no_memory(err);
    }
    for (size_t i = 0; i < kept; i++) {
        baseline->sorted[i] = &baseline->entries[i];
    }
    qsort(baseline->sorted, kept, sizeof(const struct baseline_entry *), by_name);
    return 0;
}

struct baseline *baseline_new(void) {
    struct baseline *baseline = calloc(1, sizeof *baseline);
    if (baseline != NULL) {
        arena_init(&baseline->arena, 0);
    }
    return baseline;
}

/* ---- from results ---- */

static enum mask_state worst_state(const struct results *results,
                                   const struct violation *violation) {
    enum mask_state state = STATE_CLEAR;
    if (violation->field >= results->field_count) {
        return STATE_COUNT;
    }
    while (state < STATE_COUNT && results->fields[violation->field].count[state] == 0) {
        state++;
    }
    return state;
}

static bool is_free_text(const struct violation *violation) {
    return violation->place != NULL && violation->place->column.len == 0;
}

static bool keep_values(struct baseline *baseline, const struct violation *violation,
                        struct baseline_entry *entry) {
    entry->values = arena_alloc(&baseline->arena, EXAMPLES_KEPT * sizeof *entry->values);
    for (unsigned i = 0; entry->values != NULL && i < violation->example_count; i++) {
        const char *value =
            baseline_keep(baseline, bytes_of_string(violation->examples[i]->fingerprint));
        if (value == NULL) {
            return false;
        }
        if (value[0] != '\0' && !has_value(entry, value)) {
            entry->values[entry->value_count++] = value;
        }
    }
    return entry->values != NULL;
}

static int add_violation(struct baseline *baseline, const struct results *results,
                         const struct violation *violation, struct error *err) {
    const char *about = violation->kind != NULL   ? violation->kind
                        : violation->role != NULL ? violation->role
                                                  : "";
    struct baseline_entry entry = {.rule = violation->rule->id,
                                   .role = violation->kind == NULL && violation->role != NULL,
                                   .state = worst_state(results, violation),
                                   .count = violation->count,
                                   .reason = "",
                                   .approver = "",
                                   .expiry = ""};
    violation_fingerprint(results, violation, entry.fingerprint);
    entry.rule = baseline_keep(baseline, bytes_of_string(violation->rule->id));
    entry.about = baseline_keep(baseline, bytes_of_string(about));
    if (violation->unit < results->unit_count) {
        entry.source = arena_copy(&baseline->arena, results->units[violation->unit].source);
    }
    if (violation->place != NULL) {
        entry.table = arena_copy(&baseline->arena, violation->place->table);
        entry.column = arena_copy(&baseline->arena, violation->place->column);
    }
    if (entry.rule == NULL || entry.about == NULL) {
        return baseline_no_memory(err);
    }
    if (is_free_text(violation)) {
        memcpy(entry.key_id, results->run.key_id, sizeof entry.key_id);
        if (!keep_values(baseline, violation, &entry)) {
            return baseline_no_memory(err);
        }
    }
    return baseline_add(baseline, &entry, err);
}

int baseline_of_results(const struct results *results, struct baseline **out, struct error *err) {
    struct baseline *baseline = baseline_new();
    int rc = baseline == NULL ? baseline_no_memory(err) : 0;
    for (size_t i = 0; rc == 0 && i < results->violation_count; i++) {
        rc = add_violation(baseline, results, &results->violations[i], err);
    }
    if (rc == 0) {
        rc = baseline_finish(baseline, err);
    }
    if (rc < 0) {
        baseline_free(baseline);
        baseline = NULL;
    }
    *out = baseline;
    return rc;
}

/* ---- use ---- */

static bool holds_values(const struct baseline_entry *entry, const struct results *results,
                         const struct violation *violation) {
    if (entry->key_id[0] == '\0' || strcmp(entry->key_id, results->run.key_id) != 0) {
        return false;
    }
    for (unsigned i = 0; i < violation->example_count; i++) {
        if (!has_value(entry, violation->examples[i]->fingerprint)) {
            return false;
        }
    }
    return true;
}

static bool accepts(const struct baseline_entry *entry, const struct results *results,
                    const struct violation *violation) {
    bool expired = entry->expiry[0] != '\0' && strcmp(results->run.as_of, entry->expiry) > 0;
    return !expired && violation->count <= entry->count &&
           worst_state(results, violation) >= entry->state &&
           (!is_free_text(violation) || holds_values(entry, results, violation));
}

void baseline_apply(const struct baseline *baseline, struct results *results) {
    for (size_t i = 0; i < results->violation_count; i++) {
        struct violation *violation = &results->violations[i];
        struct baseline_entry wanted = {.rule = ""};
        violation_fingerprint(results, violation, wanted.fingerprint);
        const struct baseline_entry *entry =
            baseline->count == 0 ? NULL
                                 : bsearch(&wanted, baseline->entries, baseline->count,
                                           sizeof *baseline->entries, by_fingerprint);
        if (entry != NULL && accepts(entry, results, violation)) {
            violation->known = true;
            violation->accepted = entry->approver[0] != '\0';
            saved_copy(violation->accepted_until, sizeof violation->accepted_until,
                       bytes_of_string(violation->accepted ? entry->expiry : ""));
            violation->counts_for_exit = false;
        }
    }
}
