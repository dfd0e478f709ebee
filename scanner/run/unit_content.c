#include "run/unit_content.h"

#include <stdio.h>
#include <stdlib.h>

#include "decode/head_notes.h"
#include "match/match.h"
#include "patterns/pattern.h"

void unit_set_coverage(kind_list kinds, struct unit_facts *unit, enum coverage_status status,
                       int error_code, const char *text) {
    struct text_buffer shown;
    text_buffer_init(&shown, 0);
    conceal(kinds, bytes_of_string(text), &shown);
    snprintf(unit->detail, sizeof unit->detail, "%s", text_buffer_string(&shown));
    text_buffer_release(&shown);
    unit->status = status;
    unit->error_code = error_code;
}

const struct decoder *unit_raw_decoder(const struct content_guess *guess, bool binary,
                                       struct unit_facts *facts) {
    switch (guess->class) {
    case CONTENT_OPAQUE:
        unit_set_coverage(patterns, facts, COVERAGE_OPAQUE, 0, guess->what);
        return &decoder_raw;
    case CONTENT_ENCRYPTED:
        unit_set_coverage(patterns, facts, COVERAGE_SKIPPED, YINMA_E_ENCRYPTED, guess->what);
        return &decoder_raw;
    case CONTENT_RAW_PAGES:
        unit_set_coverage(patterns, facts, COVERAGE_PARTIAL, YINMA_E_RAW_PAGES, guess->what);
        return &decoder_raw;
    case CONTENT_UNSUPPORTED:
        unit_set_coverage(patterns, facts, COVERAGE_PARTIAL, YINMA_E_UNSUPPORTED, guess->what);
        return &decoder_raw;
    case CONTENT_TEXT:
        break;
    }
    if (binary) {
        unit_set_coverage(patterns, facts, COVERAGE_PARTIAL, YINMA_E_UNSUPPORTED,
                          "unknown binary data: only its raw bytes were scanned");
        return &decoder_raw;
    }
    return NULL;
}

/* What ended the copy before its time is the cause, whatever the decoder makes of what is missing.
 */
static void tell_end(struct byte_source *copy, struct unit_facts *facts) {
    struct error problem = {0};
    uint8_t none;
    int64_t got = copy->ops->read_at(copy, copy->size, &none, 1, &problem);
    if (got < 0) {
        unit_set_coverage(patterns, facts, COVERAGE_PARTIAL, (int)got, problem.text);
    }
}

int unit_make_seekable(const struct unit_scan_input *input, struct byte_source **source,
                       struct decode_head *head, uint8_t **kept, struct unit_facts *facts,
                       struct error *err) {
    struct error problem = {0};
    *kept = malloc(head->head.len + SEGMENT_PADDING);
    if (*kept == NULL) {
        byte_source_close(*source);
        return error_set(err, YINMA_E_MEMORY, "out of memory for the beginning of a unit");
    }
    if (head->head.len != 0) {
        memcpy(*kept, head->head.ptr, head->head.len);
    }
    memset(*kept + head->head.len, 0, SEGMENT_PADDING);
    head->head.ptr = *kept;
    int status = input_seekable(*source, input->budget, source, &problem);
    if (status != 0) { /* the source is closed */
        unit_set_coverage(patterns, facts, COVERAGE_FAILED, status, problem.text);
    } else {
        tell_end(*source, facts);
    }
    return status == YINMA_E_MEMORY ? error_set(err, status, "%s", problem.text) : status;
}

struct encoding_guess unit_encoding(const struct engine *engine,
                                    const struct unit_scan_input *input,
                                    const struct decode_head *head) {
    enum encoding declared;
    if (engine->encoding_forced) {
        return (struct encoding_guess){
            .encoding = engine->encoding, .basis = ENCODING_FORCED, .settled = true};
    }
    if (input->hint != NULL && input->hint->encoding != NULL &&
        encoding_from_name(input->hint->encoding, &declared)) {
        return (struct encoding_guess){
            .encoding = declared, .basis = ENCODING_DECLARED, .settled = true};
    }
    struct head_notes *notes = head->notes;
    struct encoding_guess guess = notes != NULL && notes->encoding_known
                                      ? notes->encoding
                                      : encoding_guess(head->head, head->whole);
    if (notes != NULL) {
        notes->encoding = guess;
        notes->encoding_known = true;
    }
    /* Rows of a described table are text, however much of them is in blobs. */
    bool rows = input->hint != NULL && input->hint->format != NULL;
    return rows && guess.encoding == ENCODING_BINARY
               ? (struct encoding_guess){.encoding = ENCODING_UTF8, .escaped = true}
               : guess;
}

struct bytes unit_preamble(const struct engine *engine, const struct unit_scan_input *input) {
    if (input->hint != NULL && input->hint->preamble.len != 0) {
        return input->hint->preamble;
    }
    return engine->schema.len != 0 ? engine->schema : bytes_of("", 0);
}

bool unit_only_raw(const struct unit_facts *unit) {
    return unit->status == COVERAGE_OPAQUE ||
           (unit->status == COVERAGE_PARTIAL &&
            (unit->error_code == YINMA_E_UNSUPPORTED || unit->error_code == YINMA_E_RAW_PAGES));
}

bool unit_stopping(const struct unit_scan_input *input) {
    return input->sink->stopping != NULL && input->sink->stopping(input->sink->context);
}

int unit_stopped(struct unit_facts *unit, struct error *err) {
    static const char how[] = "interrupted before its end";
    if (unit != NULL) {
        unit_set_coverage(patterns, unit, COVERAGE_PARTIAL, YINMA_E_CANCELLED, how);
    }
    return error_set(err, YINMA_E_CANCELLED, "%s", how);
}

int unit_report_progress(const struct unit_scan_input *input, struct error *err) {
    uint64_t now = __atomic_load_n(&input->budget->compressed_bytes, __ATOMIC_RELAXED);
    if (input->sink->progress == NULL || now == *input->reported) {
        return 0;
    }
    /* what has to be read again was told before */
    uint64_t more = now > *input->reported ? now - *input->reported : 0;
    *input->reported += more;
    if (input->sink->progress(input->sink->context, more)) {
        return error_set(err, YINMA_E_CANCELLED, "interrupted");
    }
    return 0;
}
