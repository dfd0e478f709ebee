/* Source: the numbering plan of the National Communications Commission as of 2024 and the metadata
 * of libphonenumber 8.13 for region TW. */
#include "patterns/numbering_plan.h"

const struct area_code area_codes[] = {
    {"0836", 5, "2356789", "連江"},
    {"0826", 5, "6", "烏坵"},
    {"037", 6, "2345678", "苗栗"},
    {"049", 7, "2", "南投"},
    {"082", 6, "345678", "金門"},
    {"089", 6, "23456789", "臺東"},
    {"070", 8, "0123456789", "VoIP"},
    {"02", 8, "235678", "臺北"},
    {"03", 7, "234568", "桃園 新竹 花蓮"},
    {"03", 7, "9", "宜蘭"},
    {"04", 8, "23", "臺中"},
    {"04", 7, "78", "彰化"},
    {"05", 7, "235678", "嘉義 雲林"},
    {"06", 7, "235679", "臺南 澎湖"},
    {"07", 7, "23456789", "高雄"},
    {"08", 7, "478", "屏東"},
};
const size_t area_code_count = sizeof area_codes / sizeof *area_codes;

const struct area_code *area_code_of(const char *digits, size_t len) {
    for (size_t i = 0; i < area_code_count; i++) {
        const struct area_code *row = &area_codes[i];
        size_t code = strlen(row->code);
        if (len == code + row->subscriber && memcmp(digits, row->code, code) == 0 &&
            strchr(row->first_digits, digits[code]) != NULL) {
            return row;
        }
    }
    return NULL;
}

const struct area_code *area_code_shown(const char *symbols, size_t len) {
    const struct area_code *best = NULL;
    for (size_t i = 0; i < area_code_count; i++) {
        const struct area_code *row = &area_codes[i];
        size_t code = strlen(row->code);
        if (len <= code || memcmp(symbols, row->code, code) != 0 ||
            (symbols[code] != '*' && strchr(row->first_digits, symbols[code]) == NULL)) {
            continue;
        }
        bool fits = len == code + row->subscriber;
        if (best == NULL || (fits && len != strlen(best->code) + best->subscriber)) {
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
    static const char *const words[] = {"分機", "轉", "ext.", "ext", "Ext.", "Ext", "EXT.",
                                        "EXT",  "#",  "x",    "X",   "~",    "*"};
    size_t digits = 0, end = text.len;
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
