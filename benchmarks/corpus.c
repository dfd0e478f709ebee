/* corpus.c - synthetic corpora from a seed, fast enough to be piped: `bench_corpus KIND MEGABYTES`
 * writes to standard output. The counts of what was planted go to standard error as one JSON line.
 *
 *   dense    SQL dump, each row with ID, mobile, address, card and security code
 *   clean    SQL dump of articles and prices, no personal data
 *   weblog   web server's log, a mobile in the query of one line in 200
 *   waybill  CSV of parcels, mobile and landline in each row
 *   waybill-big5  the same in Big5
 *   ndjson   an order a line, ID, mobile and address in each
 *   tables   SQL dump of tables with fifty columns and three rows each; "rows" counts the tables
 *   mobiles  CSV of one column: a mobile a line */
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/bytes.h"

struct corpus {
    uint64_t random;
    uint64_t row;
    uint64_t ids, mobiles, landlines, cards, codes;
};

static unsigned pick(struct corpus *corpus, unsigned below) { /* xorshift64* */
    corpus->random ^= corpus->random >> 12;
    corpus->random ^= corpus->random << 25;
    corpus->random ^= corpus->random >> 27;
    uint64_t mixed = corpus->random * UINT64_C(0x2545F4914F6CDD1D);
    return (unsigned)(((mixed >> 32) * below) >> 32);
}

static char *put(char *out, const char *text) {
    return stpcpy(out, text);
}

static char *put_number(char *out, uint64_t number) {
    return out + sprintf(out, "%llu", (unsigned long long)number);
}

static char *put_digits(struct corpus *corpus, char *out, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        *out++ = (char)('0' + pick(corpus, 10));
    }
    return out;
}

static char *put_id(struct corpus *corpus, char *out) {
    static const char letters[] = "ABCDEFGHJKLMNPQRSTUVXYWZIO"; /* codes 10 … 35 in this order */
    unsigned place = pick(corpus, 26), code = place + 10;
    char *start = out;
    *out++ = letters[place];
    *out++ = (char)('1' + pick(corpus, 2));
    out = put_digits(corpus, out, 7);
    unsigned sum = code / 10 + code % 10 * 9;
    for (unsigned i = 1; i <= 8; i++) {
        sum += (unsigned)(start[i] - '0') * (9 - i);
    }
    *out++ = (char)('0' + (10 - sum % 10) % 10);
    corpus->ids++;
    return out;
}

static char *put_card(struct corpus *corpus, char *out) {
    char *start = out;
    *out++ = pick(corpus, 2) == 0 ? '4' : '5';
    *out++ = (char)('1' + pick(corpus, 5));
    out = put_digits(corpus, out, 13);
    unsigned sum = 0;
    for (unsigned i = 0; i < 15; i++) {
        unsigned value = (unsigned)(start[i] - '0') << (i % 2 == 0);
        sum += value > 9 ? value - 9 : value;
    }
    *out++ = (char)('0' + (10 - sum % 10) % 10);
    corpus->cards++;
    return out;
}

static char *put_mobile(struct corpus *corpus, char *out) {
    corpus->mobiles++;
    *out++ = '0';
    *out++ = '9';
    *out++ = "1235678"[pick(corpus, 7)];
    return put_digits(corpus, out, 7);
}

static char *put_name(struct corpus *corpus, char *out) {
    static const char *const surnames[] = {"陳", "林", "黃", "張", "李", "王", "吳", "劉"};
    static const char *const given[] = {"家豪", "淑芬", "志明", "雅婷", "俊宏", "怡君", "建良"};
    return put(put(out, surnames[pick(corpus, 8)]), given[pick(corpus, 7)]);
}

static char *put_address(struct corpus *corpus, char *out) {
    static const char *const places[] = {"臺北市信義區忠孝東路五段", "新北市板橋區文化路一段",
                                         "臺中市西屯區臺灣大道三段", "高雄市左營區博愛二路"};
    out = put_number(put(out, places[pick(corpus, 4)]), 1 + pick(corpus, 399));
    return put(put_number(put(out, "號"), 2 + pick(corpus, 20)), "樓");
}

static char *dense_row(struct corpus *corpus, char *out) {
    out = put_number(put(out, "("), corpus->row);
    out = put_name(corpus, put(out, ",'"));
    out = put_id(corpus, put(out, "','"));
    out = put_mobile(corpus, put(out, "','"));
    out = put_address(corpus, put(out, "','"));
    out = put_card(corpus, put(out, "','"));
    out = put_digits(corpus, put(out, "','"), 3);
    corpus->codes++;
    return put(out, "')");
}

static char *clean_row(struct corpus *corpus, char *out) {
    static const char *const goods[] = {"Wireless headphones with noise cancelling, black",
                                        "Stainless steel bottle, keeps warm for twelve hours",
                                        "Picture book for children about the sea and its fish",
                                        "Merino scarf, hand wash only, made in small numbers"};
    out = put_number(put(out, "("), corpus->row);
    out = put(put(put(out, ",'"), goods[pick(corpus, 4)]), "',");
    out = put_number(out, 100 + pick(corpus, 90000));
    out = put_number(put(out, ",'2025-"), 10 + pick(corpus, 3));
    return put(put_number(put(out, "-"), 10 + pick(corpus, 18)), "','in stock')");
}

static char *weblog_row(struct corpus *corpus, char *out) {
    out = put_number(put(out, "203.0.113."), pick(corpus, 254));
    out = put_number(put(out, " - - [12/Nov/2025:10:"), 10 + pick(corpus, 50));
    out = put(out, ":11 +0800] \"GET /");
    if (corpus->row % 200 == 0) {
        out = put_mobile(corpus, put(out, "order?tel="));
    } else {
        out = put_number(put(out, "item/"), 10000 + pick(corpus, 89999));
        out = put_digits(corpus, put(out, "?t=17"), 11);
    }
    out = put_number(put(out, " HTTP/1.1\" 200 "), 300 + pick(corpus, 90000));
    return put(out, " \"https://shop.example/list\" \"Mozilla/5.0 (X11; Linux x86_64)\"\n");
}

static char *waybill_row(struct corpus *corpus, char *out) {
    out = put_digits(corpus, put(out, "90"), 10);
    out = put_name(corpus, put(out, ","));
    out = put_mobile(corpus, put(out, ","));
    out = put_digits(corpus, put(out, ",02-2"), 3);
    out = put_digits(corpus, put(out, "-"), 4);
    corpus->landlines++;
    out = put_address(corpus, put(out, ","));
    return put(put_number(put(out, ",2025-11-"), 10 + pick(corpus, 20)), "\n");
}

static char *ndjson_row(struct corpus *corpus, char *out) {
    out = put_number(put(out, "{\"order_id\":"), corpus->row);
    out = put_name(corpus, put(out, ",\"customer\":{\"name\":\""));
    out = put_id(corpus, put(out, "\",\"national_id\":\""));
    out = put_mobile(corpus, put(out, "\",\"mobile\":\""));
    out = put_address(corpus, put(out, "\",\"address\":\""));
    out = put_number(put(out, "\"},\"items\":[{\"sku\":\"K-"), 1000 + pick(corpus, 9000));
    out = put_number(put(out, "\",\"quantity\":"), 1 + pick(corpus, 9));
    out = put_number(put(out, "}],\"paid\":true,\"created_at\":\"2025-11-"), 10 + pick(corpus, 20));
    return put(put_number(put(out, "T10:"), 10 + pick(corpus, 50)), ":11+08:00\"}\n");
}

enum { TABLE_COLUMNS = 50, TABLE_ROWS = 3 };

static char *put_padded(char *out, const char *text, uint64_t number, int width) {
    return out + sprintf(out, "%s%0*llu", text, width, (unsigned long long)number);
}

/* A whole table. Of its columns three hold personal data. */
static char *table_row(struct corpus *corpus, char *out) {
    out = put_padded(put(out, "CREATE TABLE "), "`t_", corpus->row, 6);
    out = put(out, "` (\n`id` int NOT NULL,\n`name` text,\n`idno` text,\n`mobile` text");
    for (unsigned i = 4; i < TABLE_COLUMNS; i++) {
        out = put(put_padded(out, ",\n`value_", i, 2), "` int");
    }
    out = put_padded(put(out, "\n);\nINSERT INTO "), "`t_", corpus->row, 6);
    out = put(out, "` VALUES ");
    for (unsigned row = 1; row <= TABLE_ROWS; row++) {
        out = put_number(put(out, row == 1 ? "(" : ",("), row);
        out = put_name(corpus, put(out, ",'"));
        out = put_id(corpus, put(out, "','"));
        out = put(put_mobile(corpus, put(out, "','")), "'");
        for (unsigned i = 4; i < TABLE_COLUMNS; i++) {
            out = put_number(put(out, ","), pick(corpus, 90));
        }
        out = put(out, ")");
    }
    return put(out, ";\n");
}

static char *mobile_row(struct corpus *corpus, char *out) {
    return put(put_mobile(corpus, out), "\n");
}

/* A kind of corpus: what stands before the first row, between rows and behind the last. */
struct recipe {
    const char *name, *head, *statement, *tail;
    char *(*row)(struct corpus *corpus, char *out);
    const char *charset; /* NULL: UTF-8 */
};

#define WAYBILL_HEAD "託運單號,收件人,收件人手機,收件人電話,收件人地址,出貨日\n"

static const struct recipe recipes[] = {
    {"dense",
     "CREATE TABLE `members` (\n  `id` int NOT NULL,\n  `name` varchar(20),\n"
     "  `idno` char(10),\n  `mobile` varchar(20),\n  `address` varchar(120),\n"
     "  `card_no` varchar(20),\n  `cvv` varchar(4)\n) ENGINE=InnoDB;\n",
     "INSERT INTO `members` VALUES ", ";\n", dense_row, NULL},
    {"clean",
     "CREATE TABLE `goods` (\n  `id` int NOT NULL,\n  `title` varchar(200),\n  `price` int,\n"
     "  `added` date,\n  `state` varchar(20)\n) ENGINE=InnoDB;\n",
     "INSERT INTO `goods` VALUES ", ";\n", clean_row, NULL},
    {"weblog", "", NULL, "", weblog_row, NULL},
    {"waybill", WAYBILL_HEAD, NULL, "", waybill_row, NULL},
    {"waybill-big5", WAYBILL_HEAD, NULL, "", waybill_row, "CP950"},
    {"ndjson", "", NULL, "", ndjson_row, NULL},
    {"tables", "", NULL, "", table_row, NULL},
    {"mobiles", "行動電話\n", NULL, "", mobile_row, NULL},
};

enum { STATEMENT_BYTES = 1000000, BUFFER_BYTES = 1 << 20, ROW_BYTES_MAX = 4096 };

/* [start, end) of whole characters in the corpus' own encoding; returns its new end. It never
 * grows. */
static char *change_charset(iconv_t to_charset, char *start, char *end) {
    char room[ROW_BYTES_MAX], *in = start, *out = room;
    size_t in_left = (size_t)(end - start), out_left = sizeof room;
    if (to_charset == (iconv_t)-1) {
        return end;
    }
    (void)iconv(to_charset, &in, &in_left, &out, &out_left);
    memcpy(start, room, (size_t)(out - room));
    return start + (out - room);
}

/* Whole rows until SIZE bytes are reached. */
static int write_corpus(const struct recipe *recipe, iconv_t to_charset, uint64_t size,
                        struct corpus *corpus) {
    static char buffer[BUFFER_BYTES];
    char *out = change_charset(to_charset, buffer, put(buffer, recipe->head));
    uint64_t written = 0, statement = 0;
    while (written + (uint64_t)(out - buffer) < size) {
        corpus->row++;
        if (recipe->statement != NULL) {
            out = put(out, statement == 0 ? recipe->statement : ",");
        }
        char *start = out;
        out = change_charset(to_charset, start, recipe->row(corpus, out));
        statement += (uint64_t)(out - start);
        if (recipe->statement != NULL && statement > STATEMENT_BYTES) {
            out = put(out, recipe->tail);
            statement = 0;
        }
        if (out > buffer + BUFFER_BYTES - ROW_BYTES_MAX) {
            if (fwrite(buffer, 1, (size_t)(out - buffer), stdout) != (size_t)(out - buffer)) {
                return 1;
            }
            written += (uint64_t)(out - buffer);
            out = buffer;
        }
    }
    if (statement > 0) {
        out = put(out, recipe->tail);
    }
    return fwrite(buffer, 1, (size_t)(out - buffer), stdout) != (size_t)(out - buffer) ||
           fflush(stdout) != 0;
}

static int make(const struct recipe *recipe, struct corpus *corpus, uint64_t size) {
    iconv_t to_charset =
        recipe->charset == NULL ? (iconv_t)-1 : iconv_open(recipe->charset, "UTF-8");
    if ((recipe->charset != NULL && to_charset == (iconv_t)-1) ||
        write_corpus(recipe, to_charset, size, corpus) != 0) {
        perror("bench_corpus");
        return 1;
    }
    fprintf(stderr,
            "{\"rows\": %llu, \"tw_national_id\": %llu, \"phone_mobile\": %llu, "
            "\"phone_landline\": %llu, \"card_number\": %llu, "
            "\"card_security_code\": %llu}\n",
            (unsigned long long)corpus->row, (unsigned long long)corpus->ids,
            (unsigned long long)corpus->mobiles, (unsigned long long)corpus->landlines,
            (unsigned long long)corpus->cards, (unsigned long long)corpus->codes);
    if (recipe->charset != NULL) {
        iconv_close(to_charset);
    }
    return 0;
}

int main(int argc, char **argv) {
    for (size_t i = 0; argc == 3 && i < sizeof recipes / sizeof recipes[0]; i++) {
        if (strcmp(argv[1], recipes[i].name) == 0) {
            struct corpus corpus = {.random = UINT64_C(0x59494E4D41) + i};
            return make(&recipes[i], &corpus, strtoull(argv[2], NULL, 10) * 1000000);
        }
    }
    fputs("usage: bench_corpus dense|clean|weblog|waybill|waybill-big5|ndjson|tables|mobiles "
          "MEGABYTES\n",
          stderr);
    return 2;
}
