/* What the words before one value say: the same words and reach as in a scan, in a form that can be
 * told to people. */
#include "match/matcher.h"

int match_context_words(struct match_state *state, struct bytes text, struct context_word *out,
                        size_t room, size_t *count_out, struct error *err) {
    const struct word_hit *hits;
    size_t count;
    *count_out = 0;
    int rc = word_search_run(state->search, text, &hits, &count, err);
    for (size_t i = count; rc == 0 && i-- > 0 && *count_out < room;) {
        const struct word *word = word_database_word(state->matcher->words, hits[i].word);
        struct bytes between = bytes_from(text, hits[i].end);
        if ((word->labels | word->hints) == 0) {
            continue;
        }
        out[(*count_out)++] = (struct context_word){
            .text = bytes_of(text.ptr + hits[i].begin, word->length),
            .kinds = word->labels,
            .hints = word->hints,
            .distance = between.len,
            .in_reach = between.len <= LABEL_REACH &&
                        (between.len == 0 || memchr(between.ptr, '\n', between.len) == NULL)};
    }
    return rc;
}
