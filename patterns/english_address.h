/* english_address.h - postal addresses of Taiwan in Latin letters, as the post office writes them:
 * 21F., No. 305, Sec. 1, Wenhua Rd., Banqiao Dist., New Taipei City 220, Taiwan (R.O.C.). And post
 * office boxes in both languages. */
#ifndef YINMA_PATTERNS_ENGLISH_ADDRESS_H
#define YINMA_PATTERNS_ENGLISH_ADDRESS_H

#include "core/bytes.h"

/* Where the administrative part of an address begins, in the spelling of the post office. */
// clang-format off
#define ENGLISH_COUNTY_NAMES \
    "Taipei City", "Taoyuan City", "Taichung City", "Tainan City", "Kaohsiung City", \
    "Keelung City", "Hsinchu City", "Chiayi City", "Hsinchu County", "Miaoli County", \
    "Changhua County", "Nantou County", "Yunlin County", "Chiayi County", "Pingtung County", \
    "Yilan County", "Hualien County", "Taitung County", "Penghu County", "Kinmen County", \
    "Lienchiang County"
// clang-format on

/* TEXT in ASCII is an address. NAMED: a column or a label says so; else it must be complete. */
bool english_address_is(struct bytes text, bool named);
/* Is there a "No." in TEXT? */
bool english_address_numbered(struct bytes text);
/* From its floor or number on to zip code and country, around the county at ANCHOR. */
bool english_address_extent(struct bytes text, size_t anchor, size_t *begin, size_t *end);

/* A box of a post office with its number. */
bool post_box_is(struct bytes text);

#endif
