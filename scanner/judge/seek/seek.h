/* seek.h - where the values of a person stand in a unit (`scan --find`). Looks at every byte itself
 * and asks nobody what a field is: a value counts wherever it stands. One a worker; the hot path of
 * other scans knows nothing of it. */
#ifndef YINMA_JUDGE_SEEK_SEEK_H
#define YINMA_JUDGE_SEEK_SEEK_H

#include "core/block64/block64.h"
#include "core/hit.h"
#include "core/segment.h"
#include "judge/seek/sought.h"
#include "result/facts.h"

struct seeker;

/* SOUGHT must outlive it. NULL when memory is out. */
struct seeker *seeker_new(const struct sought *sought, const struct block64_ops *ops);
void seeker_free(struct seeker *seeker);

/* A new unit begins. */
void seeker_begin(struct seeker *seeker);
/* MATCH: what was found in SEGMENT otherwise; masks in running text are taken from there. 0 or
 * YINMA_E_MEMORY. */
int seeker_segment(struct seeker *seeker, const struct segment *segment,
                   const struct match_result *match, struct error *err);
/* Does a place lie in that field of the unit? */
bool seeker_met(const struct seeker *seeker, uint32_t field);
/* Add to FOUND what stands in NAME, that of a file or of a member of an archive. False when memory
 * is out. */
bool seek_in_name(const struct sought *sought, const struct block64_ops *ops, struct bytes name,
                  struct found_places *found);
/* The places move to UNIT. */
void seeker_finish(struct seeker *seeker, struct unit_facts *unit);

#endif
