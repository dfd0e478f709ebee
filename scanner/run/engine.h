/* engine.h - everything a run shares: built once, then const; forked workers inherit it. */
#ifndef YINMA_RUN_ENGINE_H
#define YINMA_RUN_ENGINE_H

#include "catalog/config.h"
#include "core/block64/block64.h"
#include "decode/encoding/transcode.h"
#include "input/input.h"
#include "judge/seek/sought.h"
#include "match/match.h"
#include "match/own_kinds.h"
#include "patterns/lexicon.h"
#include "result/fingerprint.h"
#include "result/results.h"
#include "run/vocabulary.h"

/* The kinds of a run: the built-in ones, then those of the configuration. */
struct engine_kinds {
    const struct pattern *items[PATTERN_MAX + 1]; /* a kind_list */
    struct own_kinds *own;                        /* rows of the last ones */
};
/* CONFIG may be NULL; it must outlive them. YINMA_E_USAGE for an own kind that cannot be used. */
int engine_kinds_init(struct engine_kinds *out, const struct config *config, struct error *err);
void engine_kinds_release(struct engine_kinds *kinds);

struct engine {
    struct engine_kinds kinds;
    const struct block64_ops *ops;
    enum isa isa;
    struct lexicon *lexicon;
    struct matcher *matcher;
    struct catalog *catalog;
    struct mask_policy policies[PATTERN_MAX];
    struct input_limits limits;
    struct fingerprint_key key;
    struct date_cuts cuts; /* of engine_set_day() */
    int32_t day, zone_seconds;
    const struct config *config; /* not owned; NULL when there is none */
    bool occurrences;
    bool reveal;
    const struct reference *reference; /* not owned; NULL: none */
    struct sought *sought;             /* the person that is asked for, owned; NULL: nobody is */
    bool records;         /* a run of more than one unit: rows are sampled, to be found in others */
    bool digest_files;    /* some report asks for digests of whole files */
    bool fingerprints;    /* … for fingerprints of values */
    bool sketches;        /* … for sketches of different values, not for their number alone */
    unsigned examples;    /* kept of each state */
    bool exact_people;    /* … for exact numbers of people */
    bool own_files;       /* what yinma wrote itself is scanned as data, too */
    bool encoding_forced; /* --encoding */
    enum encoding encoding;
    struct bytes schema;         /* of --schema, as SQL; owned */
    struct bytes delimiter;      /* of --delimiter; "" when it is to be found; owned */
    struct layouts *layouts;     /* of --layout and the configuration; NULL: none; owned */
    const char *const *includes; /* globs for inner names; NULL-terminated or NULL; not owned */
    const char *const *excludes;
};

struct engine_options {
    const struct config *config;
    const struct input_limits *limits; /* NULL: defaults */
    const char *key_file;              /* NULL: the user's */
    bool occurrences, reveal;
    bool records;                      /* sample the rows of tables, to find them in other units */
    const struct reference *reference; /* --reference, --write-reference; outlives the engine */
    bool digest_files;                 /* SHA-256 of every file: it is read once more */
    bool fingerprints;                 /* examples carry those of their values */
    bool sketches;                     /* sketches of different values are shown or merged */
    unsigned examples;                 /* kept of each state; 0: EXAMPLES_KEPT */
    bool exact_people;    /* values that people are told apart by are counted exactly for longer */
    bool own_files;       /* --own-files */
    bool keyless;         /* no fingerprints will be made: the key file is not touched */
    const char *encoding; /* --encoding, NULL: guessed */
    const char *schema_file;    /* --schema, NULL: none */
    const char *delimiter;      /* --delimiter, NULL: found out */
    const char *const *layouts; /* --layout, NULL-terminated, or NULL */
    const char *const *includes, *const *excludes;
};

/* 0 or a negative code: YINMA_E_USAGE for a pack or configuration that is wrong. */
int engine_new(const struct engine_options *options, struct engine **out, struct error *err);
void engine_free(struct engine *engine);

/* The day that ages are judged on, as the clocks of the data show it: ZONE_SECONDS ahead of UTC.
 * Before anything is scanned: values are counted on either side of the days that rules and
 * configuration ask about. */
void engine_set_day(struct engine *engine, int32_t day, int32_t zone_seconds);

/* The kinds that people are counted by. */
kind_set engine_people_kinds(const struct engine *engine);

/* Look for SOUGHT, which is the engine's from now on. Before anything is scanned. */
void engine_set_sought(struct engine *engine, struct sought *sought);

/* The packs in the program and those of CONFIG (may be NULL), without an engine. They may name the
 * own kinds of CONFIG. */
int engine_load_catalog(const struct config *config, struct catalog **out, struct error *err);

/* When values count as masked, by number of the kind: the defaults, changed by `masks:` of CONFIG
 * (may be NULL). */
void engine_policies(kind_list kinds, const struct config *config,
                     struct mask_policy out[PATTERN_MAX]);

/* The libraries linked in and their versions; ends with name == NULL. */
void engine_versions(struct engine_version out[RUN_ENGINES_MAX + 1]);

#endif
