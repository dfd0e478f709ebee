/* 駕駛執照: the number of the licence is the holder's national or resident number, which is found
 * as such; what is left is the control number (管轄編號) of twelve or thirteen digits. Highway
 * Bureau. No check digit: the field's name must tell. */
#include "patterns/digits.h"
#include "patterns/hidden_text.h"
#include "patterns/kinds/kinds.h"

enum { DIGITS_MIN = 12, DIGITS_MAX = 13 };

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    struct bytes text = value->text;
    if (text.len >= DIGITS_MIN && text.len <= DIGITS_MAX && digits_all(text.ptr, text.len)) {
        return reading_clear(out, 0, text);
    }
    return hidden_text_read(value, DIGITS_MIN, policy, out);
}

static const struct pattern_example examples[] = {
    {"210304157732", STATE_CLEAR, READ_YES},  {"5100123456789", STATE_CLEAR, READ_YES},
    {"409917235518", STATE_CLEAR, READ_YES},  {"６０１２３４５６７８９１", STATE_CLEAR, READ_YES},
    {"301188420917", STATE_CLEAR, READ_YES},  {"7002918364550", STATE_CLEAR, READ_YES},
    {"12345678", STATE_CLEAR, READ_NO},       {"12345678901", STATE_CLEAR, READ_NO},
    {"12345678901234", STATE_CLEAR, READ_NO}, {"A123456789", STATE_CLEAR, READ_NO},
    {"21030415773A", STATE_CLEAR, READ_NO},   {"無", STATE_CLEAR, READ_NO},
    {"2103****7732", STATE_WEAK, READ_YES},   {"21********32", STATE_MASKED, READ_YES},
    {"************", STATE_MASKED, READ_YES}, {0}};

static const char *const field_names[] = {"駕照號碼",
                                          "駕照號",
                                          "駕照管轄編號",
                                          "管轄編號",
                                          "駕駛執照號碼",
                                          "駕駛執照",
                                          "駕照",
                                          "駕照編號",
                                          "駕照字號",
                                          "driver no",
                                          "driver license",
                                          "driver license no",
                                          "driver license number",
                                          "driver licence",
                                          "driver licence no",
                                          "driving license",
                                          "driving license no",
                                          "driving licence no",
                                          "drivers license",
                                          "drivers license no",
                                          "driver lic no",
                                          "driverlicense",
                                          "driverlicenseno",
                                          "dl no",
                                          "?license no",
                                          "?licence no",
                                          "?license number",
                                          NULL};
static const char *const other_names[] = {"駕照類別",
                                          "駕照種類",
                                          "駕照等級",
                                          "駕照效期",
                                          "driver license type",
                                          "driver license class",
                                          "driver version",
                                          "driver name",
                                          NULL};
static const char *const labels[] = {"駕照號碼", "駕照管轄編號",      "駕駛執照號碼",
                                     "管轄編號", "driver_license_no", NULL};

const struct pattern pattern_tw_driver_license = {
    .name = "tw_driver_license",
    .title = "driving licence number",
    .check = "a control number of twelve or thirteen digits, where the field's name tells",
    .legal = LEGAL_IDENTITY,
    .chance = 1,
    .field_names = field_names,
    .other_names = other_names,
    .labels = labels,
    .company = "person_name",
    .policy = {.min_hidden_percent = 50},
    .read = read,
    .show = hidden_text_show,
    .examples = examples,
};
