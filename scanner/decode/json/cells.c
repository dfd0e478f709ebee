#include "decode/json/cells.h"

enum { CUT_REACH = 512, UNICODE_ESCAPE_BYTES = 6 };

void json_put_text(struct json_walk *w, size_t begin, size_t end, uint32_t place) {
    struct bytes text = bytes_trim(json_part(w, begin, end));
    if (text.len != 0) {
        begin = (size_t)(text.ptr - w->text.ptr);
        end = begin + text.len;
        json_put_cell(w, begin, end, place,
                      CELL_TEXT | CELL_PARTIAL |
                          (json_holds_escape(w, begin, end) ? CELL_ESCAPED : 0U));
    }
}

bool json_is_scalar(struct bytes text) {
    static const char *const words[] = {"true",     "false",     "null",      "NaN",  "None",
                                        "Infinity", "-Infinity", "undefined", "True", "False"};
    size_t at = 0;
    while (at < text.len &&
           (byte_is_digit(text.ptr[at]) || text.ptr[at] == '.' || text.ptr[at] == '-' ||
            text.ptr[at] == '+' || (at > 0 && (text.ptr[at] | 0x20) == 'e'))) {
        at++;
    }
    if (at == text.len) {
        return text.len < 32 && (byte_is_digit(text.ptr[0]) || text.len > 1);
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (bytes_equal(text, bytes_of_string(words[i]))) {
            return true;
        }
    }
    return false;
}

static uint32_t scalar_flags(struct bytes text) {
    if (byte_is_digit(text.ptr[0]) || text.ptr[0] == '-' || text.ptr[0] == '+') {
        return CELL_NUMBER;
    }
    bool nothing = bytes_equal(text, BYTES_LIT("null")) || bytes_equal(text, BYTES_LIT("None")) ||
                   bytes_equal(text, BYTES_LIT("undefined"));
    return nothing ? CELL_NULL : 0;
}

void json_put_scalar_cell(struct json_walk *w, struct bytes text, uint32_t place) {
    size_t begin = (size_t)(text.ptr - w->text.ptr);
    uint32_t flags = scalar_flags(text);
    json_put_cell(w, begin, flags == CELL_NULL ? begin : begin + text.len, place, flags);
}

bool json_put_scalar(struct json_walk *w, size_t begin, size_t end, uint32_t field) {
    struct bytes text = bytes_trim(json_part(w, begin, end));
    if (text.len == 0 || !json_is_scalar(text)) {
        return false;
    }
    begin = (size_t)(text.ptr - w->text.ptr);
    uint32_t flags = scalar_flags(text);
    json_put_field(w, begin, flags == CELL_NULL ? begin : begin + text.len, field, flags);
    return true;
}

static void begin_row(struct json_walk *w) {
    if (w->rows_are != JSON_ROWS_NONE) {
        w->row++;
        w->rows[w->row_count++] =
            (struct row_mark){.first_cell = (uint32_t)w->cell_count, .row = w->row};
    }
}

void json_begin_document(struct json_walk *w) {
    w->documents++;
    w->row_depth = 0;
    w->row_is_new = true;
    begin_row(w);
}

void json_begin_element(struct json_walk *w) {
    if (w->rows_are != JSON_ROWS_ELEMENTS) {
        return;
    }
    if (w->row_depth == 0 || w->depth < w->row_depth) {
        w->row_depth = w->depth;
    }
    if (w->depth == w->row_depth) {
        if (!w->row_is_new) {
            begin_row(w);
        }
        w->row_is_new = false;
    }
}

size_t json_cut_of(struct bytes text) {
    for (size_t at = text.len; at > text.len - CUT_REACH; at--) {
        uint8_t c = text.ptr[at - 1];
        if (c < 0x80 && !byte_is_alnum(c) && c != '\\') {
            return at;
        }
    }
    size_t at = text.len;
    while (at > text.len - 4 && (text.ptr[at - 1] & 0xC0) == 0x80) {
        at--;
    }
    at -= (text.ptr[at - 1] & 0xC0) == 0xC0;
    for (size_t back = 1; back < UNICODE_ESCAPE_BYTES; back++) {
        if (text.ptr[at - back] == '\\') {
            size_t end = at - back + 1, run = end;
            while (run > 0 && text.ptr[run - 1] == '\\') {
                run--;
            }
            return (end - run) % 2 == 0 ? end : end - 1;
        }
    }
    return at;
}
