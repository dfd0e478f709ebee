#include "patterns/districts.h"

/* 22 of today; the four counties that became municipalities on 2010-12-25 and 桃園縣 (2014-12-25).
 */
const char *const county_names[] = {
    "台北市", "臺北市", "新北市", "桃園市", "台中市", "臺中市", "台南市", "臺南市", "高雄市",
    "基隆市", "新竹市", "嘉義市", "新竹縣", "苗栗縣", "彰化縣", "南投縣", "雲林縣", "嘉義縣",
    "屏東縣", "宜蘭縣", "花蓮縣", "台東縣", "臺東縣", "澎湖縣", "金門縣", "連江縣", "台北縣",
    "臺北縣", "桃園縣", "台中縣", "臺中縣", "台南縣", "臺南縣", "高雄縣", NULL};

enum { HAN = 3, COUNTY = 9, DISTRICT_MIN = 2 * HAN, DISTRICT_MAX = 4 * HAN };

size_t county_at_start(struct bytes text) {
    static const uint8_t county[] = "縣", city[] = "市";
    if (text.len < COUNTY ||
        (memcmp(text.ptr + 6, city, HAN) != 0 && memcmp(text.ptr + 6, county, HAN) != 0)) {
        return 0;
    }
    for (size_t i = 0; county_names[i] != NULL; i++) {
        if (memcmp(text.ptr, county_names[i], COUNTY) == 0) {
            return COUNTY;
        }
    }
    return 0;
}

static bool is_district(const uint8_t *name, size_t len) {
    size_t low = 0, high = district_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *row = districts[middle].name;
        size_t row_len = strlen(row);
        int order = memcmp(row, name, row_len < len ? row_len : len);
        order = order != 0 ? order : row_len < len ? -1 : row_len > len;
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
    static const char ends[] = "區鄉鎮市";
    for (size_t i = 0; i < sizeof ends - 1; i += HAN) {
        if (memcmp(character, ends + i, HAN) == 0) {
            return true;
        }
    }
    return false;
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
