/* The compiled variants behind word_sets_for(). */
#ifndef YINMA_MATCH_WORD_SETS_H
#define YINMA_MATCH_WORD_SETS_H

#include "core/block64/variant_for.h"
#include "match/word_places.h"

word_sets_fn VARIANTS(word_sets);

#endif
