/* Names are data too: a file may be called A123456789_王小明.pdf. Short texts, so plain loops over
 * the kinds do; nothing here is shared with the hot path. */
#include "core/utf8.h"
#include "match/match.h"

enum { RUN_MAX = 64, RUN_MIN = 8, LETTERS_MOST = 3 };

static bool is_mark_or_alnum(uint8_t c) {
    return byte_is_alnum(c) || c == '*' || c == '#';
}

static bool in_run(uint8_t c) {
    return is_mark_or_alnum(c) || c == '-' || c == ' ' || c == '+' || c == '(' || c == ')';
}

static size_t letters_and_digits(struct bytes text, size_t *digits) {
    size_t letters = 0;
    *digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        letters += byte_is_letter(text.ptr[i]) && (text.ptr[i] | 0x20) != 'x';
        *digits += byte_is_digit(text.ptr[i]) || (text.ptr[i] | 0x20) == 'x' || text.ptr[i] == '*';
    }
    return letters;
}

/* What may begin a value, in half width, with hyphens for the signs that names have between numbers
 * where people write hyphens: 0912.345.678, 0912_345_678, 0912－345－678. */
struct name_run {
    uint8_t text[RUN_MAX];
    size_t len;
    size_t behind[RUN_MAX]; /* where each character ends in the name */
    size_t first_sign;      /* the first of such signs; len: none */
};

/* The character at AT as one byte, in *used bytes; 0: it belongs to no number. */
static uint8_t run_character(struct bytes text, size_t at, size_t *used, bool *sign) {
    uint8_t c = text.ptr[at], folded[4];
    *sign = c == '.' || c == '_';
    *used = 1;
    if (c >= 0x80) {
        uint32_t code;
        *used = utf8_decode(text.ptr + at, text.len - at, &code);
        size_t len = code == UINT32_MAX || *used > 3
                         ? 0
                         : utf8_fold_width(bytes_of(text.ptr + at, *used), folded);
        c = len == 1 ? folded[0] : 0;
    }
    return *sign ? '-' : c != 0 && in_run(c) ? c : 0;
}

static void read_run(struct bytes text, size_t at, struct name_run *run) {
    run->len = 0;
    run->first_sign = RUN_MAX;
    while (at < text.len && run->len < RUN_MAX) {
        size_t used;
        bool sign;
        uint8_t c = run_character(text, at, &used, &sign);
        if (c == 0) {
            break;
        }
        run->first_sign = sign && run->first_sign == RUN_MAX ? run->len : run->first_sign;
        at += used;
        run->behind[run->len] = at;
        run->text[run->len++] = c;
    }
}

/* Dots and underscores stand between all kinds of numbers in names (app_09_20251122.log): what they
 * part must be checked, or have the groups of a mobile number. */
static bool stands_signs(struct bytes text, const struct reading *reading) {
    return (reading->evidence & EVIDENCE_CHECKSUM) != 0 ||
           (text.len > 4 && text.ptr[0] == '0' && text.ptr[1] == '9' && text.ptr[4] == '-');
}

/* A kind that proves itself and takes the whole of TEXT in clear or weakly hidden, or NULL. SIGNS:
 * it is parted by some. */
static const struct pattern *proven_kind(kind_list kinds, struct bytes text, bool signs) {
    size_t digits, letters = letters_and_digits(text, &digits);
    struct value value = {.text = text, .ascii = true};
    struct reading reading;
    for (size_t kind = 0; kinds[kind] != NULL; kind++) {
        const struct pattern *pattern = kinds[kind];
        if (pattern->own == NULL && pattern->proves_itself && pattern->shape.digits_min != 0 &&
            digits != 0 && digits + letters >= pattern->shape.digits_min &&
            letters <= LETTERS_MOST &&
            pattern->read(&value, &pattern->policy, &reading) == READ_YES &&
            (reading.state == STATE_CLEAR || reading.state == STATE_WEAK) &&
            (!signs || stands_signs(text, &reading))) {
            return pattern;
        }
    }
    return NULL;
}

/* What every number holds at least one of: a digit, or a mark of a hidden one. */
static bool may_hold_number(struct bytes text) {
    for (size_t i = 0; i < text.len; i++) {
        if (byte_is_digit(text.ptr[i]) || text.ptr[i] == 0xEF ||
            /* full width */ (text.ptr[i] | 0x20) == 'x' || text.ptr[i] == '*') {
            return true;
        }
    }
    return false;
}

/* Does one thing end and another begin before AT? Names are put together without marks between what
 * they are made of: scanA123456789.pdf, phone0912345678.csv, 0912345678wang.vcf. */
static bool parts_before(struct bytes text, size_t at) {
    if (at == 0 || at >= text.len) {
        return true;
    }
    uint8_t before = text.ptr[at - 1], behind = text.ptr[at];
    if (!byte_is_alnum(before) || !byte_is_alnum(behind)) {
        return true;
    }
    if (byte_is_letter(before) != byte_is_letter(behind)) {
        return true;
    }
    size_t digit = at; /* one letter of the number or two, as old numbers of residents have */
    while (digit < text.len && digit < at + 2 && byte_is_letter(text.ptr[digit])) {
        digit++;
    }
    return digit > at && digit < text.len && byte_is_digit(text.ptr[digit]);
}

/* The longest value that begins at AT, in half width as what *run begins with; 0 = none. */
static size_t number_at(kind_list kinds, struct bytes text, size_t at, struct name_run *run,
                        const struct pattern **out) {
    run->len = 0;
    if (!parts_before(text, at) || text.ptr[at] == ' ') {
        return 0;
    }
    read_run(text, at, run);
    for (; run->len >= RUN_MIN; run->len--) {
        size_t end = run->behind[run->len - 1];
        if (parts_before(text, end) && is_mark_or_alnum(run->text[run->len - 1])) {
            *out = proven_kind(kinds, bytes_of(run->text, run->len), run->first_sign < run->len);
            if (*out != NULL) {
                return end - at;
            }
        }
    }
    return 0;
}

/* A value around an anchor that begins at AT ('@' and county names); 0 = none. */
static size_t anchored_at(kind_list kinds, struct bytes text, size_t at, bool has_sign,
                          const struct pattern **out) {
    for (size_t kind = 0; kinds[kind] != NULL; kind++) {
        const struct pattern *pattern = kinds[kind];
        if (pattern->extent == NULL || !pattern->proves_itself) {
            continue;
        }
        size_t begin, end;
        for (size_t i = 0; pattern->anchors != NULL && pattern->anchors[i] != NULL; i++) {
            if ((uint8_t)pattern->anchors[i][0] != text.ptr[at]) {
                continue;
            }
            struct bytes anchor = bytes_of_string(pattern->anchors[i]);
            if (bytes_starts_with(bytes_from(text, at), anchor) &&
                pattern->extent(text, at, &begin, &end) && begin == at) {
                *out = pattern;
                return end - at;
            }
        }
        for (size_t sign = at;
             has_sign && pattern->anchor_byte != 0 && sign < text.len && sign - at < RUN_MAX;
             sign++) {
            if (text.ptr[sign] == pattern->anchor_byte &&
                pattern->extent(text, sign, &begin, &end) && begin == at) {
                *out = pattern;
                return end - at;
            }
        }
    }
    return 0;
}

/* Does ROW, a kind of the user's own, take the whole of TEXT, and does something prove it? */
static bool own_kind_takes(const struct pattern *row, struct bytes text) {
    struct value value = {.text = text, .ascii = true};
    struct reading reading;
    for (size_t i = 0; value.ascii && i < text.len; i++) {
        value.ascii = text.ptr[i] < 0x80;
    }
    return pattern_read(row, &value, &row->policy, &reading) == READ_YES &&
           reading.state == STATE_CLEAR &&
           (row->proves_itself || (reading.evidence & EVIDENCE_CHECKSUM) != 0);
}

/* The longest value of an own kind that begins at AT and stands alone; 0 = none. */
static size_t own_value_at(kind_list kinds, struct bytes text, size_t at,
                           const struct pattern **out) {
    if (at > 0 && byte_is_alnum(text.ptr[at - 1])) {
        return 0;
    }
    size_t most = text.len - at < RUN_MAX ? text.len - at : RUN_MAX;
    for (size_t len = most; len > 0; len--) {
        if (at + len < text.len && byte_is_alnum(text.ptr[at + len]) &&
            byte_is_alnum(text.ptr[at + len - 1])) {
            continue;
        }
        for (size_t kind = 0; kinds[kind] != NULL; kind++) {
            if (kinds[kind]->own != NULL &&
                own_kind_takes(kinds[kind], bytes_of(text.ptr + at, len))) {
                *out = kinds[kind];
                return len;
            }
        }
    }
    return 0;
}

static bool has_own_kinds(kind_list kinds) {
    size_t kind = 0;
    while (kinds[kind] != NULL && kinds[kind]->own == NULL) {
        kind++;
    }
    return kinds[kind] != NULL;
}

static size_t put_character(struct bytes text, size_t at, struct text_buffer *out) {
    uint32_t code;
    size_t used = utf8_decode(text.ptr + at, text.len - at, &code);
    bool control = code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 ||
                   code == 0x2029 || (code >= 0x202A && code <= 0x202E) ||
                   (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
    if (code == UINT32_MAX) {
        text_buffer_printf(out, "\\x%02X", text.ptr[at]);
    } else if (control) {
        text_buffer_printf(out, "\\u%04X", (unsigned)code);
    } else {
        text_buffer_put(out, bytes_of(text.ptr + at, used));
    }
    return used;
}

/* How far TEXT from AT on holds no number of KINDS: plain characters, and between what no number
 * goes over, fewer digits or marks of hidden ones than LEAST. AT stands behind such a character. */
static size_t plain_end(struct bytes text, size_t at, size_t least) {
    size_t end = at, digits = 0;
    for (; at < text.len; at++) {
        const uint8_t c = text.ptr[at];
        if (c < 0x20 || c >= 0x7F) {
            return end;
        }
        if (!in_run(c) && c != '.' && c != '_') {
            end = at + 1;
            digits = 0;
        } else {
            digits += byte_is_digit(c) || c == '*' || (c | 0x20) == 'x';
            if (digits == least) {
                return end;
            }
        }
    }
    return at;
}

/* The fewest digits, or marks of hidden ones, that a number of KINDS has; proven_kind asks so. */
static size_t least_digits(kind_list kinds) {
    size_t least = RUN_MIN;
    for (size_t kind = 0; kinds[kind] != NULL; kind++) {
        const size_t digits = kinds[kind]->shape.digits_min;
        least = kinds[kind]->proves_itself && digits != 0 && digits < least ? digits : least;
    }
    return least > LETTERS_MOST ? least - LETTERS_MOST : 1;
}

void conceal(kind_list kinds, struct bytes text, struct text_buffer *out) {
    const bool own = has_own_kinds(kinds);
    const bool has_sign = text.len != 0 && memchr(text.ptr, '@', text.len) != NULL;
    const size_t least = own || has_sign ? 0 : least_digits(kinds);
    size_t plain = least == 0 ? 0 : plain_end(text, 0, least);
    text_buffer_put(out, bytes_first(text, plain));
    const bool numbers = plain < text.len && may_hold_number(text);
    for (size_t at = plain; at < text.len;) {
        const struct pattern *pattern = NULL;
        struct name_run run;
        size_t length = numbers ? number_at(kinds, text, at, &run, &pattern) : 0;
        struct bytes value = bytes_of(run.text, length == 0 ? 0 : run.len);
        if (length == 0 && (has_sign || text.ptr[at] >= 0x80)) {
            length = anchored_at(kinds, text, at, has_sign, &pattern);
        }
        if (length == 0 && own) {
            length = own_value_at(kinds, text, at, &pattern);
        }
        if (length != 0) {
            value = value.len != 0 ? value : bytes_of(text.ptr + at, length);
            pattern_show(pattern, value, out);
            at += length;
        } else {
            at += put_character(text, at, out);
        }
    }
}
