/* districts.h - counties and districts, as addresses begin with them. */
#ifndef YINMA_PATTERNS_DISTRICTS_H
#define YINMA_PATTERNS_DISTRICTS_H

#include "core/bytes.h"

enum district_use { DISTRICT_NOW, DISTRICT_OLD };

struct district {
    const char *name, *county; /* 台 for 臺 */
    enum district_use use;
};

/* district_table.c: sorted by name, then county. */
extern const struct district districts[];
extern const size_t district_count;

/* Counties and first-level cities: the 22 of today, the four counties that became municipalities on
 * 2010-12-25 and 桃園縣 (2014-12-25), with 臺 and with 台. */
// clang-format off
#define COUNTY_NAMES \
    "台北市", "臺北市", "新北市", "桃園市", "台中市", "臺中市", "台南市", "臺南市", "高雄市", \
    "基隆市", "新竹市", "嘉義市", "新竹縣", "苗栗縣", "彰化縣", "南投縣", "雲林縣", "嘉義縣", \
    "屏東縣", "宜蘭縣", "花蓮縣", "台東縣", "臺東縣", "澎湖縣", "金門縣", "連江縣", "台北縣", \
    "臺北縣", "桃園縣", "台中縣", "臺中縣", "台南縣", "臺南縣", "高雄縣"
// clang-format on

/* Length in bytes of the county or district name with which TEXT begins, 0 = none. A district's
 * name is the longest that fits. */
size_t county_at_start(struct bytes text);
size_t district_at_start(struct bytes text);

#endif
