/* birth_places.h - days of birth in sentences: 民國七十八年五月二十一日生, 78.5.21生, 生於
 * 1989/5/21. */
#ifndef YINMA_PATTERNS_BIRTH_PLACES_H
#define YINMA_PATTERNS_BIRTH_PLACES_H

#include "core/bytes.h"

#define BIRTH_WORDS                                                                                \
    "日生", "出生", "生於", "0生", "1生", "2生", "3生", "4生", "5生", "6生", "7生", "8生", "9生"

/* The day before or behind the word at ANCHOR of TEXT; false: there is none. */
bool birth_extent(struct bytes text, size_t anchor, size_t *begin, size_t *end);

/* A day that follows a label which ends AT, with nothing between: 生日七十八年五月二十一日. */
bool birth_behind_word(struct bytes text, size_t at, size_t *begin, size_t *end);

#endif
