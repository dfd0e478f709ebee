#include "decode/keyed/keys.h"

#include "core/utf8.h"
#include "decode/encoded_text.h"
#include "decode/keyed/var_dump.h"

/* A key with so many digits in a row is a value or a number of its own. */
enum { LONG_DIGIT_RUN = 5 };

static const bool key_bytes[256] = {
    ['0' ... '9'] = true, ['A' ... 'Z'] = true, ['a' ... 'z'] = true,
    ['_'] = true,         ['.'] = true,         ['-'] = true,
};

bool keyed_key_byte(uint8_t c) {
    return key_bytes[c];
}

static bool is_percent_sign(const uint8_t *p, size_t at, size_t end) {
    return p[at] == '%' && at + 3 <= end && percent_encoded(bytes_of(p + at, 3));
}

/* Back from END over letters, digits, _ . - and hanzi, as they are or percent-encoded; END itself
 * when there is none. */
static size_t key_begin(const uint8_t *p, size_t end, bool *percent) {
    size_t at = end, limit = end > KEYED_MAX_KEY_BYTES ? end - KEYED_MAX_KEY_BYTES - 1 : 0;
    while (at > limit) {
        if (key_bytes[p[at - 1]]) {
            at--;
            continue;
        }
        if (is_percent_sign(p, at - 1, end)) {
            at--;
            limit = end > KEYED_PERCENT_BYTES ? end - KEYED_PERCENT_BYTES - 1 : 0;
            *percent = true;
            continue;
        }
        size_t lead = at;
        while (lead > limit && at - lead < 4 && (p[lead - 1] & 0xC0) == 0x80) {
            lead--;
        }
        uint32_t code;
        if (p[at - 1] < 0x80 || lead == limit ||
            utf8_decode(p + lead - 1, at - lead + 1, &code) != at - lead + 1 ||
            !utf8_is_han(code)) {
            break;
        }
        at = lead - 1;
    }
    return at;
}

bool keyed_key_tells(struct bytes key) {
    size_t run = 0, digits = 0, hex = 0, names = 0;
    for (size_t i = 0; i < key.len; i++) {
        uint8_t c = key.ptr[i];
        if (c < 0x20) {
            return false;
        }
        run = byte_is_digit(c) ? run + 1 : 0;
        if (run >= LONG_DIGIT_RUN) {
            return false;
        }
        digits += byte_is_digit(c);
        hex += byte_is_hex(c);
        names += byte_is_letter(c) || c >= 0x80;
    }
    bool only_hex = hex == key.len && digits > 0 && key.len >= 4;
    return key.len > 0 && key.len <= KEYED_MAX_KEY_BYTES && names > 0 && !only_hex;
}

bool keyed_key_quoted(struct bytes text, size_t end, struct keyed *out) {
    const uint8_t *p = text.ptr;
    uint8_t quote = p[end];
    out->percent = false;
    out->key_end = end > 0 && p[end - 1] == '\\' ? end - 1 : end;
    size_t at = out->key_end;
    while (at > 0 && out->key_end - at <= KEYED_MAX_KEY_BYTES) {
        uint8_t c = p[at - 1];
        if (c == quote) {
            out->key = at;
            return keyed_key_tells(bytes_of(p + at, out->key_end - at));
        }
        if (c < 0x20 || c == '\\') {
            break;
        }
        at--;
    }
    return false;
}

bool keyed_key_spelled(struct bytes raw, uint8_t out[KEYED_PERCENT_BYTES], struct bytes *key) {
    bool again = false;
    size_t end = percent_decode(raw, out, 0);
    bool bracket = end > 0 && out[end - 1] == ']';
    end -= bracket;
    size_t begin = key_begin(out, end, &again);
    *key = bytes_of(out + begin, end - begin);
    return !again && bracket == (begin > 0 && out[begin - 1] == '[') &&
           utf8_valid(*key, UTF8_WHOLE) && keyed_key_tells(*key);
}

/* @name="…" as Ruby prints what an object holds; the sign of an address has a letter before it. */
static bool is_variable(const uint8_t *p, size_t at) {
    return at == 0 || p[at - 1] == ' ' || p[at - 1] == ',';
}

/* key= or outer[key]= */
bool keyed_key_place(struct bytes text, size_t end, struct keyed *out) {
    const uint8_t *p = text.ptr;
    if (end > 0 && p[end - 1] == ' ') {
        end--;
    }
    bool bracket = end > 0 && p[end - 1] == ']';
    end -= bracket;
    out->key_end = end;
    out->percent = false;
    out->key = key_begin(p, end, &out->percent);
    struct bytes key = bytes_of(p + out->key, end - out->key);
    if (out->percent) {
        uint8_t name[KEYED_PERCENT_BYTES];
        return !bracket && key.len <= sizeof name && keyed_key_spelled(key, name, &key);
    }
    if (out->key > 0) {
        uint8_t before = p[out->key - 1];
        /* 93= behind a percent sign or a back-slash is the rest of an escape, host= behind @ the
         * rest of an address. */
        if (before == '%' || before == '\\' || (before == '@' && !is_variable(p, out->key - 1)) ||
            bracket != (before == '[')) {
            if (!(before == '[' && !bracket)) { /* [key=value] as in structured syslog */
                return false;
            }
        }
    }
    return key.len > 0;
}

bool keyed_key_arrow(struct bytes text, size_t end, struct keyed *out) {
    enum { MOST_BLANKS = 32 };
    const uint8_t *p = text.ptr;
    for (size_t blanks = 0; end > 0 && p[end - 1] == ' ' && blanks < MOST_BLANKS; blanks++) {
        end--;
    }
    const size_t bracket = end > 1 && p[end - 1] == ']';
    const size_t name = bracket != 0 ? var_dump_name_end(text, end - 1) : end;
    const uint8_t last = name > 0 ? p[name - 1] : 0;
    if (last == '"' || last == '\'') {
        return keyed_key_quoted(text, name - 1, out);
    }
    if (bracket != 0 && name < end - 1) { /* [name:protected] */
        out->percent = false;
        out->key_end = name;
        out->key = key_begin(p, name, &out->percent);
        return !out->percent && out->key > 0 && p[out->key - 1] == '[' &&
               keyed_key_tells(bytes_of(p + out->key, name - out->key));
    }
    return keyed_key_plain(text, end, out) && !out->percent && out->key > 0 &&
           (bracket != 0 || p[out->key - 1] == ':');
}

bool keyed_key_plain(struct bytes text, size_t end, struct keyed *out) {
    return keyed_key_place(text, end, out) &&
           (out->percent ||
            keyed_key_tells(bytes_of(text.ptr + out->key, out->key_end - out->key)));
}
