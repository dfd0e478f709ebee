/* Places: what words and '@' give away. A label (收件人：) says that a value follows; an anchor (a
 * county's name, '@') stands inside a value whose extent its pattern knows. */
#include "match/matcher.h"
#include "patterns/emphasis.h"

/* ---- values behind labels ---- */

static bool ends_value(struct bytes rest) {
    static const struct bytes wide[] = {
        {(const uint8_t *)"，", 3}, {(const uint8_t *)"。", 3}, {(const uint8_t *)"；", 3},
        {(const uint8_t *)"、", 3}, {(const uint8_t *)"　", 3}, {(const uint8_t *)"）", 3},
        {(const uint8_t *)"（", 3}, {(const uint8_t *)"：", 3}, {(const uint8_t *)"」", 3}};
    uint8_t c = rest.ptr[0];
    if (c < 0x80) {
        return c < 0x20 || strchr(" ,;\"'()<>[]{}&|", c) != NULL;
    }
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        if (bytes_starts_with(rest, wide[i])) {
            return true;
        }
    }
    return false;
}

static size_t value_end(const struct segment *segment, size_t at, size_t limit) {
    if (limit - at > LABELLED_VALUE_MAX) {
        limit = at + LABELLED_VALUE_MAX;
    }
    while (at < limit && !ends_value(bytes_of(segment->bytes + at, limit - at))) {
        at++;
    }
    return at;
}

/* Does what stands between a label and a value make it a label? 收件人手機 is one word: only digits
 * and letters with digits may follow directly. "recipient of" is prose: behind a word of ASCII
 * letters a mark must stand.
 */
static bool parts_value(const struct segment *segment, const struct word_hit *hit,
                        const struct word *word, size_t begin, size_t limit) {
    if (begin < limit && byte_is_digit(segment->bytes[begin])) {
        return true;
    }
    if (begin == hit->end && !word->ends_with_letter && begin < limit &&
        byte_is_letter(segment->bytes[begin])) { /* 車號ABC-1234 */
        return match_holds_number(
            bytes_of(segment->bytes + begin, value_end(segment, begin, limit) - begin));
    }
    struct bytes gap = bytes_of(segment->bytes + hit->end, begin - hit->end);
    bool other = begin < limit && segment->bytes[begin] >= 0x80; /* Dear 林美惠 */
    if (!word->ends_with_letter || (other && word->loose != 0)) {
        return gap.len != 0;
    }
    for (size_t i = 0; i < gap.len; i++) {
        if (strchr(":=>|\t", gap.ptr[i]) != NULL || gap.ptr[i] >= 0x80) {
            return true;
        }
    }
    return false;
}

/* 姓名<tab>金額: two names of columns in the header of a table. */
static bool spans_columns(const struct segment *segment, size_t from, size_t to) {
    return (segment->flags & SEGMENT_FREE_TEXT) == 0 && to > from &&
           memchr(segment->bytes + from, '\t', to - from) != NULL;
}

/* A word of daily use is a label where it is no part of another name: product_name, file name. */
static bool stands_for_itself(const struct segment *segment, const struct word_hit *hit,
                              const struct word *word) {
    size_t at = hit->begin;
    if (!word->starts_with_letter || at == 0) {
        return true;
    }
    uint8_t c = segment->bytes[at - 1];
    bool blank = c == ' ' && at > 1;
    c = blank ? segment->bytes[at - 2] : c;
    return !byte_is_alnum(c) && strchr(blank ? "_" : "_-./", c) == NULL;
}

/* What a label says about the bytes behind it. */
struct labelled {
    size_t begin, limit;
    bool whole;                              /* a value reaches to the limit, or is none */
    kind_set kinds, loose, grouped, numbers; /* loose: of the kinds */
};

static void add_labelled(struct passage *p, const struct labelled *l, kind_set kinds, bool loose) {
    size_t end = l->whole ? l->limit : value_end(p->segment, l->begin, l->limit);
    struct hit hit;
    if (kinds != 0 && match_make_place(p, l->begin, end, kinds, HIT_LABEL, &hit)) {
        hit.loose = loose;
        hit_list_add(p->state, &p->state->extras, &hit);
    }
}

static void add_labelled_numbers(struct passage *p, const struct word_hit *label,
                                 const struct labelled *l) {
    const uint8_t *bytes = p->segment->bytes;
    bool bracket = l->begin > label->end && bytes[l->begin - 1] == '(';
    if (l->grouped != 0) {
        size_t open = bracket ? l->begin - 1 : l->begin;
        match_add_place(p, open, match_grouped_number(p, open, l->limit), l->grouped, HIT_LABEL,
                        &p->state->extras);
    }
    bool told_before = bracket && l->begin == p->segment->begin; /* from its bracket on */
    if (l->numbers != 0 && !told_before) {
        match_add_place(p, l->begin, match_labelled_number(p, l->begin, l->limit), l->numbers,
                        HIT_LABEL, &p->state->extras);
    }
}

/* Values of kinds that know what may stand behind a label. */
static void add_told_values(struct passage *p, const struct word_hit *label,
                            const struct labelled *l, kind_set kinds) {
    size_t from = label->begin, most = l->begin - from + TOLD_REACH, begin, end;
    size_t length = l->limit - from < most ? l->limit - from : most;
    struct bytes text = bytes_of(p->segment->bytes + from, length);
    for (; kinds != 0; kinds &= kinds - 1) {
        const struct pattern *pattern = p->state->matcher->kinds[__builtin_ctzll(kinds)];
        if (pattern->behind_label(text, l->begin - from, &begin, &end)) {
            match_add_place(p, from + begin, from + end, kinds & -kinds, HIT_LABEL,
                            &p->state->extras);
        }
    }
}

static bool is_label_at(const struct match_state *state, size_t at) {
    for (size_t i = match_first_word_behind(state, at);
         i < state->word_count && state->word_hits[i].end <= at + LABEL_REACH; i++) {
        const struct word_hit *hit = &state->word_hits[i];
        if (hit->begin == at && word_database_word(state->matcher->words, hit->word)->labels != 0) {
            return true;
        }
    }
    return false;
}

/* 姓名   電話: what stands apart from a label without a colon may be the next one. It must look
 * like a value by itself. */
static void look_apart(const struct passage *p, const struct word_hit *label, struct labelled *l) {
    const uint8_t *bytes = p->segment->bytes;
    struct bytes gap = bytes_of(bytes + label->end, l->begin - label->end);
    struct bytes value =
        bytes_of(bytes + l->begin, value_end(p->segment, l->begin, l->limit) - l->begin);
    if (value.len != 0 && value.ptr[0] >= 0x80 && match_stands_apart(gap) &&
        !match_holds_number(value)) {
        l->loose = l->kinds;
        bool label_too = is_label_at(p->state, l->begin) || match_is_heading(value);
        l->kinds = label_too ? 0 : l->kinds;
        l->loose &= l->kinds;
    }
}

/* The line below a label is its value if it holds digits or marks, or looks like one by itself; a
 * word of two characters may be the name of the next field (姓名, 金額). */
static void look_below(const struct segment *segment, const struct text_line *line,
                       struct labelled *l) {
    enum { THREE_CHARACTERS = 9 };
    bool told = match_holds_number(bytes_of(segment->bytes + line->begin, line->end - line->begin));
    l->begin = line->begin;
    l->limit = line->end;
    l->whole = true;
    l->loose = told ? l->loose : l->kinds;
    l->kinds = told || line->end - line->begin >= THREE_CHARACTERS ? l->kinds : 0;
    l->loose &= l->kinds;
}

/* What stands behind HIT in its line. False: it is no label here. */
static bool look_behind(struct passage *p, const struct word_hit *hit, const struct word *word,
                        struct labelled *l) {
    size_t begin = l->begin;
    if (begin == hit->end && !word->ends_with_letter && begin < l->limit &&
        p->segment->bytes[begin] >= 0x80) {
        match_direct_values(p, begin, l->kinds);
    }
    if (!parts_value(p->segment, hit, word, begin, l->limit) ||
        spans_columns(p->segment, hit->end, begin)) {
        return false;
    }
    if (begin == hit->end && byte_is_letter(p->segment->bytes[begin])) {
        size_t end = begin; /* 車號ABC-1234之車主 */
        while (end < l->limit && p->segment->bytes[end] < 0x80) {
            end++;
        }
        l->limit = end;
    }
    size_t close,
        marks = emphasis_length(bytes_of(p->segment->bytes + begin, l->limit - begin), &close);
    if (marks != 0) { /* label: **value** */
        l->limit = begin + close;
        l->begin = begin + marks;
    }
    return true;
}

static void match_label(struct passage *p, const struct word_hit *hit, const struct word *word) {
    const struct matcher *matcher = p->state->matcher;
    struct text_line below;
    struct labelled l = {.kinds = word->labels & ~matcher->by_lattice,
                         .numbers = word->labels & matcher->by_lattice};
    kind_set hints = word->hints & ~matcher->by_lattice;
    if (word->loose != 0 && !stands_for_itself(p->segment, hit, word)) {
        hints &= ~word->loose;
    }
    if (hints != 0 && match_has_company(p, hints, hit->end)) {
        l.kinds |= hints;
    }
    if ((l.kinds | l.numbers) == 0) {
        return;
    }
    l.loose = l.kinds & word->loose;
    uint32_t cell = segment_cell_at(p->segment, hit->begin);
    l.limit = p->limit;
    if (cell != HIT_NO_CELL && (p->segment->flags & SEGMENT_FREE_TEXT) == 0) {
        l.limit = p->segment->cells[cell].offset + p->segment->cells[cell].length;
    }
    l.begin = match_label_gap(p->segment, hit, l.limit);
    if (match_line_below(p->segment, hit, l.begin, l.limit, &below)) {
        look_below(p->segment, &below, &l);
    } else if (!look_behind(p, hit, word, &l)) {
        return;
    }
    if (!l.whole) {
        look_apart(p, hit, &l);
    }
    add_told_values(p, hit, &l, l.kinds & matcher->told);
    l.kinds &= ~matcher->told;
    l.loose &= l.kinds;
    l.grouped = l.kinds & matcher->grouped;
    add_labelled(p, &l, l.kinds & ~l.loose, false);
    add_labelled(p, &l, l.loose, true);
    add_labelled_numbers(p, hit, &l);
}

/* ---- values around anchors ---- */

static void add_extent(struct passage *p, size_t begin, size_t end, kind_set kind,
                       struct hit_list *list) {
    struct hit hit;
    if ((kind & p->state->matcher->hinted) != 0) {
        match_add_hinted(p, begin, end, kind);
    } else if ((kind & p->state->matcher->telling) != 0) {
        match_add_place(p, begin, end, kind, HIT_LABEL, list);
    } else if (match_make_place(p, begin, end, kind, HIT_WORD, &hit)) {
        match_add_told(p, &hit, list);
    }
}

void match_extents(struct passage *p, size_t anchor, kind_set kinds, struct hit_list *list) {
    const struct segment *segment = p->segment;
    size_t from = p->base, to = p->limit;
    uint32_t cell = segment_cell_at(segment, anchor);
    if (cell != HIT_NO_CELL) {
        from = segment->cells[cell].offset;
        to = from + segment->cells[cell].length;
    }
    from = anchor - from > EXTENT_REACH ? anchor - EXTENT_REACH : from;
    to = to - anchor > EXTENT_REACH ? anchor + EXTENT_REACH : to;
    struct bytes text = bytes_of(segment->bytes + from, to - from);
    for (; kinds != 0; kinds &= kinds - 1) {
        const struct pattern *pattern = p->state->matcher->kinds[__builtin_ctzll(kinds)];
        size_t begin, end;
        if (pattern->extent != NULL && pattern->extent(text, anchor - from, &begin, &end)) {
            add_extent(p, from + begin, from + end, kinds & -kinds, list);
        }
    }
}

static bool in_whole_cell(struct passage *p, size_t at) {
    uint32_t cell = segment_cell_at(p->segment, at);
    return cell != HIT_NO_CELL &&
           (match_plan(p, p->segment->cells[cell].field)->kinds & p->state->matcher->anchored) != 0;
}

static void match_at_signs(struct passage *p) {
    const uint64_t *at = p->state->sets.at;
    size_t end = p->limit - p->base;
    for (size_t i = bits_next(at, 0, end); i < end; i = bits_next(at, i + 1, end)) {
        if (!in_whole_cell(p, p->base + i)) {
            match_extents(p, p->base + i, p->state->matcher->anchored, &p->state->extras);
        }
    }
}

/* Is there an '@' that the extent of a value which begins before AT can reach? */
static bool has_sign(const struct passage *p, size_t at) {
    size_t reach = p->limit - at < EXTENT_REACH ? p->limit - at : EXTENT_REACH;
    return match_any_in(p, p->state->sets.at, at, reach);
}

void match_places(struct passage *p) {
    for (size_t i = 0; i < p->state->word_count; i++) {
        const struct word_hit hit = p->state->word_hits[i];
        const struct word *word = word_database_word(p->state->matcher->words, hit.word);
        if ((word->labels | word->hints) != 0) {
            match_label(p, &hit, word);
        }
        kind_set anchors = word->anchors;
        if (word->sign_anchors != 0 && has_sign(p, hit.end)) {
            anchors |= word->sign_anchors;
        }
        if (anchors != 0) {
            match_extents(p, hit.begin, anchors, &p->state->extras);
        }
    }
    match_at_signs(p);
    match_beside_numbers(p);
    match_written_numbers(p);
    match_parted_numbers(p);
}

/* ---- expressions of own kinds ---- */

/* A hit lies in one cell or in the text between cells. */
static bool in_one_place(const struct segment *segment, size_t begin, size_t end) {
    uint32_t cell = segment_cell_at(segment, begin);
    if (cell == HIT_NO_CELL) {
        return (segment->flags & SEGMENT_FREE_TEXT) != 0;
    }
    const struct cell *in = &segment->cells[cell];
    return (in->flags & CELL_NULL) == 0 && end <= (size_t)in->offset + in->length;
}

void match_expressions(struct passage *p, struct error *err) {
    const struct expression_hit *hits;
    size_t count;
    if ((p->segment->flags & SEGMENT_BINARY) != 0) {
        return;
    }
    struct bytes text = bytes_of(p->segment->bytes + p->base, p->limit - p->base);
    if (expression_search_run(p->state->expression_search, text, &hits, &count, err) != 0) {
        p->state->failed = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        size_t begin = p->base + hits[i].begin, end = p->base + hits[i].end;
        kind_set kind = (kind_set)1 << hits[i].kind;
        if (in_one_place(p->segment, begin, end)) {
            bool labelled = match_label_before(p, begin, kind).any != 0;
            size_t before = p->state->extras.count;
            match_add_place(p, begin, end, kind, HIT_WORD, &p->state->extras);
            if (p->state->extras.count > before) {
                p->state->extras.items[before].labelled = labelled;
            }
        }
    }
}
