#include "decode/delimited/glance.h"

#include <string.h>

enum {
    CHUNK_BLOCKS = 64,
    LOOKED_AT = 3, /* fields of a record, whether they hold something */
};

struct sets {
    uint64_t delimiters[CHUNK_BLOCKS], ends[CHUNK_BLOCKS], quotes[CHUNK_BLOCKS];
};

/* Where the marks stand in TEXT, of at most CHUNK_BLOCKS; reads nothing behind it. */
static void find_marks(const struct block64_ops *ops, const struct delimited_marks *marks,
                       struct bytes text, struct sets *sets) {
    const uint8_t wanted[] = {marks->delimiter, marks->record_end, '"'};
    uint64_t *const out[] = {sets->delimiters, sets->ends, sets->quotes};
    const size_t whole = text.len / 64, left = text.len % 64;
    ops->find(text.ptr, whole, wanted, sizeof wanted, out);
    if (left > 0) {
        uint8_t rest[64] = {0};
        uint64_t *const last[] = {out[0] + whole, out[1] + whole, out[2] + whole};
        memcpy(rest, text.ptr + 64 * whole, left);
        ops->find(rest, 1, wanted, sizeof wanted, last);
        for (size_t k = 0; k < sizeof wanted; k++) {
            *last[k] &= (UINT64_C(1) << left) - 1;
        }
    }
}

/* One record in work. */
struct record {
    size_t begin, field; /* where it and its last field begin */
    uint32_t fields;     /* that have ended */
    bool filled;
};

static inline bool begins_plainly(struct bytes text, size_t begin, size_t end) {
    uint8_t c = end > begin ? text.ptr[begin] : 0;
    return c > ' ' && c != '"' && c != '=' && c != '\'';
}

/* Fields end at COUNT PLACES behind BASE. */
static void end_fields(struct record *record, struct bytes text, size_t base,
                       const uint16_t *places, size_t count) {
    for (size_t i = 0; i < count && record->fields + i < LOOKED_AT; i++) {
        const size_t end = base + places[i];
        record->filled = record->filled && begins_plainly(text, record->field, end);
        record->field = end + 1;
    }
    record->fields += (uint32_t)count;
    record->field = count > 0 ? base + places[count - 1] + 1 : record->field;
}

static void end_record(struct record *record, struct delimited_glance *out, size_t next) {
    out->begins[out->count] = record->begin;
    out->fields[out->count] = record->fields;
    out->filled[out->count] = record->filled && record->fields >= LOOKED_AT;
    out->count++;
    out->next = next;
    *record = (struct record){.begin = next, .field = next, .filled = true};
}

/* Where things stand in one chunk. */
struct lists {
    struct sets sets;
    size_t mark_count, end_count;
    uint16_t marks[CHUNK_BLOCKS * 64 + BLOCK64_POSITIONS_BEHIND]; /* where fields end */
    uint16_t ends[CHUNK_BLOCKS * 64 + BLOCK64_POSITIONS_BEHIND];  /* where records do */
};

/* False: there are quotes. */
static bool list_marks(const struct block64_ops *ops, const struct delimited_marks *marks,
                       struct bytes chunk, struct lists *lists) {
    struct sets *sets = &lists->sets;
    const size_t blocks = (chunk.len + 63) / 64;
    uint64_t quotes = 0;
    find_marks(ops, marks, chunk, sets);
    for (size_t b = 0; b < blocks; b++) {
        sets->delimiters[b] |= sets->ends[b];
        quotes |= sets->quotes[b];
    }
    if (quotes != 0) {
        return false;
    }
    lists->mark_count = ops->positions(sets->delimiters, blocks, lists->marks);
    lists->end_count = ops->positions(sets->ends, blocks, lists->ends);
    return true;
}

/* The records that end in a chunk which begins at BASE. False: there are enough. */
static bool take_records(const struct lists *lists, struct bytes text, size_t base,
                         struct record *record, struct delimited_glance *out) {
    size_t at = 0, width = 0; /* of the record before: most have as many fields */
    for (size_t i = 0; i < lists->end_count; i++) {
        const uint16_t end = lists->ends[i];
        size_t last = at + width;
        if (last >= lists->mark_count || lists->marks[last] != end) {
            for (last = at; lists->marks[last] != end;) {
                last++;
            }
        }
        width = last - at;
        end_fields(record, text, base, lists->marks + at, width + 1);
        end_record(record, out, base + end + 1);
        at = last + 1;
        if (out->count == GLANCE_RECORDS) {
            return false;
        }
    }
    end_fields(record, text, base, lists->marks + at, lists->mark_count - at);
    return true;
}

bool delimited_glance(const struct delimited_marks *marks, struct bytes text, size_t at,
                      struct delimited_glance *out) {
    const struct block64_ops *ops = block64_ops(isa_best());
    const size_t step = (size_t)CHUNK_BLOCKS * 64;
    struct record record = {.begin = at, .field = at, .filled = true};
    struct lists lists;
    out->count = 0;
    out->next = at;
    out->closed = true;
    if (marks->before_len != 0 || marks->end_before_len != 0) {
        return false;
    }
    for (size_t base = at; base < text.len; base += step) {
        if (!list_marks(ops, marks, bytes_first(bytes_from(text, base), step), &lists)) {
            return false;
        }
        if (!take_records(&lists, text, base, &record, out)) {
            return true;
        }
    }
    if (record.begin < text.len) {
        static const uint16_t here = 0;
        end_fields(&record, text, text.len, &here, 1);
        end_record(&record, out, text.len);
        out->closed = false;
    }
    return true;
}
