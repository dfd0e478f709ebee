/* vcard.c - vCard (RFC 6350; versions 2.1 and 3.0 as telephones write them) and iCalendar (RFC
 * 5545): a card or an event is a row, a property a column: FN, N, TEL, ADR, ATTENDEE.CN. Lines are
 * folded, values escaped or quoted-printable, in version 2.1 also in Big5: each is put right in its
 * place in the window, so offsets are those where values begin. */
#include <stdlib.h>

#include "core/utf8.h"
#include "decode/decoder.h"
#include "decode/free_text.h"

enum {
    VCARD_BITS = 64,
    CELLS_MAX = 4096,
    CELLS_OF_LINE = 64,
    COLUMNS_MAX = 512, /* distinct ones; further ones are "*" */
    NAME_MOST = 64,
    PARTS_MAX = 8, /* of N and ADR */
};

enum value_form {
    VALUE_TEXT,    /* running text */
    VALUE_PLAIN,   /* one value */
    VALUE_URI,     /* the same behind tel: or mailto: */
    VALUE_NAME,    /* family; given; … */
    VALUE_ADDRESS, /* box; extended; street; locality; region; code; country */
    VALUE_UID,     /* an identifier, often written like an address (RFC 5545, 3.8.4.7) */
    VALUE_BYTES,   /* pictures, keys */
};

struct property {
    const char *name, *label; /* label: what the column is called as well; NULL: nothing */
    enum value_form form;
};

static const struct property properties[] = {
    {"FN", "full name", VALUE_PLAIN},   {"N", "full name", VALUE_NAME},
    {"TEL", "phone number", VALUE_URI}, {"ADR", "address", VALUE_ADDRESS},
    {"EMAIL", "email", VALUE_URI},      {"BDAY", "birthday", VALUE_PLAIN},
    {"ATTENDEE", "email", VALUE_URI},   {"ORGANIZER", "email", VALUE_URI},
    {"UID", NULL, VALUE_UID},           {"RELATED-TO", NULL, VALUE_UID},
    {"PHOTO", NULL, VALUE_BYTES},       {"LOGO", NULL, VALUE_BYTES},
    {"SOUND", NULL, VALUE_BYTES},       {"KEY", NULL, VALUE_BYTES}};

struct vcard {
    struct window window;
    struct field_set *fields;
    struct decode_report *report;
    const struct block64_ops *ops;
    struct text_buffer plain, composed;
    uint64_t rows, marked_row;
    size_t depth; /* BEGINs without their END */
    uint32_t columns;
    struct cell cells[CELLS_MAX];
    struct row_mark row_marks[CELLS_MAX];
    size_t cell_count, row_count;
    bool failed;
};

/* One property; places in the window. */
struct content_line {
    struct bytes name;               /* without its group */
    const struct property *property; /* NULL: any other */
    size_t value, end;
    bool quoted_printable;
    enum encoding encoding;
};

static unsigned bid(const struct decode_head *head) {
    struct bytes text = head->head;
    if (bytes_starts_with(text, BYTES_LIT("\xEF\xBB\xBF"))) {
        text = bytes_from(text, 3);
    }
    text = bytes_trim(text);
    bool card = bytes_equal_ignoring_case(bytes_first(text, 11), BYTES_LIT("BEGIN:VCARD"));
    bool calendar = bytes_equal_ignoring_case(bytes_first(text, 15), BYTES_LIT("BEGIN:VCALENDAR"));
    return card || calendar ? VCARD_BITS : 0;
}

/* ---- cells ---- */

static uint32_t column_of(struct vcard *v, struct bytes name, struct bytes label) {
    struct bytes column = v->columns < COLUMNS_MAX ? name : BYTES_LIT("*");
    const uint32_t before = field_set_field_count(v->fields);
    const uint32_t field =
        field_set_labelled_key(v->fields, TABLE_NONE, column, label, ATTRIBUTION_EXACT);
    v->columns += field_set_field_count(v->fields) - before;
    v->failed = v->failed || field == UINT32_MAX;
    return field;
}

static void add_cell(struct vcard *v, size_t offset, size_t length, struct bytes name,
                     struct bytes label, unsigned flags) {
    if (length == 0 || v->cell_count == CELLS_MAX) {
        return;
    }
    const uint32_t field = column_of(v, name, label);
    const uint64_t row = v->rows == 0 ? 1 : v->rows; /* what stands before the first event */
    if (v->failed) {
        return;
    }
    if (v->row_count == 0 || v->marked_row != row) {
        v->row_marks[v->row_count++] = (struct row_mark){(uint32_t)v->cell_count, row};
        v->marked_row = row;
    }
    v->cells[v->cell_count++] = (struct cell){
        .offset = (uint32_t)offset, .length = (uint32_t)length, .field = field, .flags = flags};
}

/* ---- values put right ---- */

/* A value without folds and escapes, in the parts that semicolons make of it. */
struct parts {
    size_t begin[PARTS_MAX + 1]; /* in v->plain; the last one: the end */
    size_t count, newlines;
};

/* The length of the line end at AT, with the blank that folds the line; 0: there is none. */
static size_t fold_length(struct bytes text, size_t at, bool quoted_printable) {
    size_t end = at + (text.ptr[at] == '\r');
    if (end >= text.len || text.ptr[end] != '\n') {
        return 0;
    }
    end++;
    bool blank = end < text.len && (text.ptr[end] == ' ' || text.ptr[end] == '\t');
    return end - at + (blank && !quoted_printable);
}

/* =E6, an escape, or one byte at AT of TEXT: the byte to OUT; returns how many it took. */
static size_t take_byte(struct bytes text, size_t at, bool quoted_printable, uint8_t *out) {
    uint8_t c = text.ptr[at];
    size_t used = 1;
    if (quoted_printable && c == '=' && at + 2 < text.len) {
        int high = byte_hex_value(text.ptr[at + 1]), low = byte_hex_value(text.ptr[at + 2]);
        if (high >= 0 && low >= 0) {
            used = 3;
            c = (uint8_t)(high << 4 | low);
        }
    } else if (!quoted_printable && c == '\\' && at + 1 < text.len && text.ptr[at + 1] >= ' ') {
        used = 2;
        c = text.ptr[at + 1] == 'n' || text.ptr[at + 1] == 'N' ? ' ' : text.ptr[at + 1];
    }
    *out = c < ' ' ? ' ' : c;
    return used;
}

static void read_parts(struct vcard *v, struct bytes text, bool quoted_printable, bool structured,
                       struct parts *out) {
    text_buffer_clear(&v->plain);
    *out = (struct parts){.count = 1};
    for (size_t at = 0; at < text.len;) {
        bool soft = quoted_printable && text.ptr[at] == '=' && at + 1 < text.len &&
                    fold_length(text, at + 1, true) != 0;
        size_t fold = fold_length(text, at + soft, quoted_printable);
        uint8_t byte;
        if (fold != 0) {
            out->newlines++;
            at += soft + fold;
            continue;
        }
        if (structured && text.ptr[at] == ';') {
            if (out->count < PARTS_MAX) {
                out->begin[out->count++] = v->plain.len;
            }
            at++;
            continue;
        }
        at += take_byte(text, at, quoted_printable, &byte);
        text_buffer_put(&v->plain, bytes_of(&byte, 1));
    }
    for (size_t i = out->count; i <= PARTS_MAX; i++) {
        out->begin[i] = v->plain.len;
    }
}

static struct bytes part_of(const struct vcard *v, const struct parts *parts, size_t part) {
    struct bytes text = text_buffer_view(&v->plain);
    return bytes_trim(bytes_from(bytes_first(text, parts->begin[part + 1]), parts->begin[part]));
}

/* Part PART behind what is composed; MARK between them where it is no blank. */
static void put_part(struct vcard *v, const struct content_line *line, const struct parts *parts,
                     size_t part, char mark) {
    struct bytes text = part_of(v, parts, part);
    struct error err;
    if (text.len == 0) {
        return;
    }
    if (mark != '\0' && v->composed.len != 0) {
        text_buffer_putc(&v->composed, mark);
    }
    enum encoding encoding = line->encoding;
    if (line->quoted_printable && encoding == ENCODING_UTF8 && !utf8_valid(text, UTF8_WHOLE)) {
        encoding = ENCODING_BIG5; /* as old programs of Taiwan wrote them, without a word */
    }
    if (encoding == ENCODING_UTF8 || text.len > TRANSCODE_TEXT_BYTES || !line->quoted_printable) {
        text_buffer_put(&v->composed, text);
    } else if (transcode_text(text, encoding, v->ops, &v->composed, &err) != 0) {
        v->failed = true;
    }
}

static bool is_ascii(struct bytes text) {
    size_t at = 0;
    while (at < text.len && text.ptr[at] < 0x80) {
        at++;
    }
    return at == text.len;
}

/* The parts in the order in which people write them; returns the length of what is the value, the
 * rest stands behind it. */
static size_t compose(struct vcard *v, const struct content_line *line, const struct parts *parts,
                      enum value_form form) {
    static const uint8_t home[] = {5, 4, 3, 2, 1}, abroad[] = {1, 2, 3, 4, 5};
    bool ascii = is_ascii(text_buffer_view(&v->plain));
    text_buffer_clear(&v->composed);
    if (form == VALUE_NAME) {
        put_part(v, line, parts, 0, '\0');
        put_part(v, line, parts, 1, ascii ? ' ' : '\0');
    } else if (form == VALUE_ADDRESS) {
        for (size_t i = 0; i < sizeof home; i++) {
            put_part(v, line, parts, ascii ? abroad[i] : home[i], ascii ? ',' : '\0');
        }
    } else {
        put_part(v, line, parts, 0, '\0');
        return v->composed.len;
    }
    size_t length = v->composed.len;
    for (size_t part = 0; part < PARTS_MAX; part++) {
        bool put = form == VALUE_NAME ? part < 2 : part >= 1 && part <= 5;
        if (!put) {
            put_part(v, line, parts, part, ' ');
        }
    }
    return length;
}

/* Put the value of LINE right in its place; returns its length. */
static size_t put_right(struct vcard *v, const struct content_line *line, enum value_form form) {
    uint8_t *place = v->window.bytes + line->value;
    size_t room = line->end - line->value;
    struct parts parts;
    read_parts(v, bytes_of(place, room), line->quoted_printable,
               form == VALUE_NAME || form == VALUE_ADDRESS, &parts);
    size_t length = compose(v, line, &parts, form);
    v->failed = v->failed || v->plain.failed || v->composed.failed;
    size_t least = room - parts.newlines; /* lines are counted by their ends: they stay */
    if (v->failed) {
        return 0;
    }
    size_t whole = v->composed.len < least ? v->composed.len : least;
    if (whole > 0) { /* a buffer that holds nothing may be nowhere */
        memcpy(place, text_buffer_view(&v->composed).ptr, whole);
    }
    memset(place + whole, ' ', least - whole);
    memset(place + least, '\n', parts.newlines);
    return length < least ? length : least;
}

/* ---- lines ---- */

static const struct property *property_of(struct bytes name) {
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++) {
        if (bytes_equal_ignoring_case(name, bytes_of_string(properties[i].name))) {
            return &properties[i];
        }
    }
    return NULL;
}

static bool holds_word(struct bytes text, struct bytes word) {
    for (size_t at = 0; at + word.len <= text.len; at++) {
        if (bytes_equal_ignoring_case(bytes_of(text.ptr + at, word.len), word)) {
            return true;
        }
    }
    return false;
}

static size_t behind_folds(struct bytes text, size_t at, bool quoted_printable) {
    while (at < text.len) {
        bool soft = quoted_printable && text.ptr[at] == '=' && at + 1 < text.len;
        size_t fold = fold_length(text, at + soft, quoted_printable);
        if (fold == 0) {
            break;
        }
        at += soft + fold;
    }
    return at;
}

/* The value begins where its first character stands, which may be in the next line. */
static void skip_scheme(const uint8_t *bytes, struct content_line *line, enum value_form form) {
    static const char *const schemes[] = {"tel:", "mailto:", "sms:"};
    struct bytes text = bytes_of(bytes, line->end);
    line->value = behind_folds(text, line->value, line->quoted_printable);
    for (size_t i = 0; form == VALUE_URI && i < sizeof schemes / sizeof *schemes; i++) {
        size_t at = line->value, length = 0;
        while (schemes[i][length] != '\0' && at < text.len &&
               byte_lower(text.ptr[at]) == (uint8_t)schemes[i][length]) {
            length++;
            at = behind_folds(text, at + 1, line->quoted_printable);
        }
        if (schemes[i][length] == '\0') {
            line->value = at;
            return;
        }
    }
}

/* The name of whoever attends, at [FROM, TO): ATTENDEE;CN="林美惠":mailto:… */
static void add_common_name(struct vcard *v, const struct content_line *line, size_t from,
                            size_t to) {
    static const struct bytes suffix = {(const uint8_t *)".CN", 3};
    uint8_t name[NAME_MOST + 3];
    size_t len = line->name.len < NAME_MOST ? line->name.len : NAME_MOST;
    memcpy(name, line->name.ptr, len);
    memcpy(name + len, suffix.ptr, suffix.len);
    struct content_line part = {.value = from, .end = to};
    skip_scheme(v->window.bytes, &part, VALUE_PLAIN);
    size_t length = put_right(v, &part, VALUE_PLAIN);
    add_cell(v, part.value, length, bytes_of(name, len + suffix.len), BYTES_LIT("full name"), 0);
}

/* The parameter at [FROM, TO): what it says about the value. */
static void read_parameter(struct vcard *v, struct content_line *line, size_t from, size_t to) {
    struct bytes text = bytes_of(v->window.bytes + from, to - from);
    bool named = bytes_equal_ignoring_case(bytes_first(text, 3), BYTES_LIT("CN="));
    if (named) {
        bool quoted = text.len > 4 && text.ptr[3] == '"' && text.ptr[text.len - 1] == '"';
        add_common_name(v, line, from + 3 + quoted, to - quoted);
        return;
    }
    line->quoted_printable |= holds_word(text, BYTES_LIT("QUOTED-PRINTABLE"));
    if (holds_word(text, BYTES_LIT("CHARSET=")) &&
        (holds_word(text, BYTES_LIT("BIG5")) || holds_word(text, BYTES_LIT("950")))) {
        line->encoding = ENCODING_BIG5;
    }
}

/* Where the parameter that begins at AT ends: before ';' or ':' outside of quotes. */
static size_t parameter_end(const uint8_t *bytes, size_t at, size_t end) {
    bool quoted = false;
    while (at < end && (quoted || (bytes[at] != ';' && bytes[at] != ':'))) {
        quoted ^= bytes[at] == '"';
        at++;
    }
    return at;
}

/* The name and the parameters of the line at [FROM, END). False: it is no property. */
static bool read_head(struct vcard *v, size_t from, size_t end, struct content_line *line) {
    const uint8_t *bytes = v->window.bytes;
    size_t name = from, at = from;
    for (; at < end && (byte_is_alnum(bytes[at]) || bytes[at] == '-' || bytes[at] == '.'); at++) {
        name = bytes[at] == '.' ? at + 1 : name; /* item1.TEL */
    }
    if (at == name || at >= end || at - name > NAME_MOST ||
        (bytes[at] != ';' && bytes[at] != ':')) {
        return false;
    }
    *line = (struct content_line){.name = bytes_of(bytes + name, at - name), .end = end};
    line->property = property_of(line->name);
    while (at < end && bytes[at] == ';') {
        size_t stop = parameter_end(bytes, at + 1, end);
        read_parameter(v, line, at + 1, stop);
        at = stop;
    }
    line->value = at + 1;
    return at < end;
}

static void enter_or_leave(struct vcard *v, const struct content_line *line, bool begins) {
    struct bytes what = bytes_of(v->window.bytes + line->value, line->end - line->value);
    bool outer = bytes_equal_ignoring_case(bytes_trim(what), BYTES_LIT("VCALENDAR"));
    bool part = v->depth > 1 && bytes_equal_ignoring_case(bytes_trim(what), BYTES_LIT("VALARM"));
    v->rows += begins && !outer && !part;
    v->depth += begins;
    v->depth -= !begins && v->depth > 0;
    v->report->rows = v->rows;
}

/* The whole line at [FROM, END), its folds in it. */
static void read_line(struct vcard *v, size_t from, size_t end) {
    struct content_line line;
    while (end > from && (v->window.bytes[end - 1] == '\n' || v->window.bytes[end - 1] == '\r')) {
        end--;
    }
    if (!read_head(v, from, end, &line)) {
        return; /* running text */
    }
    bool begins = bytes_equal_ignoring_case(line.name, BYTES_LIT("BEGIN"));
    if (begins || bytes_equal_ignoring_case(line.name, BYTES_LIT("END"))) {
        enter_or_leave(v, &line, begins);
        return;
    }
    enum value_form form = line.property == NULL ? VALUE_TEXT : line.property->form;
    if (form == VALUE_BYTES) {
        return;
    }
    skip_scheme(v->window.bytes, &line, form);
    const char *label =
        line.property == NULL || line.property->label == NULL ? "" : line.property->label;
    size_t length = put_right(v, &line, form);
    if (form == VALUE_UID) {
        uint8_t *at = memchr(v->window.bytes + line.value, '@', length);
        if (at != NULL) {
            *at = ' ';
            length = (size_t)(at - v->window.bytes) - line.value;
        }
    }
    add_cell(v, line.value, length, line.name, bytes_of_string(label),
             form == VALUE_TEXT ? CELL_TEXT : 0);
}

/* Is the line at [FROM, END) quoted-printable, END behind a '='? It goes on in the next one. */
static bool goes_on(const struct window *w, size_t from, size_t newline) {
    size_t last = newline - (newline > from && w->bytes[newline - 1] == '\r');
    if (last == from || w->bytes[last - 1] != '=') {
        return false;
    }
    const uint8_t *colon = memchr(w->bytes + from, ':', newline - from);
    return colon != NULL && holds_word(bytes_of(w->bytes + from, (size_t)(colon - w->bytes) - from),
                                       BYTES_LIT("QUOTED-PRINTABLE"));
}

/* Behind the line that begins at FROM, with all that it is folded into; 0: its end is not there. */
static size_t line_end(const struct window *w, size_t from) {
    for (size_t at = from; at < w->end;) {
        const uint8_t *mark = memchr(w->bytes + at, '\n', w->end - at);
        if (mark == NULL) {
            break;
        }
        size_t newline = (size_t)(mark - w->bytes);
        at = newline + 1;
        if (at == w->end && !w->at_end) {
            return 0;
        }
        bool folded = at < w->end && (w->bytes[at] == ' ' || w->bytes[at] == '\t');
        if (!folded && !goes_on(w, from, newline)) {
            return at;
        }
    }
    return w->at_end && w->end > from ? w->end : 0;
}

static size_t read_lines(struct vcard *v) {
    const struct window *w = &v->window;
    size_t at = w->begin, end;
    while (v->cell_count < CELLS_MAX - CELLS_OF_LINE && (end = line_end(w, at)) != 0) {
        read_line(v, at, end);
        at = end;
    }
    return at;
}

/* ---- the decoder ---- */

static int end_of_data(struct vcard *v) {
    struct decode_report *report = v->report;
    report->status = v->window.status;
    if (report->status == 0 && v->depth != 0) {
        report->status =
            error_set(&report->error, YINMA_E_TRUNCATED, "the last card or event has no end");
    }
    return 0;
}

static int next_lines(void *state, struct segment *out, struct error *err) {
    struct vcard *v = state;
    struct window *w = &v->window;
    v->cell_count = v->row_count = 0;
    (void)window_fill(w, NULL);
    size_t end = read_lines(v);
    while (end == w->begin && !w->at_end && window_fill(w, NULL)) {
        end = read_lines(v); /* a long line, of a picture perhaps */
    }
    if (v->failed) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the columns of a card");
    }
    if (end == w->begin) {
        return w->at_end ? end_of_data(v) : free_text_segment(w, NULL, 0, out, err);
    }
    *out = (struct segment){.bytes = w->bytes,
                            .len = end,
                            .begin = w->begin,
                            .end = end,
                            .offset = w->offset,
                            .line = w->line,
                            .cells = v->cells,
                            .cell_count = v->cell_count,
                            .rows = v->row_marks,
                            .row_count = v->row_count,
                            .gap_field = FIELD_FREE_TEXT,
                            .width_rule = w->width_rule};
    window_consume(w, end);
    return 1;
}

static void close_vcard(void *state) {
    struct vcard *v = state;
    if (v != NULL) {
        window_release(&v->window);
        text_buffer_release(&v->plain);
        text_buffer_release(&v->composed);
        free(v);
    }
}

static int open_vcard(const struct decode_input *in, void **state, struct error *err) {
    struct vcard *v = calloc(1, sizeof *v);
    if (v == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for cards");
    }
    v->fields = in->fields;
    v->report = in->report;
    v->ops = in->ops;
    text_buffer_init(&v->plain, 0);
    text_buffer_init(&v->composed, 0);
    int status = window_init(&v->window, in->source, in->ops, in->width_rule, err);
    if (status != 0) {
        close_vcard(v);
        return status;
    }
    v->window.err = &in->report->error;
    *state = v;
    return 0;
}

const struct decoder decoder_vcard = {
    .name = "vcard",
    .summary = "vCard and iCalendar: a card or event is a row, columns are properties",
    .traits = 0,
    .bid = bid,
    .open = open_vcard,
    .next = next_lines,
    .close = close_vcard,
};
