/* From merged facts to judged fields: once, in the parent, when everything about a table is known.
 */
#include <stdlib.h>

#include "judge/confidence.h"
#include "judge/field_name.h"
#include "judge/presence.h"
#include "judge/retention.h"
#include "judge/shown_digits.h"
#include "judge/unit_parts.h"
#include "result/people.h"

/* ---- values that prove nothing ---- */

struct claimed {
    uint64_t count[PATTERN_MAX][STATE_COUNT]; /* by place among the kinds of the field */
};

static int facts_index(const struct field_facts *field, unsigned kind) {
    for (uint32_t k = 0; k < field->kind_count; k++) {
        if (field->kinds[k].kind == kind) {
            return (int)k;
        }
    }
    return -1;
}

static uint64_t proven(const struct kind_facts *facts) {
    uint64_t values = 0;
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        values += facts->count[state] - facts->unproven[state];
    }
    return values;
}

/* The kind among ALLOWED that most values of the field prove, BEST (-1 = none) before others. */
static int dominant_kind(const struct field_facts *field, kind_set allowed_kinds, int best) {
    int first = best < 0 ? -1 : facts_index(field, (unsigned)best);
    uint64_t most = first < 0 ? 0 : proven(&field->kinds[first]);
    for (uint32_t k = 0; k < field->kind_count; k++) {
        bool allowed = (allowed_kinds >> field->kinds[k].kind & 1) != 0;
        if (allowed && proven(&field->kinds[k]) > most) {
            most = proven(&field->kinds[k]);
            best = field->kinds[k].kind;
        }
    }
    return best;
}

/* ID numbers of ten characters: hidden ones may fit several of these kinds, whatever the name. */
static kind_set person_numbers(kind_list kinds) {
    kind_set found = 0;
    for (unsigned kind = 0; kinds[kind] != NULL; kind++) {
        const struct number_shape *shape = &kinds[kind]->shape;
        bool fits = kinds[kind]->legal == LEGAL_IDENTITY && shape->letters_before != 0 &&
                    shape->letters_before + shape->digits_max == 10;
        found |= fits ? (kind_set)1 << kind : 0;
    }
    return found;
}

static void claim(kind_set persons, const struct field_facts *field,
                  const struct name_reading *name, struct claimed *out) {
    persons &= ~name->kinds;
    int by_name = dominant_kind(field, name->kinds, name->first_kind);
    int by_values = dominant_kind(field, persons, -1);
    memset(out->count, 0, field->kind_count * sizeof *out->count);
    for (uint32_t k = 0; k < field->kind_count; k++) {
        const struct kind_facts *facts = &field->kinds[k];
        bool person = (persons >> facts->kind & 1) != 0;
        int dominant = person ? by_values : by_name;
        int there = dominant < 0 ? -1 : facts_index(field, (unsigned)dominant);
        bool moves = there >= 0 && facts->kind != dominant &&
                     (person || (name->kinds >> facts->kind & 1) != 0);
        for (unsigned state = 0; state < STATE_COUNT; state++) {
            uint64_t away = moves ? facts->unproven[state] : 0;
            out->count[k][state] += facts->count[state] - away;
            if (away != 0) {
                out->count[there][state] += away;
            }
        }
    }
}

/* ---- fields ---- */

/* A kind is judged after the one it needs beside it: a date of birth after the name, the name after
 * the telephone number. */
enum { PASSES = 3 };

/* Some units that are judged one after the other. */
struct judging {
    struct judge_settings settings;
    const struct results *results;
    size_t first_unit, end_unit;
    struct field_result *out; /* has room for all that can come of them */
    size_t count;
    struct people people;   /* of these units … */
    uint64_t values, below; /* … and values of fields that are written, and of others */
    bool failed;            /* memory ran out */
    kind_set asked_for;     /* kinds that rules in force name */
    kind_set persons;
    kind_set pass[PASSES]; /* whose turn it is */
};

static void add_result(struct judging *j, const struct field_result *result) {
    j->out[j->count++] = *result;
}

/* How old the values are: by their rows, else by the unit as a whole. */
static void describe_age(const struct judging *j, struct field_result *result) {
    const struct date_facts *dates = result->facts->dates;
    const uint32_t all = (1U << STATE_COUNT) - 1;
    if (dates != NULL && date_facts_dated(dates, all, false) > 0) {
        result->dated_by = DATED_BY_ROW;
        result->oldest = dates->oldest;
        result->newest = dates->newest;
        return;
    }
    const struct unit_facts *unit = j->results->units[result->unit].facts;
    result->dated_by = retention_unit_day(&j->settings, unit, SINCE_RECORD, &result->newest);
    result->oldest = result->dated_by == DATED_BY_LOG ? unit->age.log_first : DAY_NONE;
}

static struct field_result describe(const struct pattern *pattern, const struct field_facts *field,
                                    const struct kind_facts *facts, uint32_t unit,
                                    const uint64_t count[STATE_COUNT]) {
    struct field_result result = {.unit = unit,
                                  .field = field,
                                  .facts = facts,
                                  .kind = pattern->name,
                                  .kind_title = pattern->title,
                                  .kind_number = facts->kind,
                                  .legal = pattern->legal,
                                  .dummies = facts->dummies,
                                  .dated_by = DATED_BY_NOTHING,
                                  .oldest = DAY_NONE,
                                  .newest = DAY_NONE};
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        result.count[state] = count[state];
        result.values += count[state];
    }
    result.other = field->cells > result.values ? field->cells - result.values : 0;
    if (pattern->policy.max_shown_tail != 0) {
        result.beyond_last4 = count_beyond(facts, count[STATE_CLEAR], form_beyond_last4);
        result.beyond_bin_last4 = count_beyond(facts, count[STATE_CLEAR], form_beyond_bin_last4);
    }
    return result;
}

static unsigned pass_of(kind_list kinds, const struct pattern *pattern) {
    unsigned pass = 0;
    while (pass + 1 < PASSES && pattern->company != NULL && !pattern->proves_itself) {
        int company = kind_list_number(kinds, pattern->company);
        if (company < 0) {
            break;
        }
        pattern = kinds[company];
        pass++;
    }
    return pass;
}

/* Kinds that only rules ask about have no turn when none in force does. */
static void plan_passes(struct judging *j) {
    kind_list kinds = lexicon_kinds(j->settings.lexicon);
    j->persons = person_numbers(kinds);
    for (unsigned kind = 0; kinds[kind] != NULL; kind++) {
        if (!kinds[kind]->only_for_rules || (j->asked_for >> kind & 1) != 0) {
            j->pass[pass_of(kinds, kinds[kind])] |= (kind_set)1 << kind;
        }
    }
}

/* Is what the values are not what the name says? They decide; the report says so. */
static bool name_disagrees(const struct name_reading *name, const struct field_result *result) {
    bool named = name->strength == NAME_TELLS || name->strength == NAME_OTHER;
    return named && ((name->kinds | name->leaves_open) >> result->kind_number & 1) == 0 &&
           result->confidence >= CONFIDENCE_LIKELY && (result->evidence & EVIDENCE_SHARE) != 0;
}

/* Few enough values to try them all: ID numbers, telephone numbers, cards, dates. */
static bool can_be_enumerated(const struct pattern *pattern) {
    return pattern->shape.digits_min != 0 || strcmp(pattern->name, "birth_date") == 0;
}

/* A length that no block cipher gives is a digest's; for the others the name has to say so. */
static enum pseudonym pseudonym_of(const struct pattern *pattern, const struct name_reading *name,
                                   const struct field_result *result) {
    const struct field_facts *field = result->field;
    uint64_t encrypted = result->count[STATE_ENCRYPTED];
    if (encrypted == 0 || field->digests * 5 < encrypted * 4) {
        return PSEUDONYM_NONE;
    }
    if (field->digests_proven > 0) {
        return PSEUDONYM_UNKEYED_PROVEN;
    }
    bool hashed = name->says_hashed || field->digests_only * 5 >= encrypted * 4;
    return hashed && !name->says_keyed && can_be_enumerated(pattern) ? PSEUDONYM_UNKEYED_LIKELY
                                                                     : PSEUDONYM_UNKNOWN;
}

/* Judge the kinds of FIELD whose turn it is. */
static void judge_field(struct judging *j, uint32_t unit, const struct presence *presence,
                        const struct field_facts *field, unsigned pass) {
    struct name_reading name;
    struct claimed claimed;
    kind_set kinds = 0;
    for (uint32_t k = 0; k < field->kind_count; k++) {
        kinds |= (kind_set)1 << field->kinds[k].kind;
    }
    if ((kinds & j->pass[pass]) == 0) {
        return;
    }
    read_field_name(&j->settings, field, &name);
    claim(j->persons, field, &name, &claimed);
    for (uint32_t k = 0; k < field->kind_count; k++) {
        const struct kind_facts *facts = &field->kinds[k];
        const struct pattern *pattern = lexicon_kinds(j->settings.lexicon)[facts->kind];
        if ((j->pass[pass] >> facts->kind & 1) == 0) {
            continue;
        }
        struct field_result result = describe(pattern, field, facts, unit, claimed.count[k]);
        if (result.values == 0) {
            continue;
        }
        struct confidence_question question = {.pattern = pattern,
                                               .kind = facts->kind,
                                               .field = field,
                                               .facts = facts,
                                               .name = &name,
                                               .has_company =
                                                   presence_has_company(presence, field, pattern)};
        memcpy(question.count, result.count, sizeof question.count);
        result.confidence = confidence_of(&question, &result.evidence);
        if (result.confidence == CONFIDENCE_NONE) {
            continue;
        }
        describe_age(j, &result);
        result.written = result.confidence >= j->settings.min_confidence;
        result.name_disagrees = name_disagrees(&name, &result);
        result.pseudonym = pseudonym_of(pattern, &name, &result);
        add_result(j, &result);
    }
}

static int compare_results(const void *a, const void *b) {
    const struct field_result *x = a, *y = b;
    if (x->field->number != y->field->number) {
        return x->field->number < y->field->number ? -1 : 1;
    }
    return (int)x->kind_number - (int)y->kind_number;
}

static void sort_results(struct field_result *results, size_t count) {
    size_t sorted = 1;
    while (sorted < count && compare_results(&results[sorted - 1], &results[sorted]) <= 0) {
        sorted++;
    }
    if (sorted < count) {
        qsort(results, count, sizeof *results, compare_results);
    }
}

static void judge_fields_of(struct judging *j, uint32_t unit, const struct presence *presence,
                            unsigned pass) {
    const struct unit_facts *facts = j->results->units[unit].facts;
    for (uint32_t i = 0; i < facts->field_count; i++) {
        judge_field(j, unit, presence, &facts->fields[i], pass);
    }
}

static bool judge_unit(struct judging *j, uint32_t unit) {
    struct presence presence = {NULL, 0};
    size_t first = j->count;
    bool ok = true;
    judge_fields_of(j, unit, &presence, 0);
    for (unsigned pass = 1; ok && pass < PASSES; pass++) {
        free(presence.keys);
        ok = presence_fill(&presence, j->out + first, j->count - first);
        if (ok) {
            judge_fields_of(j, unit, &presence, pass);
        }
    }
    sort_results(j->out + first, j->count - first);
    free(presence.keys);
    return ok;
}

/* While the facts of the unit are at hand. */
static void sum_up_unit(struct judging *j, struct unit_result *unit, size_t first) {
    for (size_t i = first; i < j->count; i++) {
        people_add(&j->people, &j->out[i]);
        j->values += j->out[i].written ? j->out[i].values : 0;
        j->below += j->out[i].written ? 0 : j->out[i].values;
    }
    if (j->settings.zones_by_content) {
        judge_zones_by_content(&j->settings, unit, j->out + first, j->count - first);
    }
}

static void judge_part(void *part) {
    struct judging *j = part;
    for (size_t unit = j->first_unit; !j->failed && unit < j->end_unit; unit++) {
        size_t first = j->count;
        j->failed = !judge_unit(j, (uint32_t)unit);
        sum_up_unit(j, &j->results->units[unit], first);
    }
}

/* ---- people ---- */

/* Contract, section 4: distinct national and resident IDs if there are any, else the larger of
 * distinct mobiles and e-mails. */
static void tell_people(const struct people *people, struct run_summary *summary) {
    static const char *const names[] = {"national and resident IDs", "phone_mobile", "email",
                                        "none"};
    struct people_count count = people_result(people);
    summary->subjects = count.count;
    summary->subjects_basis = names[count.basis];
    summary->subjects_error = count.exact ? 0.0 : PEOPLE_ERROR;
}

void judge_people(struct results *results) {
    struct people people;
    people_init(&people);
    for (size_t i = 0; i < results->field_count; i++) {
        people_add(&people, &results->fields[i]);
    }
    tell_people(&people, &results->summary);
    people_release(&people);
}

/* At most one record for each kind of each field. */
static size_t most_results(const struct results *results, size_t first, size_t end) {
    size_t most = 0;
    for (size_t unit = first; unit < end; unit++) {
        const struct unit_facts *facts = results->units[unit].facts;
        for (uint32_t i = 0; i < facts->field_count; i++) {
            most += facts->fields[i].kind_count;
        }
    }
    return most;
}

/* Every part has its stretch of the array; what is left between them is closed up. */
static bool judge_in_parts(const struct judge_settings *settings, struct results *results) {
    struct judging parts[UNIT_PARTS_MOST] = {0};
    size_t units = results->unit_count, used = 0;
    unsigned count = unit_parts_count(settings, units);
    bool failed = false;
    results->field_count = 0;
    results->fields = malloc((most_results(results, 0, units) + 1) * sizeof *results->fields);
    if (results->fields == NULL) {
        return false;
    }
    for (unsigned i = 0; i < count; i++) {
        size_t first = unit_parts_first(units, i, count);
        parts[i] = (struct judging){.settings = unit_parts_settings(settings, i),
                                    .results = results,
                                    .first_unit = first,
                                    .end_unit = unit_parts_first(units, i + 1, count),
                                    .out = results->fields + used,
                                    .asked_for = judge_kinds_named(results)};
        plan_passes(&parts[i]);
        people_init(&parts[i].people);
        used += most_results(results, first, parts[i].end_unit);
    }
    unit_parts_work(parts, sizeof *parts, count, judge_part);
    for (unsigned i = 0; i < count; i++) {
        memmove(results->fields + results->field_count, parts[i].out,
                parts[i].count * sizeof *results->fields);
        results->field_count += parts[i].count;
        failed = failed || parts[i].failed;
        results->summary.values += parts[i].values;
        results->summary.below_confidence += parts[i].below;
        if (i > 0) {
            people_merge(&parts[0].people, &parts[i].people);
            people_release(&parts[i].people);
        }
        unit_parts_settings_release(&parts[i].settings, i);
    }
    tell_people(&parts[0].people, &results->summary);
    people_release(&parts[0].people);
    return !failed;
}

int judge_fields(const struct judge_settings *settings, struct results *results,
                 struct error *err) {
    if (!judge_in_parts(settings, results)) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the results");
    }
    return 0;
}
