#include "judge/collect/segment_value.h"

#include "core/block64/bits.h"
#include "core/utf8.h"
#include "patterns/emphasis.h"

static bool is_ascii(struct bytes text) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

static inline bool is_blank(uint8_t c) {
    return c == ' ' || (uint8_t)(c - '\t') < 5;
}

static bool has_digit(struct bytes text) {
    for (size_t i = 0; i < text.len; i++) {
        if (byte_is_digit(text.ptr[i])) {
            return true;
        }
    }
    return false;
}

/* The bytes that the digits of TEXT spell; empty when they are no text. */
static struct bytes decode_hex(struct bytes text, uint8_t *out) {
    size_t len = 0;
    for (size_t i = 0; i + 1 < text.len; i += 2) {
        int high = byte_hex_value(text.ptr[i]), low = byte_hex_value(text.ptr[i + 1]);
        if (high < 0 || low < 0) {
            return bytes_of(out, 0);
        }
        out[len++] = (uint8_t)(high << 4 | low);
    }
    return bytes_of(out, len);
}

/* 912345678.0: a number that went through a column of floating point. */
static struct bytes without_float_zero(struct bytes text) {
    enum { LEAST_DIGITS = 8 };
    if (text.len < LEAST_DIGITS + 2 || text.ptr[text.len - 1] != '0' ||
        text.ptr[text.len - 2] != '.') {
        return text;
    }
    for (size_t i = 0; i + 2 < text.len; i++) {
        if (!byte_is_digit(text.ptr[i])) {
            return text;
        }
    }
    return bytes_first(text, text.len - 2);
}

/* Fill VALUE with TEXT in half width, without blanks around it. The value is built in its place:
 * copied as a whole right after single bytes of it were written, it would wait for the stores. */
static void set_text(struct value_scratch *scratch, struct bytes text, bool ascii, bool wide,
                     struct value *value) {
    if (wide && !ascii && text.len <= VALUE_SCRATCH_BYTES) {
        text = bytes_of(scratch->folded, utf8_fold_width(text, scratch->folded));
        ascii = is_ascii(text);
    }
    while (text.len > 0 && is_blank(text.ptr[0])) {
        text.ptr++;
        text.len--;
    }
    while (text.len > 0 && is_blank(text.ptr[text.len - 1])) {
        text.len--;
    }
    if (text.len > 2 && emphasis_may_begin(text.ptr[0])) {
        text = emphasis_without(text);
    }
    value->text = text;
    value->ascii = ascii;
}

/* "recipient: nobody", "address == #*": behind a label in running text ASCII letters and signs are
 * no value, unless they hide one: ***, XXX, XX/XX, W*****g. */
static bool is_prose(const struct hit *hit, const struct value *value) {
    struct bytes text = value->text;
    if (hit->origin != HIT_LABEL || !value->ascii || has_digit(text) ||
        (text.len > 0 && text.ptr[0] != '*' && bytes_find(text, BYTES_LIT("***")) != SIZE_MAX)) {
        return false;
    }
    for (size_t i = 1; i < text.len; i++) {
        if (text.ptr[i] != text.ptr[0] && text.ptr[i] != '/' && text.ptr[i] != '-') {
            return true;
        }
    }
    return text.len < 3;
}

void value_of_hit(struct value_scratch *scratch, const struct segment *segment,
                  const struct hit *hit, struct value *value) {
    struct bytes text = bytes_of(segment->bytes + hit->offset, hit->length);
    set_text(scratch, text, hit->ascii, hit->wide, value);
    value->named = hit->labelled && !hit->loose && !is_prose(hit, value);
    value->number = false;
    value->part = false;
}

/* A cell with escapes or hexadecimal digits as what it says. */
static void decoded_cell(struct value_scratch *scratch, const struct segment *segment,
                         const struct cell *cell, struct bytes text, struct value *value) {
    if ((cell->flags & CELL_HEX) != 0) {
        text = decode_hex(text, scratch->unescaped);
    } else if (segment->unescape != NULL) {
        size_t len = segment->unescape(text, scratch->unescaped, segment->dialect);
        text = bytes_of(scratch->unescaped, len);
    }
    bool ascii = is_ascii(text);
    set_text(scratch, text, ascii, !ascii, value);
}

void value_of_cell(struct value_scratch *scratch, const struct segment *segment,
                   const struct match_result *match, const struct cell *cell, struct value *value) {
    struct bytes text = bytes_of(segment->bytes + cell->offset, cell->length);
    if ((cell->flags & (CELL_ESCAPED | CELL_HEX)) != 0 && text.len <= VALUE_SCRATCH_BYTES) {
        decoded_cell(scratch, segment, cell, text, value);
    } else {
        size_t at = cell->offset - match->sets_base;
        bool ascii = !bits_any(match->high, at, cell->length);
        bool wide = !ascii && bits_any(match->wide, at, cell->length);
        set_text(scratch, text, ascii, wide, value);
    }
    value->text = without_float_zero(value->text);
    value->number = (cell->flags & CELL_NUMBER) != 0;
    value->named = match->plans[cell->field].named;
    value->part = match->plans[cell->field].part != PART_NONE;
}
