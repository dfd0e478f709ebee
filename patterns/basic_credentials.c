#include "patterns/basic_credentials.h"

#include "patterns/chosen_word.h"

enum {
    ENCODED_LEAST = 8,
    ENCODED_MOST = 172,
    DECODED_MOST = ENCODED_MOST / 4 * 3,
    SECRET_LEAST = 4
};

/* 0: TEXT is no base64, or too long. */
static size_t decode(struct bytes text, uint8_t out[DECODED_MOST]) {
    size_t length = 0;
    uint32_t bits = 0;
    if (text.len < ENCODED_LEAST || text.len > ENCODED_MOST || text.len % 4 != 0) {
        return 0;
    }
    size_t padding = text.ptr[text.len - 2] == '=' ? 2 : text.ptr[text.len - 1] == '=' ? 1 : 0;
    for (size_t i = 0; i < text.len - padding; i++) {
        const int value = byte_base64_value(text.ptr[i]);
        if (value < 0) {
            return 0;
        }
        bits = bits << 6 | (uint32_t)value;
        if (i % 4 != 0) {
            out[length++] = (uint8_t)(bits >> (6 - i % 4 * 2));
        }
    }
    return length;
}

bool basic_credentials_are(struct bytes text) {
    uint8_t plain[DECODED_MOST];
    size_t length = decode(text, plain), colon = length;
    for (size_t i = length; i-- > 0;) {
        if (plain[i] < 0x20 || plain[i] == 0x7F) {
            return false;
        }
        colon = plain[i] == ':' ? i : colon; /* the first one: names hold none */
    }
    if (colon == 0 || colon + SECRET_LEAST >= length) {
        return false;
    }
    struct bytes secret = bytes_of(plain + colon + 1, length - colon - 1);
    return !chosen_word_is_placeholder(secret) && !chosen_word_is_variable(secret);
}

bool basic_credentials_extent(struct bytes text, size_t anchor, size_t *begin, size_t *end) {
    struct bytes header = BYTES_LIT("authorization");
    size_t at = anchor + header.len, least = at;
    while (at < text.len && at < least + 6 && strchr("\"':= ", text.ptr[at]) != NULL) {
        at++;
    }
    struct bytes scheme = BYTES_LIT("basic ");
    if (at == least ||
        !bytes_equal_ignoring_case(bytes_first(bytes_from(text, anchor), header.len), header) ||
        !bytes_equal_ignoring_case(bytes_first(bytes_from(text, at), scheme.len), scheme)) {
        return false;
    }
    *begin = *end = at + scheme.len;
    while (*end < text.len && (byte_base64_value(text.ptr[*end]) >= 0 || text.ptr[*end] == '=')) {
        (*end)++;
    }
    return basic_credentials_are(bytes_of(text.ptr + *begin, *end - *begin));
}
