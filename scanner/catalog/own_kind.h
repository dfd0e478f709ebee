/* own_kind.h - a kind of personal data that the user describes in yinma.yaml, as data: what it
 * means is decided where patterns are matched (match/own_kinds.h). */
#ifndef YINMA_CATALOG_OWN_KIND_H
#define YINMA_CATALOG_OWN_KIND_H

#include "core/vocabulary.h"

enum { OWN_KINDS_MAX = 32, OWN_WEIGHTS_MAX = 24 };

struct own_kind_setting {
    const char *name;
    const char *title; /* the name when none is given */
    enum legal legal;
    const char *const *field_names; /* as in patterns/pattern.h; NULL-terminated or NULL */
    const char *const *words;       /* the same: what stands before a value */
    const char *expression;         /* of a value in clear; Hyperscan syntax */
    unsigned expression_line;
    const char *checksum; /* a name of patterns/checksums.h, or NULL */
    unsigned checksum_line;
    uint8_t weights[OWN_WEIGHTS_MAX];
    unsigned weight_count;
    bool proves_itself; /* counts without the name of a field or a word before it */
    bool nothing_shown;
    uint8_t min_hidden, min_hidden_percent, max_shown_tail;
    unsigned line; /* where it begins */
    struct {
        const char *const *valid, *const *invalid, *const *masked; /* NULL-terminated or NULL */
    } examples;
};

#endif
