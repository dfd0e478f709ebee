/* source_file.c - bytes of a plain file or of standard input, straight into the caller's buffer. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input/held.h"
#include "input/limits.h"
#include "input/neighbours/folder_names.h"
#include "input/source_file.h"

enum {
    READ_AHEAD_FROM = 128 * 1024, /* what the system reads ahead anyway */
    SMALL_BYTES = 16 * 1024,      /* a file up to that is read at once, whatever is asked first */
    SILENCE_MILLISECONDS = 100,   /* so often a silent pipe is left for a moment */
};

struct file_source {
    struct byte_source base;
    struct input_budget *budget;
    int descriptor;
    uint64_t start; /* where byte 0 of the source stands in the file: `yinma scan - < file` may find
                       it read in part */
    uint64_t at;    /* bytes read so far */
    bool unchanged; /* as was seen at its end */
    struct stat first;
    struct error failure;         /* what every further read returns */
    char *path;                   /* of the file, for what stands beside it; NULL: it has no name */
    bool looked;                  /* at the names in its folder */
    size_t held;                  /* bytes in `content`; 0: it is read when it is asked for */
    uint8_t content[SMALL_BYTES]; /* as malloc leaves it */
};

/* Nothing is open. NULL: memory is out. */
static struct file_source *new_source(struct input_budget *budget) {
    struct file_source *self = malloc(sizeof *self);
    if (self != NULL) {
        memset(self, 0, offsetof(struct file_source, content));
        self->budget = budget;
        self->descriptor = -1;
    }
    return self;
}

static int64_t fail(struct file_source *self, struct error *err) {
    if (err != NULL) {
        *err = self->failure;
    }
    return self->failure.code;
}

/* At the end of what was promised: is the file still the one that was opened? */
static int64_t check_unchanged(struct file_source *self, struct error *err) {
    struct stat last;
    if (self->base.size == UINT64_MAX || self->unchanged) {
        return 0;
    }
    if (fstat(self->descriptor, &last) != 0) {
        error_set_errno(&self->failure, errno, "cannot look at the file again");
        return fail(self, err);
    }
    const uint64_t size = last.st_size > 0 ? (uint64_t)last.st_size : 0;
    if (self->at < self->base.size || size < self->start + self->base.size) {
        error_set(&self->failure, YINMA_E_CHANGED,
                  "the file shrank while it was read: %" PRIu64 " of %" PRIu64 " bytes are there",
                  self->at, self->base.size);
    } else if (size > self->start + self->base.size) {
        error_set(&self->failure, YINMA_E_CHANGED,
                  "the file grew while it was read: what stands behind byte %" PRIu64
                  " was not read",
                  self->base.size);
    } else if (last.st_mtim.tv_sec != self->first.st_mtim.tv_sec ||
               last.st_mtim.tv_nsec != self->first.st_mtim.tv_nsec) {
        error_set(&self->failure, YINMA_E_CHANGED, "the file was written to while it was read");
    } else {
        self->unchanged = true;
        return 0;
    }
    return fail(self, err);
}

/* A pipe may be silent for hours, which neither --timeout nor an interruption waits for. Whoever
 * shares it may have made it non-blocking, too. 0 or what is in `failure`. */
static int wait_for_data(struct file_source *self) {
    const struct input_budget *budget = self->budget;
    struct pollfd ready = {.fd = self->descriptor, .events = POLLIN};
    int rc;
    while ((rc = poll(&ready, 1, SILENCE_MILLISECONDS)) == 0 || (rc < 0 && errno == EINTR)) {
        if (budget->stopping != NULL && budget->stopping(budget->stopping_context)) {
            return error_set(&self->failure, YINMA_E_CANCELLED, "interrupted before its end");
        }
        if (budget_read(self->budget, 0, &self->failure) != 0) {
            return self->failure.code;
        }
    }
    return 0; /* if there is something wrong, reading tells */
}

static int64_t file_read(struct byte_source *source, void *buffer, size_t capacity,
                         struct error *err) {
    struct file_source *self = (struct file_source *)source;
    if (self->failure.code != 0) {
        return fail(self, err);
    }
    /* Never behind the size it had: a log that grows faster than it is read would have no end. */
    if (self->base.size != UINT64_MAX && capacity > self->base.size - self->at) {
        capacity = (size_t)(self->base.size - self->at);
    }
    ssize_t got = 0;
    if (self->at < self->held) {
        capacity = capacity < self->held - self->at ? capacity : self->held - (size_t)self->at;
        memcpy(buffer, self->content + self->at, capacity);
        got = (ssize_t)capacity;
    } else if (capacity > 0) {
        do {
            if (self->base.size == UINT64_MAX && wait_for_data(self) != 0) {
                return fail(self, err);
            }
            got = read(self->descriptor, buffer, capacity);
        } while (got < 0 && (errno == EINTR || errno == EAGAIN));
    }
    if (got < 0) {
        error_set_errno(&self->failure, errno, "reading failed at byte %" PRIu64, self->at);
        return fail(self, err);
    }
    if (got == 0) {
        return check_unchanged(self, err);
    }
    self->at += (uint64_t)got;
    budget_read(self->budget, (uint64_t)got, &self->failure); /* the bytes stand, the next read
                                                                 tells */
    return got;
}

/* Whoever asks for the begin of a small file before it is read gets it with all that follows in one
 * call of the system. What went wrong shows when it is read. */
static void hold_small(struct file_source *self) {
    ssize_t got;
    if (self->path == NULL || self->at != 0 || self->held != 0 || self->base.size > SMALL_BYTES) {
        return;
    }
    do {
        got = pread(self->descriptor, self->content, (size_t)self->base.size, (off_t)self->start);
    } while (got < 0 && errno == EINTR);
    self->held = got == (ssize_t)self->base.size ? (size_t)got : 0;
}

static int64_t file_read_at(struct byte_source *source, uint64_t offset, void *buffer,
                            size_t capacity, struct error *err) {
    struct file_source *self = (struct file_source *)source;
    const uint64_t size = self->base.size;
    if (offset >= size) {
        return 0;
    }
    if (capacity > size - offset) {
        capacity = (size_t)(size - offset);
    }
    size_t have = 0;
    hold_small(self);
    if (self->held > 0) {
        memcpy(buffer, self->content + offset, capacity);
        have = capacity;
    }
    while (have < capacity) {
        ssize_t got = pread(self->descriptor, (uint8_t *)buffer + have, capacity - have,
                            (off_t)(self->start + offset + have));
        if (got < 0 && errno != EINTR) {
            return error_set_errno(err, errno, "reading failed at byte %" PRIu64, offset + have);
        }
        if (got == 0) {
            return error_set(err, YINMA_E_CHANGED,
                             "the file shrank while it was read: it ends at byte %" PRIu64,
                             offset + have);
        }
        have += got > 0 ? (size_t)got : 0;
    }
    int code = budget_read(self->budget, have, err);
    return code < 0 ? code : (int64_t)have;
}

static void file_close(struct byte_source *source) {
    struct file_source *self = (struct file_source *)source;
    if (self->descriptor > STDERR_FILENO) {
        close(self->descriptor);
    }
    free(self->path);
    free(self);
}

/* ---- once more ---- */

static int64_t again_read(struct byte_source *source, void *buffer, size_t capacity,
                          struct error *err) {
    struct file_source *self = (struct file_source *)source;
    int64_t got = file_read_at(source, self->at, buffer, capacity, err);
    self->at += got > 0 ? (uint64_t)got : 0;
    return got;
}

static struct byte_source *file_again(struct byte_source *source, struct input_budget *budget) {
    static const struct byte_source_ops again_ops = {
        .read = again_read, .read_at = file_read_at, .again = file_again, .close = file_close};
    const struct file_source *first = (const struct file_source *)source;
    struct file_source *self = new_source(budget);
    if (self == NULL) {
        return NULL;
    }
    self->base = (struct byte_source){.ops = &again_ops, .size = first->base.size};
    self->start = first->start;
    self->descriptor = fcntl(first->descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (self->descriptor < 0) {
        free(self);
        return NULL;
    }
    return &self->base;
}

static struct byte_source *file_sibling(struct byte_source *source, const char *name,
                                        struct error *err);
static bool file_lacks(struct byte_source *source, const char *const *endings);

/* By what the source can do: [has a path][has read_at]. */
static const struct byte_source_ops file_ops[2][2] = {
    {{.read = file_read, .close = file_close},
     {.read = file_read, .read_at = file_read_at, .again = file_again, .close = file_close}},
    {{.read = file_read, .sibling = file_sibling, .lacks = file_lacks, .close = file_close},
     {.read = file_read,
      .read_at = file_read_at,
      .sibling = file_sibling,
      .lacks = file_lacks,
      .again = file_again,
      .close = file_close}},
};

/* Files of /proc say that they are empty: a size of 0 promises nothing. */
static void describe(struct file_source *self, bool opened_here) {
    const bool named = self->path != NULL;
    self->base = (struct byte_source){.ops = &file_ops[named][false], .size = UINT64_MAX};
    if (!S_ISREG(self->first.st_mode) || self->first.st_size <= 0) {
        return;
    }
    off_t start = opened_here ? 0 : lseek(self->descriptor, 0, SEEK_CUR);
    if (start < 0 || start > self->first.st_size) {
        return;
    }
    self->start = (uint64_t)start;
    self->base.size = (uint64_t)(self->first.st_size - start);
    self->base.ops = &file_ops[named][true];
    if (self->base.size > READ_AHEAD_FROM) { /* only a hint: twice the read-ahead */
        (void)posix_fadvise(self->descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
    }
}

static int open_path(const struct work_item *item, struct error *err) {
    /* O_NONBLOCK: should a FIFO have taken the file's place, opening it must not wait. What was met
     * while walking was no symbolic link, so none may have taken its place. */
    int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | (item->named ? 0 : O_NOFOLLOW);
    /* Whether a file is in use is told by the time of the last access (where there is one): a scan
     * is no use. Only owners may ask for that (open(2), O_NOATIME). */
    int descriptor, quiet = O_NOATIME;
    bool again;
    do {
        descriptor = open(item->path, flags | quiet);
        again = descriptor < 0 && (errno == EINTR || (errno == EPERM && quiet != 0));
        quiet = again && errno == EPERM ? 0 : quiet;
    } while (again);
    if (descriptor < 0) {
        return error_set_errno(err, errno, "cannot open the file");
    }
    return descriptor;
}

static int open_item(const struct work_item *item, struct error *err) {
    int descriptor;
    switch (item->type) {
    case ITEM_STDIN:
        return STDIN_FILENO;
    case ITEM_DESCRIPTOR:
        descriptor = fcntl(item->descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        return descriptor < 0 ? error_set_errno(err, errno, "cannot use the descriptor")
                              : descriptor;
    case ITEM_FILE:
    case ITEM_HELD:
    case ITEM_SPECIAL:
    case ITEM_UNREADABLE:
        break;
    }
    return open_path(item, err);
}

int input_open_file(const struct work_item *item, struct input_budget *budget,
                    struct byte_source **out, struct error *err) {
    *out = NULL;
    int code = 0;
    if (item->type == ITEM_HELD) {
        *out = held_open(item, budget);
        return *out == NULL ? error_set(err, YINMA_E_MEMORY, "out of memory") : 0;
    }
    struct file_source *self = new_source(budget);
    if (self == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    self->descriptor = open_item(item, err);
    if (self->descriptor < 0) {
        code = self->descriptor;
        goto cleanup;
    }
    if (fstat(self->descriptor, &self->first) != 0) {
        code = error_set_errno(err, errno, "cannot look at the file");
        goto cleanup;
    }
    if (item->type == ITEM_FILE && !S_ISREG(self->first.st_mode)) {
        code = error_set(err, YINMA_E_CHANGED, "it was a file and is none any more");
        goto cleanup;
    }
    if (item->type == ITEM_FILE) {
        self->path = strdup(item->path);
        if (self->path == NULL) {
            code = error_set(err, YINMA_E_MEMORY, "out of memory");
            goto cleanup;
        }
    }
    describe(self, item->type == ITEM_FILE);
    *out = &self->base;
    return 0;
cleanup:
    file_close(&self->base);
    return code;
}

const struct stat *source_file_stat(const struct byte_source *source) {
    return source->ops->close == file_close ? &((const struct file_source *)source)->first : NULL;
}

/* ---- what stands beside a file ---- */

/* With its slash. */
static struct bytes folder_of(const struct file_source *self) {
    const char *slash = strrchr(self->path, '/');
    return bytes_of(self->path, slash == NULL ? 0 : (size_t)(slash - self->path) + 1);
}

/* NULL: nobody knows the names of folders. */
static struct folder_names *look_at_folder(struct file_source *self, struct bytes folder) {
    struct folder_names *names = self->budget->folders;
    if (names != NULL && !self->looked) {
        folder_names_look(names, folder);
        self->looked = true;
    }
    return names;
}

static bool file_lacks(struct byte_source *source, const char *const *endings) {
    struct file_source *self = (struct file_source *)source;
    struct bytes folder = folder_of(self);
    struct folder_names *names = look_at_folder(self, folder);
    return names != NULL && folder_names_lack(names, folder, endings);
}

static bool may_stand_beside(struct file_source *self, struct bytes folder, const char *name) {
    struct folder_names *names = look_at_folder(self, folder);
    return names == NULL || folder_names_may_hold(names, folder, bytes_of_string(name));
}

static struct byte_source *file_sibling(struct byte_source *source, const char *name,
                                        struct error *err) {
    struct file_source *self = (struct file_source *)source;
    const size_t folder = folder_of(self).len;
    struct byte_source *sibling = NULL;
    struct error problem = {0};
    if (*name == '\0' || strchr(name, '/') != NULL || /* names come from data */
        !may_stand_beside(self, bytes_of(self->path, folder), name)) {
        return NULL;
    }
    char *path = malloc(folder + strlen(name) + 1);
    if (path == NULL) {
        error_set(err, YINMA_E_MEMORY, "out of memory");
        return NULL;
    }
    memcpy(path, self->path, folder);
    memcpy(path + folder, name, strlen(name) + 1);
    const struct work_item item = {.type = ITEM_FILE, .path = path};
    if (input_open_file(&item, self->budget, &sibling, &problem) != 0) {
        sibling = NULL;
        if (err != NULL) {
            *err = problem;
        }
    }
    free(path);
    return sibling;
}
