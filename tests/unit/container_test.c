/* Containers: what the usual tools write, whole, cut off, damaged, encrypted and hostile. A tool
 * that is not installed is left out with a line that says so. */
#include "input/input.h"

#include <fcntl.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "core/text_buffer.h"

static char workspace[] = "/tmp/yinma-container-XXXXXX";

/* ---- tools and files ---- */

/* Run a shell command in the workspace; true when it succeeds. */
__attribute__((format(printf, 1, 2))) static bool shell(const char *format, ...) {
    char command[1024] = "{ ";
    va_list args;
    va_start(args, format);
    vsnprintf(command + 2, sizeof command - 40, format, args);
    va_end(args);
    strcat(command, "; } >/dev/null 2>&1");
    return system(command) == 0; /* NOLINT(cert-env33-c): commands of this file */
}

static bool has_tool(const char *tool) {
    if (shell("command -v %s", tool)) {
        return true;
    }
    printf("left out: %s is not installed\n", tool);
    return false;
}

static struct text_buffer load(const char *path) {
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

static void save(const char *path, const void *data, size_t len) {
    FILE *file = fopen(path, "wb");
    CHECK(file != NULL && fwrite(data, 1, len, file) == len && fclose(file) == 0);
}

/* Lines that compress about as well as a dump does. */
static void make_sample(const char *path, unsigned lines) {
    FILE *file = fopen(path, "wb");
    CHECK(file != NULL);
    uint64_t state = 1;
    for (unsigned i = 0; file != NULL && i < lines; i++) {
        state = state * UINT64_C(6364136223846793005) + 1442695040888963407U;
        fprintf(file, "INSERT INTO orders VALUES (%u,'%016llx');\n", i,
                (unsigned long long)(state >> 20));
    }
    CHECK(file != NULL && fclose(file) == 0);
}

static void set_up(void) {
    if (mkdtemp(workspace) == NULL || chdir(workspace) != 0) {
        perror(workspace);
        exit(EXIT_FAILURE);
    }
    make_sample("sample", 60000);
    make_sample("small", 100);
}

static void tear_down(void) {
    if (chdir("/") != 0 || !shell("rm -rf '%s'", workspace)) {
        perror(workspace);
    }
}

/* ---- reading through the room's interface ---- */

static struct input_limits limits;

static void note(struct text_buffer *out, const char *name, const char *what, int code) {
    static const char *const codes[] = {"ok",          "memory",  "io",        "missing",
                                        "permission",  "damaged", "truncated", "encrypted",
                                        "unsupported", "limit",   "timeout",   "changed"};
    text_buffer_printf(out, "%s%s%s\n", name, what, codes[-code]);
}

static void list_source(struct byte_source *source, const char *name, struct input_budget *budget,
                        unsigned depth, struct text_buffer *out, struct text_buffer *content);

static void list_members(const struct container_format *format, struct byte_source *source,
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
static void list_source(struct byte_source *source, const char *name, struct input_budget *budget,
                        unsigned depth, struct text_buffer *out, struct text_buffer *content) {
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
static const char *listed(const char *path, struct text_buffer *content) {
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

/* ---- compressed streams ---- */

struct tool {
    const char *ending;
    const char *compress; /* a filter */
    const char *restore;
    bool pads; /* zeros at the end are allowed */
    const char *name;
};

static const struct tool tools[] = {
    {".gz", "gzip -6", "gzip -dc", true, "gzip"},
    {".zst", "zstd -3 --check", "zstd -dc", true, "zstd"},
    {".xz", "xz -1", "xz -dc", true, "xz"},
    {".lzma", "xz -1 --format=lzma", "xz -dc --format=lzma", false, "xz"},
    {".bz2", "bzip2 -1", "bzip2 -dc", true, "bzip2"},
    {".lz4", "lz4 -c -B4", "lz4 -dc", true, "lz4"},
};

enum { TOOL_COUNT = sizeof tools / sizeof *tools };

static void expect_content(const char *path, const struct text_buffer *expected,
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

static void streams(void) {
    struct text_buffer sample = load("sample"), twice = load("sample");
    text_buffer_put(&twice, text_buffer_view(&sample));
    for (size_t i = 0; i < TOOL_COUNT; i++) {
        const struct tool *tool = &tools[i];
        if (!has_tool(tool->name)) {
            continue;
        }
        char path[64];
        snprintf(path, sizeof path, "s.sql%s", tool->ending);
        CHECK(shell("%s <sample >%s", tool->compress, path));
        expect_content(path, &sample, "!/s.sql 3228890 ok\n");
        if (strcmp(tool->ending, ".lzma") != 0) {
            CHECK(shell("cat %s %s >two%s", path, path, tool->ending));
            snprintf(path, sizeof path, "two%s", tool->ending);
            expect_content(path, &twice, " ok\n");
        }
        CHECK(shell("{ cat s.sql%s; echo garbage and more garbage; } >bad", tool->ending));
        expect_content("bad", &sample, " damaged\n");
        if (tool->pads) {
            CHECK(shell("{ cat s.sql%s; head -c 1024 /dev/zero; } >padded", tool->ending));
            expect_content("padded", &sample, " ok\n");
        }
    }
    text_buffer_release(&sample);
    text_buffer_release(&twice);
}

/* Cut off anywhere: everything that can be decoded comes (at least what the tool itself gives),
 * then the truth. */
static void cut_streams(void) {
    struct text_buffer sample = load("sample");
    for (size_t i = 0; i < TOOL_COUNT; i++) {
        const struct tool *tool = &tools[i];
        if (!has_tool(tool->name) || !shell("%s <sample >cut.all", tool->compress)) {
            continue;
        }
        struct text_buffer all = load("cut.all");
        const size_t cuts[] = {14,
                               40,
                               all.len / 10,
                               all.len / 3,
                               all.len / 2,
                               all.len - 20000,
                               all.len - 100,
                               all.len - 9,
                               all.len - 4,
                               all.len - 1};
        for (size_t c = 0; c < sizeof cuts / sizeof *cuts; c++) {
            save("cut", all.data, cuts[c]);
            struct text_buffer content;
            text_buffer_init(&content, 0);
            const char *list = listed("cut", &content);
            if (strstr(list, " truncated\n") == NULL) {
                printf("%s cut at %zu of %zu: %s\n", tool->ending, cuts[c], all.len, list);
            }
            CHECK(strstr(list, " truncated\n") != NULL);
            CHECK(bytes_starts_with(text_buffer_view(&sample), text_buffer_view(&content)));
            (void)shell("%s <cut >cut.restored", tool->restore);
            struct text_buffer restored = load("cut.restored");
            if (content.len < restored.len) {
                printf("%s cut at %zu of %zu: %zu bytes, the tool gives %zu\n", tool->ending,
                       cuts[c], all.len, content.len, restored.len);
            }
            CHECK(content.len >= restored.len);
            text_buffer_release(&restored);
            text_buffer_release(&content);
        }
        text_buffer_release(&all);
    }
    text_buffer_release(&sample);
}

/* A damaged stream never passes, and what comes before the damage stands. */
static void damaged_streams(void) {
    struct text_buffer sample = load("sample");
    for (size_t i = 0; i < TOOL_COUNT; i++) {
        if (!has_tool(tools[i].name) || !shell("%s <sample >damaged.all", tools[i].compress)) {
            continue;
        }
        struct text_buffer all = load("damaged.all");
        for (size_t place = all.len / 4; place < all.len; place += all.len / 4 + 11) {
            all.data[place] = (char)(all.data[place] ^ 0x55);
            save("damaged", all.data, all.len);
            all.data[place] = (char)(all.data[place] ^ 0x55);
            struct text_buffer content;
            text_buffer_init(&content, 0);
            const char *list = listed("damaged", &content);
            const bool told =
                strstr(list, " damaged\n") != NULL || strstr(list, " truncated\n") != NULL;
            if (!told) {
                printf("%s at %zu of %zu: %s\n", tools[i].ending, place, all.len, list);
            }
            CHECK(told || strcmp(tools[i].ending, ".lzma") == 0); /* has no checksum */
            size_t same = 0;
            while (same < content.len && same < sample.len &&
                   content.data[same] == sample.data[same]) {
                same++;
            }
            CHECK(same >= sample.len / 10); /* the first blocks are untouched */
            text_buffer_release(&content);
        }
        text_buffer_release(&all);
    }
    text_buffer_release(&sample);
}

static void gzip_headers(void) {
    /* FEXTRA, FNAME, FCOMMENT and FHCRC at once, then "hi" in a stored block. */
    static const uint8_t all[] = {0x1F, 0x8B, 8,   30,  0,   0,    0,    0,    0,    3, 2, 0, 'x',
                                  'y',  'n',  '.', 's', 'q', 'l',  0,    'c',  0,    1, 2, 1, 2,
                                  0,    253,  255, 'h', 'i', 0xAC, 0x2A, 0x93, 0xD8, 2, 0, 0, 0};
    save("full.gz", all, sizeof all);
    CHECK_STR(listed("full.gz", NULL), "!/n.sql 2 ok\n");
    uint8_t wrong[sizeof all];
    memcpy(wrong, all, sizeof all);
    wrong[31] ^= 1; /* the checksum */
    save("wrong.gz", wrong, sizeof wrong);
    CHECK_STR(listed("wrong.gz", NULL), "!/n.sql 2 damaged\n");
    for (size_t cut = 4; cut < 24; cut++) { /* within the header there is no member yet */
        save("cut.gz", all, cut);
        CHECK_STR(listed("cut.gz", NULL), "cut.gz stopped truncated\n");
    }
}

static void content_names(void) {
    static const struct {
        const char *format, *name, *content;
    } rows[] = {
        {"gzip", "shop.sql.gz", "shop.sql"},
        {"gzip", "x.tgz", "x.tar"},
        {"gzip", "X.SQL.GZ", "X.SQL"},
        {"gzip", "odd.name", "odd.name"},
        {"zstd", "b.tar.zst", "b.tar"},
        {"bzip2", "b.tbz2", "b.tar"},
        {"xz", "b.txz", "b.tar"},
        {"zip", "b.zip", "b.zip"},
        {"gzip", ".gz", ".gz"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct container_format *const *format = container_formats;
        while (strcmp((*format)->name, rows[i].format) != 0) {
            format++;
        }
        char buffer[64], name[64] = "";
        struct bytes content =
            container_content_name(*format, bytes_of_string(rows[i].name), buffer, sizeof buffer);
        memcpy(name, content.ptr, content.len);
        CHECK_STR(name, rows[i].content);
    }
}

static void large_windows(void) {
    if (!has_tool("zstd") ||
        !shell("{ cat sample; head -c 20000000 /dev/urandom; cat sample; } | zstd -3 --long=30 "
               "--single-thread -o window.zst")) {
        return;
    }
    CHECK_STR(listed("window.zst", NULL), "!/window 0 limit\n");
    limits.max_memory = UINT64_C(1) << 30;
    CHECK_STR(listed("window.zst", NULL), "!/window 26457780 ok\n");
    input_limits_default(&limits);
    if (has_tool("xz") && shell("xz -6 <sample >window.xz")) {
        limits.max_memory = 1 << 20;
        CHECK_STR(listed("window.xz", NULL), "!/window 0 limit\n");
        input_limits_default(&limits);
    }
}

/* ---- archives ---- */

static void make_tree(void) {
    CHECK(shell("rm -rf tree; mkdir -p tree/db tree/void && cp sample tree/db/shop.sql && "
                "cp small tree/a.log && : >tree/zero && ln -s a.log tree/link && "
                "ln tree/a.log tree/hard && mkfifo tree/pipe"));
}

static void tars(void) {
    make_tree();
    static const char *const forms[] = {"gnu", "pax", "ustar", "oldgnu"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        CHECK(shell("tar --sort=name --format=%s -C tree -cf t.tar .", forms[i]));
        CHECK_STR(listed("t.tar", NULL), "t.tar!/a.log 5090 ok\n"
                                         "t.tar!/db/shop.sql 3228890 ok\n"
                                         "t.tar!/hard special\n"
                                         "t.tar!/link special\n"
                                         "t.tar!/pipe special\n"
                                         "t.tar!/zero 0 ok\n");
    }
    CHECK(shell("tar --format=v7 -cf v7.tar small"));
    CHECK_STR(listed("v7.tar", NULL), "v7.tar!/small 5090 ok\n");
    CHECK(shell("tar -cf one.tar small && tar -cf two.tar sample && cat two.tar >>one.tar"));
    CHECK_STR(listed("one.tar", NULL), "one.tar!/small 5090 ok\none.tar!/sample 3228890 ok\n");
    CHECK(shell("rm -f holes; truncate -s 3000000 holes && cat small >>holes && "
                "truncate -s 4000000 holes && tar -S -cf s.tar holes"));
    struct text_buffer holes = load("holes");
    expect_content("s.tar", &holes, "s.tar!/holes 4000000 ok\n");
    text_buffer_release(&holes);
}

static void cut_tars(void) {
    make_tree();
    CHECK(shell("tar --sort=name -C tree -cf t.tar a.log db && head -c 200000 t.tar >c.tar"));
    CHECK_STR(listed("c.tar", NULL), "c.tar!/a.log 5090 ok\n"
                                     "c.tar!/db/shop.sql 193344 truncated\n"
                                     "c.tar stopped truncated\n");
    /* Cut between two members: only the end mark is missing. */
    CHECK(shell("head -c 5632 t.tar >c.tar"));
    CHECK_STR(listed("c.tar", NULL), "c.tar!/a.log 5090 ok\nc.tar stopped truncated\n");
    CHECK(shell("gzip -c t.tar >t.tgz && head -c 100000 t.tgz >c.tgz"));
    const char *list = listed("c.tgz", NULL);
    CHECK(strstr(list, "a.log 5090 ok\n") != NULL);
    CHECK(strstr(list, " truncated\n") != NULL);
    /* The tar is whole, only the checksum of the gzip around it is gone. */
    CHECK(shell("head -c -4 t.tgz >c.tgz"));
    CHECK_STR(listed("c.tgz", NULL), "!/t.tar!/a.log 5090 ok\n"
                                     "!/t.tar!/db/shop.sql 3228890 ok\n"
                                     "!/t.tar stopped truncated\n");
}

static void zips(void) {
    make_tree();
    if (!has_tool("zip")) {
        return;
    }
    CHECK(shell("cd tree && zip -qry ../t.zip a.log db zero link"));
    CHECK_STR(listed("t.zip", NULL), "t.zip!/a.log 5090 ok\n"
                                     "t.zip!/db/shop.sql 3228890 ok\n"
                                     "t.zip!/zero 0 ok\n"
                                     "t.zip!/link special\n");
    CHECK(shell("head -c -200 t.zip >c.zip")); /* no directory: by the local headers */
    const char *list = listed("c.zip", NULL);
    CHECK(strstr(list, "c.zip!/db/shop.sql 3228890 ok\n") != NULL);
    CHECK(shell("head -c 300000 t.zip >c.zip"));
    list = listed("c.zip", NULL);
    CHECK(strstr(list, "c.zip!/a.log 5090 ok\n") != NULL);
    CHECK(strstr(list, " truncated\n") != NULL);
    CHECK(shell("cd tree && zip -qr -P secret ../e.zip a.log && zip -q ../e.zip zero db/shop.sql"));
    CHECK_STR(listed("e.zip", NULL), "e.zip!/a.log skipped encrypted\n"
                                     "e.zip!/zero 0 ok\n"
                                     "e.zip!/db/shop.sql 3228890 ok\n");
    CHECK(shell("gzip -c e.zip >e.zip.gz && tar -cf e.tar e.zip.gz")); /* spooled */
    list = listed("e.tar", NULL);
    CHECK(strstr(list, "!/db/shop.sql 3228890 ok\n") != NULL);
    /* A zip in a gzip that is cut off: what came is read. */
    CHECK(shell("gzip -c t.zip >c.gz && head -c 300000 c.gz >c.zip.gz"));
    list = listed("c.zip.gz", NULL);
    CHECK(strstr(list, "!/a.log 5090 ok\n") != NULL);
    CHECK(strstr(list, " truncated\n") != NULL);
}

/* Siblings of a damaged or unreadable member are still read. */
static void damaged_zips(void) {
    if (!has_tool("zip") ||
        !shell("cp sample s1; cp sample s2; cp sample s3; zip -q d.zip s1 s2 s3")) {
        return;
    }
    struct text_buffer zip = load("d.zip");
    const size_t member = zip.len / 3;
    memset(zip.data + member + member / 2, 0xFF, 100); /* in the middle of s2 */
    save("x.zip", zip.data, zip.len);
    const char *list = listed("x.zip", NULL);
    CHECK(strstr(list, "x.zip!/s1 3228890 ok\n") != NULL);
    CHECK(strstr(list, " damaged\n") != NULL);
    CHECK(strstr(list, "x.zip!/s3 3228890 ok\n") != NULL);
    text_buffer_release(&zip);
    /* Another method than deflate in both headers of s1: 9 is Deflate64. */
    zip = load("d.zip");
    zip.data[8] = 9;
    struct bytes all = text_buffer_view(&zip);
    zip.data[bytes_find(all, BYTES_LIT("PK\1\2")) + 10] = 9;
    save("x.zip", zip.data, zip.len);
    CHECK_STR(listed("x.zip", NULL), "x.zip!/s1 0 unsupported\n"
                                     "x.zip!/s2 3228890 ok\n"
                                     "x.zip!/s3 3228890 ok\n");
    text_buffer_release(&zip);
}

/* Names in Big5, as Windows writes them, come as UTF-8; UTF-8 and what is neither stay. */
static void zip_names(void) {
    static const uint8_t zip[] =
        "PK\3\4\12\0\0\0\0\0\0\0\0\0\xAC\x2A\x93\xD8\2\0\0\0\2\0\0\0\10\0\0\0\xB3\x5C\xA5\\.txthi"
        "PK\1\2\12\0\12\0\0\0\0\0\0\0\0\0\xAC\x2A\x93\xD8\2\0\0\0\2\0\0\0\10\0\0\0\0\0\0\0\0\0"
        "\0\0\0\0\0\0\0\0\xB3\x5C\xA5\\.txtPK\5\6\0\0\0\0\1\0\1\0\x36\0\0\0\x28\0\0\0\0";
    save("n.zip", zip, sizeof zip);
    CHECK_STR(listed("n.zip", NULL), "n.zip!/\xE8\xA8\xB1\xE5\x8A\x9F.txt 2 ok\n"); /* 許功 */
    uint8_t other[sizeof zip];
    memcpy(other, zip, sizeof zip);
    for (size_t i = 0; i + 1 < sizeof zip; i++) {
        if (other[i] == 0xB3 && other[i + 1] == 0x5C) {
            memcpy(other + i, "\xC3\xA9\xC3\xA9", 4);
        }
    }
    save("n.zip", other, sizeof other);
    CHECK_STR(listed("n.zip", NULL), "n.zip!/\xC3\xA9\xC3\xA9.txt 2 ok\n");
}

/* Names in UTF-8, whatever the locale of the process is (here: "C", as for any library). */
static void utf8_names(void) {
    static const char name[] = "\xE8\xB3\x87\xE6\x96\x99 1.sql"; /* 資料 */
    static const char expected[] = "!/\xE8\xB3\x87\xE6\x96\x99 1.sql 5090 ok\n";
    static const struct {
        const char *tool, *command, *file;
    } rows[] = {{"tar", "tar --format=pax -cf u.tar", "u.tar"},
                {"tar", "tar --format=gnu -cf u.tar", "u.tar"},
                {"zip", "LC_ALL=C.UTF-8 zip -q u.zip", "u.zip"},
                {"7z", "LC_ALL=C.UTF-8 7z a u.7z", "u.7z"},
                {"7z", "LC_ALL=C.UTF-8 7z a -mcu=on w.zip", "w.zip"}};
    CHECK(shell("cp small '%s'", name));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (has_tool(rows[i].tool)) {
            CHECK(shell("%s '%s'", rows[i].command, name));
            const char *list = listed(rows[i].file, NULL);
            if (!bytes_ends_with(bytes_of_string(list), bytes_of_string(expected))) {
                printf("%s: %s", rows[i].command, list);
            }
            CHECK(bytes_ends_with(bytes_of_string(list), bytes_of_string(expected)));
        }
    }
}

static void seven_zips(void) {
    make_tree();
    if (!has_tool("7z")) {
        return;
    }
    CHECK(shell("cd tree && 7z a -snl ../t.7z a.log db/shop.sql zero"));
    const char *list = listed("t.7z", NULL);
    CHECK(strstr(list, "t.7z!/a.log 5090 ok\n") != NULL);
    CHECK(strstr(list, "t.7z!/db/shop.sql 3228890 ok\n") != NULL);
    CHECK(strstr(list, "t.7z!/zero 0 ok\n") != NULL);
    CHECK(strstr(list, "stopped") == NULL);
    CHECK(shell("tar -czf 7.tgz t.7z"));
    CHECK(strstr(listed("7.tgz", NULL), "t.7z!/db/shop.sql 3228890 ok\n") != NULL);
    CHECK(shell("cd tree && 7z a -psecret -mhe=on ../h.7z a.log"));
    CHECK_STR(listed("h.7z", NULL), "h.7z stopped encrypted\n");
    /* Plain and encrypted members in turn. */
    CHECK(shell("cp small m1; cp small m2; cp small m3; cp small m4; 7z a m.7z m1 && "
                "7z a -psecret m.7z m2 && 7z a m.7z m3 && 7z a -psecret m.7z m4"));
    list = listed("m.7z", NULL);
    CHECK(strstr(list, "m.7z!/m1 5090 ok\n") != NULL);
    CHECK(strstr(list, "m.7z!/m2 skipped encrypted\n") != NULL);
    CHECK(strstr(list, "m.7z!/m3 5090 ok\n") != NULL);
    CHECK(strstr(list, "m.7z!/m4 skipped encrypted\n") != NULL);
    CHECK(shell("head -c 300000 t.7z >c.7z"));
    list = listed("c.7z", NULL);
    CHECK(strstr(list, "c.7z stopped ") != NULL);
}

static void add_cpio(struct text_buffer *out, const char *name, unsigned mode, const char *data) {
    size_t start = out->len;
    text_buffer_printf(out, "070701%08X%08X%08X%08X%08X%08X%08zX%08X%08X%08X%08X%08zX%08X", 1U,
                       mode, 0U, 0U, 1U, 0U, strlen(data), 0U, 0U, 0U, 0U, strlen(name) + 1, 0U);
    text_buffer_put(out, bytes_of(name, strlen(name) + 1));
    text_buffer_repeat(out, '\0', (4 - (out->len - start) % 4) % 4);
    text_buffer_puts(out, data);
    text_buffer_repeat(out, '\0', (4 - (out->len - start) % 4) % 4);
}

static void cpios(void) {
    struct text_buffer cpio;
    text_buffer_init(&cpio, 0);
    add_cpio(&cpio, "dir", 040755, "");
    add_cpio(&cpio, "dir/a.sql", 0100644, "some text");
    add_cpio(&cpio, "TRAILER!!!", 0, "");
    save("c.cpio", cpio.data, cpio.len);
    CHECK_STR(listed("c.cpio", NULL), "c.cpio!/dir/a.sql 9 ok\n");
    text_buffer_puts(&cpio, "something that was put behind the end");
    save("c.cpio", cpio.data, cpio.len);
    CHECK_STR(listed("c.cpio", NULL), "c.cpio!/dir/a.sql 9 ok\nc.cpio stopped damaged\n");
    save("c.cpio", cpio.data, 250);
    CHECK_STR(listed("c.cpio", NULL), "c.cpio!/dir/a.sql 9 ok\nc.cpio stopped truncated\n");
    text_buffer_release(&cpio);
}

/* ---- hostile ---- */

static void bombs(void) {
    if (has_tool("zstd") && shell("head -c 400000000 /dev/zero | zstd -o bomb.zst")) {
        struct text_buffer content;
        text_buffer_init(&content, 0);
        const char *list = listed("bomb.zst", &content);
        CHECK(strstr(list, " limit\n") != NULL);
        CHECK(content.len > (64 << 20) && content.len < (66 << 20));
        text_buffer_release(&content);
        limits.max_ratio = 0;
        CHECK_STR(listed("bomb.zst", NULL), "!/bomb 400000000 ok\n");
        input_limits_default(&limits);
    }
    /* The budget is that of the outermost file, wherever the bomb lies. */
    if (has_tool("zip") && shell("head -c 400000000 /dev/zero >zeros && gzip -1 zeros && "
                                 "zip -q9 zeros.zip zeros.gz && tar -cf zeros.tar zeros.zip")) {
        CHECK(strstr(listed("zeros.tar", NULL), " limit\n") != NULL);
    }
    make_tree();
    CHECK(shell("tar -C tree -cf t.tar a.log db zero"));
    limits.max_entries = 2;
    const char *list = listed("t.tar", NULL);
    CHECK(strstr(list, "t.tar!/a.log 5090 ok\nt.tar stopped limit\n") != NULL);
    input_limits_default(&limits);
}

/* Every prefix and many mutations of small containers: no crash, no endless loop. */
static void mutations(void) {
    CHECK(
        shell("tar -cf m.tar small; gzip -kf small; zstd -qf small; xz -kf small; bzip2 -kf small; "
              "lz4 -qf small small.lz4; rm -f m.zip mm.7z; zip -q m.zip small; 7z a mm.7z small; "
              ":"));
    static const char *const files[] = {"m.tar",     "small.gz",  "small.zst", "small.xz",
                                        "small.bz2", "small.lz4", "m.zip",     "mm.7z"};
    uint64_t state = 7;
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        if (access(files[f], F_OK) != 0) {
            continue;
        }
        struct text_buffer data = load(files[f]);
        for (unsigned round = 0; round < 300; round++) {
            state = state * UINT64_C(6364136223846793005) + 1442695040888963407U;
            const size_t place = (size_t)(state >> 33) % data.len;
            const char was = data.data[place];
            data.data[place] = (char)(state >> 25);
            save("mutant", data.data, round % 3 == 0 ? place : data.len);
            (void)listed("mutant", NULL);
            data.data[place] = was;
        }
        text_buffer_release(&data);
    }
}

static const struct test_case cases[] = {
    {"streams", streams},
    {"cut_streams", cut_streams},
    {"damaged_streams", damaged_streams},
    {"gzip_headers", gzip_headers},
    {"content_names", content_names},
    {"large_windows", large_windows},
    {"tars", tars},
    {"cut_tars", cut_tars},
    {"zips", zips},
    {"damaged_zips", damaged_zips},
    {"zip_names", zip_names},
    {"utf8_names", utf8_names},
    {"seven_zips", seven_zips},
    {"cpios", cpios},
    {"bombs", bombs},
    {"mutations", mutations},
};

int main(int argc, char **argv) {
    input_limits_default(&limits);
    set_up();
    int status = check_run(cases, sizeof cases / sizeof *cases, argc, argv);
    tear_down();
    return status;
}
