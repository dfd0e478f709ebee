#include "run/vocabulary.h"

#include "patterns/lexicon.h"

void engine_vocabulary_init(struct engine_vocabulary *out) {
    *out = (struct engine_vocabulary){0};
    for (unsigned i = 0; i < PATTERN_MAX && patterns[i] != NULL; i++) {
        out->kinds[i] = patterns[i]->name;
        out->legal[i] = patterns[i]->legal;
    }
    for (unsigned i = 0; i < ENGINE_ROLES_MAX && roles[i].name != NULL; i++) {
        out->roles[i] = roles[i].name;
    }
    out->words = (struct rule_vocabulary){out->kinds, out->legal, out->roles};
}

void engine_vocabulary_add(struct engine_vocabulary *vocabulary, const struct config *config) {
    unsigned count = pattern_count();
    for (size_t i = 0; config != NULL && i < config->kind_count && count < PATTERN_MAX; i++) {
        vocabulary->kinds[count] = config->kinds[i].name;
        vocabulary->legal[count++] = config->kinds[i].legal;
    }
}
