/* "Non-XML Format Files" and "XML Format Files" of the documentation of SQL Server: a version, the
 * number of columns, then a line a column: place, type in the file, prefix, length, terminator,
 * place in the table, name, collation. */
#include "run/layouts/bcp_format.h"

#include "decode/sqlserver/bcp_types.h"

enum { MARK_BYTES = 16, NUMBER_MOST = 1 << 30 };

struct format {
    struct arena *memory;
    struct record_layout *out;
    struct layout_record *record;
    struct bytes first;         /* what parts the first two fields */
    struct bytes last;          /* what ends the field read last */
    bool mixed;                 /* other fields are parted by something else */
    bool wide;                  /* UTF-16 */
    bool native;                /* not all fields are characters up to a mark */
    struct bcp_column *columns; /* the same fields, as native ones */
    bool failed;
};

/* ---- marks ---- */

/* \t, \n, \r, \0 and \\ undone. */
static struct bytes unescaped(struct format *f, struct bytes text) {
    uint8_t room[MARK_BYTES];
    size_t len = 0;
    for (size_t i = 0; i < text.len && len < MARK_BYTES; i++) {
        uint8_t c = text.ptr[i];
        if (c == '\\' && i + 1 < text.len) {
            uint8_t next = text.ptr[++i];
            c = next == 't'   ? '\t'
                : next == 'n' ? '\n'
                : next == 'r' ? '\r'
                : next == '0' ? 0
                              : next;
        }
        if (c == '&' && bytes_starts_with(bytes_from(text, i), BYTES_LIT("&amp;"))) {
            i += 4; /* in XML */
        }
        room[len++] = c;
    }
    struct bytes copy = arena_copy(f->memory, bytes_of(room, len));
    f->failed = f->failed || (len > 0 && copy.ptr == NULL);
    return copy;
}

/* "\t\0" is a tab in UTF-16: the mark as it stands in the text that becomes of it. */
static struct bytes narrowed(struct format *f, struct bytes mark) {
    uint8_t room[MARK_BYTES];
    size_t len = 0;
    for (size_t i = 0; i < mark.len; i++) {
        if (mark.ptr[i] != 0) {
            room[len++] = mark.ptr[i];
        }
    }
    struct bytes copy = arena_copy(f->memory, bytes_of(room, len));
    f->failed = f->failed || (len > 0 && copy.ptr == NULL);
    return copy;
}

static void add_field(struct format *f, struct bytes name, struct bcp_column column) {
    if (f->record->field_count == LAYOUT_FIELDS_MAX) {
        f->failed = true;
        return;
    }
    const bool text = column.type == BCP_TEXT || column.type == BCP_WIDE_TEXT;
    struct bytes mark = narrowed(f, column.terminator);
    f->native = f->native || !text || column.prefix != 0 || mark.len == 0;
    f->wide = f->wide || column.type == BCP_WIDE_TEXT;
    column.nullable = column.told = true;
    column.constant = column.prefix == 0 && mark.len == 0;
    struct layout_field *field = &f->record->fields[f->record->field_count];
    field->name = column.name = arena_copy(f->memory, name);
    f->failed = f->failed || (name.len > 0 && field->name.ptr == NULL);
    f->columns[f->record->field_count++] = column;
    if (f->record->field_count == 1) {
        f->first = mark;
    } else if (f->record->field_count > 2) {
        f->mixed = f->mixed || !bytes_equal(f->last, f->first);
    }
    f->last = mark;
}

static bool finish_native(struct format *f) {
    struct bcp_layout *native = arena_alloc(f->memory, sizeof *native);
    if (native == NULL || f->failed || f->record->field_count == 0) {
        return false;
    }
    native->columns = f->columns;
    native->count = f->record->field_count;
    f->out->native = native;
    return true;
}

static bool finish(struct format *f) {
    struct record_layout *out = f->out;
    if (f->native) {
        return finish_native(f);
    }
    struct bytes end = f->last;
    while (end.len > 0 && (end.ptr[end.len - 1] == '\n' || end.ptr[end.len - 1] == '\r')) {
        end.len--;
    }
    if (f->failed || f->mixed || f->record->field_count == 0 || end.len == f->last.len) {
        return false; /* records that do not end with a line are not parted here */
    }
    out->record_count = 1;
    out->is_delimited = true;
    out->delimiter = f->record->field_count == 1 ? BYTES_LIT("\t") : f->first;
    out->record_end = end;
    out->encoding = f->wide ? "utf-16le" : NULL;
    return out->delimiter.len > 0;
}

/* ---- lines ---- */

/* The next word of *line, or what stands in quotes. */
static struct bytes take_part(struct bytes *line) {
    while (line->len > 0 && (line->ptr[0] == ' ' || line->ptr[0] == '\t')) {
        *line = bytes_from(*line, 1);
    }
    size_t at = 0;
    if (line->len > 0 && line->ptr[0] == '"') {
        struct bytes body = bytes_from(*line, 1);
        while (at < body.len && body.ptr[at] != '"') {
            at += body.ptr[at] == '\\' ? 2 : 1;
        }
        struct bytes part = bytes_first(body, at);
        *line = bytes_from(body, at + 1);
        return part;
    }
    while (at < line->len && line->ptr[at] != ' ' && line->ptr[at] != '\t') {
        at++;
    }
    struct bytes part = bytes_first(*line, at);
    *line = bytes_from(*line, at);
    return part;
}

static struct bytes take_line(struct bytes *text) {
    size_t end = bytes_find(*text, BYTES_LIT("\n"));
    struct bytes line = bytes_trim(bytes_first(*text, end));
    *text = end == SIZE_MAX ? bytes_of("", 0) : bytes_from(*text, end + 1);
    return line;
}

static bool is_number(struct bytes text) {
    size_t at = 0;
    while (at < text.len && (byte_is_digit(text.ptr[at]) || text.ptr[at] == '.')) {
        at++;
    }
    return text.len > 0 && at == text.len;
}

static uint32_t number_of(struct bytes text) {
    uint32_t number = 0;
    for (size_t i = 0; i < text.len && byte_is_digit(text.ptr[i]) && number < NUMBER_MOST / 10;
         i++) {
        number = number * 10 + (uint32_t)(text.ptr[i] - '0');
    }
    return number;
}

static bool is_prefix(uint32_t bytes) {
    return bytes == 0 || bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
}

static bool read_lines(struct format *f, struct bytes text) {
    bool version = is_number(take_line(&text));
    if (!version || !is_number(take_line(&text))) { /* the number of columns */
        return false;
    }
    while (text.len > 0) {
        struct bytes line = take_line(&text);
        if (line.len == 0) {
            continue;
        }
        struct bytes place = take_part(&line), type = take_part(&line);
        struct bytes prefix = take_part(&line), length = take_part(&line), mark = take_part(&line);
        struct bytes number = take_part(&line), name = take_part(&line);
        struct bcp_column column = {0};
        if (!is_number(place) || !is_number(prefix) || !is_prefix(number_of(prefix)) ||
            !is_number(length) || !is_number(number) ||
            !bcp_column_of_field(&column, type, number_of(length))) {
            return false;
        }
        column.prefix = (uint8_t)number_of(prefix);
        column.terminator = unescaped(f, mark);
        add_field(f, bytes_equal(number, BYTES_LIT("0")) ? bytes_of("", 0) : name, column);
    }
    return true;
}

/* ---- XML ---- */

/* The value of attribute NAME of the tag TAG; empty: it has none. */
static struct bytes attribute(struct bytes tag, struct bytes name) {
    size_t at = bytes_find(tag, name);
    struct bytes value = at == SIZE_MAX ? bytes_of("", 0) : bytes_from(tag, at + name.len);
    return bytes_first(value, value.len == 0 ? 0 : bytes_find(value, BYTES_LIT("\"")));
}

/* The next tag called NAME; false: there is none. */
static bool take_tag(struct bytes *text, struct bytes name, struct bytes *tag) {
    size_t at = bytes_find(*text, name);
    if (at == SIZE_MAX) {
        return false;
    }
    *text = bytes_from(*text, at + name.len);
    *tag = bytes_first(*text, bytes_find(*text, BYTES_LIT(">")));
    return true;
}

/* The tag of the column that takes the field ID; empty: none does. */
static struct bytes column_of(struct bytes text, struct bytes id) {
    struct bytes tag;
    while (take_tag(&text, BYTES_LIT("<COLUMN "), &tag)) {
        if (bytes_equal(attribute(tag, BYTES_LIT("SOURCE=\"")), id)) {
            return tag;
        }
    }
    return bytes_of("", 0);
}

/* How the field TAG is stored: characters are, whatever the column COLUMN_TAG is. */
static bool field_of(struct bytes tag, struct bytes column_tag, struct bcp_column *out) {
    struct bytes type = attribute(tag, BYTES_LIT("xsi:type=\"")), stored = BYTES_LIT("SQLBINARY");
    struct bytes length = attribute(tag, BYTES_LIT(" LENGTH=\""));
    if (length.len == 0) {
        length = attribute(tag, BYTES_LIT("MAX_LENGTH=\""));
    }
    if (bytes_starts_with(type, BYTES_LIT("NChar"))) {
        stored = BYTES_LIT("SQLNCHAR");
    } else if (bytes_starts_with(type, BYTES_LIT("Char"))) {
        stored = BYTES_LIT("SQLCHAR");
    } else if (!bytes_starts_with(type, BYTES_LIT("Native"))) {
        return false;
    } else if (column_tag.len > 0) {
        stored = attribute(column_tag, BYTES_LIT("xsi:type=\""));
    }
    const uint32_t prefix = number_of(attribute(tag, BYTES_LIT("PREFIX_LENGTH=\"")));
    out->prefix = 0;
    if (!is_prefix(prefix) || !bcp_column_of_field(out, stored, number_of(length))) {
        return false;
    }
    out->prefix = (uint8_t)prefix;
    return true;
}

static bool read_xml(struct format *f, struct bytes text) {
    struct bytes fields = text, tag;
    while (take_tag(&fields, BYTES_LIT("<FIELD "), &tag)) {
        struct bytes column_tag = column_of(text, attribute(tag, BYTES_LIT("ID=\"")));
        struct bcp_column column = {0};
        if (!field_of(tag, column_tag, &column)) {
            return false;
        }
        column.terminator = unescaped(f, attribute(tag, BYTES_LIT("TERMINATOR=\"")));
        add_field(f, attribute(column_tag, BYTES_LIT(" NAME=\"")), column);
    }
    return true;
}

bool bcp_format_read(struct bytes text, struct arena *memory, struct record_layout *out) {
    *out = (struct record_layout){0};
    out->records = arena_alloc(memory, sizeof *out->records);
    struct format f = {.memory = memory, .out = out, .record = out->records};
    if (out->records == NULL) {
        return false;
    }
    f.record->fields = arena_alloc(memory, LAYOUT_FIELDS_MAX * sizeof *f.record->fields);
    f.columns = arena_alloc(memory, LAYOUT_FIELDS_MAX * sizeof *f.columns);
    if (f.record->fields == NULL || f.columns == NULL) {
        return false;
    }
    bool xml = bytes_find(text, BYTES_LIT("<BCPFORMAT")) != SIZE_MAX;
    return (xml ? read_xml(&f, text) : read_lines(&f, text)) && finish(&f);
}
