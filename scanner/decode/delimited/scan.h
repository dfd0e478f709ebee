/* scan.h - where the fields of delimited text end: sets of positions, made 64 bytes at a
 * time, with a scalar twin that says what they mean.
 *
 * A quote opens a field when only blanks, or an equals sign (="0912…", as spreadsheets guard
 * numbers), stand between it and the start of the field; anywhere else outside quotes it is a
 * character like any other. Inside, two quotes are one; a single one ends the quoted part, and
 * whatever follows up to the delimiter still belongs to the field. */
#ifndef YINMA_DECODE_DELIMITED_SCAN_H
#define YINMA_DECODE_DELIMITED_SCAN_H

#include "core/block64/block64.h"
#include "core/bytes.h"

enum { DELIMITED_BEFORE_MAX = 7 };

struct delimited_marks {
    uint8_t delimiter;      /* its last byte when it has several */
    uint8_t record_end;     /* LF; CR for files that have no LF */
    uint8_t before_len;     /* bytes of the delimiter before its last one: "+|" has one */
    uint8_t end_before_len; /* the same of what ends a record: "&|" and LF, as bcp may write */
    uint8_t before[DELIMITED_BEFORE_MAX];
    uint8_t end_before[DELIMITED_BEFORE_MAX];
};

/* Sets of positions know the last bytes only. Does the one that ends the field TEXT[start, at) end
 * it indeed? The field is without what stands before the mark: *end. */
static inline bool delimited_ends_field(const struct delimited_marks *marks, const uint8_t *text,
                                        size_t start, size_t at, size_t *end) {
    *end = at;
    bool record = text[at] == marks->record_end;
    size_t before = record ? marks->end_before_len : marks->before_len;
    if (before == 0) {
        return true;
    }
    size_t back = record && at > start && text[at - 1] == '\r' ? at - 1 : at;
    const uint8_t *wanted = record ? marks->end_before : marks->before;
    if (back - start < before || memcmp(text + back - before, wanted, before) != 0) {
        return false;
    }
    *end = back - before;
    return true;
}

enum { DELIMITED_SCAN_BYTES = 80 * 1024 };

/* Scratch and results: bit i speaks of byte i. */
struct delimited_sets {
    uint64_t ends[DELIMITED_SCAN_BYTES / 64 + 1];    /* of fields: delimiters and record ends */
    uint64_t records[DELIMITED_SCAN_BYTES / 64 + 1]; /* bytes that end records, where set in ends */
    uint64_t quotes[DELIMITED_SCAN_BYTES / 64 + 1];
    uint64_t parity[DELIMITED_SCAN_BYTES / 64 + 1];
};

enum delimited_state {
    DELIMITED_OUTSIDE,
    DELIMITED_INSIDE, /* of quotes */
    DELIMITED_CLOSED, /* the last byte was a quote that ended a quoted part, or the first of two */
};

/* Fill SETS for TEXT, which begins with a field and is at most DELIMITED_SCAN_BYTES long (63 more
 * bytes are readable). Returns whether its last byte is inside of quotes or outside. */
enum delimited_state delimited_scan(const struct block64_ops *ops, struct delimited_marks marks,
                                    struct bytes text, struct delimited_sets *sets);
/* The same byte by byte: the reference, and what runs where quotes stand in odd places. */
enum delimited_state delimited_scan_scalar(struct delimited_marks marks, struct bytes text,
                                           struct delimited_sets *sets);
/* The same with quotes being characters like any other. */
void delimited_scan_unquoted(const struct block64_ops *ops, struct delimited_marks marks,
                             struct bytes text, struct delimited_sets *sets);

#endif
