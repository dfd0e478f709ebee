/* unit_parts.h - judging side by side: what a unit is judged as does not depend on how others are
 * judged at the same time. Runs of units are parts; what comes of them is put together in their
 * order, so the results do not tell how many there were. Private to this room. */
#ifndef YINMA_JUDGE_UNIT_PARTS_H
#define YINMA_JUDGE_UNIT_PARTS_H

#include "judge/judge.h"

enum { UNIT_PARTS_MOST = 16 };

/* How many parts the units are judged in: one where the settings ask for no more, and where parts
 * would count the same things (`allow:` of the configuration). */
unsigned unit_parts_count(const struct judge_settings *settings, size_t units);

/* The first unit of PART; that of COUNT is behind the last one. */
static inline size_t unit_parts_first(size_t units, unsigned part, unsigned count) {
    return units * part / count;
}

/* Settings for a part: names are remembered by each thread for itself. */
struct judge_settings unit_parts_settings(const struct judge_settings *settings, unsigned part);
void unit_parts_settings_release(struct judge_settings *settings, unsigned part);

/* Call WORK for each of COUNT things of SIZE bytes, each in a thread of its own where there are
 * several, and wait for all. */
void unit_parts_work(void *parts, size_t size, unsigned count, void (*work)(void *part));

#endif
