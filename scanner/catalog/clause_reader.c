#include "catalog/clause_reader.h"

#include "catalog/period.h"

enum { ROWS_MOST = 1000000000 };

static const char *const clause_keys[] = {
    "kinds",   "legal",    "roles",    "states",     "shows",    "finds",   "zones", "table",
    "demands", "together", "at-least", "older-than", "once-per", "storage", NULL};
static const char *const together_keys[] = {"kinds", "within", NULL};
static const char *const least_keys[] = {"rows",   "people", "hours", "days",
                                         "months", "years",  NULL};
static const char *const age_keys[] = {"hours",    "days",    "months", "years",
                                       "same-day", "setting", "since",  NULL};
const char *const span_keys[] = {"hours", "days", "months", "years", NULL};
static const char *const state_names[] = {"clear", "weak", "masked", "encrypted", NULL};
static const char *const shown_names[] = {"beyond-last4", "beyond-bin-last4", NULL};
static const char *const once_names[] = {"source", NULL};
static const char *const demand_names[] = {"encryption", NULL};
static const char *const storage_names[] = {"deleted", NULL};
static const char *const table_names[] = {"transaction", NULL};
static const char *const since_names[] = {"purpose-end", "record", "file", "last-use", NULL};
static const char *const within_names[] = {"row", "table", "unit", NULL};

/* Which findings are about values of kinds that the clause must name. */
static bool finding_needs_kinds(enum rule_finding finding) {
    return finding == FINDING_MIXED_MASKS || finding == FINDING_COMPLEMENTARY_MASKS ||
           finding == FINDING_UNKEYED_DIGESTS || finding == FINDING_ANNOUNCED;
}

static int read_finding(const struct yaml_place *place, enum rule_finding *out) {
    const char *names[FINDING_COUNT];
    for (unsigned i = FINDING_MIXED_MASKS; i < FINDING_COUNT; i++) {
        names[i - 1] = rule_finding_name((enum rule_finding)i);
    }
    names[FINDING_COUNT - 1] = NULL;
    unsigned index = 0;
    int status = yaml_choice(place, "finding", names, &index);
    *out = (enum rule_finding)(FINDING_MIXED_MASKS + index);
    return status;
}

/* What the clause speaks of: kinds by name or category, or roles; or neither, for a finding that is
 * about no kind. */
static int read_subject(const struct pack_work *work, const struct yaml_place *place,
                        struct rule_clause *clause) {
    struct yaml_place kinds, legal, roles;
    bool has_kinds = yaml_member(place, "kinds", &kinds);
    bool has_legal = yaml_member(place, "legal", &legal);
    bool has_roles = yaml_member(place, "roles", &roles);
    bool may_be_none = clause->finds != FINDING_NONE && !finding_needs_kinds(clause->finds);
    if ((has_kinds || has_legal) == has_roles && (has_roles || !may_be_none)) {
        return yaml_complain(place, "needs either kinds (\"kinds\", \"legal\") or \"roles\"");
    }
    int status = 0;
    if (has_kinds) {
        status = read_kinds(work, &kinds, &clause->kinds, &clause->for_missing_kinds);
    }
    if (status == 0 && has_legal) {
        status = read_legal(work, &legal, &clause->kinds);
        clause->for_missing_kinds &= clause->kinds == 0;
    }
    if (status == 0 && has_roles) {
        status = read_roles(work, &roles, &clause->roles);
    }
    return status;
}

/* How its values break the rule: by state, by the positions they show, or all together. */
static int read_breach(const struct yaml_place *place, struct rule_clause *clause) {
    struct yaml_place states, shows, finds, roles;
    bool has_states = yaml_member(place, "states", &states);
    bool has_shows = yaml_member(place, "shows", &shows);
    bool has_finds = yaml_member(place, "finds", &finds);
    if (yaml_member(place, "roles", &roles)) {
        return has_states || has_shows || has_finds
                   ? yaml_complain(place, "roles break a rule by being there: \"states\", "
                                          "\"shows\" and \"finds\" are for kinds")
                   : 0;
    }
    if (has_states + has_shows + has_finds != 1) {
        return yaml_complain(place, "needs either \"states\", \"shows\" or \"finds\"");
    }
    if (has_states) {
        return read_choices(&states, SAID("mask state"), state_names, &clause->states);
    }
    if (has_finds) {
        return read_finding(&finds, &clause->finds);
    }
    unsigned index = 0;
    int status = yaml_choice(&shows, "form", shown_names, &index);
    clause->shown = (enum shown_form)(SHOWN_BEYOND_LAST4 + index);
    return status;
}

/* ---- further conditions ---- */

static int read_together(const struct pack_work *work, const struct yaml_place *place,
                         struct rule_clause *clause) {
    struct yaml_place kinds, within;
    bool missing = false;
    unsigned index = 0;
    int status = yaml_mapping(place, together_keys);
    if (status == 0) {
        status = yaml_required(place, "kinds", &kinds);
    }
    if (status == 0) {
        status = read_kinds(work, &kinds, &clause->together, &missing);
    }
    if (status == 0) {
        status = yaml_required(place, "within", &within);
    }
    if (status == 0) {
        status = yaml_choice(&within, "distance", within_names, &index);
    }
    clause->within = (enum together_within)index;
    clause->for_missing_kinds |= missing;
    return status;
}

static int read_least(const struct yaml_place *place, struct rule_clause *clause) {
    struct yaml_place rows, people;
    uint32_t row_count = 0, people_count = 0;
    bool has_span = false;
    int status = yaml_mapping(place, least_keys);
    bool has_rows = status == 0 && yaml_member(place, "rows", &rows);
    bool has_people = status == 0 && yaml_member(place, "people", &people);
    if (has_rows) {
        status = yaml_number(&rows, 1, ROWS_MOST, &row_count);
    }
    if (status == 0 && has_people) {
        status = yaml_number(&people, 1, ROWS_MOST, &people_count);
    }
    if (status == 0) {
        status = period_read_member(place, &clause->least_span, &has_span);
    }
    if (status == 0 && has_rows + has_people + has_span != 1) {
        return yaml_complain(place, "needs one of \"rows\", \"people\", \"hours\", \"days\", "
                                    "\"months\" and \"years\"");
    }
    if (status == 0 && has_span != (clause->finds == FINDING_LOG_SPAN)) {
        return yaml_complain(place, "a length of time belongs to \"finds: log-span\", \"rows\" and "
                                    "\"people\" to everything else");
    }
    clause->least_rows = row_count;
    clause->least_people = people_count;
    return status;
}

static int read_age(const struct yaml_place *place, struct rule_clause *clause) {
    struct yaml_place since, same_day, setting;
    struct rule_age *age = &clause->older_than;
    unsigned index = 0;
    bool has_period = false, is_same_day = false;
    int status = yaml_mapping(place, age_keys);
    if (status == 0) {
        status = yaml_required(place, "since", &since);
    }
    if (status == 0) {
        status = yaml_choice(&since, "beginning", since_names, &index);
    }
    if (status == 0) {
        status = period_read_member(place, &age->limit, &has_period);
    }
    if (status == 0 && yaml_member(place, "same-day", &same_day)) {
        status = yaml_bool(&same_day, &is_same_day);
    }
    bool has_setting = status == 0 && yaml_member(place, "setting", &setting);
    if (has_setting) {
        status = read_name(&setting, &age->setting);
    }
    if (status == 0 && has_period + is_same_day + has_setting != 1) {
        return yaml_complain(place, "needs one limit with its unit: \"hours\", \"days\", "
                                    "\"months\", \"years\", \"same-day: true\", or \"setting\"");
    }
    if (is_same_day) {
        age->limit = (struct rule_period){PERIOD_SAME_DAY, 0};
    }
    age->since = (enum age_since)index;
    clause->ages = true;
    return status;
}

static int read_once(const struct yaml_place *map, bool *out) {
    unsigned once = UINT32_MAX;
    int status = read_optional_choice(map, "once-per", once_names, &once);
    *out = once == 0;
    return status;
}

static int read_conditions(const struct pack_work *work, const struct yaml_place *place,
                           struct rule_clause *clause) {
    struct yaml_place member;
    unsigned index;
    int status = 0;
    if (yaml_member(place, "table", &member)) {
        clause->transaction_table = true;
        status = yaml_choice(&member, "sort of table", table_names, &index);
    }
    if (status == 0 && yaml_member(place, "storage", &member)) {
        clause->deleted_only = true;
        status = yaml_choice(&member, "storage", storage_names, &index);
    }
    if (status == 0 && yaml_member(place, "demands", &member)) {
        clause->demands_encryption = true;
        status = yaml_choice(&member, "demand", demand_names, &index);
    }
    if (status == 0) {
        status = read_once(place, &clause->once_per_source);
    }
    if (status == 0 && yaml_member(place, "together", &member)) {
        status = read_together(work, &member, clause);
    }
    if (status == 0 && yaml_member(place, "at-least", &member)) {
        status = read_least(&member, clause);
    } else if (status == 0 && clause->finds == FINDING_LOG_SPAN) {
        status = yaml_complain(place, "\"finds: log-span\" needs \"at-least\" with a length of "
                                      "time");
    }
    if (status == 0 && yaml_member(place, "older-than", &member)) {
        status = read_age(&member, clause);
    }
    return status;
}

/* A rule about one value or one row cannot ask what only the whole table tells. */
static int check_scope(const struct yaml_place *place, const struct rule *rule,
                       const struct rule_clause *clause) {
    bool of_table = clause->finds != FINDING_NONE ||
                    clause->least_rows + clause->least_people > 0 ||
                    (clause->together != 0 && clause->within != WITHIN_ROW);
    bool of_row = clause->together != 0;
    if ((rule->scope == SCOPE_VALUE && (of_table || of_row)) ||
        (rule->scope == SCOPE_RECORD && of_table)) {
        return yaml_complain(place,
                             "asks more than a rule of scope \"%s\" can see; allowed: scope "
                             "field, unit, run",
                             rule_scope_name(rule->scope));
    }
    return 0;
}

static int read_clause(const struct pack_work *work, const struct yaml_place *place,
                       const struct rule *rule, struct rule_clause *clause) {
    struct yaml_place zones;
    int status = yaml_mapping(place, clause_keys);
    if (status == 0) {
        status = read_breach(place, clause);
    }
    if (status == 0) {
        status = read_subject(work, place, clause);
    }
    if (status == 0) {
        status = yaml_required(place, "zones", &zones);
    }
    if (status == 0) {
        status = read_zones(&zones, &clause->zones);
    }
    if (status == 0) {
        status = read_conditions(work, place, clause);
    }
    return status != 0 ? status : check_scope(place, rule, clause);
}

int read_clauses(const struct pack_work *work, const struct yaml_place *place, struct rule *rule) {
    int status = yaml_list(place);
    if (status != 0) {
        return status;
    }
    size_t count = yaml_count(place);
    if (count == 0) {
        return yaml_complain(place, "must hold at least one way to break the rule");
    }
    struct rule_clause *clauses = arena_alloc(work->memory, count * sizeof *clauses);
    if (clauses == NULL) {
        return pack_out_of_memory(work);
    }
    bool all_once = false;
    status = read_once(place->parent, &all_once);
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item = yaml_item(place, i);
        status = read_clause(work, &item, rule, &clauses[i]);
        clauses[i].once_per_source |= all_once;
    }
    rule->clauses = clauses;
    rule->clause_count = (unsigned)count;
    return status;
}
