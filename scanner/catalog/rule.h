/* rule.h - yinma's executable reading of one control. Loaded from YAML (rules/), const afterwards.
 */
#ifndef YINMA_CATALOG_RULE_H
#define YINMA_CATALOG_RULE_H

#include "catalog/zones.h"
#include "core/vocabulary.h"

enum severity { SEVERITY_NONE, SEVERITY_LOW, SEVERITY_MEDIUM, SEVERITY_HIGH, SEVERITY_CRITICAL };
const char *severity_name(enum severity severity);
/* "low" … "critical"; "never" gives SEVERITY_NONE. False when unknown. */
bool severity_from_name(const char *name, enum severity *out);

enum rule_level {
    LEVEL_REQUIREMENT,
    LEVEL_BASELINE,
    LEVEL_BETTER_PRACTICE,
    LEVEL_GUIDANCE,   /* the guide for IT services: advice of an authority */
    LEVEL_AUDIT_ITEM, /* what an examiner asks */
    LEVEL_STANDARD,   /* a demand of an industry's standard */
    LEVEL_BUILTIN,
    LEVEL_COUNT
};
const char *rule_level_name(enum rule_level level);

enum rule_scope { SCOPE_VALUE, SCOPE_RECORD, SCOPE_FIELD, SCOPE_UNIT, SCOPE_RUN };
const char *rule_scope_name(enum rule_scope scope);

/* What breaks a rule though no single value does. */
enum rule_finding {
    FINDING_NONE,
    FINDING_MIXED_MASKS,          /* one kind is masked in several ways */
    FINDING_COMPLEMENTARY_MASKS,  /* two masks of one value show it together */
    FINDING_UNKEYED_DIGESTS,      /* digests that anybody can compute */
    FINDING_PASSWORD_LIST,        /* accounts and their passwords in one table */
    FINDING_KEY_BESIDE_DATA,      /* key material in the unit or folder of personal data */
    FINDING_PASSWORD_IS_PERSONAL, /* passwords that are the ID, phone or birth date of their row */
    FINDING_LIVE_AND_ARCHIVE,     /* the same records in a backup and in the live system */
    FINDING_OVERLAP,              /* "overlap-with-production": values of real people in a test */
    FINDING_LOG_SPAN,             /* a set of logs reaches back less than at_least */
    FINDING_FLOW_SURPLUS,         /* an exchange carries what its flow may not pass */
    FINDING_ANNOUNCED,            /* columns that are named for personal data and hold none yet */
    FINDING_EXPECTATION,          /* what `expect:` of the configuration asks is not so */
    FINDING_COUNT
};
const char *rule_finding_name(enum rule_finding finding); /* "mixed-masks"; "" for NONE */

/* A length of time as people state it. */
enum period_unit {
    PERIOD_NONE,
    PERIOD_HOURS,
    PERIOD_DAYS,
    PERIOD_MONTHS, /* calendar months */
    PERIOD_YEARS,
    PERIOD_SAME_DAY, /* gone when the day ends; no number */
    PERIOD_UNITS
};
struct rule_period {
    enum period_unit unit;
    uint32_t number;
};

/* "7d", "3mo", "5y", "12h", "same-day"; "" for PERIOD_NONE. */
enum { PERIOD_TEXT = 16 };
void rule_period_print(const struct rule_period *period, char out[PERIOD_TEXT]);
/* The same read back; PERIOD_NONE when it is none. */
struct rule_period rule_period_parse(const char *text);

/* Since when an age is counted. */
enum age_since {
    SINCE_PURPOSE_END, /* closed, delivered, signed date of the row; else the file's date */
    SINCE_RECORD,      /* any date of the row, closed before created; else the dump's, the file's */
    SINCE_FILE,        /* the file's own date */
    SINCE_LAST_USE,    /* the last access to the file where the file system keeps such times, else
                          the last change */
};
const char *age_since_name(enum age_since since);

/* "older-than" of a clause: kept longer than that. */
struct rule_age {
    struct rule_period limit; /* PERIOD_NONE: see `setting` */
    const char *setting;      /* or the configuration's `retention:` entry of that name says it;
                                 NULL: none */
    enum age_since since;
};

/* How near the kinds of "together" must stand. */
enum together_within { WITHIN_ROW, WITHIN_TABLE, WITHIN_UNIT };
const char *together_within_name(enum together_within within);

/* By the positions a value shows, whatever `masks:` says. */
enum shown_form {
    SHOWN_ANY,
    SHOWN_BEYOND_LAST4,     /* any digit but the last four (platform 5.3.4.1) */
    SHOWN_BEYOND_BIN_LAST4, /* more than the issuer's number and the last four (PCI DSS 3.4.1): six
                               digits of it, eight where the card has sixteen or more */
};

/* One way to break a rule: all its conditions hold. */
struct rule_clause {
    uint64_t kinds;         /* set of pattern numbers; or 0 when the clause speaks of roles, or of a
                               finding that is about no kind */
    uint32_t roles;         /* set of role numbers */
    uint32_t states;        /* bit per enum mask_state; for roles: any value that is not empty */
    zone_set zones;         /* holds when one of the unit's zones is in the set */
    bool transaction_table; /* only in tables (units, where there are none) that hold a card kind */
    enum shown_form shown;  /* instead of states */
    enum rule_finding finds; /* instead of states */
    bool deleted_only;       /* in rows that were deleted and are still in the file */
    bool demands_encryption; /* digests that anybody can compute break it too */
    bool once_per_source;    /* told once per source and not once per column */
    bool for_missing_kinds;  /* it names kinds, but this build finds none of them */
    uint64_t together;       /* set of kinds that must all stand near, likely or better; 0: none */
    enum together_within within;
    uint64_t least_rows, least_people; /* "at-least"; 0: any number */
    struct rule_period least_span;     /* of FINDING_LOG_SPAN */
    bool ages;                         /* `older_than` holds a condition */
    struct rule_age older_than;
};

struct rule_text {
    const char *en, *zh; /* NULL, or both */
};

struct rule {
    const char *id;       /* "platform/5.3.6.1" */
    const char *printed;  /* the printed number where `id` could not hold it, else NULL */
    const char *document; /* "platform" */
    const char *section;  /* "5.3.6.1" */
    const char *parent;   /* id, or NULL */
    enum rule_level level;
    enum rule_scope scope;
    uint8_t class;          /* 0 all, 1, 2: class II items need --class 2 */
    enum severity severity; /* given by the pack, or SEVERITY_NONE: derived (severity.h) */
    struct rule_text title, message, remedy, reading;
    const uint8_t *readings; /* numbers of published readings (catalog_reading); NULL: none */
    unsigned reading_count;
    const char *const *related;  /* ids of rules of other packs, NULL-terminated; NULL: none */
    const char *const *controls; /* further printed sections it answers, NULL-terminated or NULL */
    const struct rule_clause *clauses; /* one is enough */
    unsigned clause_count;
    unsigned line; /* in the pack's file */
};

/* A minimum age: shown beside the advice to delete, so that it breaks no other control. */
struct keep_rule {
    const char *section; /* of the pack */
    uint8_t class;       /* 0 all, 1, 2 */
    zone_set zones;
    uint64_t kinds; /* set of pattern numbers; 0: whatever there is */
    struct rule_period at_least;
    struct rule_text title;
};

/* A reading of a point that the documents leave unclear (rules/readings.yaml). */
struct published_reading {
    unsigned number; /* from 1 */
    struct rule_text text;
};

struct pack {
    const char *name;    /* "platform" */
    const char *version; /* of our reading */
    struct rule_text title;
    struct rule_text notes; /* what has superseded the laws it cites …; NULL: nothing */
    const char *edition, *issuer;
    const char *rank; /* legal rank: "administrative-reference" … */
    char sha256[65];  /* of the YAML text */
    const char *file; /* for messages */
    const struct rule *rules;
    unsigned rule_count;
    const struct keep_rule *keeps;
    unsigned keep_count;
};

#endif
