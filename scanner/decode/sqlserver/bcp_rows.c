/* Values are taken one at a time, long ones in pieces, so that a row of any size takes the same
 * memory. Where a value cannot be one of its column, the rows behind are looked for. */
#include "decode/sqlserver/bcp_rows.h"

#include <stdlib.h>

#include "decode/sqlserver/bcp_values.h"

enum {
    LOOK_BYTES = 64 * 1024,        /* what tells how a file is written */
    PIECE_BYTES = 1024 * 1024,     /* longer values come in pieces of about that */
    PIECE_SLACK = 4096,            /* … which end before a blank of the last so many bytes */
    SEARCH_BYTES = 64 * 1024,      /* how far rows are looked for behind damage */
    TERMINATED_MOST = 1024 * 1024, /* a value that is ended by a mark ends within so many */
};

/* ---- opening ---- */

void bcp_rows_open_unknown(struct bcp_rows *rows, struct byte_source *source) {
    rows->feed = (struct byte_feed){.source = source};
    rows->unfit = true;
}

int bcp_rows_open(struct bcp_rows *rows, const struct bcp_layout *layout,
                  struct byte_source *source, unsigned preferred, struct error *err) {
    rows->feed = (struct byte_feed){.source = source};
    rows->count = layout->count;
    rows->columns = calloc(layout->count, sizeof *rows->columns);
    if (rows->columns == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the columns of a table");
    }
    const bool whole = !byte_feed_need(&rows->feed, LOOK_BYTES);
    if (rows->feed.no_memory) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the rows of a table");
    }
    const struct bytes head =
        bytes_first(bytes_of(byte_feed_at(&rows->feed), byte_feed_left(&rows->feed)), LOOK_BYTES);
    const struct bcp_fit fit = bcp_fit(layout->columns, layout->count, head, whole, preferred);
    for (size_t i = 0; i < layout->count; i++) {
        rows->columns[i] = bcp_column_written(&layout->columns[i], fit.way);
    }
    rows->unfit = !bcp_is_fit(&fit, head.len);
    return 0;
}

void bcp_rows_close(struct bcp_rows *rows) {
    byte_feed_release(&rows->feed);
    free(rows->columns);
    rows->columns = NULL;
}

bool bcp_layout_define(const struct bcp_layout *layout, struct field_set *fields, uint32_t *table,
                       uint32_t *first_field) {
    struct column_name *names = calloc(layout->count, sizeof *names);
    *table = names == NULL ? UINT32_MAX : field_set_table(fields, layout->table);
    for (size_t i = 0; names != NULL && i < layout->count; i++) {
        names[i] = (struct column_name){layout->columns[i].name, layout->columns[i].label};
    }
    *first_field = *table == UINT32_MAX
                       ? UINT32_MAX
                       : field_set_columns(fields, *table, names, layout->count, ATTRIBUTION_EXACT);
    free(names);
    return *first_field != UINT32_MAX;
}

/* ---- what is no row ---- */

static struct bytes left_of(const struct bcp_rows *r) {
    return bytes_of(byte_feed_at(&r->feed), byte_feed_left(&r->feed));
}

/* Words in the next COUNT bytes, as running text of the table. */
static void stray(struct bcp_rows *r, size_t count) {
    const uint32_t field = r->table == TABLE_NONE ? FIELD_FREE_TEXT
                                                  : field_set_key(r->fields, r->table,
                                                                  BYTES_LIT(""), ATTRIBUTION_NONE);
    if (field == UINT32_MAX) {
        r->text->failed = true;
        return;
    }
    record_text_strings(r->text, bytes_first(left_of(r), count), true, field);
    r->strayed += count;
    r->feed.at += count;
}

/* How much of LEFT is taken when words may go on behind it: up to two bytes of no text, be it
 * UTF-16 or not. */
static size_t words_end(struct bytes left) {
    size_t at = left.len;
    while (at > left.len - PIECE_SLACK && !(left.ptr[at - 1] < ' ' && left.ptr[at - 2] < ' ')) {
        at--;
    }
    return at > left.len - PIECE_SLACK ? at : left.len;
}

/* Do rows begin at AT that follow one another, or go on to the end? */
static bool rows_follow(const struct bcp_rows *r, struct bytes data, size_t at, bool ends) {
    bool wrong = false;
    for (unsigned found = 0; found < BCP_ROWS_PROVE; found++) {
        if (at == data.len) {
            return ends && found > 0;
        }
        const uint64_t length = bcp_row_length(r->columns, r->count, bytes_from(data, at), &wrong);
        if (length == 0 || length > data.len - at) {
            return false;
        }
        at += (size_t)length;
    }
    return true;
}

/* Find rows behind the place where there is none. */
static void search(struct bcp_rows *r) {
    const bool ends = !byte_feed_need(&r->feed, (size_t)2 * SEARCH_BYTES);
    const struct bytes data = left_of(r);
    size_t at = 1;
    while (at < data.len && at < SEARCH_BYTES && !rows_follow(r, data, at, ends)) {
        at++;
    }
    r->in_row = false;
    stray(r, at < data.len ? at : data.len);
}

/* ---- values ---- */

static uint32_t field_now(const struct bcp_rows *r) {
    return r->first_field + (uint32_t)r->column;
}

static void mark_row(struct bcp_rows *r) {
    if (!r->fresh_row) {
        record_text_row(r->text, field_set_table_at(r->fields, r->table)->rows);
        r->fresh_row = true;
    }
}

static void begin_row(struct bcp_rows *r) {
    field_set_table_at(r->fields, r->table)->rows++;
    r->report->rows++;
    r->in_row = true;
    r->fresh_row = false;
    r->column = 0;
    mark_row(r);
}

static void end_value(struct bcp_rows *r) {
    r->column++;
    r->in_row = r->column < r->count;
}

/* How much of LEFT (a piece of a value that goes on) is taken now: up to a blank. */
static size_t piece_of(struct bytes left, bool wide) {
    const size_t unit = wide ? 2 : 1, end = left.len - left.len % unit;
    for (size_t at = end; at > end - PIECE_SLACK; at -= unit) {
        const uint8_t *p = left.ptr + at - unit;
        if (p[0] <= ' ' && (!wide || p[1] == 0)) {
            return at;
        }
    }
    return end;
}

/* A piece of the long value that is open; false: the data end. */
static bool take_piece(struct bcp_rows *r) {
    const struct bcp_column *column = &r->columns[r->column];
    const bool last = r->long_left <= PIECE_BYTES;
    const size_t wanted = last ? (size_t)r->long_left : PIECE_BYTES;
    const bool there = byte_feed_need(&r->feed, wanted);
    struct bytes piece = bytes_first(left_of(r), wanted);
    if (there && !last) {
        piece = bytes_first(piece, piece_of(piece, column->type == BCP_WIDE_TEXT));
    }
    mark_row(r);
    bcp_value_put(r->text, r->narrow, column, piece, field_now(r), CELL_PARTIAL | CELL_TEXT);
    r->feed.at += piece.len;
    r->long_left -= piece.len;
    if (there && r->long_left == 0) {
        end_value(r);
    }
    return there;
}

static bool is_long(const struct bcp_column *column, uint64_t length) {
    return length > PIECE_BYTES && column->type >= BCP_TEXT;
}

enum taken { TAKEN, ENDED, NO_ROW };

/* The next value of the row, or all of a long one that is there. */
static enum taken take_value(struct bcp_rows *r) {
    const struct bcp_column *column = &r->columns[r->column];
    struct bcp_field field = bcp_field_at(column, left_of(r));
    for (size_t need = 64; field.found == BCP_SHORT; need *= 2) {
        if (need > TERMINATED_MOST) {
            return NO_ROW;
        }
        const bool there = byte_feed_need(&r->feed, byte_feed_left(&r->feed) + need);
        field = bcp_field_at(column, left_of(r));
        if (field.found == BCP_SHORT && !there) {
            return ENDED;
        }
    }
    if (field.found == BCP_WRONG) {
        return NO_ROW;
    }
    if (field.found == BCP_NULL) {
        record_text_cell(r->text, bytes_of("", 0), field_now(r), 0);
        r->feed.at += (size_t)field.before;
        end_value(r);
        return TAKEN;
    }
    if (is_long(column, field.length)) {
        r->feed.at += (size_t)field.before;
        r->long_left = field.length;
        return TAKEN;
    }
    const size_t whole = (size_t)(field.before + field.length + field.behind);
    if (!byte_feed_need(&r->feed, whole)) {
        return ENDED;
    }
    const struct bytes raw = bytes_of(byte_feed_at(&r->feed) + field.before, (size_t)field.length);
    if (raw.len == 0) {
        record_text_cell(r->text, raw, field_now(r), 0);
    } else {
        bcp_value_put(r->text, r->narrow, column, raw, field_now(r), 0);
    }
    r->feed.at += whole;
    end_value(r);
    return TAKEN;
}

/* ---- rows ---- */

/* The data are over. */
static void finish(struct bcp_rows *r) {
    struct decode_report *report = r->report;
    const bool cut = r->in_row || byte_feed_left(&r->feed) > 0;
    if (byte_feed_left(&r->feed) > 0) {
        const uint64_t strayed = r->strayed;
        stray(r, byte_feed_left(&r->feed));
        r->strayed = strayed;
    }
    if (report->status != 0) {
        return;
    }
    if (r->feed.failure.code != 0) {
        report->status = r->feed.failure.code;
        report->error = r->feed.failure;
    } else if (r->strayed > 0) {
        report->status = error_set(&report->error, YINMA_E_DAMAGED,
                                   "%llu bytes are no rows of their table: read as running text",
                                   (unsigned long long)r->strayed);
    } else if (cut) {
        report->status = error_set(&report->error, YINMA_E_TRUNCATED, "the data end inside a row");
    }
}

/* 1: go on, 0: the data are over. */
static int step(struct bcp_rows *r) {
    if (r->unfit) {
        const bool more = byte_feed_need(&r->feed, SEARCH_BYTES);
        stray(r, more ? words_end(left_of(r)) : byte_feed_left(&r->feed));
        return more;
    }
    if (r->long_left > 0) {
        return take_piece(r);
    }
    if (!r->in_row) {
        if (!byte_feed_need(&r->feed, 1)) {
            return 0;
        }
        begin_row(r);
    }
    mark_row(r);
    const enum taken taken = take_value(r);
    if (taken == NO_ROW) {
        search(r);
    }
    return taken != ENDED;
}

int bcp_rows_next(struct bcp_rows *r, struct error *err) {
    int more = 1;
    r->fresh_row = false;
    while (more > 0 && (!record_text_full(r->text) ||
                        (r->in_row && r->long_left == 0 &&
                         r->text->len < (size_t)4 * RECORD_TEXT_BYTES && !r->text->failed))) {
        more = step(r);
    }
    if (more == 0 && !r->feed.no_memory) {
        finish(r);
    }
    if (r->text->failed || r->feed.no_memory) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the rows of a table");
    }
    return more;
}
