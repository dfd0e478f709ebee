#include "input/nameless_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int open_in(const char *folder) {
    int descriptor = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
    if (descriptor >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) {
        return descriptor;
    }
    char path[4096]; /* a file system without O_TMPFILE */
    int len = snprintf(path, sizeof path, "%s/yinma-XXXXXX", folder);
    if (len < 0 || (size_t)len >= sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    descriptor = mkostemp(path, O_CLOEXEC);
    if (descriptor >= 0) {
        unlink(path);
    }
    return descriptor;
}

int nameless_file_open(struct error *err) {
    const char *chosen = getenv("TMPDIR");
    const char *folders[] = {chosen != NULL && chosen[0] == '/' ? chosen : NULL, "/var/tmp",
                             "/tmp"};
    int descriptor = -1, os_errno = ENOENT;
    for (size_t i = 0; i < sizeof folders / sizeof *folders && descriptor < 0; i++) {
        if (folders[i] != NULL) {
            descriptor = open_in(folders[i]);
            os_errno = descriptor < 0 ? errno : 0;
        }
    }
    return descriptor >= 0
               ? descriptor
               : error_set_errno(err, os_errno, "cannot make a temporary file (TMPDIR says where)");
}
