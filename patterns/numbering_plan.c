/* Source: the numbering plan of the National Communications Commission as of 2024 and the metadata
 * of libphonenumber 8.13 for region TW. */
#include "patterns/numbering_plan.h"

/* By the second digit; longer codes stand before the shorter ones that they begin with. */
static const struct area_code area_codes[] = {
    {"02", 2, 8, "235678", "臺北"},
    {"037", 3, 6, "2345678", "苗栗"},
    {"03", 2, 7, "234568", "桃園 新竹 花蓮"},
    {"03", 2, 7, "9", "宜蘭"},
    {"049", 3, 7, "2", "南投"},
    {"04", 2, 8, "23", "臺中"},
    {"04", 2, 7, "78", "彰化"},
    {"05", 2, 7, "235678", "嘉義 雲林"},
    {"06", 2, 7, "235679", "臺南 澎湖"},
    {"070", 3, 8, "0123456789", "VoIP"},
    {"07", 2, 7, "23456789", "高雄"},
    {"0836", 4, 5, "2356789", "連江"},
    {"0826", 4, 5, "6", "烏坵"},
    {"082", 3, 6, "345678", "金門"},
    {"089", 3, 6, "23456789", "臺東"},
    {"08", 2, 7, "478", "屏東"},
};

/* The rows of codes that begin with SYMBOLS: from *first to *end. False when there are none. */
static bool rows_of(const char *symbols, size_t len, unsigned *first, unsigned *end) {
    static const uint8_t starts[] = {0, 1, 4, 7, 8, 9, 11, 16}; /* of 02, 03 … 08, and the end */
    unsigned digit = len < 2 || symbols[0] != '0' ? 0 : (uint8_t)symbols[1] - (unsigned)'0';
    if (digit < 2 || digit > 8) {
        return false;
    }
    *first = starts[digit - 2];
    *end = starts[digit - 1];
    return true;
}

/* Does SYMBOLS go on like the code of ROW behind the two digits by which it was found? */
static bool has_code(const struct area_code *row, const char *symbols, size_t len) {
    for (size_t i = 2; i < row->code_len; i++) {
        if (i >= len || symbols[i] != row->code[i]) {
            return false;
        }
    }
    return len > row->code_len;
}

static bool may_begin(const struct area_code *row, char digit) {
    for (const char *first = row->first_digits; *first != '\0'; first++) {
        if (*first == digit) {
            return true;
        }
    }
    return false;
}

const struct area_code *area_code_of(const char *digits, size_t len) {
    unsigned i, end;
    for (bool any = rows_of(digits, len, &i, &end); any && i < end; i++) {
        const struct area_code *row = &area_codes[i];
        if (len == (size_t)row->code_len + row->subscriber && has_code(row, digits, len) &&
            may_begin(row, digits[row->code_len])) {
            return row;
        }
    }
    return NULL;
}

bool area_code_of_two(uint8_t zero, uint8_t area, uint8_t next, size_t len) {
#define DIGIT(d) ((uint16_t)(1U << (d)))
    enum { TO_NINE = 0x3FC };
    /* By area (2 … 8) and length (9, 10): what may stand behind the area. */
    static const uint16_t begins[7][2] = {
        {0, DIGIT(2) | DIGIT(3) | DIGIT(5) | DIGIT(6) | DIGIT(7) | DIGIT(8)},
        {TO_NINE & ~DIGIT(7), 0},
        {DIGIT(7) | DIGIT(8), DIGIT(2) | DIGIT(3)},
        {DIGIT(2) | DIGIT(3) | DIGIT(5) | DIGIT(6) | DIGIT(7) | DIGIT(8), 0},
        {DIGIT(2) | DIGIT(3) | DIGIT(5) | DIGIT(6) | DIGIT(7) | DIGIT(9), 0},
        {TO_NINE, 0},
        {DIGIT(4) | DIGIT(7) | DIGIT(8), 0},
    };
#undef DIGIT
    unsigned row = (uint8_t)(area - '2'), digit = (uint8_t)(next - '0');
    return zero == '0' && row < 7 && digit < 10 && (len == 9 || len == 10) &&
           (begins[row][len - 9] >> digit & 1) != 0;
}

const struct area_code *area_code_shown(const char *symbols, size_t len) {
    const struct area_code *best = NULL;
    unsigned i, end;
    for (bool any = rows_of(symbols, len, &i, &end); any && i < end; i++) {
        const struct area_code *row = &area_codes[i];
        if (!has_code(row, symbols, len) ||
            (symbols[row->code_len] != '*' && !may_begin(row, symbols[row->code_len]))) {
            continue;
        }
        bool fits = len == (size_t)row->code_len + row->subscriber;
        if (best == NULL || (fits && len != (size_t)best->code_len + best->subscriber)) {
            best = row;
        }
    }
    return best;
}

static void drop_front(struct masked_number *number, unsigned count) {
    number->count = (uint8_t)(number->count - count);
    memmove(number->symbols, number->symbols + count, number->count);
    number->breaks >>= count;
    number->head = (uint8_t)(number->head - count);
    number->tail = number->hidden == 0 ? number->count : number->tail;
}

void phone_to_national(struct masked_number *number) {
    static const struct {
        const char *prefix;
        uint8_t len;
    } prefixes[] = {{"886", 3}, {"002886", 6}, {"00886", 5}, {"009886", 6}, {"011886", 6}};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        unsigned len = prefixes[i].len;
        /* what remains is a number: at least seven digits and no trunk zero, or eight with it */
        if (number->head < len || number->count < len + 7 ||
            memcmp(number->symbols, prefixes[i].prefix, len) != 0) {
            continue;
        }
        if (number->head > len && number->symbols[len] == '0') {
            drop_front(number, len);
        } else {
            drop_front(number, len - 1);
            number->symbols[0] = '0';
            number->breaks &= ~UINT32_C(2);
        }
        return;
    }
}

size_t phone_without_extension(struct bytes text) {
    static const char *const words[] = {"分機", "內線", "轉",  "extension", "ext.",
                                        "ext",  "Ext.", "Ext", "EXT.",      "EXT",
                                        "#",    "x",    "X",   "~",         "*"};
    size_t digits = 0, end = text.len;
    end -= end > 0 && text.ptr[end - 1] == ')'; /* (分機 12) */
    while (end > 0 && byte_is_digit(text.ptr[end - 1])) {
        end--;
        digits++;
    }
    if (digits == 0 || digits > 6) {
        return text.len;
    }
    while (end > 0 && (text.ptr[end - 1] == ' ' || text.ptr[end - 1] == ':')) {
        end--;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct bytes word = bytes_of_string(words[i]);
        if (bytes_ends_with(bytes_first(text, end), word)) {
            end -= word.len;
            while (end > 0 && (text.ptr[end - 1] == ' ' || text.ptr[end - 1] == '(')) {
                end--;
            }
            return end >= 6 && byte_is_digit(text.ptr[end - 1]) ? end : text.len;
        }
    }
    return text.len;
}
