/* guard.c - see the header. The pipeline pulls the stream through a tap, which keeps a copy of what
 * it read; behind every segment it is decided how much of that may go. */
#include "run/guard.h"

#include <stdlib.h>
#include <string.h>

#include "run/held_bytes.h"
#include "run/record_cut.h"
#include "run/unit_scan.h"
#include "run/workers/helper_desk.h"
#include "run/workers/helper_text.h"

enum {
    BLOCK_BYTES = 1024 * 1024,      /* so much is read between two looks … */
    TABLE_ROWS = 1000,              /* … and so many rows, or a block, of a table before any of it
                                       goes: they decide what columns without a name hold */
    BEHIND_BYTES = 8 * 1024 * 1024, /* content that decompressors and windows may have taken and
                                       not yet shown */
    MARKS_MAX = 4096,
};

/* When the stream had been read as far as `read`, so much of its content had been looked at. */
struct mark {
    uint64_t read, seen;
};

struct guard {
    const struct engine *engine;
    const struct scan_options *scan;
    const struct guard_options *options;
    struct run_info run;
    struct outlet *outlet;
    struct helper_desk desk;
    struct held_bytes held;
    struct pool_result found;
    struct unit_facts **tail;
    uint64_t seen;      /* bytes of content, of units that are over */
    uint64_t judged_at; /* seen, when it was judged last */
    uint64_t news;      /* of the open unit, then */
    /* a compressed stream */
    struct mark *marks; /* oldest first */
    size_t mark_count;
    /* plain records: the table that is being read */
    uint32_t table;
    uint64_t table_place, last_record, last_row;
    enum guard_verdict verdict; /* once it is stopped */
    bool stopped;
    struct error failure; /* of holding or passing on */
};

bool guard_tells_early(const struct rule *rule) {
    if (rule->scope == SCOPE_UNIT || rule->scope == SCOPE_RUN) {
        return false;
    }
    for (unsigned i = 0; i < rule->clause_count; i++) {
        const struct rule_clause *clause = &rule->clauses[i];
        bool wide = clause->finds != FINDING_NONE || clause->ages ||
                    clause->least_rows + clause->least_people > 0 ||
                    (clause->together != 0 && clause->within != WITHIN_ROW);
        if (!wide) {
            return true;
        }
    }
    return false;
}

const char *guard_verdict_name(enum guard_verdict verdict) {
    static const char *const names[] = {
        [GUARD_PASSED] = "passed",         [GUARD_REPORTED] = "reported",
        [GUARD_STOPPED] = "stopped",       [GUARD_WITHHELD] = "withheld",
        [GUARD_UNREADABLE] = "unreadable", [GUARD_WRITE] = "not-written"};
    return names[verdict];
}

const char *guard_mode_name(enum guard_mode mode) {
    static const char *const names[] = {
        [GUARD_RECORDS] = "records", [GUARD_HOLD] = "hold", [GUARD_REPORT] = "report-only"};
    return names[mode];
}

/* ---- the tap ---- */

struct tap {
    struct byte_source base;
    struct byte_source *inner;
    struct guard *guard;
};

/* With too many marks every second one goes: what is left says the same, a little later. */
static void add_mark(struct guard *guard) {
    if (guard->mark_count == MARKS_MAX) {
        for (size_t i = 0; i < MARKS_MAX / 2; i++) {
            guard->marks[i] = guard->marks[2 * i];
        }
        guard->mark_count = MARKS_MAX / 2;
    }
    guard->marks[guard->mark_count++] = (struct mark){guard->held.end, guard->seen};
}

static int64_t tap_read(struct byte_source *source, void *buffer, size_t capacity,
                        struct error *err) {
    struct guard *guard = ((struct tap *)source)->guard;
    if (guard->failure.code != 0) {
        *err = guard->failure;
        return err->code;
    }
    add_mark(guard);
    int64_t got = byte_source_read(((struct tap *)source)->inner, buffer, capacity, err);
    if (got <= 0) {
        return got;
    }
    int code = held_bytes_add(&guard->held, buffer, (size_t)got, &guard->failure);
    if (code == 0 && guard->options->mode == GUARD_REPORT) {
        code = held_bytes_release(&guard->held, guard->held.end, &guard->failure);
    }
    if (code < 0) {
        *err = guard->failure;
        return code;
    }
    return got;
}

static void tap_close(struct byte_source *source) {
    byte_source_close(((struct tap *)source)->inner);
    free(source);
}

/* No random access: everything is read once, in order. */
static struct byte_source *tap_new(void *context, struct byte_source *source) {
    static const struct byte_source_ops ops = {.read = tap_read, .close = tap_close};
    struct tap *tap = calloc(1, sizeof *tap);
    if (tap == NULL) {
        byte_source_close(source);
        return NULL;
    }
    *tap = (struct tap){{.ops = &ops, .size = UINT64_MAX}, source, context};
    return &tap->base;
}

/* ---- how far the stream may go ---- */

/* Are places in the unit those of the stream? */
static bool is_plain(const struct guard *guard, const struct unit_reading *reading) {
    return !reading->copied && (reading->segment->flags & SEGMENT_NO_OFFSETS) == 0 &&
           bytes_equal(reading->facts->path, bytes_of_string(guard->options->name));
}

static bool is_json(const struct unit_reading *reading) {
    return strncmp(reading->facts->format, "json", 4) == 0;
}

static uint32_t table_of(const struct unit_reading *reading, size_t row) {
    const struct segment *segment = reading->segment;
    uint32_t cell = segment->rows[row].first_cell;
    return cell >= segment->cell_count
               ? UINT32_MAX
               : field_set_field(reading->fields, segment->cells[cell].field)->table;
}

/* Where the record of row mark ROW begins; it may be the one that the last segment ended with. */
static uint64_t record_place(const struct guard *guard, const struct unit_reading *reading,
                             size_t row) {
    bool goes_on = row == 0 && reading->segment->rows[0].row == guard->last_row &&
                   table_of(reading, 0) == guard->table;
    return goes_on ? guard->last_record : record_begins(reading->segment, row, is_json(reading));
}

/* Note the last record, and where its table began, if it did in this segment. */
static void follow_rows(struct guard *guard, const struct unit_reading *reading) {
    const struct segment *segment = reading->segment;
    if (segment->row_count == 0) {
        return;
    }
    size_t last = segment->row_count - 1, first = last;
    uint32_t table = table_of(reading, last);
    uint64_t last_record = record_place(guard, reading, last);
    if (table != guard->table) {
        while (first > 0 && table_of(reading, first - 1) == table) {
            first--;
        }
        guard->table_place = record_place(guard, reading, first);
    }
    guard->table = table;
    guard->last_record = last_record;
    guard->last_row = segment->rows[last].row;
}

/* Plain text: whole records, and of a table nothing before its columns are decided. */
static uint64_t plain_limit(struct guard *guard, const struct unit_reading *reading) {
    const struct segment *segment = reading->segment;
    uint64_t end = segment_place(segment, segment->end), limit;
    if (segment->row_count > 0) {
        bool decided = segment->rows[segment->row_count - 1].row >= TABLE_ROWS ||
                       end - guard->table_place >= BLOCK_BYTES;
        limit = decided ? guard->last_record : guard->table_place;
    } else {
        uint64_t line;
        limit = line_begins(segment, end, &line)                   ? line
                : end - guard->held.begin >= (uint64_t)BLOCK_BYTES ? end
                                                                   : guard->held.begin;
    }
    return limit;
}

/* A compressed stream or an archive: what was read long enough ago to have been looked at. */
static uint64_t packed_limit(const struct guard *guard, uint64_t seen) {
    uint64_t limit = guard->held.begin;
    for (size_t i = 0; i < guard->mark_count; i++) {
        if (guard->marks[i].seen + BEHIND_BYTES <= seen) {
            limit = guard->marks[i].read;
        }
    }
    return limit;
}

static void drop_marks(struct guard *guard) {
    size_t passed = 0;
    while (passed < guard->mark_count && guard->marks[passed].read <= guard->held.begin) {
        passed++;
    }
    memmove(guard->marks, guard->marks + passed,
            (guard->mark_count - passed) * sizeof *guard->marks);
    guard->mark_count -= passed;
}

/* ---- the look ---- */

/* Where the record begins that breaks a rule; what is held from there on stays. */
static uint64_t cut_before(const struct guard *guard, const struct unit_reading *reading,
                           uint64_t place) {
    const struct segment *segment = reading->segment;
    uint64_t cut = guard->held.begin;
    if (!is_plain(guard, reading) || place < segment_place(segment, segment->begin)) {
        return cut; /* all that is held */
    }
    size_t row = record_at(segment, place);
    if (row != SIZE_MAX && segment->cell_count > 0 && (segment->flags & SEGMENT_FREE_TEXT) == 0) {
        cut = record_place(guard, reading, row);
    } else if (!line_begins(segment, place, &cut)) {
        cut = guard->held.begin;
    }
    return cut;
}

/* The first place at which a rule is broken that is told early; UINT64_MAX: none is. What has no
 * place is everywhere. */
static uint64_t first_breach(const struct results *results) {
    uint64_t place = UINT64_MAX;
    for (size_t i = 0; i < results->violation_count; i++) {
        const struct violation *violation = &results->violations[i];
        if (!violation_fails(&results->run, violation) || !guard_tells_early(violation->rule)) {
            continue;
        }
        uint64_t first = violation->example_count == 0 ? 0 : UINT64_MAX;
        for (unsigned e = 0; e < violation->example_count; e++) {
            uint64_t offset = violation->examples[e]->offset;
            offset = offset == UINT64_MAX ? 0 : offset;
            first = offset < first ? offset : first;
        }
        place = first < place ? first : place;
    }
    return place;
}

static int stop(struct guard *guard, enum guard_verdict verdict, uint64_t cut, struct error *err) {
    guard->stopped = true;
    guard->verdict = verdict;
    int code = held_bytes_release(&guard->held, cut, &guard->failure);
    return code < 0 ? error_set(err, code, "%s", guard->failure.text)
                    : error_set(err, YINMA_E_CANCELLED, "stopped");
}

static int look(struct guard *guard, const struct unit_reading *reading, struct error *err) {
    struct unit_facts view;
    struct results results = {0};
    int code = unit_reading_view(reading, &view, err);
    if (code == 0) {
        code = scan_judge_view(guard->engine, guard->scan, &guard->run, &view, &results, err);
    }
    uint64_t place = code == 0 ? first_breach(&results) : UINT64_MAX;
    bool unread = code == 0 && unit_result_incomplete(&results.units[0]);
    scan_release_view(&results);
    unit_reading_release(&view);
    if (code < 0) {
        return code;
    }
    if (place != UINT64_MAX) {
        return stop(guard, GUARD_STOPPED, cut_before(guard, reading, place), err);
    }
    return unread ? stop(guard, GUARD_UNREADABLE, guard->held.begin, err) : 0;
}

static int on_segment(void *context, const struct unit_reading *reading, struct error *err) {
    struct guard *guard = context;
    if (guard->options->mode != GUARD_RECORDS) {
        return 0;
    }
    bool plain = is_plain(guard, reading);
    uint64_t seen = guard->seen + reading->facts->bytes, news = unit_reading_news(reading);
    bool due = news != guard->news || seen - guard->judged_at >= BLOCK_BYTES;
    int code = due ? look(guard, reading, err) : 0;
    if (plain) {
        follow_rows(guard, reading);
    }
    if (!due || code < 0) {
        return code;
    }
    guard->news = news;
    guard->judged_at = seen;
    uint64_t limit = plain             ? plain_limit(guard, reading)
                     : reading->copied ? guard->held.begin
                                       : packed_limit(guard, seen);
    code = held_bytes_release(&guard->held, limit, &guard->failure);
    drop_marks(guard);
    return code < 0 ? error_set(err, YINMA_E_CANCELLED, "%s", guard->failure.text) : 0;
}

static int on_done(void *context, struct unit_facts *facts, struct error *err) {
    struct guard *guard = context;
    (void)err;
    guard->seen += facts->bytes;
    guard->news = 0;
    *guard->tail = facts;
    guard->tail = &facts->next;
    guard->found.unit_count++;
    return 0;
}

static bool on_progress(void *context, uint64_t bytes) {
    struct guard *guard = context;
    guard->found.bytes_read += bytes;
    return guard->failure.code != 0;
}

static struct byte_source *on_pdf_text(void *context, struct byte_source *data,
                                       struct input_budget *budget, struct error *err) {
    struct guard *guard = context;
    if (guard->desk.pid == 0 && helper_desk_start(&guard->desk, err) != 0) {
        return NULL;
    }
    return helper_text_open(guard->desk.asking, HELPER_PDF_TEXT, data, budget, err);
}

/* ---- the whole ---- */

static int pass(struct guard *guard, struct error *err) {
    const struct guard_options *options = guard->options;
    struct pipeline *pipeline = pipeline_new(guard->engine);
    if (pipeline == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for the guard");
    }
    char *name = (char *)(uintptr_t)options->name; /* only read */
    const struct work_item item = {.type = ITEM_DESCRIPTOR,
                                   .named = true,
                                   .descriptor = options->in,
                                   .name = name,
                                   .path = name};
    const struct unit_sink sink = {.context = guard,
                                   .done = on_done,
                                   .progress = on_progress,
                                   .segment = on_segment,
                                   .pdf_text = on_pdf_text,
                                   .tap = tap_new};
    int code = pipeline_scan(pipeline, &item, &sink, err);
    pipeline_free(pipeline);
    return code == YINMA_E_CANCELLED ? 0 : code;
}

/* All of it was read and judged, or it was stopped: what becomes of the rest? */
static void settle(struct guard *guard, struct results *results) {
    int *status = &results->summary.status;
    if (guard->stopped) {
        *status = guard->verdict == GUARD_STOPPED || *status == 1 ? 1 : 3;
    } else if (guard->options->mode == GUARD_REPORT) {
        guard->verdict = GUARD_REPORTED;
    } else if (*status == 0) {
        guard->verdict = GUARD_PASSED;
        held_bytes_release(&guard->held, guard->held.end, &guard->failure);
    } else {
        guard->verdict = *status == 1 ? GUARD_WITHHELD : GUARD_UNREADABLE;
    }
}

int guard_run(const struct engine *engine, const struct scan_options *scan,
              const struct guard_options *options, struct guard_outcome *outcome,
              struct results *results, struct error *err) {
    struct guard guard = {.engine = engine, .scan = scan, .options = options, .table = UINT32_MAX};
    guard.desk.orders = guard.desk.asking = -1;
    *outcome = (struct guard_outcome){.mode = options->mode, .verdict = GUARD_UNREADABLE};
    guard.tail = &guard.found.units;
    guard.held.spool_max = engine->limits.max_spool;
    guard.marks = calloc(MARKS_MAX, sizeof *guard.marks);
    int code = guard.marks == NULL ? error_set(err, YINMA_E_MEMORY, "no memory for the guard")
                                   : scan_describe(engine, scan, &guard.run, err);
    code = code == 0 ? helper_desk_open(&guard.desk, err) : code;
    code = code == 0 ? outlet_new(options->out, options->digest, &guard.outlet, err) : code;
    guard.held.outlet = guard.outlet;
    if (code == 0) {
        code = pass(&guard, err);
    }
    if (code == 0 && guard.failure.code != 0 && guard.failure.code != YINMA_E_IO) {
        code = error_set(err, guard.failure.code, "%s", guard.failure.text);
    }
    if (code == 0) {
        code = scan_judge(engine, scan, &guard.found, results, err);
    }
    if (code == 0) {
        settle(&guard, results);
    }
    if (guard.outlet != NULL) {
        outcome->read = guard.held.end;
        held_bytes_forget(&guard.held);
        outlet_finish(guard.outlet, &outcome->passed);
    }
    outcome->verdict = outcome->passed.os_errno != 0 ? GUARD_WRITE : guard.verdict;
    helper_desk_close(&guard.desk);
    free(guard.marks);
    pool_result_release(&guard.found);
    struct results described = {.run = guard.run};
    results_release(&described);
    return code;
}
