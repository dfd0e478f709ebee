#include "result/saved/baseline_read.h"

#include <errno.h>
#include <stdlib.h>

#include "core/json_value.h"
#include "result/saved/baseline_work.h"
#include "result/saved/ndjson_read.h"
#include "result/saved/values.h"

enum { ENTRY_BYTES_MAX = 16 << 20 };

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
        const char *value = baseline_keep(baseline, each->text);
        if (value == NULL) {
            return baseline_no_memory(err);
        }
        entry->values[entry->value_count++] = value;
    }
    return entry->values == NULL ? baseline_no_memory(err) : 0;
}

static const char no_entry[] =
    SAID("no entry of a baseline (yinma report --format baseline writes them)");

static int take_entry(struct baseline *baseline, const struct json_value *record,
                      struct error *err) {
    struct baseline_entry entry = {.state = read_state(json_find_text(record, "state")),
                                   .count = json_find_whole(record, "count")};
    struct bytes fingerprint = json_find_text(record, "fingerprint");
    struct bytes kind = json_find_text(record, "kind"), role = json_find_text(record, "role");
    entry.role = kind.len == 0 && role.len > 0;
    entry.rule = baseline_keep(baseline, json_find_text(record, "rule"));
    entry.about = baseline_keep(baseline, entry.role ? role : kind);
    entry.reason = baseline_keep(baseline, json_find_text(record, "reason"));
    entry.approver = baseline_keep(baseline, json_find_text(record, "approver"));
    entry.expiry = baseline_keep(baseline, json_find_text(record, "expiry"));
    entry.source = arena_copy(&baseline->arena, json_find_text(record, "source"));
    entry.table = arena_copy(&baseline->arena, json_find_text(record, "table"));
    entry.column = arena_copy(&baseline->arena, json_find_text(record, "column"));
    if (entry.rule == NULL || entry.about == NULL || entry.reason == NULL ||
        entry.approver == NULL || entry.expiry == NULL) {
        return baseline_no_memory(err);
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
    return rc < 0 ? rc : baseline_add(baseline, &entry, err);
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
    struct baseline *baseline = baseline_new();
    struct error inner = {0};
    char *line = NULL;
    size_t room = 0, number = 0;
    ssize_t len;
    int rc = baseline == NULL ? baseline_no_memory(&inner) : 0;
    while (rc == 0 && (len = getline(&line, &room, file)) >= 0) {
        number++;
        rc = take_line(baseline, bytes_of(line, (size_t)len), &inner);
    }
    free(line);
    if (rc == 0 && ferror(file) != 0) {
        rc = error_set(&inner, YINMA_E_USAGE, "cannot be read");
    }
    if (rc == 0) {
        rc = baseline_finish(baseline, &inner);
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
