/* workspace.h - a folder that tests stand in. */
#ifndef YINMA_TESTS_WORKSPACE_H
#define YINMA_TESTS_WORKSPACE_H

#include <unistd.h>

#include "input/neighbours/folder_names.h"
#include "tests/unit/check.h"

static char workspace[] = "/tmp/yinma-input-XXXXXX";

/* The tests stand in the workspace, so relative names are short. */
static inline void enter_workspace(void) {
    static bool entered;
    if (!entered && (mkdtemp(workspace) == NULL || chdir(workspace) != 0)) {
        perror(workspace);
        exit(EXIT_FAILURE);
    }
    entered = true;
}

static inline void leave_workspace(void) {
    char command[128];
    snprintf(command, sizeof command, "chmod -R u+rwx '%s' && rm -rf '%s'", workspace, workspace);
    if (chdir("/") != 0 || system(command) != 0) { /* NOLINT(cert-env33-c): a fixed command */
        perror(workspace);
    }
}

static inline void put_file(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    CHECK(file != NULL);
    if (file != NULL) {
        CHECK(fputs(text, file) >= 0);
        CHECK_INT(fclose(file), 0);
    }
}

#endif
