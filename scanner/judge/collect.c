#include "judge/collect.h"

#include <stdlib.h>

#include "core/block64/bits.h"
#include "judge/date_text.h"
#include "judge/live_fields.h"
#include "judge/plain_columns.h"
#include "judge/position.h"
#include "judge/row_dates.h"
#include "judge/row_pieces.h"
#include "judge/row_records.h"
#include "judge/segment_value.h"

enum {
    INSPECTED_MIN = 8, /* shorter cells hold no value but their own */
    UNNAMED_MAX = 64,  /* bytes of a name or a date */
    ROW_LEVELS = 8,    /* of rows inside values inside rows */
    NO_KEY = CELL_NULL | CELL_TEXT | CELL_PARTIAL | CELL_HEX | CELL_ESCAPED,
};

struct collector {
    struct collect_settings settings;
    struct distinct_counter distinct;
    struct live_fields fields;
    struct text_buffer shown;
    struct text_buffer occurrences;
    struct value_scratch scratch;
    struct reading reading;
    struct row_pieces row;
    struct row_records records;
    struct row_dates dates[ROW_LEVELS];
    struct plain_columns columns;
};

/* What is going on in one segment. */
struct collecting {
    struct collector *collector;
    const struct segment *segment;
    const struct match_result *match;
    struct position position;
    struct row_dates *dates; /* of the rows of this segment; NULL: it has none */
    size_t claimed_until;    /* a confirmed value ends here: hits before it are parts of it */
    size_t next_hit, next_row;
    bool by_columns; /* cells that are not open in collector->columns need no look */
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

/* ---- one value ---- */

/* A place that is being read: a hit, or a whole cell. */
struct candidate {
    uint32_t offset, length;
    uint32_t cell; /* HIT_NO_CELL = none */
    bool whole;    /* the cell itself */
    bool unnamed;  /* whole, but no name speaks for the kind: only what shows its form counts */
    bool labelled;
    struct live_field *field;
    uint32_t field_number;
};

/* OUT knows its place. */
static void render(struct collecting *c, const struct pattern *pattern, const struct value *value,
                   const struct reading *reading, struct example *out) {
    struct collector *collector = c->collector;
    text_buffer_clear(&collector->shown);
    if (collector->settings.reveal) {
        text_buffer_put(&collector->shown, value->text);
    } else {
        pattern_show(pattern, value->text, &collector->shown);
    }
    position_copy_shown(text_buffer_view(&collector->shown), out->shown);
    if (collector->settings.key != NULL && collector->settings.fingerprints &&
        reading->state == STATE_CLEAR) {
        fingerprint_value(collector->settings.key, pattern->name, reading->normal,
                          out->fingerprint);
    }
}

static void put_occurrence(struct collecting *c, unsigned kind, const struct candidate *place,
                           const struct reading *reading, const struct example *example) {
    struct occurrence occurrence = {.field = place->field_number,
                                    .kind = (uint8_t)kind,
                                    .state = (uint8_t)reading->state,
                                    .evidence = reading->evidence |
                                                (place->labelled ? EVIDENCE_CONTEXT : 0U),
                                    .length = place->length,
                                    .column_in_line = position_column(&c->position, place->offset),
                                    .at = *example};
    wire_put_occurrence(&occurrence, &c->collector->occurrences);
}

static bool is_embedded(const struct collecting *c, const struct candidate *place) {
    if (place->whole || place->cell == HIT_NO_CELL) {
        return !place->whole;
    }
    return place->length + 2 < c->segment->cells[place->cell]
                                   .length; /* blanks or a sign around it do not make a text */
}

/* Values that are one person's, and that no test data need: not names, not what is made up. */
static bool tells_who(const struct pattern *pattern, const struct reading *reading) {
    return pattern->proves_itself && pattern->legal != LEGAL_NONE &&
           (reading->evidence & EVIDENCE_DUMMY) == 0;
}

static bool sample_value(const struct collector *collector, struct kind_facts *facts,
                         const struct reading *reading) {
    const struct reference *reference = collector->settings.reference;
    return !tells_who(collector->settings.kinds[facts->kind], reading) ||
           kind_facts_sample(facts, hash64(reading->normal, reference->key),
                             reference->writing ? REFERENCE_VALUES : REFERENCE_ASKED);
}

static void count_clear(struct collector *collector, struct kind_facts *facts,
                        const struct candidate *place, const struct reading *reading) {
    facts->dummies += (reading->evidence & EVIDENCE_DUMMY) != 0;
    facts->with_checksum += (reading->evidence & EVIDENCE_CHECKSUM) != 0;
    facts->with_layout += (reading->evidence & EVIDENCE_LAYOUT) != 0;
    distinct_counter_add(&collector->distinct, facts, place->field_number, reading->normal);
}

static bool count_hidden(struct kind_facts *facts, const struct reading *reading) {
    if (reading->residual != 0 &&
        (facts->residual_min == 0 || reading->residual < facts->residual_min)) {
        facts->residual_min = reading->residual;
    }
    facts->unproven[reading->state] += reading->evidence == 0 || reading->fits_others;
    return reading->form_len == 0 ||
           mask_forms_add(&facts->forms, bytes_of(reading->form, reading->form_len), 1);
}

/* What the value may show together with others of its row. */
static void put_aside(struct collecting *c, unsigned kind, const struct candidate *place,
                      const struct value *value, const struct reading *reading) {
    struct row_pieces *row = &c->collector->row;
    if (place->cell == HIT_NO_CELL || is_embedded(c, place)) {
        return;
    }
    if (reading->state == STATE_CLEAR) {
        if (row->proving) {
            row_pieces_clear(row, value->text, reading->normal);
        }
    } else if (reading->state == STATE_ENCRYPTED) {
        row_pieces_digest(row, place->field_number, value->text, place->field);
    } else {
        /* fields that were never looked at as whole cells may have no plan */
        enum value_part part =
            place->whole ? (enum value_part)c->match->plans[place->field_number].part : PART_NONE;
        row_pieces_masked(row, place->field_number, c->collector->settings.kinds[kind], kind,
                          value->text, part);
    }
}

static bool keep_example(struct kind_facts *facts, enum mask_state state,
                         const struct example *example, unsigned limit) {
    const bool ok = kind_facts_example(facts, state, example);
    if (facts->example_count[state] > limit) {
        facts->example_count[state] = (uint8_t)limit;
    }
    return ok;
}

/* Rare, and kept out of the way of what is done for every value. */
static __attribute__((noinline, cold)) bool
keep_value(struct collecting *c, struct kind_facts *facts, const struct candidate *place,
           const struct value *value, const struct reading *reading) {
    const struct collect_settings *settings = &c->collector->settings;
    const bool asked = facts->asked[reading->state] < EXAMPLES_KEPT;
    struct example rendered;
    rendered.shown[0] = rendered.fingerprint[0] = '\0';
    position_describe(&c->position, place->offset, place->cell, &rendered);
    facts->asked[reading->state] += asked;
    const bool wanted = asked && kind_facts_wants_example(facts, reading->state, rendered.offset,
                                                          rendered.row, settings->examples);
    if (!wanted && !settings->occurrences) {
        return true;
    }
    render(c, settings->kinds[facts->kind], value, reading, &rendered);
    if (settings->occurrences) {
        put_occurrence(c, facts->kind, place, reading, &rendered);
    }
    return !wanted || keep_example(facts, reading->state, &rendered, settings->examples);
}

static bool count_value(struct collecting *c, unsigned kind, const struct candidate *place,
                        const struct value *value, const struct reading *reading) {
    struct collector *collector = c->collector;
    struct kind_facts *facts = live_field_kind(place->field, kind);
    if (facts == NULL) {
        return false;
    }
    facts->count[reading->state]++;
    facts->evidence |= reading->evidence;
    facts->embedded += is_embedded(c, place);
    facts->with_context += place->labelled;
    bool ok = place->cell == HIT_NO_CELL || c->dates == NULL ||
              row_dates_value(c->dates, place->field_number, kind, reading->state);
    put_aside(c, kind, place, value, reading);
    if (reading->state == STATE_CLEAR) {
        count_clear(collector, facts, place, reading);
        ok &= collector->settings.reference == NULL || sample_value(collector, facts, reading);
        if (place->unnamed) {
            ok = kind_facts_group(
                facts, c->collector->settings.kinds[kind]->column_group(reading->normal), 1);
        }
    } else {
        ok &= count_hidden(facts, reading);
    }
    if (facts->asked[reading->state] < EXAMPLES_KEPT || collector->settings.occurrences) {
        ok = keep_value(c, facts, place, value, reading) && ok;
    }
    return ok;
}

enum outcome { NOT_TAKEN, TAKEN, OUT_OF_MEMORY };

static enum outcome try_kind(struct collecting *c, unsigned kind, const struct candidate *place,
                             const struct value *value) {
    struct reading *reading = &c->collector->reading;
    const struct mask_policy *policy = &c->collector->settings.policies[kind];
    enum read_result result =
        pattern_read(c->collector->settings.kinds[kind], value, policy, reading);
    if (result == READ_NO) {
        return NOT_TAKEN;
    }
    if (result == READ_SHAPED) {
        struct kind_facts *facts = live_field_kind(place->field, kind);
        if (facts == NULL) {
            return OUT_OF_MEMORY;
        }
        facts->shaped++;
        return NOT_TAKEN;
    }
    /* Hidden values that prove nothing count only where a name or a label speaks for the kind. */
    bool spoken_for = (place->whole && !place->unnamed) || place->labelled;
    if (!spoken_for && reading->state != STATE_CLEAR && reading->evidence == 0) {
        return NOT_TAKEN;
    }
    /* 檢查碼：2f4a…: a digest in running text may be of anything. */
    if (!place->whole && reading->state == STATE_ENCRYPTED) {
        return NOT_TAKEN;
    }
    return count_value(c, kind, place, value, reading) ? TAKEN : OUT_OF_MEMORY;
}

/* Try KINDS, FIRST (-1 = none) before the others. */
static enum outcome try_kinds(struct collecting *c, uint64_t kinds, int first,
                              const struct candidate *place, const struct value *value) {
    enum outcome outcome = NOT_TAKEN;
    if (first >= 0 && (kinds >> first & 1) != 0) {
        kinds &= ~(UINT64_C(1) << first);
        outcome = try_kind(c, (unsigned)first, place, value);
    }
    for (; kinds != 0 && outcome == NOT_TAKEN; kinds &= kinds - 1) {
        outcome = try_kind(c, (unsigned)__builtin_ctzll(kinds), place, value);
    }
    if (outcome == TAKEN) {
        c->claimed_until = (size_t)place->offset + place->length;
    }
    return outcome;
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
           try_kinds(c, hit->kinds & ~without, -1, &place, &value) != OUT_OF_MEMORY;
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
    enum outcome outcome = try_kinds(c, plan->kinds, plan->first_kind, &place, &value);
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
           try_kinds(c, c->match->plans[cell->field].unnamed, -1, &place, &value) != OUT_OF_MEMORY;
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
