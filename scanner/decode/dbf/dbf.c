/* dbf.c - tables of dBase, FoxPro and Clipper, as accounting and shipping programs in Taiwan still
 * keep them: every record at its place, the deleted ones too, which stay in the file until it is
 * packed; memos from the file beside it. Text is that of the declared code page, mostly unset:
 * UTF-8 where it is valid as such, else Big5. */
#include <stdio.h>
#include <stdlib.h>

#include "core/day.h"
#include "decode/byte_feed.h"
#include "decode/dbf/file.h"
#include "decode/dbf/memo.h"
#include "decode/decoder.h"
#include "decode/encoding/narrow_text.h"
#include "decode/record_text.h"

enum { DBF_BITS = 44, DELETED = 0x2A, LIVE = 0x20, END_OF_FILE = 0x1A };
/* Day 0 is in 4714 BC. */
enum { JULIAN_DAY_1900 = 2415021, JULIAN_DAY_1970 = 2440588, DAYS_MOST = 40000 };

struct dbf {
    struct decode_report *report;
    struct field_set *fields;
    struct dbf_file file;
    struct dbf_memo memo;
    struct byte_feed feed;
    struct record_text text;
    struct narrow_text narrow;
    uint32_t table[2], first_field[2]; /* live, deleted */
    uint64_t records;                  /* read */
    uint64_t lost_memos;
    bool ended;
};

/* ---- text ---- */

/* RAW as UTF-8; valid until the next call. */
static struct bytes as_text(struct dbf *d, struct bytes raw) {
    struct bytes read = narrow_text_read(&d->narrow, raw);
    d->text.failed = d->text.failed || d->narrow.utf8.failed;
    return read;
}

static struct bytes without_padding(struct bytes raw) {
    while (raw.len > 0 && (raw.ptr[raw.len - 1] == ' ' || raw.ptr[raw.len - 1] == 0)) {
        raw.len--;
    }
    while (raw.len > 0 && raw.ptr[0] == ' ') {
        raw = bytes_from(raw, 1);
    }
    return raw;
}

/* ---- values ---- */

static uint64_t little(struct bytes raw) {
    uint64_t value = 0;
    for (size_t i = raw.len; i-- > 0;) {
        value = value << 8 | raw.ptr[i];
    }
    return value;
}

static void put_memo(struct dbf *d, struct bytes raw, uint32_t field) {
    uint32_t block = 0;
    struct bytes text;
    if (raw.len == 4) {
        block = (uint32_t)little(raw);
    } else {
        for (size_t i = 0; i < raw.len; i++) {
            block = byte_is_digit(raw.ptr[i]) ? block * 10 + (raw.ptr[i] - '0') : block;
        }
    }
    if (block == 0) {
        record_text_cell(&d->text, BYTES_LIT(""), field, 0);
    } else if (dbf_memo_read(&d->memo, block, &text)) {
        record_text_cell(&d->text, as_text(d, text), field, CELL_TEXT);
    } else {
        d->lost_memos++;
    }
}

/* Money counts in ten-thousandths. */
static void put_money(struct dbf *d, struct bytes raw, uint32_t field) {
    char text[48];
    const int64_t value = (int64_t)little(raw);
    const uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    const int len =
        snprintf(text, sizeof text, "%s%llu.%04llu", value < 0 ? "-" : "",
                 (unsigned long long)(size / 10000), (unsigned long long)(size % 10000));
    record_text_cell(&d->text, bytes_of(text, (size_t)len), field, CELL_NUMBER);
}

/* The day of a moment: its Julian number; the time of the day is left out. */
static void put_day(struct dbf *d, struct bytes raw, uint32_t field) {
    char text[DAY_TEXT];
    const uint64_t number = little(bytes_first(raw, 4));
    if (number < JULIAN_DAY_1900 || number > JULIAN_DAY_1970 + DAYS_MOST) {
        return;
    }
    day_text((int32_t)number - JULIAN_DAY_1970, text);
    record_text_cell(&d->text, bytes_of_string(text), field, 0);
}

/* Shorter texts than the column say so in their last byte. */
static struct bytes variable_text(struct bytes raw) {
    const uint8_t last = raw.len == 0 ? ' ' : raw.ptr[raw.len - 1];
    return last < ' ' && last < raw.len ? bytes_first(raw, last) : raw;
}

static void put_value(struct dbf *d, const struct dbf_field *f, struct bytes raw, uint32_t field) {
    if (f->type == 'M') {
        put_memo(d, raw, field);
    } else if ((f->type == 'I' || f->type == '+') && raw.len == 4) {
        record_text_integer(&d->text, (int32_t)(uint32_t)little(raw), field);
    } else if (f->type == 'Y' && raw.len == 8) {
        put_money(d, raw, field);
    } else if (f->type == 'B' && raw.len == 8) {
        const uint64_t bits = little(raw);
        double value;
        memcpy(&value, &bits, sizeof value);
        record_text_real(&d->text, value, field);
    } else if (f->type == 'T' && raw.len == 8) {
        put_day(d, raw, field);
    } else if (f->type == 'G' || f->type == 'P' || f->type == '0') {
        return; /* objects and pictures beside the file, flags */
    } else {
        struct bytes text = as_text(d, without_padding(f->type == 'V' ? variable_text(raw) : raw));
        const unsigned number = f->type == 'N' || f->type == 'F' ? CELL_NUMBER : 0U;
        record_text_cell(&d->text, text, field, text.len > RECORD_LONG_VALUE ? CELL_TEXT : number);
    }
}

static void put_record(struct dbf *d, const uint8_t *record) {
    const bool deleted = record[0] == DELETED;
    record_text_row(&d->text, ++d->records);
    struct table *table = field_set_table_at(d->fields, d->table[deleted]);
    table->rows = d->records;
    d->report->rows++;
    for (uint32_t i = 0; i < d->file.field_count; i++) {
        const struct dbf_field *f = &d->file.fields[i];
        put_value(d, f, bytes_of(record + f->offset, f->length), d->first_field[deleted] + i);
    }
}

/* ---- reading ---- */

static void finish(struct dbf *d) {
    d->ended = true;
    if (d->feed.failure.code != 0) {
        d->report->status = d->feed.failure.code;
        d->report->error = d->feed.failure;
    } else if (d->report->status == 0 && d->records < d->file.records) {
        d->report->status =
            error_set(&d->report->error, YINMA_E_TRUNCATED,
                      "the table ends before its last record: %llu of %lu read",
                      (unsigned long long)d->records, (unsigned long)d->file.records);
    } else if (d->report->status == 0 && d->lost_memos > 0) {
        d->report->status =
            error_set(&d->report->error, d->memo.file == NULL ? YINMA_E_MISSING : YINMA_E_DAMAGED,
                      d->memo.file == NULL
                          ? "the file of its memos (.fpt, .dbt) is not beside it: %llu not read"
                          : SAID("memos that make no sense in the file beside it: %llu not read"),
                      (unsigned long long)d->lost_memos);
    }
}

static int next_records(void *state, struct segment *out, struct error *err) {
    struct dbf *d = state;
    record_text_clear(&d->text);
    while (!d->ended && !record_text_full(&d->text)) {
        if (!byte_feed_need(&d->feed, d->file.record_bytes)) {
            finish(d);
            break;
        }
        const uint8_t mark = *byte_feed_at(&d->feed);
        if (mark == END_OF_FILE && d->records >= d->file.records) {
            finish(d);
            break;
        }
        if (mark != LIVE && mark != DELETED) {
            d->report->status = error_set(&d->report->error, YINMA_E_DAMAGED,
                                          "a record begins with a byte that no record begins with");
        }
        put_record(d, byte_feed_at(&d->feed));
        d->feed.at += d->file.record_bytes;
    }
    if (d->text.failed || d->feed.no_memory) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the records of a table");
    }
    if (d->text.len == 0 && d->text.cell_count == 0) {
        return 0;
    }
    record_text_tell_cut(&d->text, d->report);
    record_text_segment(&d->text, out);
    return 1;
}

/* ---- opening ---- */

static void close_dbf(void *state) {
    struct dbf *d = state;
    if (d != NULL) {
        dbf_memo_close(&d->memo);
        byte_feed_release(&d->feed);
        record_text_release(&d->text);
        narrow_text_release(&d->narrow);
        free(d);
    }
}

static bool name_columns(struct dbf *d) {
    static const enum storage storages[] = {STORAGE_LIVE, STORAGE_FREELIST};
    struct column_name *columns = calloc(d->file.field_count, sizeof *columns);
    struct text_buffer names;
    text_buffer_init(&names, 0);
    for (uint32_t i = 0; columns != NULL && i < d->file.field_count; i++) {
        columns[i].column.len = names.len;
        text_buffer_put(&names, as_text(d, d->file.fields[i].name));
        text_buffer_putc(&names, '\0');
    }
    bool named = columns != NULL && !names.failed;
    for (uint32_t i = 0; named && i < d->file.field_count; i++) {
        columns[i].column = bytes_of_string(names.data + columns[i].column.len);
    }
    for (unsigned i = 0; named && i < 2; i++) {
        d->table[i] = field_set_stored_table(d->fields, BYTES_LIT(""), storages[i]);
        d->first_field[i] = d->table[i] == UINT32_MAX
                                ? UINT32_MAX
                                : field_set_columns(d->fields, d->table[i], columns,
                                                    d->file.field_count, ATTRIBUTION_EXACT);
        named = d->first_field[i] != UINT32_MAX;
    }
    text_buffer_release(&names);
    free(columns);
    return named;
}

/* The header, or nothing that can be read: fuzzed or cut. */
static bool read_header(struct dbf *d) {
    if (!byte_feed_need(&d->feed, DBF_HEADER_BYTES + DBF_FIELD_BYTES)) {
        return false;
    }
    const uint32_t len =
        dbf_header_bytes(bytes_of(byte_feed_at(&d->feed), byte_feed_left(&d->feed)));
    return len != 0 && byte_feed_need(&d->feed, len) &&
           dbf_file_read(&d->file, bytes_of(byte_feed_at(&d->feed), byte_feed_left(&d->feed)));
}

static int open_dbf(const struct decode_input *in, void **state, struct error *err) {
    struct dbf *d = calloc(1, sizeof *d);
    if (d == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a table");
    }
    d->report = in->report;
    d->fields = in->fields;
    d->feed.source = in->source;
    narrow_text_init(&d->narrow, "CP950");
    in->report->encoding = "big5";
    *state = d;
    if (!read_header(d)) {
        d->ended = true;
        in->report->status = error_set(&in->report->error, YINMA_E_DAMAGED,
                                       "the header of a DBF table makes no sense");
        return 0;
    }
    if (!name_columns(d)) {
        close_dbf(d);
        return error_set(err, YINMA_E_MEMORY, "out of memory for a table");
    }
    d->feed.at += d->file.header_bytes;
    if (d->file.encrypted) {
        d->ended = true;
        in->report->status =
            error_set(&in->report->error, YINMA_E_ENCRYPTED, "DBF table encrypted by dBase");
    } else if (d->file.has_memo) {
        (void)dbf_memo_open(&d->memo, in->source, in->head.name);
    }
    return 0;
}

static unsigned bid(const struct decode_head *head) {
    const uint32_t len = dbf_header_bytes(head->head);
    if (len == 0) {
        return 0;
    }
    struct dbf_file *file = malloc(sizeof *file);
    const bool mine = file != NULL && dbf_file_read(file, head->head);
    free(file);
    return mine ? DBF_BITS : 0;
}

const struct decoder decoder_dbf = {
    .name = "dbf",
    .summary =
        "dBase, FoxPro and Clipper tables (dbf) with their memos (fpt, dbt), deleted records "
        "too; no objects and pictures",
    .traits = DECODER_BINARY,
    .bid = bid,
    .open = open_dbf,
    .next = next_records,
    .close = close_dbf,
};
