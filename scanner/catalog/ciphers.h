/* ciphers.h - what encrypted files are encrypted with, as far as their form tells, and whether that
 * is worth something. */
#ifndef YINMA_CATALOG_CIPHERS_H
#define YINMA_CATALOG_CIPHERS_H

#include "core/bytes.h"

enum cipher_strength { CIPHER_UNKNOWN, CIPHER_WEAK, CIPHER_STRONG };

struct cipher {
    const char *name; /* "aes-256": of `expect:` and of records */
    const char *mark; /* how it is told in the detail of a coverage record: "AES-256" */
    enum cipher_strength strength;
    unsigned bits;
};

enum { CIPHERS_MAX = 8 };

/* The cipher that DETAIL speaks of; NULL: none that is known. */
const struct cipher *cipher_in(struct bytes detail);
/* Is HELD (or NULL) at least what WANTED names? */
bool cipher_is_enough(const struct cipher *held, const char *wanted);
/* NULL-terminated, for messages. */
void cipher_names(const char *out[CIPHERS_MAX + 1]);
/* "weak", "strong", "" */
const char *cipher_strength_name(enum cipher_strength strength);

#endif
