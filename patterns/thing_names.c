#include "patterns/thing_names.h"

/* Words of which names of things are made and names of people are not. */
static bool is_word_of_things(struct bytes word) {
    static const char *const words[] = {
        "address",  "bits",       "configuration", "control",   "counter",
        "data",     "entry",      "error",         "exception", "file",
        "function", "identifier", "index",         "interrupt", "information",
        "memory",   "mode",       "number",        "reason",    "register",
        "size",     "status",     "system",        "table",     "value",
    };
    size_t i = 0;
    while (i < sizeof words / sizeof *words &&
           !bytes_equal_ignoring_case(word, bytes_of_string(words[i]))) {
        i++;
    }
    return i < sizeof words / sizeof *words;
}

/* "Exception Status", "fou-genl-name": what stands in a column "full name" of a manual, or behind
 * "family-name" among settings. */
bool thing_name_is(struct bytes text) {
    size_t hyphens = 0, begin = 0;
    bool lower = true;
    for (size_t at = 0; at <= text.len; at++) {
        uint8_t c = at < text.len ? text.ptr[at] : ' ';
        if (byte_is_letter(c) || c >= 0x80) {
            lower = lower && c >= 'a';
            continue;
        }
        if (at > begin && begin > 0 && is_word_of_things(bytes_of(text.ptr + begin, at - begin))) {
            return true; /* not the first word: Data and Mode are surnames */
        }
        begin = at + 1;
        hyphens += c == '-';
        lower = lower && (c == '-' || at == text.len);
    }
    return lower && hyphens > 1;
}
