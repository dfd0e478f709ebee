#include "decode/markup/html_table.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/error.h"
#include "core/text_buffer.h"
#include "decode/delimited/sniff.h"

enum { ROWS_MOST = 48, NAME_BYTES = 256, SPAN_MOST = 100, HEAD_CELL_BYTES = 4096 };

bool html_begins_cell(const struct html_tag *tag) {
    return !tag->closes && (html_is(tag, "td") || html_is(tag, "th"));
}

bool html_ends_cell(const struct html_tag *tag) {
    static const char *const names[] = {"td",    "th",    "tr",    "table",
                                        "tbody", "thead", "tfoot", "caption"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (html_is(tag, names[i])) {
            return true;
        }
    }
    return false;
}

size_t html_span(struct bytes text, const struct html_tag *tag) {
    struct bytes value;
    size_t span = 0;
    if (!html_attribute(text, tag, "colspan", &value)) {
        return 1;
    }
    for (size_t i = 0; i < value.len && i < 4 && byte_is_digit(value.ptr[i]); i++) {
        span = span * 10 + (size_t)(value.ptr[i] - '0');
    }
    return span >= 1 && span <= SPAN_MOST ? span : 1;
}

/* ---- the first rows ---- */

struct row {
    size_t begin, count, filled; /* cells in `cells` */
    size_t names;                /* how many of them are <th> … */
    bool apart;                  /* … that are not followed by one <td> each */
};

struct look {
    struct text_buffer text; /* of the cells, one behind the other */
    size_t ends[ROWS_MOST * HTML_TABLE_COLUMNS];
    size_t cells;
    struct row rows[ROWS_MOST];
    size_t row_count, widest;
};

static void see_cell(struct look *look, const struct html_tag *tag) {
    struct row *row = &look->rows[look->row_count - 1];
    const bool name = html_is(tag, "th");
    row->names += name;
    row->apart = row->apart || row->count + 1 != row->names * 2 - name;
}

/* Names and values side by side: what is not, is a title over them. */
static bool holds_pairs(const struct look *look) {
    size_t rows = 0;
    for (size_t i = 0; i < look->row_count; i++) {
        const struct row *row = &look->rows[i];
        const bool pairs = row->names > 0 && !row->apart && row->count == row->names * 2;
        if (!pairs && (row->names > 0 || row->filled > 1)) {
            return false;
        }
        rows += pairs;
    }
    return rows > 1;
}

static bool put_cell(struct look *look, struct bytes raw) {
    uint8_t plain[HEAD_CELL_BYTES];
    struct row *row = &look->rows[look->row_count - 1];
    if (row->count == HTML_TABLE_COLUMNS) {
        return false;
    }
    size_t len = html_unescape(bytes_first(raw, sizeof plain), plain, 0);
    text_buffer_put(&look->text, bytes_of(plain, len));
    look->ends[look->cells++] = look->text.len;
    row->count++;
    row->filled += len > 0;
    look->widest = row->count > look->widest && len > 0 ? row->count : look->widest;
    return true;
}

/* Read rows until the table ends or there are enough; false: it is no table of rows. */
static bool read_rows(struct look *look, struct bytes text) {
    struct html_tag tag;
    size_t at = 0, cell = SIZE_MAX, span = 1;
    bool opened = false;
    while (html_next_tag(text, at, &tag) == HTML_TAG) {
        if (cell != SIZE_MAX && html_ends_cell(&tag)) {
            bool good = put_cell(look, bytes_of(text.ptr + cell, tag.begin - cell));
            for (size_t i = 1; good && i < span; i++) {
                good = put_cell(look, bytes_of(text.ptr, 0));
            }
            if (!good) {
                return false;
            }
            cell = SIZE_MAX;
        }
        if (html_is(&tag, "table")) {
            if (opened) {
                return tag.closes; /* a table in a table is layout */
            }
            opened = true;
        } else if (html_is(&tag, "tr") && !tag.closes) {
            if (look->row_count == ROWS_MOST) {
                return true;
            }
            look->rows[look->row_count++] = (struct row){.begin = look->cells};
        } else if (html_begins_cell(&tag) && look->row_count > 0) {
            see_cell(look, &tag);
            cell = tag.end;
            span = html_span(text, &tag);
        }
        at = tag.end;
    }
    return true;
}

static struct bytes cell_text(const struct look *look, size_t cell) {
    size_t begin = cell == 0 ? 0 : look->ends[cell - 1];
    return bytes_of(look->text.data + begin, look->ends[cell] - begin);
}

static void put_line(const struct look *look, const struct row *row, struct text_buffer *out) {
    size_t most = row->filled * 2 > look->widest ? look->widest : row->count;
    while (row->filled * 2 <= look->widest && most > 0 &&
           cell_text(look, row->begin + most - 1).len == 0) {
        most--; /* a title over all columns */
    }
    for (size_t i = 0; i < most; i++) {
        struct bytes text = i < row->count ? cell_text(look, row->begin + i) : bytes_of("", 0);
        if (i > 0) {
            text_buffer_putc(out, '\t');
        }
        for (size_t j = 0; j < text.len && j < NAME_BYTES; j++) {
            char c = (char)text.ptr[j];
            if (strchr("\t\r\n\",;|", c) != NULL) { /* and NUL */
                c = ' ';
            }
            text_buffer_putc(out, c);
        }
    }
    text_buffer_putc(out, '\n');
}

/* The row that names the columns; SIZE_MAX: none. */
static size_t find_header(const struct look *look, struct text_buffer *sample, size_t *data_row) {
    struct delimited_dialect dialect;
    size_t lines = 0;
    for (size_t i = 0; i < look->row_count; i++) {
        put_line(look, &look->rows[i], sample);
    }
    struct bytes text = text_buffer_view(sample);
    if (sample->failed || text.len == 0 || !delimited_sniff(text, true, &dialect) ||
        dialect.marks.delimiter != '\t' || dialect.header == SIZE_MAX) {
        return SIZE_MAX;
    }
    for (size_t i = 0; i < dialect.header; i++) {
        lines += text.ptr[i] == '\n';
    }
    *data_row = lines + 1;
    return lines;
}

static int name_columns(const struct look *look, size_t header, struct field_set *fields,
                        struct bytes name, struct html_table *out) {
    struct column_name names[HTML_TABLE_COLUMNS];
    char rooms[HTML_TABLE_COLUMNS][16];
    const struct row *row = &look->rows[header];
    uint32_t table = field_set_table(fields, name);
    for (size_t i = 0; i < look->widest; i++) {
        struct bytes text = i < row->count ? cell_text(look, row->begin + i) : bytes_of("", 0);
        if (text.len == 0 || text.len > NAME_BYTES) {
            text = bytes_of(rooms[i], (size_t)snprintf(rooms[i], sizeof rooms[i], "#%zu", i + 1));
        }
        names[i] = (struct column_name){.column = text, .label = BYTES_LIT("")};
    }
    out->columns = look->widest;
    out->first_field = table == UINT32_MAX ? UINT32_MAX
                                           : field_set_columns(fields, table, names, look->widest,
                                                               ATTRIBUTION_EXACT);
    return out->first_field == UINT32_MAX ? YINMA_E_MEMORY : 1;
}

int html_table_look(struct bytes text, struct field_set *fields, struct bytes name,
                    struct html_table *out) {
    struct text_buffer sample;
    struct look *look = calloc(1, sizeof *look);
    int status = look == NULL ? YINMA_E_MEMORY : 0;
    if (look == NULL) {
        return status;
    }
    text_buffer_init(&sample, 0);
    text_buffer_init(&look->text, 0);
    const bool rows = read_rows(look, bytes_first(text, HTML_TABLE_AHEAD)) && look->widest > 1;
    out->pairs = rows && holds_pairs(look);
    if (out->pairs) {
        out->columns = out->data_row = 0;
        status = 1;
    } else if (rows) {
        size_t header = find_header(look, &sample, &out->data_row);
        if (header != SIZE_MAX) {
            status = name_columns(look, header, fields, name, out);
        }
    }
    if (look->text.failed || sample.failed) {
        status = YINMA_E_MEMORY;
    }
    text_buffer_release(&look->text);
    text_buffer_release(&sample);
    free(look);
    return status;
}
