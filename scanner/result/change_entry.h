/* change_entry.h - one finding of two runs: what became of it, and what can have caused that. */
#ifndef YINMA_RESULT_CHANGE_ENTRY_H
#define YINMA_RESULT_CHANGE_ENTRY_H

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

#endif
