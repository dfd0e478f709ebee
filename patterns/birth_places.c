#include "patterns/birth_places.h"

#include "patterns/calendar.h"
#include "patterns/han.h"

enum { DATE_MOST = 64, DATE_LEAST = 6 };

/* Length of the character at AT if dates have such ones; 0: they do not. */
static size_t date_character(struct bytes text, size_t at) {
    static const char han[] = "一二三四五六七八九十零〇廿卅百年月日民國西元";
    if (at >= text.len) {
        return 0;
    }
    uint8_t c = text.ptr[at];
    if (c < 0x80) {
        return byte_is_digit(c) || (c != 0 && strchr("./- ", c) != NULL) ? 1 : 0;
    }
    for (size_t i = 0; at + HAN_BYTES <= text.len && i + 1 < sizeof han; i += HAN_BYTES) {
        if (memcmp(text.ptr + at, han + i, HAN_BYTES) == 0) {
            return HAN_BYTES;
        }
    }
    return 0;
}

/* The whole date among characters of dates from *begin to *end. */
static bool is_date(struct bytes text, size_t *begin, size_t *end) {
    struct calendar_date date;
    while (*begin < *end && (text.ptr[*begin] < '0' || text.ptr[*begin] == 0x7F)) {
        (*begin)++;
    }
    while (*begin < *end && text.ptr[*end - 1] < '0') {
        (*end)--;
    }
    return *end >= *begin + DATE_LEAST &&
           calendar_read(bytes_of(text.ptr + *begin, *end - *begin), &date);
}

static bool date_before(struct bytes text, size_t at, size_t *begin, size_t *end) {
    *begin = *end = at;
    while (*begin > 0 && at - *begin < DATE_MOST) {
        bool ascii = text.ptr[*begin - 1] < 0x80;
        size_t length = ascii || *begin < HAN_BYTES ? 1 : HAN_BYTES;
        if (date_character(bytes_first(text, *begin), *begin - length) != length) {
            break;
        }
        *begin -= length;
    }
    bool tied = *begin > 0 && byte_is_alnum(text.ptr[*begin - 1]);
    return !tied && is_date(text, begin, end);
}

static bool date_behind(struct bytes text, size_t at, size_t *begin, size_t *end) {
    *begin = *end = at;
    for (size_t length; *end - at < DATE_MOST && (length = date_character(text, *end)) != 0;) {
        *end += length;
    }
    bool tied = *end < text.len && byte_is_alnum(text.ptr[*end]);
    return !tied && is_date(text, begin, end);
}

/* Does nothing go on behind AT that makes another word of 生: 生效, 生產? */
static bool ends_there(struct bytes text, size_t at) {
    static const char *const behind[] = {"，", "。", "；", "、", "）", "於", "的", "　", NULL};
    if (at >= text.len || text.ptr[at] < 0x80) {
        return true;
    }
    size_t i = 0;
    while (behind[i] != NULL &&
           !bytes_starts_with(bytes_from(text, at), bytes_of_string(behind[i]))) {
        i++;
    }
    return behind[i] != NULL;
}

/* 發生於, 產生於, 學生於 are other words. */
static bool begins_there(struct bytes text, size_t at) {
    static const char *const before[] = {"出", "誕", "我", "他", "她", "，", "。", "　", NULL};
    if (at == 0 || text.ptr[at - 1] < 0x80) {
        return true;
    }
    size_t i = 0;
    while (before[i] != NULL &&
           !bytes_ends_with(bytes_first(text, at), bytes_of_string(before[i]))) {
        i++;
    }
    return before[i] != NULL;
}

bool birth_extent(struct bytes text, size_t anchor, size_t *begin, size_t *end) {
    struct bytes word = bytes_from(text, anchor);
    size_t behind = anchor + 2 * (size_t)HAN_BYTES;
    if (bytes_starts_with(word, BYTES_LIT("生於"))) {
        while (behind < text.len && text.ptr[behind] == ' ') {
            behind++;
        }
        return begins_there(text, anchor) && date_behind(text, behind, begin, end);
    }
    if (bytes_starts_with(word, BYTES_LIT("出生"))) {
        return ends_there(text, behind) && date_before(text, anchor, begin, end);
    }
    size_t day = anchor + (byte_is_digit(word.ptr[0]) ? 1 : HAN_BYTES);
    return day + HAN_BYTES <= text.len && ends_there(text, day + HAN_BYTES) &&
           date_before(text, day, begin, end);
}

bool birth_behind_word(struct bytes text, size_t at, size_t *begin, size_t *end) {
    return date_behind(text, at, begin, end);
}
