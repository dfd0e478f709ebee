/* stream_digest.c - see the header. */
#include "input/stream/stream_digest.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>

struct stream_digest {
    EVP_MD_CTX *context;
    bool failed;
};

struct stream_digest *stream_digest_new(void) {
    struct stream_digest *digest = calloc(1, sizeof *digest);
    if (digest == NULL) {
        return NULL;
    }
    digest->context = EVP_MD_CTX_new();
    if (digest->context == NULL || EVP_DigestInit_ex(digest->context, EVP_sha256(), NULL) != 1) {
        EVP_MD_CTX_free(digest->context);
        free(digest);
        return NULL;
    }
    return digest;
}

void stream_digest_add(struct stream_digest *digest, const void *bytes, size_t len) {
    if (EVP_DigestUpdate(digest->context, bytes, len) != 1) {
        digest->failed = true;
    }
}

bool stream_digest_end(struct stream_digest *digest, char out[STREAM_DIGEST_TEXT]) {
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    out[0] = '\0';
    if (digest == NULL) {
        return false;
    }
    bool made = !digest->failed && EVP_DigestFinal_ex(digest->context, bytes, &len) == 1;
    for (unsigned i = 0; made && i < len; i++) {
        snprintf(out + 2 * (size_t)i, 3, "%02x", bytes[i]);
    }
    EVP_MD_CTX_free(digest->context);
    free(digest);
    return made;
}
