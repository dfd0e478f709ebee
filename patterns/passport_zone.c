#include "patterns/passport_zone.h"

enum { STATE_AT = 10, BIRTH_AT = 13, EXPIRY_AT = 21, DATE = 6 };

static const struct bytes state = {(const uint8_t *)"TWN", 3};
static const struct bytes begins = {(const uint8_t *)"P<TWN", 5};

static bool is_zone_byte(uint8_t c) {
    return byte_is_digit(c) || (uint8_t)(c - 'A') < 26 || c == '<';
}

/* LEN characters at AT that no others of their kind stand around. */
static bool is_line(struct bytes text, size_t at) {
    if (at > text.len || text.len - at < PASSPORT_LINE ||
        (at > 0 && is_zone_byte(text.ptr[at - 1]))) {
        return false;
    }
    for (size_t i = 0; i < PASSPORT_LINE; i++) {
        if (!is_zone_byte(text.ptr[at + i])) {
            return false;
        }
    }
    return at + PASSPORT_LINE == text.len || !is_zone_byte(text.ptr[at + PASSPORT_LINE]);
}

/* P<TWN, a name, nothing but letters. */
static bool is_first_line(struct bytes text, size_t at) {
    if (!is_line(text, at) || !bytes_starts_with(bytes_from(text, at), begins)) {
        return false;
    }
    for (size_t i = 0; i < PASSPORT_LINE; i++) {
        if (byte_is_digit(text.ptr[at + i])) {
            return false;
        }
    }
    return bytes_find(bytes_of(text.ptr + at + begins.len, PASSPORT_LINE - begins.len),
                      BYTES_LIT("<<")) != SIZE_MAX;
}

static bool is_second_line(struct bytes text, size_t at) {
    return is_line(text, at) && bytes_starts_with(bytes_from(text, at + STATE_AT), state) &&
           byte_is_digit(text.ptr[at + PASSPORT_NUMBER]) &&
           byte_is_digit(text.ptr[at + BIRTH_AT + DATE]) &&
           byte_is_digit(text.ptr[at + EXPIRY_AT + DATE]);
}

/* Where the line behind the one at AT begins; SIZE_MAX: there is none. */
static size_t next_line(struct bytes text, size_t at) {
    size_t end = at + PASSPORT_LINE;
    end += end < text.len && text.ptr[end] == '\r';
    return end < text.len && text.ptr[end] == '\n' ? end + 1 : SIZE_MAX;
}

/* Where the first line before the second one at AT begins; AT: there is none. */
static size_t line_before(struct bytes text, size_t at) {
    size_t end = at > 0 && text.ptr[at - 1] == '\n' ? at - 1 : 0;
    end -= end > 0 && text.ptr[end - 1] == '\r';
    return end >= PASSPORT_LINE && is_first_line(text, end - PASSPORT_LINE) ? end - PASSPORT_LINE
                                                                            : at;
}

bool passport_zone_extent(struct bytes text, size_t anchor, size_t *begin, size_t *end) {
    if (anchor < STATE_AT || !is_second_line(text, anchor - STATE_AT)) {
        return false;
    }
    *begin = line_before(text, anchor - STATE_AT);
    *end = anchor - STATE_AT + PASSPORT_LINE;
    return true;
}

/* Weights 7 3 1; letters count from ten on, fillers nothing (Doc 9303, part 3, section 4.9). */
static bool check_fits(const uint8_t *p, size_t len) {
    static const uint8_t weights[] = {7, 3, 1};
    unsigned sum = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned value = byte_is_digit(p[i]) ? p[i] - (unsigned)'0'
                         : p[i] == '<'       ? 0
                                             : p[i] - (unsigned)'A' + 10;
        sum += value * weights[i % 3];
    }
    return sum % 10 == (unsigned)(p[len] - '0');
}

enum passport_zone passport_zone_read(struct bytes text, struct bytes *number) {
    bool first = is_first_line(text, 0);
    size_t second = first ? next_line(text, 0) : 0;
    *number = (struct bytes){text.ptr, 0};
    if (second == SIZE_MAX || !is_second_line(text, second) || second + PASSPORT_LINE != text.len) {
        return first && text.len == PASSPORT_LINE ? PASSPORT_ZONE_NAME : PASSPORT_ZONE_NONE;
    }
    const uint8_t *p = text.ptr + second;
    *number = bytes_of(p, PASSPORT_NUMBER);
    return check_fits(p, PASSPORT_NUMBER) && check_fits(p + BIRTH_AT, DATE) &&
                   check_fits(p + EXPIRY_AT, DATE)
               ? PASSPORT_ZONE_WHOLE
               : PASSPORT_ZONE_BROKEN;
}
