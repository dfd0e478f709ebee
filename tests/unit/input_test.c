/* The input room without containers: sources, spool, limits, content classes. */
#include <fcntl.h>
#include <sys/stat.h>

#include "core/text_buffer.h"
#include "input/input.h"
#include "tests/unit/check.h"
#include "tests/unit/workspace.h"

/* ---- sources ---- */

static struct input_budget budget;
static struct input_limits limits;

static void start_budget(void) {
    input_limits_default(&limits);
    input_budget_start(&budget, &limits);
}

static struct byte_source *open_named(const char *path, struct error *err) {
    char copy[64];
    snprintf(copy, sizeof copy, "%s", path);
    struct work_item item = {.type = ITEM_FILE, .named = true, .path = copy, .name = copy};
    struct byte_source *source = NULL;
    int code = input_open_file(&item, &budget, &source, err);
    CHECK(code == 0 ? source != NULL : source == NULL && err->code == code);
    return source;
}

/* Everything SOURCE delivers; returns 0 or its error. */
static int drain(struct byte_source *source, struct text_buffer *out, size_t step,
                 struct error *err) {
    char piece[4096];
    int64_t got;
    while ((got = byte_source_read(source, piece, step < sizeof piece ? step : sizeof piece, err)) >
           0) {
        text_buffer_put(out, bytes_of(piece, (size_t)got));
    }
    return (int)got;
}

static void file_sources(void) {
    enter_workspace();
    start_budget();
    put_file("plain", "0123456789");
    struct error err = {0};
    struct text_buffer text;
    text_buffer_init(&text, 0);
    struct byte_source *source = open_named("plain", &err);
    CHECK_INT(source->size, 10);
    char part[4] = "";
    CHECK_INT(source->ops->read_at(source, 8, part, 4, &err), 2);
    CHECK(memcmp(part, "89", 2) == 0);
    CHECK_INT(source->ops->read_at(source, 10, part, 4, &err), 0);
    CHECK_INT(drain(source, &text, 3, &err), 0);
    CHECK_STR(text_buffer_string(&text), "0123456789");
    CHECK_INT(budget.compressed_bytes, 12);
    byte_source_close(source);
    CHECK(open_named("missing", &err) == NULL);
    CHECK_INT(err.code, YINMA_E_MISSING);
    CHECK_INT(mkfifo("fifo", 0600), 0);
    CHECK(open_named("fifo", &err) == NULL); /* it was a file when it was met; no waiting */
    put_file("nothing", "");
    source = open_named("nothing", &err);
    CHECK_INT(byte_source_read(source, part, 4, &err), 0);
    byte_source_close(source);
    source = open_named("/proc/self/status", &err); /* says that it is empty */
    CHECK(byte_source_read(source, part, 4, &err) == 4);
    byte_source_close(source);
    text_buffer_release(&text);
}

static void changing_files(void) {
    enter_workspace();
    start_budget();
    struct error err = {0};
    struct text_buffer text;
    text_buffer_init(&text, 0);
    const struct {
        off_t size;
        const char *delivered;
    } cases[] = {{5, "01234"}, {12, "0123456789"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put_file("moving", "0123456789");
        struct byte_source *source = open_named("moving", &err);
        CHECK_INT(truncate("moving", cases[i].size), 0);
        text_buffer_clear(&text);
        CHECK_INT(drain(source, &text, 4, &err), YINMA_E_CHANGED);
        CHECK_STR(text_buffer_string(&text), cases[i].delivered);
        char byte;
        CHECK_INT(byte_source_read(source, &byte, 1, &err), YINMA_E_CHANGED);
        byte_source_close(source);
    }
    text_buffer_release(&text);
}

static void standard_input(void) {
    enter_workspace();
    start_budget();
    int ends[2], saved = dup(STDIN_FILENO);
    struct error err = {0};
    struct text_buffer text;
    text_buffer_init(&text, 0);
    CHECK_INT(pipe(ends), 0);
    CHECK_INT(write(ends[1], "through a pipe", 14), 14);
    close(ends[1]);
    CHECK_INT(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
    CHECK(dup2(ends[0], STDIN_FILENO) == STDIN_FILENO);
    close(ends[0]);
    struct work_item item = {.type = ITEM_STDIN};
    struct byte_source *source = NULL;
    CHECK_INT(input_open_file(&item, &budget, &source, &err), 0);
    CHECK(source->ops->read_at == NULL && source->size == UINT64_MAX);
    CHECK_INT(drain(source, &text, 5, &err), 0);
    CHECK_STR(text_buffer_string(&text), "through a pipe");
    byte_source_close(source);
    /* A file, read in part by somebody else. */
    put_file("redirected", "0123456789");
    int fd = open("redirected", O_RDONLY);
    CHECK(lseek(fd, 4, SEEK_SET) == 4);
    CHECK(dup2(fd, STDIN_FILENO) == STDIN_FILENO);
    close(fd);
    CHECK_INT(input_open_file(&item, &budget, &source, &err), 0);
    char part[2];
    CHECK_INT(source->ops->read_at(source, 0, part, 2, &err), 2);
    CHECK(memcmp(part, "45", 2) == 0);
    text_buffer_clear(&text);
    CHECK_INT(drain(source, &text, 5, &err), 0);
    CHECK_STR(text_buffer_string(&text), "456789");
    byte_source_close(source);
    CHECK(dup2(saved, STDIN_FILENO) == STDIN_FILENO);
    close(saved);
    text_buffer_release(&text);
}

/* ---- what stands beside a file ---- */

/* A stream (no read_at) of LEN bytes, each told by its position, that then fails with CODE. */
struct made {
    struct byte_source base;
    uint64_t at, len;
    int code;
    bool *closed;
};

static uint8_t made_byte(uint64_t at) {
    return (uint8_t)((at * UINT64_C(0x9E3779B97F4A7C15)) >> 56);
}

static int64_t made_read(struct byte_source *source, void *buffer, size_t capacity,
                         struct error *err) {
    struct made *self = (struct made *)source;
    uint8_t *out = buffer;
    size_t len = 0;
    for (; len < capacity && len < 50000 && self->at < self->len; self->at++) {
        out[len++] = made_byte(self->at);
    }
    return len > 0 ? (int64_t)len
                   : (self->code != 0 ? error_set(err, self->code, "made to fail") : 0);
}

static void made_close(struct byte_source *source) {
    *((struct made *)source)->closed = true;
    free(source);
}

static const struct byte_source_ops made_ops = {.read = made_read, .close = made_close};

static struct byte_source *make_source(uint64_t len, int code, bool *closed) {
    struct made *self = calloc(1, sizeof *self);
    *closed = false;
    *self =
        (struct made){.base = {&made_ops, UINT64_MAX}, .len = len, .code = code, .closed = closed};
    return &self->base;
}

static bool all_made(const uint8_t *data, size_t len, uint64_t from) {
    for (size_t i = 0; i < len; i++) {
        if (data[i] != made_byte(from + i)) {
            return false;
        }
    }
    return true;
}

static void spools(void) {
    enter_workspace();
    start_budget();
    static uint8_t buffer[300000];
    const uint64_t lengths[] = {0, 1, 100000, 16 << 20, (16 << 20) + 1, (20 << 20) + 77777};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        const uint64_t len = lengths[i];
        bool closed;
        struct byte_source *spool = NULL;
        struct error err = {0};
        CHECK_INT(input_seekable(make_source(len, 0, &closed), &budget, &spool, &err), 0);
        CHECK(closed);
        CHECK_INT(spool->size, len);
        CHECK_INT(budget.spooled_bytes, len);
        uint64_t at = 0;
        int64_t got;
        while ((got = byte_source_read(spool, buffer, sizeof buffer, &err)) > 0 &&
               all_made(buffer, (size_t)got, at)) {
            at += (uint64_t)got;
        }
        CHECK_INT(got, 0);
        CHECK_INT(at, len);
        for (uint64_t place = 0; place < len; place += 999983) {
            got = spool->ops->read_at(spool, place, buffer, sizeof buffer, &err);
            const uint64_t want = len - place < sizeof buffer ? len - place : sizeof buffer;
            CHECK_INT(got, want);
            CHECK(all_made(buffer, (size_t)want, place));
        }
        byte_source_close(spool);
        CHECK_INT(budget.spooled_bytes, 0);
    }
}

/* What a stream delivered before its error, or before the limit, can be read. */
static void spool_of_broken_stream(void) {
    enter_workspace();
    start_budget();
    static uint8_t buffer[64 * 1024];
    bool closed;
    struct byte_source *spool = NULL;
    struct error err = {0};
    CHECK_INT(input_seekable(make_source(70000, YINMA_E_TRUNCATED, &closed), &budget, &spool, &err),
              0);
    CHECK_INT(spool->size, 70000);
    CHECK_INT(spool->ops->read_at(spool, 69990, buffer, 100, &err), 10);
    CHECK_INT(spool->ops->read_at(spool, 70000, buffer, 100, &err), YINMA_E_TRUNCATED);
    byte_source_close(spool);
    limits.max_spool = 17 << 20;
    CHECK_INT(input_seekable(make_source(20 << 20, 0, &closed), &budget, &spool, &err), 0);
    CHECK(spool->size <= limits.max_spool && spool->size > limits.max_spool - 100000);
    CHECK_INT(spool->ops->read_at(spool, spool->size, buffer, 1, &err), YINMA_E_LIMIT);
    CHECK(strstr(err.text, "--max-spool") != NULL);
    byte_source_close(spool);
    CHECK_INT(input_seekable(make_source(0, YINMA_E_IO, &closed), &budget, &spool, &err),
              YINMA_E_IO);
    CHECK(closed && spool == NULL);
    CHECK_INT(budget.spooled_bytes, 0);
}

static void peeking(void) {
    start_budget();
    static uint8_t buffer[200000];
    struct error err = {0};
    struct bytes head;
    bool whole, closed;
    struct byte_source *source =
        input_peek(make_source(150000, YINMA_E_DAMAGED, &closed), &head, &whole, &err);
    CHECK(!whole && source->ops->read_at == NULL);
    CHECK_INT(head.len, INPUT_HEAD_BYTES);
    CHECK(all_made(head.ptr, head.len, 0));
    CHECK_INT(byte_source_read_full(source, buffer, sizeof buffer, &err), 150000);
    CHECK(all_made(buffer, 150000, 0));
    CHECK_INT(byte_source_read(source, buffer, 1, &err), YINMA_E_DAMAGED);
    byte_source_close(source);
    CHECK(closed);
    source = input_peek(make_source(10, YINMA_E_DAMAGED, &closed), &head, &whole, &err);
    CHECK(!whole && head.len == 10); /* it is not all: an error follows */
    CHECK_INT(byte_source_read(source, buffer, 100, &err), 10);
    CHECK_INT(byte_source_read(source, buffer, 100, &err), YINMA_E_DAMAGED);
    byte_source_close(source);
    source = input_peek(input_open_memory(BYTES_LIT("memory")), &head, &whole, &err);
    CHECK(whole && bytes_equal(head, BYTES_LIT("memory")));
    CHECK_INT(source->size, 6);
    CHECK_INT(source->ops->read_at(source, 3, buffer, 100, &err), 3);
    CHECK_INT(byte_source_read(source, buffer, 100, &err), 6);
    CHECK_INT(byte_source_read(source, buffer, 100, &err), 0);
    byte_source_close(source);
}

static void unit_limits(void) {
    start_budget();
    static uint8_t buffer[100000];
    struct error err = {0};
    bool closed;
    limits.max_unit_bytes = 60000;
    struct byte_source *unit = input_unit(make_source(100000, 0, &closed), &budget, &err);
    CHECK_INT(byte_source_read_full(unit, buffer, sizeof buffer, &err), 60000);
    CHECK_INT(byte_source_read(unit, buffer, 1, &err), YINMA_E_LIMIT);
    CHECK(strstr(err.text, "--max-unit-bytes 60000") != NULL);
    byte_source_close(unit);
    CHECK(closed);
    unit = input_unit(make_source(60000, 0, &closed), &budget, &err);
    CHECK_INT(byte_source_read_full(unit, buffer, sizeof buffer, &err), 60000);
    CHECK_INT(byte_source_read(unit, buffer, 1, &err), 0);
    byte_source_close(unit);
    limits.timeout_seconds = 1e-9;
    input_budget_start(&budget, &limits);
    usleep(1000);
    unit = input_unit(make_source(200000, 0, &closed), &budget, &err);
    CHECK(byte_source_read(unit, buffer, 10, &err) == 10);
    CHECK_INT(byte_source_read(unit, buffer, 10, &err), YINMA_E_TIMEOUT);
    CHECK(strstr(err.text, "--timeout") != NULL);
    byte_source_close(unit);
}

/* ---- content classes ---- */

static enum content_class class_of(const char *data, size_t len) {
    return content_guess(bytes_of(data, len), BYTES_LIT("x")).class;
}
#define CLASS_OF(literal) class_of(literal, sizeof(literal) - 1)

static void content_signatures(void) {
    CHECK_INT(CLASS_OF("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), CONTENT_OPAQUE);
    CHECK_INT(CLASS_OF("\177ELF\2\1\1"), CONTENT_OPAQUE);
    CHECK_INT(CLASS_OF("Salted__\1\2\3\4\5\6\7\10"), CONTENT_ENCRYPTED);
    CHECK_INT(CLASS_OF("age-encryption.org/v1\n-> X25519"), CONTENT_ENCRYPTED);
    CHECK_INT(CLASS_OF("-----BEGIN PGP MESSAGE-----\n\nhQEM"), CONTENT_ENCRYPTED);
    CHECK_INT(CLASS_OF("\x8C\x0D\4\11\3\2\1\2\3\4\5\6\7\10"), CONTENT_ENCRYPTED);
    CHECK_INT(CLASS_OF("\x85\1\x0C\3\1\2\3\4\5\6\7\10\1\7"), CONTENT_ENCRYPTED);
    CHECK_INT(CLASS_OF("%PDF-1.7\n%\xE2\xE3"), CONTENT_UNSUPPORTED);
    CHECK_INT(CLASS_OF("SQLite format 3\0\x10"), CONTENT_UNSUPPORTED);
    CHECK_INT(CLASS_OF("PGDMP\1\16\0"), CONTENT_UNSUPPORTED);
    CHECK_INT(CLASS_OF("PAR1\x15\x04"), CONTENT_UNSUPPORTED);
    CHECK_INT(CLASS_OF("MZ is how this text begins, and it is no program at all, is it? No!!"),
              CONTENT_TEXT);
    CHECK_INT(CLASS_OF("ID3,name\n1,x\n"), CONTENT_TEXT);
    CHECK_INT(CLASS_OF(""), CONTENT_TEXT);
}

static void content_without_signature(void) {
    static char data[65536];
    for (size_t i = 0; i < sizeof data; i++) {
        data[i] = (char)made_byte(i * i + 7);
    }
    CHECK_INT(class_of(data, sizeof data), CONTENT_UNSUPPORTED);
    CHECK_INT(class_of(data, 100), CONTENT_UNSUPPORTED);
    /* A dump with binary columns is still a dump. */
    memset(data, 'x', 600);
    CHECK_INT(class_of(data, sizeof data), CONTENT_TEXT);
    /* 身分證字號 and digits in UTF-16, both ways round, without a mark. */
    const char little[] = "\xAB\x8E\x06\x52\x49\x8B\x57\x5B\x5F\x86,\0A\0001\0002\0003\0\r\0\n\0";
    const char big[] = "\x8E\xAB\x52\x06\x8B\x49\x5B\x57\x86\x5F\0,\0A\0001\0002\0003\0\r\0\n";
    CHECK_INT(CLASS_OF(little), CONTENT_TEXT);
    CHECK_INT(CLASS_OF(big), CONTENT_TEXT);
    CHECK_INT(CLASS_OF("\xA8\xAD\xA4\xC0\xC3\xD2\xA6\x72\xB8\xB9,A123,\xA4\xFD\xA4\x70\xA9\xFA\n"),
              CONTENT_TEXT); /* Big5 */
}

static const struct test_case cases[] = {
    {"file_sources", file_sources},
    {"changing_files", changing_files},
    {"standard_input", standard_input},
    {"spools", spools},
    {"spool_of_broken_stream", spool_of_broken_stream},
    {"peeking", peeking},
    {"unit_limits", unit_limits},
    {"content_signatures", content_signatures},
    {"content_without_signature", content_without_signature},
};

int main(int argc, char **argv) {
    enter_workspace();
    int status = check_run(cases, sizeof cases / sizeof *cases, argc, argv);
    leave_workspace();
    return status;
}
