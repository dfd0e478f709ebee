#include "run/pipeline.h"

#include <stdio.h>
#include <stdlib.h>

#include "input/file_status.h"
#include "input/neighbours/beside.h"
#include "input/neighbours/folder_names.h"
#include "run/layouts/described.h"
#include "run/own_file.h"
#include "run/recursion.h"
#include "run/unit_jobs.h"
#include "run/unit_scan.h"

struct pipeline *pipeline_new(const struct engine *engine) {
    struct pipeline *pipeline = calloc(1, sizeof *pipeline);
    if (pipeline != NULL) {
        pipeline->engine = engine;
        pipeline->unit_scan = unit_scan_new(engine);
        pipeline->folders = folder_names_new();
        if (pipeline->unit_scan == NULL || pipeline->folders == NULL) {
            pipeline_free(pipeline);
            return NULL;
        }
    }
    return pipeline;
}

void pipeline_free(struct pipeline *pipeline) {
    if (pipeline != NULL) {
        crew_free(pipeline->crew);
        unit_jobs_free(pipeline->jobs);
        folder_names_free(pipeline->folders);
        unit_scan_free(pipeline->unit_scan);
        free(pipeline);
    }
}

void pipeline_lend(struct pipeline *pipeline, const struct crew_lease *lease,
                   uint64_t piece_bytes) {
    folder_names_trust(pipeline->folders);
    pipeline->lease = *lease;
    pipeline->piece_bytes = piece_bytes;
}

void pipeline_keep_whole(struct pipeline *pipeline, bool whole) {
    pipeline->keep_whole = whole;
}

bool pipeline_wants_whole(const struct pipeline *pipeline) {
    return pipeline->wants_whole;
}

static void start(struct passage *p, struct pipeline *pipeline, const struct unit_sink *sink,
                  bool named) {
    *p = (struct passage){.pipeline = pipeline, .sink = sink, .traits = named ? UNIT_NAMED : 0U};
    input_budget_start(&p->budget, &pipeline->engine->limits);
    p->budget.folders = pipeline->folders;
    p->budget.stopping = sink->stopping;
    p->budget.stopping_context = sink->context;
}

/* SOURCE: NULL when it could not be opened. */
static void look_at_file(struct passage *p, const struct work_item *item,
                         const struct byte_source *source) {
    struct file_status status;
    p->file.known = source != NULL
                        ? input_opened_status(item, source, &p->pipeline->file_system, &status)
                        : input_file_status(item, &status);
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
 * holds: the whole file is scanned instead (run/pieces/ranges.h). */
static int refuse_piece(struct passage *p, const struct work_item *item, struct error *err) {
    struct unit_facts *unit = passage_new_unit(p, bytes_of_string(item->name));
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
    const uint64_t counted = p->budget.compressed_bytes; /* what is looked at here is read again */
    beside_init(&beside);
    bool described =
        beside_find(&beside, file, bytes_last_component(name), bytes_of("", 0), &p->budget) ||
        described_file(file, bytes_last_component(name), &p->budget);
    beside_release(&beside);
    /* what may be ours is looked at as a whole */
    bool own = !item->named && !p->pipeline->engine->own_files && own_file_hint(file);
    p->budget.compressed_bytes = counted;
    if (described || own) {
        byte_source_close(file);
        return refuse_piece(p, item, err);
    }
    const struct piece_eyes eyes = unit_scan_eyes(p->pipeline->unit_scan);
    const struct piece_of_file wanted = {
        .piece = item->piece, .file = file, .name = name, .budget = &p->budget};
    int status = piece_open(&eyes, &wanted, &cut, &source, &problem);
    if (status == YINMA_E_MEMORY) {
        *err = problem;
        return status;
    }
    if (status != 0 || source == NULL) {
        return refuse_piece(p, item, err);
    }
    p->cut = &cut;
    status = passage_scan_stream(p, &stream, source, err);
    p->cut = NULL;
    return status;
}

/* Is it to be left out because yinma wrote it? What was named is scanned whatever it is. *OUT: what
 * it is. */
static bool leave_out(struct passage *p, const struct work_item *item, struct byte_source *source,
                      const char **out) {
    const struct engine *engine = p->pipeline->engine;
    const uint64_t before = p->budget.compressed_bytes;
    *out = item->type == ITEM_FILE && !item->named && !engine->own_files
               ? own_file_of(engine->kinds.items, source)
               : NULL;
    if (*out == NULL) {
        p->budget.compressed_bytes = before; /* it will be read again */
    }
    return *out != NULL;
}

static int report_own_file(struct passage *p, const struct work_item *item, const char *what,
                           struct error *err) {
    char text[96];
    snprintf(text, sizeof text, SAID("%s of yinma: left out (--own-files scans it)"), what);
    return passage_gap(p, bytes_of_string(item->name), COVERAGE_SKIPPED, YINMA_E_OWN, text, 0, err);
}

int pipeline_scan(struct pipeline *pipeline, const struct work_item *item,
                  const struct unit_sink *sink, struct error *err) {
    struct passage p;
    start(&p, pipeline, sink, item->named);
    struct bytes name = bytes_of_string(item->name);
    struct stream stream = {.unit_name = name, .archive_name = name};
    struct byte_source *source = NULL;
    struct error problem = {0};
    const char *own = NULL;
    int status = 0;
    switch (item->type) {
    case ITEM_SPECIAL:
        return passage_gap(&p, name, item->named ? COVERAGE_SKIPPED : COVERAGE_OPAQUE, 0,
                           item->error != NULL ? item->error->text
                                               : SAID("a socket, FIFO or device: not opened"),
                           UNIT_SPECIAL_FILE, err);
    case ITEM_UNREADABLE:
        return passage_gap(&p, name, COVERAGE_FAILED,
                           item->error != NULL ? item->error->code : YINMA_E_IO,
                           item->error != NULL ? item->error->text : "", 0, err);
    case ITEM_FILE:
    case ITEM_STDIN:
    case ITEM_DESCRIPTOR:
    case ITEM_HELD:
        break;
    }
    p.repeatable = item->type == ITEM_FILE && item->piece == NULL;
    pipeline->wants_whole = false;
    status = input_open_file(item, &p.budget, &source, &problem);
    look_at_file(&p, item, status == 0 ? source : NULL);
    if (status == YINMA_E_MEMORY) {
        *err = problem;
        return status;
    }
    if (status != 0) {
        return passage_gap(&p, name, COVERAGE_FAILED, status, problem.text, 0, err);
    }
    if (item->piece == NULL && leave_out(&p, item, source, &own)) {
        byte_source_close(source);
        return report_own_file(&p, item, own, err);
    }
    source = sink->tap == NULL ? source : sink->tap(sink->context, source);
    if (source == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a source");
    }
    status = item->piece != NULL ? scan_piece(&p, item, source, err)
                                 : passage_scan_file(&p, &stream, source, bytes_of("", 0), err);
    struct error later = {0};
    int settled = unit_jobs_settle(&p, status == 0 ? err : &later);
    return status == 0 ? settled : status;
}

int pipeline_scan_memory(struct pipeline *pipeline, struct bytes name, struct bytes memory,
                         const struct unit_sink *sink, struct error *err) {
    struct passage p;
    start(&p, pipeline, sink, true);
    struct stream stream = {.unit_name = name, .archive_name = name};
    p.budget.compressed_bytes = memory.len; /* all of it is there: the ratio is counted from it */
    return passage_scan_stream(&p, &stream, input_open_memory(memory), err);
}
