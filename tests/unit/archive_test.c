/* Archives: tar, cpio, zip, 7z; whole, cut off, damaged, encrypted, hostile. */
#include "listing.h"
#include "tests/random.h"

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
    CHECK_STR(listed("x.zip", NULL), "x.zip!/s1 skipped unsupported\n"
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
            static const uint8_t utf8[] = {0xC3, 0xA9, 0xC3, 0xA9};
            memcpy(other + i, utf8, sizeof utf8);
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
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        if (access(files[f], F_OK) != 0) {
            continue;
        }
        struct text_buffer data = load(files[f]);
        for (unsigned round = 0; round < 300; round++) {
            const uint64_t random = random_next();
            const size_t place = (size_t)(random >> 33) % data.len;
            const char was = data.data[place];
            data.data[place] = (char)(random >> 25);
            save("mutant", data.data, round % 3 == 0 ? place : data.len);
            (void)listed("mutant", NULL);
            data.data[place] = was;
        }
        text_buffer_release(&data);
    }
}

static const struct test_case cases[] = {
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
    return listing_run(cases, sizeof cases / sizeof *cases, argc, argv);
}
