/* The reading half of the wire form: samples of rows. */
#include "result/wire/reader.h"

enum {
    SAMPLE_BYTES_MIN = 13, /* an empty sample on the wire, and an empty row of one */
    SAMPLED_ROW_BYTES_MIN = 18,
};

static uint64_t get_row(struct wire_reader *in, struct sampled_row *row, struct bytes *cells) {
    row->key = wire_u64(in);
    row->rank = wire_u64(in);
    row->telling = wire_u8(in) != 0;
    *cells = wire_view(in);
    if (cells->len > UINT16_MAX) {
        wire_fail(in, YINMA_E_DAMAGED);
        *cells = bytes_of(NULL, 0);
    }
    row->length = (uint16_t)cells->len;
    return cells->len;
}

/* How many bytes all cells of the COUNT rows take that come now; most samples have none. */
static uint64_t count_cells(struct wire_reader in, size_t count) {
    uint64_t bytes = 0;
    for (size_t i = 0; i < count && in.status == 0; i++) {
        struct sampled_row row;
        struct bytes cells;
        bytes += get_row(&in, &row, &cells);
    }
    return bytes;
}

/* The COUNT records that come now: they have no cells. */
static void pack_records(struct wire_reader *in, struct row_sample *sample, size_t count) {
    struct packed_record *records = wire_take(in, count, sizeof *records);
    uint64_t before = 0;
    for (size_t i = 0; records != NULL && i < count && in->status == 0; i++) {
        struct sampled_row row;
        struct bytes cells;
        if (get_row(in, &row, &cells) != 0 || row.key >= sample->rows.below ||
            (i > 0 && row.key <= before)) {
            wire_fail(in, YINMA_E_DAMAGED);
        }
        before = row.key;
        records[i] = packed_record_of(&row);
    }
    sample->packed = records;
    sample->rows.count = in->status == 0 ? (uint32_t)count : 0;
}

/* Cells are checked where they are read: sample_cell_get stops at what makes no sense. */
static void get_sampled_rows(struct wire_reader *in, struct row_sample *sample) {
    struct sampled_rows *rows = &sample->rows;
    sampled_rows_init(rows);
    rows->below = wire_u64(in);
    rows->limit = (uint32_t)wire_up_to(in, SAMPLE_ROWS);
    size_t count = (size_t)wire_up_to(in, in->left.len / SAMPLED_ROW_BYTES_MIN);
    if (rows->limit == 0 || count > rows->limit) {
        wire_fail(in, YINMA_E_DAMAGED);
    }
    if (in->store != NULL && sample->records) {
        pack_records(in, sample, count);
        return;
    }
    uint64_t bytes = count_cells(*in, count);
    if (bytes > UINT32_MAX) {
        wire_fail(in, YINMA_E_DAMAGED);
    }
    rows->rows = wire_take(in, count, sizeof *rows->rows);
    rows->cells = wire_take(in, bytes, 1);
    rows->capacity = rows->rows == NULL ? 0 : (uint32_t)count;
    rows->room = rows->cells == NULL ? 0 : bytes;
    for (size_t i = 0; i < count && in->status == 0; i++) {
        struct sampled_row *row = &rows->rows[i];
        struct bytes cells;
        get_row(in, row, &cells);
        if (row->key >= rows->below || (i > 0 && row->key <= row[-1].key)) {
            wire_fail(in, YINMA_E_DAMAGED);
        }
        row->at = (uint32_t)rows->used;
        if (in->status == 0 && cells.len > 0) {
            memcpy(rows->cells + rows->used, cells.ptr, cells.len);
            rows->used += cells.len;
        }
        rows->count = (uint32_t)i + 1;
    }
}

static void get_sample(struct wire_reader *in, struct row_sample *sample) {
    wire_text(in, &sample->table);
    wire_text(in, &sample->key);
    sample->records = wire_u8(in) != 0;
    size_t columns = (size_t)wire_up_to(in, SAMPLE_COLUMNS);
    sample->columns = wire_take(in, columns == 0 ? 0 : SAMPLE_COLUMNS, sizeof *sample->columns);
    for (size_t i = 0; i < columns && in->status == 0; i++) {
        wire_text(in, &sample->columns[i]);
        sample->column_count = (uint8_t)(i + 1);
    }
    get_sampled_rows(in, sample);
}

void wire_samples(struct wire_reader *in, struct unit_facts *unit) {
    size_t count = (size_t)wire_up_to(in, in->left.len / SAMPLE_BYTES_MIN);
    unit->samples = wire_take(in, count, sizeof *unit->samples);
    while (unit->samples != NULL && unit->sample_count < count && in->status == 0) {
        get_sample(in, &unit->samples[unit->sample_count++]);
    }
}
