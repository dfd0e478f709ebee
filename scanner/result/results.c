#include "result/results.h"

#include <stdlib.h>

#include "result/text_copy.h"

bool unit_result_incomplete(const struct unit_result *unit) {
    const struct unit_facts *facts = unit->facts;
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

void results_release(struct results *results) {
    for (size_t i = 0; i < results->unit_count; i++) {
        unit_facts_free(results->units[i].facts);
        text_copy_free(&results->units[i].source);
    }
    free(results->units);
    free(results->fields);
    for (size_t i = 0; i < results->violation_count; i++) {
        free(results->violations[i].with);
    }
    free(results->violations);
    free(results->chunks);
    if (results->occurrences != NULL) {
        fclose(results->occurrences);
    }
    free(results->run.profiles);
    if (results->run.args != NULL) {
        for (char **arg = results->run.args; *arg != NULL; arg++) {
            free(*arg);
        }
        free(results->run.args);
    }
    *results = (struct results){0};
}
