/* Parquet: the texts that values of every type become, and numbers in few bits. */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>

#include "decode/decoder.h"
#include "decode/parquet/bits.h"
#include "decode/parquet/print.h"
#include "input/input.h"

/* ---- files ---- */

enum { FILE_BYTES_MOST = 64 * 1024 };

static struct bytes load(const char *name, uint8_t *room) {
    char path[512];
    snprintf(path, sizeof path, DATA_FOLDER "/parquet/%s", name);
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    const size_t len = file == NULL ? 0 : fread(room, 1, FILE_BYTES_MOST, file);
    if (file != NULL) {
        (void)fclose(file);
    }
    return bytes_of(room, len);
}

/* Lines of `column=text` of row ROW; a null is a dash. */
static void decode_row(const char *name, uint64_t row, struct text_buffer *out) {
    static uint8_t room[FILE_BYTES_MOST];
    const struct bytes data = load(name, room);
    struct input_limits limits;
    struct input_budget budget;
    struct decode_report report = {0};
    struct error err = {0};
    struct segment segment;
    void *state = NULL;
    input_limits_default(&limits);
    input_budget_start(&budget, &limits);
    struct byte_source *source = input_open_memory(data);
    struct field_set *fields = field_set_new();
    const struct decoder *decoder = decoder_by_name("parquet");
    const struct decode_input in = {.source = source,
                                    .head = {.head = data, .whole = true, .name = BYTES_LIT("x")},
                                    .fields = fields,
                                    .blocks = input_blocks(&budget),
                                    .ops = block64_ops(isa_best()),
                                    .report = &report};
    CHECK(decoder->bid(&in.head) > 0);
    CHECK_INT(decoder->open(&in, &state, &err), 0);
    while (decoder->next(state, &segment, &err) == 1) {
        size_t mark = 0;
        for (size_t i = 0; i < segment.cell_count; i++) {
            while (mark + 1 < segment.row_count && segment.rows[mark + 1].first_cell <= i) {
                mark++;
            }
            const struct cell *cell = &segment.cells[i];
            if (segment_row(&segment, mark) != row) {
                continue;
            }
            text_buffer_put(out, field_set_field(fields, cell->field)->column);
            text_buffer_puts(out, (cell->flags & CELL_NULL) != 0 ? "-" : "=");
            for (size_t k = 0; k < cell->length; k++) {
                const uint8_t *c = &segment.bytes[cell->offset + k];
                text_buffer_put(out, *c < ' ' || *c == 0xFF ? BYTES_LIT("?") : bytes_of(c, 1));
            }
            text_buffer_putc(out, '\n');
        }
    }
    CHECK_INT(report.status, 0);
    decoder->close(state);
    field_set_free(fields);
    byte_source_close(source);
}

static void values_of_every_type(void) {
    struct text_buffer out;
    text_buffer_init(&out, 0);
    decode_row("types.parquet", 1, &out);
    char *uid = out.data == NULL ? NULL : strstr(out.data, "uid=");
    CHECK(uid != NULL);
    if (uid != NULL) { /* another one each time the file is made */
        CHECK(uid[12] == '-' && uid[17] == '-' && uid[22] == '-' && uid[27] == '-');
        memset(uid + 4, 'x', 36);
    }
    CHECK_STR(text_buffer_string(&out), "u8=1\n"
                                        "u64=1001000000\n"
                                        "i64=-1001\n"
                                        "i16=-1999\n"
                                        "f=143\n"
                                        "d=143\n"
                                        "d9=1251.25\n"
                                        "d18=1251.2500\n"
                                        "d38=-1251.2500000000\n"
                                        "flag=false\n"
                                        "birthday=1975-05-18\n"
                                        "ts=1975-05-18 00:16:41\n"
                                        "tz=1975-05-18T00:16:41Z\n"
                                        "ts_s=1975-05-18 00:16:41\n"
                                        "ts_ms=1975-05-18 00:16:41\n"
                                        "ts_ns=1975-05-18 00:16:41\n"
                                        "t=08:46:41\n"
                                        "uid=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n"
                                        "gap=0 months 1001 days 0 ms\n"
                                        "raw=X113346809\n"
                                        "bin=???\n"
                                        "js={\"mobile\":\"0911-306023\"}\n");
    text_buffer_release(&out);
}

/* No e-mail address and two orders; an address, a null and another one, and one order. Values of
 * maps bear the names of their keys. */
static void nested_values(void) {
    struct text_buffer out;
    text_buffer_init(&out, 0);
    decode_row("nested.parquet", 1, &out);
    text_buffer_puts(&out, "--\n");
    decode_row("nested.parquet", 3, &out);
    CHECK_STR(text_buffer_string(&out), "id=1001\n"
                                        "name=曾承翰\n"
                                        "contact.mobile=0911-306023\n"
                                        "contact.home.tel=(04)2083-7847\n"
                                        "contact.home.address=桃園市中壢區中正路107號14樓\n"
                                        "orders[].no=10010\n"
                                        "orders[].no=10011\n"
                                        "orders[].idno=X113346809\n"
                                        "orders[].idno=X113346809\n"
                                        "orders[].tags[]=0911-306023\n"
                                        "orders[].tags[]=(04)2083-7847\n"
                                        "orders[].tags[]=0911-306023\n"
                                        "orders[].tags[]=(04)2083-7847\n"
                                        "attributes[].key=mobile\n"
                                        "attributes[].key=birthday\n"
                                        "attributes[].key=level\n"
                                        "attributes.mobile=0911-306023\n"
                                        "attributes.birthday=1975-05-18\n"
                                        "attributes.level=1\n"
                                        "people[].key=buyer\n"
                                        "people.buyer.idno=X113346809\n"
                                        "people.buyer.since=1975-05-18\n"
                                        "--\n"
                                        "id=1003\n"
                                        "name=周冠宇\n"
                                        "contact.mobile=0962950868\n"
                                        "contact.home.tel=02-78969714\n"
                                        "contact.home.address=新竹市東區光復路二段21號10樓\n"
                                        "emails[]=uvmdemb47@mail.example.com.tw\n"
                                        "emails[]-\n"
                                        "emails[]=second.uvmdemb47@mail.example.com.tw\n"
                                        "orders[].no=10030\n"
                                        "orders[].idno=G16****854\n"
                                        "orders[].tags[]=0962950868\n"
                                        "orders[].tags[]=02-78969714\n"
                                        "attributes[].key=mobile\n"
                                        "attributes[].key=birthday\n"
                                        "attributes[].key=level\n"
                                        "attributes.mobile=0962950868\n"
                                        "attributes.birthday=1987-07-18\n"
                                        "attributes.level=3\n"
                                        "people[].key=buyer\n"
                                        "people.buyer.idno=G16****854\n"
                                        "people.buyer.since=1987-07-18\n");
    text_buffer_release(&out);
}

/* Numbers at each offset of a page, also one that no page holds whole. */
static void split_values(void) {
    struct text_buffer out;
    text_buffer_init(&out, 0);
    decode_row("split.parquet", 120, &out);
    CHECK_STR(text_buffer_string(&out), "card_no=4000000000119\npaid=14.875\n");
    text_buffer_release(&out);
}

/* ---- single values ---- */

static void print_as(struct parquet_type type, struct bytes value, const char *text) {
    struct text_buffer out;
    text_buffer_init(&out, 0);
    parquet_print(&type, value, &out);
    CHECK_STR(text_buffer_string(&out), text);
    text_buffer_release(&out);
}

static void decimals(void) {
    const struct parquet_type bytes = {
        .physical = PARQUET_BYTES, .meaning = PARQUET_DECIMAL, .scale = 2};
    const struct parquet_type whole = {.physical = PARQUET_BYTES, .meaning = PARQUET_DECIMAL};
    const struct parquet_type number = {
        .physical = PARQUET_INT32, .length = 4, .meaning = PARQUET_DECIMAL, .scale = 3};
    print_as(bytes, BYTES_LIT(""), "0.00");
    print_as(bytes, BYTES_LIT("\x05"), "0.05");
    print_as(bytes, BYTES_LIT("\xFF"), "-0.01");
    print_as(bytes, BYTES_LIT("\x80\x00"), "-327.68");
    print_as(whole, BYTES_LIT("\x01\x00\x00\x00\x00\x00\x00\x00\x00"), "18446744073709551616");
    print_as(whole, BYTES_LIT("\x3B\x9A\xCA\x00"), "1000000000");
    print_as(number, BYTES_LIT("\x07\x00\x00\x00"), "0.007");
    print_as(number, BYTES_LIT("\x00\x00\x00\x80"), "-2147483.648");
}

static void times(void) {
    const struct parquet_type instant = {
        .physical = PARQUET_INT64, .length = 8, .meaning = PARQUET_INSTANT, .parts = 1000};
    const struct parquet_type old = {.physical = PARQUET_INT96, .length = 12};
    const struct parquet_type half = {
        .physical = PARQUET_FIXED_BYTES, .length = 2, .meaning = PARQUET_FLOAT16};
    print_as(instant, BYTES_LIT("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"), "1969-12-31T23:59:59Z");
    print_as(instant, BYTES_LIT("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F"),
             ""); /* no day of any calendar */
    print_as(old, BYTES_LIT("\x00\xCA\x9A\x3B\x00\x00\x00\x00\x8C\x3D\x25\x00"),
             "1970-01-01 00:00:01");
    print_as(half, BYTES_LIT("\x00\x3E"), "1.5");
    print_as(half, BYTES_LIT("\x00\xC0"), "-2");
}

/* ---- few bits ---- */

/* The examples of Encodings.md: 0 to 7 in three bits each, packed from either side. */
static void runs_and_groups(void) {
    struct parquet_runs runs;
    uint32_t out[16] = {0};
    parquet_runs_begin(&runs, BYTES_LIT("\x03\x88\xC6\xFA\x06\x05"), 3);
    CHECK_INT(parquet_runs_take(&runs, out, 5), 5);
    CHECK_INT(parquet_runs_take(&runs, out + 5, 11), 6);
    for (uint32_t i = 0; i < 8; i++) {
        CHECK_INT(out[i], i);
    }
    CHECK(out[8] == 5 && out[9] == 5 && out[10] == 5);
    parquet_runs_deprecated(&runs, BYTES_LIT("\x05\x39\x77"), 3, 8);
    CHECK_INT(parquet_runs_take(&runs, out, 16), 8);
    for (uint32_t i = 0; i < 8; i++) {
        CHECK_INT(out[i], i);
    }
    parquet_runs_begin(&runs, BYTES_LIT("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"), 3);
    CHECK_INT(parquet_runs_take(&runs, out, 16), 0);
}

/* Encodings.md, "Delta encoding", both examples: 1 2 3 4 5 and 7 5 3 1 2 3 4 5; the end is where
 * the next thing begins. */
static void differences(void) {
    static const int64_t second[] = {7, 5, 3, 1, 2, 3, 4, 5};
    struct parquet_deltas deltas;
    int64_t out[16];
    const struct bytes first = BYTES_LIT("\x08\x01\x05\x02\x02\x00next");
    CHECK(parquet_deltas_begin(&deltas, first));
    CHECK(parquet_deltas_end(deltas) == first.ptr + 6);
    CHECK_INT(parquet_deltas_take(&deltas, out, 16), 5);
    CHECK(out[0] == 1 && out[4] == 5);
    CHECK(parquet_deltas_begin(&deltas, BYTES_LIT("\x08\x01\x08\x0E\x03\x02\xC0\x3F")));
    CHECK_INT(parquet_deltas_take(&deltas, out, 3), 3);
    CHECK_INT(parquet_deltas_take(&deltas, out + 3, 13), 5);
    CHECK(memcmp(out, second, sizeof second) == 0);
    CHECK(!parquet_deltas_begin(&deltas, BYTES_LIT("\x08\x00\x08\x0E")));
    CHECK(!parquet_deltas_begin(&deltas, BYTES_LIT("\x08")));
}

static const struct test_case cases[] = {
    {"values_of_every_type", values_of_every_type},
    {"nested_values", nested_values},
    {"split_values", split_values},
    {"decimals", decimals},
    {"times", times},
    {"runs_and_groups", runs_and_groups},
    {"differences", differences},
};
TEST_MAIN(cases)
