/* oracle_exp.c - export files of Oracle's old exp. Oracle does not publish the format; what is
 * known of it is what can be seen: lines of SQL, and behind each INSERT with bind variables the
 * types of its columns and rows of values behind their lengths. Rows that do not go by that are
 * read as running text. */
#include <stdio.h>
#include <stdlib.h>

#include "core/endian.h"
#include "decode/byte_feed.h"
#include "decode/decoder.h"
#include "decode/encoding/narrow_text.h"
#include "decode/record_text.h"
#include "decode/server_files/oracle_values.h"

enum {
    EXP_BITS = 72,
    SIGNATURE_AT = 3, /* behind a byte and the number of the character set */
    COLUMNS_MOST = 1000,
    NAME_BYTES = 512,
    LINE_BYTES_MOST = 64 * 1024,
    DESCRIPTION_BYTES = 16 * COLUMNS_MOST + 64,
    LENGTH_BYTES = 2,
    LENGTH_NULL = 0xFFFE,
    LENGTH_TABLE_ENDS = 0xFFFF,
    LENGTH_LONGEST = 0xFA00, /* above are marks */
    CHARSET_ZHS16GBK = 852,
    CHARSET_ZHT16BIG5 = 865,
    CHARSET_ZHT16MSWIN950 = 867,
    CHARSET_UTF8 = 871,
    CHARSET_AL32UTF8 = 873,
    CHARSET_AL16UTF16 = 2000,
    OLDEST_WITH_MARKS = 8, /* since that version rows end with a mark, texts name their charset */
};

struct exp_column {
    struct bytes name; /* in `names` */
    unsigned type;
    bool wide;
};

struct oracle_exp {
    struct decode_report *report;
    struct field_set *fields;
    struct byte_feed feed;
    struct record_text text;
    struct narrow_text narrow;
    char user[NAME_BYTES]; /* as whom the lines connect; "" */
    size_t user_len;
    unsigned version;
    struct text_buffer names; /* of the table and the columns of the INSERT */
    struct exp_column *columns;
    size_t count;
    uint32_t table, first_field;
    bool in_rows;
    bool exited; /* the line that ends a file was there */
    bool ended;
    uint64_t unread; /* tables whose rows could not be told */
};

/* ---- lines ---- */

static struct bytes left_of(const struct oracle_exp *x) {
    return bytes_of(byte_feed_at(&x->feed), byte_feed_left(&x->feed));
}

static bool is_text(struct bytes line) {
    for (size_t i = 0; i < line.len; i++) {
        if (line.ptr[i] < ' ' && line.ptr[i] != '\t' && line.ptr[i] != '\r') {
            return false;
        }
    }
    return true;
}

static void put_line(struct oracle_exp *x, struct bytes line) {
    if (!is_text(line)) {
        record_text_strings(&x->text, line, true, FIELD_FREE_TEXT);
    } else if (line.len > 0) {
        record_text_cell(&x->text, narrow_text_read(&x->narrow, line), FIELD_FREE_TEXT, CELL_TEXT);
        x->text.failed = x->text.failed || x->narrow.utf8.failed;
    }
}

/* "…" at the begin of *LEFT, taken off and appended to the names. */
static bool take_quoted(struct oracle_exp *x, struct bytes *left) {
    if (left->len == 0 || left->ptr[0] != '"') {
        return false;
    }
    const struct bytes body = bytes_from(*left, 1);
    const size_t end = bytes_find(body, BYTES_LIT("\""));
    if (end == SIZE_MAX || end > NAME_BYTES) {
        return false;
    }
    text_buffer_put(&x->names, narrow_text_read(&x->narrow, bytes_first(body, end)));
    *left = bytes_from(body, end + 1);
    return true;
}

static void pass_blanks(struct bytes *left) {
    while (left->len > 0 && left->ptr[0] == ' ') {
        *left = bytes_from(*left, 1);
    }
}

/* The names of the columns, in parentheses. */
static bool take_columns(struct oracle_exp *x, struct bytes left) {
    size_t ends[COLUMNS_MOST] = {0}, begin = x->names.len;
    pass_blanks(&left);
    if (left.len == 0 || left.ptr[0] != '(') {
        return false;
    }
    x->count = 0;
    do {
        left = bytes_from(left, 1); /* the parenthesis, a comma */
        pass_blanks(&left);
        if (x->count == COLUMNS_MOST || !take_quoted(x, &left)) {
            return false;
        }
        ends[x->count++] = x->names.len;
        pass_blanks(&left);
    } while (left.len > 0 && left.ptr[0] == ',');
    for (size_t i = 0; i < x->count && !x->names.failed; i++) {
        x->columns[i].name = bytes_of(x->names.data + begin, ends[i] - begin);
        begin = ends[i];
    }
    return left.len > 0 && left.ptr[0] == ')' && bytes_find(left, BYTES_LIT(":1")) != SIZE_MAX;
}

/* INSERT INTO "T" ("A", "B") VALUES (:1, :2): the names; *TABLE_LEN: of the table's. */
static bool read_insert(struct oracle_exp *x, struct bytes line, size_t *table_len) {
    const struct bytes words = BYTES_LIT("INSERT INTO "), comment_end = BYTES_LIT("*/");
    if (!bytes_starts_with(line, BYTES_LIT("INSERT "))) {
        return false;
    }
    const size_t comment = bytes_find(bytes_first(line, 200), comment_end);
    if (comment != SIZE_MAX) { /* a hint stands before INTO */
        line = bytes_from(line, comment + comment_end.len);
        pass_blanks(&line);
        line = bytes_starts_with(line, BYTES_LIT("INTO ")) ? bytes_from(line, 5) : line;
    } else if (bytes_starts_with(line, words)) {
        line = bytes_from(line, words.len);
    } else {
        return false;
    }
    text_buffer_clear(&x->names);
    if (x->user_len > 0) {
        text_buffer_put(&x->names, bytes_of(x->user, x->user_len));
        text_buffer_putc(&x->names, '.');
    }
    bool named = take_quoted(x, &line);
    if (named && line.len > 0 && line.ptr[0] == '.') { /* with its owner */
        text_buffer_clear(&x->names);
        line = bytes_from(line, 1);
        named = take_quoted(x, &line);
    }
    *table_len = x->names.len;
    return named && take_columns(x, line);
}

/* ---- what stands before the rows ---- */

static bool has_charset(unsigned type) {
    return type == ORACLE_VARCHAR2 || type == ORACLE_CHAR || type == ORACLE_CLOB;
}

/* The types of the columns at the begin of LEFT; returns its length, 0 when it is none. */
static size_t read_types(struct oracle_exp *x, struct bytes left) {
    size_t at = 2;
    if (left.len < at || little_u16(left.ptr) != x->count) {
        return 0;
    }
    for (size_t i = 0; i < x->count; i++) {
        struct exp_column *column = &x->columns[i];
        if (left.len < at + 8) {
            return 0;
        }
        column->type = left.ptr[at];
        column->wide = false;
        at += 4; /* with a flag and the longest length */
        if (x->version >= OLDEST_WITH_MARKS && has_charset(column->type)) {
            column->wide = little_u16(left.ptr + at) == CHARSET_AL16UTF16;
            at += 4; /* with its form */
        }
    }
    return at;
}

/* The value at AT of LEFT: its length with the two bytes before it; 0: it is none. */
static size_t value_length(const struct exp_column *column, struct bytes left, size_t at) {
    if (left.len < at + LENGTH_BYTES) {
        return 0;
    }
    const size_t length = little_u16(left.ptr + at);
    if (length == LENGTH_NULL) {
        return LENGTH_BYTES;
    }
    const struct bytes raw = bytes_first(bytes_from(left, at + LENGTH_BYTES), length);
    const bool fits = length > 0 && length <= LENGTH_LONGEST && raw.len == length &&
                      oracle_value_fits(column->type, raw);
    return fits ? LENGTH_BYTES + length : 0;
}

/* Is a whole row, or the end of the table, at AT of LEFT? */
static bool is_row(const struct oracle_exp *x, struct bytes left, size_t at) {
    if (left.len >= at + LENGTH_BYTES && little_u16(left.ptr + at) == LENGTH_TABLE_ENDS) {
        return true;
    }
    for (size_t i = 0; i < x->count; i++) {
        const size_t length = value_length(&x->columns[i], left, at);
        if (length == 0) {
            return false;
        }
        at += length;
    }
    return x->version < OLDEST_WITH_MARKS ||
           (left.len >= at + LENGTH_BYTES && little_u16(left.ptr + at) == 0);
}

/* Behind an INSERT: find the first row. The types and some zeros stand before it; a length may
 * begin with a zero, too. */
static bool find_rows(struct oracle_exp *x) {
    (void)byte_feed_need(&x->feed, DESCRIPTION_BYTES);
    (void)byte_feed_need(&x->feed, (size_t)4 * LINE_BYTES_MOST);
    const struct bytes left = left_of(x);
    const size_t types = read_types(x, left);
    size_t at = types;
    if (types == 0) {
        return false;
    }
    while (at < left.len && left.ptr[at] == 0) {
        at++;
    }
    if (!is_row(x, left, at)) {
        at -= at > types;
        if (!is_row(x, left, at)) {
            return false;
        }
    }
    x->feed.at += at;
    return true;
}

static bool define_table(struct oracle_exp *x, size_t table_len) {
    struct column_name *names = calloc(x->count, sizeof *names);
    for (size_t i = 0; names != NULL && i < x->count; i++) {
        names[i].column = x->columns[i].name;
    }
    x->table =
        names == NULL ? UINT32_MAX : field_set_table(x->fields, bytes_of(x->names.data, table_len));
    x->first_field = x->table == UINT32_MAX ? UINT32_MAX
                                            : field_set_columns(x->fields, x->table, names,
                                                                x->count, ATTRIBUTION_EXACT);
    free(names);
    return x->first_field != UINT32_MAX;
}

static void read_line(struct oracle_exp *x, struct bytes line) {
    const struct bytes connect = BYTES_LIT("CONNECT ");
    if (bytes_starts_with(line, connect)) {
        struct bytes user = bytes_first(bytes_trim(bytes_from(line, connect.len)), NAME_BYTES - 1);
        const struct bytes name = narrow_text_read(&x->narrow, user);
        x->user_len = name.len < sizeof x->user ? name.len : 0;
        memcpy(x->user, name.ptr, x->user_len);
    }
    if (line.len > 0 && line.ptr[0] != 0) { /* zeros may fill the last record */
        x->exited = bytes_equal(bytes_trim(line), BYTES_LIT("EXIT"));
    }
}

/* One line, or a piece of a long one. False: the data are over. */
static bool step_lines(struct oracle_exp *x) {
    size_t end = bytes_find(left_of(x), BYTES_LIT("\n"));
    while (end == SIZE_MAX && byte_feed_left(&x->feed) < LINE_BYTES_MOST &&
           byte_feed_need(&x->feed, byte_feed_left(&x->feed) + 1)) {
        end = bytes_find(left_of(x), BYTES_LIT("\n"));
    }
    const bool whole = end != SIZE_MAX;
    const struct bytes left = left_of(x), line = bytes_first(left, whole ? end : LINE_BYTES_MOST);
    size_t table_len = 0;
    if (left.len == 0) {
        return false;
    }
    const bool insert = whole && read_insert(x, line, &table_len);
    put_line(x, line);
    read_line(x, line);
    x->feed.at += line.len + whole;
    if (insert && !x->names.failed) {
        x->in_rows = find_rows(x);
        x->unread += !x->in_rows;
        x->text.failed = x->text.failed || (x->in_rows && !define_table(x, table_len));
    }
    return true;
}

/* ---- rows ---- */

static bool cannot_read(struct oracle_exp *x) {
    x->in_rows = false;
    x->unread++;
    return true;
}

static void put_row(struct oracle_exp *x) {
    struct table *table = field_set_table_at(x->fields, x->table);
    record_text_row(&x->text, ++table->rows);
    x->report->rows++;
}

/* The next value and its length, if it has one. False: the data are over. */
static bool need_value(struct oracle_exp *x) {
    if (!byte_feed_need(&x->feed, LENGTH_BYTES)) {
        return false;
    }
    const size_t length = little_u16(byte_feed_at(&x->feed));
    return length > LENGTH_LONGEST || byte_feed_need(&x->feed, LENGTH_BYTES + length);
}

/* One row, or the end of the table. False: the data are over. */
static bool step_row(struct oracle_exp *x) {
    if (!byte_feed_need(&x->feed, LENGTH_BYTES)) {
        return false;
    }
    if (little_u16(byte_feed_at(&x->feed)) == LENGTH_TABLE_ENDS) {
        x->feed.at += LENGTH_BYTES;
        x->in_rows = false;
        return true;
    }
    put_row(x);
    for (size_t i = 0; i < x->count; i++) {
        if (!need_value(x)) {
            return false;
        }
        const size_t length = value_length(&x->columns[i], left_of(x), 0);
        if (length == 0) {
            return cannot_read(x);
        }
        const struct bytes raw =
            bytes_of(byte_feed_at(&x->feed) + LENGTH_BYTES, length - LENGTH_BYTES);
        const uint32_t field = x->first_field + (uint32_t)i;
        if (raw.len == 0) {
            record_text_cell(&x->text, raw, field, 0);
        } else {
            oracle_value_put(&x->text, &x->narrow, x->columns[i].type, x->columns[i].wide, raw,
                             field);
        }
        x->feed.at += length;
    }
    if (x->version >= OLDEST_WITH_MARKS) {
        if (!byte_feed_need(&x->feed, LENGTH_BYTES)) {
            return false;
        }
        if (little_u16(byte_feed_at(&x->feed)) != 0) {
            return cannot_read(x);
        }
        x->feed.at += LENGTH_BYTES;
    }
    return true;
}

/* ---- the decoder ---- */

static void finish(struct oracle_exp *x) {
    struct decode_report *report = x->report;
    x->ended = true;
    if (x->feed.failure.code != 0) {
        report->status = x->feed.failure.code;
        report->error = x->feed.failure;
    } else if (x->in_rows || !x->exited) {
        report->status = error_set(&report->error, YINMA_E_TRUNCATED,
                                   "the export ends before the line that ends it");
    } else if (x->unread > 0) {
        report->status = error_set(
            &report->error, YINMA_E_UNSUPPORTED,
            "rows of %llu tables are not written as is known of Oracle's exp: read as running text",
            (unsigned long long)x->unread);
    } else {
        snprintf(report->notice, sizeof report->notice,
                 SAID("the format of Oracle's exp is not published: read as far as it is known"));
    }
}

static int next_rows(void *state, struct segment *out, struct error *err) {
    struct oracle_exp *x = state;
    record_text_clear(&x->text);
    while (!x->ended && !record_text_full(&x->text)) {
        if (!(x->in_rows ? step_row(x) : step_lines(x))) {
            finish(x);
        }
    }
    if (x->text.failed || x->feed.no_memory || x->names.failed) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for an export");
    }
    if (x->text.len == 0 && x->text.cell_count == 0) {
        return 0;
    }
    record_text_tell_cut(&x->text, x->report);
    record_text_segment(&x->text, out);
    return 1;
}

static void close_exp(void *state) {
    struct oracle_exp *x = state;
    if (x != NULL) {
        byte_feed_release(&x->feed);
        record_text_release(&x->text);
        narrow_text_release(&x->narrow);
        text_buffer_release(&x->names);
        free(x->columns);
        free(x);
    }
}

static const char *encoding_of(unsigned charset) {
    return charset == CHARSET_UTF8 || charset == CHARSET_AL32UTF8             ? "utf-8"
           : charset == CHARSET_ZHT16BIG5 || charset == CHARSET_ZHT16MSWIN950 ? "big5"
           : charset == CHARSET_ZHS16GBK                                      ? "gb18030"
                                                                              : NULL;
}

static int open_exp(const struct decode_input *in, void **state, struct error *err) {
    struct oracle_exp *x = calloc(1, sizeof *x);
    struct exp_column *columns = calloc(COLUMNS_MOST, sizeof *columns);
    if (x == NULL || columns == NULL) {
        free(x);
        free(columns);
        return error_set(err, YINMA_E_MEMORY, "out of memory for an export");
    }
    const struct bytes head = in->head.head;
    const unsigned charset = head.len >= SIGNATURE_AT ? big_u16(head.ptr + 1) : 0;
    x->columns = columns;
    x->report = in->report;
    x->fields = in->fields;
    x->feed.source = in->source;
    for (size_t i = SIGNATURE_AT + 8; i < head.len && i < SIGNATURE_AT + 10; i++) {
        x->version = x->version * 10 + (unsigned)(head.ptr[i] - '0');
    }
    narrow_text_init(&x->narrow, charset == CHARSET_ZHS16GBK ? "GB18030" : "CP950");
    text_buffer_init(&x->names, 0);
    in->report->encoding = encoding_of(charset);
    (void)byte_feed_need(&x->feed, 1);
    *state = x;
    return 0;
}

static unsigned bid(const struct decode_head *head) {
    const struct bytes text = bytes_from(head->head, SIGNATURE_AT);
    return head->head.len > SIGNATURE_AT && head->head.ptr[0] <= 5 &&
                   bytes_starts_with(text, BYTES_LIT("EXPORT:V"))
               ? EXP_BITS
               : 0;
}

const struct decoder decoder_oracle_exp = {
    .name = "oracle-exp",
    .summary = "Oracle's old export files (exp): SQL and the rows of tables, as far as the format "
               "is known; best effort",
    .traits = DECODER_BINARY | DECODER_DUMP,
    .bid = bid,
    .open = open_exp,
    .next = next_rows,
    .close = close_exp,
};
