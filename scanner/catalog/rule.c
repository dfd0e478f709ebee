#include "catalog/rule.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const severity_names[] = {"never", "low", "medium", "high", "critical"};
static const char *const level_names[] = {"requirement", "baseline", "better-practice", "guidance",
                                          "audit-item",  "standard", "builtin"};
_Static_assert(sizeof level_names / sizeof *level_names == LEVEL_COUNT, "a name for every level");
static const char *const scope_names[] = {"value", "record", "field", "unit", "run"};
static const char *const finding_names[] = {
    [FINDING_NONE] = "",
    [FINDING_MIXED_MASKS] = "mixed-masks",
    [FINDING_COMPLEMENTARY_MASKS] = "complementary-masks",
    [FINDING_UNKEYED_DIGESTS] = "unkeyed-digests",
    [FINDING_PASSWORD_LIST] = "password-list",
    [FINDING_KEY_BESIDE_DATA] = "key-beside-data",
    [FINDING_PASSWORD_IS_PERSONAL] = "password-is-personal",
    [FINDING_LIVE_AND_ARCHIVE] = "live-and-archive",
    [FINDING_OVERLAP] = "overlap-with-production",
    [FINDING_LOG_SPAN] = "log-span",
    [FINDING_FLOW_SURPLUS] = "flow-surplus",
    [FINDING_ANNOUNCED] = "announced",
    [FINDING_EXPECTATION] = "expectation",
};
_Static_assert(sizeof finding_names / sizeof *finding_names == FINDING_COUNT,
               "a name for every finding");
static const char *const since_names[] = {"purpose-end", "record", "file", "last-use"};
static const char *const within_names[] = {"row", "table", "unit"};

const char *severity_name(enum severity severity) {
    return severity_names[severity];
}

bool severity_from_name(const char *name, enum severity *out) {
    for (unsigned i = SEVERITY_NONE; i <= SEVERITY_CRITICAL; i++) {
        if (strcmp(name, severity_names[i]) == 0) {
            *out = (enum severity)i;
            return true;
        }
    }
    return false;
}

const char *rule_level_name(enum rule_level level) {
    return level_names[level];
}

const char *rule_scope_name(enum rule_scope scope) {
    return scope_names[scope];
}

const char *rule_finding_name(enum rule_finding finding) {
    return finding_names[finding];
}

const char *age_since_name(enum age_since since) {
    return since_names[since];
}

const char *together_within_name(enum together_within within) {
    return within_names[within];
}

static const char *const period_suffixes[PERIOD_UNITS] = {"", "h", "d", "mo", "y", "same-day"};

void rule_period_print(const struct rule_period *period, char out[PERIOD_TEXT]) {
    bool bare = period->unit == PERIOD_NONE || period->unit == PERIOD_SAME_DAY;
    if (bare) {
        snprintf(out, PERIOD_TEXT, "%s", period_suffixes[period->unit]);
    } else {
        snprintf(out, PERIOD_TEXT, "%u%s", period->number, period_suffixes[period->unit]);
    }
}

struct rule_period rule_period_parse(const char *text) {
    struct rule_period period = {PERIOD_NONE, 0};
    char *suffix;
    unsigned long number = strtoul(text, &suffix, 10);
    for (unsigned unit = PERIOD_HOURS; unit < PERIOD_UNITS && *text != '\0'; unit++) {
        bool bare = unit == PERIOD_SAME_DAY;
        if (strcmp(suffix, period_suffixes[unit]) == 0 && (suffix == text) == bare &&
            number <= UINT32_MAX) {
            period = (struct rule_period){(enum period_unit)unit, (uint32_t)number};
        }
    }
    return period;
}
