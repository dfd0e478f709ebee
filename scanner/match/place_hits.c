/* Hits for values whose begin and end are known, with what labels before them say. */
#include "match/matcher.h"

static bool same_line(const struct segment *segment, size_t from, size_t to) {
    return to <= from || memchr(segment->bytes + from, '\n', to - from) == NULL;
}

/* Words of other cells say nothing about a value. */
static size_t words_begin(const struct segment *segment, size_t at) {
    uint32_t cell =
        (segment->flags & SEGMENT_FREE_TEXT) != 0 ? HIT_NO_CELL : segment_cell_at(segment, at);
    return cell == HIT_NO_CELL ? 0 : segment->cells[cell].offset;
}

/* Does AT begin the line that a label alone on the line above speaks of? */
static bool is_below(const struct passage *p, const struct word_hit *label, size_t at) {
    struct text_line line;
    size_t behind = match_label_gap(p->segment, label, p->limit);
    return match_line_below(p->segment, label, behind, p->limit, &line) && line.begin == at;
}

size_t match_first_word_behind(const struct match_state *state, size_t at) {
    size_t low = 0, high = state->word_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (state->word_hits[middle].end <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

struct told match_label_before(const struct passage *p, size_t at, kind_set kinds) {
    const struct match_state *state = p->state;
    struct told told = {0, 0};
    size_t nearest = SIZE_MAX, from = SIZE_MAX; /* not known yet */
    size_t low = state->any_label ? match_first_word_behind(state, at) : 0;
    while (low > 0 && at - state->word_hits[low - 1].end <= LABEL_REACH) {
        const struct word_hit *hit = &state->word_hits[--low];
        kind_set labels = word_database_word(state->matcher->words, hit->word)->labels;
        if (labels == 0) {
            continue;
        }
        from = from == SIZE_MAX ? words_begin(p->segment, at) : from;
        bool same = same_line(p->segment, hit->end, at);
        if (hit->begin < from || (!same && !is_below(p, hit, at))) {
            continue;
        }
        bool next_to_it = told.any == 0 && (!same || match_label_gap(p->segment, hit, at) == at);
        kind_set says = labels & kinds;
        if (says == 0 && next_to_it) {
            return told; /* 手機型號…，帳號：***123: it is called something else */
        }
        if (says == 0) {
            continue;
        }
        /* 證號 in 居留證號 is a part of that word */
        if (told.nearest == 0 || (hit->end > nearest && hit->begin < nearest)) {
            told.nearest = says;
            nearest = hit->begin;
        } else if (hit->begin == nearest) {
            told.nearest |= says;
        }
        told.any |= says;
    }
    return told;
}

void match_add_told(struct passage *p, const struct hit *hit, struct hit_list *list) {
    struct told told = {0, 0};
    if (p->state->any_label) {
        told = match_label_before(p, hit->offset, hit->kinds);
    }
    struct hit part = *hit;
    if (told.nearest != 0) {
        part.kinds = told.nearest;
        part.labelled = true;
        hit_list_add(p->state, list, &part);
    }
    part.kinds = hit->kinds & ~told.nearest;
    part.labelled = (told.any & part.kinds) != 0;
    if (part.kinds != 0) {
        hit_list_add(p->state, list, &part);
    }
}

bool match_make_place(const struct passage *p, size_t begin, size_t end, kind_set kinds,
                      enum hit_origin origin, struct hit *out) {
    const struct segment *segment = p->segment;
    if (begin < segment->begin || begin >= segment->end || begin >= end) {
        return false;
    }
    uint32_t cell = segment_cell_at(segment, begin);
    uint32_t field = cell == HIT_NO_CELL ? segment->gap_field : segment->cells[cell].field;
    *out = (struct hit){.offset = (uint32_t)begin,
                        .length = (uint32_t)(end - begin),
                        .field = field,
                        .cell = cell,
                        .kinds = kinds,
                        .origin = (uint8_t)origin,
                        .ascii = !match_any_in(p, p->state->sets.high, begin, end - begin),
                        .wide = match_any_in(p, p->state->sets.wide, begin, end - begin),
                        .labelled = origin == HIT_LABEL};
    return true;
}

void match_add_place(struct passage *p, size_t begin, size_t end, kind_set kinds,
                     enum hit_origin origin, struct hit_list *list) {
    struct hit hit;
    if (match_make_place(p, begin, end, kinds, origin, &hit)) {
        hit_list_add(p->state, list, &hit);
    }
}

void match_add_number(struct passage *p, size_t begin, size_t end) {
    struct hit hit;
    if (match_make_place(p, begin, end, p->state->matcher->by_lattice, HIT_WORD, &hit)) {
        match_add_told(p, &hit, &p->state->extras);
    }
}

bool match_text_bounds(struct passage *p, size_t at, size_t *from, size_t *limit) {
    const struct segment *segment = p->segment;
    *from = p->base;
    *limit = p->limit;
    uint32_t index = segment_cell_at(segment, at);
    if (index == HIT_NO_CELL) {
        return true;
    }
    const struct cell *cell = &segment->cells[index];
    if ((segment->flags & SEGMENT_FREE_TEXT) == 0 || match_plan(p, cell->field)->kinds != 0) {
        *from = cell->offset;
        *limit = (size_t)cell->offset + cell->length;
    }
    return match_plan(p, cell->field)->kinds == 0;
}
