#include "decode/sql/copy_form.h"

static const struct sql_copy_form usual = {
    .format = SQL_COPY_TEXT, .usual = true, .delimiter = '\t', .null = "\\N", .null_len = 2};

/* ---- options ---- */

/* A string as an option has it: '\t' was meant as a tab where E stands before it. */
static struct bytes said(const struct sql_token *token, bool escapes, uint8_t *room) {
    struct bytes text = token->text;
    if (escapes && text.len == 2 && text.ptr[0] == '\\') {
        room[0] = text.ptr[1] == 't' ? '\t' : text.ptr[1];
        return bytes_of(room, 1);
    }
    if (text.len == 2 && text.ptr[0] == '\'') { /* '''' */
        return bytes_first(text, 1);
    }
    return text;
}

static void be_csv(struct sql_copy_form *form) {
    if (form->format == SQL_COPY_TEXT) {
        form->format = SQL_COPY_CSV;
        form->delimiter = form->delimiter == '\t' ? ',' : form->delimiter;
        form->quote = form->quote == 0 ? '"' : form->quote;
        form->null_len = form->null_len == 2 && form->null[0] == '\\' ? 0 : form->null_len;
    }
}

/* OPTION has the value TEXT. */
static void set_option(struct sql_copy_form *form, const struct sql_token *option,
                       struct bytes text) {
    uint8_t first = text.len == 1 ? text.ptr[0] : 0;
    if (sql_token_is(option, "DELIMITER") || sql_token_is(option, "DELIMITERS")) {
        form->delimiter = first != 0 ? first : form->delimiter;
    } else if (sql_token_is(option, "QUOTE")) {
        form->quote = first;
    } else if (sql_token_is(option, "ESCAPE")) {
        form->escape = first;
    } else if (sql_token_is(option, "NULL") && text.len <= SQL_COPY_NULL_MAX) {
        form->null_len = (uint8_t)text.len;
        memcpy(form->null, text.ptr, text.len);
    } else if (sql_token_is(option, "FORMAT") &&
               bytes_equal_ignoring_case(text, BYTES_LIT("csv"))) {
        be_csv(form);
    }
}

/* A word that needs no value, or the value of the one before it. */
static void read_word(struct sql_copy_form *form, const struct sql_token *word,
                      const struct sql_token *before) {
    if (sql_token_is(word, "CSV")) {
        be_csv(form);
    } else if (sql_token_is(word, "HEADER")) {
        form->header = true;
    } else if (sql_token_is(before, "HEADER") &&
               (sql_token_is(word, "false") || sql_token_is(word, "off") ||
                sql_token_is(word, "0"))) {
        form->header = false;
    } else if (sql_token_is(word, "BINARY")) {
        form->format = SQL_COPY_UNKNOWN;
    }
}

struct sql_copy_form sql_copy_form_read(struct sql_lexer *lexer, struct sql_token *token) {
    struct sql_copy_form form = usual;
    struct sql_token option = {.type = SQL_TOKEN_END};
    bool escapes = false;
    while (!sql_token_is_mark(token, ';') && !sql_token_ends(token)) {
        uint8_t room[1];
        form.usual = false;
        if (token->type == SQL_TOKEN_STRING) {
            set_option(&form, &option, said(token, escapes, room));
        } else if (token->type == SQL_TOKEN_WORD) {
            escapes = sql_token_is(token, "E");
            if (!escapes && !sql_token_is(token, "AS") && !sql_token_is(token, "WITH")) {
                read_word(&form, token, &option);
                option = *token;
            }
        }
        *token = sql_lexer_next(lexer);
    }
    form.escape = form.escape == 0 ? form.quote : form.escape;
    return form;
}

/* ---- rows ---- */

bool sql_copy_form_ends(const uint8_t *bytes, size_t at, size_t end) {
    if (end - at < 2 || bytes[at] != '\\' || bytes[at + 1] != '.') {
        return false;
    }
    at += 2;
    at += at < end && bytes[at] == '\r';
    return at == end || bytes[at] == '\n';
}

static size_t mark_of_text(const struct sql_copy_form *form, const uint8_t *bytes, size_t at,
                           size_t end) {
    while (at < end && bytes[at] != form->delimiter && bytes[at] != '\n') {
        at += bytes[at] == '\\' ? 2 : 1;
    }
    return at < end ? at : end;
}

/* A quote that is never closed ends where the rows do. */
static size_t mark_of_csv(const struct sql_copy_form *form, const uint8_t *bytes, size_t at,
                          size_t end) {
    bool inside = false;
    for (; at < end; at++) {
        uint8_t c = bytes[at];
        if (inside && c == form->escape && at + 1 < end &&
            (bytes[at + 1] == form->quote || bytes[at + 1] == form->escape)) {
            at++;
        } else if (c == form->quote && form->quote != 0) {
            inside = !inside;
        } else if (c == '\n' ? !inside || sql_copy_form_ends(bytes, at + 1, end)
                             : c == form->delimiter && !inside) {
            return at;
        }
    }
    return end;
}

size_t sql_copy_form_mark(const struct sql_copy_form *form, const uint8_t *bytes, size_t at,
                          size_t end) {
    return form->format == SQL_COPY_CSV ? mark_of_csv(form, bytes, at, end)
                                        : mark_of_text(form, bytes, at, end);
}

/* The inside of the quotes of BYTES, when it stands in some as a whole. */
static struct bytes unquoted(const struct sql_copy_form *form, struct bytes value) {
    bool quoted = form->format == SQL_COPY_CSV && form->quote != 0 && value.len >= 2 &&
                  value.ptr[0] == form->quote && value.ptr[value.len - 1] == form->quote;
    return quoted ? bytes_of(value.ptr + 1, value.len - 2) : value;
}

static enum sql_escapes escapes_of(const struct sql_copy_form *form, struct bytes value) {
    if (form->format == SQL_COPY_TEXT) {
        return memchr(value.ptr, '\\', value.len) != NULL ? SQL_ESCAPES_COPY : SQL_ESCAPES_NONE;
    }
    if (memchr(value.ptr, form->escape, value.len) == NULL) {
        return SQL_ESCAPES_NONE;
    }
    return form->escape == '\\'   ? SQL_ESCAPES_MYSQL_DOUBLE
           : form->escape == '\'' ? SQL_ESCAPES_DOUBLED
                                  : SQL_ESCAPES_CSV;
}

struct sql_value sql_copy_form_value(const struct sql_copy_form *form, const uint8_t *bytes,
                                     size_t begin, size_t end) {
    struct bytes raw = bytes_of(bytes + begin, end - begin);
    struct bytes value = unquoted(form, raw);
    struct bytes hex = form->format == SQL_COPY_TEXT ? BYTES_LIT("\\\\x") : BYTES_LIT("\\x");
    size_t from = (size_t)(value.ptr - bytes);
    if (bytes_equal(raw, bytes_of(form->null, form->null_len)) || value.len == 0) {
        return (struct sql_value){.begin = begin, .end = begin, .flags = CELL_NULL};
    }
    if (bytes_starts_with(value, hex) && value.len > hex.len &&
        sql_is_hex(value.ptr + hex.len, value.ptr + value.len)) {
        return (struct sql_value){
            .begin = from + hex.len, .end = from + value.len, .flags = CELL_HEX};
    }
    enum sql_escapes escapes = escapes_of(form, value);
    return (struct sql_value){.begin = from,
                              .end = from + value.len,
                              .flags = sql_length_flags(value.len) |
                                       (escapes != SQL_ESCAPES_NONE ? CELL_ESCAPED : 0U),
                              .escapes = escapes};
}
