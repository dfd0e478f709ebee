/* Results of queries as programs print them for people: headings, a line of dashes, rows; the same
 * again on each page, and how many rows there were. Lines that are too long for a page come as
 * several with a heading each, and an empty line behind each row. What stands between columns is
 * shown as tabs, so that numbers side by side are not read as one. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/text_buffer.h"
#include "decode/aligned/listing_columns.h"
#include "decode/cell_gaps.h"
#include "decode/decoder.h"
#include "decode/printed_lines.h"
#include "decode/window.h"

enum {
    MOST_CELLS = 16 * 1024, /* in a segment */
    MOST_ROWS = 8 * 1024,
    MOST_GROUPS = 16,       /* lines of a row */
    TEXT_BYTES = 256,       /* longer cells are running text */
    LINE_BYTES = 64 * 1024, /* longer lines are no rows */
    ECHO_BYTES = 8 * 1024,  /* of a statement */
    NAME_BYTES = 128,
    DRAWN_WITHIN = 4096, /* a frame begins within so many bytes */
};

/* One line of each row. */
struct group {
    struct listing_columns columns;
    uint32_t fields[LISTING_COLUMNS_MAX];
    uint64_t heading; /* hash of its two lines */
};

struct listing {
    struct window window;
    struct decode_report *report;
    struct field_set *fields;
    enum listing_runs runs;
    uint64_t offset, line; /* of window.bytes[window.begin] */
    struct group groups[MOST_GROUPS];
    size_t group_count;
    size_t group; /* of the next line */
    bool in_rows; /* rows have been met since the last headings */
    enum { FRAME_NONE, FRAME_OPEN, FRAME_ROWS } frame; /* what is next inside of +----+----+ */
    struct listing_columns top;                        /* of it */
    uint32_t table;
    uint64_t row, counted; /* rows of the table, and of the result */
    bool over;             /* the next headings are of another result */
    bool unsure;           /* some line may be a part of a row */
    uint64_t told, found;  /* the first result of which rows are missing */
    bool missing;
    struct text_buffer echo; /* the statement that was typed */
    bool failed;
    size_t cell_count, row_count;
    struct cell cells[MOST_CELLS];
    struct row_mark rows[MOST_ROWS];
};

/* ---- lines ---- */

/* The line at AT of TEXT without its end, *whole with it. False: its end is not there yet. */
static bool line_at(struct bytes text, size_t at, bool at_end, struct bytes *line, size_t *whole) {
    struct bytes rest = bytes_from(text, at);
    const uint8_t *newline = rest.len == 0 ? NULL : memchr(rest.ptr, '\n', rest.len);
    if (newline == NULL && !(at_end && rest.len > 0) && rest.len <= LINE_BYTES) {
        return false;
    }
    *whole = newline != NULL ? (size_t)(newline - rest.ptr) + 1 : rest.len;
    *line = bytes_first(rest, *whole - (newline != NULL));
    if (line->len > 0 && line->ptr[line->len - 1] == '\r') {
        line->len--;
    }
    return true;
}

static bool is_blank(struct bytes line) {
    for (size_t i = 0; i < line.len; i++) {
        if (line.ptr[i] != ' ' && line.ptr[i] != '\f' && line.ptr[i] != '\t') {
            return false;
        }
    }
    return true;
}

static bool is_prompt(struct bytes line) {
    return bytes_starts_with(line, BYTES_LIT("SQL>"));
}

/* ---- bids ---- */

struct evidence {
    size_t tables, prompts, counts;
    size_t lines, framed; /* that are not blank; of a table in a frame */
};

/* Headings, dashes and a row that fits them; or a row in a frame. */
static bool begins_table(struct bytes text, size_t at, bool whole, enum listing_runs runs) {
    struct listing_columns columns;
    struct bytes heading, dashes, row, cells[LISTING_COLUMNS_MAX];
    size_t length;
    if (!line_at(text, at, whole, &heading, &length) || is_blank(heading) ||
        !line_at(text, at + length, whole, &dashes, &(size_t){0})) {
        return false;
    }
    if (listing_dashes(heading, runs, &columns) && columns.framed) {
        return listing_cut(dashes, &columns, cells);
    }
    if (!listing_dashes(dashes, runs, &columns) || heading.len > dashes.len * 3 + 8 ||
        !listing_cut(heading, &columns, cells)) {
        return false;
    }
    at += length;
    (void)line_at(text, at, whole, &dashes, &length);
    return line_at(text, at + length, whole, &row, &length) &&
           (is_blank(row) || listing_cut(row, &columns, cells) ||
            listing_dashes(row, LISTING_ALONE, &columns));
}

static bool is_frame(struct bytes line) {
    struct listing_columns columns;
    return listing_dashes(line, LISTING_SEVERAL, &columns) && columns.framed;
}

static struct evidence look(struct bytes text, bool whole) {
    struct evidence seen = {0};
    enum { LINES = 200 };
    struct bytes line;
    size_t at = 0, length;
    for (unsigned i = 0; i < LINES && line_at(text, at, whole, &line, &length); i++) {
        uint64_t count;
        seen.prompts += is_prompt(line);
        seen.counts += is_row_count(line, &count);
        seen.tables += begins_table(text, at, whole, LISTING_SEVERAL);
        seen.lines += !is_blank(line);
        seen.framed += line.len > 0 && (line.ptr[0] == '|' || is_frame(line));
        at += length;
    }
    return seen;
}

static unsigned bid(const struct decode_head *head) {
    const bool drawn =
        bytes_find(bytes_first(head->head, DRAWN_WITHIN), BYTES_LIT("──")) != SIZE_MAX;
    if (!drawn && bytes_find(head->head, BYTES_LIT("--")) == SIZE_MAX) {
        return 0;
    }
    struct evidence seen = look(head->head, head->whole);
    bool told = seen.prompts > 0 || seen.counts > 0 || 2 * seen.framed > seen.lines;
    return seen.tables == 0 ? (seen.prompts > 0 && seen.counts > 0 ? 5 : 0) : told || drawn ? 8 : 3;
}

/* ---- opening ---- */

static int out_of_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory for reading a listing");
}

static void listing_close(void *state) {
    struct listing *l = state;
    if (l != NULL) {
        window_release(&l->window);
        text_buffer_release(&l->echo);
        free(l);
    }
}

static int listing_open(const struct decode_input *in, void **state, struct error *err) {
    struct listing *l = calloc(1, sizeof *l);
    if (l == NULL) {
        return out_of_memory(err);
    }
    l->report = in->report;
    l->fields = in->fields;
    l->line = 1;
    struct evidence seen = look(in->head.head, in->head.whole);
    l->runs = seen.prompts > 0 || seen.counts > 0 ? LISTING_ALONE : LISTING_SEVERAL;
    text_buffer_init(&l->echo, ECHO_BYTES);
    int status = window_init(&l->window, in->source, in->ops, in->width_rule, err);
    if (status != 0) {
        listing_close(l);
        return status;
    }
    l->window.err = &in->report->error;
    *state = l;
    return 0;
}

/* ---- tables ---- */

static bool is_name_byte(uint8_t c) {
    return byte_is_alnum(c) || c == '_' || c == '$' || c == '#' || c == '.' || c >= 0x80;
}

/* The table that the statement reads from: what stands behind its first FROM. */
static struct bytes table_of(struct bytes statement) {
    for (size_t at = 0; at + 6 < statement.len; at++) {
        const bool word =
            bytes_equal_ignoring_case(bytes_of(statement.ptr + at, 4), BYTES_LIT("from")) &&
            (at == 0 || !is_name_byte(statement.ptr[at - 1])) &&
            !is_name_byte(statement.ptr[at + 4]);
        if (!word) {
            continue;
        }
        at += 4;
        while (at < statement.len && !is_name_byte(statement.ptr[at]) && statement.ptr[at] != '(') {
            at++;
        }
        size_t end = at;
        while (end < statement.len && is_name_byte(statement.ptr[end])) {
            end++;
        }
        return bytes_of(statement.ptr + at, end - at < NAME_BYTES ? end - at : 0);
    }
    return bytes_of("", 0);
}

static void name_fields(struct listing *l, struct group *group, struct bytes heading) {
    struct bytes names[LISTING_COLUMNS_MAX] = {0};
    if (!listing_cut(heading, &group->columns, names) && group->columns.framed) {
        memset(names, 0, sizeof names); /* none, or they stand elsewhere */
    }
    for (size_t i = 0; i < group->columns.count; i++) {
        char number[16];
        int length = snprintf(number, sizeof number, "#%zu", i + 1);
        bool named = names[i].len > 0 && names[i].len <= NAME_BYTES;
        struct bytes name = named ? names[i] : bytes_of(number, (size_t)length);
        group->fields[i] =
            field_set_key(l->fields, l->table, name, named ? ATTRIBUTION_EXACT : ATTRIBUTION_NONE);
        l->failed = l->failed || group->fields[i] == UINT32_MAX;
    }
}

static uint64_t hash_of(struct bytes heading, struct bytes dashes) {
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < heading.len + dashes.len; i++) {
        hash ^= i < heading.len ? heading.ptr[i] : dashes.ptr[i - heading.len];
        hash *= UINT64_C(0x100000001B3);
    }
    return hash;
}

/* HEADING and DASHES begin a table, go on with its headings, or stand at the top of a page. */
static void take_heading(struct listing *l, struct bytes heading, struct bytes dashes,
                         const struct listing_columns *columns) {
    const uint64_t hash = hash_of(heading, dashes);
    if (l->in_rows || l->group_count == 0) {
        bool again = l->group_count > 0 && l->groups[0].heading == hash && !l->over;
        l->group = 0;
        l->in_rows = false;
        l->over = false;
        if (again) {
            return; /* the next page */
        }
        l->group_count = 0;
        l->report->rows += l->counted;
        l->row = l->counted = 0;
        l->unsure = false;
        struct bytes name = table_of(text_buffer_view(&l->echo));
        l->table = name.len == 0 ? TABLE_NONE : field_set_table(l->fields, name);
        text_buffer_clear(&l->echo);
        if (l->table == UINT32_MAX) {
            l->failed = true;
            return;
        }
    }
    for (size_t i = 0; i < l->group_count; i++) {
        if (l->groups[i].heading == hash) {
            return;
        }
    }
    if (l->group_count < MOST_GROUPS) {
        struct group *group = &l->groups[l->group_count++];
        group->columns = *columns;
        group->heading = hash;
        name_fields(l, group, heading);
    }
}

/* A line of a frame that NEXT stands below: above its headings, below them, between rows, below the
 * last one. */
static void take_frame(struct listing *l, const struct listing_columns *columns,
                       struct bytes next) {
    if (l->frame != FRAME_ROWS) {
        l->frame = FRAME_OPEN;
        l->top = *columns;
    } else if (next.len == 0 || next.ptr[0] != '|') {
        l->frame = FRAME_NONE;
        l->in_rows = true;
        l->over = true;
    }
}

/* LINE, which no frame stands below, is the first one in a frame: it has no headings. */
static void begin_unnamed(struct listing *l, struct bytes line) {
    static const uint8_t nothing = 0;
    struct bytes cells[LISTING_COLUMNS_MAX];
    if (l->frame == FRAME_OPEN && listing_cut(line, &l->top, cells)) {
        take_heading(l, bytes_of(&nothing, 0), bytes_of(&nothing, 0), &l->top);
        l->frame = FRAME_ROWS;
    }
}

/* ---- cells ---- */

static void put_cell(struct listing *l, const uint8_t *text, struct bytes value, uint32_t field,
                     unsigned flags) {
    if (value.len == 0) {
        flags = CELL_NULL;
    } else if (value.len > TEXT_BYTES) {
        flags |= CELL_TEXT;
    }
    l->cells[l->cell_count++] = (struct cell){.offset = (uint32_t)(value.ptr - text),
                                              .length = (uint32_t)value.len,
                                              .field = field,
                                              .flags = flags};
}

static void put_text(struct listing *l, const uint8_t *text, struct bytes line) {
    if (!is_blank(line)) {
        put_cell(l, text, line, FIELD_FREE_TEXT, CELL_TEXT);
    }
}

static bool is_number(struct bytes value) {
    for (size_t i = 0; i < value.len; i++) {
        if (!byte_is_digit(value.ptr[i])) {
            return false;
        }
    }
    return value.len > 0;
}

/* LINE as one of the row in work, or the first of the next one. */
static bool put_row(struct listing *l, const uint8_t *text, struct bytes line) {
    struct bytes values[LISTING_COLUMNS_MAX];
    begin_unnamed(l, line);
    const struct group *group = &l->groups[l->group < l->group_count ? l->group : 0];
    if (l->group_count == 0 || !listing_cut(line, &group->columns, values)) {
        return false;
    }
    size_t filled = 0;
    for (size_t i = 0; i < group->columns.count; i++) {
        filled += values[i].len > 0;
    }
    /* A value that was too long for its column goes on in the next line, below it. */
    bool goes_on = l->in_rows && l->group_count == 1 && values[0].len == 0 &&
                   filled * 2 <= group->columns.count;
    if (l->group == 0 && !goes_on) {
        l->row++;
        l->counted++;
    }
    l->unsure = l->unsure || goes_on || l->group_count > 1;
    if (l->row_count == 0 || l->rows[l->row_count - 1].row != l->row) {
        l->rows[l->row_count++] =
            (struct row_mark){.first_cell = (uint32_t)l->cell_count, .row = l->row};
    }
    for (size_t i = 0; i < group->columns.count; i++) {
        put_cell(l, text, values[i], group->fields[i], is_number(values[i]) ? CELL_NUMBER : 0);
    }
    l->in_rows = true;
    l->group = (l->group + 1) % l->group_count;
    return true;
}

static void end_result(struct listing *l, uint64_t told) {
    if (!l->unsure && l->in_rows && told != l->counted && !l->missing) {
        l->missing = true;
        l->told = told;
        l->found = l->counted;
    }
    l->report->rows += l->counted;
    l->counted = 0;
    l->in_rows = true;
    l->over = true;
    text_buffer_clear(&l->echo);
}

/* ---- segments ---- */

/* LINE at AT of TEXT, with what follows it. Returns the bytes that are done; 0: more are needed. */
static size_t take_line(struct listing *l, const uint8_t *base, struct bytes text, size_t at,
                        bool at_end) {
    struct bytes line, next = {NULL, 0};
    size_t length, next_length = 0;
    uint64_t told;
    if (!line_at(text, at, at_end, &line, &length)) {
        return 0;
    }
    bool has_next = line_at(text, at + length, at_end, &next, &next_length);
    if (!has_next && !(at_end && at + length >= text.len)) {
        return 0;
    }
    struct listing_columns columns, itself;
    const bool dashes = listing_dashes(line, LISTING_ALONE, &itself);
    if (is_blank(line)) {
        l->group = 0;
    } else if (dashes && itself.framed) {
        take_frame(l, &itself, next);
    } else if (has_next && listing_dashes(next, l->runs, &columns) && !is_prompt(line) && !dashes &&
               (!columns.framed || l->frame == FRAME_OPEN)) {
        take_heading(l, line, next, &columns);
        put_text(l, base, line);
        l->frame = columns.framed ? FRAME_ROWS : FRAME_NONE;
        return length + next_length;
    } else if (is_row_count(line, &told)) {
        end_result(l, told);
        put_text(l, base, line);
    } else if (is_prompt(line) || !put_row(l, base, line)) {
        if (is_prompt(line)) {
            l->over = true;
            text_buffer_clear(&l->echo);
        }
        text_buffer_put(&l->echo, line);
        text_buffer_putc(&l->echo, '\n');
        l->echo.failed = false; /* a longer statement names its table at the beginning */
        put_text(l, base, line);
    }
    return length;
}

static bool has_room(const struct listing *l) {
    return l->cell_count + LISTING_COLUMNS_MAX + 1 < MOST_CELLS && l->row_count + 1 < MOST_ROWS;
}

static size_t take_lines(struct listing *l, bool at_end) {
    struct window *w = &l->window;
    struct bytes text = bytes_of(w->bytes + w->begin, w->end - w->begin);
    size_t at = 0;
    uint32_t table = l->table;
    l->cell_count = l->row_count = 0;
    while (at < text.len && has_room(l) && (table == l->table || l->row_count == 0)) {
        size_t done = take_line(l, w->bytes + w->begin, text, at, at_end);
        if (done == 0) {
            break;
        }
        at += done;
    }
    return at;
}

static void give(struct listing *l, size_t len, struct segment *out) {
    struct window *w = &l->window;
    struct bytes text = bytes_of(w->bytes + w->begin, len);
    blank_cell_gaps(w->bytes + w->begin, len, l->cells, l->cell_count);
    *out = (struct segment){.bytes = text.ptr,
                            .len = len,
                            .end = len,
                            .offset = l->offset,
                            .line = l->line,
                            .cells = l->cells,
                            .cell_count = l->cell_count,
                            .rows = l->rows,
                            .row_count = l->row_count,
                            .gap_field = FIELD_FREE_TEXT,
                            .width_rule = w->width_rule};
    l->offset += width_before(w->width_rule, text);
    l->line += w->ops->count(text.ptr, len, '\n');
    field_set_table_at(l->fields, l->table)->rows = l->row;
    window_consume(w, w->begin + len);
}

static void finish(struct listing *l) {
    l->report->rows += l->counted;
    l->report->status = l->window.status;
    if (l->missing && l->report->status == 0) {
        l->report->status =
            error_set(&l->report->error, YINMA_E_TRUNCATED,
                      "the listing tells of %" PRIu64 " rows, %" PRIu64 " stand before that",
                      l->told, l->found);
    }
}

static int listing_next(void *state, struct segment *out, struct error *err) {
    struct listing *l = state;
    struct window *w = &l->window;
    for (;;) {
        size_t used = take_lines(l, w->at_end);
        if (l->failed) {
            return out_of_memory(err);
        }
        if (used > 0) {
            give(l, used, out);
            return 1;
        }
        if (w->at_end) {
            finish(l);
            return 0;
        }
        (void)window_fill(w, NULL); /* no two lines are as long as the window may become */
    }
}

const struct decoder decoder_listing = {
    .name = "listing",
    .summary = "results as printed: SQL*Plus, sqlcmd, psql, mysql; columns by the line of dashes",
    .traits = 0,
    .bid = bid,
    .open = listing_open,
    .next = listing_next,
    .close = listing_close,
};
