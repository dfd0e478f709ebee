/* word_places.h - where in running text a word can matter at all. Most lines of a log hold none of
 * the words and no value that they could speak of, so the search for words (words.h) is handed only
 * the stretches that position sets leave over. What is left out would have changed no hit:
 *
 * - words with bytes of other alphabets: all stretches with such bytes are searched;
 * - words before a value that something else found (a token, '@'): the bytes before it are;
 * - labels that name what follows them: where what stands behind the last letter can part a label
 *   from its value, and the last letters are those of a label;
 * - anchors, and labels that end otherwise: where four bytes of one of them stand. */
#ifndef YINMA_MATCH_WORD_PLACES_H
#define YINMA_MATCH_WORD_PLACES_H

#include "match/lattice.h"
#include "match/words.h"

enum {
    WORD_QUADS = 8,          /* words are told by so many groups of four bytes */
    WORD_ENDINGS = 1 << 15,  /* the last three letters, five bits each */
    WORD_BYTES_LOOKED_AT = 4 /* so many bytes behind the last block are read */
};

/* Of four bytes in a row, by their upper and lower halves: the groups that may have such a byte. */
struct word_quads {
    uint8_t low[WORD_BYTES_LOOKED_AT][16], high[WORD_BYTES_LOOKED_AT][16];
};

/* What the sets are made for. */
struct word_wanted {
    struct word_quads quads;
    bool single; /* a label's last letter may be its only one: "c=" */
};

struct word_places {
    bool everywhere;  /* the words are too many or too odd to be narrowed down */
    uint32_t longest; /* bytes of the longest word */
    struct word_wanted wanted;
    uint64_t endings[WORD_ENDINGS / 64]; /* of labels */
};

/* Learn the words of DATABASE, but for anchors that need an '@' behind them: these are looked for
 * before each of these. */
void word_places_learn(struct word_places *places, const struct word_database *database);

/* 1 … 26 for letters of either case, else 0. */
static inline unsigned word_letter_code(uint8_t c) {
    return byte_is_letter(c) ? c & 31U : 0;
}

/* The last three letters of the run of letters that ends at AT; fewer where it is shorter. */
static inline unsigned word_ending(const uint8_t *text, size_t at) {
    unsigned second = at >= 1 ? word_letter_code(text[at - 1]) : 0;
    unsigned third = at >= 2 && second != 0 ? word_letter_code(text[at - 2]) : 0;
    return third << 10 | second << 5 | word_letter_code(text[at]);
}

/* May a label end with the letter at AT of TEXT? */
static inline bool word_places_ending(const struct word_places *places, const uint8_t *text,
                                      size_t at) {
    unsigned ending = word_ending(text, at);
    return (places->endings[ending / 64] >> (ending % 64) & 1) != 0;
}

/* For 64 * BLOCKS bytes, WORD_BYTES_LOOKED_AT readable ones behind them, and their SETS:
 * QUADS[b] = where four bytes begin that belong to one group;
 * ENDS[b] = last letters behind which a mark of a label stands, the end of a line, a digit, a byte
 * of another alphabet, or a blank, quote, bracket or mark of emphasis and then one of all these;
 * not the only letter unless that is wanted. */
typedef void word_sets_fn(const uint8_t *bytes, size_t blocks, const struct lattice_sets *sets,
                          const struct word_wanted *wanted, uint64_t *quads, uint64_t *ends);
word_sets_fn *word_sets_for(enum isa isa);

#endif
