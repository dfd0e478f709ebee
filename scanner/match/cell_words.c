/* Words in cells, where they may matter; the words that were found. */
#include <stdlib.h>

#include "match/matcher.h"

void match_add_words(struct match_state *state, const struct word_hit *hits, size_t count,
                     size_t shift) {
    if (state->word_count + count > state->word_capacity) {
        size_t capacity = (state->word_count + count) * 2;
        struct word_hit *bigger = realloc(state->word_hits, capacity * sizeof *bigger);
        if (bigger == NULL) {
            state->failed = true;
            return;
        }
        state->word_hits = bigger;
        state->word_capacity = capacity;
    }
    for (size_t i = 0; i < count; i++) {
        state->any_label |= word_database_word(state->matcher->words, hits[i].word)->labels != 0;
        state->word_hits[state->word_count++] = (struct word_hit){
            hits[i].begin + (uint32_t)shift, hits[i].end + (uint32_t)shift, hits[i].word};
    }
}

static void search_words(struct passage *p, size_t begin, size_t end, struct error *err) {
    const struct word_hit *hits;
    size_t count;
    struct bytes text = bytes_of(p->segment->bytes + begin, end - begin);
    if (word_search_run(p->state->search, text, &hits, &count, err) != 0) {
        p->state->failed = true;
        return;
    }
    match_add_words(p->state, hits, count, begin);
}

/* May a word matter in this cell? Words are followed by a value: by Chinese text, or by digits that
 * something parts from the word. */
static bool cell_needs_words(const struct passage *p, const struct cell *cell) {
    const struct lattice_sets *sets = &p->state->sets;
    size_t at = cell->offset - p->base, len = cell->length;
    if ((cell->flags & (CELL_NULL | CELL_NUMBER)) != 0 || len < 4) {
        return false;
    }
    if ((cell->flags & CELL_TEXT) != 0 || match_any_in(p, sets->high, cell->offset, len)) {
        return true;
    }
    return match_any_in(p, sets->part, cell->offset, len) &&
           bits_at_least_three(sets->digit, at, len) && bits_at_least_three(sets->letter, at, len);
}

void match_words_in_cell(struct passage *p, const struct cell *cell, struct error *err) {
    if (cell_needs_words(p, cell)) {
        search_words(p, cell->offset, cell->offset + cell->length, err);
    }
}
