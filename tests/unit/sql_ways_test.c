/* The SQL decoders: hostile and giant texts, and the promise that the fast path, the scalar path
 * and any cutting of the stream leave the same cells. */
#include "tests/random.h"
#include "tests/unit/check.h"
#include "tests/unit/sql_seen.h"

/* ---- hostile texts, three ways ---- */

static const char *const fragments[] = {
    "(",
    ")",
    ",",
    "'",
    "''",
    "\\",
    "\\'",
    "\"",
    "-- ",
    "\n",
    "/*",
    "*/",
    "N'a'",
    "E'\\''",
    "0x41",
    "NULL",
    "12",
    "1e5",
    " ",
    ";",
    "$$",
    "`",
    "[",
    "\t",
    "\\N",
    "\\.\n",
    "x'4142'",
    "_utf8 ",
    "#",
    "\xE7\x8E\x8B",
    "\xFF",
    "--",
    "\\\\",
    "1--1",
    "'\\x41'",
    "NOW()",
    "),(",
    "'a','b'",
    "\r\n",
    "+.5",
    "\\\\x41",
    "/*!50001 ",
    "-",
    "DELIMITER ;;\n",
    "\xEF\xBB\xBF",
};
static const char *const statements[] = {
    "INSERT INTO t VALUES (",
    ");\nINSERT INTO t VALUES (",
    "'); INSERT INTO `u` (a,`b,`) VALUES ('",
    "\nCOPY t (a, \"b,\") FROM stdin;\n",
    ";\nCREATE TABLE t (a int, b text COMMENT 'x');\n",
    "\n\\.\n",
    ";\nSET sql_mode='NO_BACKSLASH_ESCAPES';\n",
    ";\nUSE d;\n",
    "\nGO\n",
};

/* Rows of a table as tools write them; the odder, the more of them hold something that is no string
 * and no whole number. */
static void put_plain_rows(struct text_buffer *out) {
    static const char *const last[] = {"-1.5",  "NULL",        "12",  "''",
                                       "1.2.3", "NULLIF(1,2)", "12U", "-"};
    uint32_t rows = random_below(40), odd = random_below(9);
    const char *blank = random_below(3) == 0 ? " " : "";
    for (uint32_t i = 0; i < rows; i++) {
        text_buffer_printf(out, "%s(%u,%s'%0*u',%s'%s',%s%s)",
                           i == 0 ? "INSERT INTO p VALUES " : ",", random_below(100000), blank,
                           (int)random_below(90), random_below(1000), blank,
                           random_below(odd + 1) > 7 ? "it''s \\\" " : "王小明", blank,
                           random_below(3) < odd ? last[random_below(odd)] : "12");
    }
    text_buffer_puts(out, ";\n");
}

/* Rows of COPY, most of them like the table. */
static void put_copied_rows(struct text_buffer *out) {
    static const char *const odd[] = {"\\N", "",   "-1.5", "a\\tb", "\\\\x4142", "\\\\.", "x\\",
                                      "王",  "\r", "1\t2", "\\",    "\\NN",      "COPY"};
    uint32_t rows = random_below(300), columns = 1 + random_below(11), share = random_below(60);
    text_buffer_puts(out, "COPY copied (c0");
    for (uint32_t i = 1; i < columns; i++) {
        text_buffer_printf(out, ", c%u", i);
    }
    text_buffer_puts(out, ") FROM stdin;\n");
    for (uint32_t i = 0; i < rows * columns; i++) {
        if (random_below(60) < share / 8) {
            text_buffer_puts(out, odd[random_below(sizeof odd / sizeof *odd)]);
        } else {
            text_buffer_printf(out, "%0*u", (int)random_below(random_below(90) == 0 ? 400 : 30),
                               random_below(1000));
        }
        text_buffer_puts(out, (i + 1) % columns != 0 ? "\t" : share == 1 ? "\r\n" : "\n");
    }
    text_buffer_puts(out, random_below(20) == 0 ? "" : "\\.\n");
}

static void put_hostile(struct text_buffer *out, size_t pieces) {
    for (size_t i = 0; i < pieces; i++) {
        uint32_t kind = random_below(60);
        if (kind < 4) {
            put_plain_rows(out);
        } else if (kind == 4) {
            put_copied_rows(out);
        } else if (kind < 12) {
            text_buffer_puts(out, statements[random_below(sizeof statements / sizeof *statements)]);
        } else if (kind == 12) {
            text_buffer_repeat(out, '\\', random_below(200));
        } else if (kind == 13) {
            text_buffer_repeat(out, '\'', random_below(200));
        } else {
            text_buffer_puts(out, fragments[random_below(sizeof fragments / sizeof *fragments)]);
        }
    }
}

static bool same_values(const struct seen *a, const struct seen *b) {
    return bytes_equal(text_buffer_view(&a->cells), text_buffer_view(&b->cells)) &&
           a->report.status == b->report.status && a->report.rows == b->report.rows;
}

/* The first line in which they differ. */
static void print_difference(const struct seen *a, const struct seen *b) {
    const char *x = text_buffer_string(&a->cells), *y = text_buffer_string(&b->cells);
    size_t line = 0;
    for (size_t i = 0; x[i] == y[i] && x[i] != '\0'; i++) {
        line = x[i] == '\n' ? i + 1 : line;
    }
    printf("scalar %d: %.80s\nfast   %d: %.80s\n", a->report.status, x + line, b->report.status,
           y + line);
}

/* The same bytes are running text, values, or neither; blanks and terminators between statements do
 * not matter. */
static bool same_cover(const struct seen *a, const struct seen *b, struct bytes data) {
    for (size_t i = 0; i < data.len; i++) {
        uint8_t c = data.ptr[i];
        bool blank = c == ' ' || c == ';' || (c >= '\t' && c <= '\r');
        if (!blank && a->covered[i] != b->covered[i]) {
            printf("byte %zu: scalar %d, fast %d, before: %.40s\n", i, a->covered[i], b->covered[i],
                   (const char *)data.ptr + (i < 20 ? 0 : i - 20));
            return false;
        }
    }
    return true;
}

static void compare_ways(struct bytes data, struct sql_dialect dialect) {
    static const size_t windows[] = {0, 1200, 2500};
    static const size_t blocks[] = {0, 1, 2, 7, 64};
    struct run run = usual(dialect);
    run.options.path = SQL_PATH_SCALAR;
    struct seen scalar = decode(data, &run);
    run.options.path = SQL_PATH_FAST;
    CHECK(scalar.sound);
    for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
        if (!isa_available(isa)) {
            continue;
        }
        run.isa = isa;
        run.options.window = windows[random_below(3)];
        run.block = blocks[random_below(5)];
        struct seen fast = decode(data, &run);
        CHECK(fast.sound);
        CHECK(same_values(&scalar, &fast));
        if (!same_values(&scalar, &fast)) {
            print_difference(&scalar, &fast);
        }
        CHECK(same_cover(&scalar, &fast, data));
        release(&fast);
    }
    release(&scalar);
}

static void test_all_ways_agree(void) {
    static const struct sql_dialect dialects[] = {{SQL_MYSQL, true, false},
                                                  {SQL_POSTGRES, false, false},
                                                  {SQL_STANDARD, false, false},
                                                  {SQL_TRANSACT, false, false},
                                                  {SQL_POSTGRES, true, false}};
    const char *asked = getenv("YINMA_TEST_ROUNDS");
    long rounds = asked == NULL ? 1500 : strtol(asked, NULL, 10);
    struct text_buffer text;
    text_buffer_init(&text, 0);
    for (long round = 0; round < rounds && check_failures == 0; round++) {
        text_buffer_clear(&text);
        random_state = ((uint64_t)round + 1) * UINT64_C(0x9E3779B97F4A7C15);
        put_hostile(&text, 10 + random_below(round % 10 == 0 ? 2000 : 100));
        compare_ways(text_buffer_view(&text), dialects[round % 5]);
        if (check_failures != 0) {
            printf("round %ld, %zu bytes\n", round, text.len);
        }
    }
    text_buffer_release(&text);
}

/* ---- values larger than any window ---- */

static void put_big(struct text_buffer *out, size_t len) {
    for (size_t i = 0; i < len; i += 11) {
        text_buffer_puts(out, i % 77 == 0 ? "it\\'s (x), " : "0912345678 ");
    }
}

static void test_giant_values(void) {
    static const struct {
        const char *before, *after, *cells;
        enum sql_flavor flavor;
    } cases[] = {
        {"INSERT INTO t VALUES (1,'", "',2),(3,'x',4);\n",
         "t.#1 [1] D: 1\nt.#3 [1] D: 2\nt.#1 [2] D: 3\nt.#2 [2] : x\nt.#3 [2] D: 4\n", SQL_MYSQL},
        {"COPY t (a, b) FROM stdin;\n1\t", "\n2\tx\n\\.\n",
         "t.a [1] : 1\nt.a [2] : 2\nt.b [2] : x\n", SQL_POSTGRES},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text_buffer text;
        text_buffer_init(&text, 0);
        text_buffer_puts(&text, cases[i].before);
        size_t begin = text.len;
        put_big(&text, (size_t)13 << 20);
        size_t end = text.len;
        text_buffer_puts(&text, cases[i].after);
        struct sql_dialect dialect = {cases[i].flavor, cases[i].flavor == SQL_MYSQL, false};
        struct run run = usual(dialect);
        struct seen seen = decode(text_buffer_view(&text), &run);
        CHECK(seen.sound);
        CHECK_STR(text_buffer_string(&seen.cells), cases[i].cells);
        CHECK(seen.pieces > 2);
        CHECK_INT(seen.piece_bytes, end - begin);
        CHECK(seen.largest <= (size_t)5 << 20);
        CHECK_INT(seen.report.status, 0);
        release(&seen);
        text_buffer_release(&text);
    }
}

static const struct test_case cases[] = {
    {"all ways agree", test_all_ways_agree},
    {"giant values", test_giant_values},
};

TEST_MAIN(cases)
