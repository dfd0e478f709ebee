/* config.h - yinma.yaml: zones, sources, masks, expected and waived gaps. Everything is optional.
 */
#ifndef YINMA_CATALOG_CONFIG_H
#define YINMA_CATALOG_CONFIG_H

#include "catalog/catalog.h"
#include "catalog/glob.h"
#include "catalog/own_kind.h"
#include "core/error.h"
#include "core/record_layout.h"

struct zone_setting {
    const char *glob; /* NULL: holds for everything */
    zone_set zones;
};
struct source_setting {
    const char *pattern; /* "shop-{date}.sql.gz" */
    const char *name;    /* "shop" */
};
struct mask_setting { /* one member of masks.<kind> */
    const char *kind;
    const char *key; /* min-hidden, min-residual, min-hidden-percent, max-shown-tail */
    uint32_t value;
};
enum { EXPECTED_TABLES_MAX = 64 };

struct expect_setting {
    const char *glob;
    bool encrypted;
    const char *cipher;        /* at least that one; NULL: any */
    struct rule_period newest; /* the newest file is no older; PERIOD_NONE: not asked */
    uint64_t tables;           /* bit per config.expected_tables: must be there */
    uint32_t rows;             /* at least; 0: any number */
    bool end_mark;             /* the last comment of a dump, by which the tool says it is done */
};
struct waive_setting {
    const char *glob, *reason, *owner;
    const char *expires; /* ISO date or NULL */
};
/* Data that nobody is behind: rules about test data do not speak of it. */
struct synthetic_setting {
    const char *glob, *generator, *owner;
    const char *expires; /* ISO date or NULL */
};
/* Findings that are known and right: listed as known, they fail no run. */
struct allow_setting {
    const char *glob;
    const char *field; /* glob over "table.column" or "column"; NULL: all */
    const char *kind;  /* kind or role; NULL: all */
    const char *reason;
    const char *owner, *expires; /* may be NULL */
};
/* Has a declaration run out on DAY (ISO date)? EXPIRES may be NULL. */
bool declaration_expired(const char *expires, const char *day);

/* Who answers for the sheets (`firm:`); members may be NULL. */
struct firm_setting {
    const char *company, *unit, *checker;
};
/* What a control covers in this firm (`scope:`). Lists end with NULL; NULL: not limited by it. */
struct scope_setting {
    const char *control;        /* "platform/5.3.6", "platform/5.3" (all below it), "platform" */
    const char *const *systems; /* labels, sources or hosts */
    const char *const *files;   /* globs */
    zone_set zones;             /* 0: not limited by it */
    unsigned line;              /* for messages */
};

/* How long something may be kept (`retention:`); the first one that fits counts. */
struct retention_setting {
    const char *setting; /* for rules that ask for a setting of that name; NULL: for all */
    const char *pack;    /* for rules of that pack; NULL: of all */
    zone_set zones;      /* 0: everywhere */
    uint64_t kinds;      /* set of kinds; 0: all */
    struct rule_period at_most;
    unsigned line; /* in the file */
};

/* What may go from one firm to another (`flows:`). */
struct flow_pass {
    const char *const *kinds; /* names, NULL-terminated */
    uint32_t states;          /* bit per enum mask_state */
};
struct flow_setting {
    const char *name, *glob;
    const char *from, *to, *subject; /* may be NULL */
    const struct flow_pass *passes;  /* none: nothing is said of what may pass */
    size_t pass_count;
};

/* How the records of files are laid out (`layouts:`); the first one that fits counts. */
struct layout_setting {
    const char *glob;
    const char *file;                   /* with the layout, as a path to open; NULL: it is here */
    const struct record_layout *layout; /* NULL: in the file */
    const char *encoding;               /* of the data; NULL: by their bytes */
    bool counts_all;                    /* trailers count the frame, too */
    unsigned line;                      /* in the configuration, for messages */
};

struct config {
    struct zone_setting *zones;
    size_t zone_count;
    struct source_setting *sources;
    size_t source_count;
    struct mask_setting *masks;
    size_t mask_count;
    struct expect_setting *expects;
    size_t expect_count;
    struct waive_setting *waives;
    size_t waive_count;
    const struct synthetic_setting *synthetics;
    size_t synthetic_count;
    const struct allow_setting *allows;
    size_t allow_count;
    const char *expected_tables[EXPECTED_TABLES_MAX]; /* that some `expect:` names */
    unsigned expected_table_count;
    struct firm_setting firm;
    const struct flow_setting *flows;
    size_t flow_count;
    const struct scope_setting *scopes;
    size_t scope_count;
    const struct retention_setting *retention;
    size_t retention_count;
    const struct layout_setting *layouts;
    size_t layout_count;
    const struct own_kind_setting *kinds; /* the user's own */
    size_t kind_count;
    const char **turn_on; /* kinds that are off by default */
    size_t turn_on_count;
    const char *file;            /* its name for messages; "" when it was no file */
    const char *const *profiles; /* NULL-terminated, or NULL */
    const char **pack_files;     /* rule packs that replace or add to the embedded ones */
    size_t pack_file_count;
    unsigned class;  /* 0 = not given */
    char sha256[65]; /* of the file; "" when there is none */
    void *memory;    /* owned */
};

/* Parse FILE. Errors as in catalog_new. WORDS checks names of kinds. */
int config_load(const char *file, const struct rule_vocabulary *words, struct config **out,
                struct error *err);
/* The same from memory; FILE is the name for messages. */
int config_parse(struct bytes yaml, const char *file, const struct rule_vocabulary *words,
                 struct config **out, struct error *err);
void config_free(struct config *config);

/* The flow whose files PATH is among, the first one; NULL: none. */
const struct flow_setting *config_flow_of(const struct config *config, struct bytes path);
/* May values of KIND in STATE (enum mask_state) go through FLOW? */
bool flow_may_pass(const struct flow_setting *flow, const char *kind, unsigned state);

#endif
