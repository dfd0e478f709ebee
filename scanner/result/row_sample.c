#include "result/row_sample.h"

#include <stdlib.h>

#include "core/hash_order.h"
#include "core/utf8.h"
#include "result/text_copy.h"

enum { FIRST_ROWS = 16, LIMIT_MIN = 16, CELL_HEAD = 4 };

/* ---- cells ---- */

size_t sample_cell_put(const struct sample_cell *cell, uint8_t *out) {
    const uint8_t head[CELL_HEAD] = {cell->column, cell->kind, cell->part, cell->count};
    memcpy(out, head, sizeof head);
    size_t used = sizeof head;
    for (unsigned i = 0; i < cell->count; i++) {
        if (cell->symbols[i] < 0x80) {
            out[used++] = (uint8_t)cell->symbols[i];
        } else {
            used += utf8_encode(cell->symbols[i], out + used);
        }
    }
    return used;
}

bool sample_cell_get(struct bytes *in, struct sample_cell *out) {
    if (in->ptr == NULL || in->len < CELL_HEAD || in->ptr[0] >= SAMPLE_COLUMNS ||
        in->ptr[3] > SAMPLE_SYMBOLS) {
        return false;
    }
    *out = (struct sample_cell){
        .column = in->ptr[0], .kind = in->ptr[1], .part = in->ptr[2], .count = in->ptr[3]};
    *in = bytes_from(*in, CELL_HEAD);
    for (unsigned i = 0; i < out->count; i++) {
        if (in->len == 0) {
            return false;
        }
        size_t used = 1;
        if (in->ptr[0] < 0x80) {
            out->symbols[i] = in->ptr[0];
        } else {
            used = utf8_decode(in->ptr, in->len, &out->symbols[i]);
        }
        *in = bytes_from(*in, used);
    }
    return true;
}

/* ---- rows ---- */

void sampled_rows_init(struct sampled_rows *rows) {
    *rows = (struct sampled_rows){.below = UINT64_MAX, .limit = SAMPLE_ROWS};
}

void sampled_rows_release(struct sampled_rows *rows) {
    if (rows->cells != NULL) {
        explicit_bzero(rows->cells, rows->used);
    }
    free(rows->cells);
    free(rows->rows);
    sampled_rows_init(rows);
}

static int compare_rows(const void *a, const void *b) {
    const struct sampled_row *x = a, *y = b;
    if (x->key != y->key) {
        return x->key < y->key ? -1 : 1;
    }
    return x->rank > y->rank ? -1 : x->rank < y->rank;
}

/* Most tables of small files: few rows, put in order by their keys alone. */
static bool sort_few(struct sampled_rows *rows) {
    uint64_t keys[HASH_ORDER_MAX];
    uint8_t order[HASH_ORDER_MAX];
    struct sampled_row *sorted = malloc(rows->count * sizeof *sorted);
    if (sorted == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < rows->count; i++) {
        keys[i] = rows->rows[i].key;
    }
    hash_order(keys, rows->count, order);
    bool one_key = false;
    for (uint32_t i = 0; i < rows->count; i++) {
        sorted[i] = rows->rows[order[i]];
        one_key |= i > 0 && sorted[i].key == sorted[i - 1].key;
    }
    if (one_key) {
        qsort(sorted, rows->count, sizeof *sorted, compare_rows);
    }
    free(rows->rows);
    rows->rows = sorted;
    rows->capacity = rows->count;
    return true;
}

/* By key, of those with one key the highest rank first. */
static bool sort_rows(struct sampled_rows *rows) {
    if (rows->count <= HASH_ORDER_MAX) {
        return sort_few(rows);
    }
    qsort(rows->rows, rows->count, sizeof *rows->rows, compare_rows);
    return true;
}

/* Cells of rows that are gone make room. */
static bool pack_cells(struct sampled_rows *rows) {
    size_t used = 0;
    for (uint32_t i = 0; i < rows->count; i++) {
        used += rows->rows[i].length;
    }
    uint8_t *cells = malloc(used + 1);
    if (cells == NULL) {
        return false;
    }
    size_t at = 0;
    for (uint32_t i = 0; i < rows->count; i++) {
        if (rows->rows[i].length > 0) {
            memcpy(cells + at, rows->cells + rows->rows[i].at, rows->rows[i].length);
        }
        rows->rows[i].at = (uint32_t)at;
        at += rows->rows[i].length;
    }
    if (rows->cells != NULL) {
        explicit_bzero(rows->cells, rows->used);
    }
    free(rows->cells);
    rows->cells = cells;
    rows->used = used;
    rows->room = used + 1;
    return true;
}

bool sampled_rows_settle(struct sampled_rows *rows) {
    if (rows->count == 0) {
        return true;
    }
    if (!sort_rows(rows)) {
        return false;
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct sampled_row *row = &rows->rows[i];
        if (row->key >= rows->below || (kept > 0 && rows->rows[kept - 1].key == row->key)) {
            continue;
        }
        if (kept == rows->limit) {
            rows->below = row->key;
            break;
        }
        rows->rows[kept++] = *row;
    }
    bool fewer = kept < rows->count;
    rows->count = kept;
    return !fewer || pack_cells(rows);
}

static bool make_room(struct sampled_rows *rows) {
    if (rows->count < rows->capacity) {
        return true;
    }
    if (rows->count >= 2 * rows->limit) {
        return sampled_rows_settle(rows);
    }
    uint32_t capacity = rows->capacity == 0 ? FIRST_ROWS : 2 * rows->capacity;
    struct sampled_row *larger = reallocarray(rows->rows, capacity, sizeof *larger);
    if (larger == NULL) {
        return false;
    }
    rows->rows = larger;
    rows->capacity = capacity;
    return true;
}

bool sampled_rows_add(struct sampled_rows *rows, struct sampled_row row, struct bytes cells) {
    if (row.key >= rows->below) {
        return true;
    }
    if (cells.len > UINT16_MAX || !make_room(rows)) {
        return false;
    }
    if (cells.len > 0 && rows->used + cells.len > rows->room) {
        size_t room = 2 * rows->room + cells.len + 64;
        uint8_t *larger = room > UINT32_MAX ? NULL : malloc(room);
        if (larger == NULL) {
            return false;
        }
        if (rows->used > 0) {
            memcpy(larger, rows->cells, rows->used);
            explicit_bzero(rows->cells, rows->used);
        }
        free(rows->cells);
        rows->cells = larger;
        rows->room = room;
    }
    row.at = (uint32_t)rows->used;
    row.length = (uint16_t)cells.len;
    if (cells.len > 0) {
        memcpy(rows->cells + rows->used, cells.ptr, cells.len);
    }
    rows->used += cells.len;
    rows->rows[rows->count++] = row;
    return true;
}

/* ---- samples ---- */

static int text_compare(struct bytes a, struct bytes b) {
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len == 0 ? 0 : memcmp(a.ptr, b.ptr, len);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

/* Add the rows of FROM to TO, with the columns numbered anew; cells of columns that found no place
 * (MAP says SAMPLE_COLUMNS) are left out. */
static bool add_mapped(struct sampled_rows *to, const struct sampled_rows *from,
                       const uint8_t map[SAMPLE_COLUMNS]) {
    for (uint32_t i = 0; i < from->count; i++) {
        struct bytes left = sampled_row_cells(from, i);
        uint8_t cells[32 * SAMPLE_CELL_BYTES];
        size_t used = 0;
        struct sample_cell cell;
        while (used + SAMPLE_CELL_BYTES <= sizeof cells && sample_cell_get(&left, &cell)) {
            cell.column = map[cell.column];
            used += cell.column < SAMPLE_COLUMNS ? sample_cell_put(&cell, cells + used) : 0;
        }
        if ((used > 0 || from->rows[i].length == 0) &&
            !sampled_rows_add(to, from->rows[i], bytes_of(cells, used))) {
            return false;
        }
    }
    return true;
}

static bool sort_columns(struct row_sample *sample) {
    uint8_t map[SAMPLE_COLUMNS];
    memset(map, SAMPLE_COLUMNS, sizeof map);
    for (unsigned i = 0; i < sample->column_count; i++) {
        unsigned smaller = 0;
        for (unsigned j = 0; j < sample->column_count; j++) {
            int order = text_compare(sample->columns[j], sample->columns[i]);
            smaller += order < 0 || (order == 0 && j < i);
        }
        map[i] = (uint8_t)smaller;
    }
    struct bytes columns[SAMPLE_COLUMNS] = {0};
    for (unsigned i = 0; i < sample->column_count; i++) {
        columns[map[i]] = sample->columns[i];
    }
    if (sample->column_count > 0) {
        memcpy(sample->columns, columns, sample->column_count * sizeof *columns);
    }
    struct sampled_rows sorted;
    sampled_rows_init(&sorted);
    sorted.below = sample->rows.below;
    sorted.limit = sample->rows.limit;
    bool ok = add_mapped(&sorted, &sample->rows, map) && sampled_rows_settle(&sorted);
    sampled_rows_release(&sample->rows);
    sample->rows = sorted;
    return ok;
}

struct packed_record packed_record_of(const struct sampled_row *row) {
    return (struct packed_record){.key = (uint32_t)(row->key >> 32),
                                  .check = (uint32_t)row->rank & INT32_MAX,
                                  .telling = row->telling};
}

struct packed_record row_sample_record(const struct row_sample *sample, size_t row) {
    return sample->packed == NULL ? packed_record_of(&sample->rows.rows[row]) : sample->packed[row];
}

void row_sample_release(struct row_sample *sample) {
    text_copy_free(&sample->table);
    text_copy_free(&sample->key);
    for (unsigned i = 0; i < sample->column_count; i++) {
        text_copy_free(&sample->columns[i]);
    }
    free(sample->columns);
    sample->columns = NULL;
    sample->column_count = 0;
    sampled_rows_release(&sample->rows);
}

bool row_sample_reach_columns(struct row_sample *sample) {
    if (sample->columns == NULL) {
        sample->columns = calloc(SAMPLE_COLUMNS, sizeof *sample->columns);
    }
    return sample->columns != NULL;
}

bool row_sample_take(struct row_sample *sample, struct sampled_rows *rows,
                     const uint8_t map[SAMPLE_COLUMNS]) {
    if (rows->used == 0 && sample->column_count == 0) { /* nothing to number: rows of records */
        sample->rows = *rows;
        sampled_rows_init(rows);
        return sampled_rows_settle(&sample->rows);
    }
    sample->rows.below = rows->below;
    sample->rows.limit = rows->limit;
    bool ok = add_mapped(&sample->rows, rows, map) && sampled_rows_settle(&sample->rows) &&
              sort_columns(sample);
    sampled_rows_release(rows);
    return ok;
}

bool row_sample_merge(struct row_sample *into, struct row_sample *from) {
    uint8_t map[SAMPLE_COLUMNS];
    if (from->column_count > 0 && !row_sample_reach_columns(into)) {
        row_sample_release(from);
        return false;
    }
    memset(map, SAMPLE_COLUMNS, sizeof map);
    for (unsigned i = 0; i < from->column_count; i++) {
        unsigned at = 0;
        while (at < into->column_count && !bytes_equal(into->columns[at], from->columns[i])) {
            at++;
        }
        if (at == SAMPLE_COLUMNS) {
            continue;
        }
        if (at == into->column_count) {
            into->columns[into->column_count++] = from->columns[i];
            from->columns[i] = (struct bytes){0};
        }
        map[i] = (uint8_t)at;
    }
    struct sampled_rows *rows = &into->rows;
    rows->below = from->rows.below < rows->below ? from->rows.below : rows->below;
    rows->limit = from->rows.limit < rows->limit ? from->rows.limit : rows->limit;
    bool ok = add_mapped(rows, &from->rows, map) && sampled_rows_settle(rows) && sort_columns(into);
    row_sample_release(from);
    return ok;
}

static bool keep_to_limit(struct row_sample *samples, size_t count) {
    for (uint32_t limit = SAMPLE_ROWS; limit >= LIMIT_MIN; limit /= 2) {
        size_t rows = 0;
        for (size_t i = 0; i < count; i++) {
            rows += samples[i].rows.count;
        }
        if (rows <= SAMPLE_ROWS_OF_UNIT) {
            break;
        }
        for (size_t i = 0; i < count; i++) {
            uint32_t own = samples[i].rows.limit;
            samples[i].rows.limit = own < limit / 2 ? own : limit / 2;
            if (!sampled_rows_settle(&samples[i].rows)) {
                return false;
            }
        }
    }
    return true;
}

static int compare_samples(const void *a, const void *b) {
    const struct row_sample *x = a, *y = b;
    int order = (int)x->records - (int)y->records;
    if (order == 0) {
        order = text_compare(x->table, y->table);
    }
    return order != 0 ? order : text_compare(x->key, y->key);
}

bool row_samples_unify(struct row_sample *samples, uint32_t *count) {
    if (*count == 0) {
        return true;
    }
    qsort(samples, *count, sizeof *samples, compare_samples);
    uint32_t kept = 1;
    bool ok = true;
    for (uint32_t i = 1; i < *count; i++) {
        if (compare_samples(&samples[kept - 1], &samples[i]) == 0) {
            ok = row_sample_merge(&samples[kept - 1], &samples[i]) && ok;
        } else {
            samples[kept++] = samples[i];
        }
    }
    *count = kept;
    uint32_t first = 0; /* of the samples of records */
    while (first < kept && !samples[first].records) {
        first++;
    }
    return ok && keep_to_limit(samples, first) && keep_to_limit(samples + first, kept - first);
}
