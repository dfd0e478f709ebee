/* match: values found once wherever the stream is cut, and tables as their cells. */
#include "match/match.h"
#include "tests/random.h"
#include "tests/unit/check.h"

/* ---- whole segments ---- */

struct found {
    size_t count;
    uint64_t sum; /* of places and lengths */
};

/* Values that some pattern takes; longest first, as judge does. */
static struct found find(struct match_state *state, const uint8_t *data, size_t len, size_t begin,
                         size_t end) {
    struct field_set *fields = field_set_new();
    struct segment segment = {.bytes = data,
                              .len = len,
                              .begin = begin,
                              .end = end,
                              .line = 1,
                              .flags = SEGMENT_FREE_TEXT};
    struct match_result match;
    size_t claimed = 0;
    struct error err;
    struct found found = {0, 0};
    CHECK_INT(match_segment(state, &segment, fields, &match, &err), 0);
    const struct hit *hits = match.hits;
    for (size_t i = 0; i < match.count; i++) {
        struct value value = {.text = bytes_of(data + hits[i].offset, hits[i].length),
                              .ascii = hits[i].ascii,
                              .named = hits[i].labelled};
        struct reading reading;
        for (kind_set kinds = hits[i].kinds; kinds != 0 && hits[i].offset >= claimed;
             kinds &= kinds - 1) {
            const struct pattern *pattern = patterns[__builtin_ctzll(kinds)];
            if (pattern->read(&value, &pattern->policy, &reading) == READ_YES) {
                claimed = hits[i].offset + hits[i].length;
                found.count++;
                found.sum += (uint64_t)hits[i].offset * 1000 + hits[i].length;
            }
        }
    }
    field_set_free(fields);
    return found;
}

static const char running_text[] =
    "2026-01-31 08:00:00 order 20260131000123 0912-345-679 A143231948,F275749118 card 4999 2698 "
    "2345 4950 tel(02)2345-6789 hash d41d8cd98f00b204e9800998ecf8427e mail lin.mei@mail.example.tw "
    "lat 121.5654321 A12****948 0912***678 ************4950 0987654322 0987654323 0987654324";

static void values_are_found_once_at_any_cut(void) {
    struct lexicon *lexicon = lexicon_new();
    struct matcher *matcher;
    struct error err;
    enum isa isa = isa_best();
    CHECK_INT(matcher_new(isa, lexicon, &matcher, &err), 0);
    struct match_state *state = match_state_new(matcher);
    size_t len = sizeof running_text - 1;
    uint8_t data[sizeof running_text + SEGMENT_PADDING] = {0};
    memcpy(data, running_text, len);
    struct found whole = find(state, data, len, 0, len);
    CHECK(whole.count >= 11);
    for (size_t cut = 0; cut <= len; cut++) {
        struct found left = find(state, data, len, 0, cut);
        struct found right = find(state, data, len, cut, len);
        CHECK_INT(left.count + right.count, whole.count);
        CHECK_INT(left.sum + right.sum, whole.sum);
    }
    match_state_free(state);
    matcher_free(matcher);
    lexicon_free(lexicon);
}

enum { TABLE_COLUMNS = 7, TABLE_ROWS = 24, TABLE_CELLS = TABLE_COLUMNS * TABLE_ROWS };

struct text_table {
    uint8_t bytes[TABLE_CELLS * 80 + SEGMENT_PADDING];
    struct cell cells[TABLE_CELLS];
    struct row_mark rows[TABLE_ROWS];
    size_t len;
};

static const char *surprise(void) {
    static const char *const surprises[] = {"4999269823454950",
                                            "0912345679",
                                            "A143231948",
                                            "2025-11-1",
                                            "2025-11-131",
                                            "2025-1a-13",
                                            "",
                                            "20251113",
                                            "4999-2698-2345-4950",
                                            "0912***678",
                                            "(02)2345-6789",
                                            "tel 02-2345-6789",
                                            "000912345679",
                                            "2025-11-13 08:00",
                                            "card:4999269823454950",
                                            "lin@mail.example.tw",
                                            "1",
                                            "12345678901234567890123",
                                            "886912345679",
                                            "xxxxxxxxx",
                                            "x-X x-x x-x",
                                            "box of x x x, extra",
                                            "********",
                                            "Axxxxxx948",
                                            "a@b.tw",
                                            "tel 123",
                                            "王小明",
                                            "地址：臺北市信義區忠孝東路五段131號",
                                            "收件人：王小明",
                                            "2025-11-13 08:00:00-08:00",
                                            "2025-11-13T08:00:00.0912345679",
                                            "2025-11-13T08:00:00.123456-0800",
                                            "0912-34-56 79:00:00",
                                            "4999-26-98 23:45:49",
                                            "2025-11-13X08:00:00",
                                            "2025-11-13T08:00:00Z=4999"};
    return surprises[random_next() % (sizeof surprises / sizeof *surprises)];
}

/* What stands in column COLUMN: mostly a number of a thing, a time or some words, in some tables
 * now and then a value or something that looks like one. */
static const char *cell_text(size_t column, bool surprising, char room[40]) {
    static const char *const words[] = {"Stainless steel bottle, keeps warm", "max",
                                        "a box for each x, and four more of it - or so",
                                        "in-stock"};
    static const char *const behind[] = {"", "Z", "+08:00", ".5", ".123456", ".1234567Z"};
    if (surprising && random_next() % 128 == 0) {
        return surprise();
    }
    unsigned number = (unsigned)(random_next() % 90000000);
    switch (column) {
    case 0:
        snprintf(room, 40, "9012%08u", number);
        break;
    case 1:
        snprintf(room, 40, "%u", number);
        break;
    case 2:
        snprintf(room, 40, "2025-%02u-%02u", number % 12 + 1, number % 28 + 1);
        break;
    case 3:
        snprintf(room, 40, "0987%06u", number % 1000000);
        break;
    case 4:
        return words[number % 4];
    case 5:
        snprintf(room, 40, "K-%u", number % 10000);
        break;
    default:
        snprintf(room, 40, "2025-%02u-13%c08:%02u:07%s", number % 12 + 1,
                 number % 7 == 0 ? 'T' : ' ', number % 60, behind[number % 6]);
    }
    return room;
}

/* What stands between two cells: mostly the USUAL. */
static const char *gap_text(uint64_t usual, bool surprising) {
    static const char *const gaps[] = {",",
                                       ";",
                                       "\t",
                                       "|",
                                       "\", \"customer\":{\"name\":\"",
                                       "'),('",
                                       "=",
                                       ");\nINSERT INTO goods VALUES ("};
    static const char *const odd[] = {", box 0912345679,", ",(02)23456789 ", "\":\"x x x x x\":\"",
                                      ",address2:"};
    if (surprising && random_next() % 512 == 0) {
        return odd[random_next() % (sizeof odd / sizeof *odd)];
    }
    uint64_t gap = random_next() % 64 == 0 ? random_next() : usual;
    return gaps[gap % (sizeof gaps / sizeof *gaps)];
}

static void make_table(struct text_table *table, bool surprising, uint32_t field) {
    uint64_t usual = random_next();
    memset(table, 0, sizeof *table);
    for (size_t i = 0; i < TABLE_CELLS; i++) {
        char room[40];
        const char *text = cell_text(i % TABLE_COLUMNS, surprising, room);
        size_t len = strlen(text);
        table->cells[i] = (struct cell){.offset = (uint32_t)table->len,
                                        .length = (uint32_t)len,
                                        .field = field + (uint32_t)(i % TABLE_COLUMNS),
                                        .flags = len == 0                            ? CELL_NULL
                                                 : strspn(text, "0123456789") == len ? CELL_NUMBER
                                                                                     : 0U};
        memcpy(table->bytes + table->len, text, len);
        table->len += len;
        bool last = i % TABLE_COLUMNS == TABLE_COLUMNS - 1;
        const char *behind = last ? "\n" : gap_text(usual, surprising);
        memcpy(table->bytes + table->len, behind, strlen(behind));
        table->len += strlen(behind);
        table->rows[i / TABLE_COLUMNS] =
            (struct row_mark){.first_cell = (uint32_t)(i - i % TABLE_COLUMNS), .row = i + 1};
    }
}

static uint64_t hits_of(struct match_state *state, const struct text_table *table,
                        const struct field_set *fields, uint32_t columns) {
    struct segment segment = {.bytes = table->bytes,
                              .len = table->len,
                              .end = table->len,
                              .line = 1,
                              .cells = table->cells,
                              .cell_count = TABLE_CELLS,
                              .rows = table->rows,
                              .row_count = TABLE_ROWS,
                              .gap_field = FIELD_FREE_TEXT};
    struct match_result match;
    struct error err;
    uint64_t sum = 0;
    segment_describe(&segment);
    segment.columns = columns;
    CHECK_INT(match_segment(state, &segment, fields, &match, &err), 0);
    for (size_t i = 0; i < match.count; i++) {
        const struct hit *hit = &match.hits[i];
        sum = sum * 31 + hit->offset * UINT64_C(1000003) + hit->length + hit->kinds * 7 +
              (hit->labelled ? 11 : 0);
    }
    return sum;
}

/* Columns in which nothing can be found hide nothing: down the columns, the same is found as cell
 * by cell. */
static void tables_are_matched_as_their_cells(void) {
    static const struct column_name names[TABLE_COLUMNS] = {
        {BYTES_LIT("parcel"), BYTES_LIT("")}, {BYTES_LIT("pieces"), BYTES_LIT("")},
        {BYTES_LIT("sent"), BYTES_LIT("")},   {BYTES_LIT("mobile"), BYTES_LIT("")},
        {BYTES_LIT("title"), BYTES_LIT("")},  {BYTES_LIT("sku"), BYTES_LIT("")},
        {BYTES_LIT("paid_at"), BYTES_LIT("")}};
    struct lexicon *lexicon = lexicon_new();
    struct matcher *matcher;
    struct error err;
    CHECK_INT(matcher_new(isa_best(), lexicon, &matcher, &err), 0);
    struct match_state *state = match_state_new(matcher);
    struct field_set *fields = field_set_new();
    uint32_t field = field_set_columns(fields, TABLE_NONE, names, TABLE_COLUMNS, ATTRIBUTION_EXACT);
    static struct text_table table;
    unsigned found = 0;
    for (unsigned round = 0; round < 20000; round++) {
        make_table(&table, round % 4 != 0, field);
        uint64_t cells = hits_of(state, &table, fields, 0);
        CHECK(hits_of(state, &table, fields, TABLE_COLUMNS) == cells);
        found += cells != 0;
    }
    CHECK(found > 5000 && found < 19000);
    field_set_free(fields);
    match_state_free(state);
    matcher_free(matcher);
    lexicon_free(lexicon);
}

static void names_are_concealed(void) {
    struct text_buffer out;
    text_buffer_init(&out, 0);
    conceal(patterns, BYTES_LIT("backup/A143231948_\xE7\x8E\x8B.pdf"), &out);
    CHECK(bytes_find(text_buffer_view(&out), BYTES_LIT("A143231948")) == SIZE_MAX);
    CHECK(bytes_find(text_buffer_view(&out), BYTES_LIT("backup/")) == 0);
    text_buffer_clear(&out);
    conceal(patterns, BYTES_LIT("card 4999-2698-2345-4950.csv"), &out);
    CHECK(bytes_find(text_buffer_view(&out), BYTES_LIT("2698")) == SIZE_MAX);
    text_buffer_clear(&out);
    conceal(patterns, BYTES_LIT("a\x1B[31m\xFF.txt"), &out);
    CHECK_STR(text_buffer_string(&out), "a\\u001B[31m\\xFF.txt");
    static const char *const joined[] = {"scanA143231948.pdf",
                                         "fifo0912345678",
                                         "\x1B[31mA143231948",
                                         "0912345678wang.vcf",
                                         "idA143231948tel0912345678",
                                         "0912.345.678.csv",
                                         "0912_345_678",
                                         "0912－345－678.csv",
                                         "tel 0912‑345‑678.csv",
                                         "０９１２３４５６７８.csv",
                                         "4999_2698_2345_4950.csv"};
    for (size_t i = 0; i < sizeof joined / sizeof *joined; i++) {
        text_buffer_clear(&out);
        conceal(patterns, bytes_of_string(joined[i]), &out);
        CHECK(bytes_find(text_buffer_view(&out), BYTES_LIT("3231")) == SIZE_MAX);
        CHECK(bytes_find(text_buffer_view(&out), BYTES_LIT("45678")) == SIZE_MAX);
        CHECK(bytes_find(text_buffer_view(&out), BYTES_LIT("345")) == SIZE_MAX);
        CHECK(bytes_find(text_buffer_view(&out), BYTES_LIT("３４５")) == SIZE_MAX);
        CHECK(bytes_find(text_buffer_view(&out), BYTES_LIT("2698")) == SIZE_MAX);
    }
    static const char *const plain[] = {"shop20260122.sql.gz", "backup-20260122093000.tar",
                                        "c3p0-0.9.5.jar",      "IMG_20260122_093000123.jpg",
                                        "app_09_20251122.log", "log.02.20251122",
                                        "v1.2.3_2025.11.22"};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        text_buffer_clear(&out);
        conceal(patterns, bytes_of_string(plain[i]), &out);
        CHECK_STR(text_buffer_string(&out), plain[i]);
    }
    text_buffer_release(&out);
}

static const struct test_case cases[] = {
    {"values_are_found_once_at_any_cut", values_are_found_once_at_any_cut},
    {"tables_are_matched_as_their_cells", tables_are_matched_as_their_cells},
    {"names_are_concealed", names_are_concealed},
};
TEST_MAIN(cases)
