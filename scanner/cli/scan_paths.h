/* scan_paths.h - which paths a scan is asked for. */
#ifndef YINMA_CLI_SCAN_PATHS_H
#define YINMA_CLI_SCAN_PATHS_H

#include "cli/call.h"

struct scan_paths {
    struct word_list words; /* never empty after collecting */
    char **listed;          /* of --files-from, owned; or NULL */
    /* What everything that stands there is called, as units are: the words, or the labels of those.
     * NULL where git chooses: of what it does not name nobody knows whether it is there. Owned. */
    char **roots;
};

/* Those of the command line and of --files-from; else the labelled ones; else the current folder.
 */
int scan_paths_collect(const struct call *call, struct scan_paths *out, struct error *err);
void scan_paths_release(struct scan_paths *paths);

#endif
