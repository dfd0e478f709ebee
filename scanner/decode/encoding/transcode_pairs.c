/* Two-byte encodings: Big5 (CP950) and the two-byte part of GB18030. */
#include "decode/encoding/transcode_state.h"

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

/* Two bytes become three at most. */
static size_t input_for(size_t room, size_t kept) {
    return room < kept ? 0 : (room - kept) / 3 * 2;
}

static const struct pair_kernels *kernels_of(const struct transcoder *t) {
    return VARIANT_FOR(t->regions.ops->isa, pair_kernels);
}

size_t convert_chunks(const struct transcoder *t, const struct pair_table *table, size_t len,
                      uint8_t **out, size_t room) {
    const struct pair_kernels *kernels = kernels_of(t);
    const uint8_t *end = *out + room;
    size_t used = 0, more = kernels->convert != NULL && table->utf8 != NULL ? PAIR_CHUNK_BYTES : 0;
    while (more >= PAIR_CHUNK_BYTES) { /* hardly ever does all of it become longer */
        size_t most = input_for((size_t)(end - *out), PAIR_ROOM_BEHIND), left = len - used;
        more = kernels->convert(table->utf8, t->input + t->used + used, left < most ? left : most,
                                out);
        used += more;
    }
    return used;
}

/* Pairs that were met before and ASCII, as long as a word can be read and written; returns behind
 * what was written. Stops at whatever is more than that. */
static uint8_t *convert_known(struct transcoder *t, uint8_t *out, size_t room) {
    const uint32_t *utf8 = table_of(t)->utf8;
    const struct pair_kernels *kernels = kernels_of(t);
    const uint8_t *p = t->input + t->used, *begin = out;
    size_t left = t->run_end - t->used, most = input_for(room, PAIR_ROOM_BEHIND);
    if (kernels->convert != NULL && t->careful == 0 && most >= PAIR_ROOM_BEHIND) {
        most = left < most ? left : most;
        size_t used = kernels->convert(utf8, p, most, &out);
        p += used;
        left = most - used;
        room -= (size_t)(out - begin);
        t->careful = left < PAIR_CHUNK_BYTES ? 0 : PAIR_CHUNK_BYTES; /* else something is special */
    }
    most = input_for(room, STEP_BYTES);
    left = left < most ? left : most;
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
