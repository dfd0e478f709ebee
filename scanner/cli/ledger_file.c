#include "cli/ledger_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reports/translate.h"
#include "result/fingerprint.h"
#include "result/run_chain.h"

enum { TAIL_BYTES = 64 * 1024 };

static int refuse(const char *path, const char *why, struct error *err) {
    return error_set(err, YINMA_E_USAGE, "--ledger: %s: %s", path, why);
}

/* ---- reading ---- */

/* The last BYTES of the file; all of it when it is shorter. */
static int read_tail(int descriptor, size_t bytes, struct bytes *out, struct error *err) {
    struct stat status;
    *out = (struct bytes){0};
    if (fstat(descriptor, &status) != 0) {
        return error_set_errno(err, errno, "the ledger cannot be looked at");
    }
    size_t size = (size_t)status.st_size, want = size < bytes ? size : bytes, have = 0;
    uint8_t *text = malloc(want + 1);
    if (text == NULL) {
        return error_set(err, YINMA_E_MEMORY, "%s", _("memory ran out"));
    }
    while (have < want) {
        ssize_t got = pread(descriptor, text + have, want - have, (off_t)(size - want + have));
        if (got <= 0 && errno != EINTR) {
            free(text);
            return error_set_errno(err, got == 0 ? EIO : errno, "the ledger cannot be read");
        }
        have += got > 0 ? (size_t)got : 0;
    }
    *out = bytes_of(text, have);
    return 0;
}

int ledger_file_read(const char *path, struct bytes *out, struct error *err) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct error inner = {0};
    *out = (struct bytes){0};
    if (descriptor < 0) {
        return refuse(path, strerror(errno), err);
    }
    int rc = read_tail(descriptor, SIZE_MAX, out, &inner);
    close(descriptor);
    return rc == 0                ? 0
           : rc == YINMA_E_MEMORY ? error_set(err, rc, "%s", inner.text)
                                  : refuse(path, inner.text, err);
}

int ledger_file_check(const char *path, struct error *err) {
    static const char beginning[] = "{\"type\":\"ledger\",";
    char folder[PATH_MAX], head[sizeof beginning - 1];
    struct stat status;
    if (lstat(path, &status) != 0) {
        int len = snprintf(folder, sizeof folder, "%s", path);
        return errno != ENOENT || len < 0 || (size_t)len >= sizeof folder
                   ? refuse(path, strerror(errno), err)
               : access(dirname(folder), W_OK) != 0 ? refuse(path, strerror(errno), err)
                                                    : 0;
    }
    if (!S_ISREG(status.st_mode)) {
        return refuse(path, _("it is no regular file"), err);
    }
    int descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0) {
        return refuse(path, strerror(errno), err);
    }
    ssize_t got = read(descriptor, head, sizeof head);
    close(descriptor);
    return got == 0 || (got == (ssize_t)sizeof head && memcmp(head, beginning, sizeof head) == 0)
               ? 0
               : refuse(path, _("it holds something else than a ledger"), err);
}

/* ---- writing ---- */

/* What REPORT writes, as text to be freed; NULL when memory is out. */
static char *written(const struct report *report, const struct results *results,
                     const struct report_options *options, size_t *len) {
    char *text = NULL;
    FILE *file = open_memstream(&text, len);
    bool good = file != NULL && report_write(report, results, options, file, NULL) == 0;
    good = file != NULL && fclose(file) == 0 && good;
    if (!good) {
        free(text);
        text = NULL;
    }
    return text;
}

static int digest_run(const struct results *results, char out[65], struct error *err) {
    const struct report_options options = {0};
    size_t len = 0;
    char *text = written(&report_run_record, results, &options, &len);
    if (text == NULL) {
        return error_set(err, YINMA_E_MEMORY, "%s", _("memory ran out"));
    }
    digest_hex(bytes_of(text, len), out);
    free(text);
    return 0;
}

/* What the file ends with: the number and the digest of its last line. */
static int find_end(int descriptor, struct ledger_facts *facts, struct error *err) {
    struct run_chain chain = {0};
    struct bytes tail = {0};
    size_t bytes = TAIL_BYTES;
    int rc = 0;
    memcpy(facts->previous, CHAIN_FIRST, sizeof CHAIN_FIRST);
    facts->number = 1;
    for (;; bytes *= 4) { /* until a line and the end of the one before it are in it */
        free((void *)(uintptr_t)tail.ptr);
        rc = read_tail(descriptor, bytes, &tail, err);
        run_chain_release(&chain);
        rc = rc == 0 ? run_chain_read(tail, &chain, err) : rc;
        if (rc < 0 || tail.len < bytes || chain.count > 2) {
            break;
        }
    }
    const struct chain_line *last =
        chain.count == 0 || tail.ptr == NULL ? NULL : &chain.lines[chain.count - 1];
    if (rc == 0 && last != NULL) {
        facts->after_cut = tail.ptr[tail.len - 1] != '\n';
        memcpy(facts->previous, last->digest, sizeof last->digest);
        facts->number = last->number + 1;
        if (facts->after_cut) {
            facts->number = chain.count > 1 ? last[-1].number + 2 : 2;
        } else if (last->number == 0) {
            rc = error_set(err, YINMA_E_DAMAGED, "%s",
                           _("the last line of the ledger is none; nothing was added (`yinma "
                             "verify --ledger` tells more)"));
        }
    }
    run_chain_release(&chain);
    free((void *)(uintptr_t)tail.ptr);
    return rc;
}

static int put_through(int descriptor, struct bytes line, struct error *err) {
    while (line.len > 0) {
        ssize_t done = write(descriptor, line.ptr, line.len);
        if (done < 0 && errno != EINTR) {
            return error_set_errno(err, errno, "%s", _("the ledger could not be written"));
        }
        line = bytes_from(line, done > 0 ? (size_t)done : 0);
    }
    return fsync(descriptor) == 0
               ? 0
               : error_set_errno(err, errno, "%s", _("the ledger could not be written"));
}

static int append(int descriptor, const struct results *results, struct ledger_facts *facts,
                  struct ledger_mark *mark, struct error *err) {
    const struct report_options options = {.ledger = facts};
    struct text_buffer line;
    size_t len = 0;
    int rc = find_end(descriptor, facts, err);
    if (rc == 0) {
        rc = digest_run(results, facts->run_sha256, err);
    }
    char *body = rc < 0 ? NULL : written(&report_ledger_line, results, &options, &len);
    text_buffer_init(&line, 0);
    if (body != NULL) {
        text_buffer_puts(&line, facts->after_cut ? "\n" : "");
        chain_line_seal(bytes_of(body, len), &line);
        digest_hex(bytes_trim(text_buffer_view(&line)), mark->sha256);
        mark->number = facts->number;
        mark->after_cut = facts->after_cut;
    }
    if (rc == 0) {
        rc = body == NULL || line.failed ? error_set(err, YINMA_E_MEMORY, "%s", _("memory ran out"))
                                         : put_through(descriptor, text_buffer_view(&line), err);
    }
    free(body);
    text_buffer_release(&line);
    return rc;
}

/* A new file is only there when its folder says so. */
static void sync_folder(const char *path) {
    char folder[PATH_MAX];
    int len = snprintf(folder, sizeof folder, "%s", path);
    int descriptor = len < 0 || (size_t)len >= sizeof folder
                         ? -1
                         : open(dirname(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        fsync(descriptor);
        close(descriptor);
    }
}

int ledger_file_append(const char *path, const struct results *results,
                       const struct ledger_report *files, size_t count, struct ledger_mark *mark,
                       struct error *err) {
    struct ledger_facts facts = {.time = time(NULL), .reports = files, .report_count = count};
    int descriptor =
        open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600);
    if (descriptor < 0) {
        return error_set_errno(err, errno, "--ledger: %s", path);
    }
    int rc = 0, locked;
    while ((locked = flock(descriptor, LOCK_EX)) != 0 && errno == EINTR) {
    }
    if (locked != 0) {
        rc = error_set_errno(err, errno, "--ledger: %s", path);
    }
    if (rc == 0) {
        rc = append(descriptor, results, &facts, mark, err);
    }
    close(descriptor); /* lets go of the lock */
    sync_folder(path);
    return rc;
}
