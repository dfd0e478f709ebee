/* Values that hints tell of: words of daily use, titles, and numbers beside them. What they say is
 * little, so something else that is somebody's must stand near, and the value must look like one by
 * itself. */
#include "match/matcher.h"

static size_t first_token_from(const struct hit_list *tokens, size_t offset) {
    size_t low = 0, high = tokens->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (tokens->items[middle].offset < offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool match_has_company(const struct passage *p, kind_set hints, size_t at) {
    kind_set company = 0;
    for (unsigned kind = 0; kind < PATTERN_MAX; kind++) {
        company |= (hints >> kind & 1) != 0 ? p->state->matcher->company[kind] : 0;
    }
    const struct hit_list *tokens = &p->state->tokens;
    size_t from = at > COMPANY_REACH ? at - COMPANY_REACH : 0;
    for (size_t i = first_token_from(tokens, from);
         i < tokens->count && tokens->items[i].offset <= at + COMPANY_REACH; i++) {
        if ((tokens->items[i].kinds & company) != 0) {
            return true;
        }
    }
    return false;
}

void match_add_hinted(struct passage *p, size_t begin, size_t end, kind_set kinds) {
    struct hit hit;
    if (match_has_company(p, kinds, begin) &&
        match_make_place(p, begin, end, kinds, HIT_LABEL, &hit)) {
        hit.loose = true;
        hit_list_add(p->state, &p->state->extras, &hit);
    }
}

/* The text around a value that may reach AT: the line. */
static struct bytes line_around(const struct passage *p, size_t at, size_t to, size_t *from) {
    enum { REACH = 64 };
    const uint8_t *bytes = p->segment->bytes;
    size_t least = at - p->base > REACH ? at - REACH : p->base;
    size_t most = p->limit - to > REACH ? to + REACH : p->limit;
    *from = at;
    while (*from > least && bytes[*from - 1] != '\n') {
        (*from)--;
    }
    const uint8_t *end = memchr(bytes + to, '\n', most - to);
    most = end == NULL ? most : (size_t)(end - bytes);
    return bytes_of(bytes + *from, most - *from);
}

void match_direct_values(struct passage *p, size_t at, kind_set kinds) {
    for (kinds &= p->state->matcher->direct; kinds != 0; kinds &= kinds - 1) {
        const struct pattern *pattern = p->state->matcher->kinds[__builtin_ctzll(kinds)];
        size_t from, begin, end;
        struct bytes text = line_around(p, at, at, &from);
        struct hit hit;
        if (pattern->directly(text, at - from, &begin, &end) &&
            match_make_place(p, from + begin, from + end, kinds & -kinds, HIT_LABEL, &hit)) {
            hit.loose = true;
            hit_list_add(p->state, &p->state->extras, &hit);
        }
    }
}

static void add_beside(struct passage *p, size_t at, size_t to, kind_set kinds) {
    size_t from, begin, end;
    struct bytes text = line_around(p, at, to, &from);
    for (; kinds != 0; kinds &= kinds - 1) {
        const struct pattern *pattern = p->state->matcher->kinds[__builtin_ctzll(kinds)];
        if (pattern->beside(text, at - from, to - from, &begin, &end)) {
            match_add_hinted(p, from + begin, from + end, kinds & -kinds);
        }
    }
}

/* Bytes of other alphabets near enough to be a value beside the number. */
static bool other_alphabet_near(const struct passage *p, size_t at, size_t to) {
    enum { NEAR = 40 };
    size_t from = at - p->base > NEAR ? at - NEAR : p->base;
    size_t behind = p->limit - to > NEAR ? to + NEAR : p->limit;
    return match_any_in(p, p->state->sets.high, from, behind - from);
}

void match_beside_numbers(struct passage *p) {
    const struct match_state *state = p->state;
    const struct hit_list *tokens = &state->tokens;
    kind_set kinds = state->matcher->beside, company = 0;
    if ((p->segment->flags & SEGMENT_FREE_TEXT) == 0) {
        return;
    }
    for (kind_set left = kinds; left != 0; left &= left - 1) {
        company |= state->matcher->company[__builtin_ctzll(left)];
    }
    uint32_t last = UINT32_MAX;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct hit *hit = &tokens->items[i];
        size_t to = (size_t)hit->offset + hit->length;
        if (hit->offset != last && (hit->kinds & company) != 0 && to <= p->limit &&
            other_alphabet_near(p, hit->offset, to)) {
            add_beside(p, hit->offset, to, kinds);
        }
        last = hit->offset;
    }
}
