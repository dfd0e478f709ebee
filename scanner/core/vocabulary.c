#include "core/vocabulary.h"

#include <string.h>

static const char *const state_names[] = {"clear", "weak", "masked", "encrypted"};
static const char *const confidence_names[] = {"none", "possible", "likely", "certain"};
static const char *const legal_names[] = {"none", "contact", "financial", "identity", "special"};
static const char *const evidence_names[] = {"checksum",  "prefix", "layout",  "field-name",
                                             "context",   "share",  "company", "dummy",
                                             "mask-form", "words"};

_Static_assert(sizeof state_names / sizeof *state_names == STATE_COUNT, "a name for every state");
_Static_assert(sizeof evidence_names / sizeof *evidence_names == EVIDENCE_COUNT,
               "a name for every kind of evidence");

const char *mask_state_name(enum mask_state state) {
    return state_names[state];
}

const char *confidence_name(enum confidence confidence) {
    return confidence_names[confidence];
}

bool confidence_from_name(const char *name, enum confidence *out) {
    for (unsigned i = CONFIDENCE_POSSIBLE; i <= CONFIDENCE_CERTAIN; i++) {
        if (strcmp(name, confidence_names[i]) == 0) {
            *out = (enum confidence)i;
            return true;
        }
    }
    return false;
}

const char *legal_name(enum legal legal) {
    return legal_names[legal];
}

const char *evidence_name(unsigned index) {
    return evidence_names[index];
}
