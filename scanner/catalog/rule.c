#include "catalog/rule.h"

#include <string.h>

static const char *const severity_names[] = {"never", "low", "medium", "high", "critical"};
static const char *const level_names[] = {"requirement", "baseline", "better-practice", "builtin"};
static const char *const scope_names[] = {"value", "record", "field", "unit", "run"};

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
