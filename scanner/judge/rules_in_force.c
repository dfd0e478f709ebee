/* Which rules are in force, and what is known of each before any data is looked at. */
#include <stdlib.h>

#include "judge/rule_run.h"

static bool named(const char **profiles, const char *pack) {
    for (; profiles != NULL && *profiles != NULL; profiles++) {
        if (strcmp(*profiles, pack) == 0) {
            return true;
        }
    }
    return false;
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

static const struct rule *parent_of(const struct pack *pack, const struct rule *rule) {
    for (unsigned i = 0; rule->parent != NULL && i < pack->rule_count; i++) {
        if (strcmp(pack->rules[i].id, rule->parent) == 0) {
            return &pack->rules[i];
        }
    }
    return NULL;
}

static struct active_rule activate(const struct pack *pack, const struct rule *rule,
                                   unsigned class) {
    struct active_rule active = {.rule = rule,
                                 .parent = parent_of(pack, rule),
                                 .applies = rule->class == 0 || rule->class == class};
    if (rule->class != 0 && class == 0) {
        active.undecided = UNDECIDED_CLASS;
    }
    for (unsigned i = 0; i < rule->clause_count; i++) {
        active.zones |= rule->clauses[i].zones;
    }
    return active;
}

int find_rules_in_force(struct judging *judging) {
    struct results *results = judging->results;
    size_t packs = catalog_pack_count(results->catalog), most = 1;
    for (size_t i = 0; i < packs; i++) {
        most += catalog_pack(results->catalog, i)->rule_count;
    }
    judging->rules = calloc(most, sizeof *judging->rules);
    free(results->statuses);
    results->statuses = calloc(most, sizeof *results->statuses);
    if (judging->rules == NULL || results->statuses == NULL) {
        return judging_out_of_memory(judging);
    }
    for (size_t i = 0; i < packs; i++) {
        const struct pack *pack = catalog_pack(results->catalog, i);
        for (unsigned j = 0; named(results->run.profiles, pack->name) && j < pack->rule_count;
             j++) {
            const struct rule *rule = &pack->rules[j];
            results->statuses[judging->rule_count].rule = rule;
            judging->rules[judging->rule_count++] = activate(pack, rule, results->run.class);
        }
    }
    results->status_count = judging->rule_count;
    return 0;
}
