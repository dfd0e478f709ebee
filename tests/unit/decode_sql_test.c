/* The SQL decoders: what real tools write, settings, truncation. */
#include "tests/unit/check.h"
#include "tests/unit/sql_seen.h"

/* ---- what a decoder said, as text ---- */

static const struct sql_dialect mysql = {.flavor = SQL_MYSQL, .backslash = true};
static const struct sql_dialect postgres = {.flavor = SQL_POSTGRES};

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

/* ---- values larger than any window ---- */

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
    {"forms of COPY", test_forms_of_copy},
    {"bids", test_bids},
    {"unescape", test_unescape},
};

TEST_MAIN(cases)
