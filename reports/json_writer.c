#include "reports/json_writer.h"

#include <inttypes.h>
#include <math.h>

#include "core/utf8.h"

enum { WRITTEN_AT_ONCE = 4096 }; /* fits into the buffer of a sink in any case */

/* Place for the LEN bytes of a value, which the caller writes at once, behind its comma: a record
 * is hundreds of values, and each would otherwise be asked for room four times. */
static char *value_room(struct json_writer *json, size_t len) {
    const size_t comma = json->comma ? 1 : 0;
    char *room = report_room(json->sink, comma + len);
    if (json->comma) {
        *room = ',';
    }
    json->comma = true;
    return room + comma;
}

static void put_value(struct json_writer *json, struct bytes text) {
    memcpy(value_room(json, text.len), text.ptr, text.len);
}

void json_open(struct json_writer *json, char bracket) {
    *value_room(json, 1) = bracket;
    json->comma = false;
}

void json_close(struct json_writer *json, char bracket) {
    report_putc(json->sink, bracket);
    json->comma = true;
}

void json_name(struct json_writer *json, const char *key, size_t len) {
    char *out = value_room(json, len + 3);
    out[0] = '"';
    memcpy(out + 1, key, len);
    out[len + 1] = '"';
    out[len + 2] = ':';
    json->comma = false;
}

/* ---- stretches ---- */

/* Longer ones are written anew each time. */
enum { STRETCH_MOST = 4096 };

void json_stretch_release(struct json_stretch *stretch) {
    text_buffer_release(&stretch->text);
    stretch->known = false;
}

bool json_stretch_again(struct json_writer *json, const struct json_stretch *stretch, size_t of) {
    if (!stretch->known || stretch->of != of) {
        return false;
    }
    report_put(json->sink, text_buffer_view(&stretch->text));
    return true;
}

void json_stretch_begin(struct json_writer *json, struct json_stretch *stretch) {
    struct report_sink *sink = json->sink;
    if (sink->held > REPORT_BUFFER - STRETCH_MOST) {
        report_flush(sink);
    }
    stretch->known = false;
    stretch->begin = sink->held;
    stretch->flushes = sink->flushes;
}

void json_stretch_end(struct json_writer *json, struct json_stretch *stretch, size_t of) {
    const struct report_sink *sink = json->sink;
    if (sink->flushes != stretch->flushes) {
        return;
    }
    text_buffer_clear(&stretch->text);
    text_buffer_put(&stretch->text,
                    bytes_of(sink->buffer + stretch->begin, sink->held - stretch->begin));
    stretch->of = of;
    stretch->known = !stretch->text.failed;
}

static void put_escape(struct report_sink *sink, uint32_t code) {
    static const char letters[] = "btn\0fr"; /* U+0008 and on */
    if (code == '"' || code == '\\') {
        report_printf(sink, "\\%c", (int)code);
    } else if (code >= 8 && code <= 13 && letters[code - 8] != '\0') {
        report_printf(sink, "\\%c", letters[code - 8]);
    } else {
        report_printf(sink, "\\u%04" PRIx32, code);
    }
}

/* The C1 controls and the marks that turn the writing direction too: a terminal or an editor that
 * shows the file may act on them. */
static bool needs_escape(const struct json_writer *json, uint32_t code) {
    if (json->in_page && (code == '<' || code == '>' || code == '&')) {
        return true; /* "</script" and "<!--" would end or change the element */
    }
    return code < 0x20 || code == '"' || code == '\\' || (code >= 0x7F && code < 0xA0) ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

/* Eight bytes that stand for themselves in JSON outside of a page: printable ASCII, no quote and no
 * back-slash? */
static bool are_plain(const uint8_t *p) {
    const uint64_t ones = UINT64_C(0x0101010101010101), high = UINT64_C(0x8080808080808080);
    uint64_t v;
    memcpy(&v, p, sizeof v);
    uint64_t quote = v ^ ones * '"', slash = v ^ ones * '\\';
    uint64_t beyond = (v + ones) | v, below = v - ones * 0x20; /* of 20 to 7E */
    return ((beyond | below | (quote - ones) | (slash - ones)) & high) == 0;
}

/* Bytes that stand for themselves in any JSON of ours: printable ASCII but marks of JSON and HTML.
 */
static bool is_plain(uint8_t byte) {
    return byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\' && byte != '<' &&
           byte != '>' && byte != '&';
}

/* A character of three bytes from U+3000 to U+9FFF: nearly all that is neither ASCII nor escaped.
 */
static bool is_plain_han(struct bytes text, size_t at) {
    const uint8_t *p = text.ptr + at;
    return text.len - at >= 3 && p[0] >= 0xE3 && p[0] <= 0xE9 && (p[1] & 0xC0) == 0x80 &&
           (p[2] & 0xC0) == 0x80;
}

/* Where the first character stands, from AT on, that cannot go out as it is, and which it is; the
 * end: there is none. */
static size_t first_escape(const struct json_writer *json, struct bytes text, size_t at,
                           uint32_t *code, size_t *used) {
    while (at < text.len) {
        if (!json->in_page && text.len - at >= 8 && are_plain(text.ptr + at)) {
            at += 8;
        } else if (is_plain(text.ptr[at])) {
            at++;
        } else if (is_plain_han(text, at)) {
            at += 3;
        } else {
            *used = utf8_decode(text.ptr + at, text.len - at, code);
            if (*code == UINT32_MAX || needs_escape(json, *code)) {
                break;
            }
            at += *used;
        }
    }
    return at;
}

static void put_escaped(struct json_writer *json, struct bytes text) {
    uint32_t code = 0;
    size_t from = 0, used = 0;
    while (from < text.len) {
        const size_t at = first_escape(json, text, from, &code, &used);
        report_put(json->sink, bytes_of(text.ptr + from, at - from));
        if (at == text.len) {
            break;
        }
        if (code == UINT32_MAX) {
            report_puts(json->sink, "\xEF\xBF\xBD"); /* U+FFFD */
        } else {
            put_escape(json->sink, code);
        }
        from = at + used;
    }
}

/* TEXT as it is, in quotes. */
static void put_quoted(struct json_writer *json, struct bytes text) {
    char *out = value_room(json, text.len + 2);
    out[0] = '"';
    if (text.len > 0) {
        memcpy(out + 1, text.ptr, text.len);
    }
    out[text.len + 1] = '"';
}

void json_text(struct json_writer *json, struct bytes text) {
    uint32_t code;
    size_t used;
    if (text.len <= WRITTEN_AT_ONCE && first_escape(json, text, 0, &code, &used) == text.len) {
        put_quoted(json, text);
        return;
    }
    *value_room(json, 1) = '"';
    put_escaped(json, text);
    report_putc(json->sink, '"');
}

void json_string(struct json_writer *json, const char *text) {
    json_text(json, bytes_of_string(text));
}

void json_number(struct json_writer *json, uint64_t number) {
    char digits[20]; /* of 2^64 - 1 */
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    put_value(json, bytes_of(digits + at, sizeof digits - at));
}

void json_bool(struct json_writer *json, bool value) {
    put_value(json, value ? BYTES_LIT("true") : BYTES_LIT("false"));
}

void json_null(struct json_writer *json) {
    put_value(json, BYTES_LIT("null"));
}

void json_decimal(struct json_writer *json, double value, unsigned digits) {
    uint64_t scale = 1;
    for (unsigned i = 0; i < digits; i++) {
        scale *= 10;
    }
    bool sensible = isfinite(value) && value > 0 && value < 1e12;
    uint64_t scaled = sensible ? (uint64_t)(value * (double)scale + 0.5) : 0;
    (void)value_room(json, 0);
    report_printf(json->sink, "%" PRIu64, scaled / scale);
    if (scaled % scale != 0) {
        char decimals[24];
        int len = snprintf(decimals, sizeof decimals, "%0*" PRIu64, (int)digits, scaled % scale);
        while (len > 1 && decimals[len - 1] == '0') {
            len--;
        }
        report_printf(json->sink, ".%.*s", len, decimals);
    }
}

void json_member_plain(struct json_writer *json, const char *key, struct bytes text) {
    json_key(json, key);
    if (text.len <= WRITTEN_AT_ONCE) {
        put_quoted(json, text);
        return;
    }
    *value_room(json, 1) = '"';
    report_put(json->sink, text);
    report_putc(json->sink, '"');
}
