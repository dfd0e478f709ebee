#include "run/recursion.h"

#include <stdatomic.h>
#include <stdio.h>

#include "input/neighbours/beside.h"
#include "input/neighbours/neighbours.h"
#include "input/replay.h"

struct opened {
    const struct container_format *format;
    void *state;
    const struct stream *stream;
    struct bytes archive_name;
    struct input_package *package; /* what it took has been scanned already; NULL: nothing */
    struct neighbours *neighbours; /* NULL: its members never stood beside each other */
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

/* What the member is called: of a compressed stream by the name of the stream. */
static struct bytes inner_name(const struct opened *o, struct bytes name, char *buffer,
                               size_t buffer_size) {
    if (o->format->type != CONTAINER_STREAM) {
        return name;
    }
    if (o->stream->content_name.len != 0) {
        return o->stream->content_name;
    }
    struct bytes base = bytes_last_component(o->stream->unit_name);
    struct bytes inner = container_content_name(o->format, base, buffer, buffer_size);
    return bytes_equal(inner, base) && name.len != 0 ? bytes_last_component(name) : inner;
}

/* The content of MEMBER is SOURCE (owned); with neighbours that begin with HEAD. */
static int scan_content(struct passage *p, struct opened *o, const struct container_member *member,
                        struct byte_source *source, const struct bytes *head, struct error *err) {
    char buffer[512];
    const bool single = o->format->type == CONTAINER_STREAM;
    const struct content_hint *hint = single && o->stream->beside ? o->stream->hint : &member->hint;
    struct text_buffer name;
    text_buffer_init(&name, 0);
    int status = join_name(&name, single ? o->stream->unit_name : o->archive_name,
                           inner_name(o, member->name, buffer, sizeof buffer));
    if (status != 0) {
        byte_source_close(source);
        error_set(err, status, "out of memory for the name of a member");
    } else {
        struct stream stream = {
            .unit_name = text_buffer_view(&name),
            .archive_name = single ? o->stream->archive_name : text_buffer_view(&name),
            .depth = o->stream->depth + 1,
            .hint = hint,
            .modified = member->modified != 0 ? member->modified : o->stream->modified,
            .packed = member->packed,
            .behind = member->behind};
        status = head != NULL ? passage_scan_file(p, &stream, source, *head, err)
                              : passage_scan_stream(p, &stream, source, err);
    }
    text_buffer_release(&name);
    return status;
}

/* Nothing of MEMBER can be read. */
static int report_member(struct passage *p, struct opened *o, const struct container_member *member,
                         struct error *err) {
    struct text_buffer name;
    text_buffer_init(&name, 0);
    int status = join_name(&name, o->archive_name, member->name);
    if (status != 0) {
        error_set(err, status, "out of memory for the name of a member");
    } else {
        enum coverage_status how =
            member->special ? COVERAGE_OPAQUE : passage_status_for(member->status);
        status = passage_gap(p, text_buffer_view(&name), how, member->status, member->error.text,
                             member->special ? UNIT_SPECIAL_FILE : 0, err);
    }
    text_buffer_release(&name);
    return status;
}

/* Those whose turn has come after they waited for a neighbour. */
static int scan_waiting(struct passage *p, struct opened *o, bool ended, struct error *err) {
    struct neighbours_turn turn;
    int more = 0;
    while (o->neighbours != NULL &&
           (more = neighbours_next(o->neighbours, ended, &turn, err)) == 1) {
        const struct container_member member = {.name = turn.name, .modified = turn.modified};
        int status = scan_content(p, o, &member, turn.source, &turn.head, err);
        if (status != 0) {
            return status;
        }
    }
    return more;
}

static int scan_member(struct passage *p, struct opened *o, struct container_member *member,
                       struct error *err) {
    if (member->source == NULL) {
        return report_member(p, o, member, err);
    }
    struct byte_source *source = replay_borrow(member->source, &o->delivered);
    if (o->neighbours == NULL || source == NULL || member->hint.format != NULL) {
        return scan_content(p, o, member, source, NULL, err);
    }
    struct neighbours_turn turn;
    int code = neighbours_pass(o->neighbours, member, source, &turn, &member->error);
    if (code == YINMA_E_MEMORY) {
        *err = member->error;
        return code;
    }
    if (code < 0) {
        member->status = code;
        return report_member(p, o, member, err);
    }
    int status = code == 1 ? scan_content(p, o, member, turn.source, &turn.head, err) : 0;
    return status == 0 ? scan_waiting(p, o, false, err) : status;
}

/* What waited is read now, whatever the end of the archive is like. */
static int end_members(struct passage *p, struct opened *o, int code, const char *text,
                       struct error *err) {
    struct error problem = {0};
    int status = scan_waiting(p, o, true, err);
    if (status == 0 && code < 0) {
        status = passage_gap(p, o->archive_name, COVERAGE_PARTIAL, code, text, UNIT_CONTAINER, err);
    }
    code = o->neighbours == NULL ? 0 : neighbours_check(o->neighbours, &problem);
    if (status == 0 && code < 0) {
        status = passage_gap(p, o->archive_name, COVERAGE_PARTIAL, code, problem.text,
                             UNIT_CONTAINER, err);
    }
    return status;
}

static int scan_members(struct passage *p, struct opened *o, struct byte_source *source,
                        struct error *err) {
    for (;;) {
        struct container_member member = {0};
        struct error problem = {0};
        int more = o->format->next(o->state, &member, &problem);
        if (more < 0 && !o->delivered && o->members == 0) {
            return passage_scan_raw(p, o->stream, source, more, problem.text, err);
        }
        if (more <= 0) {
            return end_members(p, o, more, problem.text, err);
        }
        o->members++;
        p->members = o->format->type == CONTAINER_ARCHIVE ? o->members : 0;
        if (o->package != NULL && !member.unlisted && input_package_took(o->package, member.name)) {
            continue;
        }
        int status = scan_member(p, o, &member, err);
        if (status != 0) {
            return status;
        }
    }
}

/* Open what is a document in an archive as such; the members it does not take are scanned after it,
 * each by itself. */
static int scan_package(struct passage *p, struct opened *o, struct byte_source *source,
                        struct error *err) {
    int status = input_package_open(source, &p->budget, &o->package, err);
    if (status == 0 && o->package != NULL) {
        o->delivered = true;
        status = passage_scan_document(p, o->stream, o->package, err);
    }
    return status;
}

/* Threads read ahead, so how much of a damaged stream was read depends on them; a unit is read
 * again without them then (unit_share.h), members of an archive cannot be. */
static unsigned threads_for(const struct passage *p, const struct container_format *format,
                            const struct stream *stream) {
    char buffer[512];
    struct bytes content = container_content_name(format, bytes_last_component(stream->unit_name),
                                                  buffer, sizeof buffer);
    bool may = format->type == CONTAINER_STREAM && stream->depth == 0 && p->repeatable &&
               !p->pipeline->keep_whole && p->pipeline->lease.spare != NULL &&
               !bytes_ends_with(content, BYTES_LIT(".tar"));
    return may ? atomic_load(p->pipeline->lease.spare) : 0;
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
    if (!passage_begin(p, stream->unit_name, &status, err)) {
        byte_source_close(source);
        return status;
    }
    unsigned max_depth = p->pipeline->engine->limits.max_depth;
    if (max_depth != 0 && stream->depth >= max_depth) {
        char text[96];
        snprintf(text, sizeof text, SAID("--max-depth %u reached: not opened"), max_depth);
        byte_source_close(source);
        return passage_gap(p, stream->unit_name, COVERAGE_SKIPPED, YINMA_E_LIMIT, text,
                           UNIT_CONTAINER, err);
    }
    const unsigned traits = p->traits;
    struct error problem = {0};
    if (format->needs_seek) {
        status = input_seekable(source, &p->budget, &source, &problem);
        if (status != 0) { /* the source is closed */
            return passage_gap(p, stream->unit_name, passage_status_for(status), status,
                               problem.text, UNIT_CONTAINER, err);
        }
    }
    status = may_be_package ? scan_package(p, &o, source, err) : 0;
    if (status != 0) {
        input_package_close(o.package);
        byte_source_close(source);
        return status;
    }
    p->traits |= format->holds_mail ? UNIT_MAILED : 0U;
    p->budget.threads = threads_for(p, format, stream);
    status = format->open(source, &p->budget, &o.state, &problem);
    const bool opened = status == 0;
    if (opened && format->holds_files && o.package == NULL) {
        o.neighbours = neighbours_new(format, source, &p->budget);
        status = o.neighbours == NULL ? error_set(&problem, YINMA_E_MEMORY, "out of memory") : 0;
    }
    if (status == 0) {
        const uint64_t members = p->members; /* of the archive around this one */
        status = scan_members(p, &o, source, err);
        p->members = members;
    } else if (status == YINMA_E_MEMORY) {
        *err = problem;
    } else {
        status = passage_scan_raw(p, stream, source, status, problem.text, err);
    }
    neighbours_free(o.neighbours);
    if (opened) {
        format->close(o.state);
    }
    p->traits = traits;
    input_package_close(o.package);
    byte_source_close(source);
    return status;
}

int passage_scan_stream(struct passage *p, const struct stream *stream, struct byte_source *source,
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
        return passage_scan_unit(p, stream, source, head, whole, err);
    }
    struct stream content = *stream;
    struct text_buffer name;
    text_buffer_init(&name, 0);
    int status = join_name(&name, stream->unit_name, stream->content_name);
    content.unit_name = text_buffer_view(&name);
    if (status == 0) {
        status = passage_scan_unit(p, &content, source, head, whole, err);
    } else {
        byte_source_close(source);
        error_set(err, status, "out of memory for the name of a unit");
    }
    text_buffer_release(&name);
    return status;
}

int passage_scan_file(struct passage *p, const struct stream *stream, struct byte_source *source,
                      struct bytes head, struct error *err) {
    struct stream file = *stream;
    struct beside beside;
    beside_init(&beside);
    if (beside_find(&beside, source, bytes_last_component(file.unit_name), head, &p->budget)) {
        file.hint = &beside.hint;
        file.content_name = text_buffer_view(&beside.name);
        file.beside = true;
    }
    int status = passage_scan_stream(p, &file, source, err);
    beside_release(&beside);
    return status;
}
