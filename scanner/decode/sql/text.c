#include "decode/sql/text.h"

enum { LOOKAHEAD = 96 }; /* bytes of code that are looked at together: tags, openers, keywords */

void sql_text_init(struct sql_text *text) {
    *text = (struct sql_text){.delimiter = {';'}, .delimiter_len = 1};
}

void sql_text_begin(struct sql_text *text, bool comment_only) {
    text->inside = 0;
    text->comment_only = comment_only;
}

size_t sql_text_cut(const uint8_t *bytes, size_t from, size_t at) {
    size_t lowest = at - from > 256 ? at - 256 : from + 1;
    for (size_t cut = at; cut > lowest; cut--) {
        uint8_t c = bytes[cut - 1];
        if (c < 0x80 && !byte_is_alnum(c) && c != '\\' && c != '\'' && c != '-' && c != '*') {
            return cut;
        }
    }
    size_t cut = at;
    while (cut > from + 1 && at - cut < 3 && (bytes[cut] & 0xC0) == 0x80) {
        cut--;
    }
    return cut;
}

/* Pass bytes up to and with the first CLOSE. False: the view ends before. */
static bool skip_to(const struct sql_view *view, size_t *at, struct bytes close) {
    size_t found = bytes_find(bytes_of(view->bytes + *at, view->end - *at), close);
    if (found != SIZE_MAX) {
        *at += found + close.len;
        return true;
    }
    if (view->final) {
        *at = view->end;
    } else if (view->end - *at >= close.len) {
        *at = view->end - (close.len - 1); /* the mark may be cut in two */
    }
    return false;
}

/* In a string or a quoted name. */
static bool skip_string(const struct sql_text *text, const struct sql_view *view, size_t *at) {
    const uint8_t *bytes = view->bytes;
    size_t i = *at;
    bool closed = false;
    while (i < view->end && !closed) {
        bool pair = (bytes[i] == '\\' && text->backslash) || bytes[i] == text->inside;
        if (!pair) {
            i++;
        } else if (i + 1 == view->end && !view->final) {
            break; /* the next byte tells */
        } else if (bytes[i] == '\\' || (i + 1 < view->end && bytes[i + 1] == text->inside)) {
            i += 2;
        } else {
            i++;
            closed = true;
        }
    }
    *at = i < view->end ? i : view->end;
    return closed;
}

static bool skip_inside(const struct sql_text *text, const struct sql_view *view, size_t *at) {
    switch (text->inside) {
    case '-':
        return skip_to(view, at, BYTES_LIT("\n"));
    case '*':
        return skip_to(view, at, BYTES_LIT("*/"));
    case '$':
        return skip_to(view, at, bytes_of(text->tag, text->tag_len));
    default:
        return skip_string(text, view, at);
    }
}

/* A comment begins at *at, perhaps longer than the view. True when something was passed. */
static bool pass_comment(struct sql_text *text, const struct sql_view *view,
                         const struct sql_dialect *dialect, size_t *at) {
    int64_t behind = sql_skip_comment(view, *at, dialect);
    if (behind == SQL_OPEN) {
        text->inside = view->bytes[*at] == '/' ? '*' : '-';
        *at += view->bytes[*at] == '/' ? 2 : 1;
        *at = *at < view->end ? *at : view->end;
        return true;
    }
    bool passed = (size_t)behind != *at;
    *at = (size_t)behind;
    return passed;
}

static bool open_dollar(struct sql_text *text, const struct sql_view *view, size_t *at) {
    if (*at != 0 && sql_is_word(view->bytes[*at - 1])) {
        return false;
    }
    size_t end = *at + 1;
    while (end < view->end && end - *at < SQL_TAG_MAX - 1 && view->bytes[end] != '$' &&
           sql_is_word(view->bytes[end])) {
        end++;
    }
    if (end >= view->end || view->bytes[end] != '$' || byte_is_digit(view->bytes[*at + 1])) {
        return false;
    }
    text->tag_len = end + 1 - *at;
    memcpy(text->tag, view->bytes + *at, text->tag_len);
    text->inside = '$';
    *at = end + 1;
    return true;
}

static bool open_quote(struct sql_text *text, const struct sql_view *view,
                       const struct sql_dialect *dialect, size_t *at) {
    uint8_t c = view->bytes[*at];
    bool brackets = dialect->flavor == SQL_TRANSACT;
    if (c != '\'' && c != '"' && c != '`' && (c != '[' || !brackets)) {
        return false;
    }
    bool escape_string = c == '\'' && dialect->flavor == SQL_POSTGRES && *at != 0 &&
                         (view->bytes[*at - 1] | 0x20) == 'e';
    text->inside = c == '[' ? ']' : c;
    text->backslash = (c == '\'' && (dialect->backslash || escape_string)) ||
                      (c == '"' && dialect->flavor == SQL_MYSQL && dialect->backslash);
    ++*at;
    return true;
}

static bool starts_with_word(struct bytes text, const char *word) {
    size_t len = strlen(word);
    return text.len > len &&
           bytes_equal_ignoring_case(bytes_first(text, len), bytes_of_string(word)) &&
           !sql_is_word(text.ptr[len]);
}

/* SQL Server's scripts and some of Oracle's have no terminator but the next line's statement. */
bool sql_text_statement_begins(const struct sql_view *view, size_t at,
                               const struct sql_dialect *dialect) {
    static const char *const words[] = {"INSERT", "REPLACE", "UPDATE", "DELETE",
                                        "CREATE", "USE",     "SET",    "GO",
                                        "EXEC",   "EXECUTE", "MERGE",  "DECLARE"};
    if (dialect->flavor != SQL_TRANSACT && dialect->flavor != SQL_STANDARD) {
        return false;
    }
    struct bytes line = bytes_of(view->bytes + at, view->end - at);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (starts_with_word(line, words[i])) {
            return true;
        }
    }
    return false;
}

static bool at_delimiter(const struct sql_text *text, const struct sql_view *view, size_t at) {
    return bytes_starts_with(bytes_of(view->bytes + at, view->end - at),
                             bytes_of(text->delimiter, text->delimiter_len));
}

bool sql_text_skip(struct sql_text *text, const struct sql_view *view,
                   const struct sql_dialect *dialect, size_t *at) {
    bool dollars = dialect->flavor == SQL_POSTGRES || dialect->flavor == SQL_STANDARD;
    while (*at < view->end) {
        if (text->inside != 0) {
            if (!skip_inside(text, view, at)) {
                return false;
            }
            text->inside = 0;
            if (text->comment_only) {
                return true;
            }
            continue;
        }
        if (view->end - *at < LOOKAHEAD && !view->final) {
            return false;
        }
        uint8_t c = view->bytes[*at];
        if (c == text->delimiter[0] && at_delimiter(text, view, *at)) {
            *at += text->delimiter_len;
            return true;
        }
        if (c == '\n') {
            ++*at;
            if (sql_text_statement_begins(view, *at, dialect)) {
                return true;
            }
            continue;
        }
        bool plain = byte_is_alnum(c) || c == ' ' || c >= 0x80;
        if (plain ||
            (!pass_comment(text, view, dialect, at) && !open_quote(text, view, dialect, at) &&
             !(c == '$' && dollars && open_dollar(text, view, at)))) {
            ++*at;
        }
    }
    return false;
}
