/* JSON and NDJSON: key paths are columns. Where the text stops to be JSON the rest is read as a log
 * is: values named by their keys, everything else running text. */
#include <stdlib.h>

#include "decode/free_text.h"
#include "decode/json/walk.h"
#include "decode/line_shape.h"

enum {
    LEAST_LINES = 2,
    GOOD_LINES_OF_TEN = 8,
    JSON_BITS = 12,
    NDJSON_BITS = 13,
};

struct json {
    struct window window;
    struct json_paths *paths;
    struct json_walk *walk;
    struct keyed_values *keys; /* once the text is no JSON */
    struct field_set *fields;
    struct decode_report *report;
    uint64_t offset, line; /* of window.bytes[window.begin] */
};

static void json_close(void *state) {
    struct json *json = state;
    if (json != NULL) {
        window_release(&json->window);
        json_walk_free(json->walk);
        json_paths_free(json->paths);
        keyed_values_free(json->keys);
        free(json);
    }
}

static int open_json(const struct decode_input *in, enum json_rows rows, void **state,
                     struct error *err) {
    struct json *json = calloc(1, sizeof *json);
    if (json == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for reading JSON");
    }
    json->fields = in->fields;
    json->report = in->report;
    json->line = 1;
    json->paths = json_paths_new(in->fields);
    json->walk = json_walk_new(json->paths, in->ops, rows);
    int status = window_init(&json->window, in->source, in->ops, in->width_rule, err);
    if (status == 0 && (json->paths == NULL || json->walk == NULL)) {
        status = error_set(err, YINMA_E_MEMORY, "out of memory for reading JSON");
    }
    if (status != 0) {
        json_close(json);
        return status;
    }
    json->window.err = &in->report->error;
    *state = json;
    return 0;
}

/* ---- segments ---- */

static void give_segment(struct json *json, size_t len, struct segment *out) {
    struct window *w = &json->window;
    const struct json_walk *walk = json->walk;
    struct bytes text = bytes_of(w->bytes + w->begin, len);
    *out = (struct segment){
        .bytes = text.ptr,
        .len = len,
        .begin = 0,
        .end = len,
        .offset = json->offset,
        .line = json->line,
        .cells = walk->cells,
        .cell_count = walk->cell_count,
        .rows = walk->rows,
        .row_count = walk->row_count,
        .gap_field = FIELD_FREE_TEXT,
        .width_rule = w->width_rule,
        .flags = window_at_line(w) ? SEGMENT_AT_LINE : 0U,
        .unescape = keyed_values_unescape,
    };
    json->offset += width_before(w->width_rule, text);
    json->line += w->ops->count(text.ptr, len, '\n');
    field_set_table_at(json->fields, TABLE_NONE)->rows = walk->row;
    window_consume(w, w->begin + len);
}

static int finish(struct json *json) {
    struct decode_report *report = json->report;
    report->rows = json->walk->row;
    report->keys = json_paths_count(json->paths);
    if (json->window.status != 0) {
        report->status = json->window.status;
    } else if (json->walk->truncated && report->status == 0) {
        report->status =
            error_set(&report->error, YINMA_E_TRUNCATED, "the data ends inside a JSON document");
    }
    return 0;
}

static int start_text(struct json *json, struct error *err) {
    json->keys = keyed_values_new(json->fields, json->window.ops);
    if (json->keys == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for reading JSON");
    }
    json->report->status = error_set(&json->report->error, YINMA_E_DAMAGED,
                                     "no JSON from line %llu on: the rest was read as plain text",
                                     (unsigned long long)json->line);
    return 0;
}

static int next_text(struct json *json, struct segment *out, struct error *err) {
    int more = free_text_segment(&json->window, json->keys, 0, out, err);
    return more != 0 ? more : finish(json);
}

static int json_next(void *state, struct segment *out, struct error *err) {
    struct json *json = state;
    struct window *w = &json->window;
    if (json->keys != NULL) {
        return next_text(json, out, err);
    }
    if (w->end - w->begin < JSON_SCAN_BYTES && !w->at_end) {
        (void)window_fill(w, NULL);
    }
    size_t left = w->end - w->begin;
    size_t len = left < JSON_SCAN_BYTES ? left : JSON_SCAN_BYTES;
    size_t used =
        json_walk_run(json->walk, bytes_of(w->bytes + w->begin, len), w->at_end && len == left);
    if (json_paths_failed(json->paths)) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the keys of JSON");
    }
    if (used > 0) {
        give_segment(json, used, out);
        return 1;
    }
    if (left == 0) {
        return finish(json);
    }
    int status = start_text(json, err);
    return status != 0 ? status : next_text(json, out, err);
}

static int open_elements(const struct decode_input *in, void **state, struct error *err) {
    return open_json(in, JSON_ROWS_ELEMENTS, state, err);
}

/* ---- bids ---- */

/* Keys of log records, as the usual libraries write them. */
static bool reads_like_log(const struct decode_head *head) {
    static const char *const levels[] = {"\"level\"", "\"severity\"",  "\"@timestamp\"",
                                         "\"lvl\"",   "\"levelname\"", "\"log.level\"",
                                         "\"stream\""};
    static const char *const others[] = {"\"ts\"",         "\"time\"", "\"timestamp\"",
                                         "\"@timestamp\"", "\"msg\"",  "\"message\"",
                                         "\"logger\"",     "\"log\""};
    struct bytes line = head->head;
    const uint8_t *newline = memchr(line.ptr, '\n', line.len);
    if (newline != NULL) {
        line.len = (size_t)(newline - line.ptr);
    }
    bool level = false, other = false;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        level |= bytes_find(line, bytes_of_string(levels[i])) != SIZE_MAX;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        other |= bytes_find(line, bytes_of_string(others[i])) != SIZE_MAX;
    }
    return name_ends_in(head->name, BYTES_LIT(".log")) || (level && other);
}

static int open_lines(const struct decode_input *in, void **state, struct error *err) {
    if (reads_like_log(&in->head)) {
        in->report->traits |= DECODER_LOG;
    }
    return open_json(in, JSON_ROWS_LINES, state, err);
}

static bool may_be_json(struct bytes head) {
    if (bytes_starts_with(head, BYTES_LIT("\xEF\xBB\xBF"))) {
        head = bytes_from(head, 3);
    }
    struct bytes text = bytes_trim(bytes_first(head, 4096));
    return text.len > 0 && (text.ptr[0] == '{' || text.ptr[0] == '[');
}

/* What the head reads like as JSON of that kind. */
struct trial {
    bool holds; /* nothing in it contradicts */
    uint64_t documents, broken_lines;
};

static struct trial try_head(const struct decode_head *head, enum json_rows rows) {
    struct trial trial = {false, 0, 0};
    size_t len = head->head.len < JSON_SCAN_BYTES ? head->head.len : JSON_SCAN_BYTES;
    uint8_t *text = malloc(len + SEGMENT_PADDING);
    struct json_walk *walk = json_walk_new(NULL, block64_ops(isa_best()), rows);
    if (text != NULL && walk != NULL) {
        memcpy(text, head->head.ptr, len);
        memset(text + len, 0, SEGMENT_PADDING);
        for (size_t at = 0, used = 1; at < len && used > 0; at += used) {
            used = json_walk_run(walk, bytes_of(text + at, len - at), true);
        }
        trial = (struct trial){.holds = walk->state != JSON_BROKEN,
                               .documents = walk->documents,
                               .broken_lines = walk->broken_lines};
    }
    free(text);
    json_walk_free(walk);
    return trial;
}

/* A whole head with brackets and nothing that a bracket holds in JSON is not evidence of much. */
static unsigned json_bid(const struct decode_head *head) {
    if (!may_be_json(head->head)) {
        return 0;
    }
    struct trial trial = try_head(head, JSON_ROWS_ELEMENTS);
    return trial.holds && trial.documents > 0 && trial.broken_lines == 0 ? JSON_BITS : 0;
}

static bool ends_in_lines(struct bytes name) {
    return name_ends_in(name, BYTES_LIT(".ndjson")) || name_ends_in(name, BYTES_LIT(".jsonl"));
}

/* "[{…},": an array with an element a line, which is one document. */
static bool opens_array(struct bytes head) {
    const struct bytes begun = bytes_trim(head);
    const uint8_t *newline = begun.len == 0 ? NULL : memchr(begun.ptr, '\n', begun.len);
    if (newline == NULL || begun.ptr[0] != '[') {
        return false;
    }
    const struct bytes line = bytes_trim(bytes_first(begun, (size_t)(newline - begun.ptr)));
    return line.ptr[line.len - 1] == ',';
}

static unsigned ndjson_bid(const struct decode_head *head) {
    if (!may_be_json(head->head) || (opens_array(head->head) && json_bid(head) > 0)) {
        return 0;
    }
    struct trial trial = try_head(head, JSON_ROWS_LINES);
    uint64_t good = trial.documents - trial.broken_lines;
    uint64_t least = ends_in_lines(head->name) ? 1 : LEAST_LINES;
    return good >= least && good * 10 >= trial.documents * GOOD_LINES_OF_TEN ? NDJSON_BITS : 0;
}

const struct decoder decoder_json = {
    .name = "json",
    .summary = "JSON documents: key paths are columns",
    .traits = 0,
    .bid = json_bid,
    .most = JSON_BITS,
    .open = open_elements,
    .next = json_next,
    .close = json_close,
};
const struct decoder decoder_ndjson = {
    .name = "ndjson",
    .summary = "JSON, one document a line; also as a log",
    .traits = 0,
    .bid = ndjson_bid,
    .open = open_lines,
    .next = json_next,
    .close = json_close,
};
