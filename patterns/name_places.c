#include "patterns/name_places.h"

#include "core/utf8.h"
#include "patterns/mask_marks.h"
#include "patterns/surnames.h"

enum { GIVEN_MOST = 2, NAME_BYTES_LEAST = 5, NAME_BYTES_MOST = 12, SEPARATORS_MOST = 6 };

static bool is_han_at(struct bytes text, size_t at) {
    uint32_t code;
    return at < text.len && text.ptr[at] >= 0xE3 && text.ptr[at] <= 0xE9 &&
           utf8_decode(text.ptr + at, text.len - at, &code) == HAN_BYTES && utf8_is_han(code);
}

static bool begins_with_any(struct bytes text, const char *const *words) {
    for (; *words != NULL; words++) {
        if (bytes_starts_with(text, bytes_of_string(*words))) {
            return true;
        }
    }
    return false;
}

/* Of the hundred commonest surnames (Ministry of the Interior, 2023) those that begin few other
 * words. */
static bool is_telling_surname(struct bytes text) {
    static const char surnames[] =
        "陳林黃張李王吳劉蔡楊許鄭謝郭洪邱廖賴徐葉蘇莊呂羅蕭潘朱鍾彭詹胡沈趙盧梁柯翁魏孫戴宋范鄧"
        "杜傅侯曹薛卓董蔣姚馮歐湯姜汪尤巫鄒涂曾周江游";
    static const char *const others[] = {
        "許可", "許多", "許願", "黃金", "黃色", "黃豆", "王牌", "李子", "陳述", "陳列",
        "陳情", "張貼", "林口", "林園", "林業", "林內", "葉片", "葉子", "楊梅", "歐元",
        "歐洲", "湯圓", "胡椒", "蘇打", "蘇澳", "羅東", "羅馬", "董事", "宋體", "莊園",
        "孫子", "曾經", "周年", "周邊", "周一", "周二", "周三", "周四", "周五", "周六",
        "周日", "周末", "江湖", "游泳", "游標", "謝謝", "謝絕", "洪水", "趙錢", "朱紅",
        "彭湖", "江山", "徐徐", "梁柱", "郭外", NULL};
    for (size_t i = 0; i + 1 < sizeof surnames; i += HAN_BYTES) {
        if (memcmp(text.ptr, surnames + i, HAN_BYTES) == 0) {
            return !begins_with_any(text, others);
        }
    }
    return false;
}

/* What ends names of shops, offices and things, and forms of address. */
static bool ends_as_thing(struct bytes name) {
    static const char *const titles[] = {NAME_TITLES, "經理", "主任", "老師", "醫師", "教授",
                                         "律師",      "店長", "組長", "課長", "主管", "助理",
                                         "專員",      "老闆", "師傅", "客服", NULL};
    static const char endings[] =
        "店市區鄉鎮縣路街巷號樓費單元點者司部組處所局院行車機家大二三是的了在有與和及到至或不";
    for (size_t i = 0; titles[i] != NULL; i++) {
        if (bytes_ends_with(name, bytes_of_string(titles[i]))) {
            return true;
        }
    }
    for (size_t i = 0; i + 1 < sizeof endings; i += HAN_BYTES) {
        if (memcmp(name.ptr + name.len - HAN_BYTES, endings + i, HAN_BYTES) == 0) {
            return true;
        }
    }
    return false;
}

/* Bytes of the name that begins at AT, hidden characters included; 0: none does. */
static size_t name_length(struct bytes text, size_t at) {
    struct bytes rest = bytes_from(text, at);
    if (!is_han_at(text, at) || rest.len < NAME_BYTES_LEAST) {
        return 0;
    }
    bool compound = is_han_at(text, at + HAN_BYTES) && surname_is_compound(rest.ptr);
    size_t length = compound ? 2 * (size_t)HAN_BYTES : HAN_BYTES;
    if (!compound && !is_telling_surname(rest)) {
        return 0;
    }
    for (unsigned given = 0; given < GIVEN_MOST; given++) {
        size_t mark = length < rest.len && rest.ptr[length] != '#'
                          ? mask_mark_length(rest.ptr + length, rest.len - length)
                          : 0;
        if (mark == 0 && !is_han_at(rest, length)) {
            return 0;
        }
        length += mark != 0 ? mark : HAN_BYTES;
    }
    return ends_as_thing(bytes_first(rest, length)) ? 0 : length;
}

/* 、。「　 and signs in full width, but for digits and capital letters. */
static bool is_edge(const uint8_t *p) {
    bool sign = p[2] < 0x90 || (p[2] > 0x99 && p[2] < 0xA1) || p[2] > 0xBA;
    return (p[0] == 0xE3 && p[1] == 0x80) || (p[0] == 0xEF && p[1] == 0xBC && sign);
}

/* Does a word begin at AT: does a blank, a mark, or nothing stand before it? */
static bool edge_before(struct bytes text, size_t at) {
    if (at == 0) {
        return true;
    }
    uint8_t c = text.ptr[at - 1];
    return c < 0x80 ? !byte_is_alnum(c) && c != '_'
                    : at >= HAN_BYTES && is_edge(text.ptr + at - HAN_BYTES);
}

static bool edge_behind(struct bytes text, size_t at) {
    if (at >= text.len) {
        return true;
    }
    uint8_t c = text.ptr[at];
    return c < 0x80 ? !byte_is_letter(c) && c != '_' && c != '*'
                    : at + HAN_BYTES <= text.len && is_edge(text.ptr + at);
}

/* The name that ends at END and has an edge before it; END: there is none. */
static size_t name_begin(struct bytes text, size_t end) {
    for (size_t length = NAME_BYTES_LEAST; length <= NAME_BYTES_MOST && length <= end; length++) {
        size_t at = end - length;
        if (edge_before(text, at) && name_length(bytes_first(text, end), at) == length) {
            return at;
        }
    }
    return end;
}

/* Length of the separator that ends at AT; 0: none does. */
static size_t separator_before(struct bytes text, size_t at) {
    uint8_t c = at > 0 ? text.ptr[at - 1] : 0;
    if (c != 0 && c < 0x80) {
        return strchr(" \t,:(/|<-+", c) != NULL ? 1 : 0;
    }
    return at >= HAN_BYTES && is_edge(text.ptr + at - HAN_BYTES) ? HAN_BYTES : 0;
}

static size_t separator_behind(struct bytes text, size_t at) {
    uint8_t c = at < text.len ? text.ptr[at] : 0;
    if (c != 0 && c < 0x80) {
        return strchr(" \t,:)(/|>-", c) != NULL ? 1 : 0;
    }
    return at + HAN_BYTES <= text.len && is_edge(text.ptr + at) ? HAN_BYTES : 0;
}

static size_t before_separators(struct bytes text, size_t at) {
    for (unsigned i = 0; i < SEPARATORS_MOST; i++) {
        at -= separator_before(text, at);
    }
    return at;
}

/* 手機, 電話 …: what the number is called; AT: nothing of the kind. */
static size_t before_number_word(struct bytes text, size_t at) {
    static const char *const words[] = {"手機",       "電話",     "行動電話", "聯絡電話",
                                        "連絡電話",   "手機號碼", "電話號碼", "身分證",
                                        "身分證字號", "電子郵件", "信箱",     NULL};
    size_t best = at;
    for (size_t i = 0; words[i] != NULL; i++) {
        struct bytes word = bytes_of_string(words[i]);
        bool ends = bytes_ends_with(bytes_first(text, at), word);
        best = ends && at - word.len < best ? at - word.len : best;
    }
    return best;
}

bool name_before_title(struct bytes text, size_t anchor, size_t *begin, size_t *end) {
    size_t at = anchor;
    bool wide = at >= HAN_BYTES &&
                bytes_equal(bytes_of(text.ptr + at - HAN_BYTES, HAN_BYTES), BYTES_LIT("　"));
    *end = wide ? at - HAN_BYTES : at > 0 && text.ptr[at - 1] == ' ' ? at - 1 : at;
    *begin = name_begin(text, *end);
    return *begin < *end;
}

bool name_behind_word(struct bytes text, size_t at, size_t *begin, size_t *end) {
    static const char *const follow[] = {"來電", "反映", "反應", "您好", "你好", "先生", "小姐",
                                         "女士", "同學", "表示", "同意", "申請", "要求", "來信",
                                         "詢問", "希望", "已",   "於",   NULL};
    size_t length = name_length(text, at);
    *begin = at;
    *end = at + length;
    return length != 0 &&
           (edge_behind(text, *end) || begins_with_any(bytes_from(text, *end), follow));
}

bool name_beside_number(struct bytes text, size_t from, size_t to, size_t *begin, size_t *end) {
    size_t at = before_separators(text, from), word = before_number_word(text, at);
    *end = word < at ? before_separators(text, word) : at;
    *begin = name_begin(text, *end);
    if (*begin < *end && (*end < from || byte_is_digit(text.ptr[from]))) {
        return true;
    }
    at = to;
    for (unsigned i = 0; i < SEPARATORS_MOST; i++) {
        at += separator_behind(text, at);
    }
    size_t length = at > to ? name_length(text, at) : 0;
    *begin = at;
    *end = at + length;
    return length != 0 && edge_behind(text, *end);
}
