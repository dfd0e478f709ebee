#include "run/layouts/layout_file.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "catalog/file_text.h"
#include "decode/encoding/transcode.h"
#include "input/input.h"
#include "run/layouts/layout_words.h"

enum { CELLS_MAX = 64, SHOWN_BYTES = 40, PROBLEM_BYTES = 200 };

/* A row of the table, and what is to be said of it. */
struct sheet_row {
    unsigned line; /* of the file, where the row begins */
    size_t count;
    struct bytes cells[CELLS_MAX];
};

struct layout_reader {
    const char *file; /* for messages */
    struct arena *memory;
    struct error *err;
    struct record_layout *out;
    struct layout_record *record;    /* the rows are of that one now; NULL: none yet */
    size_t place[LAYOUT_COLUMNS];    /* of the columns, from 1; 0: the table has none of it */
    uint32_t next;                   /* where a field begins of which only the length is told */
    struct layout_field *unmeasured; /* the field before has a start only: it ends at the next */
    size_t total;
    unsigned line; /* being read */
};

/* Say what is wrong with the cell of COLUMN (from 1; 0: with the row). */
static int __attribute__((format(printf, 4, 5)))
complain(const struct layout_reader *r, unsigned line, size_t column, const char *format, ...) {
    char problem[PROBLEM_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(problem, sizeof problem, format, arguments);
    va_end(arguments);
    if (column == 0) {
        return error_set(r->err, YINMA_E_USAGE, "%s:%u: %s", r->file, line, problem);
    }
    return error_set(r->err, YINMA_E_USAGE, "%s:%u: column %zu: %s", r->file, line, column,
                     problem);
}

static int out_of_memory(const struct layout_reader *r) {
    return error_set(r->err, YINMA_E_MEMORY, "out of memory while reading %s", r->file);
}

/* ---- rows and cells ---- */

/* Behind the quote that closes the one TEXT begins with; all of it when none does. */
static size_t quoted_length(struct bytes text) {
    size_t at = 1;
    while (at < text.len &&
           (text.ptr[at] != '"' || (at + 1 < text.len && text.ptr[at + 1] == '"'))) {
        at += text.ptr[at] == '"' ? 2 : 1;
    }
    return at < text.len ? at + 1 : text.len;
}

/* The cell at the start of *text, without its quotes; *text goes on behind it. False: no memory. */
static bool take_quoted(struct layout_reader *r, struct bytes *text, struct bytes *cell) {
    size_t whole = quoted_length(*text), len = 0;
    uint8_t *copy = arena_alloc(r->memory, whole);
    if (copy == NULL) {
        return false;
    }
    bool closed = whole > 1 && text->ptr[whole - 1] == '"';
    for (size_t at = 1; at < whole - (closed ? 1 : 0); at++) {
        r->line += text->ptr[at] == '\n';
        copy[len++] = text->ptr[at];
        at += text->ptr[at] == '"'; /* two are one */
    }
    *cell = bytes_of(copy, len);
    *text = bytes_from(*text, whole);
    return true;
}

/* The next row of *text. Rows may go over several lines inside quotes. */
static bool take_row(struct layout_reader *r, char delimiter, struct bytes *text,
                     struct sheet_row *row) {
    *row = (struct sheet_row){.line = r->line};
    for (;;) {
        struct bytes cell = bytes_of("", 0);
        if (text->len > 0 && text->ptr[0] == '"' && !take_quoted(r, text, &cell)) {
            return false;
        }
        size_t end = 0;
        while (end < text->len && text->ptr[end] != (uint8_t)delimiter && text->ptr[end] != '\n') {
            end++;
        }
        cell = cell.len == 0 ? bytes_first(*text, end) : cell;
        if (row->count < CELLS_MAX) {
            row->cells[row->count++] = bytes_trim_wide(cell);
        }
        bool over = end >= text->len || text->ptr[end] == '\n';
        *text = bytes_from(*text, end + 1);
        if (over) {
            r->line++;
            return true;
        }
    }
}

static struct bytes cell_of(const struct layout_reader *r, const struct sheet_row *row,
                            enum layout_column column) {
    size_t place = r->place[column];
    return place == 0 || place > row->count ? bytes_of("", 0) : row->cells[place - 1];
}

static size_t filled_cells(const struct sheet_row *row, size_t *first) {
    size_t filled = 0;
    for (size_t i = row->count; i-- > 0;) {
        filled += row->cells[i].len > 0;
        *first = row->cells[i].len > 0 ? i : *first;
    }
    return filled;
}

/* Is ROW the head of the table? Then its columns hold from now on. */
static bool take_heading(struct layout_reader *r, const struct sheet_row *row) {
    size_t place[LAYOUT_COLUMNS] = {0};
    for (size_t i = 0; i < row->count; i++) {
        enum layout_column column = layout_column_of(row->cells[i]);
        if (place[column] == 0) {
            place[column] = i + 1;
        }
    }
    bool is_head = place[LAYOUT_COLUMN_NAME] != 0 &&
                   (place[LAYOUT_COLUMN_LENGTH] != 0 || place[LAYOUT_COLUMN_START] != 0 ||
                    place[LAYOUT_COLUMN_RANGE] != 0);
    if (is_head) {
        memcpy(r->place, place, sizeof place);
    }
    return is_head;
}

/* ---- sorts of records ---- */

static int begin_record(struct layout_reader *r, struct bytes name) {
    for (size_t i = 0; i < r->out->record_count; i++) {
        if (bytes_equal(r->out->records[i].name, name)) {
            r->record = &r->out->records[i];
            return 0;
        }
    }
    if (r->out->record_count == LAYOUT_RECORDS_MAX) {
        return complain(r, r->line, 0, SAID("more than %d sorts of records"), LAYOUT_RECORDS_MAX);
    }
    r->record = &r->out->records[r->out->record_count];
    r->record->fields = arena_alloc(r->memory, LAYOUT_FIELDS_MAX * sizeof *r->record->fields);
    r->record->name = arena_copy(r->memory, name);
    if (r->record->fields == NULL || (name.len > 0 && r->record->name.ptr == NULL)) {
        return out_of_memory(r);
    }
    r->out->record_count++;
    r->record->place = layout_place_of(name);
    r->next = 0;
    r->unmeasured = NULL;
    return 0;
}

/* ---- fields ---- */

static int read_number(const struct layout_reader *r, const struct sheet_row *row,
                       enum layout_column column, uint32_t *out) {
    struct bytes cell = cell_of(r, row, column);
    *out = 0;
    if (cell.len == 0 || (layout_number(cell, out) && *out <= LAYOUT_WIDTH_MAX)) {
        return 0;
    }
    return complain(r, row->line, r->place[column],
                    SAID("\"%.*s\" is not a whole number from 1 to %d"),
                    (int)(cell.len < SHOWN_BYTES ? cell.len : SHOWN_BYTES), (const char *)cell.ptr,
                    LAYOUT_WIDTH_MAX);
}

/* Start, end and length as far as they are told; 0: not. */
static int read_places(const struct layout_reader *r, const struct sheet_row *row, uint32_t *start,
                       uint32_t *end, uint32_t *length) {
    bool both = layout_range(cell_of(r, row, LAYOUT_COLUMN_START), start, end) && *end != 0;
    int status = both ? 0 : read_number(r, row, LAYOUT_COLUMN_START, start);
    if (status == 0 && !both) {
        status = read_number(r, row, LAYOUT_COLUMN_END, end);
    }
    status = status != 0 ? status : read_number(r, row, LAYOUT_COLUMN_LENGTH, length);
    struct bytes range = cell_of(r, row, LAYOUT_COLUMN_RANGE);
    if (status != 0 || range.len == 0 || *start != 0) {
        return status;
    }
    if (!layout_range(range, start, end) || *start > LAYOUT_WIDTH_MAX || *end > LAYOUT_WIDTH_MAX) {
        return complain(
            r, row->line, r->place[LAYOUT_COLUMN_RANGE], SAID("\"%.*s\" is not a range like 1-10"),
            (int)(range.len < SHOWN_BYTES ? range.len : SHOWN_BYTES), (const char *)range.ptr);
    }
    return 0;
}

/* The column to blame for an end that does not fit. */
static size_t end_column(const struct layout_reader *r) {
    return r->place[LAYOUT_COLUMN_END] != 0 ? r->place[LAYOUT_COLUMN_END]
                                            : r->place[LAYOUT_COLUMN_RANGE];
}

static int read_span(struct layout_reader *r, const struct sheet_row *row,
                     struct layout_span *out) {
    uint32_t start = 0, end = 0, length = 0;
    int status = read_places(r, row, &start, &end, &length);
    if (status != 0) {
        return status;
    }
    if (start == 0 && end == 0 && length == 0) {
        return complain(r, row->line, r->place[LAYOUT_COLUMN_NAME],
                        SAID("the field has no start, end or length"));
    }
    if (start == 0) {
        start = end != 0 && length != 0 && length <= end ? end - length + 1 : r->next + 1;
    }
    if (end != 0 && end < start) {
        return complain(r, row->line, end_column(r),
                        SAID("the field ends at byte %u, before its start"), end);
    }
    if (end != 0 && length != 0 && end - start + 1 != length) {
        return complain(r, row->line, r->place[LAYOUT_COLUMN_LENGTH],
                        SAID("the length is %u, but from byte %u to %u there are %u"), length,
                        start, end, end - start + 1);
    }
    out->start = start - 1;
    out->length = end != 0 ? end - start + 1 : length;
    return 0;
}

/* The field before has only a start: it ends where this one begins. */
static int measure_before(struct layout_reader *r, uint32_t start) {
    struct layout_field *before = r->unmeasured;
    r->unmeasured = NULL;
    if (before == NULL) {
        return 0;
    }
    if (start <= before->span.start) {
        return complain(r, before->line, 0, SAID("the field has no end and no length"));
    }
    before->span.length = start - before->span.start;
    return 0;
}

/* Without quotation marks around it: '1', 「1」. */
static struct bytes unquoted(struct bytes text) {
    const struct bytes open = BYTES_LIT("「"), close = BYTES_LIT("」");
    if (bytes_starts_with(text, open) && bytes_ends_with(text, close)) {
        return bytes_of(text.ptr + open.len, text.len - open.len - close.len);
    }
    bool quoted = text.len >= 3 && (text.ptr[0] == '\'' || text.ptr[0] == '"') &&
                  text.ptr[text.len - 1] == text.ptr[0];
    return quoted ? bytes_of(text.ptr + 1, text.len - 2) : text;
}

static int add_field(struct layout_reader *r, const struct sheet_row *row, struct bytes name) {
    struct layout_span span = {0};
    int status = r->record == NULL ? begin_record(r, bytes_of("", 0)) : 0;
    status = status != 0 ? status : read_span(r, row, &span);
    status = status != 0 ? status : measure_before(r, span.start);
    if (status != 0) {
        return status;
    }
    struct layout_record *record = r->record;
    if (record->field_count == LAYOUT_FIELDS_MAX) {
        return complain(r, row->line, 0, SAID("a record may have at most %d fields"),
                        LAYOUT_FIELDS_MAX);
    }
    struct layout_field *field = &record->fields[record->field_count++];
    *field = (struct layout_field){arena_copy(r->memory, name), span, row->line};
    struct bytes code = unquoted(cell_of(r, row, LAYOUT_COLUMN_CODE));
    if (code.len > 0 && record->code_text.len == 0) {
        record->code = span;
        record->code_text = arena_copy(r->memory, code);
    }
    if (field->name.ptr == NULL || (code.len > 0 && record->code_text.ptr == NULL)) {
        return out_of_memory(r);
    }
    r->unmeasured = span.length == 0 ? field : NULL;
    r->next = span.start + span.length;
    return 0;
}

/* "合計, 200": all records are that long. */
static int read_total(struct layout_reader *r, const struct sheet_row *row) {
    uint32_t start = 0, end = 0, length = 0;
    int status = read_places(r, row, &start, &end, &length);
    size_t total = length != 0 ? length : end != 0 ? end : start;
    if (r->unmeasured != NULL && total != 0) {
        status = status != 0 ? status : measure_before(r, (uint32_t)total);
    }
    r->total = total > r->total ? total : r->total;
    return status;
}

static int read_row(struct layout_reader *r, const struct sheet_row *row) {
    size_t first = 0, filled = filled_cells(row, &first);
    if (filled == 0 || take_heading(r, row)) {
        return 0;
    }
    if (filled == 1) { /* a title, or a remark below the table */
        return layout_is_title(row->cells[first]) ? begin_record(r, row->cells[first]) : 0;
    }
    struct bytes sort = cell_of(r, row, LAYOUT_COLUMN_RECORD);
    int status = sort.len > 0 ? begin_record(r, sort) : 0;
    struct bytes name = cell_of(r, row, LAYOUT_COLUMN_NAME);
    if (status != 0) {
        return status;
    }
    if (layout_is_total(name.len == 0 ? row->cells[first] : name)) {
        return read_total(r, row);
    }
    return add_field(r, row, name.len == 0 ? BYTES_LIT("FILLER") : name);
}

/* ---- the whole ---- */

static int finish_record(struct layout_reader *r, struct layout_record *record) {
    const struct layout_field *one = NULL, *other = NULL;
    switch (layout_record_finish(record, &one, &other)) {
    case LAYOUT_OVERLAP:
        return complain(r, one->line > other->line ? one->line : other->line, 0,
                        SAID("the field shares bytes with the one of line %u"),
                        one->line > other->line ? other->line : one->line);
    case LAYOUT_TOO_WIDE:
        return complain(r, one->line, 0, "a record may have at most %d bytes", LAYOUT_WIDTH_MAX);
    case LAYOUT_EMPTY:
    case LAYOUT_GOOD:
        break;
    }
    r->out->width = record->width > r->out->width ? record->width : r->out->width;
    return 0;
}

static int finish_layout(struct layout_reader *r) {
    struct record_layout *out = r->out;
    size_t kept = 0;
    int status = r->unmeasured == NULL ? 0
                                       : complain(r, r->unmeasured->line, 0,
                                                  SAID("the last field has no end and no length"));
    for (size_t i = 0; status == 0 && i < out->record_count; i++) {
        status = finish_record(r, &out->records[i]);
        if (out->records[i].field_count > 0) { /* titles without a table are none */
            out->records[kept++] = out->records[i];
        }
    }
    out->record_count = kept;
    if (status == 0 && kept == 0) {
        return complain(r, r->line, 0, SAID("the table of the layout has no fields"));
    }
    if (status == 0 && r->total != 0 && r->total < out->width) {
        return complain(r, r->line, 0,
                        SAID("records are said to be %zu bytes long, their fields need %zu"),
                        r->total, out->width);
    }
    out->width = r->total > out->width ? r->total : out->width;
    if (status == 0 && kept == 1 && out->records[0].code.length == 0) {
        out->records[0].name = bytes_of("", 0); /* a title above the only table */
        out->records[0].place = LAYOUT_DETAIL;
    }
    return status;
}

/* The character that parts the cells: the one with which there is a head of a table. */
static char find_delimiter(struct layout_reader *r, struct bytes text) {
    static const char delimiters[] = {',', '\t', ';', '|'};
    for (size_t i = 0; i < sizeof delimiters; i++) {
        struct bytes rest = text;
        struct sheet_row row;
        while (rest.len > 0 && take_row(r, delimiters[i], &rest, &row)) {
            if (take_heading(r, &row)) {
                memset(r->place, 0, sizeof r->place);
                return delimiters[i];
            }
        }
    }
    return '\0';
}

int layout_text_read(struct bytes text, const char *file, struct arena *memory,
                     struct record_layout *out, struct error *err) {
    struct layout_reader r = {.file = file, .memory = memory, .err = err, .out = out, .line = 1};
    *out = (struct record_layout){0};
    out->records = arena_alloc(memory, LAYOUT_RECORDS_MAX * sizeof *out->records);
    if (out->records == NULL) {
        return out_of_memory(&r);
    }
    if (bytes_starts_with(text, BYTES_LIT("\xEF\xBB\xBF"))) {
        text = bytes_from(text, 3);
    }
    char delimiter = find_delimiter(&r, text);
    if (delimiter == '\0') {
        return complain(
            &r, 1, 0,
            SAID("no row names the columns of the layout: a name (欄位名稱, field) and 起, "
                 "迄, 長度 or 位置 (start, end, length, position)"));
    }
    r.line = 1;
    int status = 0;
    bool headed = false;
    while (status == 0 && text.len > 0) {
        struct sheet_row row;
        if (!take_row(&r, delimiter, &text, &row)) {
            return out_of_memory(&r);
        }
        size_t first = 0;
        if (headed || (filled_cells(&row, &first) == 1 && layout_is_title(row.cells[first]))) {
            status = read_row(&r, &row);
        } else {
            headed = take_heading(&r, &row);
        }
    }
    return status != 0 ? status : finish_layout(&r);
}

/* The file in UTF-8, in MEMORY. */
static int read_text(const char *file, struct arena *memory, struct bytes *out, struct error *err) {
    struct bytes raw;
    struct transcoding text = {0};
    int status = file_text_read(file, &raw, err);
    if (status != 0) {
        return status;
    }
    size_t room = 4 * raw.len + 64;
    uint8_t *buffer = arena_alloc(memory, room);
    struct byte_source *source = input_open_memory(raw);
    if (buffer == NULL || source == NULL) {
        status = error_set(err, YINMA_E_MEMORY, "out of memory while reading %s", file);
        goto done;
    }
    status = transcode_open(&text, source, encoding_guess(raw, true), block64_ops(isa_best()), err);
    source = NULL; /* it belongs to the transcoding, or is closed */
    if (status != 0) {
        goto done;
    }
    int64_t got = byte_source_read_full(text.source, buffer, room, err);
    byte_source_close(text.source);
    status = got < 0 ? (int)got : 0;
    *out = bytes_of(buffer, got < 0 ? 0 : (size_t)got);
done:
    if (source != NULL) {
        byte_source_close(source);
    }
    free((void *)(uintptr_t)raw.ptr);
    return status;
}

int layout_file_read(const char *file, struct arena *memory, struct record_layout *out,
                     struct error *err) {
    struct bytes text = {NULL, 0};
    int status = read_text(file, memory, &text, err);
    return status != 0 ? status : layout_text_read(text, file, memory, out, err);
}
