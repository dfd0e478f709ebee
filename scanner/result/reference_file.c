/* The file of a reference, as text:
 *
 *     yinma reference 1
 *     key 0123456789abcdef
 *     kind tw_national_id values 52000 below ffffffffffffffff bits 20 marked 31000
 *     00012 00047 …                       marked places, ascending, in hexadecimal
 *     end SHA-256 of everything before this line
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/text_buffer.h"
#include "result/fingerprint.h"
#include "result/reference.h"

static const char head_line[] = "yinma reference ";
enum {
    DIGEST_DIGITS = 64,
    PLACES_A_LINE = 16,
    FILE_BYTES_MAX = 64 << 20,
};

/* ---- writing ---- */

static void put_kind(const struct reference_kind *kind, struct text_buffer *out) {
    text_buffer_printf(out, "kind %s values %llu below %016llx bits %u marked %lu\n", kind->name,
                       (unsigned long long)kind->values, (unsigned long long)kind->below,
                       kind->bits, (unsigned long)kind->marked);
    unsigned in_line = 0;
    for (uint32_t place = 0; place < UINT32_C(1) << kind->bits; place++) {
        if ((kind->marks[place / 8] >> (place % 8) & 1) != 0) {
            text_buffer_printf(out, "%s%05lx", in_line == 0 ? "" : " ", (unsigned long)place);
            in_line++;
            if (in_line == PLACES_A_LINE) {
                text_buffer_putc(out, '\n');
                in_line = 0;
            }
        }
    }
    text_buffer_puts(out, in_line == 0 ? "" : "\n");
}

static int write_all(int fd, struct bytes left) {
    while (left.len > 0) {
        ssize_t sent = write(fd, left.ptr, left.len);
        if (sent < 0 && errno != EINTR) {
            return -1;
        }
        left = bytes_from(left, sent < 0 ? 0 : (size_t)sent);
    }
    return fsync(fd);
}

static int save(struct bytes text, const char *file, struct error *err) {
    char *temporary = NULL;
    if (asprintf(&temporary, "%s.XXXXXX", file) < 0) {
        return error_set(err, YINMA_E_MEMORY, "no memory for a reference");
    }
    int fd = mkstemp(temporary); /* mode 0600 */
    int rc = fd < 0 ? -1 : write_all(fd, text);
    if (fd >= 0) {
        rc = close(fd) != 0 || rc != 0 ? -1 : rename(temporary, file);
    }
    int reason = errno;
    if (rc != 0 && fd >= 0) {
        (void)unlink(temporary);
    }
    free(temporary);
    return rc == 0 ? 0 : error_set_errno(err, reason, "the reference could not be written");
}

int reference_write(const struct reference *reference, const char *file, struct error *err) {
    struct text_buffer out;
    char digest[DIGEST_DIGITS + 1];
    text_buffer_init(&out, 0);
    text_buffer_printf(&out, "%s%d\nkey %016llx\n", head_line, REFERENCE_VERSION,
                       (unsigned long long)reference->key);
    for (unsigned i = 0; i < reference->kind_count; i++) {
        put_kind(&reference->kinds[i], &out);
    }
    digest_hex(text_buffer_view(&out), digest);
    text_buffer_printf(&out, "end %s\n", digest);
    int rc = out.failed ? error_set(err, YINMA_E_MEMORY, "no memory for a reference")
                        : save(text_buffer_view(&out), file, err);
    if (out.data != NULL) {
        explicit_bzero(out.data, out.len);
    }
    text_buffer_release(&out);
    return rc;
}

/* ---- reading ---- */

static int read_places(char **line, struct reference_kind *kind) {
    uint64_t next = 0;
    for (uint32_t i = 0; i < kind->marked; i++) {
        char *end;
        unsigned long long place = strtoull(*line, &end, 16);
        if (end == *line || place < next || place >> kind->bits != 0) {
            return YINMA_E_DAMAGED;
        }
        kind->marks[place / 8] |= (uint8_t)(1U << (place % 8));
        next = place + 1;
        *line = end;
    }
    while (**line == '\n' || **line == ' ') {
        ++*line;
    }
    return 0;
}

/* WORD, then a number; *ok becomes false when something else stands there. */
static uint64_t read_number(char **line, const char *word, int base, bool *ok) {
    size_t length = strlen(word);
    uint64_t number = 0;
    if (*ok && strncmp(*line, word, length) == 0) {
        char *end;
        errno = 0;
        number = strtoull(*line + length, &end, base);
        *ok = errno == 0 && end != *line + length;
        *line = end;
    } else {
        *ok = false;
    }
    return number;
}

static bool read_name(char **line, char out[REFERENCE_NAME]) {
    static const char head[] = "kind ";
    size_t length = 0;
    if (strncmp(*line, head, sizeof head - 1) != 0) {
        return false;
    }
    *line += sizeof head - 1;
    while (length + 1 < REFERENCE_NAME && **line != ' ' && **line != '\n' && **line != '\0') {
        out[length++] = *(*line)++;
    }
    out[length] = '\0';
    return length > 0;
}

static int read_kind(char **line, struct reference *reference) {
    if (reference->kind_count == REFERENCE_KINDS) {
        return YINMA_E_DAMAGED;
    }
    struct reference_kind *kind = &reference->kinds[reference->kind_count];
    *kind = (struct reference_kind){0};
    bool ok = read_name(line, kind->name);
    kind->values = read_number(line, " values ", 10, &ok);
    kind->below = read_number(line, " below ", 16, &ok);
    uint64_t bits = read_number(line, " bits ", 10, &ok);
    uint64_t marked = read_number(line, " marked ", 10, &ok);
    if (!ok || bits < REFERENCE_BITS_MIN || bits > REFERENCE_BITS_MAX || kind->below == 0 ||
        marked > UINT64_C(1) << bits) {
        return YINMA_E_DAMAGED;
    }
    kind->bits = (unsigned)bits;
    kind->marked = (uint32_t)marked;
    kind->marks = calloc(reference_mark_bytes(kind->bits), 1);
    if (kind->marks == NULL) {
        return YINMA_E_MEMORY;
    }
    reference->kind_count++;
    return read_places(line, kind);
}

/* The text without its last line, when that is the digest of it. */
static bool check_end(char *text, size_t len) {
    enum { END_LINE = 4 + DIGEST_DIGITS + 1 };
    char digest[DIGEST_DIGITS + 1];
    if (len < END_LINE || memcmp(text + len - END_LINE, "end ", 4) != 0) {
        return false;
    }
    digest_hex(bytes_of(text, len - END_LINE), digest);
    bool same = memcmp(digest, text + len - END_LINE + 4, DIGEST_DIGITS) == 0;
    text[len - END_LINE] = '\0';
    return same;
}

static int parse(char *text, size_t len, struct reference *reference, struct error *err) {
    char *line = text;
    if (strncmp(line, head_line, sizeof head_line - 1) != 0) {
        return error_set(err, YINMA_E_USAGE, "this is no reference of yinma");
    }
    unsigned long version = strtoul(line + sizeof head_line - 1, &line, 10);
    if (version != REFERENCE_VERSION) {
        return error_set(err, YINMA_E_USAGE,
                         "a reference of version %lu; this program reads version %d", version,
                         REFERENCE_VERSION);
    }
    bool ok = check_end(text, len);
    reference->key = read_number(&line, "\nkey ", 16, &ok);
    int rc = ok ? 0 : YINMA_E_DAMAGED;
    while (rc == 0 && *line == '\n') {
        line++;
    }
    while (rc == 0 && *line != '\0') {
        rc = read_kind(&line, reference);
    }
    return rc == 0                ? 0
           : rc == YINMA_E_MEMORY ? error_set(err, rc, "no memory for a reference")
                                  : error_set(err, YINMA_E_USAGE,
                                              "the reference is damaged or cut off: write it anew");
}

/* The whole of FILE, with a NUL behind it. */
static int read_text(const char *file, char **out, size_t *len, struct error *err) {
    struct stat status = {0};
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    int rc = 0;
    *out = NULL;
    *len = 0;
    if (fd < 0 || fstat(fd, &status) != 0) {
        rc = error_set(err, YINMA_E_USAGE, "%s", strerror(errno));
    } else if (!S_ISREG(status.st_mode) || status.st_size > FILE_BYTES_MAX) {
        rc = error_set(err, YINMA_E_USAGE, "this is no reference of yinma");
    } else {
        *out = calloc((size_t)status.st_size + 1, 1);
        rc = *out == NULL ? error_set(err, YINMA_E_MEMORY, "no memory for a reference") : 0;
    }
    while (rc == 0 && *len < (size_t)status.st_size) {
        ssize_t got = read(fd, *out + *len, (size_t)status.st_size - *len);
        if (got <= 0) {
            break;
        }
        *len += (size_t)got;
    }
    if (fd >= 0) {
        (void)close(fd);
    }
    return rc;
}

int reference_read(const char *file, struct reference **out, struct error *err) {
    struct error inner = {0};
    char *text = NULL;
    size_t len = 0;
    *out = calloc(1, sizeof **out);
    int rc = *out == NULL ? error_set(&inner, YINMA_E_MEMORY, "no memory for a reference")
                          : read_text(file, &text, &len, &inner);
    if (rc == 0 && text != NULL) {
        rc = parse(text, len, *out, &inner);
    }
    if (text != NULL) {
        explicit_bzero(text, len);
        free(text);
    }
    if (rc != 0) {
        reference_free(*out);
        *out = NULL;
        error_set(err, rc, "%s: %s", file, inner.text);
    }
    return rc;
}
