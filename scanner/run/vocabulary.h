/* vocabulary.h - the words that packs and configuration are checked against: names of kinds and
 * roles. */
#ifndef YINMA_RUN_VOCABULARY_H
#define YINMA_RUN_VOCABULARY_H

#include "catalog/config.h"
#include "patterns/pattern.h"

enum { ENGINE_ROLES_MAX = 32 }; /* a set of roles is a 32-bit word */

/* `words` points into the rest, so it must not be copied. */
struct engine_vocabulary {
    struct rule_vocabulary words;
    const char *kinds[PATTERN_MAX + 1];
    enum legal legal[PATTERN_MAX];
    const char *roles[ENGINE_ROLES_MAX + 1];
};
void engine_vocabulary_init(struct engine_vocabulary *out);
/* With the own kinds of CONFIG (may be NULL), which must outlive it. */
void engine_vocabulary_add(struct engine_vocabulary *vocabulary, const struct config *config);

#endif
