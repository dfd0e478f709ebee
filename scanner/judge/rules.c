/* Fields against the rules in force, unit by unit. */
#include <stdlib.h>

#include "catalog/severity.h"
#include "judge/findings/findings.h"
#include "judge/findings/mask_findings.h"
#include "judge/retention.h"
#include "judge/unit_parts.h"

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

/* ---- masks and digests of one field ---- */

static enum rule_finding finding_asked(const struct rule *rule, const struct unit_view *view,
                                       const struct field_result *field) {
    for (unsigned i = 0; i < rule->clause_count; i++) {
        const struct rule_clause *clause = &rule->clauses[i];
        if (clause->finds >= FINDING_MIXED_MASKS && clause->finds <= FINDING_UNKEYED_DIGESTS &&
            (clause->kinds >> field->kind_number & 1) != 0 &&
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
                                     .count = view->end_field - view->first_field,
                                     .all = judging->results,
                                     .samples = judging->samples};
    struct mask_finding found;
    bool known = mask_finding_of(asked, &unit, field, &found);
    struct violation *violation = known && found.count > 0 ? add_violation(judging) : NULL;
    if (violation == NULL) {
        free(found.with);
        return known && found.count == 0 ? 0 : judging_out_of_memory(judging);
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
    finish_violation(judging, view->unit, &question, violation);
    return 0;
}

/* ---- fields ---- */

/* Are all values that break the rule dummies? Only clear ones are known to be. */
static bool only_dummies(const struct breach *breach, const struct field_result *field) {
    uint64_t clear = (breach->states >> STATE_CLEAR & 1) != 0 ? field->count[STATE_CLEAR] : 0;
    return clear > 0 && field->dummies >= clear && breach->count <= clear;
}

/* What rules of other documents say of the same field, whether they are in force or not. */
static bool ask_related(const struct judging *judging, const struct unit_view *view,
                        const struct field_result *field, struct violation *violation) {
    const char *const *related = violation->rule->related;
    for (; related != NULL && *related != NULL && violation->related_count < RELATED_KEPT;
         related++) {
        const struct rule *rule = catalog_find_rule(judging->results->catalog, *related);
        if (rule == NULL) {
            continue;
        }
        struct breach breach = breach_of(judging, rule, view, field);
        const struct related_verdict verdict = {rule, breach.count > 0              ? RULE_BROKEN
                                                      : breach.undecided != DECIDED ? RULE_UNDECIDED
                                                      : breach.asked                ? RULE_HELD
                                                                     : RULE_NOT_ASKED};
        if (!violation_relate(violation, &verdict)) {
            return false;
        }
    }
    return true;
}

static int judge_breach(struct judging *judging, const struct unit_view *view, size_t index,
                        const struct active_rule *active, const struct breach *breach) {
    const struct field_result *field = &judging->results->fields[index];
    struct violation *violation = add_violation(judging);
    if (violation == NULL) {
        return judging_out_of_memory(judging);
    }
    describe_violation(violation, view, active->rule, index, field);
    violation->count = breach->count;
    violation->age = breach->age;
    if (breach->age.dated_by != DATED_BY_NOTHING &&
        !retention_keeps(judging->results, view->zones, field->kind_number, violation)) {
        return judging_out_of_memory(judging);
    }
    violation->fold = breach->once_per_source;
    violation->beside_parent =
        active->parent != NULL && breach_of(judging, active->parent, view, field).count > 0;
    add_examples(violation, field->facts, breach->states);
    if (!ask_related(judging, view, field, violation)) {
        return judging_out_of_memory(judging);
    }
    const struct severity_question question = {
        .rule = active->rule,
        .kind = field->kind,
        .legal = field->legal,
        .parent_broken = violation->beside_parent,
        .only_dummies = only_dummies(breach, field),
        .states = breach->states,
        .zones = view->zones,
    };
    finish_violation(judging, view->unit, &question, violation);
    return 0;
}

/* The strictest limit of all rules in force. */
static void note_limit(struct field_result *field, const struct breach *breach) {
    field->limited = field->limited || breach->limited;
    field->past_limit = breach->past > field->past_limit ? breach->past : field->past_limit;
}

static int judge_field(struct judging *judging, const struct unit_view *view, size_t index) {
    const struct field_result *field = &judging->results->fields[index];
    int status = 0;
    const size_t end = judging->first_of_kind[field->kind_number + 1];
    for (size_t i = judging->first_of_kind[field->kind_number]; status == 0 && i < end; i++) {
        struct active_rule *active = &judging->rules[judging->by_kind[i]];
        if ((active->zones & view->zones) == 0) {
            continue;
        }
        enum rule_finding finding = finding_asked(active->rule, view, field);
        if (finding != FINDING_NONE) {
            status = judge_finding(judging, view, index, active->rule, finding);
        }
        struct breach breach = breach_of(judging, active->rule, view, field);
        note_limit(&judging->results->fields[index], &breach);
        if (status == 0 && breach.count > 0) {
            status = judge_breach(judging, view, index, active, &breach);
        } else {
            note_undecided(active, breach.undecided, breach.setting);
        }
    }
    return status;
}

/* ---- all units ---- */

static int judge_unit(struct judging *judging, struct unit_view *view) {
    int status = unit_view_open(judging, view);
    if (status == 0) {
        note_unit(judging, view);
    }
    for (size_t i = view->first_field; status == 0 && i < view->end_field; i++) {
        if (judging->results->fields[i].written) {
            status = judge_field(judging, view, i);
        }
    }
    if (status == 0) {
        status = judge_roles(judging, view);
    }
    if (status == 0) {
        status = judge_findings(judging, view);
    }
    unit_view_close(view);
    return status;
}

/* ---- in parts ---- */

/* Units that are judged one after the other, with counts, questions and violations of their own. */
struct rule_part {
    struct judging judging;
    struct judge_settings settings;
    struct results results; /* the units and fields of all, the violations and statuses of these */
    struct error err;
    size_t first_unit, end_unit;
    int status;
};

static bool open_part(struct rule_part *part, const struct judging *whole, unsigned number,
                      unsigned count) {
    const struct results *results = whole->results;
    *part = (struct rule_part){.judging = *whole,
                               .settings = unit_parts_settings(whole->settings, number),
                               .results = *results};
    part->first_unit = unit_parts_first(results->unit_count, number, count);
    part->end_unit = unit_parts_first(results->unit_count, number + 1, count);
    part->results.violation_count = 0;
    part->results.statuses = calloc(whole->rule_count + 1, sizeof *part->results.statuses);
    part->judging.rules = calloc(whole->rule_count + 1, sizeof *part->judging.rules);
    part->judging.settings = &part->settings;
    part->judging.results = &part->results;
    part->judging.err = &part->err;
    size_t first = results_first_field(results, part->first_unit);
    part->results.violations = results->violations + first;
    part->judging.capacity = results_first_field(results, part->end_unit) - first;
    part->judging.lent = true;
    if (part->results.statuses == NULL || part->judging.rules == NULL) {
        return false;
    }
    memcpy(part->judging.rules, whole->rules, whole->rule_count * sizeof *whole->rules);
    return true;
}

static void close_part(struct rule_part *part, unsigned number) {
    for (size_t i = 0; i < part->results.violation_count; i++) {
        violation_release(&part->results.violations[i]);
    }
    if (!part->judging.lent) {
        free(part->results.violations);
    }
    free(part->results.statuses);
    free(part->judging.rules);
    unit_parts_settings_release(&part->settings, number);
}

static void judge_part(void *context) {
    struct rule_part *part = context;
    const struct results *results = &part->results;
    size_t field = results_first_field(results, part->first_unit);
    for (size_t i = part->first_unit; part->status == 0 && i < part->end_unit; i++) {
        struct unit_view view = {
            .unit = &results->units[i], .index = (uint32_t)i, .first_field = field};
        while (field < results->field_count && results->fields[field].unit == i) {
            field++;
        }
        view.end_field = field;
        part->status = judge_unit(&part->judging, &view);
    }
}

/* What PART says comes behind what the parts before it said. */
static int add_part(struct judging *whole, struct rule_part *part) {
    struct results *to = whole->results, *from = &part->results;
    if (part->status != 0) {
        if (whole->err != NULL) {
            *whole->err = part->err;
        }
        return part->status;
    }
    for (size_t i = 0; i < whole->rule_count; i++) {
        to->statuses[i].units += from->statuses[i].units;
        to->statuses[i].unread += from->statuses[i].unread;
        note_undecided(&whole->rules[i], part->judging.rules[i].undecided,
                       part->judging.rules[i].setting);
    }
    return 0;
}

/* The violations of all parts become those of the whole, in their order. Mostly each part kept to
 * its stretch of the array, and what is left between them is closed up. */
static int join_violations(struct judging *whole, struct rule_part *parts, unsigned count) {
    struct results *results = whole->results;
    struct violation *to = results->violations;
    size_t all = 0, used = 0;
    bool lent = true;
    for (unsigned i = 0; i < count; i++) {
        all += parts[i].results.violation_count;
        lent = lent && parts[i].judging.lent;
    }
    if (!lent) {
        to = reallocarray(NULL, all, sizeof *to);
        if (to == NULL) {
            return judging_out_of_memory(whole);
        }
    }
    for (unsigned i = 0; i < count; i++) {
        struct results *from = &parts[i].results;
        if (from->violation_count > 0) {
            memmove(to + used, from->violations, from->violation_count * sizeof *to);
        }
        used += from->violation_count;
        from->violation_count = 0;
    }
    if (!lent) {
        free(results->violations);
        results->violations = to;
        whole->capacity = all;
    }
    results->violation_count = used;
    return 0;
}

static int judge_units(struct judging *judging) {
    unsigned count = unit_parts_count(judging->settings, judging->results->unit_count), open = 0;
    struct rule_part *parts = calloc(count, sizeof *parts);
    bool ready = parts != NULL && reach_violations(judging, judging->results->field_count + 1);
    for (; ready && open < count; open++) {
        ready = open_part(&parts[open], judging, open, count);
    }
    int status = ready ? 0 : judging_out_of_memory(judging);
    if (status == 0) {
        unit_parts_work(parts, sizeof *parts, count, judge_part);
    }
    for (unsigned i = 0; i < open; i++) {
        status = status == 0 ? add_part(judging, &parts[i]) : status;
    }
    if (status == 0) {
        status = join_violations(judging, parts, open);
    }
    for (unsigned i = 0; i < open; i++) {
        close_part(&parts[i], i);
    }
    free(parts);
    return status;
}

int judge_rules(const struct judge_settings *settings, struct results *results, struct error *err) {
    struct judging judging = {.settings = settings, .results = results, .err = err};
    int status = find_rules_in_force(&judging);
    if (status == 0) {
        status = sample_findings_new(settings, results, &judging.samples, err);
    }
    if (status == 0) {
        status = judge_units(&judging);
    }
    if (status == 0) {
        status = judge_findings(&judging, NULL);
    }
    if (status == 0) {
        status = fold_violations(&judging);
    }
    if (status == 0) {
        conclude(&judging);
    }
    sample_findings_free(judging.samples);
    release_rules_in_force(&judging);
    return status;
}
