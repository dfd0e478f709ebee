/* Keys that open what is encrypted: private keys as PEM (RFC 7468, RFC 1421, RFC 4880 section 6.2,
 * OpenSSH's PROTOCOL.key), which prove themselves by their first lines, and whatever stands in a
 * field for secret keys. Public keys and certificates are none. A private key that is itself
 * encrypted counts as such. */
#include "patterns/hidden_text.h"
#include "patterns/kinds/kinds.h"

enum {
    SHORTEST = 8,
    LONGEST = 8192,
    TYPE_MAX = 40,   /* "OPENSSH PRIVATE KEY" */
    BODY_MIN = 16,   /* characters of base64 that must follow */
    BODY_SHOWN = 64, /* … that belong to the value: a line */
};

#define PEM_BEGIN "-----BEGIN "

static bool is_base64(uint8_t c) {
    return byte_is_alnum(c) || c == '+' || c == '/' || c == '=';
}

/* ---- PEM ---- */

struct pem {
    bool encrypted;
    size_t body, end; /* first and one behind the last character of the first line of base64 */
};

/* Line ends, real ones or as program text and JSON write them, and what stands around lines of
 * program text. */
static size_t skip_line_end(struct bytes text, size_t at) {
    while (at < text.len) {
        uint8_t c = text.ptr[at];
        bool escaped =
            c == '\\' && at + 1 < text.len && (text.ptr[at + 1] == 'n' || text.ptr[at + 1] == 'r');
        if (escaped) {
            at += 2;
        } else if (c == '\n' || c == '\r' || c == ' ' || c == '\t' || c == '"' || c == '\'') {
            at++;
        } else {
            break;
        }
    }
    return at;
}

/* "Proc-Type: 4,ENCRYPTED", "Version: …" before the base64. */
static size_t skip_headers(struct bytes text, size_t at, bool *encrypted) {
    for (;;) {
        size_t end = at;
        while (end < text.len && text.ptr[end] != '\n' && text.ptr[end] != '\\') {
            end++;
        }
        struct bytes line = bytes_of(text.ptr + at, end - at);
        if (memchr(line.ptr, ':', line.len) == NULL) {
            return at;
        }
        *encrypted |= bytes_find(line, BYTES_LIT("ENCRYPTED")) != SIZE_MAX;
        at = skip_line_end(text, end);
        if (at >= text.len) {
            return at;
        }
    }
}

/* TEXT begins with a private key. */
static bool pem_parse(struct bytes text, struct pem *out) {
    static const struct bytes end_of_line = {(const uint8_t *)"-----", 5};
    size_t begin = sizeof PEM_BEGIN - 1;
    if (!bytes_starts_with(text, BYTES_LIT(PEM_BEGIN))) {
        return false;
    }
    size_t dashes = bytes_find(bytes_first(bytes_from(text, begin), TYPE_MAX), end_of_line);
    if (dashes == SIZE_MAX) {
        return false;
    }
    struct bytes type = bytes_of(text.ptr + begin, dashes);
    if (bytes_find(type, BYTES_LIT("PRIVATE KEY")) == SIZE_MAX) {
        return false;
    }
    out->encrypted = bytes_find(type, BYTES_LIT("ENCRYPTED")) != SIZE_MAX;
    size_t at = begin + dashes + end_of_line.len, after = skip_line_end(text, at);
    if (after == at) {
        return false; /* the line is told of, not written */
    }
    out->body = out->end = skip_headers(text, after, &out->encrypted);
    while (out->end < text.len && out->end - out->body < BODY_SHOWN &&
           is_base64(text.ptr[out->end])) {
        out->end++;
    }
    return out->end - out->body >= BODY_MIN;
}

static bool extent(struct bytes text, size_t anchor, size_t *begin, size_t *end) {
    struct pem pem;
    if (!pem_parse(bytes_from(text, anchor), &pem)) {
        return false;
    }
    *begin = anchor;
    *end = anchor + pem.end;
    return true;
}

/* ---- values of fields ---- */

/* ${AES_KEY}, <key>, %s, :key, env("KEY"), getKey(): a place for a key. */
static bool is_variable(struct bytes text) {
    uint8_t first = text.ptr[0], last = text.ptr[text.len - 1];
    return first == '<' || first == '$' || first == '%' || first == ':' || first == '{' ||
           first == '[' || last == ')' || last == '>' || bytes_find(text, BYTES_LIT("${")) == 0 ||
           bytes_find(text, BYTES_LIT("env.")) != SIZE_MAX;
}

/* /etc/ssl/private/shop.key, C:\keys, key.pem: where a key is kept. */
static bool is_path(struct bytes text) {
    static const char *const ends[] = {".pem", ".key", ".p12", ".pfx", ".jks", ".der", ".crt"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t len = strlen(ends[i]);
        if (text.len > len && memcmp(text.ptr + text.len - len, ends[i], len) == 0) {
            return true;
        }
    }
    bool drive = text.len > 2 && text.ptr[1] == ':' && text.ptr[2] == '\\';
    return drive ||
           (text.ptr[0] == '/' && memchr(text.ptr + 1, '/', text.len - 1) != NULL &&
            memchr(text.ptr, '=', text.len) == NULL && text.len % 4 != 0) ||
           bytes_find(text, BYTES_LIT("://")) != SIZE_MAX;
}

/* What key management and configuration tools wrap keys in. */
static bool is_wrapped(struct bytes text) {
    static const char *const starts[] = {"vault:v", "$ANSIBLE_VAULT", "ENC(",
                                         "ENC[",    "AQICAH",         "U2FsdGVkX1"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (bytes_starts_with(text, bytes_of_string(starts[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_placeholder(struct bytes text) {
    static const char *const words[] = {"changeme",    "your",     "example", "secret",
                                        "placeholder", "xxxxxxxx", "insert",  "replace"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct bytes word = bytes_of_string(words[i]);
        if (text.len <= 32 && bytes_equal_ignoring_case(bytes_first(text, word.len), word)) {
            return true;
        }
    }
    return false;
}

/* One word, of more than one sort of characters, or long: sentences and lists are no keys. */
static bool is_key_text(struct bytes text) {
    bool digit = false, letter = false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] <= 0x20 || text.ptr[i] >= 0x7F) {
            return false;
        }
        digit |= byte_is_digit(text.ptr[i]);
        letter |= byte_is_letter(text.ptr[i]);
    }
    return text.len >= SHORTEST && text.len <= LONGEST && (digit || text.len >= 16) &&
           (letter || text.len >= 16);
}

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    struct bytes text = value->text;
    struct pem pem;
    if (text.len == 0 || hidden_text_says_nothing(text)) {
        return READ_NO;
    }
    if (pem_parse(text, &pem)) {
        struct bytes body = bytes_of(text.ptr + pem.body, pem.end - pem.body);
        return pem.encrypted ? reading_hidden(out, STATE_ENCRYPTED, EVIDENCE_LAYOUT, 0, text, "", 0)
                             : reading_clear(out, EVIDENCE_LAYOUT, body);
    }
    enum read_result hidden = hidden_words_read(value, policy, out);
    if (hidden != READ_NO && out->state != STATE_ENCRYPTED) {
        return hidden;
    }
    if (is_wrapped(text)) {
        return reading_hidden(out, STATE_ENCRYPTED, 0, 0, text, "", 0);
    }
    if (is_variable(text) || is_path(text) || is_placeholder(text) || !is_key_text(text)) {
        return READ_NO;
    }
    return reading_clear(out, 0, text);
}

static const struct pattern_example examples[] = {
    {"-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAyNmAdEuPFxkT3zL9", STATE_CLEAR, READ_YES},
    {"-----BEGIN PRIVATE KEY-----\r\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC", STATE_CLEAR, READ_YES},
    {"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAE", STATE_CLEAR,
     READ_YES},
    {"-----BEGIN EC PRIVATE KEY-----\\nMHcCAQEEIBkg7mCm0dYH2tLz1Fq\\n", STATE_CLEAR, READ_YES},
    {"-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\nlQOYBGaXq1ABCADMv3aLQ9fT",
     STATE_CLEAR, READ_YES},
    {"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIFHDBOBgkqhkiG9w0BBQ0wQTApBgkq", STATE_ENCRYPTED,
     READ_YES},
    {"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: "
     "AES-128-CBC,0A1B2C\n\nx7Kq9vT2mN4pL8sW1dFg",
     STATE_ENCRYPTED, READ_YES},
    {"-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A", STATE_CLEAR, READ_NO},
    {"-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkq", STATE_CLEAR, READ_NO},
    {"-----BEGIN PRIVATE KEY-----", STATE_CLEAR, READ_NO},
    {"-----BEGIN PRIVATE KEY-----\n...", STATE_CLEAR, READ_NO},
    {"9f86d081884c7d659a2feaa0c55ad015", STATE_CLEAR, READ_YES},
    {"pwFHCqoQZGmho4w6", STATE_CLEAR, READ_YES},
    {"k3Yq0f/Zp1xV7tQmN2uR8w==", STATE_CLEAR, READ_YES},
    {"vault:v1:8SDd3WHDOjf7mq69CyCqYjBXAiQQAVZRkFM", STATE_ENCRYPTED, READ_YES},
    {"********", STATE_MASKED, READ_YES},
    {"${AES_KEY}", STATE_CLEAR, READ_NO},
    {"/etc/ssl/private/shop.key", STATE_CLEAR, READ_NO},
    {"changeme", STATE_CLEAR, READ_NO},
    {"none", STATE_CLEAR, READ_NO},
    {"true", STATE_CLEAR, READ_NO},
    {"see the manual of the payment service", STATE_CLEAR, READ_NO},
    {0}};

static const char *const field_names[] = {"金鑰",
                                          "密鑰",
                                          "私鑰",
                                          "加密金鑰",
                                          "解密金鑰",
                                          "簽章金鑰",
                                          "主金鑰",
                                          "資料金鑰",
                                          "交易金鑰",
                                          "商店金鑰",
                                          "aes key",
                                          "aeskey",
                                          "aes256 key",
                                          "aes iv key",
                                          "des key",
                                          "des3 key",
                                          "secret key",
                                          "secretkey",
                                          "encryption key",
                                          "encrypt key",
                                          "enc key",
                                          "enckey",
                                          "decryption key",
                                          "decrypt key",
                                          "crypto key",
                                          "cipher key",
                                          "private key",
                                          "privatekey",
                                          "priv key",
                                          "rsa private key",
                                          "signing key",
                                          "sign key",
                                          "hmac key",
                                          "hmac secret",
                                          "master key",
                                          "data key",
                                          "kms key",
                                          "key material",
                                          "db key",
                                          "hash key",
                                          "hashkey",
                                          "hash iv",
                                          "hashiv",
                                          "merchant key",
                                          "mac key",
                                          "jwt secret",
                                          "jwt key",
                                          "app secret key",
                                          "symmetric key",
                                          "secret access key",
                                          "aws secret access key",
                                          "django secret key",
                                          "flask secret key",
                                          NULL};
static const char *const other_names[] = {"公鑰",
                                          "金鑰編號",
                                          "金鑰名稱",
                                          "金鑰長度",
                                          "金鑰日期",
                                          "public key",
                                          "key id",
                                          "key name",
                                          "key length",
                                          "key size",
                                          "key version",
                                          "key alias",
                                          "key path",
                                          "private key path",
                                          "private key file",
                                          "secret key id",
                                          "encryption key id",
                                          "kms key id",
                                          "kms key arn",
                                          "primary key",
                                          "foreign key",
                                          "sort key",
                                          "key file",
                                          "hash key name",
                                          NULL};
static const char *const anchors[] = {PEM_BEGIN, NULL};

const struct pattern pattern_key_material = {
    .name = "key_material",
    .title = "private or secret key",
    .check = "the first lines of a private key in PEM form, or a key in a field of that name",
    .legal = LEGAL_NONE,
    .proves_itself = true,
    .chance = 1,
    .field_names = field_names,
    .other_names = other_names,
    .anchors = anchors,
    .extent = extent,
    .policy = {.min_hidden_percent = 100},
    .read = read,
    .show = hidden_words_show,
    .examples = examples,
};
