/* engine.h - everything a run shares: built once, then const; forked workers inherit it. */
#ifndef YINMA_RUN_ENGINE_H
#define YINMA_RUN_ENGINE_H

#include "catalog/config.h"
#include "core/block64/block64.h"
#include "decode/transcode.h"
#include "input/input.h"
#include "match/match.h"
#include "patterns/lexicon.h"
#include "result/fingerprint.h"

struct engine {
    const struct block64_ops *ops;
    enum isa isa;
    struct lexicon *lexicon;
    struct matcher *matcher;
    struct catalog *catalog;
    struct mask_policy policies[PATTERN_MAX];
    struct input_limits limits;
    struct fingerprint_key key;
    const struct config *config; /* not owned; NULL when there is none */
    bool occurrences;
    bool reveal;
    bool encoding_forced; /* --encoding */
    enum encoding encoding;
    const char *const *includes; /* globs for inner names; NULL-terminated or NULL; not owned */
    const char *const *excludes;
};

struct engine_options {
    const struct config *config;
    const struct input_limits *limits; /* NULL: defaults */
    const char *key_file;              /* NULL: the user's */
    bool occurrences, reveal;
    const char *encoding; /* --encoding, NULL: guessed */
    const char *const *includes, *const *excludes;
    struct {
        const char *file;
        struct bytes yaml;
    } const *extra_packs; /* replaced or added */
    size_t extra_pack_count;
};

/* 0 or a negative code: YINMA_E_USAGE for a pack or configuration that is wrong. */
int engine_new(const struct engine_options *options, struct engine **out, struct error *err);
void engine_free(struct engine *engine);

/* The vocabulary that packs and configuration are checked against. */
const struct rule_vocabulary *engine_vocabulary(void);

#endif
