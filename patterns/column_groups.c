#include "patterns/column_groups.h"

#include "patterns/digits.h"

/* ---- names ---- */

enum { COMMON_BYTES = 3 };

/* 52.8 % of the people of Taiwan bear one of these (Ministry of the Interior, 2023). */
unsigned name_column_group(struct bytes normal) {
    static const char common[] = "陳林黃張李王吳劉蔡楊";
    for (size_t i = 0; normal.len >= COMMON_BYTES && i + 1 < sizeof common; i += COMMON_BYTES) {
        if (memcmp(normal.ptr, common + i, COMMON_BYTES) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Surnames are everyday words too (白, 高, 金, 方 …), but words of the trade do not begin with the
 * common ones half of the time. A quarter is five standard deviations below what ninety people
 * give, two below what fifteen give. */
bool name_column_like(const uint64_t groups[COLUMN_GROUPS], uint64_t total) {
    return groups[1] * 4 >= total;
}

/* ---- dates of birth ---- */

enum { FIRST_DECADE = 189, THIS_CENTURY = 200 - FIRST_DECADE, DECADES_OF_PEOPLE = 4 };

unsigned birth_column_group(struct bytes normal) {
    if (normal.len < 4 || !digits_all(normal.ptr, 4)) {
        return 0;
    }
    unsigned decade = digits_two(normal.ptr) * 10U + (unsigned)(normal.ptr[2] - '0');
    unsigned group = decade > FIRST_DECADE ? decade - FIRST_DECADE : 0;
    return group < COLUMN_GROUPS ? group : COLUMN_GROUPS - 1;
}

/* Dates of orders, contracts and visits crowd into one decade or two, the last ones. Those of
 * people's births spread over four and more, and most lie in the last century: that is what the
 * customers, staff and patients of today look like; a school's pupils do not. */
bool birth_column_like(const uint64_t groups[COLUMN_GROUPS], uint64_t total) {
    unsigned decades = 0;
    uint64_t last_century = 0;
    for (unsigned i = 0; i < COLUMN_GROUPS; i++) {
        decades += groups[i] * 25 >= total && groups[i] != 0;
        last_century += i < THIS_CENTURY ? groups[i] : 0;
    }
    return decades >= DECADES_OF_PEOPLE && last_century * 2 >= total;
}
