#include "judge/collect/value_piece.h"

#include "core/utf8.h"
#include "patterns/mask_marks.h"

/* ---- taking apart ---- */

enum piece_sort { SORT_NONE, SORT_NUMBER, SORT_DATE, SORT_NAME };

static enum piece_sort sort_of(const struct pattern *pattern) {
    if (pattern->shape.digits_min != 0) {
        return SORT_NUMBER;
    }
    return strcmp(pattern->name, "person_name") == 0  ? SORT_NAME
           : strcmp(pattern->name, "birth_date") == 0 ? SORT_DATE
                                                      : SORT_NONE;
}

static bool read_number(struct bytes text, unsigned letters, const char *separators,
                        struct value_piece *out) {
    struct masked_number number;
    if (!masked_number_parse(text, letters, separators, &number) || number.plus ||
        number.count > PIECE_SYMBOLS) {
        return false;
    }
    out->count = number.count;
    for (unsigned i = 0; i < number.count; i++) {
        out->symbols[i] = number.symbols[i] == '*' ? 0 : (uint8_t)number.symbols[i];
    }
    return true;
}

static bool read_name(struct bytes text, struct value_piece *out) {
    out->count = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t code;
        size_t mark = mask_mark_length(text.ptr + at, text.len - at);
        size_t used = utf8_decode(text.ptr + at, text.len - at, &code);
        bool letter = code == 'x' || code == 'X' || code == 'o' || code == 'O';
        if (out->count == PIECE_SYMBOLS || (mark == 0 && !letter && !utf8_is_han(code))) {
            return false;
        }
        out->symbols[out->count++] = mark != 0 || letter ? 0 : code;
        at += mark != 0 ? mark : used;
    }
    return out->count != 0;
}

static unsigned hidden_in(const struct value_piece *piece) {
    unsigned hidden = 0;
    for (unsigned i = 0; i < piece->count; i++) {
        hidden += piece->symbols[i] == 0;
    }
    return hidden;
}

bool value_piece_read(const struct pattern *pattern, unsigned kind, struct bytes text,
                      enum value_part part, struct value_piece *out) {
    enum { PART_MAX = 12 };
    bool ok = false;
    if (text.len == 0 || text.len > (size_t)4 * PIECE_SYMBOLS) {
        return false;
    }
    switch (sort_of(pattern)) {
    case SORT_NUMBER:
        ok = read_number(text, pattern->shape.letters_before, " -./()", out);
        break;
    case SORT_DATE:
        ok = read_number(text, 0, "-/. ", out);
        break;
    case SORT_NAME:
        ok = read_name(text, out);
        break;
    case SORT_NONE:
        break;
    }
    if (!ok) {
        return false;
    }
    unsigned hidden = hidden_in(out);
    out->pattern = pattern;
    out->kind = (uint8_t)kind;
    out->part = (uint8_t)(hidden == 0 ? part : PART_NONE);
    /* a value that hides nothing is a piece only where the column's name says so */
    return hidden != 0 ? hidden < out->count : part != PART_NONE && out->count <= PART_MAX;
}

/* ---- putting together ---- */

/* How long a value is of which one column holds the head and another one the tail. Cards: by the
 * first digits (American Express 15, Diners Club 14, the others 16). */
static unsigned whole_length(const struct value_piece *head) {
    const struct pattern *pattern = head->pattern;
    if (strcmp(pattern->name, "card_number") != 0) {
        return pattern->shape.letters_before + (unsigned)pattern->shape.digits_max;
    }
    uint32_t second = head->count > 1 ? head->symbols[1] : 0;
    if (head->symbols[0] == '3' && second != '5') {
        return second == '4' || second == '7' ? 15 : 14;
    }
    return 16;
}

/* Put the symbols of PIECE into their places among LENGTH; false where they do not fit. */
static bool place(const struct value_piece *piece, unsigned length, uint32_t out[PIECE_SYMBOLS]) {
    memset(out, 0, PIECE_SYMBOLS * sizeof *out);
    if (piece->count > length || length > PIECE_SYMBOLS ||
        (piece->part == PART_NONE && piece->count != length)) {
        return false;
    }
    unsigned from = piece->part == PART_TAIL ? length - piece->count : 0;
    memcpy(out + from, piece->symbols, piece->count * sizeof *out);
    return true;
}

/* The length of the value that both are pieces of; 0 = they do not go together. */
static unsigned common_length(const struct value_piece *a, const struct value_piece *b) {
    if (a->part == PART_NONE || b->part == PART_NONE) {
        return a->part == PART_NONE ? a->count : b->count;
    }
    if (a->part == b->part) {
        return 0;
    }
    unsigned length = whole_length(a->part == PART_HEAD ? a : b);
    return length >= (unsigned)a->count + b->count ? length : 0;
}

static enum pieces_result judge(const struct pattern *pattern, const uint32_t *symbols,
                                unsigned length, const struct mask_policy *policy,
                                uint64_t *residual) {
    uint8_t text[4 * PIECE_SYMBOLS];
    struct reading reading;
    struct value value = {.text = {text, 0}, .ascii = true, .named = true};
    for (unsigned i = 0; i < length; i++) {
        value.ascii &= symbols[i] < 0x80;
        value.text.len += utf8_encode(symbols[i] == 0 ? '*' : symbols[i], text + value.text.len);
    }
    if (pattern_read(pattern, &value, policy, &reading) != READ_YES) {
        return PIECES_DISAGREE;
    }
    *residual = reading.state == STATE_WEAK ? reading.residual : 0;
    return reading.state == STATE_CLEAR  ? PIECES_SHOW_ALL
           : reading.state == STATE_WEAK ? PIECES_NARROW
                                         : PIECES_SAY_NOTHING;
}

static enum pieces_result join_as(const struct value_piece *as, const struct value_piece *a,
                                  const struct value_piece *b, const struct mask_policy *policies,
                                  uint64_t *residual) {
    uint32_t x[PIECE_SYMBOLS], y[PIECE_SYMBOLS];
    unsigned length = common_length(a, b), only_x = 0, only_y = 0;
    *residual = 0;
    if (length == 0 || !place(a, length, x) || !place(b, length, y)) {
        return PIECES_SAY_NOTHING;
    }
    for (unsigned i = 0; i < length; i++) {
        if (x[i] != 0 && y[i] != 0 && x[i] != y[i]) {
            return PIECES_DISAGREE;
        }
        only_x += x[i] != 0 && y[i] == 0;
        only_y += y[i] != 0 && x[i] == 0;
        x[i] = x[i] != 0 ? x[i] : y[i];
    }
    return only_x == 0 || only_y == 0
               ? PIECES_SAY_NOTHING
               : judge(as->pattern, x, length, &policies[as->kind], residual);
}

/* A masked number can be of several kinds (phone_mobile, phone_landline); only the whole tells. */
static bool related(const struct pattern *x, const struct pattern *y) {
    bool numbers = x->shape.digits_min != 0 && y->shape.digits_min != 0;
    bool letters = (x->shape.letters_before == 0) == (y->shape.letters_before == 0);
    return x == y || (numbers && letters && x->legal == y->legal);
}

enum pieces_result value_pieces_join(const struct value_piece *a, const struct value_piece *b,
                                     const struct mask_policy *policies, unsigned *kind_out,
                                     uint64_t *residual) {
    *kind_out = a->kind;
    *residual = 0;
    if (!related(a->pattern, b->pattern)) {
        return PIECES_SAY_NOTHING;
    }
    enum pieces_result result = join_as(a, a, b, policies, residual);
    if (result != PIECES_DISAGREE || a->kind == b->kind) {
        return result;
    }
    *kind_out = b->kind;
    return join_as(b, a, b, policies, residual);
}
