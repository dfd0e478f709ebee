/* ldif.c - LDIF (RFC 2849), as slapcat and ldapsearch print a directory and as changes to one are
 * written: an entry is a row, an attribute a column. Lines are folded, values written in base64
 * where they are no plain ASCII, names of entries made of parts (RFC 4514): each value is put right
 * in its place in the window, so offsets are those where values begin. */
#include <stdlib.h>

#include "core/utf8.h"
#include "decode/decoder.h"
#include "decode/encoded_text.h"
#include "decode/free_text.h"
#include "decode/ldif/attributes.h"

enum {
    LDIF_BITS = 64,
    CELLS_MAX = 4096,
    CELLS_OF_LINE = 64,
    COLUMNS_MAX = 1024, /* distinct ones; further ones are "*" */
    NAME_MOST = 64,
};

struct ldif {
    struct window window;
    struct field_set *fields;
    struct decode_report *report;
    const struct block64_ops *ops;
    struct text_buffer unfolded, value;
    uint64_t rows, marked_row;
    uint32_t columns;
    struct cell cells[CELLS_MAX];
    struct row_mark row_marks[CELLS_MAX];
    size_t cell_count, row_count;
    uint8_t name[NAME_MOST];
    bool thing; /* the entry is a group, a computer … */
    bool apart; /* the value of the line is a segment of its own: its place is too small for it */
    bool failed;
};

static const struct bytes BYTE_ORDER_MARK = {(const uint8_t *)"\xEF\xBB\xBF", 3};

/* One attribute; places in the window. */
struct content_line {
    struct bytes name; /* without its options, in l->name */
    const struct ldif_attribute *attribute;
    size_t begin, value, end;
    bool base64;
};

/* ---- the first lines ---- */

/* "dn: uid=…" or "dn:: dWlk…" */
static bool names_entry(struct bytes line) {
    if (!bytes_equal_ignoring_case(bytes_first(line, 3), BYTES_LIT("dn:"))) {
        return false;
    }
    const struct bytes value = bytes_from(line, 3);
    return (value.len > 1 && value.ptr[0] == ':') || memchr(value.ptr, '=', value.len) != NULL;
}

/* Comments, settings of the file, then the name of an entry. */
static unsigned bid(const struct decode_head *head) {
    struct bytes rest = head->head;
    if (bytes_starts_with(rest, BYTE_ORDER_MARK)) {
        rest = bytes_from(rest, BYTE_ORDER_MARK.len);
    }
    while (rest.len > 0) {
        const uint8_t *newline = memchr(rest.ptr, '\n', rest.len);
        const size_t len = newline == NULL ? rest.len : (size_t)(newline - rest.ptr);
        const struct bytes line = bytes_first(rest, len);
        const bool passed = bytes_trim(line).len == 0 || line.ptr[0] == '#' || line.ptr[0] == ' ' ||
                            bytes_starts_with(line, BYTES_LIT("version:"));
        if (!passed) {
            return names_entry(line) ? LDIF_BITS : 0;
        }
        rest = bytes_from(rest, newline == NULL ? len : len + 1);
    }
    return 0;
}

/* ---- cells ---- */

static void add_cell(struct ldif *l, struct cell cell, struct bytes name, const char *label) {
    if (cell.length == 0 || l->cell_count == CELLS_MAX) {
        return;
    }
    cell.field = FIELD_FREE_TEXT;
    if (name.len != 0) {
        const struct bytes column = l->columns < COLUMNS_MAX ? name : BYTES_LIT("*");
        const uint32_t before = field_set_field_count(l->fields);
        cell.field = field_set_labelled_key(l->fields, TABLE_NONE, column, bytes_of_string(label),
                                            ATTRIBUTION_EXACT);
        l->columns += field_set_field_count(l->fields) - before;
    }
    const uint64_t row = l->rows == 0 ? 1 : l->rows; /* what stands before the first entry */
    if (cell.field == UINT32_MAX) {
        l->failed = true;
        return;
    }
    if (l->row_count == 0 || l->marked_row != row) {
        l->row_marks[l->row_count++] = (struct row_mark){(uint32_t)l->cell_count, row};
        l->marked_row = row;
    }
    l->cells[l->cell_count++] = cell;
}

/* ---- values put right ---- */

/* Two hexadecimal digits or one character behind a backslash at AT (RFC 4514, 2.4), or the byte
 * that stands there, to OUT; returns how many were taken. */
static size_t take_byte(struct bytes text, size_t at, uint8_t *out) {
    *out = text.ptr[at];
    if (*out != '\\' || at + 1 >= text.len) {
        return 1;
    }
    const int high = byte_hex_value(text.ptr[at + 1]);
    const int low = at + 2 < text.len ? byte_hex_value(text.ptr[at + 2]) : -1;
    const bool hexadecimal = high >= 0 && low >= 0;
    *out = text.ptr[at + 1];
    if (!hexadecimal) {
        return 2;
    }
    *out = (uint8_t)(high << 4 | low);
    return 3;
}

/* TEXT without its folds; returns how many there were. */
static size_t unfold(struct ldif *l, struct bytes text) {
    size_t newlines = 0, from = 0;
    text_buffer_clear(&l->unfolded);
    for (size_t at = 0; at < text.len; at++) {
        if (text.ptr[at] == '\n') {
            const size_t end = at > from && text.ptr[at - 1] == '\r' ? at - 1 : at;
            text_buffer_put(&l->unfolded, bytes_of(text.ptr + from, end - from));
            from = at + 2 < text.len ? at + 2 : text.len; /* behind the blank */
            newlines++;
        }
    }
    text_buffer_put(&l->unfolded, bytes_from(text, from));
    return newlines;
}

static bool is_text(struct bytes value) {
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] < '\t') {
            return false;
        }
    }
    return utf8_valid(value, UTF8_WHOLE);
}

static void tell(struct ldif *l, const char *why) {
    if (l->report->status == 0) {
        l->report->status = error_set(&l->report->error, YINMA_E_LIMIT, "%s", why);
    }
}

/* What VALUE, decoded, is as text: UTF-8, what old programs of Taiwan wrote, else nothing. */
static void put_decoded(struct ldif *l, struct bytes value, enum value_form form) {
    struct error err;
    if (form == VALUE_UTF16) {
        text_buffer_put_utf16le(&l->value, value);
    } else if (is_text(value)) {
        text_buffer_put(&l->value, value);
    } else if (memchr(value.ptr, 0, value.len) != NULL) {
        return; /* a picture, a number of some program's */
    } else if (value.len > TRANSCODE_TEXT_BYTES) {
        tell(l, SAID("a value in an old encoding is longer than what is read of one"));
    } else {
        const int status = transcode_text(value, ENCODING_BIG5, l->ops, &l->value, &err);
        l->failed = l->failed || status == YINMA_E_MEMORY;
        if (status != 0 || !is_text(text_buffer_view(&l->value))) {
            text_buffer_clear(&l->value);
        }
    }
}

static bool is_ascii(struct bytes text) {
    size_t at = 0;
    while (at < text.len && text.ptr[at] < 0x80) {
        at++;
    }
    return at == text.len;
}

/* The lines of an address one behind the other: Chinese ones as they are written on a letter. */
static void join_lines(struct text_buffer *value) {
    const bool ascii = is_ascii(text_buffer_view(value));
    size_t kept = 0;
    for (size_t at = 0; at < value->len; at++) {
        if (value->data[at] != '$') {
            value->data[kept++] = value->data[at];
        } else if (ascii) {
            value->data[kept++] = ',';
        }
    }
    value->len = kept;
}

/* The text of LINE to l->value; returns how many line ends were in it. */
static size_t read_value(struct ldif *l, const struct content_line *line) {
    const size_t newlines =
        unfold(l, bytes_of(l->window.bytes + line->value, line->end - line->value));
    text_buffer_clear(&l->value);
    struct bytes text = text_buffer_view(&l->unfolded);
    if (line->base64 && text.len > 0) {
        const size_t len = base64_decode(text, (uint8_t *)l->unfolded.data, 0);
        put_decoded(l, bytes_first(text, len), line->attribute->form);
    } else {
        text_buffer_put(&l->value, text);
    }
    if (line->attribute->form == VALUE_ADDRESS) {
        join_lines(&l->value);
    }
    for (size_t i = 0; i < l->value.len; i++) {
        if ((uint8_t)l->value.data[i] < ' ') {
            l->value.data[i] = ' ';
        }
    }
    l->failed = l->failed || l->unfolded.failed || l->value.failed;
    return newlines;
}

/* Is there room for l->value in the place of LINE, name included? Text of an old encoding is longer
 * as UTF-8 than it was in base64. */
static bool fits(const struct ldif *l, const struct content_line *line, size_t newlines) {
    return l->value.len + newlines <= line->end - line->begin;
}

/* Put l->value in the place of LINE; returns its length there. What grew as it became UTF-8 begins
 * earlier, where the name stood. */
static size_t put_right(struct ldif *l, struct content_line *line, size_t newlines) {
    if (l->failed) {
        return 0;
    }
    size_t least = line->end - line->value - newlines; /* lines are counted by their ends */
    while (least < l->value.len && line->value > line->begin) {
        line->value--;
        least++;
    }
    uint8_t *place = l->window.bytes + line->value;
    const size_t length = l->value.len < least ? l->value.len : least;
    if (length > 0) { /* a buffer that holds nothing may be nowhere */
        memcpy(place, text_buffer_view(&l->value).ptr, length);
    }
    memset(place + length, ' ', least - length);
    memset(place + least, '\n', newlines);
    return length;
}

/* ---- whose names they are ---- */

static bool holds_word(struct bytes text, const char *word) {
    const struct bytes wanted = bytes_of_string(word);
    for (size_t at = 0; at + wanted.len <= text.len; at++) {
        if (bytes_equal_ignoring_case(bytes_of(text.ptr + at, wanted.len), wanted)) {
            return true;
        }
    }
    return false;
}

/* objectClass: CLASS of the entry that is being read. */
static void note_class(struct ldif *l, struct bytes class) {
    static const char *const things[] = {"group",  "role",    "unit",   "computer", "device",
                                         "policy", "service", "server", "domain",   "container"};
    for (size_t i = 0; i < sizeof things / sizeof *things; i++) {
        l->thing = l->thing || holds_word(class, things[i]);
    }
}

/* Whether NAME, what an entry is commonly called, may be a person's: of words in Latin letters one
 * alone is an account's, and things have names of several. */
static unsigned name_flags(const struct ldif *l, struct bytes name) {
    const bool word = memchr(name.ptr, ' ', name.len) == NULL || l->thing;
    return is_ascii(name) && word ? CELL_TEXT : 0U;
}

/* ---- names of entries ---- */

/* Behind the part of a name that begins at AT of TEXT: at a comma or plus sign. Its escapes are
 * undone in place; *length: of what is left. */
static size_t part_end(struct bytes text, size_t at, uint8_t *out, size_t *length) {
    for (*length = 0; at < text.len && text.ptr[at] != ',' && text.ptr[at] != '+';) {
        uint8_t byte;
        at += take_byte(text, at, &byte);
        out[(*length)++] = byte < ' ' ? ' ' : byte;
    }
    return at;
}

/* The parts of the name that stands in the place of LINE, so long: dn.cn, dn.uid. */
static void add_parts(struct ldif *l, const struct content_line *line, size_t length) {
    uint8_t name[2 * NAME_MOST + 1];
    memcpy(name, line->name.ptr, line->name.len);
    name[line->name.len] = '.';
    uint8_t *place = l->window.bytes + line->value;
    const struct bytes text = bytes_of(place, length);
    for (size_t at = 0, end, left; at < length && l->cell_count + 1 < CELLS_MAX; at = end + 1) {
        end = part_end(text, at, place + at, &left);
        const struct bytes part = bytes_trim(bytes_of(place + at, left));
        const size_t mark = bytes_find(part, BYTES_LIT("="));
        memset(place + at + left, ' ', end - at - left);
        if (mark == SIZE_MAX || mark == 0 || mark > NAME_MOST) {
            continue;
        }
        memcpy(name + line->name.len + 1, part.ptr, mark);
        const struct bytes type = bytes_of(name + line->name.len + 1, mark);
        const bool person = bytes_equal_ignoring_case(type, BYTES_LIT("cn"));
        const struct bytes value = bytes_from(part, mark + 1);
        add_cell(l,
                 (struct cell){.offset = (uint32_t)(value.ptr - l->window.bytes),
                               .length = (uint32_t)value.len,
                               .flags = person && is_ascii(value) ? CELL_TEXT : 0U},
                 bytes_of(name, line->name.len + 1 + mark), person ? "full name" : "");
    }
}

/* ---- lines ---- */

/* The name of the line at [FROM, END), and where its value begins. False: it is no attribute. */
static bool read_head(struct ldif *l, size_t from, size_t end, struct content_line *line) {
    const uint8_t *bytes = l->window.bytes;
    size_t at = from;
    while (at < end &&
           (byte_is_alnum(bytes[at]) || bytes[at] == '-' || bytes[at] == '.' || bytes[at] == '_')) {
        at++;
    }
    *line = (struct content_line){.begin = from, .end = end};
    if (at == from || at - from > NAME_MOST) {
        return false;
    }
    memcpy(l->name, bytes + from, at - from);
    line->name = bytes_of(l->name, at - from);
    const uint8_t *colon = memchr(bytes + at, ':', end - at);
    if (colon == NULL || (bytes[at] != ';' && bytes[at] != ':')) {
        return false; /* behind a semicolon stand options: cn;lang-zh-TW */
    }
    line->attribute = ldif_attribute(line->name);
    line->value = (size_t)(colon - bytes) + 1;
    line->base64 = line->value < end && bytes[line->value] == ':';
    line->value += line->base64 || (line->value < end && bytes[line->value] == '<');
    while (line->value < end && (bytes[line->value] == ' ' || bytes[line->value] == '\n' ||
                                 bytes[line->value] == '\r')) {
        line->value++;
    }
    return true;
}

/* What is no attribute: comments, in which ldapsearch repeats the names of entries. */
static void read_remark(struct ldif *l, size_t from, size_t end) {
    struct content_line line = {
        .attribute = &ldif_any_attribute, .begin = from, .value = from, .end = end};
    const size_t newlines = read_value(l, &line);
    size_t length = 0;
    for (size_t at = 0; at < l->value.len; length++) {
        uint8_t byte;
        at += take_byte(text_buffer_view(&l->value), at, &byte);
        l->value.data[length] = (char)(byte < ' ' ? ' ' : byte);
    }
    l->value.len = length;
    length = put_right(l, &line, newlines);
    add_cell(l, (struct cell){(uint32_t)from, (uint32_t)length, 0, CELL_TEXT}, BYTES_LIT(""), "");
}

static void add_value(struct ldif *l, const struct content_line *line, struct bytes value) {
    unsigned flags = value.len > KEYED_TEXT_BYTES ? CELL_TEXT : 0U;
    if (line->attribute->form == VALUE_TEXT) {
        flags = CELL_TEXT;
    } else if (line->attribute->form == VALUE_CALLED) {
        flags |= name_flags(l, value);
    } else if (bytes_equal_ignoring_case(line->name, BYTES_LIT("objectClass"))) {
        note_class(l, value);
    }
    add_cell(l, (struct cell){(uint32_t)line->value, (uint32_t)value.len, 0, flags}, line->name,
             line->attribute->label);
}

/* l->value, with what stands behind segments, is a segment of its own. */
static void put_apart(struct ldif *l, struct content_line *line) {
    const size_t length = l->value.len;
    text_buffer_putc(&l->value, '\n');
    char *padding = text_buffer_room(&l->value, SEGMENT_PADDING);
    if (padding == NULL) {
        l->failed = true;
        return;
    }
    memset(padding, 0, SEGMENT_PADDING);
    line->value = 0;
    add_value(l, line, bytes_of(l->value.data, length));
    l->apart = true;
}

/* The whole line at [FROM, END), its folds in it. False: nothing was read, since it has to be the
 * FIRST one of a segment. */
static bool read_line(struct ldif *l, size_t from, size_t end, bool first) {
    struct content_line line;
    while (end > from && (l->window.bytes[end - 1] == '\n' || l->window.bytes[end - 1] == '\r')) {
        end--;
    }
    if (bytes_starts_with(bytes_of(l->window.bytes + from, end - from), BYTE_ORDER_MARK)) {
        from += BYTE_ORDER_MARK.len;
    }
    if (end == from) {
        return true;
    }
    if (!read_head(l, from, end, &line)) {
        read_remark(l, from, end);
        return true;
    }
    const bool picture = line.attribute->form == VALUE_BYTES;
    const size_t newlines = picture ? 0 : read_value(l, &line);
    const bool apart = !picture && !fits(l, &line, newlines);
    if (apart && !first) {
        return false;
    }
    if (bytes_equal_ignoring_case(line.name, BYTES_LIT("dn"))) {
        l->report->rows = ++l->rows;
        l->thing = false;
    }
    if (picture) {
        return true;
    }
    if (apart) {
        put_apart(l, &line);
        return true;
    }
    const size_t length = put_right(l, &line, newlines);
    if (line.attribute->form == VALUE_NAME) {
        add_parts(l, &line, length);
    } else {
        add_value(l, &line, bytes_of(l->window.bytes + line.value, length));
    }
    return true;
}

/* Behind the line that begins at FROM, with all that it is folded into; 0: its end is not there. */
static size_t line_end(const struct window *w, size_t from) {
    for (size_t at = from; at < w->end;) {
        const uint8_t *newline = memchr(w->bytes + at, '\n', w->end - at);
        if (newline == NULL) {
            break;
        }
        at = (size_t)(newline - w->bytes) + 1;
        if (at == w->end && !w->at_end) {
            return 0;
        }
        if (at == w->end || w->bytes[at] != ' ') {
            return at;
        }
    }
    return w->at_end && w->end > from ? w->end : 0;
}

static size_t read_lines(struct ldif *l) {
    const struct window *w = &l->window;
    size_t at = w->begin, end;
    while (!l->apart && l->cell_count < CELLS_MAX - CELLS_OF_LINE && (end = line_end(w, at)) != 0 &&
           read_line(l, at, end, at == w->begin)) {
        at = end;
    }
    return at;
}

/* ---- the decoder ---- */

static void apart_segment(struct ldif *l, struct segment *out) {
    *out = (struct segment){.bytes = (uint8_t *)l->value.data,
                            .len = l->value.len,
                            .end = l->value.len,
                            .line = 1,
                            .cells = l->cells,
                            .cell_count = l->cell_count,
                            .rows = l->row_marks,
                            .row_count = l->row_count,
                            .gap_field = FIELD_FREE_TEXT,
                            .flags = SEGMENT_NO_OFFSETS};
}

/* A line that is longer than all the window can hold goes on as running text, in which nobody reads
 * base64. */
static void tell_long(struct ldif *l) {
    struct content_line line;
    if (read_head(l, l->window.begin, l->window.end, &line) && line.base64 &&
        line.attribute->form != VALUE_BYTES) {
        tell(l, SAID("a value in base64 is longer than what is read of one"));
    }
}

static int next_entries(void *state, struct segment *out, struct error *err) {
    struct ldif *l = state;
    struct window *w = &l->window;
    l->cell_count = l->row_count = 0;
    (void)window_fill(w, NULL);
    size_t end = read_lines(l);
    while (end == w->begin && !w->at_end && window_fill(w, NULL)) {
        end = read_lines(l); /* a long line, of a picture perhaps */
    }
    if (l->failed) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the entries of a directory");
    }
    if (end == w->begin) {
        l->report->status = w->status != 0 ? w->status : l->report->status;
        if (w->at_end) {
            return 0;
        }
        tell_long(l);
        return free_text_segment(w, NULL, 0, out, err);
    }
    if (l->apart) {
        l->apart = false;
        apart_segment(l, out);
        window_consume(w, end);
        return 1;
    }
    *out = (struct segment){.bytes = w->bytes,
                            .len = end,
                            .begin = w->begin,
                            .end = end,
                            .offset = w->offset,
                            .line = w->line,
                            .cells = l->cells,
                            .cell_count = l->cell_count,
                            .rows = l->row_marks,
                            .row_count = l->row_count,
                            .gap_field = FIELD_FREE_TEXT,
                            .width_rule = w->width_rule};
    window_consume(w, end);
    return 1;
}

static void close_ldif(void *state) {
    struct ldif *l = state;
    if (l != NULL) {
        window_release(&l->window);
        text_buffer_release(&l->unfolded);
        text_buffer_release(&l->value);
        free(l);
    }
}

static int open_ldif(const struct decode_input *in, void **state, struct error *err) {
    struct ldif *l = calloc(1, sizeof *l);
    if (l == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the entries of a directory");
    }
    l->fields = in->fields;
    l->report = in->report;
    l->ops = in->ops;
    text_buffer_init(&l->unfolded, 0);
    text_buffer_init(&l->value, 0);
    const int status = window_init(&l->window, in->source, in->ops, in->width_rule, err);
    if (status != 0) {
        close_ldif(l);
        return status;
    }
    l->window.err = &in->report->error;
    *state = l;
    return 0;
}

const struct decoder decoder_ldif = {
    .name = "ldif",
    .summary = "LDIF (directories of LDAP): an entry is a row, columns are attributes",
    .traits = 0,
    .bid = bid,
    .open = open_ldif,
    .next = next_entries,
    .close = close_ldif,
};
