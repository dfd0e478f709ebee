/* pipeline.h - one item from its bytes to its facts, in the calling thread: source, container,
 * decode, match, collect. Only this file knows the order, and only it recurses. */
#ifndef YINMA_RUN_PIPELINE_H
#define YINMA_RUN_PIPELINE_H

#include "core/segment.h"
#include "result/wire/wire.h"
#include "run/engine.h"

struct unit_scan;
struct crew_lease;

/* A unit of which another segment was read: what those see who act before its end. */
struct unit_reading {
    const struct unit_facts *facts; /* name, format, coverage and bytes so far; no fields yet */
    const struct segment *segment;
    const struct field_set *fields;
    bool copied; /* something of the item is read from a copy of it (random access): bytes that were
                    read from the item long ago may not have been looked at yet */
    struct unit_scan *scan;
};

/* Who receives what the pipeline finds. Facts are committed per finished unit. */
struct unit_sink {
    void *context;
    /* A unit begins (before its first byte is decoded). NAME is in clear: never print it. False:
     * leave it out (it is known already, or it killed a worker: then *reason is a code for its
     * coverage record, or 0 to be silent). May be NULL. */
    bool (*begin)(void *context, struct bytes name, int *reason);
    /* A unit is finished; the sink owns FACTS. 0 or a negative code that ends the item. */
    int (*done)(void *context, struct unit_facts *facts, struct error *err);
    /* With --occurrences: values of the current unit, between begin and done; fields are numbered
     * as in the facts to come. */
    int (*occurrences)(void *context, struct bytes wire, struct error *err);
    /* BYTES more of the outermost source were read. A true return asks to stop. May be NULL. */
    bool (*progress)(void *context, uint64_t bytes);
    /* Is somebody asking to stop? May be called in any thread, and be NULL. */
    bool (*stopping)(void *context);
    /* A segment was read. Negative ends the item (YINMA_E_CANCELLED: what was read counts). May be
     * NULL. */
    int (*segment)(void *context, const struct unit_reading *reading, struct error *err);
    /* Stand between the item's source and everything else: a source that owns SOURCE, NULL when
     * memory is out (SOURCE is closed). May be NULL. */
    struct byte_source *(*tap)(void *context, struct byte_source *source);
    /* From here on units of the item are scanned side by side: whoever dies is not the one that was
     * begun last. May be NULL: then they are not. */
    void (*shared)(void *context);
    /* The text of the PDF document in DATA (with read_at; not owned), as helper_text.h says; NULL
     * and *ERR when it cannot be had. The op is NULL where nothing may be started. */
    struct byte_source *(*pdf_text)(void *context, struct byte_source *data,
                                    struct input_budget *budget, struct error *err);
};

struct pipeline;

/* Scratch and buffers of one worker. NULL when memory is out. ENGINE must outlive it. */
struct pipeline *pipeline_new(const struct engine *engine);
void pipeline_free(struct pipeline *pipeline);

/* Let it use processors that no worker needs. PIECE_BYTES: of streams; 0: as fits. */
void pipeline_lend(struct pipeline *pipeline, const struct crew_lease *lease, uint64_t piece_bytes);
/* Streams are scanned in one piece from here on, or may be shared again. */
void pipeline_keep_whole(struct pipeline *pipeline, bool whole);
/* The last item was left, with YINMA_E_CANCELLED: it has to be scanned again, with streams in one
 * piece. */
bool pipeline_wants_whole(const struct pipeline *pipeline);

/* Scan one item. Whatever is wrong with the data becomes coverage; negative only when yinma itself
 * failed (memory, the sink) or the sink asked to stop (YINMA_E_CANCELLED). */
int pipeline_scan(struct pipeline *pipeline, const struct work_item *item,
                  const struct unit_sink *sink, struct error *err);
/* The same for memory, called NAME. */
int pipeline_scan_memory(struct pipeline *pipeline, struct bytes name, struct bytes memory,
                         const struct unit_sink *sink, struct error *err);

#endif
