/* 生物特徵: templates of fingerprints, faces, irises, voices and palms. Told by the field's name;
 * any value counts. Templates are long base64 or lists of numbers, so what looks like cipher text
 * elsewhere is taken for the template itself unless an encryption tool's mark stands before it. */
#include "patterns/kinds/kinds.h"
#include "patterns/special_category.h"

/* The marks of OpenSSL's salted form, Fernet and Vault; hexadecimal text of a digest's length. */
static bool is_encrypted(struct bytes text) {
    static const char *const starts[] = {"U2FsdGVkX1", "gAAAAA", "vault:v", "ENC("};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (bytes_starts_with(text, bytes_of_string(starts[i]))) {
            return true;
        }
    }
    size_t digits = 0;
    while (digits < text.len && byte_is_hex(text.ptr[digits])) {
        digits++;
    }
    return digits == text.len && (digits == 32 || digits == 40 || digits == 64);
}

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    struct bytes text = value->text;
    if (hidden_text_says_nothing(text)) {
        return READ_NO;
    }
    if (is_encrypted(text)) {
        return reading_hidden(out, STATE_ENCRYPTED, 0, 0, text, "", 0);
    }
    enum read_result result = hidden_words_read(value, policy, out);
    return result != READ_NO && out->state != STATE_ENCRYPTED ? result
                                                              : reading_clear(out, 0, text);
}

static const struct pattern_example examples[] = {
    {"Rk1SACAyMAAAAAFmAAABAAFoAMgAyAEAAAAoI0A5AHNRAECEAI1dAICLAJ5X", STATE_CLEAR, READ_YES},
    {"[0.0132,-0.2211,0.1874,0.0456,-0.0921]", STATE_CLEAR, READ_YES},
    {"0.0132 -0.2211 0.1874", STATE_CLEAR, READ_YES},
    {"Rk1SACAyMA==", STATE_CLEAR, READ_YES},
    {"464D5200203230", STATE_CLEAR, READ_YES},
    {"whorl;12;34|loop;55;60", STATE_CLEAR, READ_YES},
    {"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", STATE_ENCRYPTED, READ_YES},
    {"U2FsdGVkX1+vupppZksvRf5pq5g5XjFRlipRkwB0K1Y=", STATE_ENCRYPTED, READ_YES},
    {"[REDACTED]", STATE_MASKED, READ_YES},
    {"N/A", STATE_CLEAR, READ_NO},
    {"無", STATE_CLEAR, READ_NO},
    {"null", STATE_CLEAR, READ_NO},
    {"-", STATE_CLEAR, READ_NO},
    {"none", STATE_CLEAR, READ_NO},
    {"未填", STATE_CLEAR, READ_NO},
    {0}};

static const char *const field_names[] = {"指紋",
                                          "指紋資料",
                                          "指紋特徵",
                                          "指紋範本",
                                          "指紋樣板",
                                          "生物特徵",
                                          "生物特徵資料",
                                          "生物辨識資料",
                                          "人臉特徵",
                                          "人臉特徵值",
                                          "臉部特徵",
                                          "臉部特徵值",
                                          "人臉辨識資料",
                                          "虹膜",
                                          "虹膜特徵",
                                          "聲紋",
                                          "聲紋特徵",
                                          "指靜脈",
                                          "掌靜脈",
                                          "靜脈特徵",
                                          "掌紋",
                                          "biometric",
                                          "biometric data",
                                          "biometric template",
                                          "biometrics",
                                          "fingerprint template",
                                          "fingerprint data",
                                          "fingerprint image",
                                          "fingerprint minutiae",
                                          "finger template",
                                          "fp template",
                                          "minutiae",
                                          "face template",
                                          "face embedding",
                                          "face encoding",
                                          "face feature",
                                          "face features",
                                          "face vector",
                                          "face descriptor",
                                          "facial template",
                                          "facial feature",
                                          "facial data",
                                          "iris template",
                                          "iris code",
                                          "iris data",
                                          "voiceprint",
                                          "voice print",
                                          "voice template",
                                          "palm vein",
                                          "palm print",
                                          "palmprint",
                                          "vein template",
                                          "?fingerprint",
                                          NULL};
static const char *const other_names[] = {"指紋辨識",
                                          "指紋機",
                                          "biometric enabled",
                                          "biometric type",
                                          "key fingerprint",
                                          "ssh fingerprint",
                                          "cert fingerprint",
                                          "device fingerprint",
                                          "browser fingerprint",
                                          NULL};

const struct pattern pattern_biometric_template = {
    .name = "biometric_template",
    .title = "biometric template",
    .check = SPECIAL_CATEGORY_CHECK,
    .legal = LEGAL_SPECIAL,
    .chance = 1,
    .field_names = field_names,
    .other_names = other_names,
    .company = "person_name",
    .policy = {.min_hidden_percent = 50},
    .read = read,
    .show = hidden_words_show,
    .examples = examples,
};
