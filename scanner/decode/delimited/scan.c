#include "decode/delimited/scan.h"

#include "core/block64/bits.h"

/* Does a quote at AT open a field? TEXT begins with a field. */
static bool opens_field(struct delimited_marks marks, const uint8_t *text, size_t at) {
    if (at > 0 && text[at - 1] == '=') {
        at--;
    }
    while (at > 0 && text[at - 1] == ' ') {
        at--;
    }
    return at == 0 || text[at - 1] == marks.delimiter || text[at - 1] == marks.record_end;
}

/* Bytes [from, to) one by one; returns the set of field ends, bit 0 = FROM (at most 64 bytes). */
static uint64_t scan_bytes(struct delimited_marks marks, const uint8_t *text, size_t from,
                           size_t to, enum delimited_state *state) {
    uint64_t ends = 0;
    for (size_t at = from; at < to; at++) {
        uint8_t c = text[at];
        if (*state == DELIMITED_INSIDE) {
            *state = c == '"' ? DELIMITED_CLOSED : DELIMITED_INSIDE;
        } else if (c == '"') {
            bool opens = *state == DELIMITED_CLOSED || opens_field(marks, text, at);
            *state = opens ? DELIMITED_INSIDE : DELIMITED_OUTSIDE;
        } else {
            *state = DELIMITED_OUTSIDE;
            ends |= (uint64_t)(c == marks.delimiter || c == marks.record_end) << (at - from);
        }
    }
    return ends;
}

/* Are there quotes? */
static bool find_marks(const struct block64_ops *ops, struct delimited_marks marks,
                       struct bytes text, struct delimited_sets *sets) {
    const uint8_t wanted[3] = {marks.delimiter, marks.record_end, '"'};
    uint64_t *const out[3] = {sets->ends, sets->records, sets->quotes};
    size_t blocks = (text.len + 63) / 64;
    ops->find(text.ptr, blocks, wanted, 3, out);
    if (text.len % 64 != 0) {
        uint64_t mask = bits_low_mask(text.len % 64);
        sets->ends[blocks - 1] &= mask;
        sets->records[blocks - 1] &= mask;
        sets->quotes[blocks - 1] &= mask;
    }
    sets->quotes[blocks] = 0; /* for readers of ranges */
    uint64_t quotes = 0;
    for (size_t b = 0; b < blocks; b++) {
        quotes |= sets->quotes[b];
    }
    return quotes != 0;
}

static void unite_marks(struct delimited_sets *sets, size_t blocks) {
    for (size_t b = 0; b < blocks; b++) {
        sets->ends[b] |= sets->records[b];
    }
}

enum delimited_state delimited_scan(const struct block64_ops *ops, struct delimited_marks marks,
                                    struct bytes text, struct delimited_sets *sets) {
    enum delimited_state state = DELIMITED_OUTSIDE;
    size_t blocks = (text.len + 63) / 64;
    uint64_t carry = 0, flip = 0;
    if (!find_marks(ops, marks, text, sets)) {
        unite_marks(sets, blocks);
        return DELIMITED_OUTSIDE;
    }
    ops->prefix_xor(sets->quotes, blocks, &carry, sets->parity);
    for (size_t b = 0; b < blocks; b++) {
        uint64_t quotes = sets->quotes[b], all = sets->ends[b] | sets->records[b];
        uint64_t inside = sets->parity[b] ^ flip;
        uint64_t opens = quotes & inside, closes = quotes & ~inside;
        uint64_t ends = all & ~inside;
        /* An opening quote is in place behind a field's end or as the second of two. */
        uint64_t odd = opens & ~(ends << 1 | closes << 1 | (state == DELIMITED_CLOSED));
        while (odd != 0 && opens_field(marks, text.ptr, 64 * b + (size_t)__builtin_ctzll(odd))) {
            odd &= odd - 1;
        }
        if (odd == 0) {
            sets->ends[b] = ends;
            state = inside >> 63 != 0   ? DELIMITED_INSIDE
                    : closes >> 63 != 0 ? DELIMITED_CLOSED
                                        : DELIMITED_OUTSIDE;
            continue;
        }
        size_t from = 64 * b, to = from + 64 < text.len ? from + 64 : text.len;
        sets->ends[b] = scan_bytes(marks, text.ptr, from, to, &state);
        /* From here on the parity counts from another start. */
        bool predicted = sets->parity[b] >> 63 != 0;
        flip = predicted != (state == DELIMITED_INSIDE) ? ~UINT64_C(0) : 0;
    }
    return state == DELIMITED_INSIDE ? DELIMITED_INSIDE : DELIMITED_OUTSIDE;
}

enum delimited_state delimited_scan_scalar(struct delimited_marks marks, struct bytes text,
                                           struct delimited_sets *sets) {
    enum delimited_state state = DELIMITED_OUTSIDE;
    for (size_t at = 0; at < text.len; at += 64) {
        size_t to = at + 64 < text.len ? at + 64 : text.len;
        sets->ends[at / 64] = scan_bytes(marks, text.ptr, at, to, &state);
        uint64_t records = 0, quotes = 0;
        for (size_t i = at; i < to; i++) {
            records |= (uint64_t)(text.ptr[i] == marks.record_end) << (i - at);
            quotes |= (uint64_t)(text.ptr[i] == '"') << (i - at);
        }
        sets->records[at / 64] = records;
        sets->quotes[at / 64] = quotes;
    }
    sets->quotes[(text.len + 63) / 64] = 0;
    return state == DELIMITED_INSIDE ? DELIMITED_INSIDE : DELIMITED_OUTSIDE;
}

void delimited_scan_unquoted(const struct block64_ops *ops, struct delimited_marks marks,
                             struct bytes text, struct delimited_sets *sets) {
    (void)find_marks(ops, marks, text, sets);
    unite_marks(sets, (text.len + 63) / 64);
}
