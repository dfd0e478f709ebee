#include "decode/encoded_text.h"

#include "core/utf8.h"
#include "decode/encoding/big5_table.h"
#include "decode/packed_value.h"

enum { REFERENCE_BYTES = 10 }; /* the longest that is looked at, with & and ; */

size_t hex_decode(struct bytes value, uint8_t *out, unsigned dialect) {
    size_t len = 0;
    (void)dialect;
    for (size_t i = 0; i + 1 < value.len; i += 2) {
        int high = byte_hex_value(value.ptr[i]), low = byte_hex_value(value.ptr[i + 1]);
        if (high < 0 || low < 0) {
            break;
        }
        out[len++] = (uint8_t)(high << 4 | low);
    }
    return len;
}

/* The byte that the three at AT spell, or -1. */
static int percent_byte(struct bytes text, size_t at) {
    if (at + 2 >= text.len || text.ptr[at] != '%') {
        return -1;
    }
    int high = byte_hex_value(text.ptr[at + 1]), low = byte_hex_value(text.ptr[at + 2]);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

bool percent_encoded(struct bytes text) {
    const uint8_t *at = text.len == 0 ? NULL : memchr(text.ptr, '%', text.len);
    while (at != NULL) {
        size_t offset = (size_t)(at - text.ptr);
        if (percent_byte(text, offset) >= 0) {
            return true;
        }
        at = memchr(at + 1, '%', text.len - offset - 1);
    }
    return false;
}

/* The next byte that VALUE spells at *at, which moves on. */
static uint8_t percent_next(struct bytes value, size_t *at) {
    int byte = percent_byte(value, *at);
    if (byte >= 0) {
        *at += 3;
        return (uint8_t)byte;
    }
    uint8_t c = value.ptr[(*at)++];
    return c == '+' && *at > 1 ? ' ' : c;
}

/* The character of Big5 that LEAD begins; 0: none. */
static uint16_t big5_character(struct bytes value, size_t at, uint8_t lead) {
    unsigned row = (unsigned)lead - BIG5_FIRST_LEAD;
    unsigned trail = at < value.len ? percent_next(value, &at) : 0U;
    return row >= BIG5_LEADS || trail - BIG5_FIRST_TRAIL >= BIG5_TRAILS
               ? 0
               : big5_table[row][trail - BIG5_FIRST_TRAIL];
}

/* As Big5; 0: it is something else. A character takes four bytes of VALUE at least (%A4H) and three
 * of UTF-8. */
static size_t percent_big5(struct bytes value, uint8_t *out) {
    size_t len = 0;
    for (size_t at = 0; at < value.len;) {
        uint8_t lead = percent_next(value, &at);
        if (lead < 0x80) {
            out[len++] = lead;
            continue;
        }
        uint16_t code = big5_character(value, at, lead);
        if (code == 0) {
            return 0;
        }
        (void)percent_next(value, &at);
        len += utf8_encode(code, out + len);
    }
    return len;
}

size_t percent_decode(struct bytes value, uint8_t *out, unsigned dialect) {
    size_t len = 0;
    (void)dialect;
    for (size_t at = 0; at < value.len;) {
        out[len++] = percent_next(value, &at);
    }
    if (utf8_valid(bytes_of(out, len), UTF8_MAY_BE_CUT)) {
        return len;
    }
    size_t big5 = percent_big5(value, out);
    if (big5 > 0) {
        return big5;
    }
    len = 0;
    for (size_t at = 0; at < value.len;) {
        out[len++] = percent_next(value, &at);
    }
    return len;
}

/* -1: of neither alphabet. */
static int base64_value(uint8_t c) {
    return byte_base64_value(c == '-' ? '+' : c == '_' ? '/' : c);
}

size_t base64_decode(struct bytes value, uint8_t *out, unsigned dialect) {
    size_t len = 0;
    uint32_t bits = 0;
    unsigned count = 0;
    (void)dialect;
    for (size_t at = 0; at < value.len; at++) {
        int digit = base64_value(value.ptr[at]);
        if (digit < 0) {
            break;
        }
        bits = bits << 6 | (uint32_t)digit;
        count += 6;
        if (count >= 8) {
            count -= 8;
            out[len++] = (uint8_t)(bits >> count);
        }
    }
    return len;
}

/* Letters and digits alternate at random here: a set of bits, no branches. */
static bool in_base64(uint8_t c) {
    static const uint64_t alphabet[2] = {
        UINT64_C(0x3FF) << '0' | UINT64_C(1) << '+' | UINT64_C(1) << '-' | UINT64_C(1) << '/',
        UINT64_C(0x3FFFFFF) << ('A' - 64) | UINT64_C(0x3FFFFFF) << ('a' - 64) |
            UINT64_C(1) << ('_' - 64)};
    return c < 128 && (alphabet[c >> 6] >> (c & 63) & 1) != 0;
}

/* The first bytes that TEXT spells tell, text or compressed text: identifiers in hexadecimal, keys
 * and digests are of the same alphabet. */
static bool begins_readably(struct bytes text) {
    enum { LOOKED_AT = 24 };
    uint8_t begin[LOOKED_AT];
    struct bytes decoded = bytes_of(begin, base64_decode(bytes_first(text, LOOKED_AT), begin, 0));
    struct packed_value packed;
    if (packed_value(decoded, &packed) || packed_file(decoded) != NULL) {
        return true;
    }
    for (size_t i = 0; i < decoded.len; i++) {
        uint8_t c = begin[i];
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) {
            return false;
        }
    }
    return utf8_valid(decoded, UTF8_MAY_BE_CUT);
}

bool base64_encoded(struct bytes text) {
    if (text.len < 4U * BASE64_TEXT_MIN / 3U || text.len % 4 == 1) {
        return false;
    }
    size_t at = 0;
    while (at < text.len && in_base64(text.ptr[at])) {
        at++;
    }
    size_t padding = text.len - at;
    bool ends = padding == 0 || (padding <= 2 && text.len % 4 == 0 && text.ptr[at] == '=' &&
                                 text.ptr[text.len - 1] == '=');
    return ends && begins_readably(text);
}

/* The part of TEXT behind its first dot, up to the next one; empty: there is no dot yet. */
static struct bytes claims_of(struct bytes text) {
    size_t dot = bytes_find(text, BYTES_LIT("."));
    struct bytes rest = dot == SIZE_MAX ? bytes_of("", 0) : bytes_from(text, dot + 1);
    return bytes_first(rest, rest.len == 0 ? 0 : bytes_find(rest, BYTES_LIT(".")));
}

bool web_token(struct bytes text) {
    /* {" in base64: header and claims are objects of JSON */
    const struct bytes object = BYTES_LIT("eyJ");
    struct bytes claims, scheme = BYTES_LIT("Bearer ");
    text = bytes_starts_with(text, scheme) ? bytes_from(text, scheme.len) : text;
    return bytes_starts_with(text, object) &&
           bytes_starts_with((claims = claims_of(text)), object) && base64_encoded(claims);
}

size_t web_token_decode(struct bytes value, uint8_t *out, unsigned dialect) {
    return base64_decode(claims_of(value), out, dialect);
}

/* The code point of the reference whose text between & and ; is NAME; UINT32_MAX: none. */
static uint32_t reference_code(struct bytes name) {
    static const struct {
        const char *name;
        uint32_t code;
    } named[] = {{"amp", '&'},  {"lt", '<'},    {"gt", '>'},
                 {"quot", '"'}, {"apos", '\''}, {"nbsp", ' '}};
    if (name.len >= 2 && name.ptr[0] == '#') {
        bool hex = (name.ptr[1] | 0x20) == 'x';
        uint32_t code = 0;
        for (size_t i = hex ? 2 : 1; i < name.len; i++) {
            int digit = byte_hex_value(name.ptr[i]);
            if (digit < 0 || (!hex && digit > 9)) {
                return UINT32_MAX;
            }
            code = code * (hex ? 16 : 10) + (uint32_t)digit;
        }
        return name.len == (hex ? 2 : 1) || code == 0 ? UINT32_MAX : code;
    }
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (bytes_equal(name, bytes_of_string(named[i].name))) {
            return named[i].code;
        }
    }
    return UINT32_MAX;
}

size_t references_decode(struct bytes value, uint8_t *out, unsigned dialect) {
    size_t len = 0, at = 0;
    (void)dialect;
    while (at < value.len) {
        if (value.ptr[at] == '&') {
            struct bytes rest = bytes_first(bytes_from(value, at + 1), REFERENCE_BYTES - 1);
            const uint8_t *end = rest.len == 0 ? NULL : memchr(rest.ptr, ';', rest.len);
            uint32_t code = end == NULL
                                ? UINT32_MAX
                                : reference_code(bytes_of(rest.ptr, (size_t)(end - rest.ptr)));
            size_t put = code == UINT32_MAX ? 0 : utf8_encode(code, out + len);
            if (put > 0) {
                len += put;
                at += (size_t)(end - rest.ptr) + 2;
                continue;
            }
        }
        out[len++] = value.ptr[at++];
    }
    return len;
}
