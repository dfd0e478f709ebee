#include "patterns/mask_marks.h"

#include "patterns/cipher_text.h"

size_t mask_mark_length(const uint8_t *p, size_t left) {
    if (p[0] < 0x80) {
        return p[0] == '*' || p[0] == '#';
    }
    if (p[0] == 0xC3) {
        return left >= 2 && p[1] == 0x97 ? 2 : 0; /* × */
    }
    if (left < 3) {
        return 0;
    }
    if (p[0] == 0xE2) {
        switch (p[1] << 8 | p[2]) {
        case 0x978B: /* ○ */
        case 0x978F: /* ● */
        case 0x97AF: /* ◯ */
        case 0x978E: /* ◎ */
        case 0x80A2: /* • */
        case 0x80A6: /* … */
        case 0x9687: /* ▇ */
        case 0x9688: /* █ */
        case 0x96A0: /* ■ */
        case 0x96A1: /* □ */
            return 3;
        default:
            return 0;
        }
    }
    if (p[0] == 0xE3) {
        return p[1] == 0x80 && p[2] == 0x87 ? 3 : 0; /* 〇 */
    }
    /* ＊ and ＃, for texts that were not folded to half width (names of files and columns) */
    return p[0] == 0xEF && p[1] == 0xBC && (p[2] == 0x8A || p[2] == 0x83) ? 3 : 0;
}

bool mask_marks_in(struct bytes text) {
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.ptr[i];
        /* the lead bytes of the marks; Han characters begin with E3 (rarely) to E9 */
        if ((c == '*' || c == '#' || c == 0xC3 || c == 0xE2 || c == 0xE3 || c == 0xEF) &&
            mask_mark_length(text.ptr + i, text.len - i) != 0) {
            return true;
        }
    }
    return false;
}

static bool is_separator(uint8_t c) {
    return c == '-' || c == ' ' || c == '/' || c == '.' || c == '(' || c == ')' || c == '@';
}

/* Words that redaction tools leave: [REDACTED], <PERSON>, [TW_ID_1], [已遮蔽身分證字號]. */
static bool is_redaction(struct bytes text) {
    static const char *const words[] = {"遮蔽", "隱藏", "已遮罩", "去識別", "已刪除"};
    enum { LEAST_BYTES = 4, BARE_MOST = 12, BRACKETED_MOST = 64 };
    if (text.len < LEAST_BYTES || text.len > BRACKETED_MOST) {
        return false;
    }
    uint8_t first = text.ptr[0], last = text.ptr[text.len - 1];
    bool bracketed = (first == '[' && last == ']') || (first == '<' && last == '>');
    if (!bracketed && (text.len > BARE_MOST || last < 0x80)) {
        return false; /* asked of nearly every value there is */
    }
    if (bracketed) {
        size_t plain = 1;
        while (plain + 1 < text.len && ((uint8_t)(text.ptr[plain] - 'A') < 26 ||
                                        byte_is_digit(text.ptr[plain]) || text.ptr[plain] == '_')) {
            plain++;
        }
        if (plain + 1 == text.len && !byte_is_digit(text.ptr[1])) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = bytes_find(text, bytes_of_string(words[i]));
        if (at != SIZE_MAX && (bracketed || at + strlen(words[i]) == text.len)) {
            return true;
        }
    }
    return false;
}

bool mask_hides_all(struct bytes text) {
    if (text.len == 0) {
        return false;
    }
    size_t signs = 0, letters = 0, at = 0;
    while (at < text.len) {
        uint8_t c = text.ptr[at];
        size_t mark = mask_mark_length(text.ptr + at, text.len - at);
        if (mark != 0) {
            signs++;
            at += mark;
        } else if ((c | 0x20) == 'x' || (c | 0x20) == 'o') {
            letters++;
            at++;
        } else if (is_separator(c)) {
            at++;
        } else {
            return is_redaction(text);
        }
    }
    return signs >= 2 || (signs == 0 && letters >= 3);
}

/* Length of the mark at AT in a number; letters stand for a hidden digit where no letter belongs.
 * A single O is a slip of the pen (0), two are a mask. */
static size_t number_mark(struct bytes text, size_t at) {
    uint8_t c = text.ptr[at];
    size_t mark = mask_mark_length(text.ptr + at, text.len - at);
    if (mark != 0 || (c | 0x20) == 'x') {
        return mark != 0 ? mark : 1;
    }
    if ((c | 0x20) == 'o') {
        bool before = at > 0 && text.ptr[at - 1] == c;
        bool after = at + 1 < text.len && text.ptr[at + 1] == c;
        return before || after;
    }
    return 0;
}

/* O******789: a mask is made of one mark, so the O is a letter. */
static bool is_other_mark(struct bytes text, size_t at, uint8_t mark) {
    uint8_t c = text.ptr[at] | 0x20;
    bool letter = (c == 'x' || c == 'o') && c != (mark | 0x20);
    return letter || mask_mark_length(text.ptr + at, text.len - at) != 0;
}

static bool add_symbol(struct masked_number *out, uint8_t symbol) {
    if (out->count == MASKED_NUMBER_MAX) {
        return false;
    }
    if (symbol == '*') {
        if (out->tail != 0 || out->hidden == 0) {
            out->runs++;
        }
        out->hidden++;
        out->tail = 0;
    } else {
        if (out->hidden == 0) {
            out->head++;
        }
        out->tail++;
    }
    out->symbols[out->count++] = (char)symbol;
    if (out->form_len < FORM_MAX) {
        out->form[out->form_len++] = symbol == '*' ? '*' : '#';
    }
    return true;
}

bool masked_number_parse(struct bytes text, unsigned letters, const char *separators,
                         struct masked_number *out) {
    out->count = out->hidden = out->head = out->tail = out->runs = out->form_len = 0;
    if (text.len > 2 && text.ptr[0] == '0' && (text.ptr[1] | 0x20) == 'x' &&
        byte_is_digit(text.ptr[2])) {
        return false; /* 0x921 */
    }
    out->plus = text.len > 0 && text.ptr[0] == '+';
    out->breaks = 0;
    unsigned gap = 0;
    for (size_t at = 0; at < text.len;) {
        uint8_t c = text.ptr[at];
        bool letter_place = out->count < letters && byte_is_letter(c) &&
                            (at + 1 == text.len || ((c | 0x20) != 'x' && (c | 0x20) != 'o') ||
                             byte_is_digit(text.ptr[at + 1]) || is_other_mark(text, at + 1, c));
        size_t mark = byte_is_digit(c) || letter_place ? 0 : number_mark(text, at);
        if (byte_is_digit(c) || letter_place || mark != 0) {
            if (gap != 0 && out->count != 0 && out->count < MASKED_NUMBER_MAX) {
                out->breaks |= UINT32_C(1) << out->count;
            }
            gap = 0;
            if (!add_symbol(out, mark != 0 ? (uint8_t)'*' : byte_upper(c))) {
                return false;
            }
            at += mark != 0 ? mark : 1;
            continue;
        }
        if (c == 0 || c >= 0x80 || strchr(separators, c) == NULL || ++gap > 2) {
            return false;
        }
        if (out->form_len < FORM_MAX) {
            out->form[out->form_len++] = (char)c;
        }
        at++;
    }
    out->head = out->hidden == 0 ? out->count : out->head;
    return out->count != 0 && (gap == 0 || text.ptr[text.len - 1] == ')');
}

bool masked_number_fit(struct masked_number *number, unsigned length) {
    if (number->count == length) {
        return true;
    }
    unsigned shown = (unsigned)number->head + number->tail;
    if (number->runs != 1 || shown >= length || length > MASKED_NUMBER_MAX) {
        return false;
    }
    memmove(number->symbols + (length - number->tail),
            number->symbols + (number->count - number->tail), number->tail);
    memset(number->symbols + number->head, '*', length - shown);
    number->count = (uint8_t)length;
    number->hidden = (uint8_t)(length - shown);
    number->breaks = 0;
    return true;
}

uint64_t power_of_ten(unsigned exponent) {
    uint64_t power = 1;
    for (unsigned i = 0; i < exponent && i < 18; i++) {
        power *= 10;
    }
    return power;
}

enum read_result reading_hidden(struct reading *out, enum mask_state state, uint32_t evidence,
                                uint64_t residual, struct bytes text, const char *form,
                                size_t form_len) {
    size_t len = form_len < FORM_MAX ? form_len : FORM_MAX;
    out->state = state;
    out->evidence = evidence;
    out->residual = residual;
    out->fits_others = false;
    out->normal = text;
    out->form_len = (uint8_t)len;
    memcpy(out->form, form, len);
    return READ_YES;
}

enum read_result reading_without_shape(const struct value *value, struct reading *out) {
    struct bytes text = value->text;
    if (mask_hides_all(text)) {
        /* one form for all of them but the shortest: the length of such a mask says nothing */
        return reading_hidden(out, STATE_MASKED, 0, 0, text, "***", 3);
    }
    if (cipher_text_is(text)) {
        return reading_hidden(out, STATE_ENCRYPTED, 0, 0, text, "", 0);
    }
    return READ_NO;
}

void form_run(struct form_writer *form, char run) {
    if (form->len < FORM_MAX && (form->len == 0 || form->text[form->len - 1] != run)) {
        form->text[form->len++] = run;
    }
}

void form_literal(struct form_writer *form, struct bytes character) {
    if (form->len + character.len <= FORM_MAX) {
        memcpy(form->text + form->len, character.ptr, character.len);
        form->len += character.len;
    }
}
