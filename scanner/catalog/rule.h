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

enum rule_level { LEVEL_REQUIREMENT, LEVEL_BASELINE, LEVEL_BETTER_PRACTICE, LEVEL_BUILTIN };
const char *rule_level_name(enum rule_level level);

enum rule_scope { SCOPE_VALUE, SCOPE_RECORD, SCOPE_FIELD, SCOPE_UNIT, SCOPE_RUN };
const char *rule_scope_name(enum rule_scope scope);

/* What breaks a rule though no single value does. */
enum rule_finding {
    FINDING_NONE,
    FINDING_MIXED_MASKS,         /* one kind is masked in several ways */
    FINDING_COMPLEMENTARY_MASKS, /* two masks of one value show it together */
    FINDING_UNKEYED_DIGESTS,     /* digests that anybody can compute */
};

/* One way to break a rule: all its conditions hold. */
struct rule_clause {
    uint64_t kinds;         /* set of pattern numbers; or 0 when the clause speaks of roles */
    uint32_t roles;         /* set of role numbers */
    uint32_t states;        /* bit per enum mask_state; for roles: any value that is not empty */
    zone_set zones;         /* holds when one of the unit's zones is in the set */
    bool transaction_table; /* only in tables (units, where there are none) that hold a card kind */
    bool beyond_last4; /* instead of states: values that show any digit but the last four, by the
                          positions shown (platform 5.3.4.1), whatever `masks:` says */
    enum rule_finding finds; /* instead of states */
    bool demands_encryption; /* digests that anybody can compute break it too */
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
    struct {
        const char *en, *zh;
    } title, message, remedy, reading;
    const struct rule_clause *clauses; /* one is enough */
    unsigned clause_count;
};

struct pack {
    const char *name;    /* "platform" */
    const char *version; /* of our reading */
    struct {
        const char *en, *zh;
    } title;
    const char *edition, *issuer;
    const char *rank; /* legal rank: "administrative-reference" … */
    char sha256[65];  /* of the YAML text */
    const struct rule *rules;
    unsigned rule_count;
};

#endif
