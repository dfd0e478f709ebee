#include "result/baseline.h"

#include <errno.h>
#include <stdlib.h>

#include "result/json_value.h"
#include "result/ndjson_read.h"
#include "result/saved_work.h"

enum { ENTRY_BYTES_MAX = 16 << 20 };

struct baseline {
    struct baseline_entry *entries; /* by fingerprint */
    size_t count, room;
    const struct baseline_entry **sorted; /* as they are shown */
    struct arena arena;
};

static int no_memory(struct error *err) {
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

static const char *keep(struct baseline *baseline, struct bytes text) {
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

static int add(struct baseline *baseline, const struct baseline_entry *entry, struct error *err) {
    if (!saved_room(&baseline->entries, &baseline->room, baseline->count,
                    sizeof *baseline->entries)) {
        return no_memory(err);
    }
    baseline->entries[baseline->count++] = *entry;
    return 0;
}

/* Entries of the same fingerprint become one; both orders are made. */
static int finish(struct baseline *baseline, struct error *err) {
    size_t kept = 0;
    if (baseline->count > 0) {
        qsort(baseline->entries, baseline->count, sizeof *baseline->entries, by_fingerprint);
    }
    for (size_t i = 0; i < baseline->count; i++) {
        struct baseline_entry *entry = &baseline->entries[i];
        if (kept > 0 && by_fingerprint(entry, &baseline->entries[kept - 1]) == 0) {
            if (!join(baseline, &baseline->entries[kept - 1], entry)) {
                return no_memory(err);
            }
        } else {
            baseline->entries[kept++] = *entry;
        }
    }
    baseline->count = kept;
    baseline->sorted = calloc(kept + 1, sizeof(const struct baseline_entry *));
    if (baseline->sorted == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < kept; i++) {
        baseline->sorted[i] = &baseline->entries[i];
    }
    qsort(baseline->sorted, kept, sizeof(const struct baseline_entry *), by_name);
    return 0;
}

static struct baseline *new_baseline(void) {
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
        const char *value = keep(baseline, bytes_of_string(violation->examples[i]->fingerprint));
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
    entry.rule = keep(baseline, bytes_of_string(violation->rule->id));
    entry.about = keep(baseline, bytes_of_string(about));
    if (violation->unit < results->unit_count) {
        entry.source = arena_copy(&baseline->arena, results->units[violation->unit].source);
    }
    if (violation->place != NULL) {
        entry.table = arena_copy(&baseline->arena, violation->place->table);
        entry.column = arena_copy(&baseline->arena, violation->place->column);
    }
    if (entry.rule == NULL || entry.about == NULL) {
        return no_memory(err);
    }
    if (is_free_text(violation)) {
        memcpy(entry.key_id, results->run.key_id, sizeof entry.key_id);
        if (!keep_values(baseline, violation, &entry)) {
            return no_memory(err);
        }
    }
    return add(baseline, &entry, err);
}

int baseline_of_results(const struct results *results, struct baseline **out, struct error *err) {
    struct baseline *baseline = new_baseline();
    int rc = baseline == NULL ? no_memory(err) : 0;
    for (size_t i = 0; rc == 0 && i < results->violation_count; i++) {
        rc = add_violation(baseline, results, &results->violations[i], err);
    }
    if (rc == 0) {
        rc = finish(baseline, err);
    }
    if (rc < 0) {
        baseline_free(baseline);
        baseline = NULL;
    }
    *out = baseline;
    return rc;
}

/* ---- from a file ---- */

static enum mask_state read_state(struct bytes name) {
    enum mask_state state = STATE_CLEAR;
    while (state < STATE_COUNT && !bytes_equal(name, bytes_of_string(mask_state_name(state)))) {
        state++;
    }
    return state;
}

static bool is_date(const char *text) {
    static const char form[] = "0000-00-00";
    for (size_t i = 0; i < sizeof form; i++) {
        if (form[i] == '0' ? !byte_is_digit((uint8_t)text[i]) : text[i] != form[i]) {
            return false;
        }
    }
    return true;
}

static int take_values(struct baseline *baseline, const struct json_value *record,
                       struct baseline_entry *entry, struct error *err) {
    size_t count = 0;
    for (const struct json_value *each = json_find_list(record, "values"); each != NULL;
         each = each->next) {
        count++;
    }
    entry->values = arena_alloc(&baseline->arena, (count + 1) * sizeof *entry->values);
    for (const struct json_value *each = json_find_list(record, "values");
         entry->values != NULL && each != NULL; each = each->next) {
        const char *value = keep(baseline, each->text);
        if (value == NULL) {
            return no_memory(err);
        }
        entry->values[entry->value_count++] = value;
    }
    return entry->values == NULL ? no_memory(err) : 0;
}

static const char no_entry[] =
    "no entry of a baseline (yinma report --format baseline writes them)";

static int take_entry(struct baseline *baseline, const struct json_value *record,
                      struct error *err) {
    struct baseline_entry entry = {.state = read_state(json_find_text(record, "state")),
                                   .count = json_find_whole(record, "count")};
    struct bytes fingerprint = json_find_text(record, "fingerprint");
    struct bytes kind = json_find_text(record, "kind"), role = json_find_text(record, "role");
    entry.role = kind.len == 0 && role.len > 0;
    entry.rule = keep(baseline, json_find_text(record, "rule"));
    entry.about = keep(baseline, entry.role ? role : kind);
    entry.reason = keep(baseline, json_find_text(record, "reason"));
    entry.approver = keep(baseline, json_find_text(record, "approver"));
    entry.expiry = keep(baseline, json_find_text(record, "expiry"));
    entry.source = arena_copy(&baseline->arena, json_find_text(record, "source"));
    entry.table = arena_copy(&baseline->arena, json_find_text(record, "table"));
    entry.column = arena_copy(&baseline->arena, json_find_text(record, "column"));
    if (entry.rule == NULL || entry.about == NULL || entry.reason == NULL ||
        entry.approver == NULL || entry.expiry == NULL) {
        return no_memory(err);
    }
    if (!bytes_equal(json_find_text(record, "type"), BYTES_LIT("accepted")) ||
        fingerprint.len != 64) {
        return error_set(err, YINMA_E_USAGE, "%s", no_entry);
    }
    if (entry.expiry[0] != '\0' && !is_date(entry.expiry)) {
        return error_set(err, YINMA_E_USAGE, "\"expiry\" is no date; write it as 2026-01-31");
    }
    saved_copy(entry.fingerprint, sizeof entry.fingerprint, fingerprint);
    saved_copy(entry.key_id, sizeof entry.key_id, json_find_text(record, "key_id"));
    int rc = take_values(baseline, record, &entry, err);
    return rc < 0 ? rc : add(baseline, &entry, err);
}

static int take_line(struct baseline *baseline, struct bytes line, struct error *err) {
    struct arena arena;
    const struct json_value *record = NULL;
    if (bytes_trim(line).len == 0) {
        return 0;
    }
    arena_init(&arena, ENTRY_BYTES_MAX);
    int rc = json_parse(line, &arena, &record, err);
    if (rc == YINMA_E_DAMAGED) {
        error_set(err, rc, "%s", no_entry);
    }
    if (rc == 0) {
        rc = take_entry(baseline, record, err);
    }
    arena_release(&arena);
    return rc;
}

static int read_entries(FILE *file, const char *path, struct baseline **out, struct error *err) {
    struct baseline *baseline = new_baseline();
    struct error inner = {0};
    char *line = NULL;
    size_t room = 0, number = 0;
    ssize_t len;
    int rc = baseline == NULL ? no_memory(&inner) : 0;
    while (rc == 0 && (len = getline(&line, &room, file)) >= 0) {
        number++;
        rc = take_line(baseline, bytes_of(line, (size_t)len), &inner);
    }
    free(line);
    if (rc == 0 && ferror(file) != 0) {
        rc = error_set(&inner, YINMA_E_USAGE, "cannot be read");
    }
    if (rc == 0) {
        rc = finish(baseline, &inner);
    }
    if (rc < 0) {
        baseline_free(baseline);
        return error_set(err, rc == YINMA_E_MEMORY ? rc : YINMA_E_USAGE, "%s:%zu: %s", path, number,
                         inner.text);
    }
    *out = baseline;
    return 0;
}

static int read_results(FILE *file, const char *path, struct baseline **out, struct error *err) {
    struct saved_results saved = {0};
    int rc = saved_results_init(&saved, NULL, err);
    if (rc == 0) {
        rc = saved_results_add(&saved, file, path, err);
    }
    if (rc == 0) {
        rc = saved_results_finish(&saved, NULL, NULL, err);
    }
    if (rc == 0) {
        rc = baseline_of_results(&saved.results, out, err);
    }
    saved_results_release(&saved);
    if (rc < 0 && rc != YINMA_E_MEMORY) {
        rc = YINMA_E_USAGE;
        err->code = rc;
    }
    return rc;
}

int baseline_read(const char *path, struct baseline **out, struct error *err) {
    char start[16] = "";
    *out = NULL;
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        error_set_errno(err, errno, "%s", path);
        err->code = YINMA_E_USAGE;
        return YINMA_E_USAGE;
    }
    size_t len = fread(start, 1, sizeof start - 1, file);
    bool results = bytes_starts_with(bytes_of(start, len), BYTES_LIT("{\"type\":\"run\""));
    int rc = fseek(file, 0, SEEK_SET) != 0
                 ? error_set(err, YINMA_E_USAGE, "%s: not a file that can be read twice", path)
             : results ? read_results(file, path, out, err)
                       : read_entries(file, path, out, err);
    fclose(file);
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
