/* passage.h - one item on its way through the pipeline: what stays the same for all that is found
 * in it. Inside the room only. */
#ifndef YINMA_RUN_PASSAGE_H
#define YINMA_RUN_PASSAGE_H

#include "input/file_status.h"
#include "run/pieces/source.h"
#include "run/pipeline.h"
#include "run/workers/crew.h"

struct pipeline {
    const struct engine *engine;
    struct unit_scan *unit_scan;
    struct folder_names *folders;
    struct file_system_note file_system;
    struct crew *crew;      /* NULL: until it is needed */
    struct unit_jobs *jobs; /* … */
    struct crew_lease lease;
    uint64_t piece_bytes;
    bool keep_whole, wants_whole;
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
    bool repeatable;  /* the item can be read again */
    uint64_t members; /* of the archive at hand that were met */
    bool lent;        /* hands are hired for members of archives */
    bool shared;      /* the sink knows of it */
    bool apart;       /* members were read beside each other: limits are counted with less grace */
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
    uint64_t packed, behind;         /* as of a struct container_member */
};

/* The facts of a unit called NAME that nothing is known of yet; NULL: memory is out. */
struct unit_facts *passage_new_unit(const struct passage *p, struct bytes name);

/* … of STREAM, with what its archive says of it. */
struct unit_facts *passage_unit_of(const struct passage *p, const struct stream *stream);

/* The sink gets FACTS, owned. */
int passage_tell(struct passage *p, struct unit_facts *facts, struct error *err);
/* The item is to be scanned again, without anything side by side: YINMA_E_CANCELLED. */
int passage_want_whole(struct passage *p, struct error *err);

/* Nothing of it could be read, or only a part: what CODE means for its coverage. */
enum coverage_status passage_status_for(int code);

#endif
