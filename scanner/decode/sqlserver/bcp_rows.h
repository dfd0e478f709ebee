/* bcp_rows.h - the rows of one table out of native data, as cells. */
#ifndef YINMA_DECODE_SQLSERVER_BCP_ROWS_H
#define YINMA_DECODE_SQLSERVER_BCP_ROWS_H

#include "decode/byte_feed.h"
#include "decode/decoder.h"
#include "decode/encoding/narrow_text.h"
#include "decode/record_text.h"
#include "decode/sqlserver/bcp_fields.h"

struct bcp_rows {
    struct byte_feed feed;
    struct bcp_column *columns; /* as they are written in this file */
    size_t count;
    struct field_set *fields;
    struct record_text *text;   /* not owned: where cells go */
    struct narrow_text *narrow; /* not owned */
    struct decode_report *report;
    uint32_t table;
    uint32_t first_field;
    size_t column;      /* the next one of the row that is open … */
    uint64_t long_left; /* … of whose value so many bytes are still to come */
    bool in_row;
    bool unfit;       /* they are none of that table: all is running text */
    bool fresh_row;   /* its mark stands in what is being written */
    uint64_t strayed; /* bytes that were no rows */
};

/* Rows of LAYOUT in SOURCE (not owned) for the fields of TABLE from FIRST_FIELD on. PREFERRED:
 * enum bcp_way, where the data do not tell. 0 or YINMA_E_MEMORY. Close it in any case. */
int bcp_rows_open(struct bcp_rows *rows, const struct bcp_layout *layout,
                  struct byte_source *source, unsigned preferred, struct error *err);
/* The same of data that nothing describes: all of SOURCE is running text. */
void bcp_rows_open_unknown(struct bcp_rows *rows, struct byte_source *source);
void bcp_rows_close(struct bcp_rows *rows);

/* Write rows until the text is full or the data end. 1: there may be more; 0: they ended, what was
 * wrong with them is told in the report; YINMA_E_MEMORY. */
int bcp_rows_next(struct bcp_rows *rows, struct error *err);

/* Give the table its columns. False: memory is out. */
bool bcp_layout_define(const struct bcp_layout *layout, struct field_set *fields, uint32_t *table,
                       uint32_t *first_field);

#endif
