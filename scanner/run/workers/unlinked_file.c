#include "run/workers/unlinked_file.h"

#include <errno.h>
#include <unistd.h>

#include "input/nameless_file.h"

int unlinked_file_open(FILE **out, struct error *err) {
    int fd = nameless_file_open(err);
    if (fd < 0) {
        return fd;
    }
    *out = fdopen(fd, "w+b");
    if (*out == NULL) {
        int os_errno = errno;
        close(fd);
        return error_set_errno(err, os_errno, "no temporary file");
    }
    return 0;
}
