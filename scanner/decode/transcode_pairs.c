/* Two-byte encodings: Big5 (CP950) and the two-byte part of GB18030. */
#include <stdlib.h>

#include "decode/big5_table.h"
#include "decode/transcode_state.h"

static const char *charset_name(enum encoding encoding) {
    switch (encoding) {
    case ENCODING_GB18030:
        return "GB18030";
    case ENCODING_CP937:
        return "IBM937";
    default:
        return "";
    }
}

int pair_table_open(struct pair_table *table, enum encoding encoding, struct error *err) {
    if (table->utf8 != NULL) {
        return 0;
    }
    if (encoding == ENCODING_BIG5) {
        table->utf8 = big5_utf8;
        return 0;
    }
    const char *charset = charset_name(encoding);
    table->codes = calloc(65536, sizeof *table->codes);
    table->met = calloc(65536, sizeof *table->met);
    table->utf8 = table->met;
    if (table->codes == NULL || table->met == NULL) {
        free(table->codes);
        free(table->met);
        *table = (struct pair_table){.codes = NULL};
        return error_set(err, YINMA_E_MEMORY, "out of memory for a table of characters");
    }
    table->to_utf16 = iconv_open("UTF-16LE", charset);
    if (table->to_utf16 == (iconv_t)-1) {
        return error_set(err, YINMA_E_UNSUPPORTED,
                         "the system's iconv does not know %s: install the package libc-bin with "
                         "its gconv modules",
                         charset);
    }
    return 0;
}

void pair_table_close(struct pair_table *table) {
    if (table->codes != NULL && table->to_utf16 != (iconv_t)-1) {
        iconv_close(table->to_utf16);
    }
    free(table->codes);
    free(table->met);
}

/* Ask iconv once for each pair that is met. */
uint16_t pair_look_up(struct pair_table *table, enum encoding encoding, uint8_t lead,
                      uint8_t trail) {
    bool shifted = encoding == ENCODING_CP937;
    char in[3] = {0x0E, (char)lead, (char)trail};
    uint8_t out[8];
    char *in_at = shifted ? in : in + 1, *out_at = (char *)out;
    size_t in_left = shifted ? 3 : 2, out_left = sizeof out;
    (void)iconv(table->to_utf16, NULL, NULL, NULL, NULL);
    size_t result = iconv(table->to_utf16, &in_at, &in_left, &out_at, &out_left);
    uint16_t code = NO_CHARACTER;
    if (result != (size_t)-1 && in_left == 0 && out_left == sizeof out - 2) {
        uint16_t found = (uint16_t)(out[0] | (unsigned)out[1] << 8);
        /* One-byte characters and surrogates would break the width rule. */
        code = found >= 0x80 && (found < 0xD800 || found > 0xDFFF) ? found : NO_CHARACTER;
    }
    size_t place = pair_place(lead, trail);
    table->codes[place] = code;
    if (code != NO_CHARACTER) {
        uint8_t bytes[4] = {0};
        uint32_t count = (uint32_t)utf8_encode(code, bytes);
        memcpy(&table->met[place], bytes, sizeof bytes);
        table->met[place] |= count << 24;
    }
    return code;
}

enum { CAREFUL_MORE = 64 }; /* so that the last of them are read eight at a time, too */

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

static const struct pair_table *table_of(const struct transcoder *t) {
    return t->encoding == ENCODING_BIG5 ? &t->big5 : &t->gb18030;
}

/* Bytes of the character at P that is no ASCII; 0 when more input is needed to tell. */
static size_t pair_step(struct transcoder *t, const uint8_t *p, size_t left, uint8_t **out) {
    if (p[0] == 0x80 || p[0] == 0xFF) {
        *out = put_invalid(*out, p, 1);
        return 1;
    }
    if (left < 2) {
        if (run_is_closed(t)) {
            *out = put_invalid(*out, p, 1);
        }
        return run_is_closed(t) ? 1 : 0;
    }
    if (t->encoding == ENCODING_GB18030 && byte_is_digit(p[1])) {
        /* The four-byte part has no exact width in UTF-8; it travels as four bytes. */
        if (left < 4 && !run_is_closed(t)) {
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
    uint32_t known = table_of(t)->utf8[pair_place(p[0], p[1])];
    if (known != 0) {
        memcpy(*out, &known, sizeof known);
        *out += known >> 24;
        return 2;
    }
    uint16_t code = t->encoding == ENCODING_BIG5
                        ? NO_CHARACTER /* all that are one are in the table */
                        : pair_code(&t->gb18030, t->encoding, p[0], p[1]);
    *out = code == NO_CHARACTER ? put_invalid(*out, p, 2) : put_code(*out, code);
    return 2;
}

/* Pairs that were met before and ASCII, as long as a word can be read and written; returns behind
 * what was written. Stops at whatever is more than that. */
static uint8_t *convert_known(struct transcoder *t, uint8_t *out, size_t room) {
    const uint32_t *utf8 = table_of(t)->utf8;
    const struct pair_kernels *kernels = VARIANT_FOR(t->regions.ops->isa, pair_kernels);
    const uint8_t *p = t->input + t->used;
    size_t left = t->run_end - t->used, most = room < STEP_BYTES ? 0 : (room - STEP_BYTES) / 3 * 2;
    left = left < most ? left : most; /* two bytes become three at most */
    if (kernels->convert != NULL && t->careful == 0) {
        size_t used = kernels->convert(utf8, p, left, &out);
        p += used;
        left -= used;
        t->careful = left < PAIR_CHUNK_BYTES ? 0 : PAIR_CHUNK_BYTES; /* else something is special */
    }
    left = t->careful != 0 && left > t->careful + CAREFUL_MORE ? t->careful + CAREFUL_MORE : left;
    bool known = left >= sizeof(uint64_t);
    const uint8_t *last = known ? p + left - sizeof(uint64_t) : p;
    while (known && p <= last) {
        uint64_t word;
        memcpy(&word, p, sizeof word);
        memcpy(out, &word, sizeof word);
        uint64_t high = word & UINT64_C(0x8080808080808080);
        size_t count = high == 0 ? sizeof word : (size_t)__builtin_ctzll(high) / 8;
        p += count;
        out += count;
        while (p <= last && p[0] >= 0x80) {
            uint32_t code = utf8[pair_place(p[0], p[1])];
            if (code >> 24 != 3) {
                known = code != 0;
                memcpy(out, &code, sizeof code);
                p += known ? 2 : 0;
                out += code >> 24;
                break; /* elsewhere three are foreseen, so that nothing waits for the table */
            }
            memcpy(out, &code, sizeof code);
            p += 2;
            out += 3;
        }
    }
    size_t used = (size_t)(p - t->input) - t->used;
    t->used += used;
    t->careful -= used < t->careful ? used : t->careful;
    return out;
}

size_t convert_pairs(struct transcoder *t, uint8_t *out, size_t capacity) {
    uint8_t *begin = out, *end = out + capacity;
    for (;;) {
        out = convert_known(t, out, (size_t)(end - out));
        if (t->used == t->run_end || (size_t)(end - out) < STEP_BYTES) {
            break;
        }
        const uint8_t *p = t->input + t->used;
        size_t left = t->run_end - t->used, room = (size_t)(end - out);
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
