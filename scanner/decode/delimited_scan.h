/* delimited_scan.h - where the fields of delimited text end: sets of positions, made 64 bytes at a
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

struct delimited_marks {
    uint8_t delimiter;
    uint8_t record_end; /* LF; CR for files that have no LF */
};

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
