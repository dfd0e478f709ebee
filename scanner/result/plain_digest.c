#include "result/plain_digest.h"

#include <nettle/base64.h>
#include <nettle/md5.h>
#include <nettle/nettle-meta.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>

static const struct nettle_hash *hash_of(size_t length) {
    static const struct nettle_hash *const hashes[] = {
        &nettle_md5,    &nettle_sha1, &nettle_sha224, &nettle_sha256, &nettle_sha384,
        &nettle_sha512, NULL};
    for (size_t i = 0; hashes[i] != NULL; i++) {
        if (hashes[i]->digest_size == length) {
            return hashes[i];
        }
    }
    return NULL;
}

const char *plain_digest_name(size_t length) {
    const struct nettle_hash *hash = hash_of(length);
    return hash == NULL ? NULL : hash->name;
}

bool plain_digest(size_t length, struct bytes data, uint8_t out[PLAIN_DIGEST_MAX]) {
    union {
        struct md5_ctx md5;
        struct sha1_ctx sha1;
        struct sha256_ctx sha256;
        struct sha512_ctx sha512;
    } context;
    const struct nettle_hash *hash = hash_of(length);
    if (hash == NULL || hash->context_size > sizeof context) {
        return false;
    }
    hash->init(&context);
    hash->update(&context, data.len, data.ptr);
    hash->digest(&context, length, out);
    return true;
}

static size_t read_hex(struct bytes text, uint8_t out[PLAIN_DIGEST_MAX]) {
    if (text.len % 2 != 0 || hash_of(text.len / 2) == NULL) {
        return 0;
    }
    for (size_t i = 0; i < text.len; i += 2) {
        int high = byte_hex_value(text.ptr[i]), low = byte_hex_value(text.ptr[i + 1]);
        if (high < 0 || low < 0) {
            return 0;
        }
        out[i / 2] = (uint8_t)(high << 4 | low);
    }
    return text.len / 2;
}

/* Both alphabets, with its padding or without. */
static size_t read_base64(struct bytes text, uint8_t out[PLAIN_DIGEST_MAX]) {
    enum { TEXT_MIN = 22, TEXT_MAX = 88 };
    uint8_t plain[BASE64_DECODE_LENGTH(TEXT_MAX + 4)];
    char standard[TEXT_MAX + 4];
    if (text.len < TEXT_MIN || text.len > TEXT_MAX) {
        return 0;
    }
    size_t len = 0, plain_len = sizeof plain;
    for (; len < text.len; len++) {
        uint8_t c = text.ptr[len];
        standard[len] = (char)(c == '-' ? '+' : c == '_' ? '/' : c);
    }
    while (len % 4 != 0) {
        standard[len++] = '=';
    }
    struct base64_decode_ctx context;
    base64_decode_init(&context);
    if (!base64_decode_update(&context, &plain_len, plain, len, standard) ||
        !base64_decode_final(&context) || hash_of(plain_len) == NULL) {
        return 0;
    }
    memcpy(out, plain, plain_len);
    return plain_len;
}

size_t plain_digest_read(struct bytes text, uint8_t out[PLAIN_DIGEST_MAX]) {
    if (text.len > 2 && text.ptr[0] == '0' && byte_lower(text.ptr[1]) == 'x') {
        text = bytes_from(text, 2);
    }
    size_t len = read_hex(text, out);
    return len != 0 ? len : read_base64(text, out);
}
