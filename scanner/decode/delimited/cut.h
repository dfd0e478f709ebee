/* cut.h - the cells of delimited text, cut from sets of positions (delimited/scan.h), and what is
 * known while that goes on. Private to decode/delimited. */
#ifndef YINMA_DECODE_DELIMITED_CUT_H
#define YINMA_DECODE_DELIMITED_CUT_H

#include "decode/decoder.h"
#include "decode/delimited/rows.h"
#include "decode/delimited/scan.h"
#include "decode/delimited/sniff.h"
#include "decode/window.h"

enum {
    DELIMITED_MOST_CELLS = 16 * 1024, /* in a segment */
    DELIMITED_MOST_ROWS = 8 * 1024,
};

struct delimited {
    struct window window;
    struct delimited_marks marks;
    struct field_set *fields;
    struct decode_report *report;
    uint32_t table;
    size_t preface;        /* bytes before the first row: titles and header, not yet given out */
    size_t preface_text;   /* where their text begins, behind a byte order mark */
    uint64_t offset, line; /* of window.bytes[window.begin] */
    uint64_t row;          /* number of the row in work, or of the last one */
    bool blank;            /* delimiters are not to be seen behind the decoder */
    bool in_row;
    size_t row_at;        /* where the row in work begins in the segment; SIZE_MAX: before it */
    bool plain_record;    /* quotes mean nothing up to the next record end */
    bool partial;         /* the next field goes on with one that was too large */
    bool uneven;          /* the segment has more than rows of bare fields */
    unsigned unclosed;    /* quoted fields that were never closed */
    size_t column;        /* of the next field, from 0 */
    size_t columns_known; /* entries of `columns` */
    size_t cell_count, row_count;
    uint32_t columns[DELIMITED_MAX_COLUMNS]; /* field numbers; this and what follows is as malloc
                                                leaves it: most units are small */
    struct cell cells[DELIMITED_MOST_CELLS];
    struct row_mark rows[DELIMITED_MOST_ROWS];
    struct delimited_sets sets;
    struct delimited_rows bare;
};

/* Cells of TEXT, which begins with a field; AT_END: nothing follows. Returns how many bytes the
 * segment covers; 0 when they must be read again without quotes. */
size_t delimited_cut(struct delimited *d, struct bytes text, bool at_end);

#endif
