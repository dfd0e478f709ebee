#include "judge/collect/collect.h"

#include <stdlib.h>

#include "core/block64/bits.h"
#include "judge/collect/collect_value.h"
#include "judge/dates/date_text.h"

enum {
    INSPECTED_MIN = 8, /* shorter cells hold no value but their own */
    UNNAMED_MAX = 64,  /* bytes of a name or a date */
    NO_KEY = CELL_NULL | CELL_TEXT | CELL_PARTIAL | CELL_HEX | CELL_ESCAPED,
};

struct collector *collector_new(const struct collect_settings *settings) {
    struct collector *collector = calloc(1, sizeof *collector);
    if (collector != NULL) {
        collector->settings = *settings;
        collector->settings.examples = settings->examples == 0 ? EXAMPLES_KEPT : settings->examples;
        collector->distinct.seed = hash64_seed(settings->key == NULL ? 0 : settings->key->hash_key);
        collector->row.seed = collector->distinct.seed;
        collector->records.seed = collector->distinct.seed;
        collector->fields.wide = settings->wide;
        text_buffer_init(&collector->shown, 0);
        text_buffer_init(&collector->occurrences, 0);
    }
    return collector;
}

void collector_free(struct collector *collector) {
    if (collector != NULL) {
        live_fields_release(&collector->fields);
        plain_columns_release(&collector->columns);
        text_buffer_release(&collector->shown);
        text_buffer_release(&collector->occurrences);
        for (unsigned level = 0; level < ROW_LEVELS; level++) {
            row_dates_release(&collector->dates[level]);
        }
        free(collector);
    }
}

void collector_begin(struct collector *collector) {
    distinct_counter_forget(&collector->distinct);
    live_fields_clear(&collector->fields);
    row_pieces_start(&collector->row);
    row_records_start(&collector->records);
    for (unsigned level = 0; level < ROW_LEVELS; level++) {
        row_dates_start(&collector->dates[level]);
    }
}

/* WITHOUT: kinds that the whole cell was tried for already. */
static bool read_hit(struct collecting *c, const struct hit *hit, uint64_t without) {
    struct candidate place = {.offset = hit->offset,
                              .length = hit->length,
                              .cell = hit->cell,
                              .labelled = hit->labelled,
                              .field = live_fields_at(&c->collector->fields, hit->field),
                              .field_number = hit->field};
    if (place.field == NULL) {
        return false;
    }
    struct value value;
    value_of_hit(&c->collector->scratch, c->segment, hit, &value);
    place.labelled &= value.named || hit->loose;
    return value.text.len == 0 ||
           collect_value(c, hit->kinds & ~without, -1, &place, &value) != OUT_OF_MEMORY;
}

/* The name of the column promised a kind and the value is none of it: what else is in the cell? */
static bool inspect_cell(struct collecting *c, uint32_t index, uint64_t tried) {
    const struct cell *cell = &c->segment->cells[index];
    const struct hit *hits;
    size_t count;
    bool ok = c->match->inspect(c->match->inspect_context, index, &hits, &count) == 0;
    for (size_t i = 0; ok && i < count; i++) {
        bool same = hits[i].length == cell->length;
        if (hits[i].offset >= c->claimed_until) {
            ok = read_hit(c, &hits[i], same ? tried : 0);
        }
    }
    return ok;
}

static bool read_cell(struct collecting *c, uint32_t index, struct live_field *field) {
    const struct cell *cell = &c->segment->cells[index];
    const struct cell_plan *plan = &c->match->plans[cell->field];
    struct candidate place = {.offset = cell->offset,
                              .length = cell->length,
                              .cell = index,
                              .whole = true,
                              .field = field,
                              .field_number = cell->field};
    struct value value;
    value_of_cell(&c->collector->scratch, c->segment, c->match, cell, &value);
    if (value.text.len == 0) {
        field->empty++;
        return true;
    }
    enum outcome outcome = collect_value(c, plan->kinds, plan->first_kind, &place, &value);
    if (outcome == NOT_TAKEN && plan->part != PART_NONE && plan->first_kind >= 0) {
        row_pieces_masked(&c->collector->row, cell->field,
                          c->collector->settings.kinds[plan->first_kind],
                          (unsigned)plan->first_kind, value.text, (enum value_part)plan->part);
    }
    if (outcome == NOT_TAKEN && cell->length >= INSPECTED_MIN) {
        return inspect_cell(c, index, plan->kinds);
    }
    return outcome != OUT_OF_MEMORY;
}

/* A cell of a column without a name, in which nothing proved itself: it is tried for kinds that
 * only the whole column can prove. */
static bool read_unnamed_cell(struct collecting *c, uint32_t index, struct live_field *field) {
    const struct cell *cell = &c->segment->cells[index];
    struct candidate place = {.offset = cell->offset,
                              .length = cell->length,
                              .cell = index,
                              .whole = true,
                              .unnamed = true,
                              .field = field,
                              .field_number = cell->field};
    struct value value;
    value_of_cell(&c->collector->scratch, c->segment, c->match, cell, &value);
    return value.text.len == 0 || value.text.len > UNNAMED_MAX ||
           collect_value(c, c->match->plans[cell->field].unnamed, -1, &place, &value) !=
               OUT_OF_MEMORY;
}

/* See cell_day_fn. */
static int32_t day_of_cell(void *context, const struct cell *cell) {
    const struct collecting *c = context;
    const int32_t zone = c->collector->settings.zone_seconds;
    if ((cell->flags & (CELL_NULL | CELL_TEXT | CELL_UNFOLDED)) != 0 ||
        cell->length > DATE_TEXT_MAX) {
        return DAY_NONE;
    }
    struct bytes text = bytes_of(c->segment->bytes + cell->offset, cell->length);
    int32_t day = date_text_read(text, zone);
    bool folds = bits_any(c->match->high, cell->offset - c->match->sets_base, cell->length);
    if (day == DAY_NONE && (folds || (cell->flags & (CELL_ESCAPED | CELL_HEX)) != 0)) {
        struct value value;
        value_of_cell(&c->collector->scratch, c->segment, c->match, cell, &value);
        day = date_text_read(value.text, zone);
    }
    return day;
}

/* A cell of a date column may say how old its row is. */
static void read_date(struct collecting *c, const struct cell *cell) {
    const uint8_t rank = c->match->plans[cell->field].date_rank;
    if (c->dates != NULL && row_dates_wants(c->dates, rank, cell->field)) {
        row_dates_day(c->dates, rank, cell->field, day_of_cell(c, cell));
    }
}

/* The rows of values inside values are read between those of the data. */
static struct row_dates *dates_of_segment(struct collector *collector,
                                          const struct segment *segment) {
    unsigned level = 0;
    for (const struct segment *outer = segment->outer; outer != NULL; outer = outer->outer) {
        level++;
    }
    return segment->row_count == 0 || level >= ROW_LEVELS ? NULL : &collector->dates[level];
}

/* Is nothing left to read in the cell: it is a segment of its own, or a value was found that is all
 * of it? */
static bool is_closed(const struct collecting *c, uint32_t cell) {
    if (cell == HIT_NO_CELL) {
        return false;
    }
    const struct cell *in = &c->segment->cells[cell];
    return (in->flags & CELL_UNFOLDED) != 0 ||
           (c->by_columns && c->collector->columns.open[cell] == 0 &&
            c->match->plans[in->field].kinds != 0);
}

/* The cells of the row before mark END (row_count: the last one) that tell it apart. Looked for
 * only where something is to be put together with other rows. */
static __attribute__((noinline)) void note_keys(struct collecting *c, size_t end) {
    const struct segment *segment = c->segment;
    size_t cell = end == 0 ? 0 : segment->rows[end - 1].first_cell;
    size_t last = end < segment->row_count ? segment->rows[end].first_cell : segment->cell_count;
    for (; cell < last; cell++) {
        const struct cell *key = &segment->cells[cell];
        if ((key->flags & NO_KEY) == 0 && c->match->plans[key->field].key) {
            row_pieces_key(&c->collector->row, key->field,
                           bytes_of(segment->bytes + key->offset, key->length));
        }
    }
}

/* The row that CELL stands in begins, if it has not yet; rows without a cell of interest are passed
 * over. */
static bool reach_row(struct collecting *c, size_t cell) {
    const struct segment *segment = c->segment;
    size_t before = c->next_row;
    while (c->next_row < segment->row_count && segment->rows[c->next_row].first_cell <= cell) {
        c->next_row++;
    }
    if (c->next_row == before) {
        return true;
    }
    struct collector *collector = c->collector;
    if (collector->row.piece_count != 0) {
        note_keys(c, before);
    }
    uint64_t row = segment_row(segment, c->next_row - 1);
    uint32_t table = c->match->plans[segment->cells[cell].field].table;
    if (c->dates != NULL &&
        !row_dates_begin(c->dates, row, table, collector->settings.cuts, &collector->fields)) {
        return false;
    }
    if (c->by_columns && c->dates != NULL && collector->columns.dates.any) {
        const struct row_day *known = &collector->columns.dates.rows[c->next_row - 1];
        row_dates_day(c->dates, known->rank, known->field,
                      known->rank == 0 ? DAY_NONE : known->day);
    }
    return row_pieces_begin(&collector->row, row, collector->settings.policies, &collector->fields);
}

static bool read_hits_before(struct collecting *c, size_t offset) {
    bool ok = true;
    while (ok && c->next_hit < c->match->count && c->match->hits[c->next_hit].offset < offset) {
        const struct hit *hit = &c->match->hits[c->next_hit++];
        if (hit->offset >= c->claimed_until && !is_closed(c, hit->cell)) {
            ok = (hit->cell == HIT_NO_CELL || reach_row(c, hit->cell)) && read_hit(c, hit, 0);
        }
    }
    return ok;
}

static bool read_any_cell(struct collecting *c, size_t index) {
    const struct cell *cell = &c->segment->cells[index];
    struct live_fields *fields = &c->collector->fields;
    if (live_fields_at(fields, cell->field) == NULL || !read_hits_before(c, cell->offset) ||
        !reach_row(c, index)) {
        return false;
    }
    if ((cell->flags & CELL_UNFOLDED) != 0) {
        return true;
    }
    struct live_field *field = &fields->items[cell->field]; /* a hit may have made more fields */
    const struct cell_plan *plan = &c->match->plans[cell->field];
    field->cells++;
    if (plan->date_rank != 0) {
        read_date(c, cell);
    }
    if ((cell->flags & CELL_NULL) != 0) {
        field->empty++;
    } else if ((cell->flags & CELL_TEXT) == 0 && plan->kinds != 0) {
        return read_cell(c, (uint32_t)index, field);
    } else if ((cell->flags & CELL_TEXT) == 0 && plan->unnamed != 0) {
        return read_hits_before(c, (size_t)cell->offset + cell->length) &&
               (c->claimed_until > cell->offset ||
                read_unnamed_cell(c, (uint32_t)index, &fields->items[cell->field]));
    }
    return true;
}

/* The last row may go on in the next segment, its key may not. */
static bool leave_row_open(struct collecting *c) {
    const struct segment *segment = c->segment;
    if (segment->outer != NULL || segment->row_count == 0 || segment->cell_count == 0) {
        return true;
    }
    bool ok = reach_row(c, segment->cell_count - 1);
    note_keys(c, segment->row_count);
    row_pieces_keep_keys(&c->collector->row);
    return ok;
}

/* Cells up to the one at END that nobody has read. */
static bool read_cells(struct collecting *c, size_t from, size_t end) {
    const struct plain_columns *columns = &c->collector->columns;
    bool ok = true;
    for (size_t i = from; ok && i < end; i++) {
        i = c->by_columns ? plain_columns_next(columns, i, end) : i;
        ok = i == end || read_any_cell(c, i);
    }
    return ok;
}

/* What STRETCH leaves out is read one by one; what stands before it first, so that examples are met
 * in order. */
static bool read_columns(struct collecting *c, const struct column_stretch *stretch) {
    struct collector *collector = c->collector;
    const struct plain_reading how = {.isa = collector->settings.ops->isa,
                                      .kinds = collector->settings.kinds,
                                      .examples = collector->settings.examples,
                                      .cuts = collector->settings.cuts,
                                      .distinct = &collector->distinct,
                                      .fields = &collector->fields,
                                      .days = {day_of_cell, c, collector->settings.zone_seconds}};
    bool ok = read_cells(c, 0, stretch->first);
    c->by_columns = true;
    return ok && plain_columns_read(&collector->columns, c->segment, c->match, stretch, &how) &&
           read_cells(c, stretch->first, c->segment->cell_count);
}

static bool read_segment(struct collecting *c) {
    struct collector *collector = c->collector;
    struct column_stretch stretch = {0, 0};
    if (!collector->settings.occurrences && collector->settings.reference == NULL &&
        c->dates != NULL) {
        stretch = column_stretch_of(c->segment, c->match, &collector->scratch,
                                    collector->settings.examples);
    }
    bool ok = stretch.end > stretch.first ? read_columns(c, &stretch)
                                          : read_cells(c, 0, c->segment->cell_count);
    return ok && read_hits_before(c, SIZE_MAX) && leave_row_open(c);
}

int collector_segment(struct collector *collector, const struct segment *segment,
                      const struct match_result *match, struct bytes *occurrences_out,
                      struct error *err) {
    struct collecting c = {.collector = collector,
                           .segment = segment,
                           .match = match,
                           .dates = dates_of_segment(collector, segment)};
    position_start(&c.position, segment, collector->settings.ops);
    text_buffer_clear(&collector->occurrences);
    bool sampled = !collector->settings.records || segment->outer != NULL ||
                   row_records_segment(&collector->records, segment, match, &collector->fields);
    if (!sampled || !read_segment(&c) || collector->occurrences.failed) {
        return error_set(err, YINMA_E_MEMORY, "out of memory while counting values");
    }
    *occurrences_out = text_buffer_view(&collector->occurrences);
    return 0;
}

int collector_quiet(struct collector *collector, const struct quiet_cells *cells, size_t count,
                    struct error *err) {
    for (size_t i = 0; i < count; i++) {
        struct live_field *field = live_fields_at(&collector->fields, cells[i].field);
        if (field == NULL) {
            return error_set(err, YINMA_E_MEMORY, "out of memory while counting values");
        }
        field->cells += cells[i].count;
    }
    return 0;
}

int collector_finish(struct collector *collector, const struct collect_finish *finish,
                     struct unit_facts *unit, struct error *err) {
    bool ok = row_pieces_end(&collector->row, collector->settings.policies, &collector->fields) &&
              row_records_end(&collector->records, &collector->fields);
    for (unsigned level = 0; ok && level < ROW_LEVELS; level++) {
        ok = row_dates_finish(&collector->dates[level], collector->settings.cuts,
                              &collector->fields);
    }
    if (!ok) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the facts of a unit");
    }
    return live_fields_move(&collector->fields, finish, unit, err);
}

uint64_t collector_news(const struct collector *collector) {
    return live_fields_news(&collector->fields);
}

int collector_view(struct collector *collector, const struct collect_finish *finish,
                   struct unit_facts *unit, struct error *err) {
    return live_fields_view(&collector->fields, finish, unit, err);
}
