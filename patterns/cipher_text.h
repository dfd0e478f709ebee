/* cipher_text.h - does a value look like a digest or cipher text? Said of values whose field ought
 * to hold personal data; it is no proof by itself. */
#ifndef YINMA_PATTERNS_CIPHER_TEXT_H
#define YINMA_PATTERNS_CIPHER_TEXT_H

#include "core/bytes.h"

/* Hexadecimal digests (32, 40, 48, 56, 64, 96, 128 digits, with or without 0x), crypt(3) and LDAP
 * forms, salted OpenSSL, Fernet, Vault, and base64 of 24 characters and more. */
bool cipher_text_is(struct bytes text);

#endif
