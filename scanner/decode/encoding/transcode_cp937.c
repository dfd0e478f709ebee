/* EBCDIC of Taiwan's hosts, code page 937: single bytes, and two-byte characters between SO (0E)
 * and SI (0F). The blank of the two-byte part is 4040. Line ends are NL (15) or LF (25). */
#include "decode/encoding/transcode_state.h"

enum { SHIFT_OUT = 0x0E, SHIFT_IN = 0x0F, NEW_LINE = 0x15 };

int cp937_open(struct transcoder *t, struct error *err) {
    int status = pair_table_open(&t->cp937, ENCODING_CP937, err);
    for (unsigned c = 0; status == 0 && c < 256; c++) {
        char in = (char)c, *in_at = &in;
        uint8_t out[8];
        char *out_at = (char *)out;
        size_t in_left = 1, out_left = sizeof out;
        (void)iconv(t->cp937.to_utf16, NULL, NULL, NULL, NULL);
        size_t result = iconv(t->cp937.to_utf16, &in_at, &in_left, &out_at, &out_left);
        bool found = result != (size_t)-1 && out_left == sizeof out - 2;
        t->single[c] = found ? (uint16_t)(out[0] | (unsigned)out[1] << 8) : NO_CHARACTER;
    }
    t->single[NEW_LINE] = '\n';
    return status;
}

/* Blanks, digits, letters and what stands between them in records, line ends, and everything
 * between SO and SI. A quarter of random bytes would be among them. */
static bool is_common(uint8_t c) {
    static const uint8_t marks[] = {0x40, 0x4B, 0x5C, 0x60, 0x61, 0x6B, 0x7A,
                                    0x7D, 0x7F, 0x15, 0x25, 0x0D, 0x0E, 0x0F};
    uint8_t low = c & 0x0F;
    switch (c >> 4) {
    case 0xF:
        return low <= 9;
    case 0x8:
    case 0x9:
    case 0xC:
    case 0xD:
        return low >= 1 && low <= 9;
    case 0xA:
    case 0xE:
        return low >= 2 && low <= 9;
    default:
        return memchr(marks, c, sizeof marks) != NULL;
    }
}

bool encoding_is_cp937(struct bytes head) {
    size_t common = 0;
    bool two_byte = false;
    for (size_t i = 0; i < head.len; i++) {
        uint8_t c = head.ptr[i];
        two_byte = c == SHIFT_OUT || (two_byte && c >= 0x40);
        common += two_byte || is_common(c);
    }
    return head.len > 0 && common * 10 >= head.len * 9;
}

/* Bytes of the character at P; 0 when more input is needed to tell. */
static size_t cp937_step(struct transcoder *t, const uint8_t *p, size_t left, uint8_t **out) {
    /* A control code among two-byte characters: the SI was lost, at a record's end perhaps. */
    if (!t->two_byte || p[0] < 0x40) {
        uint16_t code = t->single[p[0]];
        *out = code == NO_CHARACTER ? put_invalid(*out, p, 1) : put_code(*out, code);
        return 1;
    }
    if (left < 2) {
        if (run_is_closed(t)) {
            *out = put_invalid(*out, p, 1);
        }
        return run_is_closed(t) ? 1 : 0;
    }
    uint16_t code = pair_code(&t->cp937, ENCODING_CP937, p[0], p[1]);
    *out = code == NO_CHARACTER ? put_invalid(*out, p, 2) : put_code(*out, code);
    return 2;
}

static bool switches(const struct transcoder *t, uint8_t c) {
    return c == SHIFT_OUT || c == SHIFT_IN || (t->two_byte && c < 0x40);
}

/* Where the character set changes a region of widths begins. */
static bool begin_part(struct transcoder *t, uint8_t c, uint64_t position) {
    t->two_byte = c == SHIFT_OUT;
    bool code = c == SHIFT_OUT || c == SHIFT_IN;
    t->used += code;
    return width_map_add(t->map, position, t->two_byte ? WIDTH_DOUBLE : WIDTH_SINGLE, code);
}

size_t convert_cp937(struct transcoder *t, uint8_t *out, size_t capacity) {
    uint8_t *begin = out, *end = out + capacity;
    while (t->used < t->run_end && (size_t)(end - out) >= STEP_BYTES) {
        const uint8_t *p = t->input + t->used;
        if (switches(t, p[0])) {
            if (!begin_part(t, p[0], t->produced + (size_t)(out - begin))) {
                t->status = error_set(&t->error, YINMA_E_MEMORY, "out of memory for offsets");
                t->at_end = true;
                t->used = t->have = t->run_end = 0;
                break;
            }
            continue;
        }
        size_t step = cp937_step(t, p, t->run_end - t->used, &out);
        if (step == 0) {
            break;
        }
        t->used += step;
    }
    return (size_t)(out - begin);
}
