#include "patterns/id_number.h"

#include <assert.h>

#include "patterns/digits.h"
#include "patterns/mask_marks.h"
#include "patterns/number_form.h"

enum { LENGTH = 10, DUMMIES_MAX = 16 };

/* What each letter adds to the sum, modulo ten. County codes: A 10 … H 17, I 34, J 18 … N 22, O 35,
 * P 23 … V 29, W 32, X 30, Y 31, Z 33; retired letters (L R S Y) stay valid for life. */
static const uint8_t letter_value[26] = {
    1, 0, 9, 8, 7, 6, 5, 4, 9, 3, 2, 2, 1, /* A-M */
    0, 8, 9, 8, 7, 6, 5, 4, 3, 1, 3, 2, 0, /* N-Z */
};
static const uint8_t weights[LENGTH] = {1, 8, 7, 6, 5, 4, 3, 2, 1, 1};

static bool class_fits(const struct id_family *family, uint8_t c) {
    return c >= (uint8_t)family->first_class && c <= (uint8_t)family->last_class;
}

/* P: letter and class in upper case, then eight bytes of anything. -1 = not digits, else the sum
 * modulo ten. */
static int check_sum(const struct id_family *family, const uint8_t *p) {
    uint64_t word = digits_load8(p + 1) & ~UINT64_C(0xFF);
    word |= (uint64_t)('0' + family->class_value + (p[1] - (uint8_t)family->first_class));
    if (!digits_are8(word) || !byte_is_digit(p[9])) {
        return -1;
    }
    unsigned sum = letter_value[p[0] - 'A'] + digits_weigh8(word) + (unsigned)(p[9] - '0');
    return (int)(sum % 10);
}

bool id_number_valid(const struct id_family *family, const uint8_t *text) {
    return (uint8_t)(text[0] - 'A') < 26 && class_fits(family, text[1]) &&
           check_sum(family, text) == 0;
}

/* Known dummies rise, fall or stand still; most real numbers are told from them by three digits. */
static bool is_dummy(const struct id_family *family, const uint8_t *p) {
    if ((uint8_t)(p[5] - p[4]) != (uint8_t)(p[6] - p[5])) {
        return false;
    }
    for (const char *const *tail = family->dummy_tails; *tail != NULL; tail++) {
        if (memcmp(p + 2, *tail, LENGTH - 2) == 0) {
            return true;
        }
    }
    return false;
}

/* NORMAL: ten characters in upper case of which the first two fit. */
static enum read_result judge_clear(const struct id_family *family, struct bytes normal,
                                    struct reading *out) {
    int sum = check_sum(family, normal.ptr);
    if (sum < 0) {
        return READ_NO;
    }
    if (is_dummy(family, normal.ptr)) {
        return reading_clear(out, EVIDENCE_DUMMY | (sum == 0 ? EVIDENCE_CHECKSUM : 0U), normal);
    }
    return sum == 0 ? reading_clear(out, EVIDENCE_CHECKSUM, normal) : READ_SHAPED;
}

/* ---- hidden characters ---- */

/* Ways to fill place I of SYMBOLS, by what they add to the sum modulo ten. */
static void place_choices(const struct id_family *family, const char *symbols, unsigned i,
                          uint8_t choices[10]) {
    memset(choices, 0, 10);
    for (unsigned v = 0; v < 26; v++) {
        unsigned add;
        if (i == 0) {
            add = letter_value[v];
        } else if (i == 1) {
            if (v > (unsigned)(family->last_class - family->first_class)) {
                break;
            }
            add = family->class_value + v;
        } else if (v < 10) {
            add = v;
        } else {
            break;
        }
        char written = (char)(i == 0   ? 'A' + (int)v
                              : i == 1 ? family->first_class + (int)v
                                       : '0' + (int)v);
        if (symbols[i] == '*' || symbols[i] == written) {
            choices[add * weights[i] % 10]++;
        }
    }
}

/* Ways to fill place I, whatever they add. */
static uint64_t place_count(const struct id_family *family, const char *symbols, unsigned i) {
    if (symbols[i] != '*') {
        return 1;
    }
    return i == 0 ? 26 : i == 1 ? (uint64_t)(family->last_class - family->first_class) + 1 : 10;
}

/* Place by place: in how many ways can each sum be reached? */
static uint64_t count_sums(const struct id_family *family, const char *symbols) {
    uint64_t ways[10] = {1};
    for (unsigned i = 0; i < LENGTH; i++) {
        uint8_t choices[10];
        uint64_t next[10] = {0};
        place_choices(family, symbols, i, choices);
        for (unsigned add = 0; add < 10; add++) {
            for (unsigned sum = 0; choices[add] != 0 && sum < 10; sum++) {
                next[(sum + add) % 10] += ways[sum] * choices[add];
            }
        }
        memcpy(ways, next, sizeof ways);
    }
    return ways[0];
}

/* A hidden place whose weight has an inverse modulo ten spreads the sum evenly: then one in ten of
 * all fillings is valid. */
uint64_t id_number_residual(const struct id_family *family, const char *symbols) {
    uint64_t total = 1;
    bool even = false;
    for (unsigned i = 0; i < LENGTH; i++) {
        total *= place_count(family, symbols, i);
        even |= i >= 2 && symbols[i] == '*' && weights[i] % 2 != 0 && weights[i] != 5;
    }
    return even ? total / 10 : count_sums(family, symbols);
}

static enum read_result read_hidden(const struct id_family *family, struct masked_number *number,
                                    const struct value *value, const struct mask_policy *policy,
                                    struct reading *out) {
    bool right_length = number->count == LENGTH;
    if (number->count < 6 || number->count > 14 || !masked_number_fit(number, LENGTH)) {
        return READ_NO;
    }
    const char *symbols = number->symbols;
    bool letter = (uint8_t)(symbols[0] - 'A') < 26;
    if ((symbols[0] != '*' && !letter) ||
        (symbols[1] != '*' && !class_fits(family, (uint8_t)symbols[1]))) {
        return READ_NO;
    }
    uint64_t residual = id_number_residual(family, symbols);
    if (residual == 0) {
        return READ_SHAPED;
    }
    bool well_hidden = number->hidden >= policy->min_hidden && residual >= policy->min_residual;
    /* One letter in front and nine places is how an ID is masked, not how a number is; sdXXXXXXXX
     * is how a manual writes any number. */
    bool digit = number->tail != 0 || number->head > 2;
    uint32_t evidence = letter && right_length && digit ? EVIDENCE_MASK_FORM : 0;
    reading_hidden(out, well_hidden ? STATE_MASKED : STATE_WEAK, evidence, residual, value->text,
                   number->form, number->form_len);
    out->fits_others = symbols[1] == '*'; /* the class alone tells the kinds of ID numbers apart */
    return READ_YES;
}

/* A-123456789, A12-3456789, A1 2345 6789, A123 456 789, A1234 56789 …: no group of one or two
 * digits but the first, as in e8 00 00 00 00. */
static bool usual_groups(const struct masked_number *number) {
    static const uint32_t usual[] = {1U << 1,
                                     1U << 2,
                                     1U << 3,
                                     1U << 4,
                                     1U << 5,
                                     1U << 6,
                                     1U << 7,
                                     1U << 1 | 1U << 4,
                                     1U << 1 | 1U << 5,
                                     1U << 2 | 1U << 6,
                                     1U << 3 | 1U << 6,
                                     1U << 4 | 1U << 7,
                                     1U << 1 | 1U << 4 | 1U << 7};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        if (number->breaks == usual[i]) {
            return true;
        }
    }
    return number->breaks == 0;
}

/* Written with separators, or with characters hidden. */
static enum read_result read_slowly(const struct id_family *family, const struct value *value,
                                    const struct mask_policy *policy, struct reading *out) {
    struct masked_number number;
    if (value->text.len < 2 || value->text.len > 48 ||
        !masked_number_parse(value->text, family->letters, " -", &number)) {
        return reading_without_shape(value, out);
    }
    if (number.hidden == number.count) {
        return reading_without_shape(value, out);
    }
    if (number.hidden != 0) {
        return read_hidden(family, &number, value, policy, out);
    }
    /* AB-12345678 is how electronic invoices are numbered */
    bool invoice = family->letters == 2 && (number.breaks & 4) != 0;
    uint8_t *normal = out->normal_buffer;
    if (number.count != LENGTH || invoice || (!value->named && !usual_groups(&number))) {
        return READ_NO;
    }
    memcpy(normal, number.symbols, LENGTH);
    if ((uint8_t)(normal[0] - 'A') >= 26 || !class_fits(family, normal[1])) {
        return READ_NO;
    }
    return judge_clear(family, bytes_of(normal, LENGTH), out);
}

enum read_result id_number_read(const struct id_family *family, const struct value *value,
                                const struct mask_policy *policy, struct reading *out) {
    const uint8_t *p = value->text.ptr;
    if (value->text.len == LENGTH && byte_is_letter(p[0]) && class_fits(family, byte_upper(p[1])) &&
        byte_is_digit(p[2]) && byte_is_digit(p[9])) {
        struct bytes normal = value->text;
        if (p[0] >= 'a' || p[1] >= 'a') {
            memcpy(out->normal_buffer, p, LENGTH);
            out->normal_buffer[0] = byte_upper(p[0]);
            out->normal_buffer[1] = byte_upper(p[1]);
            normal.ptr = out->normal_buffer;
        }
        enum read_result result = judge_clear(family, normal, out);
        if (result != READ_NO) {
            return result;
        }
    }
    return read_slowly(family, value, policy, out);
}

/* All of the family but its dummies, whose words go to NEVER. */
static struct number_form form_of(const struct id_family *family, uint64_t never[DUMMIES_MAX]) {
    struct number_form form = {.length = LENGTH,
                               .start = (uint16_t)(weights[1] * family->class_value),
                               .mapped = 1U << 0,
                               .never = never,
                               .never_mask = UINT64_MAX,
                               .never_at = 2};
    for (unsigned i = 0; i < NUMBER_FORM_PLACES; i++) {
        form.low[i] = i < LENGTH ? '0' : 0;
        form.span[i] = i < LENGTH ? 9 : UINT8_MAX;
        form.weight[i] = i < LENGTH ? weights[i] : 0;
    }
    form.low[0] = 'A';
    form.span[0] = 'Z' - 'A';
    form.low[1] = (uint8_t)family->first_class;
    form.span[1] = (uint8_t)(family->last_class - family->first_class);
    memcpy(form.map, letter_value, sizeof letter_value);
    for (; family->dummy_tails[form.never_count] != NULL; form.never_count++) {
        assert(form.never_count < DUMMIES_MAX);
        memcpy(&never[form.never_count], family->dummy_tails[form.never_count], sizeof *never);
    }
    return form;
}

void id_number_read_plain(const struct id_family *family, struct value_column *column) {
    uint64_t never[DUMMIES_MAX];
    struct number_form form = form_of(family, never);
    size_t taken =
        number_form_take(column->isa, &form, column->at, column->len, column->count, column->plain);
    for (size_t i = 0; taken < column->count && i < column->count; i++) {
        const uint8_t *p = column->at[i];
        column->plain[i] =
            column->plain[i] || (column->len[i] == LENGTH && id_number_valid(family, p) &&
                                 byte_is_digit(p[2]) && !is_dummy(family, p));
    }
}

void id_number_show(struct bytes text, struct text_buffer *out) {
    struct masked_number number;
    if (text.len > 48 || !masked_number_parse(text, 2, " -", &number) || number.count < 4 ||
        !masked_number_fit(&number, LENGTH)) {
        text_buffer_puts(out, "***");
        return;
    }
    memset(number.symbols + 3, '*', 4);
    text_buffer_put(out, bytes_of(number.symbols, LENGTH));
}
