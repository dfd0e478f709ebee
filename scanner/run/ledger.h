/* ledger.h - what is known of the units of one work item: committed ones with their facts, and
 * those that are open in the worker that reads the item now. The pool owns one ledger an item; a
 * worker that is started to run an item again inherits it and leaves out what it holds. */
#ifndef YINMA_RUN_LEDGER_H
#define YINMA_RUN_LEDGER_H

#include <stdio.h>

#include "input/walk/walk.h"
#include "result/results.h"
#include "run/workers/frame.h"

/* A stretch of the spool of occurrences. */
struct spool_span {
    uint64_t at, length;
};

struct spool_spans {
    struct spool_span *items;
    size_t count, capacity;
};

struct ledger_unit {
    struct frame_unit place;
    struct unit_facts *facts; /* owned until taken by ledger_finish */
    struct spool_spans spans;
};

struct ledger_open {
    uint64_t seq;
    struct bytes name; /* in clear, owned */
    struct spool_spans spans;
};

struct ledger {
    struct ledger_unit *units; /* as they were committed; by number after ledger_sort */
    size_t unit_count, unit_capacity;
    struct ledger_open *open; /* outermost first */
    size_t open_count, open_capacity;
    uint64_t begun; /* units begun in this attempt */
};

void ledger_release(struct ledger *ledger);

/* All return 0, YINMA_E_MEMORY, or YINMA_E_DAMAGED when the call makes no sense (a mad worker). */

int ledger_begin(struct ledger *ledger, struct frame_begin place, struct bytes name);
/* Takes FACTS in every case. Units begun after PLACE and never finished are dropped. */
int ledger_commit(struct ledger *ledger, struct frame_unit place, struct unit_facts *facts);
/* [at, at + length) of the spool belongs to the unit begun last. */
int ledger_spool(struct ledger *ledger, uint64_t at, uint64_t length);

/* The attempt is over: forget what is open. */
void ledger_close(struct ledger *ledger);

/* Sort by number, so that ledger_find works and the order is that of the data. */
void ledger_sort(struct ledger *ledger);
/* The committed unit number SEQ, or NULL. */
const struct ledger_unit *ledger_find(const struct ledger *ledger, uint64_t seq);

/* The name, in clear, of the unit of ITEM that is read now. */
struct bytes ledger_current(const struct ledger *ledger, const struct work_item *item);

/* Free what only a further attempt would need. */
void ledger_trim(struct ledger *ledger);

#endif
