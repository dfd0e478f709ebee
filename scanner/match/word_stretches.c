/* The stretches of running text that are searched for words; word_places.h says which. They are
 * gathered as a set of blocks of 64 bytes, so that near ones become one. */
#include "match/matcher.h"

enum {
    GROUPS_BEFORE = 8, /* (02) and a blank before a token */
    WORTH_IT = 2       /* more than one block in two: all are searched at once */
};

/* What is left over in the text of a passage. */
struct stretches {
    struct passage *p;
    uint64_t *wanted; /* blocks */
    size_t bytes;     /* of the text */
    size_t label;     /* so far before a value its label may begin */
};

/* Positions count from p->base. */
static void want(struct stretches *s, size_t from, size_t to) {
    to = to < s->bytes ? to : s->bytes;
    for (size_t block = from / 64; block * 64 < to; block++) {
        s->wanted[block / 64] |= UINT64_C(1) << (block % 64);
    }
}

static void want_before(struct stretches *s, size_t at, size_t before, size_t to) {
    want(s, at > before ? at - before : 0, to);
}

/* Labels before a number that begins at START. */
static void want_token(struct stretches *s, size_t start) {
    const struct passage *p = s->p;
    size_t end = bits_next_clear(p->state->sets.token, start, s->bytes);
    bool followed = end < s->bytes && p->state->matcher->follows[p->segment->bytes[p->base + end]];
    want_before(s, start, s->label + (followed ? EXTENT_REACH : GROUPS_BEFORE), end);
}

static void want_tokens(struct stretches *s, size_t block) {
    uint64_t left = s->p->state->starts[block];
    for (; left != 0; left &= left - 1) {
        want_token(s, 64 * block + (size_t)__builtin_ctzll(left));
    }
}

/* Ends of letters that may be those of a label. */
static inline void want_endings(struct stretches *s, size_t block, uint64_t ends) {
    const struct word_places *places = &s->p->state->matcher->places;
    const uint8_t *text = s->p->segment->bytes + s->p->base;
    for (; ends != 0; ends &= ends - 1) {
        size_t at = 64 * block + (size_t)__builtin_ctzll(ends);
        if (word_places_ending(places, text, at)) {
            want_before(s, at, places->longest, at + places->longest);
        }
    }
}

static void want_extents(struct stretches *s, size_t block) {
    size_t at = 64 * block, longest = s->p->state->matcher->places.longest;
    want_before(s, at, s->label + EXTENT_REACH, at + 64 + longest);
}

/* How many of the blocks are wanted. */
static size_t gather(struct stretches *s) {
    enum { CHUNK = 32 };
    struct passage *p = s->p;
    const struct match_state *state = p->state;
    const struct matcher *matcher = state->matcher;
    size_t blocks = (s->bytes + 63) / 64, begin = p->segment->begin - p->base, count = 0;
    uint64_t quads[CHUNK + 1], ends[CHUNK + 1];
    for (size_t at = 0; at < blocks; at += CHUNK) {
        size_t step = blocks - at < CHUNK ? blocks - at : CHUNK;
        struct lattice_sets sets = {.digit = state->sets.digit + at,
                                    .letter = state->sets.letter + at,
                                    .high = state->sets.high + at};
        /* what stands behind the last letter of a chunk stands in the block behind it */
        size_t seen = at + step < blocks ? step + 1 : step;
        matcher->word_sets(p->segment->bytes + p->base + 64 * at, seen, &sets,
                           &matcher->places.wanted, quads, ends);
        for (size_t b = 0; b < step; b++) {
            if ((quads[b] | state->sets.high[at + b] | state->sets.at[at + b]) != 0) {
                want_extents(s, at + b);
            }
            if (state->starts[at + b] != 0) {
                want_tokens(s, at + b);
            }
            want_endings(s, at + b, ends[b]);
        }
    }
    if (begin > 0) {
        want_token(s, begin); /* it may go on from the segment before */
    }
    for (size_t word = 0; word * 64 < blocks; word++) {
        count += bits_in_word(s->wanted[word]);
    }
    return count;
}

static void search(struct passage *p, size_t from, size_t to, struct error *err) {
    const struct word_hit *hits;
    size_t count;
    struct bytes text = bytes_of(p->segment->bytes + p->base, p->limit - p->base);
    if (word_search_part(p->state->search, text, from, to, &hits, &count, err) != 0) {
        p->state->failed = true;
        return;
    }
    match_add_words(p->state, hits, count, p->base);
}

void match_words_in_text(struct passage *p, struct error *err) {
    struct match_state *state = p->state;
    const struct word_places *places = &state->matcher->places;
    struct stretches s = {.p = p,
                          .wanted = state->wanted,
                          .bytes = p->limit - p->base,
                          .label = LABEL_REACH + places->longest};
    size_t blocks = (s.bytes + 63) / 64;
    if ((p->segment->flags & SEGMENT_BINARY) != 0) {
        return;
    }
    memset(s.wanted, 0, (blocks / 64 + 2) * sizeof *s.wanted);
    if (places->everywhere || state->expression_search != NULL || gather(&s) * WORTH_IT > blocks) {
        search(p, 0, s.bytes, err);
        return;
    }
    size_t from = 0;
    while ((from = bits_next(s.wanted, from, blocks)) < blocks) {
        size_t to = bits_next_clear(s.wanted, from, blocks);
        search(p, 64 * from, 64 * to < s.bytes ? 64 * to : s.bytes, err);
        from = to;
    }
}
