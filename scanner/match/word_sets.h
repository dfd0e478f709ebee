/* The compiled variants behind word_sets_for(). */
#ifndef YINMA_MATCH_WORD_SETS_H
#define YINMA_MATCH_WORD_SETS_H

#include "match/word_places.h"

word_sets_fn word_sets_scalar;
word_sets_fn word_sets_avx2;
word_sets_fn word_sets_avx512;

#endif
