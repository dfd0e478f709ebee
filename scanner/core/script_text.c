#include "core/script_text.h"

enum { FIRST_LINE_BYTES = 512 };

static inline uint8_t is_control(uint8_t c) {
    return (c < 0x20 && c != '\t' && c != '\r') || c == 0x7F;
}

bool script_text_begins(struct bytes head) {
    static const char *const words[] = {"-- ",     "/*",   "SET ",  "CREATE ",
                                        "INSERT ", "USE ", "DROP ", "BEGIN"};
    struct bytes line = bytes_trim(bytes_first(head, FIRST_LINE_BYTES));
    const uint8_t *newline = line.len == 0 ? NULL : memchr(line.ptr, '\n', line.len);
    line = bytes_first(line, newline == NULL ? 0 : (size_t)(newline - line.ptr));
    if (bytes_count(line, is_control) != 0) {
        return false;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const struct bytes word = bytes_of_string(words[i]);
        if (bytes_equal_ignoring_case(bytes_first(line, word.len), word)) {
            return true;
        }
    }
    return false;
}
