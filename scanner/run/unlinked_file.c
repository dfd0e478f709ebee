#include "run/unlinked_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* tmpfile() does not look at TMPDIR, and /tmp may be a small memory file system. */
static int open_unlinked(const char *folder) {
    int fd = open(folder, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) {
        return fd;
    }
    char path[4096];
    int len = snprintf(path, sizeof path, "%s/yinma-XXXXXX", folder);
    if (len < 0 || (size_t)len >= sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0) {
        unlink(path);
    }
    return fd;
}

int unlinked_file_open(FILE **out, struct error *err) {
    const char *folder = getenv("TMPDIR");
    if (folder == NULL || *folder == '\0') {
        folder = "/tmp";
    }
    int fd = open_unlinked(folder);
    if (fd < 0) {
        return error_set_errno(err, errno, "no temporary file in %s (set TMPDIR)", folder);
    }
    *out = fdopen(fd, "w+b");
    if (*out == NULL) {
        int os_errno = errno;
        close(fd);
        return error_set_errno(err, os_errno, "no temporary file in %s", folder);
    }
    return 0;
}
