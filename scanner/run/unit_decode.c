#include "run/unit_decode.h"

#include "run/layouts/layouts.h"
#include "run/name_question.h"
#include "run/pieces/gate.h"
#include "run/trailer.h"
#include "run/unit_content.h"
#include "run/unit_end.h"

/* One open decoder and what belongs to it. */
struct decoding {
    struct unit_scan *scan;
    const struct unit_scan_input *input;
    const struct decoder *decoder;
    const struct transcoding *text; /* NULL: the bytes are read as they are */
    void *state;
    struct field_set *fields;
    struct decode_report report;
    struct trailer trailer;
    struct piece_gate gate;
};

static int read_segment(struct decoding *d, const struct segment *segment, struct error *err) {
    struct match_result match;
    struct bytes occurrences = {NULL, 0};
    int status = match_segment(d->scan->match, segment, d->fields, &match, err);
    if (status == 0) {
        status = collector_segment(d->scan->collector, segment, &match, &occurrences, err);
    }
    if (status == 0 && d->scan->seeker != NULL) {
        status = seeker_segment(d->scan->seeker, segment, &match, err);
    }
    if (status == 0 && segment->outer == NULL) {
        status = quiet_lines_learn(d->scan->quiet, segment, &match, err);
    }
    if (status == 0 && occurrences.len != 0) {
        status = d->input->sink->occurrences(d->input->sink->context, occurrences, err);
    }
    return status;
}

/* SEGMENT, then what its cells hold, then what the cells of that hold. What comes out of a segment
 * points to it, so each level keeps its own. */
static int pass_segment(struct decoding *d, const struct segment *segment, struct error *err) {
    struct segment levels[UNFOLD_LEVELS + 1], marked;
    const struct segment *content = segment;
    int status = 0, more = 1;
    for (unsigned level = 0; status == 0 && more > 0; level++) {
        levels[level] = *content;
        segment_describe(&levels[level]);
        more = unfold_segment(d->scan->unfold, level, &levels[level], &marked, &content, err);
        if (more > 0) {
            marked.described = false;
            segment_describe(&marked);
        }
        status = more < 0 ? more : read_segment(d, more > 0 ? &marked : &levels[level], err);
    }
    return status;
}

/* All but its quiet end, of which only the cells are counted. */
static int pass_lively(struct decoding *d, const struct segment *segment, struct error *err) {
    struct segment lively = *segment;
    lively.end -= segment->quiet;
    int status =
        lively.begin < lively.end || segment->quiet == 0 ? pass_segment(d, &lively, err) : 0;
    return status == 0 && segment->quiet != 0
               ? collector_quiet(d->scan->collector, segment->quiet_cells,
                                 segment->quiet_cell_count, err)
               : status;
}

static int tell_of_segment(struct decoding *d, const struct segment *segment,
                           const struct unit_facts *facts, struct error *err) {
    const struct unit_sink *sink = d->input->sink;
    if (sink->segment == NULL) {
        return 0;
    }
    const struct unit_reading reading = {.facts = facts,
                                         .segment = segment,
                                         .fields = d->fields,
                                         .copied = d->input->budget->spooled_bytes != 0,
                                         .scan = d->scan};
    return sink->segment(sink->context, &reading, err);
}

/* Does the unit go on in another piece? Then nothing is to be said about its end. */
static bool goes_on(const struct unit_scan_input *input) {
    return input->cut != NULL && !input->cut->last;
}

/* The first and the last line of the unit are looked at; of a piece only when it holds the last. */
static void feed_trailer(struct decoding *d, struct bytes text) {
    if (!goes_on(d->input)) {
        trailer_add(&d->trailer, text);
    }
}

/* Only the last piece of a dump knows both its edges. */
static bool tells_dates(const struct decoding *d) {
    return d->scan->dates.log || !goes_on(d->input);
}

static int pass_segments(struct decoding *d, struct unit_facts *facts, struct error *err) {
    struct segment segment;
    int more;
    while ((more = d->decoder->next(d->state, &segment, err)) > 0) {
        struct bytes text = bytes_of(segment.bytes + segment.begin, segment.end - segment.begin);
        int own = piece_gate_pass(&d->gate, &segment, err);
        if (own <= 0) {
            if (own < 0) {
                return own;
            }
            feed_trailer(d, text);
            if (d->scan->dates.dump && tells_dates(d)) {
                unit_dates_feed(&d->scan->dates, text, segment.width_rule);
            }
            continue;
        }
        text = bytes_of(segment.bytes + segment.begin, segment.end - segment.begin);
        if (tells_dates(d)) {
            unit_dates_feed(&d->scan->dates, text, segment.width_rule);
        }
        int status = pass_lively(d, &segment, err);
        if (status != 0) {
            return status;
        }
        if ((segment.flags & SEGMENT_AGAIN) == 0) {
            feed_trailer(d, text);
            facts->bytes = d->gate.cut != NULL
                               ? d->gate.bytes /* which were counted there */
                               : facts->bytes + width_before(segment.width_rule, text);
        }
        status = unit_report_progress(d->input, err);
        if (status == 0) {
            status = tell_of_segment(d, &segment, facts, err);
        }
        if (status != 0) {
            return status;
        }
    }
    return more;
}

static struct collect_finish finish_with(const struct unit_scan *scan,
                                         struct name_question *question) {
    return (struct collect_finish){.fields = question->fields,
                                   .wanted = name_question_tells,
                                   .date_rank = name_question_date_rank,
                                   .context = question,
                                   .conceal = conceal,
                                   .shown = scan->shown,
                                   .kinds = scan->engine->kinds.items};
}

int unit_reading_view(const struct unit_reading *reading, struct unit_facts *out,
                      struct error *err) {
    struct name_question question = {reading->scan->match, reading->fields, NULL};
    const struct collect_finish how = finish_with(reading->scan, &question);
    *out = *reading->facts;
    return collector_view(reading->scan->collector, &how, out, err);
}

void unit_reading_release(struct unit_facts *view) {
    collector_unview(view);
}

uint64_t unit_reading_news(const struct unit_reading *reading) {
    return collector_news(reading->scan->collector);
}

static int finish_piece(struct decoding *d, struct unit_facts *facts, struct error *err) {
    struct unfold_learned learned = unfold_learned(d->scan->unfold);
    int status = piece_gate_finish(&d->gate, d->scan->engine->kinds.items, facts, err);
    facts->piece.broken |=
        d->report.unclosed != 0 || d->text == NULL || !transcode_seamless(d->text);
    facts->piece.pairs = learned.pairs;
    facts->piece.settings = d->report.settings;
    facts->piece.keys = learned.keys + d->report.keys;
    return status;
}

/* Was it read as what a layout may be meant for? */
static bool looks_fixed(const struct decoding *d) {
    return d->decoder == decoder_by_name("fixed") || d->decoder == decoder_by_name("text");
}

static int finish(struct decoding *d, struct unit_facts *facts, struct error *err) {
    struct name_question question = {d->scan->match, d->fields, d->scan->seeker};
    struct collect_finish how = finish_with(d->scan, &question);
    how.piece = d->input->cut != NULL;
    facts->rows = d->report.rows;
    int32_t file_day = facts->age.member;
    if (file_day == DAY_NONE && facts->file.known) {
        file_day = day_of_seconds(facts->file.modified, d->scan->engine->zone_seconds);
    }
    unit_dates_finish(&d->scan->dates, file_day, &facts->age);
    if (d->report.frame_rows > 0) {
        facts->trailer_rows = d->report.trailer_rows;
        facts->frame_rows = d->report.frame_rows;
    } else if (!trailer_rows(&d->trailer, &facts->trailer_rows, &facts->frame_rows)) {
        facts->trailer_rows = 0;
        facts->frame_rows = 0;
    }
    if (d->report.status != 0 && (facts->status == COVERAGE_SCANNED || unit_only_raw(facts))) {
        bool unread = d->report.status == YINMA_E_ENCRYPTED && d->report.rows == 0;
        unit_set_coverage(d->scan->engine->kinds.items, facts,
                          unread ? COVERAGE_SKIPPED : COVERAGE_PARTIAL, d->report.status,
                          d->report.error.text);
    } else if (d->report.notice[0] != '\0' && facts->status == COVERAGE_SCANNED) {
        unit_set_coverage(d->scan->engine->kinds.items, facts, COVERAGE_SCANNED, 0,
                          d->report.notice);
    }
    if (facts->status == COVERAGE_SCANNED && facts->detail[0] == '\0' &&
        layouts_for_any(d->scan->engine->layouts) && looks_fixed(d)) {
        unit_set_coverage(d->scan->engine->kinds.items, facts, COVERAGE_SCANNED, 0,
                          "the records are not as long as the layout says: it was not used");
    }
    unit_end_note(d->scan->engine, d->fields, goes_on(d->input) ? NULL : &d->scan->dates, facts);
    int status = collector_finish(d->scan->collector, &how, facts, err);
    if (d->scan->seeker != NULL) {
        seeker_finish(d->scan->seeker, facts);
    }
    return status == 0 && how.piece ? finish_piece(d, facts, err) : status;
}

int unit_decode(struct unit_scan *scan, const struct unit_scan_input *input,
                const struct decoder *decoder, struct byte_source *source,
                const struct decode_head *head, const struct transcoding *text,
                struct unit_facts *facts, struct error *err) {
    struct decoding d = {
        .scan = scan, .input = input, .decoder = decoder, .text = text, .fields = field_set_new()};
    if (d.fields == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the fields of a unit");
    }
    struct decode_input in = {.source = source,
                              .head = *head,
                              .preamble = unit_preamble(scan->engine, input),
                              .layout = scan->layout,
                              .layout_values = scan->layout_values,
                              .fields = d.fields,
                              .blocks = input_blocks(input->budget),
                              .quiet = quiet_lines_begin(scan->quiet, input->cut),
                              .ops = scan->engine->ops,
                              .report = &d.report};
    if (text != NULL) {
        in.width_rule = text->widths;
    }
    match_state_reset(scan->match);
    collector_begin(scan->collector);
    if (scan->seeker != NULL) {
        seeker_begin(scan->seeker);
    }
    unfold_begin(scan->unfold, &in, scan->match);
    facts->format = decoder->name;
    facts->traits |= (decoder->traits & DECODER_DUMP) != 0 ? UNIT_DUMP : 0U;
    facts->traits |= (decoder->traits & DECODER_LOG) != 0 ? UNIT_LOG : 0U;
    int status = decoder->open(&in, &d.state, err);
    facts->traits |= (d.report.traits & DECODER_LOG) != 0 ? UNIT_LOG : 0U;
    unit_dates_start(&scan->dates, (facts->traits & UNIT_LOG) != 0,
                     (facts->traits & UNIT_DUMP) != 0 && (decoder->traits & DECODER_BINARY) == 0,
                     scan->engine->zone_seconds);
    piece_gate_init(&d.gate, input->cut, scan->engine->ops, d.fields);
    if (input->cut != NULL && scan->dates.log) {
        unit_dates_piece(&scan->dates, input->cut->begin, input->cut->last);
    }
    if (status == 0) {
        status = pass_segments(&d, facts, err);
    }
    bool cancelled = status == YINMA_E_CANCELLED;
    if (cancelled) { /* what was read until then counts */
        status = unit_stopped(facts, err);
    }
    if (status == 0 || cancelled) {
        int finished = finish(&d, facts, err);
        status = finished != 0 ? finished : status;
    }
    if (d.report.encoding != NULL) {
        facts->encoding = d.report.encoding;
        facts->encoding_basis = encoding_basis_name(ENCODING_DECLARED);
    }
    decoder->close(d.state);
    piece_gate_release(&d.gate);
    field_set_free(d.fields);
    return status;
}
