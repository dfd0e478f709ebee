#include "core/record_layout.h"

#include <stdlib.h>

/* By place; of fields that begin together the longer one first. */
static int by_place(const void *a, const void *b) {
    const struct layout_field *one = a, *other = b;
    if (one->span.start != other->span.start) {
        return one->span.start < other->span.start ? -1 : 1;
    }
    if (one->span.length != other->span.length) {
        return one->span.length > other->span.length ? -1 : 1;
    }
    return one->line < other->line ? -1 : one->line > other->line;
}

enum layout_problem layout_record_finish(struct layout_record *record,
                                         const struct layout_field **one,
                                         const struct layout_field **other) {
    size_t kept = 0, end = 0;
    if (record->field_count == 0) {
        return LAYOUT_EMPTY;
    }
    qsort(record->fields, record->field_count, sizeof *record->fields, by_place);
    for (size_t i = 0; i < record->field_count; i++) {
        const struct layout_field *field = &record->fields[i];
        size_t field_end = (size_t)field->span.start + field->span.length;
        if (field_end > LAYOUT_WIDTH_MAX) {
            *one = field;
            return LAYOUT_TOO_WIDE;
        }
        if (field_end <= end) {
            continue; /* a part of the one before: year, month and day of a date */
        }
        if (field->span.start < end) {
            *one = &record->fields[kept - 1];
            *other = field;
            return LAYOUT_OVERLAP;
        }
        end = field_end;
        record->fields[kept++] = *field;
    }
    record->field_count = kept;
    for (size_t i = 0; i < kept && record->place == LAYOUT_LAST && record->count.length == 0; i++) {
        if (layout_is_count(record->fields[i].name)) {
            record->count = record->fields[i].span;
        }
    }
    size_t code_end = (size_t)record->code.start + record->code.length;
    record->width = end > code_end ? end : code_end;
    return LAYOUT_GOOD;
}

/* ---- names ---- */

enum { NAME_BYTES = 64 };

/* NAME in lower case in OUT, as much of it as fits. */
static struct bytes lowered(struct bytes name, uint8_t out[NAME_BYTES]) {
    name = bytes_first(name, NAME_BYTES);
    for (size_t i = 0; i < name.len; i++) {
        out[i] = byte_lower(name.ptr[i]);
    }
    return bytes_of(out, name.len);
}

static bool holds_one_of(struct bytes name, const char *const *words) {
    uint8_t room[NAME_BYTES];
    struct bytes lower = lowered(name, room);
    for (; *words != NULL; words++) {
        if (bytes_find(lower, bytes_of_string(*words)) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

enum layout_place layout_place_of(struct bytes name) {
    static const char *const first[] = {"首", "表頭", "檔頭", "head", NULL};
    static const char *const last[] = {"尾",   "合計", "總計",  "trail",
                                       "foot", "tail", "total", NULL};
    return holds_one_of(name, first)  ? LAYOUT_FIRST
           : holds_one_of(name, last) ? LAYOUT_LAST
                                      : LAYOUT_DETAIL;
}

bool layout_is_count(struct bytes name) {
    static const char *const words[] = {
        "筆數",          "件數",         "record_count", "record count",  "recordcount",
        "reccount",      "rec_count",    "row_count",    "row count",     "total_records",
        "total records", "detail_count", "detail count", "no_of_records", NULL};
    uint8_t room[NAME_BYTES];
    return holds_one_of(name, words) || bytes_equal(lowered(name, room), BYTES_LIT("count"));
}
