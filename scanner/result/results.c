#include "result/results.h"

#include <stdlib.h>

#include "result/fingerprint.h"
#include "result/text_copy.h"

bool unit_result_incomplete(const struct unit_result *unit) {
    const struct unit_facts *facts = unit->facts;
    if (facts->error_code == YINMA_E_OWN) {
        return false;
    }
    switch (facts->status) {
    case COVERAGE_PARTIAL:
    case COVERAGE_FAILED:
    case COVERAGE_SKIPPED:
        /* A socket met while walking holds no text that was missed; one that was asked for does. */
        return (facts->traits & UNIT_SPECIAL_FILE) == 0 || (facts->traits & UNIT_NAMED) != 0;
    case COVERAGE_SCANNED:
    case COVERAGE_OPAQUE:
    case COVERAGE_EXPECTED:
    case COVERAGE_WAIVED:
        break;
    }
    return false;
}

bool violation_fails(const struct run_info *run, const struct violation *violation) {
    return run->fail_on != SEVERITY_NONE && violation->counts_for_exit &&
           violation->severity >= run->fail_on;
}

const char *pseudonym_name(enum pseudonym pseudonym) {
    static const char *const names[] = {NULL, "unknown", "unkeyed-likely", "unkeyed-proven"};
    return names[pseudonym];
}

static const char *const verdict_names[] = {"held", "broken", "undecided", "not-applicable",
                                            "not-asked"};
_Static_assert(sizeof verdict_names / sizeof *verdict_names == RULE_VERDICTS, "a name for each");

const char *rule_verdict_name(enum rule_verdict verdict) {
    return verdict_names[verdict];
}

bool rule_verdict_from_name(struct bytes name, enum rule_verdict *out) {
    for (unsigned i = 0; i < RULE_VERDICTS; i++) {
        if (bytes_equal(name, bytes_of_string(verdict_names[i]))) {
            *out = (enum rule_verdict)i;
            return true;
        }
    }
    return false;
}

static const struct {
    const char *name, *text;
} undecided[] = {
    [DECIDED] = {"", ""},
    [UNDECIDED_CLASS] = {"class-unknown",
                         "it is for class II only, and the class of the firm is not known "
                         "(--class)"},
    [UNDECIDED_SETTING] = {"setting-missing",
                           "the document leaves the limit to the firm, and `retention:` of the "
                           "configuration sets none"},
    [UNDECIDED_DATE] = {"no-date", "no date tells how old the data is"},
    [UNDECIDED_FACTS] = {"nothing-to-compare",
                         "what it compares was not given or not seen in this run"},
    [UNDECIDED_KIND] = {"kind-unknown", "it speaks of kinds that this program does not find"},
    [UNDECIDED_UNREAD] = {"not-read", "something in its zones could not be read"},
};
_Static_assert(sizeof undecided / sizeof *undecided == UNDECIDED_REASONS, "a name for each");

const char *undecided_name(enum undecided why) {
    return undecided[why].name;
}

enum undecided undecided_from_name(struct bytes name) {
    unsigned why = UNDECIDED_REASONS - 1;
    while (why > DECIDED && !bytes_equal(name, bytes_of_string(undecided[why].name))) {
        why--;
    }
    return (enum undecided)why;
}

const char *undecided_text(enum undecided why) {
    return undecided[why].text;
}

static const struct {
    const char *name, *text;
} missed[] = {
    {"files", "no such file was found"},
    {"content", "it is empty"},
    {"encrypted", "it can be read without a key"},
    {"cipher", "its cipher is weaker than expected, or not known"},
    {"newest", "the newest file is too old"},
    {"tables", "a table is missing"},
    {"rows", "it has too few rows"},
    {"end-mark", "the comment that ends a complete dump is missing"},
};
_Static_assert(sizeof missed / sizeof *missed == MISSED_COUNT, "a name for each");

const char *missed_name(unsigned bit) {
    return missed[bit].name;
}

const char *missed_text(unsigned bit) {
    return missed[bit].text;
}

static void free_words(char **words) {
    for (char **word = words; word != NULL && *word != NULL; word++) {
        free(*word);
    }
    free(words);
}

void violation_release(struct violation *violation) {
    free(violation->with);
    free(violation->keeps);
    free(violation->fingerprint);
    free(violation->related);
    violation->with = NULL;
    violation->keeps = NULL;
    violation->fingerprint = NULL;
    violation->related = NULL;
}

void violation_fingerprint(const struct results *results, const struct violation *violation,
                           char out[65]) {
    if (violation->fingerprint != NULL) {
        memcpy(out, violation->fingerprint, 65);
        return;
    }
    const struct bytes none = {NULL, 0};
    const struct field_facts *place = violation->place;
    const char *about = violation->kind != NULL   ? violation->kind
                        : violation->role != NULL ? violation->role
                                                  : "";
    fingerprint_violation(
        violation->rule->id,
        violation->unit < results->unit_count ? results->units[violation->unit].source : none,
        place == NULL ? none : place->table, place == NULL ? none : place->column, about,
        place == NULL ? STORAGE_NONE : place->storage, out);
}

bool violation_set_fingerprint(struct violation *violation, const char *fingerprint) {
    if (violation->fingerprint == NULL) {
        violation->fingerprint = malloc(65);
    }
    if (violation->fingerprint == NULL) {
        return false;
    }
    snprintf(violation->fingerprint, 65, "%s", fingerprint);
    return true;
}

bool violation_relate(struct violation *violation, const struct related_verdict *verdict) {
    if (violation->related_count == RELATED_KEPT) {
        return true;
    }
    if (violation->related == NULL) {
        violation->related = calloc(RELATED_KEPT, sizeof *violation->related);
    }
    if (violation->related == NULL) {
        return false;
    }
    violation->related[violation->related_count++] = *verdict;
    return true;
}

const char *unit_zone_reason(const struct unit_result *unit, char text[ZONE_REASON_TEXT]) {
    const char *reason = unit->zone_reason == NULL ? "" : unit->zone_reason;
    if (!unit->zone_by_columns) {
        return reason;
    }
    int wrote = snprintf(text, ZONE_REASON_TEXT, "%s%s%s", reason, reason[0] == '\0' ? "" : "; ",
                         SAID("columns of a waybill"));
    return wrote < 0 || wrote >= ZONE_REASON_TEXT ? reason : text; /* whole reasons only */
}

void results_release(struct results *results) {
    for (size_t i = 0; i < results->declaration_count; i++) {
        struct declaration *declaration = &results->declarations[i];
        text_copy_free(&declaration->files);
        text_copy_free(&declaration->by);
        text_copy_free(&declaration->why);
    }
    free(results->declarations);
    for (size_t i = 0; i < results->unit_count; i++) {
        unit_facts_free(results->units[i].facts);
        text_copy_free(&results->units[i].source);
    }
    free(results->units);
    facts_store_free(results->store);
    arena_release(&results->texts);
    free(results->fields);
    free(results->overlaps);
    for (size_t i = 0; i < results->violation_count; i++) {
        violation_release(&results->violations[i]);
    }
    free(results->violations);
    free(results->statuses);
    free(results->log_spans);
    free(results->chunks);
    if (results->occurrences != NULL) {
        fclose(results->occurrences);
    }
    source_set_release(&results->sources);
    free(results->run.profiles);
    free_words(results->run.args);
    free_words(results->run.paths);
    *results = (struct results){0};
}

size_t results_first_field(const struct results *results, size_t unit) {
    size_t low = 0, high = results->field_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (results->fields[middle].unit < unit) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}
