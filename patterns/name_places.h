/* name_places.h - where names stand in sentences and lists: before a title, behind a word for a
 * person, beside a number that is somebody's. Surnames are everyday words too, so only the common
 * ones that hardly begin other words count here, with two more characters, and nothing that goes on
 * on either side. */
#ifndef YINMA_PATTERNS_NAME_PLACES_H
#define YINMA_PATTERNS_NAME_PLACES_H

#include "core/bytes.h"

#define NAME_TITLES "先生", "小姐", "女士", "女仕", "太太", "同學"

/* The name before the title at ANCHOR of TEXT. */
bool name_before_title(struct bytes text, size_t anchor, size_t *begin, size_t *end);

/* The name that follows the word which ends AT, with nothing between. */
bool name_behind_word(struct bytes text, size_t at, size_t *begin, size_t *end);

/* The name that stands before or behind the number from FROM to TO, with blanks, brackets, commas
 * or a word for the number between. */
bool name_beside_number(struct bytes text, size_t from, size_t to, size_t *begin, size_t *end);

#endif
