/* 健保卡號, the number of the card of the national health insurance: twelve digits, those in
 * circulation begin with 0000. National Health Insurance Administration. No check digit, and four
 * digits thrice is how waybills are written: the field's name or a word must tell. */
#include "patterns/digits.h"
#include "patterns/hidden_text.h"
#include "patterns/kinds/kinds.h"

enum { DIGITS = 12, ZEROS = 4 };

/* The digits of TEXT without separators; 0 when it holds anything else. */
static size_t collect(struct bytes text, uint8_t *digits) {
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.ptr[i];
        if (byte_is_digit(c) && count < DIGITS) {
            digits[count++] = c;
        } else if ((c != '-' && c != ' ') || count == 0) {
            return 0;
        }
    }
    return count;
}

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    struct bytes text = value->text;
    uint8_t *digits = out->normal_buffer;
    size_t count = text.len <= 16 ? collect(text, digits) : 0;
    if (value->number && value->named && count >= 5 && count <= DIGITS - ZEROS) {
        /* a number column dropped the zeros */
        memmove(digits + (DIGITS - count), digits, count);
        memset(digits, '0', DIGITS - count);
        count = DIGITS;
    }
    if (count == DIGITS) {
        bool usual = memcmp(digits, "0000", ZEROS) == 0;
        bool dummy = memcmp(digits, "000000000000", DIGITS) == 0 ||
                     memcmp(digits, "000012345678", DIGITS) == 0;
        if (usual || value->named) {
            return reading_clear(out,
                                 (usual ? EVIDENCE_PREFIX : 0U) | (dummy ? EVIDENCE_DUMMY : 0U),
                                 bytes_of(digits, DIGITS));
        }
        return READ_NO;
    }
    return hidden_text_read(value, DIGITS, policy, out);
}

static const struct pattern_example examples[] = {
    {"000012345678", STATE_CLEAR, READ_YES},
    {"000098765432", STATE_CLEAR, READ_YES},
    {"0000-1122-3344", STATE_CLEAR, READ_YES},
    {"0000 5566 7788", STATE_CLEAR, READ_YES},
    {"００００１２３４５６７８", STATE_CLEAR, READ_YES},
    {"000040719365", STATE_CLEAR, READ_YES},
    {"00001234567", STATE_CLEAR, READ_NO},
    {"0000123456789", STATE_CLEAR, READ_NO},
    {"A00012345678", STATE_CLEAR, READ_NO},
    {"000O12345678", STATE_CLEAR, READ_NO},
    {"12345678", STATE_CLEAR, READ_NO},
    {"9023-1122-3344", STATE_CLEAR, READ_NO},
    {"0000****5678", STATE_WEAK, READ_YES},
    {"********5678", STATE_MASKED, READ_YES},
    {"0000-****-**44", STATE_MASKED, READ_YES},
    {"00001234567*", STATE_WEAK, READ_YES},
    {"************", STATE_MASKED, READ_YES},
    {0}};

static const char *const field_names[] = {"健保卡號",
                                          "健保卡卡號",
                                          "健保號",
                                          "健保卡號碼",
                                          "健保卡",
                                          "健保ic卡號",
                                          "全民健保卡號",
                                          "nhi",
                                          "nhi card",
                                          "nhi card no",
                                          "nhi no",
                                          "nhi id",
                                          "nhi number",
                                          "nhi card number",
                                          "nhicard",
                                          "nhicardno",
                                          "hic no",
                                          "hic card no",
                                          "hic card",
                                          "hicno",
                                          "hicard",
                                          "hicard no",
                                          "hicardno",
                                          "hi card no",
                                          "health card",
                                          "healthcard",
                                          "health card no",
                                          "healthcardno",
                                          "health insurance no",
                                          "health insurance card no",
                                          "health insurance number",
                                          NULL};
static const char *const other_names[] = {
    "健保署",   "健保費",   "健保局",  "健保身分", "健保卡掛號", "健保卡序號", "健保給付",
    "健保代碼", "nhi code", "nhi fee", "nhi type", "nhi amount", "nhi price",  NULL};
static const char *const labels[] = {"健保卡號",    "健保卡卡號",  "健保卡號碼",
                                     "nhi card no", "nhi_card_no", NULL};

const struct pattern pattern_tw_nhi_card = {
    .name = "tw_nhi_card",
    .title = "health insurance card number",
    .check = "twelve digits; those in circulation begin with 0000",
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
