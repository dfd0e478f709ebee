/* listing.h - for tests of containers: files that the usual tools write in a folder of their own,
 * and what the input room makes of them as text. A tool that is not installed is left out with a
 * line that says so. */
#ifndef YINMA_TESTS_LISTING_H
#define YINMA_TESTS_LISTING_H

#include <fcntl.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "core/text_buffer.h"
#include "input/input.h"
#include "tests/random.h"

static char workspace[] = "/tmp/yinma-test-XXXXXX";

/* ---- tools and files ---- */

/* Run a shell command in the workspace; true when it succeeds. */
__attribute__((format(printf, 1, 2))) static inline bool shell(const char *format, ...) {
    char line[1024], command[1088];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    snprintf(command, sizeof command, "{ %s; } >/dev/null 2>&1", line);
    return system(command) == 0; /* NOLINT(cert-env33-c): commands of this file */
}

static inline bool has_tool(const char *tool) {
    if (shell("command -v %s", tool)) {
        return true;
    }
    printf("left out: %s is not installed\n", tool);
    return false;
}

static inline struct text_buffer load(const char *path) {
    struct text_buffer data;
    text_buffer_init(&data, 0);
    FILE *file = fopen(path, "rb");
    char piece[65536];
    for (size_t got = 1; file != NULL && got > 0;) {
        got = fread(piece, 1, sizeof piece, file);
        text_buffer_put(&data, bytes_of(piece, got));
    }
    CHECK(file != NULL);
    if (file != NULL) {
        (void)fclose(file);
    }
    return data;
}

static inline void save(const char *path, const void *data, size_t len) {
    FILE *file = fopen(path, "wb");
    CHECK(file != NULL && fwrite(data, 1, len, file) == len && fclose(file) == 0);
}

/* Lines that compress about as well as a dump does. */
static inline void make_sample(const char *path, unsigned lines) {
    FILE *file = fopen(path, "wb");
    CHECK(file != NULL);
    uint64_t state = 1;
    for (unsigned i = 0; file != NULL && i < lines; i++) {
        fprintf(file, "INSERT INTO orders VALUES (%u,'%016llx');\n", i,
                (unsigned long long)(random_from(&state) >> 20));
    }
    CHECK(file != NULL && fclose(file) == 0);
}

static inline void set_up(void) {
    if (mkdtemp(workspace) == NULL || chdir(workspace) != 0) {
        perror(workspace);
        exit(EXIT_FAILURE);
    }
    make_sample("sample", 60000);
    make_sample("small", 100);
}

static inline void tear_down(void) {
    if (chdir("/") != 0 || !shell("rm -rf '%s'", workspace)) {
        perror(workspace);
    }
}

/* ---- reading through the room's interface ---- */

static struct input_limits limits;

static inline void note(struct text_buffer *out, const char *name, const char *what, int code) {
    static const char *const codes[] = {"ok",          "memory",  "io",        "missing",
                                        "permission",  "damaged", "truncated", "encrypted",
                                        "unsupported", "limit",   "timeout",   "changed"};
    text_buffer_printf(out, "%s%s%s\n", name, what, codes[-code]);
}

static inline void list_source(struct byte_source *source, const char *name,
                               struct input_budget *budget, unsigned depth, struct text_buffer *out,
                               struct text_buffer *content);

static inline void list_members(const struct container_format *format, struct byte_source *source,
                                const char *name, struct input_budget *budget, unsigned depth,
                                struct text_buffer *out, struct text_buffer *content) {
    struct error err = {0};
    void *state = NULL;
    struct container_member member;
    int code = format->open(source, budget, &state, &err);
    while (code == 0 && (code = format->next(state, &member, &err)) == 1) {
        char inner[512], buffer[512];
        struct bytes own = member.name;
        if (own.len == 0) {
            own = container_content_name(format, bytes_of_string(name), buffer, sizeof buffer);
        }
        snprintf(inner, sizeof inner, "%s!/%.*s", format->type == CONTAINER_STREAM ? "" : name,
                 (int)own.len, (const char *)own.ptr);
        if (member.special) {
            text_buffer_printf(out, "%s special\n", inner);
        } else if (member.source == NULL) {
            CHECK_INT(member.error.code, member.status);
            note(out, inner, " skipped ", member.status);
        } else {
            list_source(member.source, inner, budget, depth + 1, out, content);
        }
        code = 0;
    }
    if (code < 0) {
        CHECK_INT(err.code, code);
        CHECK(err.text[0] != '\0');
        note(out, name, " stopped ", code);
        CHECK(state == NULL || format->next(state, &member, &err) == code); /* it stays so */
    }
    if (state != NULL) {
        format->close(state);
    }
}

/* One line a unit: its name, size and how it ended. Owns SOURCE. */
static inline void list_source(struct byte_source *source, const char *name,
                               struct input_budget *budget, unsigned depth, struct text_buffer *out,
                               struct text_buffer *content) {
    struct bytes head;
    bool whole;
    struct error err = {0};
    source = input_peek(source, &head, &whole, &err);
    const struct container_format *format = depth < 6 ? container_detect(head) : NULL;
    if (format != NULL && format->needs_seek && input_seekable(source, budget, &source, &err) < 0) {
        note(out, name, " not spooled ", err.code);
        return;
    }
    if (format != NULL) {
        list_members(format, source, name, budget, depth, out, content);
        byte_source_close(source);
        return;
    }
    static char piece[100000];
    uint64_t len = 0;
    int64_t got;
    while ((got = byte_source_read(source, piece, sizeof piece, &err)) > 0) {
        len += (uint64_t)got;
        if (content != NULL) {
            text_buffer_put(content, bytes_of(piece, (size_t)got));
        }
    }
    char what[64];
    snprintf(what, sizeof what, " %llu ", (unsigned long long)len);
    note(out, name, what, (int)got);
    CHECK(got == 0 || err.text[0] != '\0');
    CHECK_INT(byte_source_read(source, piece, sizeof piece, &err), got); /* it stays so */
    byte_source_close(source);
}

/* List the file at PATH; its contents one after the other go to CONTENT unless that is NULL. The
 * text is valid until the next call. */
static inline const char *listed(const char *path, struct text_buffer *content) {
    static struct text_buffer out;
    static char name[256];
    text_buffer_clear(&out);
    struct input_budget budget;
    input_budget_start(&budget, &limits);
    struct error err = {0};
    snprintf(name, sizeof name, "%s", path);
    struct work_item item = {.type = ITEM_FILE, .named = true, .path = name, .name = name};
    struct byte_source *source = NULL;
    CHECK_INT(input_open_file(&item, &budget, &source, &err), 0);
    if (source != NULL) {
        list_source(source, path, &budget, 0, &out, content);
    }
    CHECK_INT(budget.spooled_bytes, 0);
    return text_buffer_string(&out);
}

static inline void expect_content(const char *path, const struct text_buffer *expected,
                                  const char *ending) {
    struct text_buffer content;
    text_buffer_init(&content, 0);
    const char *list = listed(path, &content);
    if (!bytes_ends_with(bytes_of_string(list), bytes_of_string(ending))) {
        printf("%s: %s", path, list);
    }
    CHECK(bytes_ends_with(bytes_of_string(list), bytes_of_string(ending)));
    CHECK(bytes_equal(text_buffer_view(&content), text_buffer_view(expected)));
    text_buffer_release(&content);
}

static inline int listing_run(const struct test_case *cases, size_t count, int argc, char **argv) {
    input_limits_default(&limits);
    set_up();
    int status = check_run(cases, count, argc, argv);
    tear_down();
    return status;
}

#endif
