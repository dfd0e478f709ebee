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
        active.kinds |= rule->clauses[i].kinds;
    }
    return active;
}

static bool list_by_kind(struct judging *judging) {
    size_t most = 1;
    for (size_t i = 0; i < judging->rule_count; i++) {
        most += (size_t)__builtin_popcountll(judging->rules[i].kinds);
    }
    judging->by_kind = calloc(most, sizeof *judging->by_kind);
    size_t used = 0;
    for (unsigned kind = 0; judging->by_kind != NULL && kind < KINDS_OF_RULES; kind++) {
        judging->first_of_kind[kind] = used;
        for (size_t i = 0; i < judging->rule_count; i++) {
            if (judging->rules[i].applies && (judging->rules[i].kinds >> kind & 1) != 0) {
                judging->by_kind[used++] = (uint32_t)i;
            }
        }
    }
    judging->first_of_kind[KINDS_OF_RULES] = used;
    return judging->by_kind != NULL;
}

static bool list_special_clauses(struct judging *judging) {
    size_t most = 1;
    for (size_t i = 0; i < judging->rule_count; i++) {
        const struct active_rule *active = &judging->rules[i];
        most += active->applies ? active->rule->clause_count : 0;
    }
    judging->role_clauses = calloc(most, sizeof *judging->role_clauses);
    judging->finding_clauses = calloc(most, sizeof *judging->finding_clauses);
    if (judging->role_clauses == NULL || judging->finding_clauses == NULL) {
        return false;
    }
    for (size_t i = 0; i < judging->rule_count; i++) {
        const struct rule *rule = judging->rules[i].rule;
        for (unsigned j = 0; judging->rules[i].applies && j < rule->clause_count; j++) {
            const struct special_clause clause = {i, &rule->clauses[j]};
            if (clause.clause->roles != 0) {
                judging->role_clauses[judging->role_count++] = clause;
            }
            if (clause.clause->finds != FINDING_NONE) {
                judging->finding_clauses[judging->finding_count++] = clause;
            }
        }
    }
    return true;
}

/* Rules out of force are asked, too: as parents, and as relatives in other documents. */
static bool any_counts_people(const struct catalog *catalog) {
    for (size_t i = 0; i < catalog_pack_count(catalog); i++) {
        const struct pack *pack = catalog_pack(catalog, i);
        for (unsigned j = 0; j < pack->rule_count; j++) {
            for (unsigned k = 0; k < pack->rules[j].clause_count; k++) {
                if (pack->rules[j].clauses[k].least_people != 0) {
                    return true;
                }
            }
        }
    }
    return false;
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
    judging->counts_people = any_counts_people(results->catalog);
    return list_by_kind(judging) && list_special_clauses(judging) ? 0
                                                                  : judging_out_of_memory(judging);
}

void release_rules_in_force(struct judging *judging) {
    free(judging->rules);
    free(judging->by_kind);
    free(judging->role_clauses);
    free(judging->finding_clauses);
}
