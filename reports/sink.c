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

void report_sink_init(struct report_sink *sink, FILE *file) {
    sink->file = file;
    sink->text = NULL;
    sink->error = (struct error){0};
    sink->held = 0;
    sink->flushes = 0;
}

void report_sink_init_text(struct report_sink *sink, struct text_buffer *text) {
    report_sink_init(sink, NULL);
    sink->text = text;
}

static void write_out(struct report_sink *sink, const void *text, size_t len) {
    if (sink->error.code != 0 || len == 0) {
        return;
    }
    if (sink->text != NULL) {
        text_buffer_put(sink->text, bytes_of(text, len));
        if (sink->text->failed) {
            report_fail_memory(sink);
        }
    } else if (fwrite(text, 1, len, sink->file) != len) {
        write_failed(sink, errno);
    }
}

void report_flush(struct report_sink *sink) {
    write_out(sink, sink->buffer, sink->held);
    sink->held = 0;
    sink->flushes++;
}

char *report_room(struct report_sink *sink, size_t len) {
    if (len > REPORT_BUFFER - sink->held) {
        report_flush(sink);
    }
    char *room = sink->buffer + sink->held;
    sink->held += len;
    return room;
}

void report_put(struct report_sink *sink, struct bytes text) {
    if (text.len > REPORT_BUFFER - sink->held) {
        report_flush(sink);
        if (text.len > REPORT_BUFFER) {
            write_out(sink, text.ptr, text.len);
            return;
        }
    }
    if (text.len > 0) {
        memcpy(sink->buffer + sink->held, text.ptr, text.len);
        sink->held += text.len;
    }
}

void report_puts(struct report_sink *sink, const char *text) {
    report_put(sink, bytes_of_string(text));
}

void report_putc(struct report_sink *sink, char c) {
    if (sink->held == REPORT_BUFFER) {
        report_flush(sink);
    }
    sink->buffer[sink->held++] = c;
}

/* More than the buffer holds, which is empty. Negative: it failed. */
__attribute__((format(printf, 3, 0))) static int write_long(struct report_sink *sink, size_t len,
                                                            const char *format, va_list args) {
    if (sink->text == NULL) {
        return vfprintf(sink->file, format, args);
    }
    char *room = text_buffer_room(sink->text, len);
    if (room == NULL) {
        report_fail_memory(sink);
        return 0;
    }
    vsnprintf(room, len + 1, format, args);
    text_buffer_end(sink->text, room + len);
    return 0;
}

void report_printf(struct report_sink *sink, const char *format, ...) {
    size_t room = REPORT_BUFFER - sink->held;
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(sink->buffer + sink->held, room, format, args);
    int os_errno = errno;
    if (len >= 0 && (size_t)len < room) {
        sink->held += (size_t)len;
    } else if (len >= 0) { /* it has not fitted */
        report_flush(sink);
        len = sink->error.code != 0 ? 0 : write_long(sink, (size_t)len, format, again);
        os_errno = errno;
    }
    va_end(again);
    va_end(args);
    if (len < 0) {
        write_failed(sink, os_errno);
    }
}

int report_write(const struct report *report, const struct results *results,
                 const struct report_options *options, FILE *file, struct error *err) {
    struct report_sink sink;
    report_sink_init(&sink, file);
    report->write(results, options, &sink);
    report_flush(&sink);
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
