/* Lines that differ in their numbers only: are their keys and values the same? Everything else in
 * them is, so it is enough that no number has a say: in keys none may stand, and those in values
 * must not make base64 of one. */
#include "decode/encoded_text.h"
#include "decode/keyed/keys.h"
#include "decode/keyed/members.h"
#include "decode/keyed/values.h"
#include "decode/keyed/var_dump.h"

enum {
    NUMBER_LEAST = 8, /* of shorter numbers nobody keeps the length */
    NUMBER_MOST = 63,
    BASE64_LEAST = 4 * BASE64_TEXT_MIN / 3,
};

/* Could a digit stand in the key that ends before END, as far as anybody would go back? */
static bool digit_in_key(struct bytes line, size_t end) {
    size_t least = end > KEYED_PERCENT_BYTES ? end - KEYED_PERCENT_BYTES : 0;
    while (end > least && (line.ptr[end - 1] == ' ' || line.ptr[end - 1] == ']')) {
        end--;
    }
    for (; end > least && keyed_key_byte(line.ptr[end - 1]); end--) {
        if (byte_is_digit(line.ptr[end - 1])) {
            return true;
        }
    }
    return false;
}

/* The same for the key in quotes that ends at END. */
static bool digit_in_quotes(struct bytes line, size_t end) {
    uint8_t quote = line.ptr[end];
    size_t least = end > KEYED_PERCENT_BYTES ? end - KEYED_PERCENT_BYTES : 0;
    for (; end > least && line.ptr[end - 1] != quote; end--) {
        if (byte_is_digit(line.ptr[end - 1])) {
            return true;
        }
    }
    return false;
}

static bool in_base64(uint8_t c) {
    return byte_is_alnum(c) || c == '+' || c == '/' || c == '-' || c == '_' || c == '=';
}

/* So long may numbers be lest the bytes around them, all in the alphabet of base64, become as many
 * as make base64 worth a look; NUMBER_MOST: they are no such bytes at all, or hold no digits. */
static unsigned number_limit(struct bytes word) {
    size_t numbers = 0, others = 0;
    for (size_t i = 0; i < word.len; i++) {
        bool digit = byte_is_digit(word.ptr[i]);
        others += !digit;
        numbers += digit && (i == 0 || !byte_is_digit(word.ptr[i - 1]));
    }
    if (numbers == 0) {
        return NUMBER_MOST;
    }
    return others >= BASE64_LEAST ? 0 : (unsigned)((BASE64_LEAST - 1 - others) / numbers);
}

/* The least limit of all words of the alphabet that stand behind the key at MARK, up to the end of
 * any value. */
static unsigned value_limit(struct bytes line, size_t mark) {
    size_t begin = mark + 1, end;
    while (begin < line.len && !in_base64(line.ptr[begin])) {
        begin++; /* blanks, a quote */
    }
    end = begin;
    while (end < line.len && in_base64(line.ptr[end])) {
        end++;
    }
    return number_limit(bytes_of(line.ptr + begin, end - begin));
}

/* References of HTML, tokens of web services and what stands before them, rows of statements. */
static bool has_token(struct bytes line) {
    static const struct bytes told[] = {{(const uint8_t *)"&#", 2},
                                        {(const uint8_t *)"eyj", 3},
                                        {(const uint8_t *)"bearer ", 7},
                                        {(const uint8_t *)"basic ", 6},
                                        {(const uint8_t *)"values", 6}};
    for (size_t at = 0; at < line.len; at++) {
        uint8_t c = byte_lower(line.ptr[at]);
        if (c != '&' && c != 'e' && c != 'b') {
            continue;
        }
        for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
            struct bytes here = bytes_first(bytes_from(line, at), told[i].len);
            if (c == told[i].ptr[0] && bytes_equal_ignoring_case(here, told[i])) {
                return true;
            }
        }
    }
    return false;
}

bool keyed_values_steady(struct bytes line, unsigned *most_out) {
    *most_out = NUMBER_MOST;
    if (has_token(line) || var_dump_begins(line)) {
        return false;
    }
    for (size_t at = 0; at < line.len; at++) {
        uint8_t c = line.ptr[at];
        bool named = at + 1 < line.len && line.ptr[at + 1] == ':' && (c == '"' || c == '\'');
        if (c == '\\' || c == '%' || c >= 0x80 || (c == '=' && digit_in_key(line, at)) ||
            (named && digit_in_quotes(line, at)) ||
            (c == ':' && at > 0 && keyed_member_begins(line, at))) {
            return false;
        }
        if (c == '=' || named) {
            unsigned limit = value_limit(line, at + named);
            *most_out = limit < *most_out ? limit : *most_out;
        }
    }
    return *most_out >= NUMBER_LEAST;
}
