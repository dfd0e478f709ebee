/* unit_jobs.h - members of one archive that are not large, scanned side by side: the worker's
 * thread unpacks them, the crew scans copies of them, and what comes of them is told in the order
 * of the archive, so that nobody can see a difference. Inside the room only. */
#ifndef YINMA_RUN_UNIT_JOBS_H
#define YINMA_RUN_UNIT_JOBS_H

#include "run/passage.h"

struct unit_jobs;
void unit_jobs_free(struct unit_jobs *jobs); /* NULL is fine */

/* Can this unit, which begins with HEAD (all of it when WHOLE), be a job? Then it is one: SOURCE
 * (owned) is closed, *TAKEN becomes true and the rest happens later. If not, *SOURCE delivers the
 * same bytes as before. 0, YINMA_E_MEMORY or what the sink says of an earlier unit. */
int unit_jobs_offer(struct passage *p, const struct stream *stream, struct byte_source **source,
                    struct bytes head, bool whole, bool *taken, struct error *err);

/* Wait for all jobs and tell what came of them. To be called before anything else is told of the
 * item, and at its end. */
int unit_jobs_settle(struct passage *p, struct error *err);

#endif
