/* Landline (and VoIP, 070) numbers of Taiwan: area code and subscriber number. Ten bare digits that
 * begin with 02 may be anything, so a value without its field's word for it must be written as
 * people write telephone numbers: the area code set apart. Service numbers (0800, 0809, 0204, 0508)
 * are nobody's. Local numbers without an area code count only where the field's name tells. */
#include "patterns/digits.h"
#include "patterns/kinds/kinds.h"
#include "patterns/numbering_plan.h"
#include "patterns/phone_names.h"

enum { PLAIN_MAX = 24 }; /* bytes of a number as most are written */
_Static_assert((int)PLAIN_MAX < (int)MASKED_NUMBER_MAX, "its digits fit");

static const char separators[] = " -./()+";

/* Numbers of manuals and forms, by their last eight digits: LAST8, and the digits before. */
static bool is_dummy_behind(uint64_t last8, const char *before, size_t len) {
    enum { BITS = 4 };
    static const struct {
        uint64_t word;
        const char *fronts; /* each LEN bytes and a blank */
    } dummies[1U << BITS] = {
#define SLOT(word) DIGITS8_SLOT(word, UINT64_C(0xf2a74de452e6b439), BITS)
#define N(number, fronts) [SLOT(DIGITS8(number))] = {DIGITS8(number), fronts}
        N(12345678, "02 04"), N(23456789, "02 04"), N(22222222, "02"), N(87654321, "02"),
        N(12341234, "02"),    N(0, "02"),           N(71234567, "0"),  N(31234567, "0"),
#undef N
    };
    if (dummies[SLOT(last8)].word != last8) {
        return false;
    }
    const char *fronts = dummies[SLOT(last8)].fronts;
#undef SLOT
    size_t all = strlen(fronts);
    return (len == 1 && all == 1 && before[0] == '0') ||
           (len == 2 && ((all >= 2 && memcmp(before, fronts, 2) == 0) ||
                         (all == 5 && memcmp(before, fronts + 3, 2) == 0)));
}

static bool is_dummy(const char *digits, size_t len) {
    return (len == 9 || len == 10) &&
           is_dummy_behind(digits_load8((const uint8_t *)digits + len - 8), digits, len - 8);
}

/* Toll-free, premium, number translation: 0800, 0809, 020x, 050x. */
static bool is_service_number(const char *digits, size_t len) {
    return len >= 4 && digits[0] == '0' &&
           ((digits[1] == '8' && digits[2] == '0' && (digits[3] == '0' || digits[3] == '9')) ||
            (digits[1] == '2' && digits[2] == '0') || (digits[1] == '5' && digits[2] == '0'));
}

static enum read_result accept(struct masked_number *number, uint32_t evidence,
                               struct reading *out) {
    memcpy(out->normal_buffer, number->symbols, number->count);
    if (is_dummy(number->symbols, number->count)) {
        evidence |= EVIDENCE_DUMMY;
    }
    return reading_clear(out, evidence, bytes_of(out->normal_buffer, number->count));
}

/* Behind the area code the subscriber's number in one group, or with its last four or three digits
 * apart: 2345-6781, 234-567. More groups are a row of numbers: 02 58 37 69 79. */
static bool usual_groups(const struct masked_number *number, unsigned code_len) {
    uint32_t inner = number->breaks & ~(UINT32_C(1) << code_len) & ~UINT32_C(1);
    unsigned subscriber = number->count - code_len;
    return inner == 0 || inner == UINT32_C(1) << (number->count - 4) ||
           (subscriber <= 7 && inner == UINT32_C(1) << (number->count - 3)) ||
           (subscriber >= 6 && inner == UINT32_C(1) << (code_len + 3));
}

static enum read_result judge_clear(struct masked_number *number, bool foreign, bool named,
                                    struct reading *out) {
    const struct area_code *area = area_code_of(number->symbols, number->count);
    if (area == NULL && named && number->count >= 8 && number->count <= 9 &&
        number->symbols[0] != '0' && number->breaks == 0) {
        /* a number column dropped the zero: 223456789 */
        char restored[PHONE_DIGITS_MAX] = {'0'};
        memcpy(restored + 1, number->symbols, number->count);
        if (area_code_of(restored, number->count + 1U) != NULL) {
            number->count++;
            memcpy(number->symbols, restored, number->count);
            return accept(number, EVIDENCE_PREFIX, out);
        }
    }
    if (area == NULL) {
        bool local = named && (number->count == 7 || number->count == 8) &&
                     number->symbols[0] >= '2' && number->symbols[0] <= '8';
        bool dummy = named && is_dummy(number->symbols, number->count);
        return local || dummy ? accept(number, 0, out) : READ_NO;
    }
    bool set_apart = foreign || (number->breaks >> area->code_len & 1) != 0;
    if (set_apart && (named || foreign || usual_groups(number, area->code_len))) {
        return accept(number, EVIDENCE_PREFIX | EVIDENCE_LAYOUT, out);
    }
    return named                 ? accept(number, EVIDENCE_PREFIX, out)
           : number->breaks == 0 ? READ_SHAPED
                                 : READ_NO;
}

static enum read_result read_hidden(struct masked_number *number, const struct value *value,
                                    const struct mask_policy *policy, struct reading *out) {
    const char *symbols = number->symbols;
    if (number->count < 5 || number->count > 13 || number->head + number->tail == 0 ||
        (symbols[0] == '0' && symbols[1] == '9') || is_service_number(symbols, number->count)) {
        return READ_NO;
    }
    const struct area_code *area = area_code_shown(symbols, number->count);
    if (symbols[0] != '*' && area == NULL && (symbols[0] != '0' || symbols[1] != '*')) {
        /* without its area code: 2345-**** */
        if (!value->named || number->count < 7 || number->count > 8) {
            return READ_NO;
        }
    }
    bool right_length = area != NULL && number->count == area->code_len + area->subscriber;
    unsigned hidden = number->hidden;
    if (area != NULL && !right_length) {
        unsigned whole = area->code_len + area->subscriber;
        unsigned shown = (unsigned)number->count - hidden;
        hidden = shown < whole ? whole - shown : 0;
    }
    return reading_hidden(out, hidden >= policy->min_hidden ? STATE_MASKED : STATE_WEAK,
                          right_length && number->breaks != 0 ? EVIDENCE_MASK_FORM : 0,
                          power_of_ten(hidden), value->text, number->form, number->form_len);
}

/* Nine or ten joined digits: the common case, without taking the text apart. */
static enum read_result read_joined(const struct value *value, struct reading *out) {
    const char *digits = (const char *)value->text.ptr;
    size_t len = value->text.len;
    if (digits[0] != '0' || digits[1] < '2' || digits[1] > '8' || is_service_number(digits, len) ||
        area_code_of(digits, len) == NULL) {
        return READ_NO;
    }
    if (!value->named) {
        return READ_SHAPED;
    }
    return reading_clear(out, EVIDENCE_PREFIX | (is_dummy(digits, len) ? EVIDENCE_DUMMY : 0U),
                         value->text);
}

/* Digits from 02 to 08 on with blanks, hyphens, dots, slashes or brackets between them, as most are
 * written. False decides nothing. */
static bool parse_plain(struct bytes text, struct masked_number *out) {
    static const uint8_t parts[256] = {
        [' '] = 1, ['-'] = 1, ['.'] = 1, ['/'] = 1, ['('] = 1, [')'] = 1};
    unsigned count = 0, gap = 0, longest_gap = 0;
    uint32_t breaks = 0;
    if (text.len > PLAIN_MAX) {
        return false;
    }
    for (size_t at = 0; at < text.len; at++) { /* digits come and go: no branch on them */
        uint8_t c = text.ptr[at];
        unsigned digit = byte_is_digit(c);
        if ((digit | parts[c]) == 0) {
            return false;
        }
        breaks |= (uint32_t)(digit & (gap != 0) & (count != 0)) << count;
        out->symbols[count] = (char)c;
        count += digit;
        gap = digit != 0 ? 0 : gap + 1;
        longest_gap = gap > longest_gap ? gap : longest_gap;
    }
    out->count = (uint8_t)count;
    out->breaks = breaks;
    return gap == 0 && longest_gap <= 2 && count >= 7 && count < PHONE_DIGITS_MAX &&
           out->symbols[0] == '0' && out->symbols[1] >= '2';
}

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    struct bytes text = value->text;
    if (text.len >= 9 && text.len <= 11 && text.ptr[0] == '0' &&
        digits_are8(digits_load8(text.ptr)) && digits_all(text.ptr + 8, text.len - 8)) {
        enum read_result result = read_joined(value, out);
        if (result != READ_NO || !value->named) {
            return result;
        }
    }
    struct masked_number number;
    if (text.len < 4 || text.len > 48) {
        return reading_without_shape(value, out);
    }
    if (parse_plain(text, &number)) {
        return is_service_number(number.symbols, number.count)
                   ? READ_NO
                   : judge_clear(&number, false, value->named, out);
    }
    struct bytes main = bytes_first(text, phone_without_extension(text));
    if (!masked_number_parse(main, 0, separators, &number) || number.hidden != 0) {
        main = text; /* what looked like an extension is a part of the mask */
        if (!masked_number_parse(main, 0, separators, &number) || number.hidden == number.count) {
            return reading_without_shape(value, out);
        }
    }
    unsigned written = number.count;
    phone_to_national(&number);
    if (number.hidden != 0) {
        return read_hidden(&number, value, policy, out);
    }
    if (number.count > PHONE_DIGITS_MAX - 1 || is_service_number(number.symbols, number.count)) {
        return READ_NO;
    }
    return judge_clear(&number, written != number.count || number.plus, value->named, out);
}

/* 02-2345-6789, 02-23456789, 03-234-5678: two digits of area code, set apart by hyphens. Are they
 * numbers of somebody? The digits, LEN of them, go to OUT. In words: what is stored in pieces and
 * read as a whole waits for its stores. */
static bool plain_digits(struct bytes text, uint8_t out[VALUE_NORMAL_MAX], size_t *len) {
    const uint8_t *p = text.ptr;
    if (text.len < 11 || text.len > 12 || p[2] != '-') {
        return false;
    }
    unsigned group = p[6] == '-' ? 3 : p[7] == '-' ? 4 : 8; /* digits before the other hyphen */
    unsigned front = 2 + group, hyphen = front + 1;
    uint64_t area = digits_load8(p) & 0xFFFF, mine = digits_load8(p + 3);
    uint64_t rest = digits_load8(p + hyphen + (group != 8));
    uint64_t low = area | mine << 16; /* ten digits: these eight … */
    uint64_t high = mine >> 48;       /* … and two more */
    if (group != 8) {
        low = area | (mine & ((UINT64_C(1) << 8 * group) - 1)) << 16 | rest << 8 * front;
        high = rest >> 8 * (8 - front);
    }
    *len = text.len - (group != 8 ? 2 : 1);
    uint64_t last8 = low >> 8 * (*len - 8) | high << 8 * (16 - *len);
    memcpy(out, &low, sizeof low);
    memcpy(out + sizeof low, &high, sizeof high);
    const char front_digits[] = {(char)p[0], (char)p[1]};
    return *len >= 9 && digits_are8(low) && digits_are8(last8) &&
           area_code_of_two(p[0], p[1], (uint8_t)(low >> 16), *len) &&
           !is_dummy_behind(last8, front_digits, *len - 8);
}

static void read_plain(struct value_column *column) {
    column->normal_written = true;
    for (size_t i = 0; i < column->count; i++) {
        size_t len = 0;
        column->plain[i] =
            plain_digits(bytes_of(column->at[i], column->len[i]), column->normal[i], &len);
        column->normal_len[i] = (uint8_t)len;
    }
}

/* Four digits behind the area code are hidden, always. */
static void show(struct bytes text, struct text_buffer *out) {
    struct masked_number number;
    struct bytes main = bytes_first(text, phone_without_extension(text));
    if (text.len > 48 || !masked_number_parse(main, 0, separators, &number)) {
        text_buffer_puts(out, "***");
        return;
    }
    phone_to_national(&number);
    const struct area_code *area = area_code_shown(number.symbols, number.count);
    unsigned code = area == NULL ? (number.symbols[0] == '0' ? 2 : 0) : area->code_len;
    for (unsigned i = code; i < code + 4U && i < number.count; i++) {
        number.symbols[i] = '*';
    }
    if (code != 0 && code < number.count) {
        text_buffer_put(out, bytes_of(number.symbols, code));
        text_buffer_puts(out, "-");
    } else {
        code = 0;
    }
    text_buffer_put(out, bytes_of(number.symbols + code, number.count - code));
}

static const struct pattern_example examples[] = {{"02-23456781", STATE_CLEAR, READ_YES},
                                                  {"(02)2345-6781", STATE_CLEAR, READ_YES},
                                                  {"02-2345-6781", STATE_CLEAR, READ_YES},
                                                  {"02 2345 6781", STATE_CLEAR, READ_YES},
                                                  {"(02)23456781", STATE_CLEAR, READ_YES},
                                                  {"+886-2-2345-6781", STATE_CLEAR, READ_YES},
                                                  {"+886(0)223456781", STATE_CLEAR, READ_YES},
                                                  {"037-234567", STATE_CLEAR, READ_YES},
                                                  {"049-2234567", STATE_CLEAR, READ_YES},
                                                  {"0836-22345", STATE_CLEAR, READ_YES},
                                                  {"0826-66123", STATE_CLEAR, READ_YES},
                                                  {"070-12345678", STATE_CLEAR, READ_YES},
                                                  {"089-234567", STATE_CLEAR, READ_YES},
                                                  {"02-2345-6781#123", STATE_CLEAR, READ_YES},
                                                  {"02-23456781分機12", STATE_CLEAR, READ_YES},
                                                  {"(03)4567890 ext. 5", STATE_CLEAR, READ_YES},
                                                  {"02-2345-6781(分機123)", STATE_CLEAR, READ_YES},
                                                  {"(02)23456781 內線 12", STATE_CLEAR, READ_YES},
                                                  {"0223456781", STATE_CLEAR, READ_SHAPED},
                                                  {"034567890", STATE_CLEAR, READ_SHAPED},
                                                  {"0800-123456", STATE_CLEAR, READ_NO},
                                                  {"0809-000-123", STATE_CLEAR, READ_NO},
                                                  {"02 58 37 69 79", STATE_CLEAR, READ_NO},
                                                  {"0 4 8 16 32 64 128", STATE_CLEAR, READ_NO},
                                                  {"02-1234567", STATE_CLEAR, READ_NO},
                                                  {"01-23456789", STATE_CLEAR, READ_NO},
                                                  {"02-9234567", STATE_CLEAR, READ_NO},
                                                  {"0512345", STATE_CLEAR, READ_NO},
                                                  {"0912345678", STATE_CLEAR, READ_NO},
                                                  {"2023-04-05", STATE_CLEAR, READ_NO},
                                                  {"2345-6781", STATE_CLEAR, READ_NO},
                                                  {"02-****-5678", STATE_MASKED, READ_YES},
                                                  {"02-2345****", STATE_MASKED, READ_YES},
                                                  {"(02)2***-**78", STATE_MASKED, READ_YES},
                                                  {"02-2345-XXXX", STATE_MASKED, READ_YES},
                                                  {"037-2**5**", STATE_MASKED, READ_YES},
                                                  {"02-2345-67**", STATE_WEAK, READ_YES},
                                                  {"02-23*5-6781", STATE_WEAK, READ_YES},
                                                  {"0912***678", STATE_CLEAR, READ_NO},
                                                  {"***", STATE_MASKED, READ_YES},
                                                  {0}};

static const char *const field_names[] = {"市話",
                                          "市內電話",
                                          "住家電話",
                                          "家用電話",
                                          "家裡電話",
                                          "公司電話",
                                          "室內電話",
                                          "辦公室電話",
                                          "宅電",
                                          "公電",
                                          "傳真",
                                          "傳真號碼",
                                          "傳真電話",
                                          "電話公",
                                          "電話宅",
                                          "電話h",
                                          "電話o",
                                          "home phone",
                                          "home tel",
                                          "office phone",
                                          "office tel",
                                          "company phone",
                                          "company tel",
                                          "work phone",
                                          "work tel",
                                          "landline",
                                          "land line",
                                          "local phone",
                                          "local calls",
                                          "tel h",
                                          "tel o",
                                          "phone h",
                                          "phone o",
                                          "tel home",
                                          "tel office",
                                          "phone home",
                                          "phone office",
                                          "fax",
                                          "fax no",
                                          "fax number",
                                          "faxno",
                                          "telfax",
                                          "hphone",
                                          "ophone",
                                          "telh",
                                          "telo",
                                          "home number",
                                          PHONE_FIELD_NAMES,
                                          NULL};
static const char *const other_names[] = {PHONE_OTHER_NAMES, NULL};
static const char *const labels[] = {"市話", "住家電話",   "公司電話", "傳真",
                                     "fax",  PHONE_LABELS, NULL};

const struct pattern pattern_phone_landline = {
    .name = "phone_landline",
    .title = "landline telephone number",
    .check =
        "an area code of the numbering plan and as many digits as it has; without a word or a name "
        "for it only when the area code stands apart; service numbers (0800 …) do not count",
    .legal = LEGAL_CONTACT,
    .proves_itself = true,
    .chance = 0.5,
    .shape = {.digits_min = 9, .digits_max = 12, .leads = "08"},
    .field_names = field_names,
    .other_names = other_names,
    .labels = labels,
    .company = "person_name",
    .policy = {.min_hidden = 3},
    .read = read,
    .read_plain = read_plain,
    .plain_evidence = EVIDENCE_PREFIX | EVIDENCE_LAYOUT,
    .show = show,
    .examples = examples,
};
