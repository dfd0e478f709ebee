/* basic_credentials.h - a name and a password as `Authorization: Basic` carries them (RFC 7617, 2):
 * base64, which hides nothing. */
#ifndef YINMA_PATTERNS_BASIC_CREDENTIALS_H
#define YINMA_PATTERNS_BASIC_CREDENTIALS_H

#include "core/bytes.h"

/* TEXT is the base64 of NAME:PASSWORD, both printable. */
bool basic_credentials_are(struct bytes text);

/* Where they stand behind the header's name at ANCHOR of TEXT; false: nothing of the kind. */
bool basic_credentials_extent(struct bytes text, size_t anchor, size_t *begin, size_t *end);

#endif
