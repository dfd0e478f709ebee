#include "run/unit_scan.h"

#include <stdlib.h>

#include "input/replay.h"
#include "run/layouts/described.h"
#include "run/layouts/layouts.h"
#include "run/unit_content.h"
#include "run/unit_decode.h"

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
                                        .wide =
                                            engine->exact_people ? engine_people_kinds(engine) : 0};
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
        status = unit_decode(scan, input, decoder, source, &head, NULL, facts, err);
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
    int status = unit_decode(scan, input, &decoder_raw, again, head, NULL, facts, err);
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
        status = unit_decode(scan, input, decoder, text, &head, NULL, facts, err);
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
    int status = unit_decode(scan, input, decoder, input->source, head, NULL, facts, err);
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
    status = unit_decode(scan, input, decoder, source, head, &text, facts, err);
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
