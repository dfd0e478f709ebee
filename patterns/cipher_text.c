#include "patterns/cipher_text.h"

enum { SHORTEST = 20 };

/* MD5, SHA-1, Tiger, SHA-224, SHA-256, SHA-384, SHA-512 - or cipher text, whose length in bytes is
 * a multiple of the block (16). */
static bool hex_length(size_t len) {
    return len == 40 || len == 48 || len == 56 || (len >= 32 && len % 32 == 0);
}

static bool is_hex_text(struct bytes text) {
    if (text.len > 2 && text.ptr[0] == '0' && (text.ptr[1] | 0x20) == 'x') {
        text = bytes_from(text, 2);
    } else if (text.len == 41 && text.ptr[0] == '*') {
        text = bytes_from(text, 1); /* MySQL's PASSWORD() */
    }
    if (!hex_length(text.len)) {
        return false;
    }
    bool letter = false;
    for (size_t i = 0; i < text.len; i++) {
        if (!byte_is_hex(text.ptr[i])) {
            return false;
        }
        letter |= !byte_is_digit(text.ptr[i]);
    }
    return letter;
}

/* What password hashing and encryption tools put in front. */
static bool has_known_start(struct bytes text) {
    static const char *const starts[] = {
        "$1$",     "$2a$",    "$2b$",     "$2x$",       "$2y$",         "$5$",
        "$6$",     "$7$",     "$argon2",  "$pbkdf2",    "$scrypt$",     "$apr1$",
        "$y$",     "$P$",     "$H$",      "{SSHA",      "{SHA",         "{MD5}",
        "{SMD5}",  "{CRYPT}", "{bcrypt}", "U2FsdGVkX1", "vault:v",      "gAAAAA",
        "pbkdf2_", "bcrypt$", "scrypt:",  "ENC(",       "-----BEGIN P", "eyJhbGciOi",
    };
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (text.ptr[0] == (uint8_t)starts[i][0] &&
            bytes_starts_with(text, bytes_of_string(starts[i]))) {
            return true;
        }
    }
    return false;
}

/* Letters of both cases and digits, well mixed. Random base64 changes class at two of three
 * characters and one in six is a digit; words put together keep their class for longer and hold
 * few digits. Padding and signs make up for the lack of either. */
static bool is_base64(struct bytes text) {
    size_t len = text.len;
    while (len > 0 && text.ptr[len - 1] == '=' && text.len - len < 2) {
        len--;
    }
    if (text.len < 24 || len % 4 == 1 || (len < text.len && text.len % 4 != 0)) {
        return false;
    }
    unsigned seen = 0, before = 0;
    size_t digits = 0, changes = 0;
    for (size_t i = 0; i < len; i++) {
        uint8_t c = text.ptr[i];
        unsigned class = byte_is_digit(c)                               ? 1
                         : (uint8_t)(c - 'A') < 26                      ? 2
                         : (uint8_t)(c - 'a') < 26                      ? 4
                         : c == '+' || c == '/' || c == '-' || c == '_' ? 8
                                                                        : 0;
        if (class == 0) {
            return false;
        }
        seen |= class;
        digits += class == 1;
        changes += class != before;
        before = class;
    }
    bool signs = len < text.len || (seen & 8) != 0;
    return (seen & 7) == 7 &&
           (signs ? changes * 3 >= len : changes * 2 >= len && digits * 16 >= len);
}

bool cipher_text_is(struct bytes text) {
    if (text.len < SHORTEST) {
        return false;
    }
    return is_hex_text(text) || has_known_start(text) || is_base64(text);
}
