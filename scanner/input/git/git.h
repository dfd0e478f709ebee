/* git.h - what git says has changed, as work items: instead of walking folders. git itself is asked
 * (program.h), with fixed arguments, names parted by NULs, and an environment of which only where
 * the repository and its index are is kept. */
#ifndef YINMA_INPUT_GIT_GIT_H
#define YINMA_INPUT_GIT_GIT_H

#include "input/input.h"

struct git_request {
    const char *since;        /* files of the work tree that differ from this commit; NULL: … */
    const char *const *paths; /* only below these; NULL-terminated or NULL */
    const struct input_limits *limits;
};

/* Fill LIST. Without `since`: files of the index that differ from HEAD, with the content that
 * stands in the index (ITEM_HELD). Names are as seen from the current folder. Links and submodules
 * become special items; what is not merged, or too much to hold, is unreadable. Of OPTIONS only the
 * globs and labels are looked at. 0, YINMA_E_USAGE for a commit that is none, and what git
 * complains of; YINMA_E_MEMORY. */
int git_changes(const struct git_request *request, const struct walk_options *options,
                struct work_list *list, struct error *err);

#endif
