#include "catalog/ciphers.h"

/* ZipCrypto falls to a known-plaintext attack with twelve known bytes (Biham and Kocher, 1994),
 * RC4 and DES to their short or biased keys. The mark of one may stand in that of no other. */
static const struct cipher ciphers[] = {
    {"zipcrypto", "ZipCrypto", CIPHER_WEAK, 0},
    {"rc4", "RC4", CIPHER_WEAK, 0},
    {"des", "3DES", CIPHER_WEAK, 0},
    {"aes-128", "AES-128", CIPHER_STRONG, 128},
    {"aes-192", "AES-192", CIPHER_STRONG, 192},
    {"aes-256", "AES-256", CIPHER_STRONG, 256},
};
enum { CIPHERS = sizeof ciphers / sizeof *ciphers };
_Static_assert(sizeof ciphers / sizeof *ciphers <= CIPHERS_MAX, "room for all names");

const struct cipher *cipher_in(struct bytes detail) {
    for (size_t i = 0; i < CIPHERS; i++) {
        if (bytes_find(detail, bytes_of_string(ciphers[i].mark)) != SIZE_MAX) {
            return &ciphers[i];
        }
    }
    return NULL;
}

bool cipher_is_enough(const struct cipher *held, const char *wanted) {
    for (size_t i = 0; held != NULL && i < CIPHERS; i++) {
        if (strcmp(ciphers[i].name, wanted) == 0) {
            return held == &ciphers[i] ||
                   (held->strength == CIPHER_STRONG && held->bits >= ciphers[i].bits);
        }
    }
    return false;
}

void cipher_names(const char *out[CIPHERS_MAX + 1]) {
    for (size_t i = 0; i < CIPHERS; i++) {
        out[i] = ciphers[i].name;
    }
    out[CIPHERS] = NULL;
}

const char *cipher_strength_name(enum cipher_strength strength) {
    static const char *const names[] = {"", "weak", "strong"};
    return names[strength];
}
