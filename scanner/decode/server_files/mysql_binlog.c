/* mysql_binlog.c - binary logs of MySQL and MariaDB: rows that were written, changed and deleted
 * (format ROW) by table and column, statements as they were given. Columns have names where the
 * server wrote them (binlog_row_metadata=FULL). */
#include <stdlib.h>

#include "decode/byte_feed.h"
#include "decode/decoder.h"
#include "decode/server_files/mysql_binlog.h"

enum {
    MAGIC_BYTES = 4,
    HEADER_BYTES = 19,
    CHECKSUM_BYTES = 4,
    EVENT_BYTES_MAX = 64 << 20, /* a larger one is read as text, a piece at a time */
    TABLES_MAX = 4096,
};

enum event_type {
    EVENT_QUERY = 2,
    EVENT_STOP = 3,
    EVENT_ROTATE = 4,
    EVENT_FORMAT = 15,
    EVENT_TABLE_MAP = 19,
    EVENT_WRITE_ROWS_1 = 23,
    EVENT_UPDATE_ROWS_1 = 24,
    EVENT_DELETE_ROWS_1 = 25,
    EVENT_WRITE_ROWS_2 = 30,
    EVENT_UPDATE_ROWS_2 = 31,
    EVENT_DELETE_ROWS_2 = 32,
    EVENT_PARTIAL_UPDATE = 39,
    EVENT_TRANSACTION = 40, /* compressed, MySQL 8 */
    EVENT_ENCRYPTION = 164, /* MariaDB: all behind it is encrypted */
    EVENT_COMPRESSED_FIRST = 165,
    EVENT_COMPRESSED_LAST = 171,
};

struct binlog {
    struct decode_report *report;
    struct field_set *fields;
    struct record_text text;
    struct byte_feed feed;
    bool checksums, ended;
    bool in_use; /* the server had not closed the log: it has no end */
    uint8_t last_type;
    struct binlog_table *tables; /* the latest last */
    size_t table_count, table_capacity, last;
    uint64_t unread;    /* events that are compressed or make no sense … */
    uint64_t unmapped;  /* … or whose table is described before the log begins */
    uint64_t long_left; /* bytes of an event that is read as text */
};

static void binlog_close(void *state) {
    struct binlog *d = state;
    if (d != NULL) {
        for (size_t i = 0; i < d->table_count; i++) {
            free(d->tables[i].columns);
        }
        free(d->tables);
        record_text_release(&d->text);
        byte_feed_release(&d->feed);
        free(d);
    }
}

/* ---- tables ---- */

static struct binlog_table *find_table(struct binlog *d, uint64_t id) {
    if (d->last < d->table_count && d->tables[d->last].id == id) {
        return &d->tables[d->last];
    }
    for (size_t i = d->table_count; i > 0; i--) {
        if (d->tables[i - 1].id == id) {
            d->last = i - 1;
            return &d->tables[d->last];
        }
    }
    return NULL;
}

/* When there are too many all give way: a table is described anew for each statement. */
static struct binlog_table *make_table(struct binlog *d, uint64_t id) {
    if (d->table_count == TABLES_MAX) {
        for (size_t i = 0; i < TABLES_MAX; i++) {
            free(d->tables[i].columns);
        }
        d->table_count = 0;
    }
    if (d->table_count == d->table_capacity) {
        const size_t capacity = d->table_capacity == 0 ? 64 : 2 * d->table_capacity;
        struct binlog_table *more = reallocarray(d->tables, capacity, sizeof *more);
        if (more == NULL) {
            return NULL;
        }
        d->tables = more;
        d->table_capacity = capacity;
    }
    d->last = d->table_count++;
    d->tables[d->last] = (struct binlog_table){.id = id};
    return &d->tables[d->last];
}

static void take_table(struct binlog *d, struct binlog_event *event) {
    const uint64_t id = binlog_take_number(event, 6);
    struct binlog_table *table = find_table(d, id);
    table = table != NULL ? table : make_table(d, id);
    const int code = table == NULL ? YINMA_E_MEMORY : binlog_table_read(table, event, d->fields);
    d->text.failed = d->text.failed || code == YINMA_E_MEMORY;
    if (code == YINMA_E_DAMAGED) {
        table->column_count = 0;
        d->unread++;
    }
}

/* ---- rows ---- */

static void take_row(struct binlog *d, struct binlog_event *event, const struct binlog_table *table,
                     struct bytes present) {
    size_t count = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        count += binlog_bit(present, i);
    }
    struct bytes nulls = binlog_take(event, (count + 7) / 8);
    record_text_row(&d->text, ++field_set_table_at(d->fields, table->table)->rows);
    d->report->rows++;
    size_t number = 0;
    for (size_t i = 0; i < table->column_count && !event->short_of; i++) {
        if (!binlog_bit(present, i)) {
            continue;
        }
        if (binlog_bit(nulls, number++)) {
            record_text_cell(&d->text, bytes_of("", 0), table->columns[i].field, 0);
        } else if (!binlog_take_value(event, &table->columns[i], &d->text)) {
            event->short_of = true;
        }
    }
}

static bool has_two_images(uint8_t type) {
    return type == EVENT_UPDATE_ROWS_1 || type == EVENT_UPDATE_ROWS_2;
}

static void take_rows(struct binlog *d, uint8_t type, struct binlog_event *event) {
    const struct binlog_table *table = find_table(d, binlog_take_number(event, 6));
    struct bytes whole = event->rest;
    binlog_take(event, 2); /* flags */
    if (type >= EVENT_WRITE_ROWS_2) {
        const uint64_t extra = binlog_take_number(event, 2);
        binlog_take(event, extra > 2 ? (size_t)extra - 2 : 0);
    }
    const uint64_t columns = binlog_take_packed(event);
    if (table == NULL || columns != table->column_count || columns == 0) {
        d->unmapped += event->rest.len > 0;
        record_text_strings(&d->text, whole, false, FIELD_FREE_TEXT);
        return;
    }
    struct bytes images[2] = {binlog_take(event, ((size_t)columns + 7) / 8)};
    images[1] = has_two_images(type) ? binlog_take(event, images[0].len) : images[0];
    for (size_t image = 0; event->rest.len > 0 && !event->short_of && !d->text.failed; image++) {
        struct bytes before = event->rest;
        take_row(d, event, table, images[image % 2]);
        if (event->short_of || event->rest.len == before.len) {
            d->unread++;
            record_text_strings(&d->text, before, false, FIELD_FREE_TEXT);
            return;
        }
    }
}

/* ---- other events ---- */

/* A statement, behind the state of the session it was given in. */
static void take_query(struct binlog *d, struct binlog_event *event) {
    binlog_take(event, 8);
    const uint64_t database = binlog_take_number(event, 1);
    binlog_take(event, 2);
    binlog_take(event, (size_t)binlog_take_number(event, 2));
    binlog_take(event, (size_t)database + 1);
    struct bytes statement = event->rest;
    if (statement.len > 0) {
        record_text_cell(&d->text, statement, FIELD_FREE_TEXT, CELL_TEXT);
    }
}

/* Does the server write checksums? Its version, the sizes of all headers, then the algorithm and a
 * checksum in any case. */
static void take_format(struct binlog *d, struct bytes body) {
    enum { VERSION_AT = 2, VERSION_BYTES = 50, SIZES_AT = 57 };
    d->checksums = false;
    if (body.len > SIZES_AT + CHECKSUM_BYTES + 1) {
        d->checksums = body.ptr[body.len - CHECKSUM_BYTES - 1] == 1;
    }
}

static void take_event(struct binlog *d, uint8_t type, struct bytes body) {
    if (type == EVENT_FORMAT) {
        take_format(d, body);
        return;
    }
    struct binlog_event event = {.rest = body};
    if (d->checksums && body.len >= CHECKSUM_BYTES) {
        event.rest.len -= CHECKSUM_BYTES;
    }
    switch (type) {
    case EVENT_QUERY:
        take_query(d, &event);
        break;
    case EVENT_TABLE_MAP:
        take_table(d, &event);
        break;
    case EVENT_WRITE_ROWS_1:
    case EVENT_UPDATE_ROWS_1:
    case EVENT_DELETE_ROWS_1:
    case EVENT_WRITE_ROWS_2:
    case EVENT_UPDATE_ROWS_2:
    case EVENT_DELETE_ROWS_2:
        take_rows(d, type, &event);
        break;
    case EVENT_ENCRYPTION:
        d->report->status =
            error_set(&d->report->error, YINMA_E_ENCRYPTED, "the server encrypted this binary log");
        d->ended = true;
        break;
    default:
        d->unread += type == EVENT_TRANSACTION || type == EVENT_PARTIAL_UPDATE ||
                     (type >= EVENT_COMPRESSED_FIRST && type <= EVENT_COMPRESSED_LAST);
        record_text_strings(&d->text, event.rest, false, FIELD_FREE_TEXT);
        break;
    }
    d->unread += event.unread;
}

/* ---- reading ---- */

static void finish(struct binlog *d) {
    struct decode_report *report = d->report;
    const bool cut = byte_feed_left(&d->feed) != 0;
    d->ended = true;
    if (d->feed.failure.code != 0) {
        report->status = d->feed.failure.code;
        report->error = d->feed.failure;
    } else if (cut) {
        report->status =
            error_set(&report->error, YINMA_E_TRUNCATED, "the log ends inside an event");
    } else if (report->status == 0 && !d->in_use && d->last_type != EVENT_STOP &&
               d->last_type != EVENT_ROTATE) {
        report->status = error_set(&report->error, YINMA_E_TRUNCATED,
                                   "the log ends without the event that closes it");
    } else if (report->status == 0 && d->unread > 0) {
        report->status = error_set(&report->error, YINMA_E_UNSUPPORTED,
                                   "%llu events are compressed or of a form that cannot be read",
                                   (unsigned long long)d->unread);
    } else if (report->status == 0 && d->unmapped > 0) {
        report->status =
            error_set(&report->error, YINMA_E_RAW_PAGES,
                      "%llu events of rows whose table is not described here: only their text",
                      (unsigned long long)d->unmapped);
    }
}

static void damaged(struct binlog *d) {
    d->ended = true;
    d->report->status = error_set(&d->report->error, YINMA_E_DAMAGED,
                                  "the length of an event makes no sense; the rest was not read");
}

static void step_long(struct binlog *d) {
    enum { PIECE = 1 << 20 };
    const size_t wanted = d->long_left < PIECE ? (size_t)d->long_left : PIECE;
    (void)byte_feed_need(&d->feed, wanted);
    const size_t got = byte_feed_left(&d->feed) < wanted ? byte_feed_left(&d->feed) : wanted;
    record_text_strings(&d->text, bytes_of(byte_feed_at(&d->feed), got), false, FIELD_FREE_TEXT);
    d->feed.at += got;
    d->long_left -= got;
    if (got < wanted) {
        d->long_left = 0;
        finish(d);
    }
}

static void step(struct binlog *d) {
    if (d->long_left > 0) {
        step_long(d);
        return;
    }
    if (!byte_feed_need(&d->feed, HEADER_BYTES)) {
        finish(d);
        return;
    }
    const uint8_t *header = byte_feed_at(&d->feed);
    const uint8_t type = header[4];
    const uint32_t size = little_u32(header + 9);
    if (size < HEADER_BYTES) {
        damaged(d);
        return;
    }
    if (size > EVENT_BYTES_MAX) {
        d->unread++;
        d->feed.at += HEADER_BYTES;
        d->long_left = size - HEADER_BYTES;
        return;
    }
    if (!byte_feed_need(&d->feed, size)) {
        finish(d);
        record_text_strings(&d->text, bytes_of(byte_feed_at(&d->feed), byte_feed_left(&d->feed)),
                            false, FIELD_FREE_TEXT);
        return;
    }
    d->in_use = type == EVENT_FORMAT ? (header[HEADER_BYTES - 2] & 1) != 0 : d->in_use;
    d->last_type = type;
    take_event(d, type, bytes_of(byte_feed_at(&d->feed) + HEADER_BYTES, size - HEADER_BYTES));
    d->feed.at += size;
}

static int binlog_next(void *state, struct segment *out, struct error *err) {
    struct binlog *d = state;
    record_text_clear(&d->text);
    while (!d->ended && !record_text_full(&d->text)) {
        step(d);
    }
    if (d->text.failed || d->feed.no_memory) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the events of a binary log");
    }
    if (d->text.len == 0) {
        return 0;
    }
    record_text_tell_cut(&d->text, d->report);
    record_text_segment(&d->text, out);
    return 1;
}

static int binlog_open(const struct decode_input *in, void **state, struct error *err) {
    struct binlog *d = calloc(1, sizeof *d);
    if (d == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a decoder");
    }
    *state = d;
    d->feed.source = in->source;
    d->fields = in->fields;
    d->report = in->report;
    in->report->encoding = "utf-8";
    if (byte_feed_need(&d->feed, MAGIC_BYTES)) {
        d->feed.at += MAGIC_BYTES;
    }
    return 0;
}

/* The magic, and an event that describes the log (or of servers before 5.0, its start). */
static unsigned binlog_bid(const struct decode_head *head) {
    const struct bytes data = head->head;
    if (!bytes_starts_with(data, BYTES_LIT("\xFE"
                                           "bin")) ||
        data.len < MAGIC_BYTES + HEADER_BYTES) {
        return 0;
    }
    const uint8_t type = data.ptr[MAGIC_BYTES + 4];
    return type == EVENT_FORMAT || type == 1 ? 48 : 0;
}

const struct decoder decoder_mysql_binlog = {
    .name = "mysql-binlog",
    .summary = "binary logs of MySQL and MariaDB: rows by table and column (names with full row "
               "metadata, else #1, #2 …), statements as text; compressed events are told",
    .traits = DECODER_DUMP | DECODER_BINARY,
    .bid = binlog_bid,
    .open = binlog_open,
    .next = binlog_next,
    .close = binlog_close,
};
