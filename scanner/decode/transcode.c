#include "decode/transcode.h"

#include <iconv.h>
#include <stdlib.h>

#include "core/utf8.h"

/* One step may turn four bytes into four invalid markers of four bytes. */
enum { INPUT_BYTES = 64 * 1024, STEP_BYTES = 16 };

/* What a pair that is no character has in the table; U+FFFF is none. 0: not looked up yet. */
enum { NO_CHARACTER = 0xFFFF };

struct transcoder {
    struct byte_source base;
    struct byte_source *inner;
    enum encoding encoding;
    iconv_t pairs_to_utf16; /* (iconv_t)-1 for UTF-16 */
    uint16_t *pairs;        /* 65536 code points by lead and trail, filled as they are met */
    bool at_end;            /* the inner source has no more */
    int status;             /* the error that ended it */
    struct error error;
    size_t have, used; /* of input */
    size_t held, given;
    uint8_t held_back[4 * STEP_BYTES]; /* output for callers with very small buffers */
    uint8_t input[INPUT_BYTES];
};

static uint8_t *put_code(uint8_t *out, uint32_t code) {
    return out + utf8_encode(code, out);
}

static uint8_t *put_invalid(uint8_t *out, const uint8_t *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        out = put_code(out, WIDTH_INVALID_BASE + (uint32_t)bytes[i]);
    }
    return out;
}

/* ---- two-byte encodings ---- */

/* The user-defined areas of code page 950 and where Windows puts them in Unicode (row by row, 157
 * characters a row; Microsoft's bestfit950 and glyph tables, also libiconv's cp950.h). */
static uint16_t user_defined_character(uint8_t lead, uint8_t trail) {
    unsigned cell = trail >= 0xA1 ? trail - 0xA1U + 63 : trail - 0x40U;
    if (lead >= 0xFA) {
        return (uint16_t)(0xE000U + (lead - 0xFAU) * 157 + cell);
    }
    if (lead >= 0x8E && lead <= 0xA0) {
        return (uint16_t)(0xE311U + (lead - 0x8EU) * 157 + cell);
    }
    if (lead <= 0x8D) {
        return (uint16_t)(0xEEB8U + (lead - 0x81U) * 157 + cell);
    }
    if (lead >= 0xC6 && lead <= 0xC8 && (lead != 0xC6 || trail >= 0xA1)) {
        return (uint16_t)(0xF6B1U + (lead - 0xC6U) * 157 + cell - 63);
    }
    return NO_CHARACTER;
}

/* Ask iconv once for each pair that is met. */
static uint16_t look_up_pair(struct transcoder *t, uint8_t lead, uint8_t trail) {
    char in[2] = {(char)lead, (char)trail};
    uint8_t out[8];
    char *in_at = in, *out_at = (char *)out;
    size_t in_left = sizeof in, out_left = sizeof out;
    (void)iconv(t->pairs_to_utf16, NULL, NULL, NULL, NULL);
    size_t result = iconv(t->pairs_to_utf16, &in_at, &in_left, &out_at, &out_left);
    uint16_t code = NO_CHARACTER;
    if (result != (size_t)-1 && in_left == 0 && out_left == sizeof out - 2) {
        uint16_t found = (uint16_t)(out[0] | (unsigned)out[1] << 8);
        /* One-byte characters and surrogates would break the width rule. */
        code = found >= 0x80 && (found < 0xD800 || found > 0xDFFF) ? found : NO_CHARACTER;
    }
    if (code == NO_CHARACTER && t->encoding == ENCODING_BIG5) {
        code = user_defined_character(lead, trail);
    }
    t->pairs[(size_t)lead << 8 | trail] = code;
    return code;
}

static bool is_trail(enum encoding encoding, uint8_t c) {
    if (encoding == ENCODING_BIG5) {
        return (c >= 0x40 && c <= 0x7E) || (c >= 0xA1 && c != 0xFF);
    }
    return c >= 0x40 && c != 0x7F && c != 0xFF;
}

static size_t copy_ascii(const uint8_t *in, size_t len, uint8_t *out) {
    size_t at = 0;
    while (at + 8 <= len) {
        uint64_t word;
        memcpy(&word, in + at, sizeof word);
        memcpy(out + at, &word, sizeof word);
        uint64_t high = word & UINT64_C(0x8080808080808080);
        if (high != 0) {
            return at + (size_t)__builtin_ctzll(high) / 8;
        }
        at += 8;
    }
    while (at < len && in[at] < 0x80) {
        out[at] = in[at];
        at++;
    }
    return at;
}

/* Bytes of the character at P that is no ASCII; 0 when more input is needed to tell. */
static size_t pair_step(struct transcoder *t, const uint8_t *p, size_t left, uint8_t **out) {
    if (p[0] == 0x80 || p[0] == 0xFF) {
        *out = put_invalid(*out, p, 1);
        return 1;
    }
    if (left < 2) {
        if (t->at_end) {
            *out = put_invalid(*out, p, 1);
        }
        return t->at_end ? 1 : 0;
    }
    if (t->encoding == ENCODING_GB18030 && byte_is_digit(p[1])) {
        /* The four-byte part has no exact width in UTF-8; it travels as four bytes. */
        if (left < 4 && !t->at_end) {
            return 0;
        }
        size_t count = left >= 4 && p[2] >= 0x81 && p[2] != 0xFF && byte_is_digit(p[3]) ? 4 : 1;
        *out = put_invalid(*out, p, count);
        return count;
    }
    if (!is_trail(t->encoding, p[1])) {
        *out = put_invalid(*out, p, 1);
        return 1;
    }
    uint16_t code = t->pairs[(size_t)p[0] << 8 | p[1]];
    if (code == 0) {
        code = look_up_pair(t, p[0], p[1]);
    }
    *out = code == NO_CHARACTER ? put_invalid(*out, p, 2) : put_code(*out, code);
    return 2;
}

static size_t convert_pairs(struct transcoder *t, uint8_t *out, size_t capacity) {
    uint8_t *begin = out, *end = out + capacity;
    while (t->used < t->have && (size_t)(end - out) >= STEP_BYTES) {
        const uint8_t *p = t->input + t->used;
        size_t left = t->have - t->used, room = (size_t)(end - out);
        if (p[0] < 0x80) {
            size_t copied = copy_ascii(p, left < room ? left : room, out);
            t->used += copied;
            out += copied;
            continue;
        }
        size_t step = pair_step(t, p, left, &out);
        if (step == 0) {
            break;
        }
        t->used += step;
    }
    return (size_t)(out - begin);
}

/* ---- UTF-16 ---- */

static unsigned unit_at(const struct transcoder *t, const uint8_t *p) {
    return t->encoding == ENCODING_UTF16LE ? p[0] | (unsigned)p[1] << 8
                                           : p[1] | (unsigned)p[0] << 8;
}

static size_t utf16_step(struct transcoder *t, const uint8_t *p, size_t left, uint8_t **out) {
    if (left < 2 || (left < 4 && !t->at_end)) {
        if (t->at_end) {
            *out = put_invalid(*out, p, 1);
        }
        return t->at_end ? 1 : 0;
    }
    uint32_t unit = unit_at(t, p);
    if (unit < 0xD800 || unit > 0xDFFF) {
        *out = put_code(*out, unit);
        return 2;
    }
    uint32_t low = unit < 0xDC00 && left >= 4 ? unit_at(t, p + 2) : 0;
    if (low < 0xDC00 || low > 0xDFFF) {
        *out = put_invalid(*out, p, 2);
        return 2;
    }
    uint32_t code = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    /* The private characters that stand for invalid bytes may not come from outside. */
    bool marker = code >= WIDTH_INVALID_BASE && code <= WIDTH_INVALID_BASE + 0xFF;
    *out = marker ? put_invalid(*out, p, 4) : put_code(*out, code);
    return 4;
}

static size_t convert_utf16(struct transcoder *t, uint8_t *out, size_t capacity) {
    uint8_t *begin = out, *end = out + capacity;
    size_t high = t->encoding == ENCODING_UTF16LE ? 1 : 0;
    while (t->used < t->have && (size_t)(end - out) >= STEP_BYTES) {
        const uint8_t *p = t->input + t->used;
        size_t left = t->have - t->used;
        if (left >= 4 && p[high] == 0 && p[1 - high] < 0x80) {
            *out++ = p[1 - high];
            t->used += 2;
            continue;
        }
        size_t step = utf16_step(t, p, left, &out);
        if (step == 0) {
            break;
        }
        t->used += step;
    }
    return (size_t)(out - begin);
}

/* ---- the source ---- */

static void refill(struct transcoder *t) {
    size_t left = t->have - t->used;
    memmove(t->input, t->input + t->used, left);
    t->used = 0;
    t->have = left;
    int64_t got = byte_source_read(t->inner, t->input + left, sizeof t->input - left, &t->error);
    if (got <= 0) {
        t->at_end = true;
        t->status = (int)got;
        return;
    }
    t->have += (size_t)got;
}

/* CAPACITY is at least STEP_BYTES. 0 at the end. */
static size_t convert(struct transcoder *t, uint8_t *out, size_t capacity) {
    bool utf16 = t->encoding == ENCODING_UTF16LE || t->encoding == ENCODING_UTF16BE;
    for (;;) {
        size_t len = utf16 ? convert_utf16(t, out, capacity) : convert_pairs(t, out, capacity);
        if (len > 0 || (t->at_end && t->used == t->have)) {
            return len;
        }
        refill(t);
    }
}

static int64_t transcoder_read(struct byte_source *self, void *buffer, size_t capacity,
                               struct error *err) {
    struct transcoder *t = (struct transcoder *)self;
    if (capacity == 0) {
        return 0;
    }
    size_t len = 0;
    if (t->given == t->held && capacity >= sizeof t->held_back) {
        len = convert(t, buffer, capacity);
    } else {
        if (t->given == t->held) {
            t->given = 0;
            t->held = convert(t, t->held_back, sizeof t->held_back);
        }
        len = t->held - t->given < capacity ? t->held - t->given : capacity;
        memcpy(buffer, t->held_back + t->given, len);
        t->given += len;
    }
    if (len == 0 && t->status < 0) {
        return error_set(err, t->status, "%s", t->error.text);
    }
    return (int64_t)len;
}

static struct byte_source *transcoder_sibling(struct byte_source *self, const char *name,
                                              struct error *err) {
    struct byte_source *inner = ((struct transcoder *)self)->inner;
    return inner->ops->sibling == NULL ? NULL : inner->ops->sibling(inner, name, err);
}

static void transcoder_close(struct byte_source *self) {
    struct transcoder *t = (struct transcoder *)self;
    if (t->pairs_to_utf16 != (iconv_t)-1) {
        iconv_close(t->pairs_to_utf16);
    }
    free(t->pairs);
    byte_source_close(t->inner);
    free(t);
}

static const struct byte_source_ops transcoder_ops = {
    .read = transcoder_read, .sibling = transcoder_sibling, .close = transcoder_close};

static int open_pairs(struct transcoder *t, struct error *err) {
    const char *charset = t->encoding == ENCODING_BIG5 ? "CP950" : "GB18030";
    t->pairs = calloc(65536, sizeof *t->pairs);
    if (t->pairs == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a table of characters");
    }
    t->pairs_to_utf16 = iconv_open("UTF-16LE", charset);
    if (t->pairs_to_utf16 == (iconv_t)-1) {
        return error_set(err, YINMA_E_UNSUPPORTED,
                         "the system's iconv does not know %s: install the package libc-bin with "
                         "its gconv modules",
                         charset);
    }
    return 0;
}

struct byte_source *transcode_open(struct byte_source *source, enum encoding encoding,
                                   struct error *err) {
    if (encoding_width_rule(encoding) == WIDTH_SAME) {
        return source;
    }
    struct transcoder *t = calloc(1, sizeof *t);
    if (t == NULL) {
        error_set(err, YINMA_E_MEMORY, "out of memory for changing the encoding");
        byte_source_close(source);
        return NULL;
    }
    t->base = (struct byte_source){.ops = &transcoder_ops, .size = UINT64_MAX};
    t->inner = source;
    t->encoding = encoding;
    t->pairs_to_utf16 = (iconv_t)-1;
    if (encoding_width_rule(encoding) == WIDTH_DOUBLE && open_pairs(t, err) != 0) {
        transcoder_close(&t->base);
        return NULL;
    }
    return &t->base;
}
