#include "judge/row_records.h"

#include "core/hash64.h"
#include "judge/row_key.h"

enum { NOT_READ = CELL_NULL | CELL_TEXT | CELL_PARTIAL | CELL_HEX | CELL_ESCAPED | CELL_UNFOLDED };

void row_records_start(struct row_records *records) {
    records->open = false;
}

static struct bytes text_of(const struct segment *segment, const struct cell *cell) {
    return bytes_of(segment->bytes + cell->offset, cell->length);
}

bool row_records_end(struct row_records *records, struct live_fields *fields) {
    bool ok = true;
    if (records->open && records->keyed && records->personal) {
        const struct sampled_row row = {
            .key = records->key, .rank = records->check, .telling = records->telling};
        ok = live_samples_add_record(&fields->records, records->key_field, row);
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
            struct bytes text = bytes_trim(text_of(segment, cell));
            records->personal |= text.len > 0;
            records->check += text.len > 0 ? hash64_seeded(text, records->seed) : 0;
        }
    }
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

/* The first key column of a whole row, from its first cell; its number of cells when it has none.
 */
static size_t key_place(const struct segment *segment, const struct match_result *match,
                        size_t from, size_t end) {
    size_t at = from;
    while (at < end && ((segment->cells[at].flags & CELL_UNFOLDED) != 0 ||
                        !match->plans[segment->cells[at].field].key)) {
        at++;
    }
    return at - from;
}

static bool holds_personal(const struct segment *segment, const struct match_result *match,
                           size_t from, size_t end) {
    for (size_t i = from; i < end; i++) {
        if ((segment->cells[i].flags & CELL_TEXT) == 0 &&
            match->plans[segment->cells[i].field].kinds != 0) {
            return true;
        }
    }
    return false;
}

bool row_records_segment(struct row_records *records, const struct segment *segment,
                         const struct match_result *match, struct live_fields *fields) {
    uint32_t shape_field = UINT32_MAX; /* the first field of rows like the one before */
    size_t shape_cells = 0, place = 0;
    bool shape_holds = false, ok = true;
    for (size_t r = 0; ok && r < segment->row_count; r++) {
        size_t from = segment->rows[r].first_cell;
        bool last = r + 1 == segment->row_count;
        size_t end = last ? segment->cell_count : segment->rows[r + 1].first_cell;
        if (from >= end) {
            continue;
        }
        uint32_t table = match->plans[segment->cells[from].field].table;
        bool same =
            records->open && records->row == segment->rows[r].row && records->table == table;
        if (!same) {
            ok = row_records_end(records, fields);
        }
        uint32_t field = segment->cells[from].field;
        if (!same && !last) { /* whole: nothing of it stands in another segment */
            if (field != shape_field || end - from != shape_cells) {
                shape_field = field;
                shape_cells = end - from;
                place = key_place(segment, match, from, end);
                shape_holds = place < shape_cells && holds_personal(segment, match, from, end);
            }
            if (!shape_holds || is_left_out(records, segment, match, fields, from + place)) {
                continue;
            }
        }
        if (!same) {
            *records = (struct row_records){
                .seed = records->seed, .open = true, .row = segment->rows[r].row, .table = table};
        }
        read_cells(records, segment, match, from, end);
    }
    return ok;
}
