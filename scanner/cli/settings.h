/* settings.h - configuration and engine as the command line wants them. */
#ifndef YINMA_CLI_SETTINGS_H
#define YINMA_CLI_SETTINGS_H

#include "cli/call.h"
#include "reports/sheet_table.h"
#include "run/engine.h"

struct settings {
    struct config *config;        /* NULL: none was found */
    struct sheet_table *previous; /* of --merge; NULL: none */
    struct reference *reference;  /* read, or to be written; NULL: neither */
    struct engine *engine;        /* NULL after settings_load_catalog */
    struct engine_kinds kinds;    /* of settings_load_catalog */
    struct catalog *catalog;      /* of the engine, or owned when there is none */
};

/* The configuration (--config, else yinma.yaml if it is there) and the engine. */
int settings_load(const struct call *call, struct settings *out, struct error *err);
/* The same without the key of fingerprints: the user's is neither read nor made. */
int settings_load_keyless(const struct call *call, struct settings *out, struct error *err);
/* Rules only: no key, no databases of words. For `list` and `explain`. */
int settings_load_catalog(const struct call *call, struct settings *out, struct error *err);
void settings_release(struct settings *settings);

#endif
