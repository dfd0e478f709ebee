/* Compressed streams: whole, in a row, in small pieces, cut off, damaged, with large windows. */
#include "listing.h"

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

/* A source that gives STEP bytes at a time. */
struct drip {
    struct byte_source base;
    struct bytes data;
    size_t at, step;
};

static int64_t drip_read(struct byte_source *source, void *buffer, size_t capacity,
                         struct error *err) {
    (void)err;
    struct drip *drip = (struct drip *)source;
    struct bytes part = bytes_first(bytes_from(drip->data, drip->at), drip->step);
    part = bytes_first(part, capacity);
    memcpy(buffer, part.ptr, part.len);
    drip->at += part.len;
    return (int64_t)part.len;
}

static void drip_close(struct byte_source *source) {
    (void)source;
}

/* However the input is cut into reads, members in a row are found. */
static void dripping_streams(void) {
    static const struct byte_source_ops drip_ops = {.read = drip_read, .close = drip_close};
    struct text_buffer expected;
    text_buffer_init(&expected, 0);
    struct text_buffer small = load("small");
    for (unsigned i = 0; i < 3; i++) {
        text_buffer_put(&expected, text_buffer_view(&small));
    }
    for (size_t i = 0; i < TOOL_COUNT; i++) {
        if (strcmp(tools[i].ending, ".lzma") == 0 || !has_tool(tools[i].name) ||
            !shell("%s <small >drip1; cat drip1 drip1 drip1 >drip3", tools[i].compress)) {
            continue;
        }
        struct text_buffer data = load("drip3");
        for (size_t step = 1; step < 40; step++) {
            struct drip drip = {
                .base = {&drip_ops, UINT64_MAX}, .data = text_buffer_view(&data), .step = step};
            struct text_buffer content, list;
            text_buffer_init(&content, 0);
            text_buffer_init(&list, 0);
            struct input_budget budget;
            input_budget_start(&budget, &limits);
            const struct container_format *format = container_detect(drip.data);
            list_members(format, &drip.base, "x", &budget, 0, &list, &content);
            CHECK(bytes_equal(text_buffer_view(&content), text_buffer_view(&expected)));
            CHECK(strstr(text_buffer_string(&list), " ok\n") != NULL);
            text_buffer_release(&content);
            text_buffer_release(&list);
        }
        text_buffer_release(&data);
    }
    text_buffer_release(&small);
    text_buffer_release(&expected);
}

/* Cut off anywhere: everything that can be decoded comes (at least what the tool itself gives),
 * then the truth. ISA-L takes up to three symbols of DEFLATE in one look-up: up to two whole ones
 * go with the one that is cut. */
static void cut_streams(void) {
    enum { HELD_BACK = 2 };
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
            if (content.len + HELD_BACK < restored.len) {
                printf("%s cut at %zu of %zu: %zu bytes, the tool gives %zu\n", tool->ending,
                       cuts[c], all.len, content.len, restored.len);
            }
            CHECK(content.len + HELD_BACK >= restored.len);
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

static const struct test_case cases[] = {
    {"streams", streams},
    {"dripping_streams", dripping_streams},
    {"cut_streams", cut_streams},
    {"damaged_streams", damaged_streams},
    {"gzip_headers", gzip_headers},
    {"content_names", content_names},
    {"large_windows", large_windows},
};

int main(int argc, char **argv) {
    return listing_run(cases, sizeof cases / sizeof *cases, argc, argv);
}
