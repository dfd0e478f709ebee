/* The clauses that say where fields lie; others are passed over. Oracle Database Utilities,
 * "SQL*Loader Control File Reference" and "SQL*Loader Field List Reference". */
#include "run/layouts/sqlldr_control.h"

#include <stdlib.h>

enum { TEXT_ROOM = 64 };

enum token_type { TOKEN_END, TOKEN_WORD, TOKEN_TEXT, TOKEN_HEX, TOKEN_MARK };

struct token {
    enum token_type type;
    struct bytes text;
};

struct control {
    struct bytes left;
    struct token token; /* the next one */
    struct arena *memory;
    struct record_layout *out;
    struct bytes parted_by; /* FIELDS TERMINATED BY */
    bool failed;
};

/* ---- tokens ---- */

static bool is_word_byte(uint8_t c) {
    return byte_is_alnum(c) || c == '_' || c == '$' || c == '#' || c == '.' || c >= 0x80;
}

static void skip_blanks(struct bytes *left) {
    while (left->len > 0) {
        if (left->ptr[0] <= ' ') {
            *left = bytes_from(*left, 1);
        } else if (bytes_starts_with(*left, BYTES_LIT("--"))) {
            *left = bytes_from(*left, bytes_find(*left, BYTES_LIT("\n")));
        } else {
            break;
        }
    }
}

static void advance(struct control *c) {
    skip_blanks(&c->left);
    struct bytes left = c->left;
    size_t length = 1;
    c->token = (struct token){TOKEN_END, bytes_first(left, 0)};
    if (left.len == 0) {
        return;
    }
    bool hex = left.len > 1 && (left.ptr[0] | 0x20) == 'x' && left.ptr[1] == '\'';
    uint8_t quote = hex ? '\'' : left.ptr[0];
    if (quote == '\'' || quote == '"') {
        struct bytes body = bytes_from(left, hex ? 2 : 1);
        const uint8_t *close = memchr(body.ptr, quote, body.len);
        size_t end = close == NULL ? body.len : (size_t)(close - body.ptr);
        c->token = (struct token){hex ? TOKEN_HEX : TOKEN_TEXT, bytes_first(body, end)};
        length = (hex ? 2 : 1) + end + 1;
    } else if (is_word_byte(left.ptr[0])) {
        while (length < left.len && is_word_byte(left.ptr[length])) {
            length++;
        }
        c->token = (struct token){TOKEN_WORD, bytes_first(left, length)};
    } else {
        c->token = (struct token){TOKEN_MARK, bytes_first(left, 1)};
    }
    c->left = bytes_from(left, length);
}

static bool is_word(const struct control *c, const char *word) {
    return c->token.type == TOKEN_WORD &&
           bytes_equal_ignoring_case(c->token.text, bytes_of_string(word));
}

static bool is_mark(const struct control *c, char mark) {
    return c->token.type == TOKEN_MARK && c->token.text.ptr[0] == (uint8_t)mark;
}

static bool take_word(struct control *c, const char *word) {
    bool is = is_word(c, word);
    if (is) {
        advance(c);
    }
    return is;
}

static bool take_mark(struct control *c, char mark) {
    bool is = is_mark(c, mark);
    if (is) {
        advance(c);
    }
    return is;
}

/* Digits of a word; false: none. */
static bool take_number(struct control *c, uint32_t *out) {
    uint32_t number = 0;
    if (c->token.type != TOKEN_WORD || !byte_is_digit(c->token.text.ptr[0])) {
        return false;
    }
    for (size_t i = 0; i < c->token.text.len && byte_is_digit(c->token.text.ptr[i]); i++) {
        number = number > LAYOUT_WIDTH_MAX ? number
                                           : number * 10 + (uint32_t)(c->token.text.ptr[i] - '0');
    }
    *out = number;
    advance(c);
    return number <= LAYOUT_WIDTH_MAX;
}

/* What stands in brackets, brackets inside them too. */
static void pass_brackets(struct control *c) {
    unsigned depth = 0;
    do {
        depth += is_mark(c, '(');
        depth -= is_mark(c, ')') ? 1U : 0U;
        advance(c);
    } while (depth > 0 && c->token.type != TOKEN_END);
}

static struct bytes kept(struct control *c, struct bytes text) {
    struct bytes copy = arena_copy(c->memory, text);
    c->failed = c->failed || (copy.ptr == NULL && text.len > 0);
    return copy;
}

/* ---- what parts fields ---- */

/* 'text', X'09', "\t", WHITESPACE, TAB. */
static struct bytes take_text(struct control *c) {
    uint8_t room[TEXT_ROOM];
    size_t len = 0;
    struct bytes text = c->token.text;
    if (is_word(c, "WHITESPACE") || is_word(c, "TAB")) {
        room[len++] = is_word(c, "TAB") ? '\t' : ' ';
    } else if (c->token.type == TOKEN_HEX) {
        for (size_t i = 0; i + 1 < text.len && len < TEXT_ROOM; i += 2) {
            int high = byte_hex_value(text.ptr[i]), low = byte_hex_value(text.ptr[i + 1]);
            room[len++] = (uint8_t)(high < 0 || low < 0 ? 0 : high << 4 | low);
        }
    } else {
        for (size_t i = 0; i < text.len && len < TEXT_ROOM; i++) {
            bool escaped = text.ptr[i] == '\\' && i + 1 < text.len;
            uint8_t next = escaped ? text.ptr[i + 1] : 0;
            bool known = next == 't' || next == 'n' || next == 'r' || next == '\\';
            room[len++] = !known        ? text.ptr[i]
                          : next == 't' ? '\t'
                          : next == 'n' ? '\n'
                          : next == 'r' ? '\r'
                                        : '\\';
            i += known;
        }
    }
    advance(c);
    return kept(c, bytes_of(room, len));
}

/* TERMINATED [BY] text; false: something else. */
static bool take_terminated(struct control *c, struct bytes *out) {
    if (!take_word(c, "TERMINATED")) {
        return false;
    }
    (void)take_word(c, "BY");
    *out = take_text(c);
    return true;
}

/* ---- fields ---- */

/* (1:10), (1-10), (1), (*), (*:10), (*+2) */
static void read_position(struct control *c, uint32_t next, struct layout_span *out) {
    uint32_t start = next + 1, end = 0;
    advance(c);
    if (!take_mark(c, '(')) {
        return;
    }
    if (take_mark(c, '*')) {
        uint32_t more = 0;
        if (take_mark(c, '+') && take_number(c, &more)) {
            start += more;
        }
    } else {
        (void)take_number(c, &start);
    }
    if (take_mark(c, ':') || take_mark(c, '-')) {
        (void)take_number(c, &end);
    }
    out->start = start == 0 ? 0 : start - 1;
    out->length = end >= start && start > 0 ? end - start + 1 : 0;
    while (c->token.type != TOKEN_END && !take_mark(c, ')')) {
        advance(c);
    }
}

/* One field up to the comma or the bracket behind it. */
static void read_field(struct control *c, struct layout_record *record, uint32_t *next) {
    struct layout_field field = {.name = kept(c, c->token.text), .span = {.start = *next}};
    struct bytes parted_by;
    bool generated = false;
    advance(c);
    while (c->token.type != TOKEN_END && !is_mark(c, ',') && !is_mark(c, ')')) {
        if (is_word(c, "POSITION")) {
            read_position(c, *next, &field.span);
        } else if (is_word(c, "CHAR") || is_word(c, "VARCHAR") || is_word(c, "EXTERNAL")) {
            uint32_t length = 0;
            advance(c);
            if (take_mark(c, '(') && take_number(c, &length)) {
                field.span.length = field.span.length == 0 ? length : field.span.length;
                (void)take_mark(c, ')');
            }
        } else if (is_word(c, "CONSTANT") || is_word(c, "SEQUENCE") || is_word(c, "RECNUM") ||
                   is_word(c, "SYSDATE") || is_word(c, "EXPRESSION")) {
            generated = true; /* it is not in the data */
            advance(c);
        } else if (take_terminated(c, &parted_by)) {
            c->parted_by = c->parted_by.len == 0 ? parted_by : c->parted_by;
        } else if (is_mark(c, '(')) {
            pass_brackets(c);
        } else {
            advance(c);
        }
    }
    if (!generated && record->field_count < LAYOUT_FIELDS_MAX) {
        record->fields[record->field_count++] = field;
        *next = field.span.start + field.span.length;
    }
}

/* WHEN (1:2) = 'D', WHEN (1) = 'D': the code of the records. */
static void read_when(struct control *c, struct layout_record *record) {
    uint32_t start = 0, end = 0;
    (void)take_mark(c, '(');
    if (!take_number(c, &start) || start == 0) {
        return; /* by the name of a field, or other conditions */
    }
    if (take_mark(c, ':') || take_mark(c, '-')) {
        (void)take_number(c, &end);
    }
    (void)take_mark(c, ')');
    if (!take_mark(c, '=') || c->token.type != TOKEN_TEXT) {
        return;
    }
    record->code_text = take_text(c);
    uint32_t length = end >= start ? end - start + 1 : (uint32_t)record->code_text.len;
    record->code = (struct layout_span){start - 1, length};
}

/* INTO TABLE name … (fields) */
static bool read_table(struct control *c) {
    struct record_layout *out = c->out;
    if (out->record_count == LAYOUT_RECORDS_MAX) {
        return false;
    }
    struct layout_record *record = &out->records[out->record_count];
    uint32_t next = 0;
    *record = (struct layout_record){.name = kept(c, c->token.text)};
    record->fields = arena_alloc(c->memory, LAYOUT_FIELDS_MAX * sizeof *record->fields);
    c->failed = c->failed || record->fields == NULL;
    advance(c);
    while (!c->failed && c->token.type != TOKEN_END && !is_mark(c, '(') && !is_word(c, "INTO")) {
        if (take_word(c, "WHEN")) {
            read_when(c, record);
        } else if (!take_terminated(c, &c->parted_by)) {
            advance(c);
        }
    }
    if (c->failed || !take_mark(c, '(')) {
        return false;
    }
    while (c->token.type == TOKEN_WORD || c->token.type == TOKEN_TEXT) {
        read_field(c, record, &next);
        if (!take_mark(c, ',')) {
            break;
        }
    }
    (void)take_mark(c, ')');
    out->record_count += record->field_count > 0;
    return !c->failed;
}

/* ---- the whole ---- */

/* Behind the line BEGINDATA; 0: there is none. */
static size_t find_data(struct bytes text, size_t *control_end) {
    for (size_t at = 0; at < text.len;) {
        struct bytes line = bytes_from(text, at);
        size_t end = bytes_find(line, BYTES_LIT("\n"));
        if (bytes_equal_ignoring_case(bytes_trim(bytes_first(line, end)), BYTES_LIT("BEGINDATA"))) {
            *control_end = at;
            return end == SIZE_MAX ? text.len : at + end + 1;
        }
        at = end == SIZE_MAX ? text.len : at + end + 1;
    }
    *control_end = text.len;
    return 0;
}

bool sqlldr_is_control(struct bytes text) {
    static const char *const first[] = {"LOAD", "OPTIONS", "UNRECOVERABLE", "RECOVERABLE", NULL};
    struct control c = {.left = bytes_first(text, 4096)};
    advance(&c);
    size_t i = 0;
    while (first[i] != NULL && !is_word(&c, first[i])) {
        i++;
    }
    bool loads = false, into = false;
    for (unsigned count = 0; first[i] != NULL && count < 400 && !(loads && into); count++) {
        loads = loads || is_word(&c, "LOAD");
        into = into || (loads && is_word(&c, "INTO"));
        advance(&c);
    }
    return loads && into;
}

static const char *encoding_of(struct bytes charset) {
    static const struct {
        const char *charset, *encoding;
    } known[] = {{"AL32UTF8", "utf-8"},     {"UTF8", "utf-8"},           {"ZHT16MSWIN950", "big5"},
                 {"ZHT16BIG5", "big5"},     {"ZHS32GB18030", "gb18030"}, {"ZHS16GBK", "gb18030"},
                 {"AL16UTF16", "utf-16be"}, {"AL16UTF16LE", "utf-16le"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (bytes_equal_ignoring_case(charset, bytes_of_string(known[i].charset))) {
            return known[i].encoding;
        }
    }
    return NULL;
}

/* "fix 80": records of 80 bytes without line ends; "str '|\n'": what ends them. */
static void read_file_form(struct control *c) {
    struct bytes text = bytes_trim(c->token.text);
    struct control inner = {.left = text, .memory = c->memory, .out = c->out};
    uint32_t width = 0;
    advance(&inner);
    if (take_word(&inner, "fix") && take_number(&inner, &width)) {
        c->out->width = width;
    } else if (take_word(&inner, "str")) {
        struct bytes end = take_text(&inner);
        while (end.len > 0 && (end.ptr[end.len - 1] == '\n' || end.ptr[end.len - 1] == '\r')) {
            end.len--;
        }
        c->out->record_end = end;
    }
    advance(c);
}

static bool finish(struct control *c) {
    struct record_layout *out = c->out;
    const struct layout_field *one = NULL, *other = NULL;
    if (out->record_count == 0 || c->failed) {
        return false;
    }
    bool placed = true;
    for (size_t i = 0; i < out->record_count; i++) {
        for (size_t k = 0; k < out->records[i].field_count; k++) {
            placed = placed && out->records[i].fields[k].span.length > 0;
        }
    }
    if (c->parted_by.len > 0 || !placed) {
        out->is_delimited = true;
        out->delimiter = c->parted_by.len > 0 ? c->parted_by : BYTES_LIT(",");
        return true;
    }
    for (size_t i = 0; i < out->record_count; i++) {
        if (layout_record_finish(&out->records[i], &one, &other) != LAYOUT_GOOD) {
            return false;
        }
        out->width = out->records[i].width > out->width ? out->records[i].width : out->width;
    }
    return true;
}

bool sqlldr_read(struct bytes text, struct arena *memory, struct record_layout *out) {
    *out = (struct record_layout){0};
    if (!sqlldr_is_control(text)) {
        return false;
    }
    size_t end;
    out->preface = find_data(text, &end);
    out->records = arena_alloc(memory, LAYOUT_RECORDS_MAX * sizeof *out->records);
    struct control c = {.left = bytes_first(text, end), .memory = memory, .out = out};
    if (out->records == NULL) {
        return false;
    }
    advance(&c);
    while (c.token.type != TOKEN_END && !c.failed) {
        uint32_t number;
        if (take_word(&c, "SKIP")) {
            (void)take_mark(&c, '=');
            out->skip = take_number(&c, &number) ? number : out->skip;
        } else if (take_word(&c, "CHARACTERSET")) {
            out->encoding = encoding_of(c.token.text);
            advance(&c);
        } else if (take_word(&c, "INFILE")) {
            advance(&c);
            if (c.token.type == TOKEN_TEXT) {
                read_file_form(&c);
            }
        } else if (take_terminated(&c, &c.parted_by)) {
            continue;
        } else if (take_word(&c, "TABLE")) {
            if (!read_table(&c)) {
                break;
            }
        } else {
            advance(&c);
        }
    }
    return finish(&c);
}
