#include "decode/sql/batch.h"

#include <stdlib.h>

int sql_batch_init(struct sql_batch *batch, struct error *err) {
    *batch = (struct sql_batch){.cells = malloc(SQL_BATCH_CAPACITY * sizeof *batch->cells),
                                .rows = malloc(SQL_BATCH_CAPACITY * sizeof *batch->rows)};
    if (batch->cells == NULL || batch->rows == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the cells of a segment");
    }
    return 0;
}

void sql_batch_release(struct sql_batch *batch) {
    free(batch->cells);
    free(batch->rows);
}

void sql_batch_clear(struct sql_batch *batch, uint64_t row) {
    batch->count = 0;
    batch->row_count = 0;
    batch->row_first = 0;
    batch->plain_rows = 0;
    batch->plain_flags = 0;
    batch->escapes = SQL_ESCAPES_NONE;
    if (row != 0) {
        sql_batch_row(batch, row, SIZE_MAX);
    }
}

void sql_batch_text(struct sql_batch *batch, const uint8_t *bytes, size_t begin, size_t end) {
    struct bytes text = bytes_trim(bytes_of(bytes + begin, end - begin));
    if (text.len != 0) {
        begin = (size_t)(text.ptr - bytes);
        batch->rows[batch->row_count++] = (struct row_mark){.first_cell = batch->count, .row = 0};
        sql_batch_cell(batch, begin, begin + text.len, FIELD_FREE_TEXT, CELL_TEXT);
    }
}
