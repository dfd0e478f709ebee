#include "input/file_status.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "input/stream_digest.h"

enum { DIGEST_BUFFER = 64 * 1024 };

static bool keeps_access_times(const char *path) {
    struct statvfs system;
    return statvfs(path, &system) == 0 && (system.f_flag & (ST_NOATIME | ST_RDONLY)) == 0;
}

bool input_file_status(const struct work_item *item, struct file_status *out) {
    struct stat status;
    if (item->type != ITEM_FILE) {
        return false;
    }
    int rc = item->named ? stat(item->path, &status) : lstat(item->path, &status);
    if (rc != 0 || !S_ISREG(status.st_mode)) {
        return false;
    }
    *out = (struct file_status){.size = (uint64_t)status.st_size,
                                .modified = status.st_mtime,
                                .accessed = status.st_atime,
                                .access_kept = keeps_access_times(item->path),
                                .mode = status.st_mode & 07777,
                                .user = status.st_uid};
    return true;
}

static bool add_file(int descriptor, struct stream_digest *digest) {
    uint8_t buffer[DIGEST_BUFFER];
    for (;;) {
        ssize_t got = read(descriptor, buffer, sizeof buffer);
        if (got == 0) {
            return true;
        }
        if (got > 0) {
            stream_digest_add(digest, buffer, (size_t)got);
        } else if (errno != EINTR) {
            return false;
        }
    }
}

void input_file_digest(const struct work_item *item, char out[65]) {
    out[0] = '\0';
    /* as source_file.c opens it: what was met while walking was no symbolic link */
    int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | (item->named ? 0 : O_NOFOLLOW);
    int descriptor = item->type == ITEM_FILE ? open(item->path, flags | O_NOATIME) : -1;
    if (descriptor < 0 && item->type == ITEM_FILE && errno == EPERM) {
        descriptor = open(item->path, flags);
    }
    if (descriptor < 0) {
        return;
    }
    struct stream_digest *digest = stream_digest_new();
    bool whole = digest != NULL && add_file(descriptor, digest);
    close(descriptor);
    if (!stream_digest_end(digest, out) || !whole) {
        out[0] = '\0';
    }
}
