/* The recursion: a stream is a container or a unit; members of containers are streams again. One
 * budget, that of the outermost input, goes along. */
#include "run/pipeline.h"

#include <stdio.h>
#include <stdlib.h>

#include "input/beside.h"
#include "input/file_status.h"
#include "run/piece_source.h"
#include "run/replay.h"
#include "run/unit_scan.h"

struct pipeline {
    const struct engine *engine;
    struct unit_scan *unit_scan;
};

/* One item on its way. */
struct passage {
    struct pipeline *pipeline;
    const struct unit_sink *sink;
    struct input_budget budget;
    uint64_t reported;
    unsigned traits;             /* UNIT_NAMED, UNIT_MAILED */
    const struct piece_cut *cut; /* the item is a piece of a file; NULL: all of it */
    struct file_facts file;
};

/* A stream somewhere inside the item. Names are in clear. */
struct stream {
    struct bytes unit_name;    /* if it is a unit */
    struct bytes archive_name; /* if it is an archive: what its members hang on. Differs for the
                                  content of a compressed stream: x.tar.gz!/member */
    unsigned depth;            /* containers around it */
    const struct content_hint *hint; /* what is known of its content from elsewhere, or NULL */
    int64_t modified;                /* as the innermost archive around it says; 0 = none does */
    struct bytes content_name;       /* what its content is to be called, "" = as it is */
    bool beside;                     /* the hint is of a file: it may be compressed */
};

static int scan_stream(struct passage *p, const struct stream *stream, struct byte_source *source,
                       struct error *err);

struct pipeline *pipeline_new(const struct engine *engine) {
    struct pipeline *pipeline = calloc(1, sizeof *pipeline);
    if (pipeline != NULL) {
        pipeline->engine = engine;
        pipeline->unit_scan = unit_scan_new(engine);
        if (pipeline->unit_scan == NULL) {
            free(pipeline);
            return NULL;
        }
    }
    return pipeline;
}

void pipeline_free(struct pipeline *pipeline) {
    if (pipeline != NULL) {
        unit_scan_free(pipeline->unit_scan);
        free(pipeline);
    }
}

static struct unit_facts *new_unit(const struct passage *p, struct bytes name) {
    struct text_buffer shown;
    text_buffer_init(&shown, 0);
    conceal(p->pipeline->engine->kinds.items, name, &shown);
    struct unit_facts *unit = shown.failed ? NULL : unit_facts_new(text_buffer_view(&shown), name);
    text_buffer_release(&shown);
    if (unit != NULL) {
        unit->traits = p->traits;
        unit->file = p->file;
    }
    return unit;
}

/* A unit of which there is nothing but its coverage record. */
static int report_gap(struct passage *p, struct bytes name, enum coverage_status status, int code,
                      const char *text, unsigned traits, struct error *err) {
    struct unit_facts *unit = new_unit(p, name);
    if (unit == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a coverage record");
    }
    unit->traits |= traits;
    unit_set_coverage(p->pipeline->engine->kinds.items, unit, status, code, text);
    return p->sink->done(p->sink->context, unit, err);
}

/* Nothing of it could be read, or only a part. */
static enum coverage_status status_for(int code) {
    return code == YINMA_E_ENCRYPTED || code == YINMA_E_UNSUPPORTED || code == YINMA_E_LIMIT
               ? COVERAGE_SKIPPED
               : COVERAGE_FAILED;
}

/* True when the sink wants the unit; else its coverage has been told where that was asked. */
static bool begin(struct passage *p, struct bytes name, int *status, struct error *err) {
    int reason = 0;
    *status = 0;
    if (p->sink->begin == NULL || p->sink->begin(p->sink->context, name, &reason)) {
        return true;
    }
    if (reason != 0) {
        *status =
            report_gap(p, name, COVERAGE_FAILED, reason, "a worker died while reading it", 0, err);
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

static int scan_unit(struct passage *p, const struct stream *stream, struct byte_source *source,
                     struct bytes head, bool whole, struct error *err) {
    struct bytes name = stream->unit_name;
    int status = 0;
    if (!is_selected(p->pipeline->engine, name) || !begin(p, name, &status, err)) {
        byte_source_close(source);
        return status;
    }
    source = input_unit(source, &p->budget, err);
    if (source == NULL) {
        return YINMA_E_MEMORY;
    }
    struct unit_facts *facts = new_unit(p, name);
    if (facts == NULL) {
        byte_source_close(source);
        return error_set(err, YINMA_E_MEMORY, "out of memory for the facts of a unit");
    }
    if (stream->modified != 0) {
        facts->age.member = day_of_seconds(stream->modified, p->pipeline->engine->zone_seconds);
    }
    struct unit_scan_input input = {.source = source,
                                    .head = head,
                                    .whole = whole,
                                    .name = name,
                                    .cut = p->cut,
                                    .hint = stream->hint,
                                    .budget = &p->budget,
                                    .sink = p->sink,
                                    .reported = &p->reported};
    status = unit_scan_run(p->pipeline->unit_scan, &input, facts, err);
    if (status != 0 && status != YINMA_E_CANCELLED) {
        unit_facts_free(facts);
        return status;
    }
    int done = p->sink->done(p->sink->context, facts, err);
    return done != 0 ? done : status;
}

/* ---- containers ---- */

struct opened {
    const struct container_format *format;
    void *state;
    const struct stream *stream;
    struct bytes archive_name;
    struct input_package *package; /* what it took has been scanned already; NULL: nothing */
    uint64_t members;
    bool delivered; /* at least one byte of content came out */
};

static int join_name(struct text_buffer *out, struct bytes outer, struct bytes inner) {
    text_buffer_clear(out);
    text_buffer_put(out, outer);
    text_buffer_puts(out, "!/");
    text_buffer_put(out, inner);
    return out->failed ? YINMA_E_MEMORY : 0;
}

static int scan_member(struct passage *p, struct opened *o, const struct container_member *member,
                       struct error *err) {
    char buffer[512];
    bool single = o->format->type == CONTAINER_STREAM;
    struct bytes outer = single ? o->stream->unit_name : o->archive_name, inner = member->name;
    if (single) {
        struct bytes base = bytes_last_component(outer);
        inner = container_content_name(o->format, base, buffer, sizeof buffer);
        if (bytes_equal(inner, base) && member->name.len != 0) {
            inner = bytes_last_component(member->name);
        }
        inner = o->stream->content_name.len != 0 ? o->stream->content_name : inner;
    }
    const struct content_hint *hint = single && o->stream->beside ? o->stream->hint : &member->hint;
    struct text_buffer name;
    text_buffer_init(&name, 0);
    int status = join_name(&name, outer, inner);
    if (status != 0) {
        error_set(err, status, "out of memory for the name of a member");
    } else if (member->source == NULL) {
        enum coverage_status how = member->special ? COVERAGE_OPAQUE : status_for(member->status);
        status = report_gap(p, text_buffer_view(&name), how, member->status, member->error.text,
                            member->special ? UNIT_SPECIAL_FILE : 0, err);
    } else {
        struct stream stream = {
            .unit_name = text_buffer_view(&name),
            .archive_name = single ? o->stream->archive_name : text_buffer_view(&name),
            .depth = o->stream->depth + 1,
            .hint = hint,
            .modified = member->modified != 0 ? member->modified : o->stream->modified};
        status = scan_stream(p, &stream, replay_borrow(member->source, &o->delivered), err);
    }
    text_buffer_release(&name);
    return status;
}

/* A container that turned out not to be one (nothing could be taken out of it): its bytes are
 * scanned as they are, so that a wrong guess loses nothing. */
static int scan_raw(struct passage *p, const struct stream *stream, struct byte_source *source,
                    int code, const char *text, struct error *err) {
    struct byte_source *again = replay_from_start(source);
    struct bytes head = bytes_of("", 0);
    bool whole = true;
    if (again != NULL) {
        again = input_peek(again, &head, &whole, err);
    }
    struct unit_facts *facts = new_unit(p, stream->unit_name);
    if (facts == NULL) {
        byte_source_close(again);
        return error_set(err, YINMA_E_MEMORY, "out of memory for the facts of a unit");
    }
    facts->traits |= UNIT_CONTAINER;
    unit_set_coverage(p->pipeline->engine->kinds.items, facts, status_for(code), code, text);
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
    return p->sink->done(p->sink->context, facts, err);
}

static int scan_members(struct passage *p, struct opened *o, struct byte_source *source,
                        struct error *err) {
    for (;;) {
        struct container_member member = {0};
        struct error problem = {0};
        int more = o->format->next(o->state, &member, &problem);
        if (more == 0) {
            return 0;
        }
        if (more < 0 && !o->delivered && o->members == 0) {
            return scan_raw(p, o->stream, source, more, problem.text, err);
        }
        if (more < 0) {
            return report_gap(p, o->archive_name, COVERAGE_PARTIAL, more, problem.text,
                              UNIT_CONTAINER, err);
        }
        o->members++;
        if (o->package != NULL && !member.unlisted && input_package_took(o->package, member.name)) {
            continue;
        }
        int status = scan_member(p, o, &member, err);
        if (status != 0) {
            return status;
        }
    }
}

/* The document that PACKAGE is, as one unit. */
static int scan_document(struct passage *p, const struct stream *stream,
                         struct input_package *package, struct error *err) {
    if (!is_selected(p->pipeline->engine, stream->unit_name)) {
        return 0;
    }
    struct unit_facts *facts = new_unit(p, stream->unit_name);
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
    int done = p->sink->done(p->sink->context, facts, err);
    return done != 0 ? done : status;
}

/* Open what is a document in an archive as such; the members it does not take are scanned after it,
 * each by itself. */
static int scan_package(struct passage *p, struct opened *o, struct byte_source *source,
                        struct error *err) {
    int status = input_package_open(source, &p->budget, &o->package, err);
    if (status == 0 && o->package != NULL) {
        o->delivered = true;
        status = scan_document(p, o->stream, o->package, err);
    }
    return status;
}

static int scan_container(struct passage *p, const struct container_format *format,
                          const struct stream *stream, struct byte_source *source,
                          struct bytes head, struct error *err) {
    const bool may_be_package = input_package_hint(head);
    struct opened o = {.format = format,
                       .stream = stream,
                       .archive_name = format->type == CONTAINER_STREAM ? stream->unit_name
                                                                        : stream->archive_name};
    int status;
    if (!begin(p, stream->unit_name, &status, err)) {
        byte_source_close(source);
        return status;
    }
    unsigned max_depth = p->pipeline->engine->limits.max_depth;
    if (max_depth != 0 && stream->depth >= max_depth) {
        char text[96];
        snprintf(text, sizeof text, "--max-depth %u reached: not opened", max_depth);
        byte_source_close(source);
        return report_gap(p, stream->unit_name, COVERAGE_SKIPPED, YINMA_E_LIMIT, text,
                          UNIT_CONTAINER, err);
    }
    const unsigned traits = p->traits;
    struct error problem = {0};
    if (format->needs_seek) {
        status = input_seekable(source, &p->budget, &source, &problem);
        if (status != 0) { /* the source is closed */
            return report_gap(p, stream->unit_name, status_for(status), status, problem.text,
                              UNIT_CONTAINER, err);
        }
    }
    status = may_be_package ? scan_package(p, &o, source, err) : 0;
    if (status != 0) {
        input_package_close(o.package);
        byte_source_close(source);
        return status;
    }
    p->traits |= format->holds_mail ? UNIT_MAILED : 0U;
    status = format->open(source, &p->budget, &o.state, &problem);
    if (status == 0) {
        status = scan_members(p, &o, source, err);
        format->close(o.state);
    } else if (status == YINMA_E_MEMORY) {
        *err = problem;
    } else {
        status = scan_raw(p, stream, source, status, problem.text, err);
    }
    p->traits = traits;
    input_package_close(o.package);
    byte_source_close(source);
    return status;
}

/* ---- streams and items ---- */

static int scan_stream(struct passage *p, const struct stream *stream, struct byte_source *source,
                       struct error *err) {
    struct bytes head = {NULL, 0};
    bool whole = false;
    source = source == NULL ? NULL : input_peek(source, &head, &whole, err);
    if (source == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a read buffer");
    }
    const bool known = stream->hint != NULL && stream->hint->format != NULL;
    const struct container_format *format =
        known && !stream->beside ? NULL : container_detect(head);
    if (format == NULL && !known) {
        format = container_detect_end(source, head, stream->unit_name);
    }
    if (format != NULL && (!known || format->type == CONTAINER_STREAM)) {
        return scan_container(p, format, stream, source, head, err);
    }
    if (!stream->beside || stream->content_name.len == 0) {
        return scan_unit(p, stream, source, head, whole, err);
    }
    struct stream content = *stream;
    struct text_buffer name;
    text_buffer_init(&name, 0);
    int status = join_name(&name, stream->unit_name, stream->content_name);
    content.unit_name = text_buffer_view(&name);
    if (status == 0) {
        status = scan_unit(p, &content, source, head, whole, err);
    } else {
        byte_source_close(source);
        error_set(err, status, "out of memory for the name of a unit");
    }
    text_buffer_release(&name);
    return status;
}

/* A file: others may stand beside it that say what it holds. */
static int scan_file(struct passage *p, const struct stream *stream, struct byte_source *source,
                     struct error *err) {
    struct stream file = *stream;
    struct beside beside;
    beside_init(&beside);
    if (beside_find(&beside, source, bytes_last_component(file.unit_name), &p->budget)) {
        file.hint = &beside.hint;
        file.content_name = text_buffer_view(&beside.name);
        file.beside = true;
    }
    int status = scan_stream(p, &file, source, err);
    beside_release(&beside);
    return status;
}

static void start(struct passage *p, struct pipeline *pipeline, const struct unit_sink *sink,
                  bool named) {
    *p = (struct passage){.pipeline = pipeline, .sink = sink, .traits = named ? UNIT_NAMED : 0U};
    input_budget_start(&p->budget, &pipeline->engine->limits);
}

static void look_at_file(struct passage *p, const struct work_item *item) {
    struct file_status status;
    p->file.known = input_file_status(item, &status);
    if (!p->file.known) {
        return;
    }
    p->file.size = status.size;
    p->file.modified = status.modified;
    p->file.accessed = status.accessed;
    p->file.access_kept = status.access_kept;
    p->file.mode = status.mode;
    p->file.user = status.user;
    if (p->pipeline->engine->digest_files && (item->piece == NULL || item->piece->number == 1)) {
        input_file_digest(item, p->file.sha256);
    }
}

/* A piece that cannot be taken out of its file, or that others stand beside which say what it
 * holds: the whole file is scanned instead (run/ranges.h). */
static int refuse_piece(struct passage *p, const struct work_item *item, struct error *err) {
    struct unit_facts *unit = new_unit(p, bytes_of_string(item->name));
    if (unit == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a coverage record");
    }
    unit->piece = (struct piece_facts){
        .number = item->piece->number, .count = item->piece->count, .broken = true};
    return p->sink->done(p->sink->context, unit, err);
}

static int scan_piece(struct passage *p, const struct work_item *item, struct byte_source *file,
                      struct error *err) {
    struct bytes name = bytes_of_string(item->name);
    struct stream stream = {.unit_name = name, .archive_name = name};
    struct piece_cut cut;
    struct byte_source *source = NULL;
    struct error problem = {0};
    struct beside beside;
    beside_init(&beside);
    bool described = beside_find(&beside, file, bytes_last_component(name), &p->budget);
    beside_release(&beside);
    if (described) {
        byte_source_close(file);
        return refuse_piece(p, item, err);
    }
    int status = piece_open(p->pipeline->engine, item->piece, name, file, &p->budget, &cut, &source,
                            &problem);
    if (status == YINMA_E_MEMORY) {
        *err = problem;
        return status;
    }
    if (status != 0 || source == NULL) {
        return refuse_piece(p, item, err);
    }
    p->cut = &cut;
    status = scan_stream(p, &stream, source, err);
    p->cut = NULL;
    return status;
}

int pipeline_scan(struct pipeline *pipeline, const struct work_item *item,
                  const struct unit_sink *sink, struct error *err) {
    struct passage p;
    start(&p, pipeline, sink, item->named);
    struct bytes name = bytes_of_string(item->name);
    struct stream stream = {.unit_name = name, .archive_name = name};
    struct byte_source *source = NULL;
    struct error problem = {0};
    int status = 0;
    switch (item->type) {
    case ITEM_SPECIAL:
        return report_gap(&p, name, item->named ? COVERAGE_SKIPPED : COVERAGE_OPAQUE, 0,
                          item->error.text[0] != '\0' ? item->error.text
                                                      : "a socket, FIFO or device: not opened",
                          UNIT_SPECIAL_FILE, err);
    case ITEM_UNREADABLE:
        return report_gap(&p, name, COVERAGE_FAILED, item->error.code, item->error.text, 0, err);
    case ITEM_FILE:
    case ITEM_STDIN:
    case ITEM_DESCRIPTOR:
        break;
    }
    look_at_file(&p, item);
    status = input_open_file(item, &p.budget, &source, &problem);
    if (status == YINMA_E_MEMORY) {
        *err = problem;
        return status;
    }
    if (status != 0) {
        return report_gap(&p, name, COVERAGE_FAILED, status, problem.text, 0, err);
    }
    source = sink->tap == NULL ? source : sink->tap(sink->context, source);
    if (source == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a source");
    }
    return item->piece != NULL ? scan_piece(&p, item, source, err)
                               : scan_file(&p, &stream, source, err);
}

int pipeline_scan_memory(struct pipeline *pipeline, struct bytes name, struct bytes memory,
                         const struct unit_sink *sink, struct error *err) {
    struct passage p;
    start(&p, pipeline, sink, true);
    struct stream stream = {.unit_name = name, .archive_name = name};
    p.budget.compressed_bytes = memory.len; /* all of it is there: the ratio is counted from it */
    return scan_stream(&p, &stream, input_open_memory(memory), err);
}
