/* neighbours.h - what stands beside a member inside the same archive: the folder that was packed
 * had toc.dat beside its rows, the log beside its database.
 *
 * An archive that can be read at any place is listed when somebody first asks for a neighbour, and
 * a second reader fetches it. In a stream, which goes by once, descriptions that pass are kept, and
 * a member whose neighbour has not come yet waits for it: a copy of it is held within --max-spool
 * until it comes or the archive ends. */
#ifndef YINMA_INPUT_NEIGHBOURS_NEIGHBOURS_H
#define YINMA_INPUT_NEIGHBOURS_NEIGHBOURS_H

#include "input/input.h"

struct neighbours;

/* Of the archive that SOURCE is; all must outlive the result. NULL when memory is out. */
struct neighbours *neighbours_new(const struct container_format *format, struct byte_source *source,
                                  struct input_budget *budget);
void neighbours_free(struct neighbours *neighbours); /* NULL is fine */

/* A member whose turn it is to be scanned. */
struct neighbours_turn {
    struct bytes name; /* valid until the next call */
    int64_t modified;
    struct byte_source *source; /* has sibling(); to be closed by the caller before the next call */
    struct bytes head;          /* its first bytes, where a neighbour may describe it; else empty */
};

/* MEMBER, whose content is SOURCE (owned from here on), passes: 1 and *TURN, 0 when it waits, or
 * negative: YINMA_E_MEMORY, or nothing of it could be read. */
int neighbours_pass(struct neighbours *neighbours, const struct container_member *member,
                    struct byte_source *source, struct neighbours_turn *turn, struct error *err);

/* The next of those who waited and need wait no longer; all of them when the archive has ENDED. 1
 * and *TURN, 0 none, or YINMA_E_MEMORY. */
int neighbours_next(struct neighbours *neighbours, bool ended, struct neighbours_turn *turn,
                    struct error *err);

/* When all is over: 0, or YINMA_E_LIMIT and what could not wait for its neighbour. */
int neighbours_check(const struct neighbours *neighbours, struct error *err);

#endif
