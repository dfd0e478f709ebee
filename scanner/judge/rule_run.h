/* rule_run.h - the inside of judging rules, for the files that share it: which rules are in force,
 * what they ask about a unit, how violations are made. Lives for one call of judge_rules. */
#ifndef YINMA_JUDGE_RULE_RUN_H
#define YINMA_JUDGE_RULE_RUN_H

#include "judge/judge.h"

/* A rule in force. Its number is also that of its status in results->statuses. */
struct active_rule {
    const struct rule *rule;
    const struct rule *parent; /* looked up once; NULL: none */
    zone_set zones;            /* of all its clauses */
    uint64_t kinds;            /* likewise */
    bool applies;              /* its class is the firm's: it is judged */
    enum undecided undecided;  /* a question that stayed open */
    const char *setting;
};

/* What one table of a unit holds, by fields that are likely or better. Where there are no tables
 * their name is empty, and the unit stands for the table. */
struct table_view {
    struct bytes table;
    uint64_t kinds;
    bool transaction; /* it holds a card kind */
};

enum { KINDS_OF_RULES = 64, TABLES_AT_HAND = 8 };

/* A run of fields of one unit, and what rules ask about the unit. */
struct unit_view {
    const struct unit_result *unit;
    uint32_t index;
    size_t first_field, end_field; /* in results->fields */
    zone_set zones;                /* as rules see them */
    struct table_view *tables;     /* sorted by name; those at hand where they are few */
    size_t table_count;
    struct table_view at_hand[TABLES_AT_HAND];
    uint64_t kinds;  /* of all tables */
    uint64_t people; /* who they speak of; 0 where no rule asks for so many */
};

/* A clause that is no question about one field and its values. */
struct special_clause {
    size_t rule; /* number of its active rule */
    const struct rule_clause *clause;
};

struct judging {
    const struct judge_settings *settings;
    struct results *results;
    struct active_rule *rules;
    size_t rule_count;
    /* Numbers of the rules that apply and name a kind, in their order: those of kind K from
     * first_of_kind[K] on, up to those of the next one. */
    uint32_t *by_kind;
    size_t first_of_kind[KINDS_OF_RULES + 1];
    bool counts_people; /* some rule asks how many a unit speaks of */
    /* Of the rules that apply, in their order: most units have no part in most rules. */
    struct special_clause *role_clauses, *finding_clauses;
    size_t role_count, finding_count;
    size_t capacity;                 /* of results->violations */
    bool lent;                       /* their room is a stretch of another array: not to be freed */
    struct sample_findings *samples; /* across tables and units */
    struct error *err;
};

static inline int judging_out_of_memory(const struct judging *judging) {
    return error_set(judging->err, YINMA_E_MEMORY, "out of memory while judging the rules");
}

/* ---- rules_in_force.c ---- */

/* Fill rules and results->statuses. */
int find_rules_in_force(struct judging *judging);
void release_rules_in_force(struct judging *judging);

/* ---- unit_view.c ---- */

/* VIEW has unit, index and the range of its fields. */
int unit_view_open(const struct judging *judging, struct unit_view *view);
void unit_view_close(struct unit_view *view);
const struct table_view *unit_view_table(const struct unit_view *view, struct bytes table);

/* ---- clauses.c ---- */

/* What breaks a rule in a field: states, forms, and how many values. */
struct breach {
    uint32_t states; /* bit per enum mask_state: where examples are found */
    uint64_t count;  /* 0: not broken */
    bool asked;      /* some clause speaks of this place and kind */
    bool once_per_source;
    enum undecided undecided; /* a condition that nobody can answer; count is 0 */
    const char *setting;
    bool limited;             /* some clause limits how long it may be kept … */
    uint64_t past;            /* … and so many values are older */
    struct violation_age age; /* what told so */
};
struct breach breach_of(const struct judging *judging, const struct rule *rule,
                        const struct unit_view *view, const struct field_result *field);

/* Does the clause speak of this place? PLACE NULL: of the unit as a whole. */
bool clause_holds_here(const struct rule_clause *clause, const struct unit_view *view,
                       const struct field_facts *place);

/* Do all kinds of its "together" stand near enough? (Within a row: in the same table.) */
bool clause_stands_together(const struct rule_clause *clause, const struct unit_view *view,
                            const struct field_facts *place);

/* ---- violations.c ---- */

/* Room for CAPACITY in all, in an array of their own. Room that is not used costs nothing, growing
 * means to copy. False when memory is out. */
bool reach_violations(struct judging *judging, size_t capacity);
/* Room for one more, zeroed; NULL when memory is out. */
struct violation *add_violation(struct judging *judging);
/* The first by position over all states that break the rule. */
void add_examples(struct violation *violation, const struct kind_facts *facts, uint32_t states);
void add_example(struct violation *violation, const struct example *example);

struct severity_question;
/* What is left once rule, unit, place, subject, count and confidence are set. UNIT NULL: it is
 * about the whole run. */
void finish_violation(const struct judging *judging, const struct unit_result *unit,
                      const struct severity_question *question, struct violation *violation);

/* ---- allowances.c ---- */

/* Mark what `allow:` holds. UNIT NULL: about the whole run, which nobody can allow. */
void allow_violation(const struct judging *judging, const struct unit_result *unit,
                     struct violation *violation);

/* ---- role_rules.c ---- */

/* Roles that rules ask for in that unit. */
int judge_roles(struct judging *judging, const struct unit_view *view);

/* ---- folded.c ---- */

/* Put violations together that are told once per unit, source or run. */
int fold_violations(struct judging *judging);

/* ---- statuses.c ---- */

/* A unit was seen: which rules asked about it. */
void note_unit(struct judging *judging, const struct unit_view *view);
/* A question about a rule stays open. */
void note_undecided(struct active_rule *active, enum undecided why, const char *setting);
/* All units are judged: the verdicts, and results->summary.violations. */
void conclude(struct judging *judging);

#endif
