/* Fields against rules. Nothing here looks at values: what a field holds has been decided, and a
 * rule is a few sets that are compared with it. */
#include <stdlib.h>

#include "catalog/severity.h"
#include "judge/judge.h"
#include "judge/mask_findings.h"
#include "result/fingerprint.h"

enum { VIOLATIONS_FIRST = 64 };

/* A rule in force and its parent, looked up once. */
struct active_rule {
    const struct rule *rule;
    const struct rule *parent; /* NULL: none */
};

/* A run of fields of one unit, and what rules ask about the unit. */
struct unit_view {
    const struct unit_result *unit;
    uint32_t index;
    size_t first_field, end_field; /* in results->fields */
    zone_set zones;                /* as rules see them */
    struct bytes *transaction_tables;
    size_t transaction_table_count;
};

struct judging {
    const struct judge_settings *settings;
    struct results *results;
    struct active_rule *rules;
    size_t rule_count;
    size_t capacity; /* of results->violations */
    struct error *err;
};

static int out_of_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory while judging the rules");
}

/* ---- rules in force ---- */

static bool named(const char **profiles, const char *pack) {
    for (; profiles != NULL && *profiles != NULL; profiles++) {
        if (strcmp(*profiles, pack) == 0) {
            return true;
        }
    }
    return false;
}

/* Which scope can be judged here: by what a field holds. */
static bool judged_by_field(const struct rule *rule) {
    return rule->scope == SCOPE_VALUE || rule->scope == SCOPE_FIELD;
}

static const struct rule *parent_of(const struct pack *pack, const struct rule *rule) {
    for (unsigned i = 0; rule->parent != NULL && i < pack->rule_count; i++) {
        if (strcmp(pack->rules[i].id, rule->parent) == 0) {
            return &pack->rules[i];
        }
    }
    return NULL;
}

uint64_t judge_kinds_named(const struct results *results) {
    uint64_t kinds = 0;
    for (size_t i = 0; i < catalog_pack_count(results->catalog); i++) {
        const struct pack *pack = catalog_pack(results->catalog, i);
        for (unsigned j = 0; named(results->run.profiles, pack->name) && j < pack->rule_count;
             j++) {
            const struct rule *rule = &pack->rules[j];
            for (unsigned k = 0; k < rule->clause_count; k++) {
                kinds |= rule->clauses[k].kinds;
            }
        }
    }
    return kinds;
}

static int collect_rules(struct judging *judging) {
    const struct results *results = judging->results;
    size_t packs = catalog_pack_count(results->catalog), most = 1;
    for (size_t i = 0; i < packs; i++) {
        most += catalog_pack(results->catalog, i)->rule_count;
    }
    judging->rules = calloc(most, sizeof *judging->rules);
    if (judging->rules == NULL) {
        return out_of_memory(judging->err);
    }
    for (size_t i = 0; i < packs; i++) {
        const struct pack *pack = catalog_pack(results->catalog, i);
        if (!named(results->run.profiles, pack->name)) {
            continue;
        }
        for (unsigned j = 0; j < pack->rule_count; j++) {
            const struct rule *rule = &pack->rules[j];
            if (judged_by_field(rule) && (rule->class == 0 || rule->class == results->run.class)) {
                judging->rules[judging->rule_count++] =
                    (struct active_rule){rule, parent_of(pack, rule)};
            }
        }
    }
    return 0;
}

/* ---- units ---- */

/* A dump's content is the database's content, so its rules hold in the backup too (contract,
 * section 1). */
static zone_set zones_for_rules(const struct unit_result *unit) {
    bool dump = (unit->facts->traits & UNIT_DUMP) != 0;
    bool backup = (unit->zones & ZONE_BIT(ZONE_BACKUP)) != 0;
    return dump && backup ? unit->zones | ZONE_BIT(ZONE_DB) : unit->zones;
}

static bool is_card_kind(const char *kind) {
    static const char *const kinds[] = {"card_number", "card_security_code", "card_expiry",
                                        "card_track"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kind, kinds[i]) == 0) {
            return true;
        }
    }
    return false;
}

static int compare_names(const void *a, const void *b) {
    const struct bytes *x = a, *y = b;
    size_t common = x->len < y->len ? x->len : y->len;
    int order = common == 0 ? 0 : memcmp(x->ptr, y->ptr, common);
    return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

/* A table is transaction data when it holds a card kind. Where there are no tables their name is
 * empty, and the unit stands for the table. */
static int find_transaction_tables(const struct judging *judging, struct unit_view *view) {
    size_t fields = view->end_field - view->first_field;
    view->transaction_tables = calloc(fields + 1, sizeof *view->transaction_tables);
    if (view->transaction_tables == NULL) {
        return out_of_memory(judging->err);
    }
    for (size_t i = view->first_field; i < view->end_field; i++) {
        const struct field_result *field = &judging->results->fields[i];
        if (field->confidence >= CONFIDENCE_LIKELY && is_card_kind(field->kind)) {
            view->transaction_tables[view->transaction_table_count++] = field->field->table;
        }
    }
    qsort(view->transaction_tables, view->transaction_table_count, sizeof *view->transaction_tables,
          compare_names);
    return 0;
}

static bool in_transaction_table(const struct unit_view *view, const struct field_facts *place) {
    return bsearch(&place->table, view->transaction_tables, view->transaction_table_count,
                   sizeof place->table, compare_names) != NULL;
}

/* ---- clauses ---- */

/* Facts that some conditions need do not exist: such a clause is undecided, and breaks nothing. */
static bool decidable(const struct rule_clause *clause) {
    return !clause->ages && clause->together == 0 && clause->least_rows == 0 &&
           clause->least_people == 0 && clause->finds <= FINDING_UNKEYED_DIGESTS;
}

static bool clause_holds_here(const struct rule_clause *clause, const struct unit_view *view,
                              const struct field_facts *place) {
    return decidable(clause) && (clause->zones & view->zones) != 0 &&
           (!clause->transaction_table || in_transaction_table(view, place));
}

/* What breaks a rule in a field: states, forms, and how many values. */
struct breach {
    uint32_t states; /* bit per enum mask_state: where examples are found */
    bool beyond_last4;
    uint64_t count;
};

static struct breach breach_of(const struct rule *rule, const struct unit_view *view,
                               const struct field_result *field) {
    struct breach breach = {0, false, 0};
    for (unsigned i = 0; i < rule->clause_count; i++) {
        const struct rule_clause *clause = &rule->clauses[i];
        if ((clause->kinds >> field->kind_number & 1) != 0 &&
            clause_holds_here(clause, view, field->field)) {
            breach.states |= clause->states;
            breach.beyond_last4 |= clause->beyond_last4;
            if (clause->demands_encryption && field->pseudonym >= PSEUDONYM_UNKEYED_LIKELY) {
                breach.states |= 1U << STATE_ENCRYPTED;
            }
        }
    }
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        breach.count += (breach.states >> state & 1) != 0 ? field->count[state] : 0;
    }
    if (breach.beyond_last4) {
        breach.count = field->beyond_last4 > breach.count ? field->beyond_last4 : breach.count;
        /* A lenient `masks:` can call such a value masked. */
        uint64_t open = field->count[STATE_CLEAR] + field->count[STATE_WEAK];
        breach.states |= 1U << STATE_CLEAR | 1U << STATE_WEAK;
        breach.states |= field->beyond_last4 > open ? 1U << STATE_MASKED : 0;
    }
    return breach;
}

/* Are all values that break the rule dummies? Only clear ones are known to be. */
static bool only_dummies(const struct breach *breach, const struct field_result *field) {
    uint64_t clear = (breach->states >> STATE_CLEAR & 1) != 0 ? field->count[STATE_CLEAR] : 0;
    return clear > 0 && field->dummies >= clear && breach->count <= clear;
}

/* ---- violations ---- */

/* Room for one more, zeroed; NULL when memory is out. */
static struct violation *add_violation(struct judging *judging) {
    struct results *results = judging->results;
    if (results->violation_count == judging->capacity) {
        size_t capacity = judging->capacity == 0 ? VIOLATIONS_FIRST : judging->capacity * 2;
        struct violation *larger =
            reallocarray(results->violations, capacity, sizeof *results->violations);
        if (larger == NULL) {
            return NULL;
        }
        results->violations = larger;
        judging->capacity = capacity;
    }
    struct violation *violation = &results->violations[results->violation_count++];
    memset(violation, 0, sizeof *violation);
    return violation;
}

static void add_example(struct violation *violation, const struct example *example) {
    unsigned place = violation->example_count;
    while (place > 0 && example_before(example, &violation->examples[place - 1])) {
        place--;
    }
    if (place == EXAMPLES_KEPT) {
        return;
    }
    if (violation->example_count < EXAMPLES_KEPT) {
        violation->example_count++;
    }
    for (unsigned i = violation->example_count - 1; i > place; i--) {
        violation->examples[i] = violation->examples[i - 1];
    }
    violation->examples[place] = *example;
}

/* The first by position over all states that break the rule. */
static void add_examples(struct violation *violation, const struct kind_facts *facts,
                         uint32_t states) {
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        for (unsigned i = 0; (states >> state & 1) != 0 && i < facts->example_count[state]; i++) {
            add_example(violation, &facts->examples[state][i]);
        }
    }
}

/* In tests and program text values are often made up: only what is certain fails a run there. */
static enum confidence needed_to_fail(const struct judge_settings *settings, zone_set zones) {
    if (settings->fail_confidence != CONFIDENCE_NONE) {
        return settings->fail_confidence;
    }
    bool careful = (zones & (ZONE_BIT(ZONE_TEST) | ZONE_BIT(ZONE_SOURCE))) != 0;
    return careful ? CONFIDENCE_CERTAIN : settings->min_confidence;
}

/* What is left once rule, place, subject, count and confidence are set. */
static void finish(const struct judging *judging, const struct unit_view *view,
                   const struct severity_question *question, struct violation *violation) {
    violation->severity = severity_of(question);
    violation->counts_for_exit =
        violation->confidence >= needed_to_fail(judging->settings, view->unit->zones);
    fingerprint_violation(violation->rule->id, view->unit->source, violation->place->table,
                          violation->place->column, question->kind, violation->place->storage,
                          violation->fingerprint);
    judging->results->summary.violations[violation->severity]++;
}

/* What rule is broken by which field. */
static void describe_violation(struct violation *violation, const struct unit_view *view,
                               const struct rule *rule, size_t index,
                               const struct field_result *field) {
    violation->rule = rule;
    violation->unit = view->index;
    violation->field = (uint32_t)index;
    violation->place = field->field;
    violation->kind = field->kind;
    violation->confidence = field->confidence;
}

/* ---- what no single value breaks ---- */

static enum rule_finding finding_asked(const struct rule *rule, const struct unit_view *view,
                                       const struct field_result *field) {
    for (unsigned i = 0; i < rule->clause_count; i++) {
        const struct rule_clause *clause = &rule->clauses[i];
        if (clause->finds != FINDING_NONE && (clause->kinds >> field->kind_number & 1) != 0 &&
            clause_holds_here(clause, view, field->field)) {
            return clause->finds;
        }
    }
    return FINDING_NONE;
}

static int judge_finding(struct judging *judging, const struct unit_view *view, size_t index,
                         const struct rule *rule, enum rule_finding asked) {
    const struct field_result *field = &judging->results->fields[index];
    const struct unit_fields unit = {.facts = view->unit->facts,
                                     .results = judging->results->fields + view->first_field,
                                     .count = view->end_field - view->first_field};
    struct mask_finding found;
    bool known = mask_finding_of(asked, &unit, field, &found);
    struct violation *violation = known && found.count > 0 ? add_violation(judging) : NULL;
    if (violation == NULL) {
        free(found.with);
        return known && found.count == 0 ? 0 : out_of_memory(judging->err);
    }
    describe_violation(violation, view, rule, index, field);
    violation->count = found.count;
    violation->with = found.with;
    violation->with_count = found.with_count;
    violation->forms = found.forms;
    add_examples(violation, field->facts, found.states);
    bool rest_hidden = asked == FINDING_COMPLEMENTARY_MASKS && !found.all_shown;
    const struct severity_question question = {
        .rule = rule, .kind = field->kind, .legal = field->legal, .rest_hidden = rest_hidden};
    finish(judging, view, &question, violation);
    return 0;
}

/* ---- fields ---- */

static int judge_field(struct judging *judging, const struct unit_view *view, size_t index) {
    const struct field_result *field = &judging->results->fields[index];
    for (size_t i = 0; i < judging->rule_count; i++) {
        const struct active_rule *active = &judging->rules[i];
        enum rule_finding finding = finding_asked(active->rule, view, field);
        if (finding != FINDING_NONE) {
            int status = judge_finding(judging, view, index, active->rule, finding);
            if (status != 0) {
                return status;
            }
        }
        struct breach breach = breach_of(active->rule, view, field);
        if (breach.count == 0) {
            continue;
        }
        struct violation *violation = add_violation(judging);
        if (violation == NULL) {
            return out_of_memory(judging->err);
        }
        describe_violation(violation, view, active->rule, index, field);
        violation->count = breach.count;
        add_examples(violation, field->facts, breach.states);
        const struct severity_question question = {
            .rule = active->rule,
            .kind = field->kind,
            .legal = field->legal,
            .parent_broken =
                active->parent != NULL && breach_of(active->parent, view, field).count > 0,
            .only_dummies = only_dummies(&breach, field),
        };
        finish(judging, view, &question, violation);
    }
    return 0;
}

/* ---- roles ---- */

/* Roles that some clause of the rule asks for in that place. */
static uint32_t roles_asked(const struct rule *rule, const struct unit_view *view,
                            const struct field_facts *place) {
    uint32_t asked = 0;
    for (unsigned i = 0; i < rule->clause_count; i++) {
        const struct rule_clause *clause = &rule->clauses[i];
        if (clause->roles != 0 && clause_holds_here(clause, view, place)) {
            asked |= clause->roles;
        }
    }
    return asked;
}

/* A name is all that tells a role, and names are likely, never certain. */
static int judge_role(struct judging *judging, const struct unit_view *view,
                      const struct field_facts *place, const struct active_rule *active,
                      unsigned role) {
    struct violation *violation = add_violation(judging);
    if (violation == NULL) {
        return out_of_memory(judging->err);
    }
    violation->rule = active->rule;
    violation->unit = view->index;
    violation->field = UINT32_MAX;
    violation->place = place;
    violation->role = roles[role].name;
    violation->count = place->cells - place->empty;
    violation->confidence = CONFIDENCE_LIKELY;
    const struct severity_question question = {
        .rule = active->rule, .kind = roles[role].name, .legal = LEGAL_NONE};
    finish(judging, view, &question, violation);
    return 0;
}

static int judge_roles_of_field(struct judging *judging, const struct unit_view *view,
                                const struct field_facts *place) {
    struct name_reading reading;
    bool known = false;
    for (size_t i = 0; i < judging->rule_count; i++) {
        uint32_t asked = roles_asked(judging->rules[i].rule, view, place);
        if (asked == 0) {
            continue;
        }
        if (!known) {
            lexicon_read(judging->settings->lexicon, place->column, place->label, &reading);
            known = true;
        }
        for (uint32_t left = reading.role_bits & asked; left != 0; left &= left - 1) {
            unsigned role = (unsigned)__builtin_ctz(left);
            int status = judge_role(judging, view, place, &judging->rules[i], role);
            if (status != 0) {
                return status;
            }
        }
    }
    return 0;
}

static int judge_roles(struct judging *judging, const struct unit_view *view) {
    if (judging->settings->min_confidence > CONFIDENCE_LIKELY) {
        return 0;
    }
    const struct unit_facts *facts = view->unit->facts;
    for (uint32_t i = 0; i < facts->field_count; i++) {
        const struct field_facts *place = &facts->fields[i];
        if (place->cells > place->empty && (place->column.len > 0 || place->label.len > 0)) {
            int status = judge_roles_of_field(judging, view, place);
            if (status != 0) {
                return status;
            }
        }
    }
    return 0;
}

/* ---- all units ---- */

static int judge_unit(struct judging *judging, struct unit_view *view) {
    int status = find_transaction_tables(judging, view);
    for (size_t i = view->first_field; status == 0 && i < view->end_field; i++) {
        if (judging->results->fields[i].written) {
            status = judge_field(judging, view, i);
        }
    }
    if (status == 0) {
        status = judge_roles(judging, view);
    }
    free(view->transaction_tables);
    return status;
}

int judge_rules(const struct judge_settings *settings, struct results *results, struct error *err) {
    struct judging judging = {.settings = settings, .results = results, .err = err};
    int status = collect_rules(&judging);
    size_t field = 0;
    for (size_t i = 0; status == 0 && i < results->unit_count; i++) {
        struct unit_view view = {.unit = &results->units[i],
                                 .index = (uint32_t)i,
                                 .first_field = field,
                                 .zones = zones_for_rules(&results->units[i])};
        while (field < results->field_count && results->fields[field].unit == i) {
            field++;
        }
        view.end_field = field;
        status = judge_unit(&judging, &view);
    }
    free(judging.rules);
    return status;
}
