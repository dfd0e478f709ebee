#include "judge/collect/row_records.h"

#include "core/hash64.h"
#include "judge/collect/row_key.h"

enum { NOT_READ = CELL_NULL | CELL_TEXT | CELL_PARTIAL | CELL_HEX | CELL_ESCAPED | CELL_UNFOLDED };

void row_records_start(struct row_records *records) {
    records->open = false;
}

static struct bytes text_of(const struct segment *segment, const struct cell *cell) {
    return bytes_of(segment->bytes + cell->offset, cell->length);
}

/* The text without blanks around it; most has none. */
static inline struct bytes trimmed(struct bytes text) {
    bool plain = text.len > 0 && text.ptr[0] > ' ' && text.ptr[text.len - 1] > ' ';
    return plain ? text : bytes_trim(text);
}

bool row_records_end(struct row_records *records, struct live_fields *fields) {
    bool ok = true;
    if (records->open && records->keyed && records->personal) {
        const struct sampled_row row = {
            .key = records->key, .rank = records->check, .telling = records->telling};
        ok = live_samples_add_records(&fields->records, records->key_field, &row, 1);
    }
    records->open = false;
    return ok;
}

/* The cells FROM … END belong to the open row. The first key column is its key; columns whose
 * names tell kinds are its personal data, in whatever order they stand. */
static void read_cells(struct row_records *records, const struct segment *segment,
                       const struct match_result *match, size_t from, size_t end) {
    for (size_t i = from; i < end; i++) {
        const struct cell *cell = &segment->cells[i];
        if ((cell->flags & NOT_READ) != 0) {
            continue;
        }
        const struct cell_plan *plan = &match->plans[cell->field];
        struct sampled_row key = {0};
        if (plan->key && !records->keyed &&
            row_key_hash(text_of(segment, cell), records->seed, &key)) {
            records->keyed = true;
            records->key_field = cell->field;
            records->key = key.key;
            records->telling = key.telling;
        } else if (plan->kinds != 0) {
            struct bytes text = trimmed(text_of(segment, cell));
            records->personal |= text.len > 0;
            records->check += text.len > 0 ? hash64_seeded(text, records->seed) : 0;
        }
    }
}

/* ---- whole rows ---- */

enum { SHAPE_CELLS = 64, ROWS_AT_ONCE = 32 };

/* Where in rows like the one before something is to be read. */
struct row_shape {
    uint32_t first_field;
    size_t cells;
    bool wanted; /* there is a key column and one with personal data */
    bool listed; /* `list` holds all that is to be read, in all rows of the segment */
    size_t key;  /* the first key column */
    unsigned count;
    struct shape_cell {
        uint16_t at; /* SEGMENT_COLUMNS_MAX at most */
        bool key, personal;
    } list[SHAPE_CELLS];
};

/* Rows that are added together: their keys are of one column. */
struct row_batch {
    uint32_t field, count;
    struct sampled_row rows[ROWS_AT_ONCE];
};

static bool add_batch(struct row_batch *batch, struct live_fields *fields) {
    bool ok = batch->count == 0 ||
              live_samples_add_records(&fields->records, batch->field, batch->rows, batch->count);
    batch->count = 0;
    return ok;
}

static struct row_shape shape_of(const struct segment *segment, const struct match_result *match,
                                 size_t from, size_t end) {
    struct row_shape shape = {.first_field = segment->cells[from].field, .cells = end - from};
    bool keyed = false, personal = false;
    shape.listed = segment_is_regular(segment);
    for (size_t i = from; i < end; i++) {
        const struct cell *cell = &segment->cells[i];
        const struct cell_plan *plan = &match->plans[cell->field];
        if (plan->key && (cell->flags & CELL_UNFOLDED) == 0 && !keyed) {
            keyed = true;
            shape.key = i - from;
        }
        personal |= (cell->flags & CELL_TEXT) == 0 && plan->kinds != 0;
        if (plan->key || plan->kinds != 0) {
            shape.listed = shape.listed && shape.count < SHAPE_CELLS;
            if (shape.listed) {
                shape.list[shape.count++] =
                    (struct shape_cell){(uint16_t)(i - from), plan->key, plan->kinds != 0};
            }
        }
    }
    shape.wanted = keyed && personal;
    return shape;
}

/* A whole row whose key is at the same place as that of the row before, and too large for the
 * sample, needs no further look. */
static bool is_left_out(const struct row_records *records, const struct segment *segment,
                        const struct match_result *match, const struct live_fields *fields,
                        size_t key_cell) {
    const struct cell *cell = &segment->cells[key_cell];
    const uint64_t below = live_samples_below(&fields->records, cell->field);
    struct sampled_row key = {0};
    return below != UINT64_MAX && (cell->flags & NOT_READ) == 0 && match->plans[cell->field].key &&
           row_key_hash(text_of(segment, cell), records->seed, &key) && key.key >= below;
}

/* The row of SHAPE that begins with cell FROM: read at once, as nothing of it stands elsewhere. */
static bool read_row(const struct row_records *records, const struct segment *segment,
                     const struct row_shape *shape, size_t from, struct row_batch *batch,
                     struct live_fields *fields) {
    struct sampled_row row = {0};
    uint32_t key_field = 0;
    bool keyed = false, personal = false;
    for (const struct shape_cell *each = shape->list; each < shape->list + shape->count; each++) {
        const struct cell *cell = &segment->cells[from + each->at];
        if ((cell->flags & NOT_READ) != 0) {
            continue;
        }
        if (each->key && !keyed && row_key_hash(text_of(segment, cell), records->seed, &row)) {
            keyed = true;
            key_field = cell->field;
        } else if (each->personal) {
            struct bytes text = trimmed(text_of(segment, cell));
            personal |= text.len > 0;
            row.rank += text.len > 0 ? hash64_readable(text, records->seed) : 0;
        }
    }
    if (!keyed || !personal) {
        return true;
    }
    bool ok =
        (batch->count != ROWS_AT_ONCE && batch->field == key_field) || add_batch(batch, fields);
    batch->field = key_field;
    batch->rows[batch->count++] = row;
    return ok;
}

/* ---- segments ---- */

/* Row R of SEGMENT is over where it ends; what is told of it at once goes to BATCH. */
static bool take_row(struct row_records *records, const struct segment *segment,
                     const struct match_result *match, struct live_fields *fields,
                     struct row_shape *shape, struct row_batch *batch, size_t r) {
    const size_t from = segment->rows[r].first_cell;
    const bool last = r + 1 == segment->row_count;
    const size_t end = last ? segment->cell_count : segment->rows[r + 1].first_cell;
    if (from >= end) {
        return true;
    }
    const uint32_t table = match->plans[segment->cells[from].field].table;
    const bool same =
        records->open && records->row == segment_row(segment, r) && records->table == table;
    if (!same && !row_records_end(records, fields)) {
        return false;
    }
    if (!same && !last) { /* whole: nothing of it stands in another segment */
        if (segment->cells[from].field != shape->first_field || end - from != shape->cells) {
            *shape = shape_of(segment, match, from, end);
        }
        if (!shape->wanted || is_left_out(records, segment, match, fields, from + shape->key)) {
            return true;
        }
        if (shape->listed) {
            return read_row(records, segment, shape, from, batch, fields);
        }
    }
    if (!same) {
        *records = (struct row_records){
            .seed = records->seed, .open = true, .row = segment_row(segment, r), .table = table};
    }
    read_cells(records, segment, match, from, end);
    return true;
}

bool row_records_segment(struct row_records *records, const struct segment *segment,
                         const struct match_result *match, struct live_fields *fields) {
    struct row_shape shape = {.first_field = UINT32_MAX};
    struct row_batch batch;
    batch.count = batch.field = 0;
    bool ok = true;
    for (size_t r = 0; ok && r < segment->row_count; r++) {
        ok = take_row(records, segment, match, fields, &shape, &batch, r);
    }
    return add_batch(&batch, fields) && ok;
}
