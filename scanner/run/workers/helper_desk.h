/* helper_desk.h - where workers ask for helper programs. Workers start none themselves: they hand
 * an order with two ends of pipes to the desk, a process of its own that does nothing else. It is
 * only made when the first order comes, so a run that needs none pays for a pair of sockets.
 *
 * The programs are named here and nowhere else; no shell, no search path, nothing of the
 * environment. What they may do: helper_confine.h. */
#ifndef YINMA_RUN_WORKERS_HELPER_DESK_H
#define YINMA_RUN_WORKERS_HELPER_DESK_H

#include <stdint.h>
#include <sys/types.h>

#include "core/error.h"

enum helper_program { HELPER_PDF_TEXT, HELPER_PROGRAMS };

/* An order, sent with the descriptors below. */
struct helper_order {
    uint32_t program; /* enum helper_program */
    uint32_t seconds; /* it may run so long */
};
/* Which descriptor is which: data, where the result goes, where complaints and at last its wait
 * status (an int) go. */
enum { HELPER_INPUT, HELPER_OUTPUT, HELPER_ACCOUNT, HELPER_DESCRIPTORS };

/* Exit statuses of a helper that never ran. */
enum { HELPER_NOT_CONFINED = 126, HELPER_NOT_INSTALLED = 127 };

struct helper_desk {
    int orders; /* where orders arrive; -1: the desk's process has it, or there is none */
    int asking; /* the end for workers */
    pid_t pid;  /* of the process; 0: not made yet */
};

/* 0 or YINMA_E_IO. Close it in any case. */
int helper_desk_open(struct helper_desk *desk, struct error *err);
/* An order waits at `orders`: make the process that takes it, and all to come. */
int helper_desk_start(struct helper_desk *desk, struct error *err);
/* In a worker: only the end for workers stays open. */
void helper_desk_leave(const struct helper_desk *desk);
/* Ends the process, with whatever it started. */
void helper_desk_close(struct helper_desk *desk);

#endif
