#include "patterns/address_plain.h"

#include "patterns/address_outline.h"
#include "patterns/districts.h"

enum { HAN = HAN_BYTES, DISTRICT_MOST = 4 * HAN, BLOCK = 16 };

size_t address_zip_length(struct bytes text) {
    size_t at = 0;
    while (at < text.len && at < 8 &&
           (byte_is_digit(text.ptr[at]) || text.ptr[at] == '-' || text.ptr[at] == ' ' ||
            text.ptr[at] == '(' || text.ptr[at] == ')')) {
        at++;
    }
    return at < 3 ? 0 : at;
}

typedef uint8_t block __attribute__((vector_size(BLOCK)));
typedef uint64_t block_words __attribute__((vector_size(BLOCK)));

/* Not 0 where a mask mark could begin among the BLOCK bytes at P. */
static block may_hide_in(const uint8_t *p) {
    block bytes;
    memcpy(&bytes, p, sizeof bytes);
    bytes |= 0x20; /* takes a few bytes more than those of marks */
    return (block)((bytes == '*') | (bytes == '#') | (bytes == 'x') | (bytes == 'o') |
                   ((bytes & 0xFE) == 0xE2) | (bytes == 0xEF));
}

/* The same of TEXT, at least BLOCK bytes. */
static bool may_hide(struct bytes text) {
    block found = may_hide_in(text.ptr + text.len - BLOCK);
    for (size_t at = 0; at + BLOCK < text.len; at += BLOCK) {
        found |= may_hide_in(text.ptr + at);
    }
    block_words words = (block_words)found;
    return (words[0] | words[1]) != 0;
}

/* Where the character begins that ends at END; END when it is none that addresses are made of. */
static size_t step_back(struct bytes text, size_t end) {
    if (text.ptr[end - 1] < 0x80) {
        return end - 1;
    }
    return end >= HAN && han_is_at(text.ptr + end - HAN) ? end - HAN : end;
}

static enum unit unit_before(struct bytes text, size_t end) {
    return text.ptr[end - 1] < 0x80 ? UNIT_NONE : address_unit_of(han_code(text.ptr + end - HAN));
}

bool address_is_plain(struct bytes text) {
    size_t zip = address_zip_length(text), county = county_at_start(bytes_from(text, zip));
    const size_t near = zip + county + DISTRICT_MOST;
    if (county == 0 || text.len < near + HAN || may_hide(text)) {
        return false;
    }
    bool numbered = false;
    for (size_t end = text.len, begin; end > near; end = begin) {
        begin = step_back(text, end);
        if (begin == end || begin < near) {
            return false;
        }
        enum unit unit = unit_before(text, end);
        numbered |= unit == UNIT_HOUSE && byte_is_digit(text.ptr[begin - 1]);
        if (numbered && unit >= UNIT_ROAD && unit <= UNIT_FINE) {
            return true;
        }
    }
    return false;
}

/* The same by the outline: the road before the digits of the last house. Where this says so,
 * address_is_plain() does. */
static bool has_plain_outline(struct bytes text, const struct address_outline *outline) {
    if (!outline->usual || outline->house == 0) {
        return false;
    }
    size_t zip = address_zip_length(text), county = county_at_start(bytes_from(text, zip));
    const size_t near = zip + county + DISTRICT_MOST;
    unsigned house = 63U - (unsigned)__builtin_clzll(outline->house);
    uint64_t before = ~outline->digit & ((UINT64_C(1) << house) - 1);
    size_t road = before == 0 ? 0 : 64U - (size_t)__builtin_clzll(before);
    if (county == 0 || road < near + HAN) {
        return false;
    }
    enum unit unit = unit_before(text, road);
    return unit >= UNIT_ROAD && unit <= UNIT_FINE;
}

void address_read_plain(struct value_column *column) {
    struct address_outline outlines[VALUE_COLUMN_MAX];
    address_outlines_fn *make_outlines = address_outlines_for(column->isa);
    if (make_outlines != NULL) {
        make_outlines(column->at, column->len, column->count, outlines);
    }
    for (size_t i = 0; i < column->count; i++) {
        struct bytes text = bytes_of(column->at[i], column->len[i]);
        bool trimmed = text.len > BLOCK && text.ptr[0] > ' ' && text.ptr[text.len - 1] > ' ';
        column->plain[i] = trimmed && text.len <= ADDRESS_MAX &&
                           ((make_outlines != NULL && has_plain_outline(text, &outlines[i])) ||
                            address_is_plain(text));
    }
}
