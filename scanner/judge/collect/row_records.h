/* row_records.h - which records a table holds: coordinated samples of its rows by their key, each
 * with a hash of the personal data beside it. So the same records are found in a live system and in
 * a backup of it. Keys and data are hashes; nothing is kept of values. One a worker. */
#ifndef YINMA_JUDGE_COLLECT_ROW_RECORDS_H
#define YINMA_JUDGE_COLLECT_ROW_RECORDS_H

#include "core/hit.h"
#include "judge/live/fields.h"

struct row_records {
    uint64_t seed;
    /* The row that is being read: it may go on in the next segment. */
    bool open;
    uint64_t row;
    uint32_t table;
    bool keyed;    /* a key was met: `key_field`, `key` */
    bool personal; /* so was personal data: `check` is the sum of its hashes */
    bool telling;
    uint32_t key_field;
    uint64_t key, check;
};

void row_records_start(struct row_records *records);
/* Sample the rows of SEGMENT, a table of the data itself. False when memory is out. */
bool row_records_segment(struct row_records *records, const struct segment *segment,
                         const struct match_result *match, struct live_fields *fields);
/* The last row is over. False when memory is out. */
bool row_records_end(struct row_records *records, struct live_fields *fields);

#endif
