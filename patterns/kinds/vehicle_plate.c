/* 車牌號碼 as the Highway Bureau issues them: three letters without I and O and four digits without
 * 4 since 2012-12-17, and the forms before that are still on the road. Part numbers look the same:
 * the field's name or a word before the value must tell. */
#include "patterns/hidden_text.h"
#include "patterns/kinds/kinds.h"

enum { LENGTH_MAX = 8, USUAL = 7 };

/* A: a letter, a: one without I and O, 9: a digit, 8: one without 4, N: letter or digit. */
static const char *const shapes[] = {"aaa-8888", "AAA-999", "999-AAA", "NNN-999", "NN-9999",
                                     "9999-NN",  "NN-999",  "999-NN",  "NN-99",   "999-9999"};

static bool fits(uint8_t c, char place) {
    bool letter = (uint8_t)(c - 'A') < 26;
    switch (place) {
    case 'A':
        return letter;
    case 'a':
        return letter && c != 'I' && c != 'O';
    case '9':
        return byte_is_digit(c);
    case '8':
        return byte_is_digit(c) && c != '4';
    case 'N':
        return letter || byte_is_digit(c);
    default:
        return c == (uint8_t)place;
    }
}

/* TEXT in capitals; with or without the hyphen of SHAPE. */
static bool has_shape(struct bytes text, const char *shape) {
    size_t at = 0;
    for (; *shape != '\0'; shape++) {
        if (*shape == '-' && at < text.len && text.ptr[at] != '-') {
            continue;
        }
        if (at == text.len || !fits(text.ptr[at], *shape)) {
            return false;
        }
        at++;
    }
    return at == text.len;
}

static bool is_plate(struct bytes text) {
    size_t letters = 0;
    for (size_t i = 0; i < text.len; i++) {
        letters += byte_is_letter(text.ptr[i]);
    }
    bool hyphen = memchr(text.ptr, '-', text.len) != NULL;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if ((hyphen || letters != 0) && has_shape(text, shapes[i])) {
            return true;
        }
    }
    return false;
}

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    struct bytes text = value->text;
    if (text.len >= 5 && text.len <= LENGTH_MAX) {
        uint8_t *plate = out->normal_buffer;
        for (size_t i = 0; i < text.len; i++) {
            plate[i] = text.ptr[i] == ' ' ? (uint8_t)'-' : byte_upper(text.ptr[i]);
        }
        if (is_plate(bytes_of(plate, text.len))) {
            bool dummy = bytes_equal(bytes_of(plate, text.len), BYTES_LIT("ABC-1234")) ||
                         bytes_equal(bytes_of(plate, text.len), BYTES_LIT("AAA-1111"));
            return reading_clear(out, EVIDENCE_LAYOUT | (dummy ? EVIDENCE_DUMMY : 0U),
                                 bytes_of(plate, text.len));
        }
    }
    return hidden_text_read(value, USUAL, policy, out);
}

static const struct pattern_example examples[] = {
    {"ABC-1235", STATE_CLEAR, READ_YES},  {"MAA-0001", STATE_CLEAR, READ_YES},
    {"RAB-2356", STATE_CLEAR, READ_YES},  {"TDE9987", STATE_CLEAR, READ_YES},
    {"EAA-0168", STATE_CLEAR, READ_YES},  {"KAA-230", STATE_CLEAR, READ_YES},
    {"AB-1234", STATE_CLEAR, READ_YES},   {"2A-3456", STATE_CLEAR, READ_YES},
    {"1234-AB", STATE_CLEAR, READ_YES},   {"AB2-123", STATE_CLEAR, READ_YES},
    {"305-9008", STATE_CLEAR, READ_YES},  {"abc-1235", STATE_CLEAR, READ_YES},
    {"AIC-1235", STATE_CLEAR, READ_NO},   {"ABO-1235", STATE_CLEAR, READ_NO},
    {"ABC-1245", STATE_CLEAR, READ_NO},   {"AB-12356", STATE_CLEAR, READ_NO},
    {"ABCD-1235", STATE_CLEAR, READ_NO},  {"20240131", STATE_CLEAR, READ_NO},
    {"王小明", STATE_CLEAR, READ_NO},     {"ABC-**35", STATE_WEAK, READ_YES},
    {"ABC-****", STATE_MASKED, READ_YES}, {"***-1235", STATE_WEAK, READ_YES},
    {"*******", STATE_MASKED, READ_YES},  {0}};

static const char *const field_names[] = {"車牌",
                                          "車牌號碼",
                                          "車號",
                                          "牌照號碼",
                                          "牌照",
                                          "車輛號碼",
                                          "車輛牌照",
                                          "車牌號",
                                          "plate",
                                          "plate no",
                                          "plate number",
                                          "plateno",
                                          "license plate",
                                          "licence plate",
                                          "license plate no",
                                          "license plate number",
                                          "car no",
                                          "carno",
                                          "car number",
                                          "car plate",
                                          "car plate no",
                                          "vehicle no",
                                          "vehicle number",
                                          "vehicle plate",
                                          "vehicle license",
                                          "vehicle license no",
                                          "vehicle id no",
                                          NULL};
static const char *const other_names[] = {"車牌顏色",   "車牌類別",    "車牌種類",   "plate color",
                                          "plate type", "plate size",  "name plate", "back plate",
                                          "template",   "boilerplate", NULL};
static const char *const labels[] = {"車牌號碼",      "車牌",     "車號",     "牌照號碼",
                                     "license plate", "plate_no", "plate no", NULL};

const struct pattern pattern_vehicle_plate = {
    .name = "vehicle_plate",
    .title = "vehicle registration plate",
    .check = "letters and digits as the plates since 1992 have them",
    .legal = LEGAL_IDENTITY,
    .chance = 1,
    .field_names = field_names,
    .other_names = other_names,
    .labels = labels,
    .policy = {.min_hidden_percent = 50},
    .read = read,
    .show = hidden_text_show,
    .examples = examples,
};
