#include "reports/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_ROOM = 4096 };

static void write_failed(struct report_sink *sink, int os_errno) {
    struct error error;
    error_set_errno(&error, os_errno, "cannot write the report");
    error.code = YINMA_E_IO;
    report_fail(sink, &error);
}

void report_fail(struct report_sink *sink, const struct error *error) {
    if (sink->error.code == 0) {
        sink->error = *error;
    }
}

void report_fail_memory(struct report_sink *sink) {
    struct error error;
    error_set(&error, YINMA_E_MEMORY, "memory ran out while the report was written");
    report_fail(sink, &error);
}

void report_put(struct report_sink *sink, struct bytes text) {
    if (sink->error.code == 0 && text.len > 0 &&
        fwrite(text.ptr, 1, text.len, sink->file) != text.len) {
        write_failed(sink, errno);
    }
}

void report_puts(struct report_sink *sink, const char *text) {
    report_put(sink, bytes_of_string(text));
}

void report_putc(struct report_sink *sink, char c) {
    report_put(sink, bytes_of(&c, 1));
}

void report_printf(struct report_sink *sink, const char *format, ...) {
    if (sink->error.code != 0) {
        return;
    }
    va_list args;
    va_start(args, format);
    int put = vfprintf(sink->file, format, args);
    int os_errno = errno;
    va_end(args);
    if (put < 0) {
        write_failed(sink, os_errno);
    }
}

int report_write(const struct report *report, const struct results *results,
                 const struct report_options *options, FILE *file, struct error *err) {
    struct report_sink sink = {.file = file};
    report->write(results, options, &sink);
    if (sink.error.code == 0 && fflush(file) != 0) {
        write_failed(&sink, errno);
    }
    if (sink.error.code != 0 && err != NULL) {
        *err = sink.error;
    }
    return sink.error.code;
}

/* Write to DESCRIPTOR, which is closed in any case. */
static int write_descriptor(const struct report *report, const struct results *results,
                            const struct report_options *options, int descriptor,
                            struct error *err) {
    FILE *file = fdopen(descriptor, "w");
    if (file == NULL) {
        int os_errno = errno;
        close(descriptor);
        return error_set_errno(err, os_errno, "cannot write the report");
    }
    int status = report_write(report, results, options, file, err);
    if (fclose(file) != 0 && status == 0) {
        error_set_errno(err, errno, "cannot write the report");
        if (err != NULL) {
            err->code = YINMA_E_IO;
        }
        status = YINMA_E_IO;
    }
    return status;
}

/* A new file beside PATH that takes its name when it is whole: a report is there or it is not. */
static int replace_file(const struct report *report, const struct results *results,
                        const struct report_options *options, const char *path, struct error *err) {
    char own[PATH_ROOM];
    int len = snprintf(own, sizeof own, "%s.XXXXXX", path);
    if (len < 0 || (size_t)len >= sizeof own) {
        return error_set(err, YINMA_E_IO, "cannot write the report: its name is too long");
    }
    int descriptor = mkostemp(own, O_CLOEXEC); /* mode 0600 */
    if (descriptor < 0) {
        error_set_errno(err, errno, "cannot create the report");
        return YINMA_E_IO;
    }
    int status = write_descriptor(report, results, options, descriptor, err);
    if (status == 0 && rename(own, path) != 0) {
        error_set_errno(err, errno, "cannot give the report its name");
        status = YINMA_E_IO;
    }
    if (status != 0) {
        unlink(own);
    }
    return status;
}

int report_write_file(const struct report *report, const struct results *results,
                      const struct report_options *options, const char *path, struct error *err) {
    struct stat info;
    if (lstat(path, &info) != 0 || S_ISREG(info.st_mode)) {
        return replace_file(report, results, options, path, err);
    }
    if (S_ISLNK(info.st_mode) || S_ISDIR(info.st_mode)) {
        return error_set(err, YINMA_E_IO, "cannot write the report: its name is that of a %s",
                         S_ISDIR(info.st_mode) ? "folder" : "symbolic link");
    }
    /* A pipe or a device that somebody put there: it must stay what it is. */
    int descriptor = open(path, O_WRONLY | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0) {
        error_set_errno(err, errno, "cannot open the report");
        return YINMA_E_IO;
    }
    return write_descriptor(report, results, options, descriptor, err);
}
