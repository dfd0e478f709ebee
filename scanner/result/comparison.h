/* comparison.h - what became of the findings of one run in another: new, more, the same, fewer,
 * gone, or not looked at this time, each with what can have caused it. Findings are fields (by
 * source, table, column and kind) and violations (by rule besides). What several units of one
 * source hold counts as the worst of them, as in baselines.
 *
 * A cause is told only where the runs leave room for it: an upgrade of the program or of its rules
 * must never look like a leak, nor a leak like an upgrade. Where more than one is possible, all are
 * told and none is certain. */
#ifndef YINMA_RESULT_COMPARISON_H
#define YINMA_RESULT_COMPARISON_H

#include "result/results.h"

enum change {
    CHANGE_NEW,
    CHANGE_MORE, /* more values, or worse masked */
    CHANGE_FEWER,
    CHANGE_GONE,
    CHANGE_NOT_SEEN, /* the unit was not read this time: nobody can tell */
    CHANGE_SAME,
    CHANGE_COUNT
};
/* "new", "more", "fewer", "gone", "not-seen", "same" */
const char *change_name(enum change change);

enum cause {
    CAUSE_DATA,     /* other values in the same place */
    CAUSE_UNIT,     /* its file or member was not there before, or is no longer */
    CAUSE_SCOPE,    /* one of the runs was not asked to look there */
    CAUSE_NOT_READ, /* one of the runs could not read it */
    CAUSE_DATE,     /* judged on another day */
    CAUSE_VERSION,  /* another yinma */
    CAUSE_KINDS,    /* the same version, built with other kinds */
    CAUSE_RULES,    /* another text of the pack */
    CAUSE_SETTINGS, /* configuration or options */
    CAUSE_COUNT
};
/* "data", "unit", "scope", "not-read", "date", "version", "kinds", "rules", "settings" */
const char *cause_name(enum cause cause);
/* The same as a clause; a gettext message. */
const char *cause_text(enum cause cause);
#define CAUSE_BIT(cause) (1U << (cause))

/* One side of an entry; everything points into the results of that side. */
struct change_side {
    const struct unit_result *unit; /* of the worst one; NULL: of the whole run, or no such side */
    const struct field_result *field;
    const struct violation *violation; /* NULL: the entry is about a field */
    uint64_t count;                    /* values, or what the violation counts; 0 = no such side */
};

struct change_entry {
    enum change change;
    unsigned causes;     /* set of enum cause; 0 for CHANGE_SAME */
    bool is_violation;   /* else about a field */
    bool told_by_other;  /* of the same place, change and causes as a worse violation */
    unsigned more_rules; /* that such entries are about, besides its own */
    const struct rule *rule;
    enum severity severity; /* of the later side; SEVERITY_NONE for a field */
    struct bytes source, table, column;
    enum storage storage;
    const char *kind, *role;
    struct change_side before, now;
};

struct comparison {
    const struct results *before, *now; /* not owned; must outlive it */
    unsigned differs;                   /* causes besides the data that the runs leave room for */
    struct change_entry *entries;       /* by change, severity, source, table, column, kind, rule */
    size_t count;
    uint64_t violations[CHANGE_COUNT], fields[CHANGE_COUNT];
    uint64_t by_data; /* new or more violations that data (values, a new unit) can have caused */
};

/* 0 or YINMA_E_MEMORY. */
int comparison_make(const struct results *before, const struct results *now, struct comparison *out,
                    struct error *err);
void comparison_release(struct comparison *comparison);

/* ---- comparison_causes.c ---- */

/* Did a run look at that unit? */
enum sight {
    SIGHT_READ,
    SIGHT_UNREAD,  /* it, or what it stands in, could not be read */
    SIGHT_ABSENT,  /* it would have been met, and is not there */
    SIGHT_OUTSIDE, /* the run was not asked to look there, or that cannot be told */
};
/* OTHER: the run that knows the unit. */
enum sight sight_of(const struct results *run, const struct unit_result *unit,
                    const struct results *other);
/* What the two runs differ in besides the data; rules are asked about one by one. */
unsigned run_differences(const struct results *before, const struct results *now);
/* The change and its causes; FIELD_GROWN: the values of the field are more or worse than on the
 * other side. */
void explain_change(const struct comparison *comparison, bool field_grown,
                    struct change_entry *entry);

#endif
