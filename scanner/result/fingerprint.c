#include "result/fingerprint.h"

#include <nettle/hmac.h>
#include <nettle/sha2.h>
#include <string.h>

static void put_hex(const uint8_t *from, size_t len, char *out) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < len; i++) {
        out[2 * i] = digits[from[i] >> 4];
        out[2 * i + 1] = digits[from[i] & 15];
    }
    out[2 * len] = '\0';
}

void fingerprint_value(const struct fingerprint_key *key, const char *kind, struct bytes normal,
                       char out[33]) {
    struct hmac_sha256_ctx context;
    uint8_t digest[16];
    memcpy(&context, key->keyed, sizeof context);
    hmac_sha256_update(&context, strlen(kind) + 1, (const uint8_t *)kind);
    hmac_sha256_update(&context, normal.len, normal.ptr);
    hmac_sha256_digest(&context, sizeof digest, digest);
    put_hex(digest, sizeof digest, out);
}

void fingerprint_violation(const char *rule, struct bytes source, struct bytes table,
                           struct bytes column, const char *kind_or_role, enum storage storage,
                           char out[65]) {
    static const uint8_t nul = 0;
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    const struct bytes parts[] = {bytes_of_string(rule),
                                  source,
                                  table,
                                  column,
                                  bytes_of_string(kind_or_role),
                                  bytes_of_string(storage_name(storage))};
    const size_t count = sizeof parts / sizeof *parts - (storage <= STORAGE_LIVE);
    sha256_init(&context);
    for (size_t i = 0; i < count; i++) {
        sha256_update(&context, parts[i].len, parts[i].ptr);
        sha256_update(&context, 1, &nul);
    }
    sha256_digest(&context, sizeof digest, digest);
    put_hex(digest, sizeof digest, out);
}

void digest_hex(struct bytes data, char out[65]) {
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, data.len, data.ptr);
    sha256_digest(&context, sizeof digest, digest);
    put_hex(digest, sizeof digest, out);
}
