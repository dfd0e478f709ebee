/* plain_digest.h - unkeyed digests, to tell whether a column holds those of values that stand
 * beside it in clear. Nothing made here leaves the program. */
#ifndef YINMA_RESULT_PLAIN_DIGEST_H
#define YINMA_RESULT_PLAIN_DIGEST_H

#include "core/bytes.h"

enum { PLAIN_DIGEST_MAX = 64 };

/* The plain digest of DATA that has LENGTH bytes: MD5 (16), SHA-1 (20), SHA-224 (28), SHA-256 (32),
 * SHA-384 (48), SHA-512 (64). False for any other length. */
bool plain_digest(size_t length, struct bytes data, uint8_t out[PLAIN_DIGEST_MAX]);

/* "md5", "sha256" … of digests that long; NULL for other lengths. */
const char *plain_digest_name(size_t length);

/* The bytes that TEXT spells in hexadecimal digits (0x in front or not) or base64, when they are as
 * many as one of those digests has; 0 = it is none. */
size_t plain_digest_read(struct bytes text, uint8_t out[PLAIN_DIGEST_MAX]);

#endif
