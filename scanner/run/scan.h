/* scan.h - a whole run: items to results. Used by the command `scan` and, with the calling thread
 * in place of the pool, by libyinma. */
#ifndef YINMA_RUN_SCAN_H
#define YINMA_RUN_SCAN_H

#include "judge/judge.h"
#include "result/saved/baseline.h"
#include "run/workers/pool.h"

struct scan_options {
    const char *const *paths; /* as given, NULL-terminated: roots of source names */
    const char *const *roots; /* of those, what all that stands there is called; NULL: not known */
    struct zone_sources zones;
    const char *const *profiles; /* NULL-terminated; NULL: the default, and the report says so.
                                    "all" = every pack */
    bool no_builtin;             /* without the pack yinma */
    enum confidence min_confidence, fail_confidence;
    enum severity fail_on;           /* SEVERITY_NONE = never */
    const struct baseline *baseline; /* what is known; NULL: nothing */
    unsigned class;                  /* 0: as the configuration says */
    const char *as_of;    /* ISO date or NULL: today in TZ, which only Asia/Taipei and UTC allow */
    const char *tz;       /* NULL: Asia/Taipei; must outlive the results */
    time_t started;       /* 0 = not told */
    double started_clock; /* the same on CLOCK_MONOTONIC, seconds; 0 = not told */
    const char *const *args; /* as called, NULL-terminated; concealed on the way; may be NULL */
    /* Digests of the options that change what is found, and of those that leave something out; NULL
     * or "": there are none. */
    const char *settings_sha256, *selection_sha256;
    bool without_sources; /* nobody asks for results->sources: it is left empty */
    struct pool_options pool;
};

/* Judge what the pool brought: takes over POOL's content. 0 or a negative code; YINMA_E_USAGE for
 * an unknown profile. results->summary.status is the exit status. */
int scan_judge(const struct engine *engine, const struct scan_options *options,
               struct pool_result *pool, struct results *out, struct error *err);

/* Check the options that need the catalog (profiles, as_of) before anything is scanned. */
int scan_check_options(const struct engine *engine, const struct scan_options *options,
                       struct error *err);

/* Is TEXT a date like 2026-01-31? */
bool scan_date_valid(const char *text);

/* ---- for those who must act before a unit ends ---- */

/* What does not change during a run. Results own the like of it: results_release. */
int scan_describe(const struct engine *engine, const struct scan_options *options,
                  struct run_info *out, struct error *err);
/* Judge VIEW, a unit as it is known so far (unit_scan.h). RUN and VIEW are borrowed;
 * scan_release_view in any case. */
int scan_judge_view(const struct engine *engine, const struct scan_options *options,
                    const struct run_info *run, struct unit_facts *view, struct results *out,
                    struct error *err);
void scan_release_view(struct results *view);

#endif
