/* crew.h - threads of one worker, beside its own: hands for work that can be shared while no other
 * worker needs their processor. Each hand has scratch of its own (unit_scan.h). What hands do
 * touches nothing but their job and the engine, which is const. */
#ifndef YINMA_RUN_WORKERS_CREW_H
#define YINMA_RUN_WORKERS_CREW_H

#include "run/unit_scan.h"

/* The first member of what is to be done; owned by whoever posts it, and in peace until it is done.
 */
struct crew_job {
    void (*work)(struct crew_job *job, struct unit_scan *scan);
    struct crew_job *next;
    enum { CREW_QUEUED, CREW_TAKEN, CREW_DONE } state;
};

/* Threads that run on processors no worker uses: *spare counts those, *held the ones lent to this
 * worker. Both are shared between processes. */
struct crew_lease {
    _Atomic unsigned *spare, *held;
};

struct crew;

/* Nobody works yet. NULL when memory is out. */
struct crew *crew_new(const struct engine *engine);
/* All jobs are done. NULL is fine. */
void crew_free(struct crew *crew);

/* Take spare processors, as many as there are (at most CREW_MOST); how many hands work now. 0:
 * nothing can be posted. */
enum { CREW_MOST = 15 };
unsigned crew_hire(struct crew *crew, const struct crew_lease *lease);
/* Give them back; all jobs are done. */
void crew_dismiss(struct crew *crew, const struct crew_lease *lease);

void crew_post(struct crew *crew, struct crew_job *job);
/* Jobs that nobody has begun with. */
size_t crew_queued(struct crew *crew);
/* Do the oldest of them in this thread, with SCAN. */
void crew_help(struct crew *crew, struct unit_scan *scan);
/* Return when JOB is done; meanwhile help. */
void crew_wait(struct crew *crew, struct crew_job *job, struct unit_scan *scan);

#endif
