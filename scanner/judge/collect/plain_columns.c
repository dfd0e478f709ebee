#include "judge/collect/plain_columns.h"

#include <stdlib.h>

#include "result/sketch_kernels.h"

/* Cells with one of these flags are more than the bytes they stand for. */
#define UNUSUAL                                                                                    \
    (CELL_TEXT | CELL_ESCAPED | CELL_HEX | CELL_NULL | CELL_PARTIAL | CELL_PERCENT | CELL_UNFOLDED)

/* A kind whose plain values are taken out of a column. */
struct reader {
    const struct pattern *pattern;
    struct kind_facts *facts;
    uint64_t taken;
    uint64_t limit; /* sketch_rank_limit() of some time ago; 0 = not asked yet */
};

/* One column of the table. */
struct column {
    struct live_field *field;
    uint32_t number;
    bool named;
    bool counted; /* its cells are of no kind */
    unsigned reader_count;
    struct reader readers[2];
    uint64_t cells, empty; /* where they are only counted */
};

/* What is being read. */
struct passing {
    struct plain_columns *columns;
    const struct segment *segment;
    const struct match_result *match;
    const struct plain_reading *how;
    sketch_pick_fn *pick;
    bool every_row;     /* has one of the values read last … */
    uint32_t first_row; /* … from this one on */
};

void plain_columns_release(struct plain_columns *columns) {
    free(columns->open);
    column_dates_release(&columns->dates);
    *columns = (struct plain_columns){0};
}

/* ---- a column of a kind ---- */

/* The values of one column among the cells from FIRST to before END: the usual ones, for the first
 * reader all of them, for the next one those that are still open. */
static void gather(struct passing *p, size_t first, size_t end, bool again) {
    struct plain_columns *columns = p->columns;
    struct value_column *values = &columns->values;
    const struct segment *segment = p->segment;
    size_t count = 0, stride = segment->columns;
    uint32_t row = (uint32_t)(first / stride);
    p->every_row = false;
    for (size_t i = first; i < end; i += stride, row++) {
        const struct cell *cell = &segment->cells[i];
        bool usual = (cell->flags & UNUSUAL) == 0;
        values->at[count] = segment->bytes + cell->offset;
        values->len[count] = cell->length;
        columns->rows[count] = row;
        columns->open[i] |= !usual;
        count += usual && (!again || columns->open[i] != 0);
    }
    values->count = count;
    values->normal_written = false;
}

/* The same where all of them are usual: nothing is asked of each. False: they are not. */
static bool gather_all(struct passing *p, size_t first, size_t end) {
    struct value_column *values = &p->columns->values;
    const struct segment *segment = p->segment;
    size_t count = 0, stride = segment->columns;
    uint32_t flags = 0;
    for (size_t i = first; i < end; i += stride, count++) {
        const struct cell *cell = &segment->cells[i];
        values->at[count] = segment->bytes + cell->offset;
        values->len[count] = cell->length;
        flags |= cell->flags;
    }
    p->every_row = true;
    p->first_row = (uint32_t)(first / stride);
    values->count = count;
    values->normal_written = false;
    return (flags & UNUSUAL) == 0;
}

/* Hashes of the plain values that may change a sketch of LIMIT (sketch_rank_limit); how many. */
static size_t hash_plain(const struct passing *p, uint64_t limit,
                         uint64_t hashes[VALUE_COLUMN_MAX]) {
    const struct value_column *values = &p->columns->values;
    const uint8_t *normal[VALUE_COLUMN_MAX];
    uint32_t len[VALUE_COLUMN_MAX];
    struct sketch_values all = {values->at, values->len, values->plain, values->count};
    if (values->normal_written) {
        for (size_t i = 0; i < values->count; i++) {
            normal[i] = values->normal[i];
            len[i] = values->plain[i] ? values->normal_len[i] : 0;
        }
        all.at = normal;
        all.len = len;
    }
    return p->pick(&all, p->how->distinct->seed, limit, hashes);
}

static void count_distinct(const struct passing *p, const struct column *column,
                           struct reader *reader) {
    _Static_assert((int)VALUE_COLUMN_MAX <= (int)SKETCH_BATCH, "a column's values are one batch");
    struct kind_facts *facts = reader->facts;
    uint64_t hashes[VALUE_COLUMN_MAX];
    if (facts->distinct.overflowed) {
        /* hardly any value changes a sketch that has seen many */
        if (reader->limit == 0) {
            reader->limit = sketch_rank_limit(&facts->distinct); /* sinks: an old one takes more */
        }
        size_t count = hash_plain(p, reader->limit, hashes);
        for (size_t i = 0; i < count; i++) {
            sketch_add(&facts->distinct, hashes[i]);
        }
        return;
    }
    size_t count = hash_plain(p, UINT64_MAX, hashes);
    if (facts->count[STATE_CLEAR] + reader->taken <= VALUE_COLUMN_MAX) {
        sketch_add_batch(&facts->distinct, hashes, count); /* of the first ones most are new */
        return;
    }
    for (size_t i = 0; i < count; i++) {
        distinct_counter_add_hash(p->how->distinct, facts, column->number, hashes[i]);
    }
}

static size_t count_plain(const struct value_column *values) {
    const uint64_t ones = UINT64_C(0x0101010101010101);
    size_t count = 0, i = 0;
    for (; i + sizeof ones <= values->count; i += sizeof ones) {
        uint64_t eight;
        memcpy(&eight, values->plain + i, sizeof eight);
        count += eight * ones >> 56;
    }
    for (; i < values->count; i++) {
        count += values->plain[i];
    }
    return count;
}

/* The row of each value: numbered only where somebody asks. */
static const uint32_t *rows_of(struct passing *p) {
    uint32_t *rows = p->columns->rows;
    for (size_t i = 0; p->every_row && i < p->columns->values.count; i++) {
        rows[i] = p->first_row + (uint32_t)i;
    }
    return rows;
}

/* The values read last, of the column at PLACE. Those that are not plain stay open. */
static bool take(struct passing *p, size_t place, const struct column *column,
                 struct reader *reader) {
    struct plain_columns *columns = p->columns;
    const struct value_column *values = &columns->values;
    size_t taken = count_plain(values), stride = p->segment->columns;
    if (taken != values->count || reader != column->readers) {
        const uint32_t *rows = rows_of(p);
        for (size_t i = 0; i < values->count; i++) {
            columns->open[rows[i] * stride + place] = !values->plain[i];
        }
    }
    reader->taken += taken;
    count_distinct(p, column, reader);
    if (!columns->dates.any) {
        return true;
    }
    if (p->every_row && columns->dates.stretch.alike && taken == values->count) {
        return column_dates_count_all(&columns->dates, taken, p->how->cuts, column->field,
                                      reader->facts->kind);
    }
    return column_dates_count(&columns->dates, rows_of(p), values->plain, values->count,
                              p->how->cuts, column->field, reader->facts->kind);
}

/* ---- a column of nothing in particular ---- */

static void count_cells(struct passing *p, struct column *column, size_t first, size_t end) {
    const struct segment *segment = p->segment;
    if ((segment->cell_flags & (CELL_UNFOLDED | CELL_NULL)) == 0) {
        column->cells += (end - first + segment->columns - 1) / segment->columns;
        return;
    }
    for (size_t i = first; i < end; i += segment->columns) {
        uint32_t flags = segment->cells[i].flags;
        bool unfolded = (flags & CELL_UNFOLDED) != 0;
        column->cells += !unfolded;
        column->empty += !unfolded && (flags & CELL_NULL) != 0;
    }
}

/* ---- all columns ---- */

/* Where plain values of KIND in the column go; NULL: the cells are read one by one, as long as
 * examples are wanted. */
static struct kind_facts *facts_of(const struct passing *p, struct live_field *field,
                                   unsigned kind) {
    for (uint32_t k = 0; p->how->kinds[kind]->read_plain != NULL && k < field->kind_count; k++) {
        struct kind_facts *facts = &field->kinds[k];
        if (facts->kind == kind) {
            return facts->example_count[STATE_CLEAR] >= p->how->examples ? facts : NULL;
        }
    }
    return NULL;
}

/* The kind tried first, then the one it stands aside for. */
static unsigned add_readers(const struct passing *p, const struct cell_plan *plan,
                            struct column *column) {
    int first = plan->part == PART_NONE ? plan->first_kind : -1;
    if (first < 0 || (plan->kinds >> first & 1) == 0) {
        return 0;
    }
    const char *aside = p->how->kinds[first]->stands_aside_for;
    int second = aside == NULL ? -1 : kind_list_number(p->how->kinds, aside);
    bool both = second >= 0 && (plan->kinds >> second & 1) != 0;
    unsigned count = 0;
    for (int i = 0; i < (both ? 2 : 1); i++) {
        unsigned kind = (unsigned)(i == 0 ? first : second);
        struct kind_facts *facts = facts_of(p, column->field, kind);
        if (facts != NULL) {
            column->readers[count++] = (struct reader){p->how->kinds[kind], facts, 0, 0};
        }
    }
    return count;
}

static struct column plan_column(const struct passing *p, struct live_fields *fields,
                                 uint32_t number) {
    const struct cell_plan *plan = &p->match->plans[number];
    struct column column = {.number = number,
                            .field = &fields->items[number],
                            .named = plan->named,
                            .counted = plan->kinds == 0 && plan->unnamed == 0};
    column.reader_count = add_readers(p, plan, &column);
    return column;
}

static void count_reader(struct column *column, const struct reader *reader) {
    uint32_t evidence = reader->pattern->plain_evidence;
    column->field->cells += reader->taken;
    reader->facts->count[STATE_CLEAR] += reader->taken;
    kind_facts_asked(reader->facts, STATE_CLEAR, reader->taken);
    reader->facts->evidence |= reader->taken != 0 ? evidence : 0;
    reader->facts->with_checksum += (evidence & EVIDENCE_CHECKSUM) != 0 ? reader->taken : 0;
    reader->facts->with_layout += (evidence & EVIDENCE_LAYOUT) != 0 ? reader->taken : 0;
}

static void count_column(struct column *column) {
    column->field->cells += column->cells;
    column->field->empty += column->empty;
    for (unsigned i = 0; i < column->reader_count; i++) {
        count_reader(column, &column->readers[i]);
    }
}

/* Cells that are read one by one. */
static void leave_open(struct passing *p, size_t first, size_t end) {
    for (size_t i = first; i < end; i += p->segment->columns) {
        p->columns->open[i] = 1;
    }
}

/* So many rows at a time that their cells and bytes stay in the nearest cache. */
static bool read_rows(struct passing *p, struct column *columns, size_t first, size_t end) {
    bool ok = true;
    size_t stride = p->segment->columns;
    if (p->columns->dates.any && stride != 0) {
        column_dates_stretch(&p->columns->dates, first / stride, (end - first) / stride);
    }
    for (size_t i = 0; ok && i < stride; i++) {
        struct column *column = &columns[i];
        if (column->counted) {
            count_cells(p, column, first + i, end);
        } else if (column->reader_count == 0) {
            leave_open(p, first + i, end);
        }
        for (unsigned r = 0; ok && r < column->reader_count; r++) {
            if (r != 0 || !gather_all(p, first + i, end)) {
                gather(p, first + i, end, r != 0);
            }
            p->columns->values.named = column->named;
            p->columns->values.isa = p->how->isa;
            column->readers[r].pattern->read_plain(&p->columns->values);
            ok = take(p, i, column, &column->readers[r]);
        }
    }
    return ok;
}

static bool prepare(struct plain_columns *columns, size_t cells,
                    const struct column_stretch *stretch) {
    enum { BEHIND = 8 };
    if (cells + BEHIND > columns->capacity) {
        uint8_t *bigger = realloc(columns->open, 2 * (cells + BEHIND));
        if (bigger == NULL) {
            return false;
        }
        columns->open = bigger;
        columns->capacity = 2 * (cells + BEHIND);
    }
    memset(columns->open, 1, stretch->first);
    memset(columns->open + stretch->first, 0, cells + BEHIND - stretch->first);
    memset(columns->open + stretch->end, 1, cells - stretch->end);
    return true;
}

bool plain_columns_read(struct plain_columns *columns, const struct segment *segment,
                        const struct match_result *match, const struct column_stretch *stretch,
                        const struct plain_reading *how) {
    struct passing p = {.columns = columns,
                        .segment = segment,
                        .match = match,
                        .how = how,
                        .pick = VARIANT_FOR(how->isa, sketch_pick)};
    struct column table[SEGMENT_COLUMNS_MAX];
    uint32_t last = 0;
    for (size_t i = 0; i < segment->columns; i++) {
        last = segment->cells[i].field > last ? segment->cells[i].field : last;
    }
    bool ok = prepare(columns, segment->cell_count, stretch) &&
              live_fields_at(how->fields, last) != NULL &&
              column_dates_read(&columns->dates, segment, match, how->cuts, &how->days);
    for (size_t i = 0; ok && i < segment->columns; i++) {
        table[i] = plan_column(&p, how->fields, segment->cells[i].field);
    }
    size_t rows = (size_t)segment->columns * VALUE_COLUMN_MAX;
    for (size_t first = stretch->first; ok && first < stretch->end; first += rows) {
        size_t left = stretch->end - first;
        ok = read_rows(&p, table, first, first + (left < rows ? left : rows));
    }
    for (size_t i = 0; ok && i < segment->columns; i++) {
        count_column(&table[i]);
    }
    return ok;
}
