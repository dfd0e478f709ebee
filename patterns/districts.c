#include "patterns/districts.h"

#include "patterns/han.h"

enum {
    HAN = HAN_BYTES,
    TWO_HAN = 2 * HAN,
    COUNTY = 3 * HAN,
    DISTRICT_MIN = 2 * HAN,
    DISTRICT_MAX = 4 * HAN
};

size_t county_at_start(struct bytes text) {
    enum { BITS = 5, IS_CITY = 1, IS_COUNTY = 2 };
#define PAIR(first, second) (HAN_UTF8(first) | HAN_UTF8(second) << 24)
#define SLOT(pair) ((pair)*UINT64_C(0x0411439448dc84fd) >> (64 - BITS))
#define C(first, second, ends) [SLOT(PAIR(first, second))] = { PAIR(first, second), ends }
    static const struct {
        uint64_t pair;
        uint8_t ends;
    } counties[1U << BITS] = {
        C(u'台', u'北', IS_CITY | IS_COUNTY),
        C(u'臺', u'北', IS_CITY | IS_COUNTY),
        C(u'新', u'北', IS_CITY),
        C(u'桃', u'園', IS_CITY | IS_COUNTY),
        C(u'台', u'中', IS_CITY | IS_COUNTY),
        C(u'臺', u'中', IS_CITY | IS_COUNTY),
        C(u'台', u'南', IS_CITY | IS_COUNTY),
        C(u'臺', u'南', IS_CITY | IS_COUNTY),
        C(u'高', u'雄', IS_CITY | IS_COUNTY),
        C(u'基', u'隆', IS_CITY),
        C(u'新', u'竹', IS_CITY | IS_COUNTY),
        C(u'嘉', u'義', IS_CITY | IS_COUNTY),
        C(u'苗', u'栗', IS_COUNTY),
        C(u'彰', u'化', IS_COUNTY),
        C(u'南', u'投', IS_COUNTY),
        C(u'雲', u'林', IS_COUNTY),
        C(u'屏', u'東', IS_COUNTY),
        C(u'宜', u'蘭', IS_COUNTY),
        C(u'花', u'蓮', IS_COUNTY),
        C(u'台', u'東', IS_COUNTY),
        C(u'臺', u'東', IS_COUNTY),
        C(u'澎', u'湖', IS_COUNTY),
        C(u'金', u'門', IS_COUNTY),
        C(u'連', u'江', IS_COUNTY),
    };
#undef C
    uint64_t word;
    if (text.len < COUNTY) {
        return 0;
    }
    memcpy(&word, text.ptr, sizeof word);
    uint64_t pair = word & UINT64_C(0xFFFFFFFFFFFF), end = word >> 48 | (uint64_t)text.ptr[8] << 16;
    unsigned wanted = (unsigned)(end == HAN_UTF8(u'市')) * IS_CITY +
                      (unsigned)(end == HAN_UTF8(u'縣')) * IS_COUNTY;
    bool found = counties[SLOT(pair)].pair == pair && (counties[SLOT(pair)].ends & wanted) != 0;
#undef SLOT
#undef PAIR
    return found ? COUNTY : 0;
}

static bool is_district(const uint8_t *name, size_t len) {
    size_t low = 0, high = district_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *row = districts[middle].name;
        int order = strncmp(row, (const char *)name, len);
        order = order != 0 ? order : row[len] != '\0';
        if (order == 0) {
            return true;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}

static bool ends_district(const uint8_t *character) {
    uint32_t code = han_code(character);
    return code == u'區' || code == u'鄉' || code == u'鎮' || code == u'市';
}

size_t district_at_start(struct bytes text) {
    static const uint8_t old_form[] = "臺", new_form[] = "台";
    uint8_t name[DISTRICT_MAX];
    size_t len = text.len < DISTRICT_MAX ? text.len / HAN * HAN : DISTRICT_MAX;
    if (len < DISTRICT_MIN || text.ptr[0] < 0xE3) {
        return 0;
    }
    memcpy(name, text.ptr, len);
    for (size_t at = 0; at < len; at += HAN) { /* 霧臺鄉, 臺西鄉 */
        if (memcmp(name + at, old_form, HAN) == 0) {
            memcpy(name + at, new_form, HAN);
        }
    }
    for (; len >= DISTRICT_MIN; len -= HAN) {
        if (ends_district(name + len - HAN) && is_district(name, len)) {
            return len;
        }
    }
    return 0;
}
