/* Fields against the clauses of a rule. Nothing here looks at values: what a field holds has been
 * decided, and a clause is a few sets and limits that are compared with it. */
#include "judge/retention.h"
#include "judge/rule_run.h"

bool clause_holds_here(const struct rule_clause *clause, const struct unit_view *view,
                       const struct field_facts *place) {
    if ((clause->zones & view->zones) == 0) {
        return false;
    }
    bool deleted =
        place != NULL && (place->storage == STORAGE_FREELIST || place->storage == STORAGE_SLACK);
    if (clause->deleted_only && !deleted) {
        return false;
    }
    const struct table_view *table =
        clause->transaction_table && place != NULL ? unit_view_table(view, place->table) : NULL;
    return !clause->transaction_table || (table != NULL && table->transaction);
}

/* ---- how many values a clause is about ---- */

static uint64_t count_states(const struct field_result *field, uint32_t states) {
    uint64_t count = 0;
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        count += (states >> state & 1) != 0 ? field->count[state] : 0;
    }
    return count;
}

/* Values that show more than a form allows; *states: where their examples stand. */
static uint64_t count_beyond(const struct field_result *field, uint64_t beyond, uint32_t *states) {
    /* A lenient `masks:` can call such a value masked. */
    uint64_t open = field->count[STATE_CLEAR] + field->count[STATE_WEAK];
    *states |= 1U << STATE_CLEAR | 1U << STATE_WEAK;
    *states |= beyond > open ? 1U << STATE_MASKED : 0;
    return beyond;
}

struct clause_count {
    uint32_t states;
    uint64_t count;
    bool limited; /* by age or row: not all values in these states */
};

static struct clause_count values_of(const struct rule_clause *clause,
                                     const struct field_result *field) {
    struct clause_count values = {.states = clause->states};
    if (clause->demands_encryption && field->pseudonym >= PSEUDONYM_UNKEYED_LIKELY) {
        values.states |= 1U << STATE_ENCRYPTED;
    }
    values.count = count_states(field, values.states);
    if (clause->shown != SHOWN_ANY) {
        uint64_t beyond =
            clause->shown == SHOWN_BEYOND_LAST4 ? field->beyond_last4 : field->beyond_bin_last4;
        values.count = count_beyond(field, beyond, &values.states);
        values.limited = true;
    }
    return values;
}

/* ---- further conditions ---- */

bool clause_stands_together(const struct rule_clause *clause, const struct unit_view *view,
                            const struct field_facts *place) {
    if (clause->together == 0) {
        return true;
    }
    const struct table_view *table = unit_view_table(view, place->table);
    uint64_t near = clause->within == WITHIN_UNIT ? view->kinds : table != NULL ? table->kinds : 0;
    return (clause->together & ~near) == 0;
}

/* Readable values of KIND in the fullest column of FIELD's table. */
static uint64_t most_clear(const struct judging *judging, const struct unit_view *view,
                           const struct field_result *field, unsigned kind) {
    uint64_t most = 0;
    for (size_t i = view->first_field; i < view->end_field; i++) {
        const struct field_result *other = &judging->results->fields[i];
        if (other->kind_number == kind && other->confidence >= CONFIDENCE_LIKELY &&
            bytes_equal(other->field->table, field->field->table) &&
            other->count[STATE_CLEAR] > most) {
            most = other->count[STATE_CLEAR];
        }
    }
    return most;
}

/* Rows that hold a value of the field (COUNT of them) and readable values of all kinds of
 * "together", at least: columns are counted one by one, but what fills n, m … of N rows meets in
 * n + m + … - (columns - 1) × N of them. 0: nobody can tell. */
static uint64_t rows_together(const struct judging *judging, const struct rule_clause *clause,
                              const struct unit_view *view, const struct field_result *field,
                              uint64_t count) {
    uint64_t rows = field->field->cells, least = count < rows ? count : rows;
    for (uint64_t left = clause->together; left != 0; left &= left - 1) {
        uint64_t clear = most_clear(judging, view, field, (unsigned)__builtin_ctzll(left));
        uint64_t missing = clear < rows ? rows - clear : 0;
        least = missing < least ? least - missing : 0;
    }
    return least;
}

static bool is_enough(const struct judging *judging, const struct rule *rule,
                      const struct rule_clause *clause, const struct unit_view *view,
                      uint64_t count) {
    uint64_t people = rule->scope == SCOPE_RUN ? judging->results->summary.subjects : view->people;
    return count >= clause->least_rows && people >= clause->least_people;
}

/* Lowers VALUES to those that are too old; false when nobody can tell how old they are. */
static bool limit_by_age(const struct judging *judging, const struct rule *rule,
                         const struct rule_clause *clause, const struct unit_view *view,
                         const struct field_result *field, struct clause_count *values,
                         struct breach *breach) {
    const struct age_question question = {.settings = judging->settings,
                                          .results = judging->results,
                                          .unit = view->unit,
                                          .place = field->field,
                                          .field = field,
                                          .states = values->states,
                                          .rule = rule,
                                          .age = &clause->older_than};
    struct age_answer answer;
    if (!clause_older_than(&question, &answer)) {
        breach->undecided = answer.why;
        breach->setting =
            answer.why == UNDECIDED_SETTING ? clause->older_than.setting : breach->setting;
        return false;
    }
    values->count = answer.past < values->count ? answer.past : values->count;
    breach->limited = true;
    if (values->count > breach->past || breach->age.before == DAY_NONE) {
        breach->past = values->count;
        breach->age = (struct violation_age){answer.before, answer.dated_by, answer.assumed};
    }
    values->limited = true;
    return true;
}

/* ---- all clauses ---- */

/* The values of FIELD that CLAUSE is about and that meet all its conditions. */
static struct clause_count judge_clause(const struct judging *judging, const struct rule *rule,
                                        const struct rule_clause *clause,
                                        const struct unit_view *view,
                                        const struct field_result *field, struct breach *breach) {
    struct clause_count none = {0};
    if (clause->finds != FINDING_NONE || (clause->kinds >> field->kind_number & 1) == 0 ||
        !clause_holds_here(clause, view, field->field)) {
        return none;
    }
    breach->asked = true;
    struct clause_count values = values_of(clause, field);
    if (values.count == 0 || !clause_stands_together(clause, view, field->field) ||
        !is_enough(judging, rule, clause, view, values.count)) {
        return none;
    }
    if (clause->together != 0 && clause->within == WITHIN_ROW) {
        values.count = rows_together(judging, clause, view, field, values.count);
        values.limited = true;
        if (values.count == 0) {
            breach->undecided = UNDECIDED_FACTS;
            return none;
        }
    }
    if (clause->ages && !limit_by_age(judging, rule, clause, view, field, &values, breach)) {
        return none;
    }
    return values;
}

struct breach breach_of(const struct judging *judging, const struct rule *rule,
                        const struct unit_view *view, const struct field_result *field) {
    struct breach breach = {.once_per_source = true, .age = violation_age_none};
    uint32_t whole_states = 0;
    uint64_t most = 0;
    for (unsigned i = 0; i < rule->clause_count; i++) {
        const struct rule_clause *clause = &rule->clauses[i];
        struct clause_count values = judge_clause(judging, rule, clause, view, field, &breach);
        if (values.count == 0) {
            continue;
        }
        breach.states |= values.states;
        breach.once_per_source &= clause->once_per_source;
        whole_states |= values.limited ? 0 : values.states;
        most = values.count > most ? values.count : most;
    }
    uint64_t whole = count_states(field, whole_states);
    breach.count = whole > most ? whole : most;
    return breach;
}
