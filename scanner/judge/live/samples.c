#include "judge/live/samples.h"

#include <stdlib.h>

#include "core/hash64.h"
#include "judge/conceal_field_name.h"

_Static_assert((int)SAMPLE_SYMBOLS == (int)PIECE_SYMBOLS, "a piece fits into a cell");

enum { CELLS_MAX = 12 };

void live_samples_clear(struct live_samples *samples) {
    for (uint32_t i = 0; i < samples->count; i++) {
        sampled_rows_release(&samples->items[i].rows);
    }
    if (samples->by_field != NULL) {
        memset(samples->by_field, 0, samples->field_count * sizeof *samples->by_field);
    }
    samples->count = 0;
    samples->rows = 0;
    samples->limit = SAMPLE_ROWS;
}

void live_samples_release(struct live_samples *samples) {
    live_samples_clear(samples);
    free(samples->items);
    free(samples->by_field);
    *samples = (struct live_samples){0};
}

static bool reach_field(struct live_samples *samples, uint32_t field) {
    if (field < samples->field_count) {
        return true;
    }
    uint32_t count = samples->field_count == 0 ? 64 : samples->field_count;
    while (count <= field) {
        count *= 2;
    }
    uint32_t *larger = reallocarray(samples->by_field, count, sizeof *larger);
    if (larger == NULL) {
        return false;
    }
    memset(larger + samples->field_count, 0, (count - samples->field_count) * sizeof *larger);
    samples->by_field = larger;
    samples->field_count = count;
    return true;
}

static struct live_sample *reach_sample(struct live_samples *samples, uint32_t field) {
    if (!reach_field(samples, field)) {
        return NULL;
    }
    if (samples->by_field[field] != 0) {
        return &samples->items[samples->by_field[field] - 1];
    }
    if (samples->count == samples->capacity) {
        uint32_t capacity = samples->capacity == 0 ? 8 : 2 * samples->capacity;
        struct live_sample *larger = reallocarray(samples->items, capacity, sizeof *larger);
        if (larger == NULL) {
            return NULL;
        }
        samples->items = larger;
        samples->capacity = capacity;
    }
    struct live_sample *made = &samples->items[samples->count++];
    *made = (struct live_sample){.key_field = field};
    sampled_rows_init(&made->rows);
    made->rows.limit = samples->limit == 0 ? SAMPLE_ROWS : samples->limit;
    samples->by_field[field] = samples->count;
    return made;
}

/* SAMPLE_COLUMNS when there is no room for one more. */
static uint8_t column_of(struct live_sample *sample, uint32_t field) {
    uint8_t at = 0;
    while (at < sample->column_count && sample->columns[at] != field) {
        at++;
    }
    if (at == sample->column_count && at < SAMPLE_COLUMNS) {
        sample->columns[sample->column_count++] = field;
    }
    return at;
}

/* More rows than a unit may keep: every table keeps half as many. What is kept in the end depends
 * on how many rows there are, not on when that was seen. */
static bool keep_to_limit(struct live_samples *samples) {
    enum { LIMIT_MIN = 16 };
    while (samples->rows > (size_t)2 * SAMPLE_ROWS_OF_UNIT) {
        samples->rows = 0;
        for (uint32_t i = 0; i < samples->count; i++) {
            if (!sampled_rows_settle(&samples->items[i].rows)) {
                return false;
            }
            samples->rows += samples->items[i].rows.count;
        }
        if (samples->rows <= SAMPLE_ROWS_OF_UNIT) {
            break;
        }
        uint32_t limit = samples->limit == 0 ? SAMPLE_ROWS : samples->limit;
        if (limit <= LIMIT_MIN) {
            break;
        }
        samples->limit = limit / 2;
        samples->rows = 0;
        for (uint32_t i = 0; i < samples->count; i++) {
            samples->items[i].rows.limit = samples->limit;
            if (!sampled_rows_settle(&samples->items[i].rows)) {
                return false;
            }
            samples->rows += samples->items[i].rows.count;
        }
    }
    return true;
}

bool live_samples_add(struct live_samples *samples, uint32_t field, struct sampled_row row,
                      const struct placed_piece *pieces, unsigned count) {
    struct live_sample *sample = reach_sample(samples, field);
    if (sample == NULL) {
        return false;
    }
    if (row.key >= sample->rows.below) {
        return true;
    }
    uint8_t cells[CELLS_MAX * SAMPLE_CELL_BYTES];
    size_t used = 0;
    row.rank = 0;
    for (unsigned i = 0; i < count && i < CELLS_MAX; i++) {
        const struct value_piece *piece = &pieces[i].piece;
        struct sample_cell cell = {.column = column_of(sample, pieces[i].field),
                                   .kind = piece->kind,
                                   .part = piece->part,
                                   .count = piece->count};
        if (cell.column == SAMPLE_COLUMNS || pieces[i].field == field) {
            continue;
        }
        memcpy(cell.symbols, piece->symbols, piece->count * sizeof *cell.symbols);
        size_t length = sample_cell_put(&cell, cells + used);
        /* without the column's number, which depends on what was read before */
        row.rank = hash64(bytes_of(cells + used + 1, length - 1), row.rank);
        used += length;
    }
    uint32_t before = sample->rows.count;
    bool ok = used == 0 || sampled_rows_add(&sample->rows, row, bytes_of(cells, used));
    explicit_bzero(cells, used);
    samples->rows = samples->rows - before + sample->rows.count;
    return ok && keep_to_limit(samples);
}

/* The columns of the key's own table; rows of two tables that have one number met by accident. */
static bool name_columns(const struct live_sample *live, const struct collect_finish *finish,
                         uint32_t table, struct row_sample *out, uint8_t map[SAMPLE_COLUMNS]) {
    memset(map, SAMPLE_COLUMNS, SAMPLE_COLUMNS);
    for (unsigned i = 0; i < live->column_count; i++) {
        const struct field *field = field_set_field(finish->fields, live->columns[i]);
        if (field->table != table) {
            continue;
        }
        map[i] = out->column_count;
        if (!row_sample_reach_columns(out) ||
            !conceal_field_name(finish, field->column, &out->columns[out->column_count])) {
            return false;
        }
        out->column_count++;
    }
    return true;
}

static bool move_sample(struct live_sample *live, const struct collect_finish *finish,
                        struct row_sample *out) {
    const struct field *key = field_set_field(finish->fields, live->key_field);
    const struct table *table = field_set_table_view(finish->fields, key->table);
    uint8_t map[SAMPLE_COLUMNS];
    sampled_rows_init(&out->rows);
    return conceal_field_name(finish, table->name, &out->table) &&
           conceal_field_name(finish, key->column, &out->key) &&
           name_columns(live, finish, key->table, out, map) &&
           row_sample_take(out, &live->rows, map);
}

static bool move_all(struct live_samples *samples, const struct collect_finish *finish,
                     bool records, struct unit_facts *unit) {
    bool ok = true;
    for (uint32_t i = 0; ok && i < samples->count; i++) {
        struct row_sample *made = &unit->samples[unit->sample_count++];
        made->records = records;
        ok = move_sample(&samples->items[i], finish, made);
    }
    return ok;
}

bool live_samples_move(struct live_samples *masked, struct live_samples *records,
                       const struct collect_finish *finish, struct unit_facts *unit) {
    size_t count = (size_t)masked->count + records->count;
    if (count == 0) {
        return true;
    }
    unit->samples = calloc(count, sizeof *unit->samples);
    return unit->samples != NULL && move_all(masked, finish, false, unit) &&
           move_all(records, finish, true, unit) &&
           row_samples_unify(unit->samples, &unit->sample_count);
}

uint64_t live_samples_below(const struct live_samples *samples, uint32_t field) {
    return field >= samples->field_count || samples->by_field[field] == 0
               ? UINT64_MAX
               : samples->items[samples->by_field[field] - 1].rows.below;
}

bool live_samples_add_records(struct live_samples *samples, uint32_t field,
                              const struct sampled_row *rows, size_t count) {
    struct live_sample *sample = reach_sample(samples, field);
    bool ok = sample != NULL;
    const uint32_t before = ok ? sample->rows.count : 0;
    for (size_t i = 0; ok && i < count; i++) {
        ok = sampled_rows_add(&sample->rows, rows[i], (struct bytes){0});
    }
    if (!ok) {
        return false;
    }
    samples->rows = samples->rows - before + sample->rows.count;
    return keep_to_limit(samples);
}
