/* retention.h - how old data is and how old it may become, asked by rules with "older-than". */
#ifndef YINMA_JUDGE_RETENTION_H
#define YINMA_JUDGE_RETENTION_H

#include "judge/judge.h"

struct age_question {
    const struct judge_settings *settings;
    const struct results *results;
    const struct unit_result *unit;
    const struct field_facts *place;
    const struct field_result *field; /* NULL for a role */
    uint32_t states;                  /* values in these are asked about: bit per enum mask_state */
    const struct rule *rule;
    const struct rule_age *age;
};

struct age_answer {
    uint64_t past;      /* values older than the limit; 0: none. Of a role: 1 or 0 */
    enum undecided why; /* of a question that stays open: UNDECIDED_DATE, UNDECIDED_SETTING */
    int32_t before;     /* what is older than this day is too old */
    enum dated_by dated_by;
    bool assumed; /* the date stands for another one that is not known */
};

/* False when nobody can tell (then only `why` holds). */
bool clause_older_than(const struct age_question *question, struct age_answer *out);

/* The first day that is not too old on DAY; DAY_NONE for a limit of no length. Hours count as days
 * begun: rows and files are told apart by days. */
int32_t retention_day(const struct rule_period *limit, int32_t day);

/* All days that rules of CATALOG and entries of CONFIG (may be NULL) ask about, judged on DAY. At
 * most ROOM; returns how many. */
size_t retention_days(const struct catalog *catalog, const struct config *config, int32_t day,
                      int32_t *days, size_t room);

/* `retention:` may name only settings that some rule asks for, and packs that are there. 0 or
 * YINMA_E_USAGE. */
int retention_check(const struct catalog *catalog, const struct config *config, struct error *err);

/* The minimum ages of all packs that hold for data of KIND in ZONES go to VIOLATION. False when
 * memory is out. */
bool retention_keeps(const struct results *results, zone_set zones, unsigned kind,
                     struct violation *violation);

/* What tells the age of a unit's values whose rows have no date, and the day. */
enum dated_by retention_unit_day(const struct judge_settings *settings,
                                 const struct unit_facts *unit, enum age_since since,
                                 int32_t *day_out);

#endif
