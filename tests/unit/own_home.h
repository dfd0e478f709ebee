/* own_home.h - a test program with a configuration folder of its own: the key of fingerprints is
 * made there, and nobody else's is read. */
#ifndef YINMA_TESTS_OWN_HOME_H
#define YINMA_TESTS_OWN_HOME_H

#include <unistd.h>

#include "check.h"

/* check_run() with such a folder, which is gone afterwards. */
static inline int check_run_at_home(const struct test_case *cases, size_t count, int argc,
                                    char **argv) {
    char home[] = "/tmp/yinma-home-XXXXXX", path[128];
    if (mkdtemp(home) == NULL) {
        return EXIT_FAILURE;
    }
    setenv("XDG_CONFIG_HOME", home, 1);
    int status = check_run(cases, count, argc, argv);
    snprintf(path, sizeof path, "%s/yinma/key", home);
    unlink(path);
    snprintf(path, sizeof path, "%s/yinma", home);
    rmdir(path);
    rmdir(home);
    return status;
}

#endif
