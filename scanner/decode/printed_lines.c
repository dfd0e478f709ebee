#include "decode/printed_lines.h"

bool is_frame_line(struct bytes line) {
    enum { LEAST_DASHES = 3 };
    size_t dashes = 0, at = 0;
    line = bytes_trim(line);
    while (at < line.len && (line.ptr[at] == '-' || line.ptr[at] == '+' || line.ptr[at] == '=')) {
        dashes += line.ptr[at++] != '+';
    }
    return at == line.len && dashes >= LEAST_DASHES;
}

bool is_row_count(struct bytes line, uint64_t *out) {
    static const char *const words[] = {
        "rows selected", "row selected", "rows affected", "row affected", "資料列", "筆資料",
        " rows)",        " row)",        "rows in set",   "row in set",   NULL};
    enum { LONGEST = 80 };
    size_t at = 0, word = 0;
    line = bytes_trim(line);
    if (line.len > LONGEST) {
        return false;
    }
    while (at < line.len && !byte_is_digit(line.ptr[at])) {
        at++;
    }
    const bool begins = at <= 1 || bytes_starts_with(line, BYTES_LIT("已選取"));
    if (at == line.len || !begins) {
        return false;
    }
    while (words[word] != NULL && bytes_find(line, bytes_of_string(words[word])) == SIZE_MAX) {
        word++;
    }
    if (words[word] == NULL) {
        return false;
    }
    *out = 0;
    for (size_t digits = 0; at < line.len && digits < 18; at++) {
        if (byte_is_digit(line.ptr[at])) {
            *out = *out * 10 + (uint64_t)(line.ptr[at] - '0');
            digits++;
        } else if (line.ptr[at] != ',') {
            break;
        }
    }
    return true;
}
