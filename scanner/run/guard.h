/* guard.h - a filter: what comes in at one descriptor goes out at another one unchanged, as long as
 * no rule is broken. Memory is constant; what may not go out yet is held (held_bytes.h).
 *
 * Rules that a value or its row tells (guard_tells_early) are judged while the stream is read: the
 * record that breaks one, and everything behind it, stays here. The others are judged at the end,
 * when only the last block is left to be withheld. */
#ifndef YINMA_RUN_GUARD_H
#define YINMA_RUN_GUARD_H

#include "input/outlet.h"
#include "run/scan.h"

enum guard_mode {
    GUARD_RECORDS, /* as above */
    GUARD_HOLD,    /* nothing goes out before all of it is judged */
    GUARD_REPORT,  /* everything goes out; only the verdict is told */
};

enum guard_verdict {
    GUARD_PASSED,     /* all of it is out, nothing is broken */
    GUARD_REPORTED,   /* all of it is out, whatever was found (GUARD_REPORT) */
    GUARD_STOPPED,    /* before the record that breaks a rule */
    GUARD_WITHHELD,   /* at the end: what was held stayed here */
    GUARD_UNREADABLE, /* something cannot be read: nobody knows what it holds */
    GUARD_WRITE,      /* the reader left, or what passes cannot be written */
};
const char *guard_verdict_name(enum guard_verdict verdict); /* "passed", "stopped" … */
const char *guard_mode_name(enum guard_mode mode);          /* "records", "hold", "report-only" */

struct guard_options {
    enum guard_mode mode;
    int in, out;               /* descriptors, not closed */
    const char *name;          /* of what comes in */
    enum outlet_digest digest; /* of what passes */
};

struct guard_outcome {
    enum guard_mode mode;
    enum guard_verdict verdict;
    uint64_t read;               /* bytes that came in; of a stream that was stopped: until then */
    struct outlet_result passed; /* bytes that went out */
};

/* Is RULE judged while the stream is read? */
bool guard_tells_early(const struct rule *rule);

/* Pass the stream. RESULTS are those of what was read; its summary.status is the exit status. 0 or
 * a negative code (then nothing but OUTCOME counts, and what was held has not gone out). */
int guard_run(const struct engine *engine, const struct scan_options *scan,
              const struct guard_options *options, struct guard_outcome *outcome,
              struct results *results, struct error *err);

#endif
