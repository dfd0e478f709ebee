#include "decode/typeset_gaps.h"

#include <stdbool.h>

#include "core/bytes.h"

enum { HAN_BYTES = 3 };

/* Is P the first byte of one of LETTERS, each of HAN_BYTES? */
static bool is_one_of(const uint8_t *p, const char *letters) {
    while (*letters != '\0' && memcmp(p, letters, HAN_BYTES) != 0) {
        letters += HAN_BYTES;
    }
    return *letters != '\0';
}

/* Does a blank between BEFORE and BEHIND stand between a number and the parts of an address? */
static bool is_gap(struct bytes before, struct bytes behind) {
    if (before.len == 0 || behind.len == 0) {
        return false;
    }
    if (byte_is_digit(before.ptr[before.len - 1])) {
        return behind.len >= HAN_BYTES && is_one_of(behind.ptr, "段巷弄號号之樓楼室鄰");
    }
    return byte_is_digit(behind.ptr[0]) && before.len >= HAN_BYTES &&
           is_one_of(before.ptr + before.len - HAN_BYTES, "路街道段巷弄號号之樓楼村里鄰");
}

size_t typeset_gaps_close(uint8_t *text, size_t len) {
    size_t kept = 0;
    for (size_t at = 0; at < len; at++) {
        if (text[at] != ' ' ||
            !is_gap(bytes_of(text, kept), bytes_of(text + at + 1, len - at - 1))) {
            text[kept++] = text[at];
        }
    }
    return kept;
}
