/* stream_digest.h - SHA-256 of many bytes: of a stream that passes, of a file. libcrypto does it,
 * which takes an eighth less time than Nettle where the processor has instructions for it and a
 * millisecond to begin with; what is short is hashed by Nettle where it stands. */
#ifndef YINMA_INPUT_STREAM_STREAM_DIGEST_H
#define YINMA_INPUT_STREAM_STREAM_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

enum { STREAM_DIGEST_TEXT = 65 }; /* in hex, with its NUL */

struct stream_digest; /* of one thread at a time */

/* NULL when memory is out. */
struct stream_digest *stream_digest_new(void);
void stream_digest_add(struct stream_digest *digest, const void *bytes, size_t len);
/* Frees it. False, and OUT empty: it could not be made (DIGEST is NULL, or memory ran out). */
bool stream_digest_end(struct stream_digest *digest, char out[STREAM_DIGEST_TEXT]);

#endif
