/* secret_phrases.h - passwords in sentences, statements and program text: `the password is …`,
 * `ALTER USER a PASSWORD '…'`, `IDENTIFIED BY '…'`, `'password' => '…'`, `PGPASSWORD=…`. */
#ifndef YINMA_PATTERNS_SECRET_PHRASES_H
#define YINMA_PATTERNS_SECRET_PHRASES_H

#include "core/bytes.h"

/* Words around which such a phrase stands. */
#define SECRET_PHRASES                                                                             \
    "password", "passwd", "pgpassword", "pwd", "identified by ", "passin pass:", "passout pass:"

/* Where the password of the phrase stands whose word begins at ANCHOR of TEXT; false: there is
 * none. */
bool secret_phrase_extent(struct bytes text, size_t anchor, size_t *begin, size_t *end);

#endif
