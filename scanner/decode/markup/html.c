/* HTML, also saved as .xls: running text with its markup, so that a label and its value may stand
 * in different elements; tables whose first rows name their columns are rows; form fields are named
 * by their names. Comments, scripts and what is hidden are text like the rest; how much is hidden
 * is told. */
#include <stdio.h>
#include <stdlib.h>

#include "decode/decoder.h"
#include "decode/hidden_parts.h"
#include "decode/markup/html_table.h"
#include "decode/window.h"

enum {
    HEAD_BYTES = 4096,
    PAGE_BITS = 48,
    FRAGMENT_BITS = 14,
    CELLS_MOST = 4096,           /* of a segment */
    CELL_BYTES_MOST = 64 * 1024, /* a longer cell is running text */
    LONG_TEXT_BYTES = 256,
    DATA_DIGITS = 6, /* an attribute with so many in a row may be somebody's number */
};

struct html {
    struct window window;
    struct field_set *fields;
    struct decode_report *report;
    uint64_t read, comments;
    struct hidden_list hidden; /* elements that a browser does not show */
    unsigned tables;
    bool in_table;
    struct html_table table;
    uint32_t table_number;
    size_t row, column; /* of the table */
    uint64_t data_row;
    uint32_t first_name, name; /* of a table of pairs: fields of the record's first, of the next */
    bool bare;                 /* rows begin the data, with no table about them */
    bool failed;
    size_t cell_count, row_count;
    struct cell cells[CELLS_MOST];
    struct row_mark rows[CELLS_MOST];
};

/* ---- the bid ---- */

static bool holds_word(struct bytes text, const char *word) {
    struct bytes wanted = bytes_of_string(word);
    for (size_t i = 0; i + wanted.len <= text.len; i++) {
        if (text.ptr[i] == '<' &&
            bytes_equal_ignoring_case(bytes_of(text.ptr + i, wanted.len), wanted)) {
            return true;
        }
    }
    return false;
}

static struct bytes begin_of(const struct decode_head *head) {
    struct bytes start = bytes_first(head->head, HEAD_BYTES);
    if (bytes_starts_with(start, BYTES_LIT("\xEF\xBB\xBF"))) {
        start = bytes_from(start, 3);
    }
    return bytes_trim(start);
}

/* As sqlite3 prints results in the mode html. */
static bool begins_with_row(struct bytes start) {
    return bytes_equal_ignoring_case(bytes_first(start, 8), BYTES_LIT("<tr><th>")) ||
           bytes_equal_ignoring_case(bytes_first(start, 8), BYTES_LIT("<tr><td>"));
}

static unsigned bid(const struct decode_head *head) {
    static const char *const fragments[] = {"<table", "<div", "<p>", "<form", "<body", "<head"};
    const struct bytes start = begin_of(head);
    if (start.len < 4 || start.ptr[0] != '<') {
        return 0;
    }
    if (holds_word(start, "<!doctype html") || holds_word(start, "<html")) {
        return PAGE_BITS;
    }
    for (size_t i = 0; i < sizeof fragments / sizeof *fragments; i++) {
        if (holds_word(bytes_first(start, 16), fragments[i])) {
            return FRAGMENT_BITS;
        }
    }
    return begins_with_row(start) ? FRAGMENT_BITS : 0;
}

/* ---- life ---- */

static void close_html(void *state) {
    struct html *h = state;
    if (h != NULL) {
        window_release(&h->window);
        free(h);
    }
}

static int open_html(const struct decode_input *in, void **state, struct error *err) {
    struct html *h = calloc(1, sizeof *h);
    if (h == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for reading HTML");
    }
    h->fields = in->fields;
    h->report = in->report;
    h->bare = begins_with_row(begin_of(&in->head));
    int status = window_init(&h->window, in->source, in->ops, in->width_rule, err);
    if (status != 0) {
        free(h);
        return status;
    }
    h->window.err = &in->report->error;
    *state = h;
    return 0;
}

/* ---- segments ---- */

static struct bytes whole_text(const struct html *h) {
    return bytes_of(h->window.bytes, h->window.end);
}

static void give(struct html *h, size_t end, unsigned flags, struct segment *out) {
    struct window *w = &h->window;
    bool text = (flags & SEGMENT_FREE_TEXT) != 0;
    *out = (struct segment){
        .bytes = w->bytes,
        .len = text && w->end - end > SEGMENT_CONTEXT ? end + SEGMENT_CONTEXT : w->end,
        .begin = w->begin,
        .end = end,
        .offset = w->offset,
        .line = w->line,
        .cells = h->cells,
        .cell_count = h->cell_count,
        .rows = h->rows,
        .row_count = text ? 0 : h->row_count,
        .gap_field = FIELD_FREE_TEXT,
        .width_rule = w->width_rule,
        .flags = flags,
        .unescape = html_unescape,
    };
    window_consume(w, end);
}

/* TAG of TEXT is passed by: does it say that something is not shown? "input idno" */
static void see_tag(struct html *h, struct bytes text, const struct html_tag *tag) {
    enum { TAG_ROOM = 16, NAME_ROOM = 24 };
    char shown[HIDDEN_NAME_BYTES], tagged[TAG_ROOM], named[NAME_ROOM];
    struct bytes name = {NULL, 0};
    h->comments += bytes_starts_with(tag->name, BYTES_LIT("!--"));
    if (!html_hides(text, tag)) {
        return;
    }
    if (!html_attribute(text, tag, "name", &name)) {
        (void)html_attribute(text, tag, "id", &name);
    }
    for (size_t i = 0; i < name.len; i++) { /* names in the program's own text are simple ones */
        name.len = byte_is_alnum(name.ptr[i]) || strchr("_-.:[]", name.ptr[i]) ? name.len : i;
    }
    hidden_name(tag->name, tagged, sizeof tagged);
    hidden_name(name, named, sizeof named);
    snprintf(shown, sizeof shown, "%s%s%s", tagged, name.len > 0 ? " " : "", named);
    h->hidden.count++;
    hidden_list_add(&h->hidden, shown);
}

static bool holds_markup(struct bytes text) {
    return text.len > 0 &&
           (memchr(text.ptr, '<', text.len) != NULL || memchr(text.ptr, '&', text.len) != NULL);
}

static void put_cell(struct html *h, struct bytes text, uint32_t field, unsigned flags) {
    if (field == FIELD_FREE_TEXT || text.len > LONG_TEXT_BYTES) {
        flags |= CELL_TEXT;
    }
    if (h->cell_count < CELLS_MOST) {
        h->cells[h->cell_count++] = (struct cell){.offset = (uint32_t)(text.ptr - h->window.bytes),
                                                  .length = (uint32_t)text.len,
                                                  .field = field,
                                                  .flags = flags};
    }
}

/* ---- tables ---- */

/* May a tag inside a cell hold data of its own, in an attribute or as a comment? */
static bool holds_data(struct bytes tag) {
    size_t digits = 0;
    for (size_t i = 0; i < tag.len; i++) {
        digits = byte_is_digit(tag.ptr[i]) ? digits + 1 : 0;
        if (digits == DATA_DIGITS || tag.ptr[i] >= 0x80 || tag.ptr[i] == '@' || tag.ptr[i] == '%' ||
            tag.ptr[i] == '&') {
            return true;
        }
    }
    return bytes_starts_with(tag, BYTES_LIT("<!--"));
}

/* Without blanks and whole tags around it. */
static struct bytes trim_markup(struct bytes text) {
    struct html_tag tag;
    text = bytes_trim(text);
    while (text.len > 0 && text.ptr[0] == '<' && html_next_tag(text, 0, &tag) == HTML_TAG &&
           tag.begin == 0) {
        text = bytes_trim(bytes_from(text, tag.end));
    }
    while (text.len > 0 && text.ptr[text.len - 1] == '>') {
        const uint8_t *open = memrchr(text.ptr, '<', text.len);
        if (open == NULL || open + 1 == text.ptr + text.len || open[1] != '/') {
            break;
        }
        text = bytes_trim(bytes_first(text, (size_t)(open - text.ptr)));
    }
    return text;
}

static bool is_empty(struct bytes text) {
    uint8_t plain[LONG_TEXT_BYTES];
    if (text.len > sizeof plain) {
        return false;
    }
    size_t len = html_unescape(text, plain, 0);
    return len == 0 || bytes_equal(bytes_of(plain, len), BYTES_LIT("\xC2\xA0"));
}

static void put_value(struct html *h, struct bytes raw, uint32_t field, bool alone) {
    struct bytes text = trim_markup(raw);
    bool empty = is_empty(text);
    if (empty && !alone) {
        return;
    }
    if (!empty && field != FIELD_FREE_TEXT && h->row >= h->table.data_row &&
        (h->row_count == 0 || h->rows[h->row_count - 1].row != h->data_row)) {
        h->rows[h->row_count++] =
            (struct row_mark){.first_cell = (uint32_t)h->cell_count, .row = h->data_row};
    }
    put_cell(h, text, field, empty ? CELL_NULL : holds_markup(text) ? CELL_ESCAPED : 0U);
}

/* CONTENT of one cell: tags that hold data part it. */
static void put_content(struct html *h, struct bytes content, uint32_t field) {
    struct html_tag tag;
    size_t from = 0, at = 0;
    bool parted = false;
    if (content.len > CELL_BYTES_MOST) {
        put_cell(h, content, FIELD_FREE_TEXT, CELL_ESCAPED);
        return;
    }
    while (html_next_tag(content, at, &tag) == HTML_TAG) {
        see_tag(h, content, &tag);
        struct bytes whole = bytes_of(content.ptr + tag.begin, tag.end - tag.begin);
        if (holds_data(whole)) {
            put_value(h, bytes_of(content.ptr + from, tag.begin - from), field, false);
            put_cell(h, whole, FIELD_FREE_TEXT, 0);
            from = tag.end;
            parted = true;
        }
        at = tag.end;
    }
    put_value(h, bytes_from(content, from), field, !parted);
}

static void next_row(struct html *h) {
    struct table *table = field_set_table_at(h->fields, h->table_number);
    h->data_row = ++table->rows;
    h->read++;
}

/* CONTENT of a <th> in a table of pairs names what follows; the first name begins a record. */
static void take_name(struct html *h, struct bytes content) {
    uint8_t name[LONG_TEXT_BYTES];
    const size_t len = content.len > sizeof name ? 0 : html_unescape(content, name, 0);
    uint32_t field = FIELD_FREE_TEXT;
    if (len > 0) {
        field = field_set_key(h->fields, h->table_number, bytes_of(name, len), ATTRIBUTION_EXACT);
    }
    h->failed = h->failed || field == UINT32_MAX;
    h->name = h->failed ? (uint32_t)FIELD_FREE_TEXT : field;
    if (h->name != FIELD_FREE_TEXT && (h->data_row == 0 || h->name == h->first_name)) {
        h->first_name = h->name;
        next_row(h);
    }
}

static uint32_t field_of(const struct html *h) {
    if (h->table.pairs) {
        return h->name;
    }
    return h->row < h->table.data_row || h->column >= h->table.columns
               ? (uint32_t)FIELD_FREE_TEXT
               : h->table.first_field + (uint32_t)h->column;
}

/* The row that has begun, counted once it has a cell. */
static void begin_row(struct html *h) {
    h->row++;
    h->column = 0;
    h->name = FIELD_FREE_TEXT;
    if (!h->table.pairs && h->row >= h->table.data_row) {
        next_row(h);
    }
}

enum table_step { STEP_ON, STEP_ENDED, STEP_CUT };

/* One tag of the table at *AT; with a cell all of it. */
static enum table_step step_in_table(struct html *h, size_t *at) {
    struct bytes text = whole_text(h);
    struct html_tag tag, inner;
    if (html_next_tag(text, *at, &tag) != HTML_TAG) {
        return STEP_CUT;
    }
    const bool is_cell = html_begins_cell(&tag);
    if (!is_cell) {
        see_tag(h, text, &tag);
    }
    if (html_is(&tag, "table")) {
        *at = tag.closes ? tag.end : tag.begin;
        return STEP_ENDED;
    }
    if (html_is(&tag, "tr") && !tag.closes) {
        begin_row(h);
    }
    *at = tag.end;
    if (!is_cell) {
        return STEP_ON;
    }
    size_t end = tag.end;
    do {
        if (html_next_tag(text, end, &inner) != HTML_TAG) {
            *at = tag.begin;
            return STEP_CUT;
        }
        end = inner.end;
    } while (!html_ends_cell(&inner));
    see_tag(h, text, &tag);
    const struct bytes content = bytes_of(text.ptr + tag.end, inner.begin - tag.end);
    const bool name = h->table.pairs && html_is(&tag, "th");
    if (name) {
        take_name(h, content);
    }
    put_content(h, content, name ? (uint32_t)FIELD_FREE_TEXT : field_of(h));
    h->column += html_span(text, &tag);
    *at = inner.begin;
    return STEP_ON;
}

/* The part of the table that is in the window; 0: its next cell is not there as a whole. */
static size_t read_table(struct html *h) {
    size_t at = h->window.begin;
    enum table_step step = STEP_ON;
    if (h->data_row > 0 && h->row >= h->table.data_row && h->column > 0) {
        h->rows[h->row_count++] = (struct row_mark){.first_cell = 0, .row = h->data_row};
    }
    while (step == STEP_ON && h->cell_count + 64 < CELLS_MOST && h->row_count + 64 < CELLS_MOST &&
           at - h->window.begin < WINDOW_READ_BYTES) {
        step = step_in_table(h, &at);
    }
    h->in_table = step != STEP_ENDED;
    return at;
}

/* Is the table that begins at AT one of rows? */
static int begin_table(struct html *h, size_t at) {
    char name[32];
    int len = snprintf(name, sizeof name, "table %u", ++h->tables);
    struct bytes shown = bytes_of(name, (size_t)len);
    int status = html_table_look(bytes_from(whole_text(h), at), h->fields, shown, &h->table);
    if (status == 1) {
        h->in_table = true;
        h->table_number = field_set_table(h->fields, shown);
        h->table.data_row++; /* rows count from 1 */
        h->row = h->column = 0;
        h->data_row = 0;
        h->name = FIELD_FREE_TEXT;
    }
    return h->table_number == UINT32_MAX ? YINMA_E_MEMORY : status;
}

/* ---- forms ---- */

static bool put_form_field(struct html *h, const struct html_tag *tag, bool *failed) {
    struct bytes text = whole_text(h), name, value;
    if (!html_attribute(text, tag, "value", &value) || value.len == 0 ||
        (!html_attribute(text, tag, "name", &name) && !html_attribute(text, tag, "id", &name)) ||
        name.len == 0 || name.len > LONG_TEXT_BYTES) {
        return false;
    }
    uint32_t field = field_set_key(h->fields, TABLE_NONE, name, ATTRIBUTION_EXACT);
    *failed = field == UINT32_MAX;
    if (!*failed) {
        put_cell(h, value, field, holds_markup(value) ? CELL_ESCAPED : 0U);
    }
    return !*failed;
}

/* ---- text ---- */

/* How far the text goes that begins the window: to a table of rows, or as far as is known. Form
 * fields on the way become cells. */
static int read_text(struct html *h, size_t *end) {
    struct window *w = &h->window;
    struct bytes text = whole_text(h);
    size_t at = w->begin, limit = w->at_end ? w->end : w->end - SEGMENT_CONTEXT;
    struct html_tag tag;
    enum html_found found;
    bool failed = false;
    while ((found = html_next_tag(text, at, &tag)) == HTML_TAG && tag.begin < limit &&
           h->cell_count + 1 < CELLS_MOST) {
        if (html_is(&tag, "table") && !tag.closes) {
            if (!w->at_end && tag.begin > w->begin && w->end - tag.begin < HTML_TABLE_AHEAD) {
                *end = tag.begin; /* look at it with more of it at hand */
                return 0;
            }
            int status = begin_table(h, tag.begin);
            if (status != 0) {
                *end = tag.end;
                return status;
            }
        }
        see_tag(h, text, &tag);
        if (html_is(&tag, "input") && !tag.closes) {
            (void)put_form_field(h, &tag, &failed);
        }
        at = tag.end;
    }
    bool full = found == HTML_TAG && tag.begin < limit; /* no room for more cells */
    bool cut = found == HTML_CUT && !w->at_end && tag.begin > w->begin;
    *end = full || cut ? tag.begin : at > limit ? at : limit;
    return failed ? YINMA_E_MEMORY : 0;
}

static int finish(struct html *h) {
    struct decode_report *report = h->report;
    report->rows = h->read;
    report->status = h->window.status;
    if (h->hidden.count + h->comments > 0) {
        char elements[HIDDEN_TOLD_BYTES];
        hidden_list_tell(&h->hidden, elements);
        snprintf(report->notice, sizeof report->notice,
                 SAID("hidden: elements that a browser does not show %s, comments %llu"), elements,
                 (unsigned long long)h->comments);
    }
    return 0;
}

static int next_segment(void *state, struct segment *out, struct error *err) {
    struct html *h = state;
    struct window *w = &h->window;
    size_t end = 0;
    int status = 0;
    h->cell_count = h->row_count = 0;
    if (w->end - w->begin < HTML_TABLE_AHEAD + SEGMENT_CONTEXT && !w->at_end) {
        (void)window_fill(w, NULL);
    }
    if (w->begin == w->end) {
        return finish(h);
    }
    if (h->bare) {
        h->bare = false;
        status = begin_table(h, w->begin);
    }
    if (h->in_table) {
        end = read_table(h);
        while (end == w->begin && h->in_table && window_fill(w, NULL)) {
            end = read_table(h); /* a cell longer than the window was */
        }
        if (end > w->begin && !h->failed) {
            give(h, end, 0, out);
            return 1;
        }
        h->in_table = false; /* what is left has no end: text */
        h->cell_count = h->row_count = 0;
    }
    status = status < 0 || h->failed ? YINMA_E_MEMORY : read_text(h, &end);
    if (status < 0) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for reading HTML");
    }
    if (end <= w->begin) {
        end = w->end; /* markup without an end */
    }
    give(h, end, SEGMENT_FREE_TEXT, out);
    return 1;
}

const struct decoder decoder_html = {
    .name = "html",
    .summary = "HTML, also saved as .xls: tables with headings are tables, form fields are named, "
               "the rest is text with its comments and scripts",
    .traits = 0,
    .bid = bid,
    .open = open_html,
    .next = next_segment,
    .close = close_html,
};
