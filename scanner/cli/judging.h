/* judging.h - how a call wants things judged: what `scan` and `guard` share. */
#ifndef YINMA_CLI_JUDGING_H
#define YINMA_CLI_JUDGING_H

#include "cli/settings.h"
#include "run/scan.h"

/* Owned by the command; at one place, because the options point into it. */
struct judging_call {
    struct baseline *baseline; /* NULL: none */
    char as_of[11], settings_sha256[65], selection_sha256[65];
    struct scan_options options; /* without paths and pool */
};

/* The day, the baseline, the options; the engine of SETTINGS is told the day. 0, YINMA_E_USAGE … */
int judging_call_init(const struct call *call, const struct settings *settings,
                      struct judging_call *out, struct error *err);
void judging_call_release(struct judging_call *judging);

#endif
