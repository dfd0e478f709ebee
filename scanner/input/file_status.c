#include "input/file_status.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "input/source_file.h"

#include "input/stream/stream_digest.h"

enum { DIGEST_BUFFER = 64 * 1024 };

static bool keeps_access_times(const char *path) {
    struct statvfs system;
    return statvfs(path, &system) == 0 && (system.f_flag & (ST_NOATIME | ST_RDONLY)) == 0;
}

static struct file_status status_of(const struct stat *status, bool access_kept) {
    return (struct file_status){.size = (uint64_t)status->st_size,
                                .modified = status->st_mtime,
                                .accessed = status->st_atime,
                                .access_kept = access_kept,
                                .mode = status->st_mode & 07777,
                                .user = status->st_uid};
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
    *out = status_of(&status, keeps_access_times(item->path));
    return true;
}

bool input_opened_status(const struct work_item *item, const struct byte_source *source,
                         struct file_system_note *note, struct file_status *out) {
    const struct stat *status = source_file_stat(source);
    if (item->type != ITEM_FILE || status == NULL || !S_ISREG(status->st_mode)) {
        return false;
    }
    if (!note->known || note->device != status->st_dev) {
        *note = (struct file_system_note){
            .known = true, .device = status->st_dev, .access_kept = keeps_access_times(item->path)};
    }
    *out = status_of(status, note->access_kept);
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
