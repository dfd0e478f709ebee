/* 護照號碼: nine digits, those with a chip (from 2008-12-29) begin with 3. Bureau of Consular
 * Affairs. No check digit: the field's name or a word before the value must tell. Columns of
 * passports also hold foreign ones: six to nine letters and digits. The machine-readable zone has
 * check digits and tells by itself. */
#include "patterns/digits.h"
#include "patterns/hidden_text.h"
#include "patterns/kinds/kinds.h"
#include "patterns/passport_zone.h"

enum { DIGITS = 9, FOREIGN_MIN = 6, FOREIGN_DIGITS = 4 };

static bool is_foreign(struct bytes text) {
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!byte_is_alnum(text.ptr[i])) {
            return false;
        }
        digits += byte_is_digit(text.ptr[i]);
    }
    if (bytes_find(text, BYTES_LIT("XX")) != SIZE_MAX ||
        bytes_find(text, BYTES_LIT("xx")) != SIZE_MAX) {
        return false; /* a mask */
    }
    return text.len >= FOREIGN_MIN && text.len <= DIGITS && digits >= FOREIGN_DIGITS;
}

static enum read_result read_zone(struct bytes text, struct reading *out) {
    struct bytes number;
    switch (passport_zone_read(text, &number)) {
    case PASSPORT_ZONE_WHOLE:
        return reading_clear(out, EVIDENCE_CHECKSUM | EVIDENCE_LAYOUT, number);
    case PASSPORT_ZONE_BROKEN: /* read badly, or made up */
        return reading_clear(out, EVIDENCE_LAYOUT, number);
    case PASSPORT_ZONE_NAME:
        return reading_clear(out, EVIDENCE_LAYOUT, text);
    default:
        return READ_NO;
    }
}

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    struct bytes text = value->text;
    if (text.len == DIGITS && digits_all(text.ptr, DIGITS)) {
        bool dummy = memcmp(text.ptr, "123456789", DIGITS) == 0 ||
                     memcmp(text.ptr, "300000000", DIGITS) == 0;
        return reading_clear(
            out, (text.ptr[0] == '3' ? EVIDENCE_PREFIX : 0U) | (dummy ? EVIDENCE_DUMMY : 0U), text);
    }
    if (text.len >= PASSPORT_LINE && value->ascii) {
        return read_zone(text, out);
    }
    if (value->named && is_foreign(text)) {
        return reading_clear(out, 0, text);
    }
    return hidden_text_read(value, DIGITS, policy, out);
}

static const struct pattern_example examples[] = {
    {"312345678", STATE_CLEAR, READ_YES},
    {"351234567", STATE_CLEAR, READ_YES},
    {"300000000", STATE_CLEAR, READ_YES},
    {"132456789", STATE_CLEAR, READ_YES},
    {"214365879", STATE_CLEAR, READ_YES},
    {"３６４８２１９０５", STATE_CLEAR, READ_YES},
    {"P<TWNCHEN<<HSIAO<MING<<<<<<<<<<<<<<<<<<<<<<<", STATE_CLEAR, READ_YES},
    {"3123456785TWN8501019F3012316A143231948<<<<16", STATE_CLEAR, READ_YES},
    {"31234567", STATE_CLEAR, READ_NO},
    {"3123456789", STATE_CLEAR, READ_NO},
    {"E12345678", STATE_CLEAR, READ_NO},
    {"A123456789", STATE_CLEAR, READ_NO},
    {"2024-01-31", STATE_CLEAR, READ_NO},
    {"N/A", STATE_CLEAR, READ_NO},
    {"31*****78", STATE_MASKED, READ_YES},
    {"****45678", STATE_WEAK, READ_YES},
    {"*****5678", STATE_MASKED, READ_YES},
    {"31XXXXX78", STATE_MASKED, READ_YES},
    {"3123456**", STATE_WEAK, READ_YES},
    {"*********", STATE_MASKED, READ_YES},
    {0}};

static const char *const field_names[] = {"護照號碼",
                                          "護照號",
                                          "護照",
                                          "護照編號",
                                          "passport",
                                          "passport no",
                                          "passport number",
                                          "passport id",
                                          "passport num",
                                          "passport code",
                                          "passportno",
                                          "passportnumber",
                                          "passportid",
                                          "ppno",
                                          "pass port no",
                                          "travel document no",
                                          "mrz",
                                          "mrz line2",
                                          "machine readable zone",
                                          "機讀碼",
                                          "護照機讀碼",
                                          "護照mrz",
                                          NULL};
static const char *const other_names[] = {"護照姓名",
                                          "護照英文姓名",
                                          "護照效期",
                                          "護照影本",
                                          "護照國別",
                                          "護照到期日",
                                          "護照有效期限",
                                          "護照種類",
                                          "passport name",
                                          "passport expiry",
                                          "passport country",
                                          "passport type",
                                          "passport photo",
                                          "passport image",
                                          "passport valid",
                                          "passport valid date",
                                          "passport expire date",
                                          NULL};
static const char *const labels[] = {
    "護照號碼", "護照號", "passport no", "passport_no", "passport number", "passport_number", NULL};

static const char *const anchors[] = {"TWN", NULL};

const struct pattern pattern_tw_passport = {
    .name = "tw_passport",
    .title = "passport number",
    .check = "nine digits; those of passports with a chip begin with 3; the check digits of a "
             "machine-readable zone",
    .legal = LEGAL_IDENTITY,
    .chance = 1,
    .field_names = field_names,
    .other_names = other_names,
    .labels = labels,
    .anchors = anchors,
    .extent = passport_zone_extent,
    .policy = {.min_hidden_percent = 50},
    .read = read,
    .show = hidden_text_show,
    .examples = examples,
};
