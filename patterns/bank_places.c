#include "patterns/bank_places.h"

#include "patterns/digits.h"
#include "patterns/half_width.h"

enum { CODE = 3, LEAST = 10, MOST = 16, GAP_MOST = 4 };

bool bank_code_is(const uint8_t *digits) {
    static const uint16_t codes[] = {
        4,   5,   6,   7,   8,   9,   11,  12,  13,  16,  17,  18,  20,  21,  22,
        25,  39,  48,  50,  52,  53,  54,  81,  101, 102, 103, 104, 108, 114, 115,
        118, 119, 120, 124, 127, 130, 132, 146, 147, 158, 161, 162, 163, 165, 178,
        188, 204, 215, 216, 222, 223, 224, 600, 700, 803, 805, 806, 807, 808, 809,
        810, 812, 815, 816, 822, 823, 824, 826, 910, 928, 951, 952, 954};
    uint64_t code = digits_number(digits, CODE);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (code == codes[i]) {
            return true;
        }
    }
    return false;
}

/* Behind one of the WORDS at AT, the longest; AT: none stands there. */
static size_t behind_any(struct bytes text, size_t at, const char *const *words) {
    size_t best = 0;
    for (; *words != NULL; words++) {
        struct bytes word = bytes_of_string(*words);
        best = bytes_starts_with(bytes_from(text, at), word) && word.len > best ? word.len : best;
    }
    return at + best;
}

/* Blanks, colons and commas in either width. */
static size_t behind_gap(struct bytes text, size_t at) {
    static const char *const signs[] = {" ", ":", "：", "　", "，", ",", "=", NULL};
    size_t next = at;
    for (unsigned i = 0; i < GAP_MOST && (next = behind_any(text, at, signs)) > at; i++) {
        at = next;
    }
    return at;
}

/* Where COUNT digits that begin at AT end, in either width; AT: there are fewer, or more. */
static size_t behind_code(struct bytes text, size_t at) {
    uint8_t code[CODE];
    size_t end = at, used;
    for (size_t i = 0; i < CODE; i++) {
        code[i] = half_width_at(text, end, &used);
        if (!byte_is_digit(code[i])) {
            return at;
        }
        end += used;
    }
    return byte_is_digit(half_width_at(text, end, &used)) || !bank_code_is(code) ? at : end;
}

/* Where the groups of digits end that begin at AT; AT: they are no account. */
static size_t account_end(struct bytes text, size_t at) {
    size_t end = at, digits = 0, used, next;
    for (size_t i = at; i < text.len;) {
        uint8_t c = half_width_at(text, i, &used);
        bool between =
            (c == '-' || c == ' ') && byte_is_digit(half_width_at(text, i + used, &next));
        if (!byte_is_digit(c) && !(between && i > at)) {
            break;
        }
        digits += byte_is_digit(c);
        i += used;
        end = byte_is_digit(c) ? i : end;
    }
    bool letters = byte_is_letter(half_width_at(text, end, &used));
    return digits >= LEAST && digits <= MOST && !letters ? end : at;
}

bool bank_account_extent(struct bytes text, size_t anchor, size_t *begin, size_t *end) {
    static const char *const words[] = {BANK_WORDS, NULL};
    static const char *const fillers[] = {"商業銀行", "銀行", "商銀", "銀行代碼", "代碼", NULL};
    static const char *const openings[] = {"(", "（", NULL}, *const closings[] = {")", "）", NULL};
    static const char *const account_words[] = {"帳號", "帳戶", "戶頭", NULL};
    static const char *const others[] = {"帳號", "匯到", "轉帳", NULL};
    bool bank = behind_any(text, anchor, others) == anchor;
    size_t at = behind_any(text, anchor, words);
    at = bank ? behind_any(text, at, fillers) : at;
    *begin = behind_gap(text, at);
    size_t code = behind_any(text, *begin, openings), behind = behind_code(text, code);
    bool coded = behind > code;
    if (coded) {
        size_t closed = behind_any(text, behind, closings);
        bool hyphen = closed < text.len && text.ptr[closed] == '-';
        at = behind_gap(text, closed + hyphen);
        coded = at > behind;
    }
    size_t number = behind_any(text, coded ? at : *begin, account_words);
    if (number > (coded ? at : *begin)) {
        *begin = at = behind_gap(text, number);
        coded = coded || bank;
    }
    *end = account_end(text, at);
    return coded && *end > at;
}
