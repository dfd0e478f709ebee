/* Where a dump is cut between rows of COPY, and which statement they are said to belong to: a wrong
 * answer costs time only, so nothing else would tell of it. */
#include "run/pieces/copy.h"

#include "check.h"

struct memory {
    struct byte_source base;
    struct text_buffer text;
};

static int64_t memory_read_at(struct byte_source *source, uint64_t offset, void *buffer,
                              size_t capacity, struct error *err) {
    const struct memory *memory = (const struct memory *)source;
    (void)err;
    struct bytes part =
        bytes_first(bytes_from(text_buffer_view(&memory->text), (size_t)offset), capacity);
    memcpy(buffer, part.ptr, part.len);
    return (int64_t)part.len;
}

static const struct byte_source_ops memory_ops = {.read_at = memory_read_at};

static struct memory memory_new(void) {
    struct memory memory = {.base.ops = &memory_ops};
    text_buffer_init(&memory.text, 0);
    return memory;
}

static void put_rows(struct memory *memory, unsigned columns, unsigned rows) {
    for (unsigned row = 0; row < rows; row++) {
        for (unsigned i = 0; i < columns; i++) {
            text_buffer_printf(&memory->text, i % 3 == 1 ? "name %u" : "%u", row * 31 + i);
            text_buffer_putc(&memory->text, i + 1 < columns ? '\t' : '\n');
        }
    }
}

static void put_table(struct memory *memory, const char *head, unsigned columns, unsigned rows) {
    text_buffer_printf(&memory->text, "--\n-- Data for Name: a; Type: TABLE DATA\n--\n\n%s\n",
                       head);
    put_rows(memory, columns, rows);
    text_buffer_puts(&memory->text, "\\.\n\n\n");
}

/* The statement of the rows at TARGET, or "" … */
static void check_at(struct memory *memory, size_t target, const char *head) {
    struct piece_copy copy;
    struct error err = {0};
    piece_copy_init(&copy);
    CHECK_INT(piece_copy_find(&memory->base, target, NULL, &copy, &err), 0);
    CHECK_INT(copy.found, head[0] != '\0');
    if (copy.found && head[0] != '\0') {
        size_t len = strlen(head);
        CHECK_INT(copy.head.len, len + 1);
        CHECK(strncmp(text_buffer_string(&copy.head), head, len) == 0);
        CHECK(copy.at > target && copy.at < target + 1000);
        CHECK(memory->text.data[copy.at - 1] == '\n');
        CHECK(strncmp(memory->text.data + copy.statement_at, head, len) == 0);
    }
    piece_copy_release(&copy);
}

static const char members[] = "COPY public.members (id, name, mobile, card) FROM stdin;";
static const char orders[] = "COPY orders (id, name, paid) FROM stdin;";
static const char whole[] = "COPY public.whole FROM stdin;";

static void statements_are_found(void) {
    struct memory memory = memory_new();
    text_buffer_puts(&memory.text,
                     "-- PostgreSQL database dump\n\nSET client_encoding = 'UTF8';\n");
    put_table(&memory, orders, 3, 9000);
    size_t first = memory.text.len;
    put_table(&memory, members, 4, 300000); /* many times what is searched line by line */
    size_t second = memory.text.len;
    put_table(&memory, whole, 7, 4000);
    size_t third = memory.text.len;
    check_at(&memory, 300, orders);
    check_at(&memory, first - 5000, orders);
    for (size_t at = first + 2000; at + 2000 < second; at += (second - first) / 37) {
        check_at(&memory, at, members);
    }
    check_at(&memory, second + 3000, whole);
    check_at(&memory, third - 3, "");
    check_at(&memory, third, "");
    text_buffer_release(&memory.text);
}

static void other_lines_have_none(void) {
    struct memory memory = memory_new();
    text_buffer_puts(&memory.text, "COPY was never said\n\n");
    put_rows(&memory, 4, 90000);
    check_at(&memory, 900, "");
    check_at(&memory, memory.text.len / 2, "");
    text_buffer_clear(&memory.text);
    for (unsigned i = 0; i < 9000; i++) {
        text_buffer_printf(&memory.text, "INSERT INTO t VALUES (%u,'a');\n", i);
    }
    check_at(&memory, 90000, "");
    put_table(&memory, orders, 4, 9000); /* not as many columns as it says */
    check_at(&memory, memory.text.len - 9000, "");
    text_buffer_release(&memory.text);
}

static void statements_are_told_apart(void) {
    CHECK_INT(piece_copy_statement(BYTES_LIT("COPY a FROM stdin;\n1\t2\n")), 19);
    CHECK_INT(piece_copy_statement(BYTES_LIT("COPY a (b, \"c d\") FROM STDIN;\r\n")), 31);
    CHECK_INT(piece_copy_statement(BYTES_LIT("COPY a FROM stdin;")), 0); /* more of it may come */
    CHECK_INT(piece_copy_statement(BYTES_LIT("COPY a FROM stdin CSV;\n")), 0);
    CHECK_INT(piece_copy_statement(BYTES_LIT("COPY \n")), 0);
    CHECK_INT(piece_copy_statement(BYTES_LIT("")), 0);
    CHECK(piece_copy_ends(BYTES_LIT("\\.\n")) && piece_copy_ends(BYTES_LIT("\\.")));
    CHECK(piece_copy_ends(BYTES_LIT("\\.\r\n")) && !piece_copy_ends(BYTES_LIT("\\.x\n")));
    CHECK(!piece_copy_ends(BYTES_LIT("\\\\.\n")) && !piece_copy_ends(BYTES_LIT("\\")));
}

static const struct test_case cases[] = {
    {"statements_are_found", statements_are_found},
    {"other_lines_have_none", other_lines_have_none},
    {"statements_are_told_apart", statements_are_told_apart},
};
TEST_MAIN(cases)
