#include "cli/output_file.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reports/translate.h"

static int refuse(const char *option, const char *why, struct error *err) {
    return error_set(err, YINMA_E_USAGE, _("--%s: the file cannot be written: %s"), option, why);
}

int output_file_check(const char *option, const char *path, struct error *err) {
    char folder[PATH_MAX];
    struct stat status;
    if (lstat(path, &status) == 0) {
        if (S_ISDIR(status.st_mode)) {
            return refuse(option, strerror(EISDIR), err);
        }
        if (S_ISLNK(status.st_mode)) {
            return refuse(option, _("it is a symbolic link"), err);
        }
    } else if (errno != ENOENT) {
        return refuse(option, strerror(errno), err);
    }
    /* a new file replaces the old one, so it is the folder that counts; devices are written to */
    int len = snprintf(folder, sizeof folder, "%s", path);
    if (len < 0 || (size_t)len >= sizeof folder) {
        return refuse(option, strerror(ENAMETOOLONG), err);
    }
    const char *place =
        access(path, F_OK) == 0 && !S_ISREG(status.st_mode) ? path : dirname(folder);
    return access(place, W_OK) == 0 ? 0 : refuse(option, strerror(errno), err);
}
