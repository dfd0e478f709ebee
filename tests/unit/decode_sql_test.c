/* The SQL decoders: what real tools write, hostile texts, and the promise that the fast path, the
 * scalar path and any cutting of the stream leave the same cells. */
#include "check.h"
#include "tests/random.h"

#include "core/text_buffer.h"
#include "decode/sql/decoder.h"

/* ---- a source over memory that gives at most BLOCK bytes at a time ---- */

struct memory_source {
    struct byte_source base;
    struct bytes data;
    size_t at, block;
};

static int64_t memory_read(struct byte_source *self, void *buffer, size_t capacity,
                           struct error *err) {
    struct memory_source *m = (struct memory_source *)self;
    size_t len = m->data.len - m->at;
    (void)err;
    len = len < capacity ? len : capacity;
    len = m->block != 0 && len > m->block ? m->block : len;
    memcpy(buffer, m->data.ptr + m->at, len);
    m->at += len;
    return (int64_t)len;
}

static void memory_close(struct byte_source *self) {
    (void)self;
}

static const struct byte_source_ops memory_ops = {.read = memory_read, .close = memory_close};

/* ---- what a decoder said, as text ---- */

struct run {
    struct sql_options options;
    enum isa isa;
    size_t block;
};

struct seen {
    struct text_buffer cells;  /* one line a value: table.column [row] flags: text */
    uint8_t *covered;          /* for each byte: 1 running text, 2 a value */
    struct text_buffer tables; /* one line a table: name rows: columns */
    struct decode_report report;
    size_t largest; /* segment */
    unsigned pieces;
    uint64_t piece_bytes;
    bool sound; /* segments without gaps, cells sorted and inside */
};

static void release(struct seen *seen) {
    text_buffer_release(&seen->cells);
    text_buffer_release(&seen->tables);
    free(seen->covered);
}

static void put_name(struct text_buffer *out, const struct field_set *fields, uint32_t number) {
    const struct field *field = field_set_field(fields, number);
    const struct table *table = field_set_table_view(fields, field->table);
    text_buffer_put(out, table->name);
    text_buffer_putc(out, '.');
    text_buffer_put(out, field->column);
    if (field->label.len != 0) {
        text_buffer_puts(out, "<");
        text_buffer_put(out, field->label);
        text_buffer_puts(out, ">");
    }
}

static void put_flags(struct text_buffer *out, unsigned flags) {
    static const char letters[] = "TEHNPD"; /* text escaped hex null partial number */
    for (unsigned i = 0; letters[i] != '\0'; i++) {
        if ((flags >> i & 1) != 0) {
            text_buffer_putc(out, letters[i]);
        }
    }
}

static void put_value(struct seen *seen, const struct segment *s, const struct cell *cell,
                      const struct field_set *fields, uint64_t row) {
    struct bytes value = bytes_of(s->bytes + cell->offset, cell->length);
    uint8_t *plain = malloc(value.len + 1);
    put_name(&seen->cells, fields, cell->field);
    text_buffer_printf(&seen->cells, " [%llu] ", (unsigned long long)row);
    put_flags(&seen->cells, cell->flags);
    text_buffer_puts(&seen->cells, ": ");
    if ((cell->flags & CELL_ESCAPED) != 0 && plain != NULL) {
        value = bytes_of(plain, s->unescape(value, plain, s->dialect));
    }
    text_buffer_put(&seen->cells, value);
    text_buffer_putc(&seen->cells, '\n');
    free(plain);
}

static void look_at(struct seen *seen, const struct segment *s, const struct field_set *fields) {
    size_t mark = 0, before = s->begin;
    uint64_t row = 0;
    for (size_t i = 0; i < s->cell_count; i++) {
        const struct cell *cell = &s->cells[i];
        while (mark < s->row_count && s->rows[mark].first_cell <= i) {
            row = s->rows[mark++].row;
        }
        size_t end = (size_t)cell->offset + cell->length;
        seen->sound &= cell->offset >= before && end <= s->end;
        before = end;
        bool text = cell->field == FIELD_FREE_TEXT;
        memset(seen->covered + s->offset + cell->offset, text ? 1 : 2, cell->length);
        if ((cell->flags & CELL_PARTIAL) != 0) {
            seen->pieces++;
            seen->piece_bytes += cell->length;
        } else if (!text) {
            put_value(seen, s, cell, fields, row);
        }
    }
    seen->largest = s->end - s->begin > seen->largest ? s->end - s->begin : seen->largest;
}

static void put_tables(struct seen *seen, struct field_set *fields) {
    for (uint32_t i = 1; i < field_set_table_count(fields); i++) {
        const struct table *table = field_set_table_view(fields, i);
        text_buffer_put(&seen->tables, table->name);
        text_buffer_printf(&seen->tables, " %llu:", (unsigned long long)table->rows);
        for (uint32_t f = 0; f < table->field_count; f++) {
            const struct field *field = field_set_field(fields, table->first_field + f);
            text_buffer_putc(&seen->tables, ' ');
            text_buffer_put(&seen->tables, field->column);
            text_buffer_putc(&seen->tables, "-~="[field->attribution]);
        }
        text_buffer_putc(&seen->tables, '\n');
    }
}

static struct seen decode(struct bytes data, const struct run *run) {
    struct seen seen = {.sound = true};
    struct field_set *fields = field_set_new();
    struct error err;
    struct memory_source source = {
        .base = {&memory_ops, data.len}, .data = data, .block = run->block};
    struct decode_input in = {.source = &source.base,
                              .head = {.head = bytes_first(data, 65536)},
                              .fields = fields,
                              .ops = block64_ops(run->isa),
                              .report = &seen.report};
    void *state = NULL;
    uint64_t next = 0;
    struct segment s;
    text_buffer_init(&seen.cells, 0);
    text_buffer_init(&seen.tables, 0);
    seen.covered = calloc(1, data.len + 1);
    CHECK_INT(sql_open(&in, &run->options, &state, &err), 0);
    while (sql_next(state, &s, &err) > 0) {
        seen.sound &= s.offset + s.begin == next && s.end > s.begin && s.end <= s.len;
        next = s.offset + s.end;
        look_at(&seen, &s, fields);
    }
    seen.sound &= next == data.len;
    put_tables(&seen, fields);
    sql_close(state);
    field_set_free(fields);
    return seen;
}

static const struct sql_dialect mysql = {.flavor = SQL_MYSQL, .backslash = true};
static const struct sql_dialect postgres = {.flavor = SQL_POSTGRES};

static struct run usual(struct sql_dialect dialect) {
    return (struct run){.options = {.dialect = dialect}, .isa = isa_best()};
}

/* Cells of TEXT by both paths must be EXPECTED. */
static struct seen expect(const char *text, struct sql_dialect dialect, const char *expected) {
    struct run run = usual(dialect);
    run.options.named_tool = true;
    run.options.path = SQL_PATH_SCALAR;
    struct seen scalar = decode(bytes_of_string(text), &run);
    CHECK_STR(text_buffer_string(&scalar.cells), expected);
    release(&scalar);
    run.options.path = SQL_PATH_FAST;
    struct seen fast = decode(bytes_of_string(text), &run);
    CHECK_STR(text_buffer_string(&fast.cells), expected);
    CHECK(fast.sound);
    return fast;
}

static bool is_text(const struct seen *seen, const char *text, const char *part) {
    size_t at = bytes_find(bytes_of_string(text), bytes_of_string(part));
    return at != SIZE_MAX && seen->covered[at] == 1 && seen->covered[at + strlen(part) - 1] == 1;
}

/* ---- what the tools write ---- */

static void test_mysqldump(void) {
    static const char text[] =
        "/*M!999999\\- enable the sandbox mode */ \n"
        "-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB\n"
        "-- Current Database: `shop`\nUSE `shop`;\n"
        "/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;\n"
        "CREATE TABLE `way``bill` (\n"
        "  `id` int(11) NOT NULL AUTO_INCREMENT,\n"
        "  `name` varchar(50) COMMENT '收件人, it''s (姓名)',\n"
        "  `tel,2` varchar(20) CHARACTER SET big5 DEFAULT 'a,b',\n"
        "  `half` decimal(10,2) GENERATED ALWAYS AS (`id` / 2) STORED,\n"
        "  PRIMARY KEY (`id`),\n  KEY `k` (`name`,`tel,2`)\n) ENGINE=InnoDB;\n"
        "CREATE TABLE `nobody` (`a` int, `b` int);\n"
        "LOCK TABLES `way``bill` WRITE;\n"
        "INSERT INTO `way``bill` VALUES\n"
        "(1,'王小明','0912-345-678',0.5),\n"
        "(2,'O\\'Neil (x), \\\\','',NULL);\n"
        "INSERT INTO `way``bill` VALUES (3,'it''s',0x413132,-5e3);\nUNLOCK TABLES;\n"
        "DELIMITER ;;\n"
        "/*!50003 CREATE*/ /*!50003 TRIGGER t BEFORE INSERT ON x FOR EACH ROW BEGIN\n"
        "INSERT INTO log VALUES ('A123456789;'); END */;;\nDELIMITER ;\n"
        "REPLACE INTO `shop2`.`x` (`b`,`a`) VALUES ('1',2);\n-- Dump completed\n";
    struct seen seen = expect(text, mysql,
                              "shop.way`bill.id [1] D: 1\n"
                              "shop.way`bill.name<收件人, it's (姓名)> [1] : 王小明\n"
                              "shop.way`bill.tel,2 [1] : 0912-345-678\n"
                              "shop.way`bill.half [1] D: 0.5\n"
                              "shop.way`bill.id [2] D: 2\n"
                              "shop.way`bill.name<收件人, it's (姓名)> [2] E: O'Neil (x), \\\n"
                              "shop.way`bill.tel,2 [2] N: \n"
                              "shop.way`bill.half [2] N: \n"
                              "shop.way`bill.id [3] D: 3\n"
                              "shop.way`bill.name<收件人, it's (姓名)> [3] E: it's\n"
                              "shop.way`bill.tel,2 [3] H: 413132\n"
                              "shop.way`bill.half [3] D: -5e3\n"
                              "shop2.x.b [1] : 1\n"
                              "shop2.x.a [1] D: 2\n");
    CHECK_STR(text_buffer_string(&seen.tables), "shop.way`bill 3: id~ name~ tel,2~ half~\n"
                                                "shop2.x 1: b= a=\n"
                                                "shop.nobody 0: a~ b~\n");
    CHECK(is_text(&seen, text, "INSERT INTO log VALUES ('A123456789;'); END"));
    CHECK(is_text(&seen, text, "LOCK TABLES"));
    CHECK(is_text(&seen, text, "-- Dump completed"));
    CHECK(!is_text(&seen, text, "INSERT INTO `way``bill`"));
    CHECK_INT(seen.report.status, 0);
    CHECK_INT(seen.report.rows, 4);
    release(&seen);
}

static void test_odd_values(void) {
    static const char text[] =
        "INSERT IGNORE INTO t (a, t.b) VALUES (_binary 'x\\ty', CONVERT(\"it's\" USING utf8mb4)),\n"
        " -- between (1,'2')\n"
        "( /* it's, ( */ 'c' , x'4142'),('d'/*)*/,concat('e','f')),(NOW(),\"g,h\"),"
        "(true,str_to_date('2020/01/02','%Y/%m/%d')),((1+2),b'101') ON DUPLICATE KEY UPDATE a='z';"
        "INSERT t VALUES (DEFAULT,_utf8mb4'i''j'),(),('only'),('too',1,'many');";
    struct seen seen = expect(text, mysql,
                              "t.a [1] E: x\ty\n"
                              "t.b [1] : it's\n"
                              "t.a [2] : c\n"
                              "t.b [2] H: 4142\n"
                              "t.a [3] : d\n"
                              "t.b [3] T: concat('e','f')\n"
                              "t.a [4] : NOW()\n"
                              "t.b [4] : g,h\n"
                              "t.a [5] : true\n"
                              "t.b [5] : 2020/01/02\n"
                              "t.a [6] : (1+2)\n"
                              "t.b [6] : 101\n"
                              "t.a [0] : z\n"
                              "t.a [7] N: \n"
                              "t.b [7] E: i'j\n"
                              "t.#1 [9] : only\n"
                              "t.#1 [10] : too\n"
                              "t.#2 [10] D: 1\n"
                              "t.#3 [10] : many\n");
    CHECK(is_text(&seen, text, "-- between (1,'2')"));
    CHECK(is_text(&seen, text, "/* it's, ( */"));
    CHECK(is_text(&seen, text, "/*)*/"));
    CHECK(is_text(&seen, text, "ON DUPLICATE KEY UPDATE a="));
    release(&seen);
    seen = expect("INSERT INTO x VALUES (1,'a'),(2,'b');INSERT INTO x VALUES (3,'c');", mysql,
                  "x.#1 [1] D: 1\nx.#2 [1] : a\nx.#1 [2] D: 2\nx.#2 [2] : b\n"
                  "x.#1 [3] D: 3\nx.#2 [3] : c\n");
    CHECK_STR(text_buffer_string(&seen.tables), "x 3: #1- #2-\n");
    release(&seen);
}

static void test_pg_dump(void) {
    static const char text[] =
        "--\n-- PostgreSQL database dump\n--\n\\restrict abc\n"
        "SET standard_conforming_strings = on;\n"
        "SELECT pg_catalog.set_config('search_path', '', false);\n"
        "CREATE FUNCTION public.f() RETURNS text LANGUAGE sql AS $_$ SELECT 'it;'';'; $_$;\n"
        "CREATE TABLE public.pay (\n    id integer NOT NULL,\n    \"Recipient, Name\" text,\n"
        "    key character varying(20) DEFAULT 'x,y'::character varying,\n    raw bytea,\n"
        "    CONSTRAINT c CHECK ((id > 0))\n);\n"
        "COMMENT ON COLUMN public.pay.key IS '電話''s';\n"
        "COPY public.pay (id, \"Recipient, Name\", key, raw) FROM stdin;\n"
        "1\t王小明\\n\\\\.\t\\N\t\\\\x4131\n"
        "\\.x\t\t'a'\\tb\t\n"
        "\\\\.\tshort\n"
        "\\.\n"
        "COPY public.crlf (a, b) FROM stdin;\r\nx\ty\r\n\\.\r\n"
        "INSERT INTO public.pay VALUES (4, 'C:\\dir ''q''\nnext', E'a\\'b', '\\x4142');\n"
        "INSERT INTO public.pay (id, key) OVERRIDING SYSTEM VALUE VALUES (5, 'k'::text), "
        "(6, $$d'$$);\n\\unrestrict abc\n";
    struct seen seen = expect(text, postgres,
                              "public.pay.id [1] : 1\n"
                              "public.pay.Recipient, Name [1] E: 王小明\n\\.\n"
                              "public.pay.key<電話's> [1] N: \n"
                              "public.pay.raw [1] H: 4131\n"
                              "public.pay.id [2] E: .x\n"
                              "public.pay.Recipient, Name [2] N: \n"
                              "public.pay.key<電話's> [2] E: 'a'\tb\n"
                              "public.pay.raw [2] N: \n"
                              "public.pay.#1 [3] E: \\.\n"
                              "public.pay.#2 [3] : short\n"
                              "public.crlf.a [1] : x\n"
                              "public.crlf.b [1] : y\n"
                              "public.pay.id [4] D: 4\n"
                              "public.pay.Recipient, Name [4] E: C:\\dir 'q'\nnext\n"
                              "public.pay.key<電話's> [4] E: a'b\n"
                              "public.pay.raw [4] H: 4142\n"
                              "public.pay.id [5] D: 5\n"
                              "public.pay.key<電話's> [5] : k\n"
                              "public.pay.id [6] D: 6\n"
                              "public.pay.key<電話's> [6] : d'\n");
    CHECK_STR(text_buffer_string(&seen.tables), "public.pay 6: id= Recipient, Name= key= raw=\n"
                                                "public.crlf 1: a= b=\n");
    CHECK(is_text(&seen, text, "$_$ SELECT 'it;'';'; $_$"));
    CHECK(is_text(&seen, text, "\\restrict abc"));
    CHECK(is_text(&seen, text, "\\unrestrict abc"));
    CHECK_INT(seen.report.status, 0);
    release(&seen);
}

static void test_other_tools(void) {
    struct sql_dialect transact = {.flavor = SQL_TRANSACT};
    struct seen seen = expect(
        "USE [shop]\r\nGO\r\n/****** Object:  Table ******/\r\nSET ANSI_NULLS ON\r\nGO\r\n"
        "CREATE TABLE [dbo].[Orders](\r\n\t[id] [int] IDENTITY(1,1) NOT NULL,\r\n"
        "\t[na]]me] [nvarchar](50) NULL,\r\n CONSTRAINT [PK] PRIMARY KEY CLUSTERED ([id] ASC)\r\n"
        ") ON [PRIMARY]\r\nGO\r\nSET IDENTITY_INSERT [dbo].[Orders] ON \r\n"
        "INSERT [dbo].[Orders] ([id], [na]]me]) VALUES (1, N'王''s')\r\n"
        "INSERT [dbo].[Orders] ([id], [na]]me]) VALUES (2, CAST(N'2020-01-01' AS Date))\r\nGO\r\n",
        transact,
        "dbo.Orders.id [1] D: 1\ndbo.Orders.na]me [1] E: 王's\n"
        "dbo.Orders.id [2] D: 2\ndbo.Orders.na]me [2] : 2020-01-01\n");
    release(&seen);
    struct sql_dialect standard = {.flavor = SQL_STANDARD};
    seen =
        expect("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n"
               "CREATE TABLE t(key TEXT, \"index\" TEXT, unique(key));\n"
               "INSERT INTO t VALUES('a\\',X'4142');\nINSERT INTO T VALUES('b',NULL);\nCOMMIT;\n",
               standard, "t.key [1] : a\\\nt.index [1] H: 4142\nt.key [2] : b\nt.index [2] N: \n");
    release(&seen);
    seen = expect("REM INSERTING into A's table\nSET DEFINE OFF\n"
                  "Insert into S.T (N,D) values ('x',to_date('2020/1/2','YYYY/MM/DD'));\n",
                  standard, "S.T.N [1] : x\nS.T.D [1] : 2020/1/2\n");
    release(&seen);
}

static void test_settings(void) {
    struct seen seen = expect("SET sql_mode='NO_BACKSLASH_ESCAPES';INSERT INTO t VALUES ('a\\');"
                              "SET sql_mode=@saved;INSERT INTO t VALUES ('b\\'c');",
                              mysql, "t.#1 [1] : a\\\nt.#1 [2] E: b'c\n");
    release(&seen);
    seen = expect("SET standard_conforming_strings = off;\nSET search_path = shop, pg_catalog;\n"
                  "INSERT INTO t VALUES ('a\\'\\101');\n",
                  postgres, "shop.t.#1 [1] E: a'A\n");
    release(&seen);
}

static void test_truncation(void) {
    static const struct {
        const char *text;
        enum sql_flavor flavor;
        bool named;
        int status;
    } cases[] = {
        {"INSERT INTO t VALUES (1,'a'),(2,'b", SQL_MYSQL, false, YINMA_E_TRUNCATED},
        {"INSERT INTO t VALUES (1,'a'),(2", SQL_MYSQL, false, YINMA_E_TRUNCATED},
        {"INSERT INTO t VALUES (1,'a'),", SQL_MYSQL, false, YINMA_E_TRUNCATED},
        {"INSERT INTO t VALUES (1,'a')", SQL_MYSQL, true, YINMA_E_TRUNCATED},
        {"INSERT INTO t VALUES (1,'a')", SQL_MYSQL, false, 0},
        {"INSERT INTO t VALUES (1,'a');\n", SQL_MYSQL, true, 0},
        {"INSERT INTO t VALUES (1,'a');\nUNLOCK TAB", SQL_MYSQL, true, YINMA_E_TRUNCATED},
        {"INSERT INTO t VALUES (1,'a');\n-- Dump", SQL_MYSQL, true, 0},
        {"INSERT INTO t VALUES (1,'a');\n/* half", SQL_MYSQL, false, YINMA_E_TRUNCATED},
        {"COPY t (a, b) FROM stdin;\n1\t2\n3", SQL_POSTGRES, true, YINMA_E_TRUNCATED},
        {"COPY t (a, b) FROM stdin;\n1\t2\n", SQL_POSTGRES, true, YINMA_E_TRUNCATED},
        {"COPY t (a, b) FROM stdin;\n1\t2\n\\.", SQL_POSTGRES, true, 0},
        {"CREATE FUNCTION f() AS $$ half;", SQL_POSTGRES, true, YINMA_E_TRUNCATED},
        {"", SQL_MYSQL, true, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sql_dialect dialect = {.flavor = cases[i].flavor};
        dialect.backslash = dialect.flavor == SQL_MYSQL;
        struct run run = usual(dialect);
        run.options.named_tool = cases[i].named;
        struct seen seen = decode(bytes_of_string(cases[i].text), &run);
        CHECK(seen.sound);
        CHECK_INT(seen.report.status, cases[i].status);
        CHECK(seen.report.status == 0 || strstr(seen.report.error.text, "ends inside") != NULL);
        release(&seen);
    }
}

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

static void test_forms_of_copy(void) {
    const char *text = "-- rows by hand\n"
                       "COPY public.pay (id, name, raw) FROM STDIN WITH (FORMAT csv, NULL 'nil');\n"
                       "1,\"王, \"\"小\"\"\n明\",\\x4131\n"
                       "nil,\"nil\",\"\"\n"
                       "3,short\n"
                       "4,\"never closed,x\n"
                       "\\.\n"
                       "COPY named FROM stdin CSV HEADER DELIMITER E'\\t' QUOTE AS '''';\n"
                       "id\t'a b'\n5\t'it''s\t'\n\\.\n"
                       "COPY piped FROM stdin (DELIMITER '|', NULL '');\n"
                       "6|a\\|b|\n7||\\N\n\\.\n"
                       "\\copy far (id, name) from stdin csv\n8,x\r\n\\.\n"
                       "COPY packed (id) FROM stdin BINARY;\n9\n\\.\n"
                       "INSERT INTO t VALUES (10);\n";
    struct seen seen = expect(text, postgres,
                              "public.pay.id [1] : 1\n"
                              "public.pay.name [1] E: 王, \"小\"\n明\n"
                              "public.pay.raw [1] H: 4131\n"
                              "public.pay.id [2] N: \n"
                              "public.pay.name [2] : nil\n"
                              "public.pay.raw [2] N: \n"
                              "public.pay.#1 [3] : 3\n"
                              "public.pay.#2 [3] : short\n"
                              "public.pay.#1 [4] : 4\n"
                              "public.pay.#2 [4] E: \"never closed,x\n"
                              "named.id [1] : 5\n"
                              "named.a b [1] E: it's\t\n"
                              "piped.#1 [1] : 6\n"
                              "piped.#2 [1] E: a|b\n"
                              "piped.#3 [1] N: \n"
                              "piped.#1 [2] : 7\n"
                              "piped.#2 [2] N: \n"
                              "piped.#3 [2] E: N\n"
                              "far.id [1] : 8\n"
                              "far.name [1] : x\n"
                              "t.#1 [1] D: 10\n");
    CHECK(is_text(&seen, text, "id\t'a b'"));
    CHECK_INT(seen.report.status, 0);
    release(&seen);
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

static void test_bids(void) {
    static const struct {
        const char *text, *name, *winner;
    } cases[] = {
        {"-- MySQL dump 10.13  Distrib 8.0\n--\n", "x", "mysqldump"},
        {"/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19\n", "x", "mysqldump"},
        {"--\n-- PostgreSQL database dump\n--\n", "x", "pg_dump"},
        {"--\n-- PostgreSQL database cluster dump\n--\n", "x", "pg_dump"},
        {"/*!40101 SET NAMES utf8 */;\nCREATE TABLE `t` (\n", "x", "sql"},
        {"-- made by hand\nINSERT INTO t (a) VALUES ('x');\n", "x", "sql"},
        {"\xEF\xBB\xBFUSE [shop]\r\nGO\r\nINSERT [dbo].[t] ([a]) VALUES (1)\r\n", "x", "sql"},
        {"UPDATE t SET a = 1;\n", "fix.SQL", "sql"},
        {"id,name\n1,INSERT INTO t VALUES (1)\n", "x.csv", ""},
        {"2020-01-01 INSERT INTO t VALUES (1);\n", "x.log", ""},
        {"Update: we insert into the box values of care.\n", "x.txt", ""},
        {"insert into your diary (daily) values\n", "x.txt", ""},
        {"", "x.sql", ""},
    };
    const struct decoder *const rows[] = {&decoder_mysqldump, &decoder_pg_dump, &decoder_sql};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decode_head head = {.head = bytes_of_string(cases[i].text),
                                   .whole = true,
                                   .name = bytes_of_string(cases[i].name)};
        const char *winner = "";
        unsigned best = 0;
        for (size_t k = 0; k < 3; k++) {
            unsigned bid = rows[k]->bid(&head);
            if (bid > best) {
                best = bid;
                winner = rows[k]->name;
            }
        }
        CHECK_STR(winner, cases[i].winner);
    }
}

static void test_unescape(void) {
    static const struct {
        const char *in, *out;
        enum sql_escapes escapes;
    } cases[] = {
        {"a\\'b\\\"c\\n\\\\\\%\\_\\x''", "a'b\"c\n\\\\%\\_x'", SQL_ESCAPES_MYSQL},
        {"it''s \"\" \\n", "it''s \" \n", SQL_ESCAPES_MYSQL_DOUBLE},
        {"it''s \\n", "it's \\n", SQL_ESCAPES_DOUBLED},
        {"\\101\\x42\\u738B\\U0001F600\\'''\\v", "AB\xE7\x8E\x8B\xF0\x9F\x98\x80''v",
         SQL_ESCAPES_POSTGRES},
        {"\\t\\v\\101\\.''\\", "\t\vA.''\\", SQL_ESCAPES_COPY},
        {"\\u12", "u12", SQL_ESCAPES_POSTGRES},
        {"\\x", "x", SQL_ESCAPES_COPY},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t out[128] = {0};
        struct bytes in = bytes_of_string(cases[i].in);
        size_t len = sql_unescape(in, out, cases[i].escapes);
        CHECK(len <= in.len);
        CHECK_STR((const char *)out, cases[i].out);
    }
}

static const struct test_case cases[] = {
    {"mysqldump", test_mysqldump},
    {"odd values", test_odd_values},
    {"pg_dump", test_pg_dump},
    {"other tools", test_other_tools},
    {"settings", test_settings},
    {"truncation", test_truncation},
    {"all ways agree", test_all_ways_agree},
    {"forms of COPY", test_forms_of_copy},
    {"giant values", test_giant_values},
    {"bids", test_bids},
    {"unescape", test_unescape},
};

TEST_MAIN(cases)
