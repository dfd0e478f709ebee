#include "run/passage_scan.h"

#include "input/replay.h"
#include "run/pieces/unit_share.h"
#include "run/unit_jobs.h"
#include "run/unit_scan.h"

int passage_gap(struct passage *p, struct bytes name, enum coverage_status status, int code,
                const char *text, unsigned traits, struct error *err) {
    struct unit_facts *unit = passage_new_unit(p, name);
    if (unit == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a coverage record");
    }
    int settled = unit_jobs_settle(p, err);
    if (settled != 0) {
        unit_facts_free(unit);
        return settled;
    }
    unit->traits |= traits;
    unit_set_coverage(p->pipeline->engine->kinds.items, unit, status, code, text);
    return passage_tell(p, unit, err);
}

bool passage_begin(struct passage *p, struct bytes name, int *status, struct error *err) {
    int reason = 0;
    *status = unit_jobs_settle(p, err);
    if (*status != 0) {
        return false;
    }
    if (p->sink->begin == NULL || p->sink->begin(p->sink->context, name, &reason)) {
        return true;
    }
    if (reason != 0) {
        *status = passage_gap(p, name, COVERAGE_FAILED, reason,
                              SAID("a worker died while reading it"), 0, err);
    }
    return false;
}

static bool matches_any(const char *const *globs, struct bytes name) {
    for (size_t i = 0; globs != NULL && globs[i] != NULL; i++) {
        if (glob_matches(globs[i], name)) {
            return true;
        }
    }
    return false;
}

static bool is_selected(const struct engine *engine, struct bytes name) {
    bool listed = engine->includes == NULL || engine->includes[0] == NULL ||
                  matches_any(engine->includes, name);
    return listed && !matches_any(engine->excludes, name);
}

/* ---- units ---- */

int passage_scan_unit(struct passage *p, const struct stream *stream, struct byte_source *source,
                      struct bytes head, bool whole, struct error *err) {
    struct bytes name = stream->unit_name;
    bool taken = false;
    int status = 0;
    if (!is_selected(p->pipeline->engine, name)) {
        byte_source_close(source);
        return 0;
    }
    status = unit_jobs_offer(p, stream, &source, head, whole, &taken, err);
    if (status != 0 || taken || !passage_begin(p, name, &status, err)) {
        byte_source_close(source);
        return status;
    }
    struct unit_facts *facts;
    status = unit_share_scan(p, stream, source, head, whole, &facts, err);
    if (facts == NULL || (status != 0 && status != YINMA_E_CANCELLED)) {
        unit_facts_free(facts);
        return status;
    }
    int done = passage_tell(p, facts, err);
    return done != 0 ? done : status;
}

int passage_scan_raw(struct passage *p, const struct stream *stream, struct byte_source *source,
                     int code, const char *text, struct error *err) {
    struct byte_source *again = replay_from_start(source);
    struct bytes head = bytes_of("", 0);
    bool whole = true;
    if (again != NULL) {
        again = input_peek(again, &head, &whole, err);
    }
    struct unit_facts *facts = passage_new_unit(p, stream->unit_name);
    if (facts == NULL) {
        byte_source_close(again);
        return error_set(err, YINMA_E_MEMORY, "out of memory for the facts of a unit");
    }
    facts->traits |= UNIT_CONTAINER;
    unit_set_coverage(p->pipeline->engine->kinds.items, facts, passage_status_for(code), code,
                      text);
    if (again != NULL) {
        struct unit_scan_input input = {.source = again,
                                        .head = head,
                                        .whole = whole,
                                        .name = stream->unit_name,
                                        .budget = &p->budget,
                                        .sink = p->sink,
                                        .reported = &p->reported};
        int status = unit_scan_raw(p->pipeline->unit_scan, &input, facts, err);
        if (status != 0) {
            unit_facts_free(facts);
            return status;
        }
    }
    return passage_tell(p, facts, err);
}

int passage_scan_document(struct passage *p, const struct stream *stream,
                          struct input_package *package, struct error *err) {
    if (!is_selected(p->pipeline->engine, stream->unit_name)) {
        return 0;
    }
    struct unit_facts *facts = passage_new_unit(p, stream->unit_name);
    if (facts == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the facts of a unit");
    }
    const struct content_hint hint = {.format = input_package_format(package)};
    struct unit_scan_input input = {.source = input_package_source(package),
                                    .head = bytes_of("", 0),
                                    .name = stream->unit_name,
                                    .hint = &hint,
                                    .budget = &p->budget,
                                    .sink = p->sink,
                                    .reported = &p->reported};
    int status = unit_scan_run(p->pipeline->unit_scan, &input, facts, err);
    if (status != 0 && status != YINMA_E_CANCELLED) {
        unit_facts_free(facts);
        return status;
    }
    int done = passage_tell(p, facts, err);
    return done != 0 ? done : status;
}
