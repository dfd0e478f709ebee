/* row_sample.h - coordinated samples of the rows of a table: those whose key (order number, member
 * number, primary key) has one of the smallest keyed hashes. Two tables that hold the same keys so
 * keep the same rows, wherever they stand, and can be put together without all of them being kept.
 *
 * A row holds what its masked values show, so a sample stays in memory: it travels over the socket
 * between worker and pool, and is never written to a file. Keys are hashes only.
 *
 * Merging is order-free: `below` and the rows under it do not depend on how the rows were split,
 * and of several rows with one key the one of the highest rank stays. */
#ifndef YINMA_RESULT_ROW_SAMPLE_H
#define YINMA_RESULT_ROW_SAMPLE_H

#include <stdbool.h>

#include "core/bytes.h"

enum {
    SAMPLE_ROWS = 4096, /* of one table and key */
    SAMPLE_ROWS_OF_UNIT =
        65536,           /* of all of them; when there are more, each keeps half as many … */
    SAMPLE_COLUMNS = 32, /* with masked values */
    SAMPLE_SYMBOLS = 24, /* of one value */
};

/* What one masked value shows. */
struct sample_cell {
    uint8_t column;                   /* in the sample's columns */
    uint8_t kind;                     /* number of the pattern */
    uint8_t part;                     /* enum value_part */
    uint8_t count;                    /* symbols */
    uint32_t symbols[SAMPLE_SYMBOLS]; /* code points, 0 = hidden */
};

enum { SAMPLE_CELL_BYTES = 4 + 4 * SAMPLE_SYMBOLS };

/* Write CELL to OUT (SAMPLE_CELL_BYTES are enough); the bytes used. */
size_t sample_cell_put(const struct sample_cell *cell, uint8_t *out);
/* Take a cell from the front of *in. False at the end or where it makes no sense. */
bool sample_cell_get(struct bytes *in, struct sample_cell *out);

struct sampled_row {
    uint64_t key;    /* keyed hash */
    uint64_t rank;   /* of rows with the same key: the highest one stays */
    uint32_t at;     /* in `cells` … */
    uint16_t length; /* … see sample_cell_get */
    bool telling;    /* the key is no small number that any table may hold */
};

struct sampled_rows {
    uint64_t below; /* every row whose key hash is smaller is here; UINT64_MAX: all rows */
    uint32_t limit;
    uint32_t count, capacity;
    struct sampled_row *rows; /* sorted by key and each key once after sampled_rows_settle */
    uint8_t *cells;           /* of all rows, see sample_cell_get */
    size_t used, room;
};

void sampled_rows_init(struct sampled_rows *rows);
void sampled_rows_release(struct sampled_rows *rows);
/* ROW's `at` and `length` are set here. False when memory is out. */
bool sampled_rows_add(struct sampled_rows *rows, struct sampled_row row, struct bytes cells);
/* Sort, leave each key once and `limit` rows. False when memory is out. */
bool sampled_rows_settle(struct sampled_rows *rows);
static inline struct bytes sampled_row_cells(const struct sampled_rows *rows, size_t row) {
    const uint8_t *cells = rows->cells == NULL ? NULL : rows->cells + rows->rows[row].at;
    return bytes_of(cells, rows->rows[row].length);
}

struct row_sample {
    struct bytes table, key; /* names, concealed, owned */
    struct bytes *columns;   /* sorted, concealed, owned; NULL: there is none */
    uint8_t column_count;
    bool records;             /* no cells: `rank` is a hash of the personal data of the row; of a
                                 row with a key of its own. Told from samples of masked values,
                                 which have columns */
    struct sampled_rows rows; /* settled */
    /* Of records in a facts_store: what tells them apart, since hardly anybody asks for them.
     * `rows` then tells how many they are, and has none. NULL: they are in `rows`. */
    struct packed_record *packed;
};

/* What is compared of a record when a run is over. That two different ones agree in all of it
 * happens once in 2^63 pairs. */
struct packed_record {
    uint32_t key;         /* the first half of the hash */
    uint32_t check : 31;  /* the last bits of `rank` */
    uint32_t telling : 1; /* as in the row */
};
struct packed_record packed_record_of(const struct sampled_row *row);

/* Record ROW, wherever it is. */
struct packed_record row_sample_record(const struct row_sample *sample, size_t row);

/* Take ROWS over, which are left empty, with their columns numbered anew: MAP gives
 * the place among SAMPLE's columns, or SAMPLE_COLUMNS for those that are left out.
 * False when memory is out. */
bool row_sample_take(struct row_sample *sample, struct sampled_rows *rows,
                     const uint8_t map[SAMPLE_COLUMNS]);
void row_sample_release(struct row_sample *sample);
/* Room for SAMPLE_COLUMNS names; false when memory is out. */
bool row_sample_reach_columns(struct row_sample *sample);
/* Add FROM, of the same table and key; FROM is left empty. False when memory is out.
 */
bool row_sample_merge(struct row_sample *into, struct row_sample *from);
/* Samples of one unit: those of the same table and key become one, in order of
 * names, and all keep to SAMPLE_ROWS_OF_UNIT. False when memory is out. */
bool row_samples_unify(struct row_sample *samples, uint32_t *count);

#endif
