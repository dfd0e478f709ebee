#include "cli/output_file.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/call.h"
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

int output_file_check_regular(const char *option, const char *path, struct error *err) {
    struct stat status;
    bool other = stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
    return other ? refuse(option, _("it is no regular file"), err)
                 : output_file_check(option, path, err);
}

static int spare(const char *option, const char *path, const char *const *paths,
                 struct error *err) {
    struct stat written, read;
    if (path == NULL || stat(path, &written) != 0 || !S_ISREG(written.st_mode)) {
        return 0;
    }
    for (size_t i = 0; paths != NULL && paths[i] != NULL; i++) {
        if (stat(paths[i], &read) == 0 && read.st_ino == written.st_ino &&
            read.st_dev == written.st_dev) {
            return refuse(option, _("it is what is to be read"), err);
        }
    }
    return 0;
}

int output_files_spare(const struct call *call, const char *const *paths, struct error *err) {
    int rc = spare("write-reference", call->write_reference, paths, err);
    for (size_t i = 0; rc == 0 && i < call->output_count; i++) {
        rc = spare("format", call->outputs[i].file, paths, err);
    }
    return rc;
}
