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
#define SLOT(pair) HAN_SLOT(pair, 0x7bf29e51U, BITS)
#define C(first, second, ends) [SLOT(HAN_PAIR(first, second))] = { HAN_PAIR(first, second), ends }
    static const struct {
        uint32_t pair;
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
    if (text.len < COUNTY || !han_is_at(text.ptr) || !han_is_at(text.ptr + HAN_BYTES) ||
        !han_is_at(text.ptr + TWO_HAN)) {
        return 0;
    }
    uint32_t end = han_code(text.ptr + TWO_HAN);
    uint32_t pair = HAN_PAIR(han_code(text.ptr), han_code(text.ptr + HAN_BYTES));
    uint8_t wanted = end == u'市' ? IS_CITY : end == u'縣' ? IS_COUNTY : 0;
    bool found = counties[SLOT(pair)].pair == pair && (counties[SLOT(pair)].ends & wanted) != 0;
#undef SLOT
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
