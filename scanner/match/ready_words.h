/* ready_words.h - the word database of the program's own kinds as scanner/match/make_word_tables.c
 * wrote it when the program was built: compiling it takes longer than scanning a small file. */
#ifndef YINMA_MATCH_READY_WORDS_H
#define YINMA_MATCH_READY_WORDS_H

#include "core/bytes.h"

/* Databases in Hyperscan's serialized form, the most demanding processor first. Hyperscan itself
 * refuses what another version has written or this processor cannot run. */
struct ready_words {
    uint64_t digest; /* word_database_digest() of what they look for */
    size_t count;
    const struct bytes *engines;
};

extern const struct ready_words ready_words; /* in the library word_tables */

#endif
