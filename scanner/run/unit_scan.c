#include "run/unit_scan.h"

#include <stdlib.h>

#include "decode/decoder.h"
#include "decode/head_notes.h"
#include "input/replay.h"
#include "judge/collect/collect.h"
#include "judge/dates/unit_dates.h"
#include "judge/seek/seek.h"
#include "judge/shown_names.h"
#include "match/match.h"
#include "result/people.h"
#include "run/layouts/described.h"
#include "run/layouts/layouts.h"
#include "run/name_question.h"
#include "run/pieces/gate.h"
#include "run/quiet_lines.h"
#include "run/trailer.h"
#include "run/unfold/unfold.h"
#include "run/unit_content.h"
#include "run/unit_end.h"

struct unit_scan {
    const struct engine *engine;
    struct match_state *match;
    struct collector *collector;
    struct unfold *unfold;
    struct name_cache *shown;
    struct head_memory *heads; /* of pieces */
    struct seeker *seeker;     /* of the person that is asked for; NULL: nobody is */
    struct quiet_lines *quiet; /* NULL: there are none, everything is looked at */
    struct unit_dates dates;
    struct header_memory headers;        /* that were met before */
    struct arena described;              /* layouts that come with a unit */
    const struct record_layout *layout;  /* of the unit that is read, if one was given … */
    struct encoding_guess layout_values; /* … and how its values are written */
};

/* The kinds that people are counted by, where they are to be counted one by one. */
static kind_set people_kinds(const struct engine *engine) {
    kind_set kinds = 0;
    for (unsigned kind = 0; engine->exact_people && engine->kinds.items[kind] != NULL; kind++) {
        bool counts = people_basis_of(engine->kinds.items[kind]->name) != PEOPLE_BASES;
        kinds |= counts ? (kind_set)1 << kind : 0;
    }
    return kinds;
}

struct unit_scan *unit_scan_new(const struct engine *engine) {
    struct unit_scan *scan = calloc(1, sizeof *scan);
    if (scan == NULL) {
        return NULL;
    }
    struct collect_settings settings = {.kinds = engine->kinds.items,
                                        .policies = engine->policies,
                                        .key = &engine->key,
                                        .reference = engine->reference,
                                        .records = engine->records,
                                        .ops = engine->ops,
                                        .cuts = &engine->cuts,
                                        .zone_seconds = engine->zone_seconds,
                                        .reveal = engine->reveal,
                                        .examples = engine->examples,
                                        .fingerprints = engine->fingerprints,
                                        .occurrences = engine->occurrences,
                                        .wide = people_kinds(engine)};
    scan->engine = engine;
    arena_init(&scan->described, 0);
    scan->match = match_state_new(engine->matcher);
    scan->collector = collector_new(&settings);
    scan->unfold = unfold_new(engine->ops);
    scan->shown = shown_names_new();
    scan->heads = head_memory_new();
    scan->seeker = engine->sought == NULL ? NULL : seeker_new(engine->sought, engine->ops);
    if (scan->match == NULL || scan->collector == NULL || scan->unfold == NULL ||
        scan->shown == NULL || scan->heads == NULL ||
        (engine->sought != NULL && scan->seeker == NULL) ||
        !quiet_lines_new(engine, scan->match, &scan->quiet)) {
        unit_scan_free(scan);
        return NULL;
    }
    return scan;
}

void unit_scan_free(struct unit_scan *scan) {
    if (scan != NULL) {
        match_state_free(scan->match);
        collector_free(scan->collector);
        unfold_free(scan->unfold);
        name_cache_free(scan->shown);
        head_memory_free(scan->heads);
        seeker_free(scan->seeker);
        quiet_lines_free(scan->quiet);
        arena_release(&scan->described);
        free(scan);
    }
}

struct piece_eyes unit_scan_eyes(struct unit_scan *scan) {
    return (struct piece_eyes){scan->engine, scan->heads};
}

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
        feed_trailer(d, text);
        facts->bytes = d->gate.cut != NULL ? d->gate.bytes /* which were counted there */
                                           : facts->bytes + width_before(segment.width_rule, text);
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

/* TEXT: NULL when SOURCE has bytes as they are. */
static int decode(struct unit_scan *scan, const struct unit_scan_input *input,
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
    unfold_begin(scan->unfold, d.fields, scan->match);
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

/* Bytes that are no text but have a decoder. */
static int scan_binary(struct unit_scan *scan, const struct unit_scan_input *input,
                       const struct decoder *decoder, struct decode_head head,
                       struct unit_facts *facts, struct error *err) {
    struct byte_source *source = input->source;
    uint8_t *kept = NULL;
    int status = (decoder->traits & DECODER_SEEKS) != 0
                     ? unit_make_seekable(input, &source, &head, &kept, facts, err)
                     : 0;
    if (status == 0) {
        status = decode(scan, input, decoder, source, &head, NULL, facts, err);
        byte_source_close(source);
    } else if (status != YINMA_E_MEMORY) {
        status = 0; /* told in the unit's coverage */
    }
    free(kept);
    return status;
}

/* Was a layout given for the records of this unit, or does one come with them? */
static bool find_layout(struct unit_scan *scan, const struct unit_scan_input *input,
                        const struct decode_head *head) {
    arena_release(&scan->described);
    scan->layout = NULL;
    bool may = scan->engine->layouts != NULL ||
               described_may(input->source, head->name, head->head, scan->engine->schema);
    if (may && (input->hint == NULL || input->hint->format == NULL)) {
        scan->layout = layouts_of_unit(scan->engine->layouts, input, head, scan->engine->schema,
                                       unit_encoding(scan->engine, input, head), &scan->described,
                                       &scan->layout_values);
    }
    return scan->layout != NULL;
}

static int scan_by_layout(struct unit_scan *scan, const struct unit_scan_input *input,
                          struct decode_head head, struct unit_facts *facts, struct error *err) {
    if (scan->layout->native != NULL) {
        return scan_binary(scan, input, decoder_by_name("bcp"), head, facts, err);
    }
    int status = scan_binary(scan, input, &decoder_layout, head, facts, err);
    facts->encoding_basis = encoding_basis_name(scan->layout_values.basis);
    return status;
}

/* Nothing could be made of the content of DATA, for the reason in PROBLEM: its bytes as they are.
 */
static int scan_unhelped(struct unit_scan *scan, const struct unit_scan_input *input,
                         struct byte_source *data, const struct decode_head *head,
                         const struct error *problem, struct unit_facts *facts, struct error *err) {
    const char *cipher = content_pdf_cipher(data);
    if (cipher != NULL) { /* also where damage hides that it needs a password */
        unit_set_coverage(patterns, facts, COVERAGE_SKIPPED, YINMA_E_ENCRYPTED, cipher);
    } else {
        unit_set_coverage(patterns, facts, COVERAGE_PARTIAL,
                          problem->code < 0 ? problem->code : YINMA_E_DAMAGED,
                          problem->code < 0 ? problem->text : "PDF document without a page");
    }
    struct byte_source *again = replay_from_start(data);
    if (again == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a document");
    }
    int status = decode(scan, input, &decoder_raw, again, head, NULL, facts, err);
    byte_source_close(again);
    return status;
}

/* The text that a helper program makes of the unit, if it makes any. */
static int scan_helped(struct unit_scan *scan, const struct unit_scan_input *input,
                       const struct decoder *decoder, struct decode_head head,
                       struct unit_facts *facts, struct error *err) {
    struct byte_source *data = input->source, *text;
    struct error problem = {0};
    struct bytes first = {NULL, 0};
    bool whole;
    uint8_t *kept = NULL;
    int status = unit_make_seekable(input, &data, &head, &kept, facts, err);
    if (status != 0) {
        free(kept);
        return status == YINMA_E_MEMORY ? status : 0; /* else told in the unit's coverage */
    }
    text = input->sink->pdf_text(input->sink->context, data, input->budget, &problem);
    text = text == NULL ? NULL : input_unit(text, input->budget, &problem);
    text = text == NULL ? NULL : input_peek(text, &first, &whole, &problem);
    if (first.len > 0) {
        status = decode(scan, input, decoder, text, &head, NULL, facts, err);
    } else {
        if (text != NULL) {
            uint8_t none;
            (void)byte_source_read(text, &none, 1, &problem);
        }
        status = scan_unhelped(scan, input, data, &head, &problem, facts, err);
    }
    byte_source_close(text);
    byte_source_close(data);
    free(kept);
    return status;
}

/* Bytes as they stand. */
static int scan_raw_text(struct unit_scan *scan, const struct unit_scan_input *input,
                         const struct decoder *decoder, const struct decode_head *head,
                         struct unit_facts *facts, struct error *err) {
    int status = decode(scan, input, decoder, input->source, head, NULL, facts, err);
    byte_source_close(input->source);
    return status;
}

/* DECODER: NULL to choose one. */
static int scan_text(struct unit_scan *scan, const struct unit_scan_input *input,
                     struct encoding_guess encoding, const struct decoder *decoder,
                     struct decode_head *head, struct unit_facts *facts, struct error *err) {
    struct transcoding text;
    int status = transcode_open(&text, input->source, encoding, scan->engine->ops, err);
    if (status != 0) {
        return status;
    }
    struct byte_source *source = text.source;
    if (text.transcoder != NULL) {
        source = input_peek(source, &head->head, &head->whole, err);
        if (source == NULL) {
            return YINMA_E_MEMORY;
        }
    }
    head->widths = text.widths;
    head->widths.anchor = head->head.ptr;
    if (decoder == NULL) {
        decoder = input->cut != NULL ? head_memory_choose(scan->heads, head) : decoder_choose(head);
    }
    status = decode(scan, input, decoder, source, head, &text, facts, err);
    facts->encoding = transcode_encoding_name(&text);
    facts->encoding_basis = encoding_basis_name(transcode_basis(&text));
    byte_source_close(source);
    return status;
}

int unit_scan_run(struct unit_scan *scan, const struct unit_scan_input *input,
                  struct unit_facts *facts, struct error *err) {
    struct head_notes notes = {.headers = &scan->headers};
    struct decode_head head = {.head = input->head,
                               .whole = input->whole,
                               .name = bytes_last_component(input->name),
                               .notes = &notes,
                               .delimiter = scan->engine->delimiter};
    if (find_layout(scan, input, &head)) {
        return scan->layout->is_delimited ? scan_text(scan, input, scan->layout_values,
                                                      decoder_by_name("csv"), &head, facts, err)
                                          : scan_by_layout(scan, input, head, facts, err);
    }
    const struct decoder *hinted = input->hint == NULL || input->hint->format == NULL
                                       ? NULL
                                       : decoder_by_name(input->hint->format);
    const struct decoder *binary = hinted == NULL
                                       ? decoder_choose_binary(&head)
                                       : ((hinted->traits & DECODER_BINARY) != 0 ? hinted : NULL);
    if (binary != NULL && (binary->traits & DECODER_HELPED) != 0) {
        if (input->sink->pdf_text != NULL) {
            return scan_helped(scan, input, binary, head, facts, err);
        }
        binary = NULL;
    }
    if (binary != NULL) {
        return scan_binary(scan, input, binary, head, facts, err);
    }
    struct content_guess guess = {CONTENT_TEXT, "text"};
    if (hinted == NULL) {
        guess = content_guess(head.head, head.name);
    }
    struct encoding_guess encoding = unit_encoding(scan->engine, input, &head);
    if (encoding.encoding == ENCODING_CP937 && encoding_is_cp937(head.head)) {
        guess.class = CONTENT_TEXT;
    }
    const struct decoder *decoder =
        hinted != NULL ? NULL
                       : unit_raw_decoder(&guess, encoding.encoding == ENCODING_BINARY, facts);
    if (decoder != NULL) {
        return scan_raw_text(scan, input, decoder, &head, facts, err);
    }
    return scan_text(scan, input, encoding, hinted, &head, facts, err);
}

int unit_scan_raw(struct unit_scan *scan, const struct unit_scan_input *input,
                  struct unit_facts *facts, struct error *err) {
    struct decode_head head = {
        .head = input->head, .whole = input->whole, .name = bytes_last_component(input->name)};
    return scan_raw_text(scan, input, &decoder_raw, &head, facts, err);
}
