/* rows.h - the rows of a Parquet file put together from its columns, row group by row group, and
 * what could not be read of them. */
#ifndef YINMA_DECODE_PARQUET_ROWS_H
#define YINMA_DECODE_PARQUET_ROWS_H

#include "decode/decoder.h"
#include "decode/encoding/narrow_text.h"
#include "decode/parquet/column.h"
#include "decode/parquet/map_names.h"
#include "decode/record_text.h"

struct parquet_rows {
    struct field_set *fields; /* not owned, as the three below */
    struct decode_report *report;
    struct parquet_footer *footer;
    struct record_text *text;
    struct parquet_desk desk;
    struct narrow_text narrow;
    struct json_paths *paths;
    uint32_t *own_fields; /* of the leaves; UINT32_MAX: made when it is wanted */
    struct parquet_chunk *chunks;
    struct parquet_column *columns;
    uint32_t *live; /* the columns of the group that have more values … */
    size_t live_count;
    struct map_names *maps; /* by the leaf of their keys */
    bool in_group, in_row;
    uint64_t told, rows; /* of the group: as it says, as were read */
    size_t leaf;         /* of the row: the next one of `live` … */
    bool in_leaf;        /* … some of whose values were written … */
    size_t entry;        /* … of so many entries of its map */
    struct error first;  /* what is said of columns that were not read … */
    size_t unread;       /* … and how many there are besides that */
    bool elsewhere;      /* columns are in other files */
};

/* All zero but for footer, text, fields and report at first. 0 or YINMA_E_MEMORY. */
int parquet_rows_open(struct parquet_rows *rows, const struct decode_input *in, struct error *err);
void parquet_rows_release(struct parquet_rows *rows);

/* The next row, or as much of it as TEXT has room for. False: there are no more. */
bool parquet_rows_step(struct parquet_rows *rows);
bool parquet_rows_failed(const struct parquet_rows *rows); /* memory was out */

/* What was not read goes to the report. */
void parquet_rows_tell(const struct parquet_rows *rows);

#endif
