#include "decode/keyed/escapes.h"

#include "core/utf8.h"
#include "decode/keyed/values.h"

static bool read_hex(struct bytes b, size_t at, size_t count, uint32_t *out) {
    uint32_t value = 0;
    if (at + count > b.len) {
        return false;
    }
    for (size_t i = at; i < at + count; i++) {
        int digit = byte_hex_value(b.ptr[i]);
        if (digit < 0) {
            return false;
        }
        value = value << 4 | (uint32_t)digit;
    }
    *out = value;
    return true;
}

/* \xE7: how web servers write bytes that are no ASCII into their logs. */
bool keyed_byte_escape(struct bytes text, size_t at) {
    uint32_t code;
    return at + 4 <= text.len && text.ptr[at + 1] == 'x' && read_hex(text, at + 2, 2, &code);
}

bool keyed_unicode_escape(struct bytes text, size_t at) {
    uint32_t code;
    return at + 6 <= text.len && text.ptr[at + 1] == 'u' && read_hex(text, at + 2, 4, &code);
}

/* The \uXXXX at AT; *used grows to 12 for a pair of surrogates. */
static bool read_unicode_escape(struct bytes b, size_t at, uint32_t *code, size_t *used) {
    uint32_t low;
    if (!read_hex(b, at + 2, 4, code)) {
        return false;
    }
    *used = 6;
    if (*code >= 0xD800 && *code < 0xDC00 && at + 12 <= b.len && b.ptr[at + 6] == '\\' &&
        b.ptr[at + 7] == 'u' && read_hex(b, at + 8, 4, &low) && low >= 0xDC00 && low < 0xE000) {
        *code = 0x10000 + ((*code - 0xD800) << 10) + (low - 0xDC00);
        *used = 12;
    }
    return true;
}

size_t keyed_values_unescape(struct bytes value, uint8_t *out, unsigned dialect) {
    static const char letters[] = "nrtbf", controls[] = "\n\r\t\b\f";
    (void)dialect;
    size_t len = 0, at = 0;
    while (at < value.len) {
        uint8_t c = value.ptr[at];
        uint8_t next = at + 1 < value.len ? value.ptr[at + 1] : 0;
        uint32_t code;
        size_t used = 2;
        const char *letter = next != 0 ? strchr(letters, next) : NULL;
        if (c != '\\' || at + 1 == value.len) {
            out[len++] = c;
            used = c == '\'' && next == c ? 2 : 1; /* in literals of SQL */
        } else if (next == 'u' && read_unicode_escape(value, at, &code, &used)) {
            len += utf8_encode(code, out + len);
        } else if (next == 'x' && read_hex(value, at + 2, 2, &code)) {
            out[len++] = (uint8_t)code;
            used = 4;
        } else {
            out[len++] = letter != NULL ? (uint8_t)controls[letter - letters] : next;
        }
        at += used;
    }
    return len;
}
