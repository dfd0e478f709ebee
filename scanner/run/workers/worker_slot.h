/* worker_slot.h - the pool's end of one worker: the process, its channel, what it works on. */
#ifndef YINMA_RUN_WORKERS_WORKER_SLOT_H
#define YINMA_RUN_WORKERS_WORKER_SLOT_H

#include <sys/types.h>

#include "run/workers/worker.h"

struct worker_slot {
    pid_t pid; /* 0 = none */
    int fd;
    struct channel *channel; /* owned; one serves all workers of the slot */
    bool timed_out;          /* killed for it */
    bool ended;              /* it has said that it found no more work … */
    bool shared;             /* … that it scans units of its item side by side */
    bool again;              /* … that its item is to be run again, streams in one piece */
    size_t item;             /* it works on, or NO_ITEM */
    uint64_t bytes;          /* read of the item in this attempt */
    double deadline;         /* of the item; 0 = none */
    struct frame_buffer in;
};

/* Fork a worker for JOB, whose channel and fd are the slot's. SLOTS, COUNT of them: all of the
 * pool. 0 or YINMA_E_IO … */
int worker_slot_start(struct worker_slot *slot, const struct worker_slot *slots, unsigned count,
                      const struct worker_job *job, struct error *err);

/* Let go of a worker: KILL it, or let it end by itself now that its socket closes. Returns its wait
 * status. */
enum end_how { END_BY_ITSELF, END_KILL };
int worker_slot_end(struct worker_slot *slot, enum end_how how);

#endif
