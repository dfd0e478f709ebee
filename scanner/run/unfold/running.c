/* Running text: what in it is written in another form, and where. */
#include <stdlib.h>

#include "core/block64/bits.h"
#include "decode/encoded_text.h"
#include "decode/keyed/value_pairs.h"
#include "run/unfold/state.h"

enum { KEY_REACH = 40 /* longer keys of queries are not looked for in running text */ };

static bool reserve_sets(struct unfold *unfold, size_t words) {
    if (words > unfold->set_words) {
        uint64_t *bigger = realloc(unfold->references, (words + 1) * sizeof *bigger);
        if (bigger == NULL) {
            return false;
        }
        unfold->references = bigger;
        unfold->set_words = words;
    }
    return true;
}

/* Does a key and an equals sign begin at P? */
static bool is_pair(const uint8_t *p) {
    size_t len = 0;
    while (len < KEY_REACH &&
           (byte_is_alnum(p[len]) || (p[len] != 0 && strchr("_-.%[]", p[len])))) {
        len++;
    }
    return len > 0 && len < KEY_REACH && p[len] == '=';
}

/* "&#" among 64 * BLOCKS bytes, and where QUERIES count "&key=", where AMPERSANDS has the '&':
 * hardly any text has many. */
static uint64_t keep_marks(const uint8_t *bytes, size_t blocks, uint64_t *ampersands,
                           bool queries) {
    uint64_t any = 0;
    for (size_t b = 0; b < blocks; b++) {
        for (uint64_t left = ampersands[b]; left != 0; left &= left - 1) {
            unsigned bit = (unsigned)__builtin_ctzll(left);
            const uint8_t *next = bytes + 64 * b + bit + 1;
            if (*next != '#' && !(queries && is_pair(next))) {
                ampersands[b] &= ~(UINT64_C(1) << bit);
            }
        }
        any |= ampersands[b];
    }
    return any;
}

/* In running text brackets say nothing. */
bool unfold_find_marks(struct unfold *unfold, const struct segment *segment) {
    static const uint8_t wanted[] = {'&', '{', '[', '%'};
    const bool text = (segment->flags & SEGMENT_FREE_TEXT) != 0;
    const bool queries = text && segment->unescape == NULL;
    const uint8_t *bytes = segment->bytes + segment->begin;
    size_t len = segment->end - segment->begin, words = (len + 63) / 64;
    unfold->any_reference = unfold->any_bracket = unfold->any_percent = false;
    if (!unfold->ops->any(bytes, words, wanted, text ? 1 : 4)) { /* as most of the time */
        return true;
    }
    unfold->any_percent = !text && percent_encoded(bytes_of(bytes, len));
    unfold->any_bracket = !text && unfold->ops->any(bytes, words, wanted + 1, 2);
    if (!text && !unfold->ops->any(bytes, words, wanted, 1)) {
        return true;
    }
    if (!reserve_sets(unfold, words)) {
        return false;
    }
    uint64_t *references = unfold->references;
    unfold->ops->find(bytes, words, wanted, 1, &references);
    unfold->any_reference = keep_marks(bytes, words, references, queries) != 0;
    return true;
}

size_t unfold_next_mark(const struct unfolding *u, size_t from, size_t end) {
    size_t begin = u->segment->begin;
    if (!u->unfold->any_reference || from >= end) {
        return end;
    }
    return begin + bits_next(u->unfold->references, from - begin, end - begin);
}

void unfold_copy_cells(struct unfolding *u, size_t index) {
    for (; u->copied < index; u->copied++) {
        unfold_layer_mark(u->layer, u->segment->cells[u->copied], 0);
    }
}

/* ---- queries ---- */

/* What keys in the running text of a unit are named below. PLACE: unfold->queries, ->tokens. */
static bool has_place(struct unfold *unfold, uint32_t *place, struct bytes name) {
    if (*place == JSON_PATH_NONE && unfold_has_paths(unfold)) {
        *place = json_paths_column(unfold->paths, TABLE_NONE, name);
        unfold->failed |= *place == JSON_PATH_NONE;
    }
    return *place != JSON_PATH_NONE;
}

static bool ends_word(uint8_t c) {
    return c <= ' ' || c == '"' || c == '\'' || c == '<' || c == '>' || c == '`';
}

/* The word of [begin, end) in which PLACE stands: the body of a form, a URL with a query. Between
 * quotes it is an attribute of markup or a part of a program. */
static bool query_at(const struct unfolding *u, size_t begin, size_t end, size_t place,
                     struct cell *word) {
    const uint8_t *p = u->segment->bytes;
    size_t from = place, to = place;
    while (from > begin && place - from <= VALUE_PAIRS_BYTES && !ends_word(p[from - 1])) {
        from--;
    }
    while (to < end && to - place <= VALUE_PAIRS_BYTES && !ends_word(p[to])) {
        to++;
    }
    *word = (struct cell){.offset = (uint32_t)from,
                          .length = (uint32_t)(to - from),
                          .field = u->segment->gap_field,
                          .flags = CELL_TEXT};
    return from == u->segment->begin || (p[from - 1] != '"' && p[from - 1] != '\'');
}

/* ---- lines and words ---- */

/* The line of [begin, end) in which PLACE stands. */
static struct cell line_at(const struct unfolding *u, size_t begin, size_t end, size_t place) {
    const uint8_t *bytes = u->segment->bytes;
    const uint8_t *line = memrchr(bytes + begin, '\n', place - begin);
    begin = line != NULL ? (size_t)(line - bytes) + 1 : begin;
    line = memchr(bytes + place, '\n', end - place);
    size_t stop = line != NULL ? (size_t)(line - bytes) : end;
    return (struct cell){.offset = (uint32_t)begin,
                         .length = (uint32_t)(stop - begin),
                         .field = u->segment->gap_field,
                         .flags = CELL_TEXT};
}

void unfold_gaps(struct unfolding *u, size_t begin, size_t end, size_t next_cell) {
    size_t place;
    while (u->free_text && (place = unfold_next_mark(u, begin, end)) < end) {
        const bool reference = u->segment->bytes[place + 1] == '#';
        struct cell gap = reference ? line_at(u, begin, end, place) : (struct cell){0};
        const bool other = reference
                               ? unfold_decoded(u, &gap, references_decode)
                               : query_at(u, begin, end, place, &gap) &&
                                     has_place(u->unfold, &u->unfold->queries, BYTES_LIT("")) &&
                                     unfold_pairs_below(u, &gap, u->unfold->queries, true);
        if (other) {
            unfold_copy_cells(u, next_cell);
            unfold_layer_mark(u->layer, gap, CELL_UNFOLDED);
        }
        begin = (size_t)gap.offset + gap.length;
        begin = begin > place ? begin : place + 1;
    }
}

/* ---- tokens ---- */

static bool is_token_byte(uint8_t c) {
    return byte_is_alnum(c) || c == '-' || c == '_';
}

/* {" in base64 */
static const uint8_t token_begin[3] = {'e', 'y', 'J'};

/* The length of the token of which the first three letters stand at BEGIN; 0: there is none. */
static size_t token_at(const struct segment *s, size_t begin) {
    const uint8_t *p = s->bytes;
    if (begin > 0 && (is_token_byte(p[begin - 1]) || p[begin - 1] == '.')) {
        return 0;
    }
    size_t end = begin;
    while (end < s->len && (is_token_byte(p[end]) || p[end] == '.')) {
        end++;
    }
    return web_token(bytes_of(p + begin, end - begin)) ? end - begin : 0;
}

/* Is the byte at PLACE, which is behind the last one asked about, part of a cell that is unfolded?
 */
static bool is_unfolded(struct unfolding *u, size_t place) {
    const struct unfold_layer *layer = u->layer;
    while (u->passed < layer->marked_count &&
           (size_t)layer->marked[u->passed].offset + layer->marked[u->passed].length <= place) {
        u->passed++;
    }
    return u->passed < layer->marked_count && layer->marked[u->passed].offset <= place &&
           (layer->marked[u->passed].flags & CELL_UNFOLDED) != 0;
}

static bool unfold_token(struct unfolding *u, size_t begin, size_t length) {
    struct unfold *unfold = u->unfold;
    if (!has_place(unfold, &unfold->tokens, BYTES_LIT("jwt"))) {
        return false;
    }
    const struct cell token = {.offset = (uint32_t)begin,
                               .length = (uint32_t)length,
                               .field = json_paths_field(unfold->paths, unfold->tokens)};
    return unfold_decoded(u, &token, web_token_decode);
}

/* Where the next one may begin in [at, end); not below END: nowhere. */
static size_t next_token(const struct unfolding *u, size_t at, size_t end) {
    return at + u->unfold->ops->three(u->segment->bytes + at, (end - at + 63) / 64, token_begin);
}

bool unfold_may_hold_token(const struct unfolding *u) {
    const struct segment *s = u->segment;
    return s->begin < s->end && next_token(u, s->begin, s->end) < s->end;
}

bool unfold_tokens(struct unfolding *u, size_t begin, size_t end) {
    const struct segment *s = u->segment;
    bool any = false;
    for (size_t at = begin, place; at < end && (place = next_token(u, at, end)) < end;) {
        const size_t length = token_at(s, place);
        at = place + (length != 0 ? length : sizeof token_begin);
        any |= length != 0 && !is_unfolded(u, place) && unfold_token(u, place, length);
    }
    return any;
}
