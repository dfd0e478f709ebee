/* The input room without containers: walking, sources, spool, limits, content classes. */
#include "input/input.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "check.h"
#include "core/text_buffer.h"
#include "input/neighbours/folder_names.h"

static char workspace[] = "/tmp/yinma-input-XXXXXX";

/* The tests stand in the workspace, so relative names are short. */
static void enter_workspace(void) {
    static bool entered;
    if (!entered && (mkdtemp(workspace) == NULL || chdir(workspace) != 0)) {
        perror(workspace);
        exit(EXIT_FAILURE);
    }
    entered = true;
}

static void leave_workspace(void) {
    char command[128];
    snprintf(command, sizeof command, "chmod -R u+rwx '%s' && rm -rf '%s'", workspace, workspace);
    if (chdir("/") != 0 || system(command) != 0) { /* NOLINT(cert-env33-c): a fixed command */
        perror(workspace);
    }
}

static void put_file(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    CHECK(file != NULL);
    if (file != NULL) {
        CHECK(fputs(text, file) >= 0);
        CHECK_INT(fclose(file), 0);
    }
}

/* ---- walking ---- */

static bool simple_glob(const char *glob, struct bytes name) {
    return glob[0] == '*' ? bytes_ends_with(name, bytes_of_string(glob + 1))
                          : bytes_equal(name, bytes_of_string(glob));
}

/* One line an item: type and name. */
static const char *walked(const struct walk_options *options) {
    static char text[4096];
    static const char letters[] = {
        [ITEM_FILE] = 'f', [ITEM_STDIN] = '-', [ITEM_SPECIAL] = 's', [ITEM_UNREADABLE] = 'u'};
    struct work_list list;
    struct error err = {0};
    text[0] = '\0';
    CHECK_INT(walk(options, &list, &err), 0);
    for (size_t i = 0; i < list.count; i++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%c%s %s\n", letters[list.items[i].type],
                 list.items[i].named ? "!" : "", list.items[i].name);
    }
    work_list_release(&list);
    return text;
}

static const char *walked_paths(const char *first, const char *second) {
    const char *paths[] = {first, second, NULL};
    return walked(&(struct walk_options){.paths = paths, .glob = simple_glob});
}

static void make_tree(void) {
    enter_workspace();
    if (access("tree", F_OK) == 0) {
        return;
    }
    CHECK_INT(mkdir("tree", 0755), 0);
    CHECK_INT(mkdir("tree/b", 0755), 0);
    CHECK_INT(mkdir("tree/b/deep", 0755), 0);
    put_file("tree/b/deep/z.sql", "z");
    put_file("tree/b/a.log", "a");
    put_file("tree/B.sql", "B");
    put_file("tree/a.sql", "a");
    put_file("tree/b.sql", "b");
    put_file("tree/\xE4\xB8\x8A.sql", "u");
    CHECK_INT(symlink("..", "tree/b/loop"), 0);
    CHECK_INT(symlink("nowhere", "tree/b/nowhere"), 0);
    CHECK_INT(mkfifo("tree/pipe", 0644), 0);
}

static void walk_order(void) {
    make_tree();
    CHECK_STR(walked_paths("tree", NULL), "f tree/B.sql\n"
                                          "f tree/a.sql\n"
                                          "f tree/b/a.log\n"
                                          "f tree/b/deep/z.sql\n"
                                          "s tree/b/loop\n"
                                          "s tree/b/nowhere\n"
                                          "f tree/b.sql\n"
                                          "s tree/pipe\n"
                                          "f tree/\xE4\xB8\x8A.sql\n");
}

static void walk_names(void) {
    make_tree();
    CHECK_STR(walked_paths("tree//b/deep//", NULL), "f tree/b/deep/z.sql\n");
    CHECK_STR(walked_paths("./tree/b/deep", NULL), "f ./tree/b/deep/z.sql\n");
    CHECK_INT(chdir("tree/b/deep"), 0);
    CHECK_STR(walked_paths(".", NULL), "f z.sql\n");
    CHECK_STR(walked_paths("./", NULL), "f z.sql\n");
    CHECK_INT(chdir(workspace), 0);
    const char *paths[] = {"-", "tree/a.sql", "tree/b/deep", NULL};
    const char *labels[] = {"PC=tree", "PC-03=tree/b/", NULL};
    CHECK_STR(walked(&(struct walk_options){
                  .paths = paths, .labels = labels, .stdin_name = "nightly.sql"}),
              "-! nightly.sql\nf! PC/a.sql\nf PC-03/deep/z.sql\n");
}

static void walk_named(void) {
    make_tree();
    CHECK_STR(walked_paths("tree/missing", "tree/pipe"), "u! tree/missing\ns! tree/pipe\n");
    /* A link that is named counts for what it leads to; each thing comes once. */
    CHECK_INT(symlink("tree/b/deep", "link"), 0);
    CHECK_STR(walked_paths("link", NULL), "f link/z.sql\n");
    CHECK_STR(walked_paths("tree/b/deep", "tree/b/deep/z.sql"), "f! tree/b/deep/z.sql\n");
    CHECK_STR(walked_paths("tree/b/deep", "tree/b"),
              "f tree/b/deep/z.sql\nf tree/b/a.log\ns tree/b/loop\ns tree/b/nowhere\n");
    CHECK_INT(mkdir("empty", 0755), 0);
    CHECK_STR(walked_paths("empty", NULL), "u! empty\n");
}

static void walk_globs(void) {
    make_tree();
    const char *paths[] = {"tree", NULL};
    const char *includes[] = {"*.sql", NULL};
    const char *excludes[] = {"tree/b", NULL};
    struct walk_options options = {
        .paths = paths, .includes = includes, .excludes = excludes, .glob = simple_glob};
    CHECK_STR(walked(&options),
              "f tree/B.sql\nf tree/a.sql\nf tree/b.sql\nf tree/\xE4\xB8\x8A.sql\n");
    put_file("tree/b/in.TAR.GZ", ""); /* may hold a .sql */
    options.excludes = NULL;
    CHECK(strstr(walked(&options), "f tree/b/in.TAR.GZ\n") != NULL);
    CHECK_INT(unlink("tree/b/in.TAR.GZ"), 0);
    const char *nothing[] = {"*.pdf", NULL};
    options.includes = nothing;
    CHECK_STR(walked(&options), "u! tree\n"); /* a wrong glob is not a clean result */
    const char *own[] = {"tree", NULL};
    options.excludes = own;
    CHECK_STR(walked(&options), "");
}

static void walk_unreadable(void) {
    enter_workspace();
    CHECK_INT(mkdir("closed", 0755), 0);
    CHECK_INT(mkdir("closed/in", 0), 0);
    put_file("closed/x", "x");
    if (geteuid() != 0) { /* root reads everything */
        CHECK_STR(walked_paths("closed", NULL), "u closed/in\nf closed/x\n");
    }
    CHECK_INT(chmod("closed/in", 0755), 0);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "closed/socket"};
    CHECK_INT(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    close(fd);
    CHECK_STR(walked_paths("closed", "/dev/null"), "s closed/socket\nf closed/x\ns! /dev/null\n");
}

static void walk_lists(void) {
    enter_workspace();
    char **paths = NULL;
    struct error err = {0};
    put_file("list", "one\n\ntwo words\nlast");
    CHECK_INT(walk_read_list("list", &paths, &err), 0);
    CHECK_STR(paths[0], "one");
    CHECK_STR(paths[1], "two words");
    CHECK_STR(paths[2], "last");
    CHECK(paths[3] == NULL);
    for (size_t i = 0; paths[i] != NULL; i++) {
        free(paths[i]);
    }
    free(paths);
    FILE *file = fopen("list0", "wb");
    CHECK(file != NULL && fwrite("a\nb\0c\0", 1, 6, file) == 6 && fclose(file) == 0);
    CHECK_INT(walk_read_list("list0", &paths, &err), 0);
    CHECK_STR(paths[0], "a\nb");
    CHECK_STR(paths[1], "c");
    CHECK(paths[2] == NULL);
    free(paths[0]);
    free(paths[1]);
    free(paths);
    CHECK_INT(walk_read_list("no-list", &paths, &err), YINMA_E_MISSING);
    CHECK(paths == NULL);
}

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

static bool may_hold(const struct folder_names *names, const char *folder, const char *name) {
    return folder_names_may_hold(names, bytes_of_string(folder), bytes_of_string(name));
}

static void names_of_folders(void) {
    static const char *const layouts[] = {".fmt", ".ctl", NULL}, *const others[] = {".fmt", NULL};
    struct folder_names *names = folder_names_new();
    char folder[16], name[32];
    CHECK(names != NULL);
    CHECK_INT(mkdir("beside", 0700), 0);
    put_file("beside/Members.CTL", "");
    CHECK(may_hold(names, "beside/", "anything")); /* not looked at yet */
    folder_names_look(names, BYTES_LIT("beside/"));
    CHECK(may_hold(names, "beside/", "Members.CTL"));
    CHECK(may_hold(names, "beside/", "members.ctl")); /* some file systems say so */
    CHECK(!may_hold(names, "beside/", "members.fmt"));
    CHECK(!folder_names_lack(names, BYTES_LIT("beside/"), layouts));
    CHECK(folder_names_lack(names, BYTES_LIT("beside/"), others));
    CHECK(!folder_names_lack(names, BYTES_LIT("unknown/"), others));
    for (unsigned i = 0; i < 200; i++) {
        snprintf(name, sizeof name, "beside/more%u", i);
        put_file(name, "");
    }
    const struct timespec times[2] = {{.tv_sec = 1}, {.tv_sec = 1}};
    CHECK_INT(utimensat(AT_FDCWD, "beside", times, 0), 0); /* however coarse its clock is */
    folder_names_look(names, BYTES_LIT("beside/"));
    CHECK(may_hold(names, "beside/", "more0") && may_hold(names, "beside/", "more199"));
    CHECK(!may_hold(names, "beside/", "more200"));
    folder_names_look(names, BYTES_LIT(""));
    CHECK(may_hold(names, "", "beside") && !may_hold(names, "", "elsewhere"));
    for (unsigned i = 0; i < 20; i++) { /* only the last ones are kept */
        snprintf(folder, sizeof folder, "f%u/", i);
        CHECK_INT(mkdir(folder, 0700), 0);
        folder_names_look(names, bytes_of_string(folder));
    }
    CHECK(!may_hold(names, "f19/", "a") && may_hold(names, "f0/", "a"));
    CHECK_INT(chmod("f3", 0100), 0);
    folder_names_look(names, BYTES_LIT("f3/"));
    CHECK(getuid() == 0 || may_hold(names, "f3/", "a")); /* no right to list it */
    folder_names_look(names, BYTES_LIT("none/"));
    CHECK(may_hold(names, "none/", "a"));
    folder_names_free(names);
}

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
    {"walk_order", walk_order},
    {"walk_names", walk_names},
    {"walk_named", walk_named},
    {"walk_globs", walk_globs},
    {"walk_unreadable", walk_unreadable},
    {"walk_lists", walk_lists},
    {"file_sources", file_sources},
    {"changing_files", changing_files},
    {"standard_input", standard_input},
    {"names_of_folders", names_of_folders},
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
