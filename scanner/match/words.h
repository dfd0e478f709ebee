/* words.h - the word database: labels ("收件人", "cvv") and anchors (county names) of all kinds,
 * found by Hyperscan as literals, which is what it is best at. */
#ifndef YINMA_MATCH_WORDS_H
#define YINMA_MATCH_WORDS_H

#include "core/error.h"
#include "match/ready_words.h"
#include "patterns/pattern.h"

struct word {
    kind_set labels;       /* kinds whose value may follow it */
    kind_set hints;        /* the same, but only in company (see pattern.company) */
    kind_set loose;        /* of these two: kinds whose value must look like one by itself */
    kind_set anchors;      /* kinds whose value begins with it */
    kind_set sign_anchors; /* … and has an '@' behind it */
    uint32_t length;
    bool starts_with_letter, ends_with_letter; /* ASCII: then no letter may stand beside it */
};

struct word_hit {
    uint32_t begin, end; /* in the text that was searched */
    uint32_t word;       /* index in the database */
};

/* Const and shared between workers. */
struct word_database;
/* READY is used where it looks for the words of KINDS and runs here, else (or NULL) the engine is
 * compiled. */
int word_database_new(kind_list kinds, const struct ready_words *ready, struct word_database **out,
                      struct error *err);
void word_database_free(struct word_database *database);
bool word_database_is_ready(const struct word_database *database); /* nothing was compiled */
uint32_t word_database_count(const struct word_database *database);
const struct word *word_database_word(const struct word_database *database, uint32_t index);
uint64_t word_database_digest(const struct word_database *database); /* of the words */
struct bytes word_database_text(const struct word_database *database, uint32_t index);

/* Scratch and result of one worker. */
struct word_search;
struct word_search *word_search_new(const struct word_database *database);
void word_search_free(struct word_search *search);

/* All words in TEXT, by the position of their end. *hits_out is valid until the next call.
 * YINMA_E_MEMORY when there was no room for them. */
int word_search_run(struct word_search *search, struct bytes text, const struct word_hit **hits_out,
                    size_t *count_out, struct error *err);
/* The same for words inside of [begin, end) of TEXT. */
int word_search_part(struct word_search *search, struct bytes text, size_t begin, size_t end,
                     const struct word_hit **hits_out, size_t *count_out, struct error *err);

/* Version of the engine linked in. */
const char *word_engine_version(void);

#endif
