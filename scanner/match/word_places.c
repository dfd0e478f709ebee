#include "match/word_places.h"

#include "core/block64/variant_for.h"
#include "match/word_sets.h"

/* Groups take in several quads, when there are many: more is searched than need be. */
enum { ODD_WORDS_MAX = 256, QUADS_SHARED = 3 };

word_sets_fn *word_sets_for(enum isa isa) {
    return VARIANT_FOR(isa, word_sets);
}

/* "tel", "cvv2": the last letter is the last byte, or digits follow it. */
static bool learn_ending(struct word_places *places, struct bytes word) {
    size_t last = word.len - 1;
    while (last > 0 && byte_is_digit(word.ptr[last])) {
        last--;
    }
    if (!byte_is_letter(word.ptr[last])) {
        return false;
    }
    unsigned ending = word_ending(word.ptr, last);
    places->endings[ending / 64] |= UINT64_C(1) << (ending % 64);
    places->wanted.single |= ending < 32;
    return true;
}

/* ---- other words, by four of their bytes ---- */

/* How seldom C is in texts and programs. */
static unsigned rarity(uint8_t c) {
    static const char letters[] = "etaoinsrhldcumfpgwybvkxjqz";
    const char *at = byte_is_letter(c) ? strchr(letters, byte_lower(c)) : NULL;
    return at != NULL ? (unsigned)(at - letters) : c == ' ' ? 0 : 10;
}

static bool holds(struct bytes word, struct bytes quad) {
    for (size_t at = 0; at + quad.len <= word.len; at++) {
        if (byte_lower(word.ptr[at]) == byte_lower(quad.ptr[0]) &&
            bytes_equal_ignoring_case(bytes_of(word.ptr + at, quad.len), quad)) {
            return true;
        }
    }
    return false;
}

/* Words that are told by four of their bytes. */
struct odd_words {
    struct bytes items[ODD_WORDS_MAX];
    size_t count;
};

/* The four bytes of WORD that stand in the most of the odd words; of those the rarest. */
static struct bytes best_quad(const struct odd_words *odd, struct bytes word) {
    struct bytes best = bytes_first(word, WORD_BYTES_LOOKED_AT);
    unsigned most = 0;
    for (size_t at = 0; at + best.len <= word.len; at++) {
        struct bytes quad = bytes_of(word.ptr + at, best.len);
        unsigned score = 0;
        for (size_t i = 0; i < odd->count; i++) {
            score += holds(odd->items[i], quad) ? 1000 : 0;
        }
        for (size_t i = 0; i < quad.len; i++) {
            score += rarity(quad.ptr[i]);
        }
        if (score > most) {
            most = score;
            best = quad;
        }
    }
    return best;
}

/* Group NUMBER: QUAD without regard to case; bytes behind a shorter one may be any. */
static void add_quad(struct word_quads *quads, unsigned number, struct bytes quad) {
    uint8_t bit = (uint8_t)(1U << number);
    for (size_t i = 0; i < WORD_BYTES_LOOKED_AT; i++) {
        for (unsigned half = 0; i >= quad.len && half < 16; half++) {
            quads->low[i][half] |= bit;
            quads->high[i][half] |= bit;
        }
        if (i < quad.len) {
            uint8_t c = quad.ptr[i];
            quads->low[i][c & 15] |= bit;
            quads->high[i][byte_lower(c) >> 4] |= bit;
            quads->high[i][byte_upper(c) >> 4] |= bit;
        }
    }
}

/* How many fours of bytes group NUMBER takes for its own. */
static uint64_t width_of(const struct word_quads *quads, unsigned number) {
    uint64_t width = 1;
    for (size_t i = 0; i < WORD_BYTES_LOOKED_AT; i++) {
        unsigned low = 0, high = 0;
        for (unsigned half = 0; half < 16; half++) {
            low += quads->low[i][half] >> number & 1;
            high += quads->high[i][half] >> number & 1;
        }
        width *= (uint64_t)low * high;
    }
    return width;
}

/* The group that becomes the least wide by taking QUAD in. */
static unsigned best_group(const struct word_quads *quads, struct bytes quad) {
    uint64_t least = UINT64_MAX;
    unsigned best = 0;
    for (unsigned number = 0; number < WORD_QUADS; number++) {
        struct word_quads with = *quads;
        add_quad(&with, number, quad);
        uint64_t more = width_of(&with, number) - width_of(quads, number);
        best = more < least ? number : best;
        least = more < least ? more : least;
    }
    return best;
}

static void learn_odd_words(struct word_places *places, const struct odd_words *odd) {
    struct bytes known[WORD_QUADS * QUADS_SHARED];
    unsigned count = 0;
    for (size_t i = 0; i < odd->count; i++) {
        bool told = false;
        for (unsigned k = 0; k < count; k++) {
            told |= holds(odd->items[i], known[k]);
        }
        if (!told && count == WORD_QUADS * QUADS_SHARED) {
            places->everywhere = true;
            return;
        }
        if (!told) {
            known[count] = best_quad(odd, odd->items[i]);
            add_quad(&places->wanted.quads, best_group(&places->wanted.quads, known[count]),
                     known[count]);
            count++;
        }
    }
}

static bool has_high_byte(struct bytes text) {
    size_t at = 0;
    while (at < text.len && text.ptr[at] < 0x80) {
        at++;
    }
    return at < text.len;
}

void word_places_learn(struct word_places *places, const struct word_database *database) {
    struct odd_words odd = {.count = 0};
    *places = (struct word_places){0};
    for (uint32_t i = 0; i < word_database_count(database); i++) {
        const struct word *word = word_database_word(database, i);
        struct bytes text = word_database_text(database, i);
        bool label = (word->labels | word->hints) != 0;
        bool anchor = word->anchors != 0;
        places->longest = text.len > places->longest ? (uint32_t)text.len : places->longest;
        if ((!label && !anchor) || has_high_byte(text) || (learn_ending(places, text) && !anchor)) {
            continue;
        }
        if (odd.count == ODD_WORDS_MAX) {
            places->everywhere = true;
            return;
        }
        odd.items[odd.count++] = text;
    }
    learn_odd_words(places, &odd);
}
