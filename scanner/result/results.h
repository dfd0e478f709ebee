/* results.h - what a run says: judged fields, violations, coverage, totals. Made once, in the
 * parent, from merged facts; reports only read it. Owns everything it points to unless said. */
#ifndef YINMA_RESULT_RESULTS_H
#define YINMA_RESULT_RESULTS_H

#include <stdio.h>
#include <time.h>

#include "catalog/catalog.h"
#include "core/arena.h"
#include "result/facts.h"
#include "result/facts_store.h"
#include "result/reference.h"
#include "result/source_set.h"

/* What of an `expect:` entry is not so. */
enum missed {
    MISSED_FILES = 1 << 0,     /* no file fits */
    MISSED_CONTENT = 1 << 1,   /* the file is empty */
    MISSED_ENCRYPTED = 1 << 2, /* it can be read without a key */
    MISSED_CIPHER = 1 << 3,    /* its cipher is weaker, or not known */
    MISSED_NEWEST = 1 << 4,    /* even the newest file is too old */
    MISSED_TABLES = 1 << 5,
    MISSED_ROWS = 1 << 6,
    MISSED_END_MARK = 1 << 7,
};
enum { MISSED_COUNT = 8 };
/* "files", "content", "encrypted", "cipher", "newest", "tables", "rows", "end-mark" by number of
 * the bit. */
const char *missed_name(unsigned bit);
/* The same as a clause; a gettext message. */
const char *missed_text(unsigned bit);

/* An entry of `waive:`, `synthetic:` or `allow:`, and what it did. Texts are concealed and owned.
 */
struct declaration {
    const char *member;          /* static: "waive" … */
    struct bytes files, by, why; /* owner; reason or generator */
    char expires[11];            /* ISO date; "" = never */
    bool expired;
    uint64_t count; /* gaps, units, violations that it holds for */
};

struct unit_result {
    struct unit_facts *facts; /* owned by the results */
    struct bytes name;        /* view of facts->name */
    struct bytes source;      /* concealed; owned */
    zone_set zones;
    bool zones_told;         /* by the command line or the configuration, not guessed */
    bool zone_by_columns;    /* those of a waybill add that zone */
    bool synthetic;          /* declared to be made up */
    const char *zone_reason; /* "format mysqldump", "--zone *=display" …; concealed; NULL: not told.
                                Not owned, units beside each other share it. With what columns
                                add: unit_zone_reason */
};

/* Why the unit has its zones: TEXT, or a longer-lived string; "" when it is not told. */
enum { ZONE_REASON_TEXT = 160 };
const char *unit_zone_reason(const struct unit_result *unit, char text[ZONE_REASON_TEXT]);

/* Are the encrypted values of a field digests that anybody can compute? */
enum pseudonym {
    PSEUDONYM_NONE,           /* they are no digests */
    PSEUDONYM_UNKNOWN,        /* digests or cipher text; perhaps keyed */
    PSEUDONYM_UNKEYED_LIKELY, /* by the field's name and their form */
    PSEUDONYM_UNKEYED_PROVEN, /* equal to the plain digests of clear values beside them */
};

/* As the records print it; NULL for PSEUDONYM_NONE. */
const char *pseudonym_name(enum pseudonym pseudonym);

/* One record per field and kind found in it. A hundred thousand files have half a million. */
struct field_result {
    uint32_t unit;                   /* index of its unit */
    uint32_t evidence;               /* set of enum evidence */
    const struct field_facts *field; /* table, column, attribution */
    const struct kind_facts *facts;  /* forms, sketch, examples */
    const char *kind;                /* static name */
    const char *kind_title;          /* static, a gettext message */
    uint64_t count[STATE_COUNT];
    uint64_t values; /* sum of count */
    uint64_t other;  /* cells of the field that hold no value of this kind */
    uint64_t dummies;
    uint64_t beyond_last4;         /* values showing any digit but the last four … */
    uint64_t beyond_bin_last4;     /* … more than the issuer's number and the last four */
    const struct overlap *overlap; /* with --reference; NULL: not compared. Not owned */
    uint64_t past_limit;           /* where it is `limited`: values that are older */
    int32_t oldest, newest;        /* days of its values; DAY_NONE: not known. Of values that only
                                      their dump or file dates, `newest` alone is known */
    enum dated_by dated_by : 8;
    enum legal legal : 8;
    enum confidence confidence : 8;
    enum pseudonym pseudonym : 8;
    uint8_t kind_number;
    bool written : 1;        /* confidence reaches --min-confidence: gets a record */
    bool name_disagrees : 1; /* the column's name tells another kind, the values this one */
    bool limited : 1;        /* some rule or setting in force limits how long they may be kept */
};

/* Another column that has a part in a violation. */
struct violation_partner {
    const struct field_facts *place;
    const char *kind; /* what it holds, where it is another column of the same breach; or NULL */
    const char *form; /* how its values are masked; NULL = not told */
    uint64_t count;   /* rows in which both show more together; 0 = not told */
    uint64_t residual_min; /* how many values fit what both show, 1 = all is shown; 0 = not known */
    /* Of another table or unit: `count` is an estimate from so many rows that both samples hold …
     */
    uint64_t sampled;           /* 0 = it is another column of the same rows */
    struct bytes unit;          /* name of the other unit; empty = the same */
    struct bytes key, with_key; /* … put together by these columns, here and there */
};

/* What became of a rule, in the run or for one field. */
enum rule_verdict {
    RULE_HELD,           /* places it asks about were read completely, and nothing breaks it */
    RULE_BROKEN,         /* by at least one violation */
    RULE_UNDECIDED,      /* see enum undecided */
    RULE_NOT_APPLICABLE, /* it is for firms of another class */
    RULE_NOT_ASKED,      /* no unit of its zones was seen */
    RULE_VERDICTS
};
/* "held", "broken", "undecided", "not-applicable", "not-asked" */
const char *rule_verdict_name(enum rule_verdict verdict);
bool rule_verdict_from_name(struct bytes name, enum rule_verdict *out);

/* Why a rule is undecided. */
enum undecided {
    DECIDED,
    UNDECIDED_CLASS,   /* class I or II of the firm is not known */
    UNDECIDED_SETTING, /* the document leaves a limit to the firm, and the configuration has none */
    UNDECIDED_DATE,    /* no date tells how old the data is */
    UNDECIDED_FACTS,   /* nothing to compare with: a reference, a flow, an expectation, a second
                          copy is missing */
    UNDECIDED_KIND,    /* it speaks of kinds that this program does not find */
    UNDECIDED_UNREAD,  /* something in its zones could not be read */
    UNDECIDED_REASONS
};
/* "class-unknown", "setting-missing", "no-date", "nothing-to-compare", "kind-unknown", "not-read";
 * "" for DECIDED */
const char *undecided_name(enum undecided why);
enum undecided undecided_from_name(struct bytes name);
/* The same as a sentence; a gettext message. */
const char *undecided_text(enum undecided why);

/* Every rule of the packs in force has one. */
struct rule_status {
    const struct rule *rule;
    enum rule_verdict verdict;
    enum undecided why;
    const char *setting; /* of UNDECIDED_SETTING: the missing `retention:` entry; else NULL */
    uint64_t units;      /* units in its zones … */
    uint64_t unread;     /* … of those: not read completely */
    uint64_t violations; /* records */
};

/* A rule of another document about the same thing, and what it says of the same field. */
struct related_verdict {
    const struct rule *rule;
    enum rule_verdict verdict;
};

enum { RELATED_KEPT = 6 };

/* How far the logs of one source reach. */
struct log_span {
    struct bytes source; /* view: of the set, without marks of rotation */
    zone_set zones;      /* of all its units */
    uint32_t unit;       /* the first one */
    uint32_t units, undated;
    int32_t first, last; /* days of time stamps; DAY_NONE: none was found */
    bool year_assumed;   /* stamps name no year: that of the file's date was taken */
};

/* What tells that data is too old. */
struct violation_age {
    int32_t before;             /* data older than this day is too old; DAY_NONE: see below */
    enum dated_by dated_by : 8; /* DATED_BY_NOTHING: the rule asks for no age */
    bool assumed : 1;           /* the date stands for another one that is not known */
};
static const struct violation_age violation_age_none = {.before = DAY_NONE};

/* A minimum age that advice to delete must not break. */
struct violation_keep {
    const char *pack, *section;
    struct rule_period at_least;
    struct rule_text title;
};
enum { KEEPS_SHOWN = 4 };

/* A hundred thousand files have half a million of them, too. */
struct violation {
    const struct rule *rule; /* of the catalog */
    uint32_t unit;
    uint32_t field;                  /* index of the field_result; UINT32_MAX for a role */
    const struct field_facts *place; /* table and column */
    const char *kind;                /* NULL for a role */
    const char *role;                /* NULL for a kind */
    uint64_t count;
    const char *declared; /* the expectation's files, or the name of the flow; NULL: neither */
    char *fingerprint;    /* of its own, owned; NULL: as its place and kind make it. To be had by
                             violation_fingerprint, since most runs never ask for it */
    const struct example *examples[EXAMPLES_KEPT]; /* views: of the facts of its fields */
    struct violation_partner *with;                /* owned; NULL when there is none */
    const struct mask_forms *forms;  /* of the field, where the rule is about them; else NULL */
    struct violation_keep *keeps;    /* beside the advice to delete what is too old; at most
                                        KEEPS_SHOWN, owned; NULL when there is none */
    struct related_verdict *related; /* at most RELATED_KEPT, owned; NULL when there is none */
    struct violation_age age;
    uint32_t missed; /* of an expectation: set of enum missed */
    uint32_t with_count;
    enum severity severity : 8;
    enum confidence confidence : 8;
    uint8_t example_count;
    uint8_t keep_count : 4, related_count : 4;
    bool allowed : 1;  /* `allow:` holds it: it is known, too */
    bool known : 1;    /* the baseline holds it */
    bool accepted : 1; /* and somebody has approved that: a baseline entry with an approver */
    bool counts_for_exit : 1; /* confidence reaches --fail-confidence and it is not known */
    bool fold : 1;            /* told once per source; set while rules are judged */
    bool beside_parent : 1;   /* its parent requirement is broken by the same field too */
    char accepted_until[11];  /* ISO date of its approval's end; "" = without one */
};

/* Free what it owns. */
void violation_release(struct violation *violation);

struct results;

/* The digest by which it is known again (result/fingerprint.h). */
void violation_fingerprint(const struct results *results, const struct violation *violation,
                           char out[65]);
/* Give it one of its own. False when memory is out. */
bool violation_set_fingerprint(struct violation *violation, const char *fingerprint);
/* Add VERDICT when there is room. False when memory is out. */
bool violation_relate(struct violation *violation, const struct related_verdict *verdict);

enum { RUN_ENGINES_MAX = 12 };

/* A library that did work, for the run record and --version. */
struct engine_version {
    const char *name; /* "hyperscan"; static; NULL ends the list */
    char version[40];
};

/* Which text of a pack judged. */
struct pack_stamp {
    const char *name, *version, *sha256;
};

struct run_info {
    time_t started;
    char as_of[11]; /* ISO date */
    const char *tz;
    const char **profiles;  /* names of the packs in force, NULL-terminated; owned array */
    bool profile_assumed;   /* nobody chose one: the report says so */
    unsigned class;         /* 0 = null */
    char config_sha256[65]; /* "" = null */
    /* What else can change results while data stays as it is; "" = not told. */
    char settings_sha256[65];  /* options on how it is judged and read */
    char selection_sha256[65]; /* options on what is left out; "" = nothing is */
    char kinds_sha256[65];     /* the built-in kinds of the program */
    char **paths;              /* what was looked at, as given; concealed; NULL-terminated; owned */
    char key_id[17];
    bool key_ephemeral;
    char host[65];
    char **args; /* as called, concealed; NULL-terminated; owned */
    struct engine_version engines[RUN_ENGINES_MAX + 1]; /* without the next one */
    const char *simd;      /* instruction set in use; NULL = not told */
    bool revealed;         /* --reveal was given */
    enum severity fail_on; /* SEVERITY_NONE = never */
    /* Of a run that was saved by another program than this one; NULL: as compiled in. */
    const char *version;
    const struct pack_stamp *packs; /* ends with name == NULL; NULL: those of the catalog */
};

struct run_summary {
    uint64_t units, bytes_read, bytes_scanned, values;
    uint64_t below_confidence; /* values of fields that reach no --min-confidence */
    uint64_t subjects;
    const char *subjects_basis;                 /* "tw_national_id", "phone_mobile" … or "none" */
    double subjects_error;                      /* relative standard error, 0 = exact */
    uint64_t violations[SEVERITY_CRITICAL + 1]; /* counted records by severity */
    uint64_t not_scanned;                       /* units that make the answer incomplete */
    double seconds;
    bool partial; /* interrupted */
    int status;   /* exit status */
};

struct results {
    struct run_info run;
    const struct catalog *catalog; /* not owned */
    struct unit_result *units;
    size_t unit_count;
    struct facts_store *store;   /* holds facts of some units; NULL: of none */
    struct arena texts;          /* what units have in common: reasons, names of users */
    struct field_result *fields; /* by unit, then table as met, column, kind */
    size_t field_count;
    struct overlap *overlaps;     /* of those that were compared with --reference; NULL: none */
    struct violation *violations; /* by unit, field, rule */
    size_t violation_count;
    struct rule_status *statuses; /* of the rules in force, by pack, as the pack orders them */
    size_t status_count;
    struct declaration *declarations; /* as the configuration orders them */
    size_t declaration_count;
    struct log_span *log_spans; /* by source */
    size_t log_span_count;
    struct person_asked person; /* whom the run looks for, and how often it was met */
    struct run_summary summary;
    struct source_set sources;
    FILE *occurrences; /* unlinked spool, or NULL; see occurrence_reader.h */
    struct occurrence_chunk *chunks;
    size_t chunk_count;
};

/* A stretch of the spool that belongs to one unit. */
struct occurrence_chunk {
    uint32_t unit;
    uint64_t at, length; /* wire_put_occurrence records */
};

/* Does this unit make the answer incomplete (exit status 3)? */
bool unit_result_incomplete(const struct unit_result *unit);

/* Does it make the run fail (exit status 1)? */
bool violation_fails(const struct run_info *run, const struct violation *violation);

void results_release(struct results *results);

/* First field of UNIT or of one behind it. */
size_t results_first_field(const struct results *results, size_t unit);

#endif
