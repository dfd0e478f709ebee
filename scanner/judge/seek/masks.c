/* Masks that may be of the values: every character they show must be that of the value in its
 * place. So may be masks of other people's values; how many fit is told where it is known. */
#include "core/utf8.h"
#include "judge/seek/view.h"
#include "patterns/mask_marks.h"

enum { NUMBER_SHOWN_MIN = 3, TEXT_SHOWN_MIN = 3, MAIL_SHOWN_MIN = 1, PART_MIN = 3, PART_MAX = 8 };

/* ---- numbers ---- */

/* +886 912***678 as 0912***678. */
static bool with_trunk_zero(struct masked_number *number) {
    enum { COUNTRY = 3 };
    if (number->count < COUNTRY || memcmp(number->symbols, "886", COUNTRY) != 0 ||
        number->head < COUNTRY) {
        return false;
    }
    memmove(number->symbols + 1, number->symbols + COUNTRY, number->count - (size_t)COUNTRY);
    number->symbols[0] = '0';
    number->count = (uint8_t)(number->count - COUNTRY + 1);
    number->head = (uint8_t)(number->head - COUNTRY + 1);
    number->plus = false;
    return true;
}

static bool number_fits(const struct sought_value *value, struct bytes text) {
    struct masked_number number;
    unsigned letters = value->letter_count, length = letters + value->digit_count, shown = 0;
    if (length > MASKED_NUMBER_MAX || !masked_number_parse(text, letters, " -./()", &number) ||
        number.hidden == 0) {
        return false;
    }
    if (number.plus && !(value->trunk_zero && with_trunk_zero(&number))) {
        return false;
    }
    if (!masked_number_fit(&number, length)) {
        return false;
    }
    for (unsigned i = 0; i < length; i++) {
        uint8_t c = i < letters ? value->letters[i] : value->digits[i - letters];
        if (number.symbols[i] != '*' && number.symbols[i] != (char)c) {
            return false;
        }
        shown += number.symbols[i] != '*';
    }
    return shown >= NUMBER_SHOWN_MIN;
}

/* A column that holds the first or the last digits. */
static bool part_fits(const struct sought_value *value, struct bytes text, enum value_part part) {
    if (text.len < PART_MIN || text.len > PART_MAX || text.len >= value->digit_count) {
        return false;
    }
    size_t from = part == PART_HEAD ? 0 : value->digit_count - text.len;
    return memcmp(value->digits + from, text.ptr, text.len) == 0;
}

/* ---- texts ---- */

/* Length of what stands for hidden characters at P. */
static size_t mark_at(struct bytes text, size_t at) {
    return mask_mark_length(text.ptr + at, text.len - at);
}

/* A name: character by character, for masks of names are as long as the names. */
static bool name_fits(struct bytes name, struct bytes text) {
    size_t shown = 0, hidden = 0, n = 0, t = 0;
    while (n < name.len && t < text.len) {
        uint32_t of_name, of_text;
        size_t used = utf8_decode(name.ptr + n, name.len - n, &of_name);
        size_t mark = mark_at(text, t), wide = utf8_decode(text.ptr + t, text.len - t, &of_text);
        bool letter = of_text == 'x' || of_text == 'X' || of_text == 'o' || of_text == 'O';
        if (mark == 0 && !letter && of_text != of_name) {
            return false;
        }
        hidden += mark != 0 || letter;
        shown += mark == 0 && !letter;
        n += used;
        t += mark != 0 ? mark : wide;
    }
    return n == name.len && t == text.len && shown != 0 && hidden != 0;
}

/* TEXT, in which a run of marks stands for any characters, and VALUE (lower case where LOWER). */
static bool pattern_fits(struct bytes text, struct bytes value, size_t shown_min) {
    size_t t = 0, v = 0, shown = 0, run = SIZE_MAX, tried = 0;
    while (v < value.len) {
        size_t mark = t < text.len ? mark_at(text, t) : 0;
        if (mark != 0) {
            t += mark;
            run = t;
            tried = v;
        } else if (t < text.len && byte_lower(text.ptr[t]) == byte_lower(value.ptr[v])) {
            t++;
            v++;
        } else if (run != SIZE_MAX) {
            t = run;
            v = ++tried;
        } else {
            return false;
        }
    }
    while (t < text.len && mark_at(text, t) != 0) {
        t += mark_at(text, t);
    }
    for (size_t i = 0; i < text.len && text.ptr[i] != '@';) {
        size_t mark = mark_at(text, i);
        shown += mark == 0;
        i += mark != 0 ? mark : 1;
    }
    return t == text.len && run != SIZE_MAX && shown >= shown_min;
}

static bool text_fits(const struct sought_value *value, struct bytes text, kind_set kinds) {
    bool is_name = strcmp(value->pattern->name, "person_name") == 0;
    if ((kinds >> value->kind & 1) == 0 || !mask_marks_in(text)) {
        return false;
    }
    for (unsigned i = 0; i < value->text_count; i++) {
        struct bytes writing = bytes_of(value->texts[i], value->text_len[i]);
        if (is_name ? name_fits(writing, text)
                    : pattern_fits(text, writing, (size_t)TEXT_SHOWN_MIN * 3)) {
            return true;
        }
    }
    return false;
}

static bool mail_fits(const struct sought_value *value, struct bytes text) {
    return memchr(text.ptr, '@', text.len) != NULL && mask_marks_in(text) &&
           pattern_fits(text, bytes_of(value->texts[0], value->text_len[0]), MAIL_SHOWN_MIN);
}

/* ---- all ---- */

/* Does the kind itself take it for a mask? It also tells how many values fit. */
static bool is_mask(const struct sought *sought, const struct sought_value *value,
                    struct bytes text, struct seek_place *place) {
    struct reading reading;
    struct value read = {.text = text, .ascii = true, .named = true};
    for (size_t i = 0; i < text.len; i++) {
        read.ascii &= text.ptr[i] < 0x80;
    }
    if (pattern_read(value->pattern, &read, &sought_policies(sought)[value->kind], &reading) !=
            READ_YES ||
        (reading.state != STATE_WEAK && reading.state != STATE_MASKED)) {
        return false;
    }
    place->state = reading.state;
    place->candidates = reading.residual;
    return true;
}

void seek_mask(const struct seek_view *view, struct bytes text, kind_set kinds,
               enum value_part part, struct seek_place *place) {
    const struct sought *sought = view->seeking->sought;
    place->sort = FOUND_COULD_BE;
    place->shown = text;
    for (unsigned i = 0; i < sought_count(sought); i++) {
        const struct sought_value *value = sought_value_at(sought, i);
        bool fits = false, is_part = false;
        switch (value->form) {
        case SOUGHT_NUMBER:
            is_part = part != PART_NONE && (kinds >> value->kind & 1) != 0 &&
                      part_fits(value, text, part);
            fits = is_part || number_fits(value, text);
            break;
        case SOUGHT_MAIL:
            fits = mail_fits(value, text);
            break;
        case SOUGHT_TEXT:
            fits = text_fits(value, text, kinds);
            break;
        }
        if (fits && (is_part || is_mask(sought, value, text, place))) {
            place->identifier = i;
            place->state = is_part ? STATE_MASKED : place->state;
            place->candidates = is_part ? 0 : place->candidates;
            seek_tell(view, place);
        }
    }
}
