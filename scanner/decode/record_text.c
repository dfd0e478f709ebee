#include "decode/record_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/utf8.h"
#include "decode/decoder.h"
#include "decode/wide_unit.h"

void record_text_release(struct record_text *text) {
    free(text->bytes);
    free(text->cells);
    free(text->rows);
    *text = (struct record_text){0};
}

void record_text_tell_cut(const struct record_text *text, struct decode_report *report) {
    if (text->cut && report->status == 0) {
        report->status = error_set(&report->error, YINMA_E_LIMIT,
                                   "a value is longer than %d MiB: the rest of it was not read",
                                   RECORD_CELL_MAX >> 20);
    }
}

void record_text_clear(struct record_text *text) {
    text->len = text->cell_count = text->row_count = 0;
}

static bool grow(struct record_text *text, void *array, size_t *capacity, size_t need,
                 size_t size) {
    if (need <= *capacity) {
        return true;
    }
    size_t wanted = *capacity == 0 ? 4096 : *capacity;
    while (wanted < need) {
        wanted *= 2;
    }
    void *bigger = reallocarray(*(void **)array, wanted, size);
    if (bigger == NULL) {
        text->failed = true;
        return false;
    }
    *(void **)array = bigger;
    *capacity = wanted;
    return true;
}

/* Room for LEN more bytes, and what a segment needs behind. */
static bool room(struct record_text *text, size_t len) {
    return grow(text, &text->bytes, &text->capacity, text->len + len + SEGMENT_PADDING, 1);
}

void record_text_row(struct record_text *text, uint64_t row) {
    if (grow(text, &text->rows, &text->row_capacity, text->row_count + 1, sizeof *text->rows)) {
        text->rows[text->row_count++] =
            (struct row_mark){.first_cell = (uint32_t)text->cell_count, .row = row};
    }
}

/* What stands behind FROM is a cell. */
static void add_cell(struct record_text *text, size_t from, uint32_t field, unsigned flags) {
    if (!grow(text, &text->cells, &text->cell_capacity, text->cell_count + 1,
              sizeof *text->cells) ||
        !room(text, 1)) {
        return;
    }
    const size_t len = text->len - from;
    flags |= len == 0 ? CELL_NULL : 0U;
    flags |= len > RECORD_LONG_VALUE || field == FIELD_FREE_TEXT ? CELL_TEXT : 0U;
    text->cells[text->cell_count++] = (struct cell){
        .offset = (uint32_t)from, .length = (uint32_t)len, .field = field, .flags = flags};
    text->bytes[text->len++] = '\n';
}

void record_text_cell(struct record_text *text, struct bytes value, uint32_t field,
                      unsigned flags) {
    if (value.len > RECORD_CELL_MAX) {
        value.len = RECORD_CELL_MAX;
        flags |= CELL_PARTIAL | CELL_TEXT;
        text->cut = true;
    }
    if (room(text, value.len)) {
        const size_t from = text->len;
        if (value.len > 0) {
            memcpy(text->bytes + from, value.ptr, value.len);
        }
        text->len += value.len;
        add_cell(text, from, field, flags);
    }
}

void record_text_integer(struct record_text *text, int64_t value, uint32_t field) {
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)value);
    record_text_cell(text, bytes_of(digits, (size_t)len), field, CELL_NUMBER);
}

size_t record_text_real_digits(double value, char out[RECORD_REAL_BYTES]) {
    const bool whole = fabs(value) < 1e18 && value == floor(value);
    const int len = whole ? snprintf(out, RECORD_REAL_BYTES, "%.0f", value)
                          : snprintf(out, RECORD_REAL_BYTES, "%.15g", value);
    return (size_t)len;
}

void record_text_real(struct record_text *text, double value, uint32_t field) {
    char digits[RECORD_REAL_BYTES];
    const size_t len = record_text_real_digits(value, digits);
    record_text_cell(text, bytes_of(digits, len), field, CELL_NUMBER);
}

void record_text_float(struct record_text *text, uint64_t bits, size_t bytes, uint32_t field) {
    double value;
    if (bytes == 4) {
        const uint32_t half = (uint32_t)bits;
        float single;
        memcpy(&single, &half, sizeof single);
        value = (double)single;
    } else {
        memcpy(&value, &bits, sizeof value);
    }
    record_text_real(text, value, field);
}

/* Append what stands at P (two or four bytes of LEFT) as UTF-8; returns how many were used. */
static size_t put_utf16(struct record_text *text, const uint8_t *p, size_t left, bool big_endian) {
    uint32_t code = wide_unit_at(p, big_endian);
    size_t used = 2;
    if (code >= 0xD800 && code < 0xDC00 && left >= 4) {
        const uint32_t low = wide_unit_at(p + 2, big_endian);
        if (low >= 0xDC00 && low < 0xE000) {
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            used = 4;
        }
    }
    size_t len = utf8_encode(code, text->bytes + text->len);
    if (len == 0) {
        text->bytes[text->len] = '?';
        len = 1;
    }
    text->len += len;
    return used;
}

void record_text_utf16(struct record_text *text, struct bytes value, bool big_endian,
                       uint32_t field, unsigned flags) {
    if (value.len > RECORD_CELL_MAX) {
        value.len = RECORD_CELL_MAX;
        flags |= CELL_PARTIAL | CELL_TEXT;
        text->cut = true;
    }
    if (!room(text, value.len * 2)) {
        return;
    }
    const size_t from = text->len;
    for (size_t i = 0; i + 2 <= value.len;) {
        i += put_utf16(text, value.ptr + i, value.len - i, big_endian);
    }
    add_cell(text, from, field, flags);
}

/* ---- words in raw bytes ---- */

size_t record_text_word(struct bytes raw, size_t at) {
    size_t end = at;
    while (end < raw.len) {
        uint32_t code;
        size_t len = utf8_decode(raw.ptr + end, raw.len - end, &code);
        if (code == UINT32_MAX || code < 0x20 || code == 0x7F) {
            break;
        }
        end += len;
    }
    return end - at;
}

/* How far is looked at a time: in data made for it, most of that is looked at again and again. */
enum { WIDE_BYTES_MOST = 1024 };

struct wide_word {
    size_t at, len; /* bytes; 0: too short */
    size_t plain;   /* characters of ASCII in it */
    bool big_endian;
};

static struct wide_word wide_word_at(struct bytes raw, size_t at, bool big_endian) {
    struct wide_word word = {.at = at, .big_endian = big_endian};
    size_t end = at;
    for (; end - at < WIDE_BYTES_MOST && end + 2 <= raw.len &&
           wide_unit_is_written(wide_unit_at(raw.ptr + end, big_endian)) &&
           !wide_text_turns(raw.ptr, end, raw.len, big_endian);
         end += 2) {
        word.plain += wide_unit_at(raw.ptr + end, big_endian) < 0x80;
    }
    word.len = end - at >= (size_t)2 * RECORD_WORD_MIN ? end - at : 0;
    return word;
}

/* Letters of ASCII in one byte order are ideographs in the other, and letters again one byte
 * further: of the ways to read what stands at AT, the one with the most of them, a little-endian
 * one where two are as good. */
static struct wide_word best_wide_word(struct bytes raw, size_t at) {
    const struct wide_word ways[] = {
        wide_word_at(raw, at, false),
        wide_word_at(raw, at + 1, false),
        wide_word_at(raw, at, true),
        wide_word_at(raw, at + 1, true),
    };
    struct wide_word best = ways[0];
    if (ways[0].len == 0 && ways[2].len == 0) {
        return best; /* none begins here */
    }
    for (size_t i = 1; i < sizeof ways / sizeof *ways; i++) {
        if (ways[i].len > 0 && (best.len == 0 || ways[i].plain > best.plain)) {
            best = ways[i];
        }
    }
    return best;
}

static void put_words(struct record_text *text, struct bytes raw) {
    for (size_t at = 0; at < raw.len;) {
        const size_t len = record_text_word(raw, at);
        if (len >= RECORD_WORD_MIN) {
            memcpy(text->bytes + text->len, raw.ptr + at, len);
            text->len += len;
            text->bytes[text->len++] = '\n';
        }
        at += len + 1;
    }
}

static void put_wide_words(struct record_text *text, struct bytes raw) {
    for (size_t at = 0; at + 2 <= raw.len;) {
        const struct wide_word word = best_wide_word(raw, at);
        if (word.len == 0) {
            at++;
            continue;
        }
        for (size_t i = 0; i < word.len;) {
            i += put_utf16(text, raw.ptr + word.at + i, word.len - i, word.big_endian);
        }
        if (word.len < WIDE_BYTES_MOST) { /* else it goes on */
            text->bytes[text->len++] = '\n';
        }
        at = word.at + word.len;
    }
}

static void end_words(struct record_text *text, size_t from, uint32_t field) {
    if (text->len > from) {
        text->len -= text->bytes[text->len - 1] == '\n'; /* a cell gets its own */
        add_cell(text, from, field, CELL_TEXT);
    }
}

void record_text_strings(struct record_text *text, struct bytes raw, bool wide, uint32_t field) {
    if (raw.len < RECORD_WORD_MIN || !room(text, raw.len * 2 + (wide ? raw.len * 4 : 0))) {
        return;
    }
    const size_t from = text->len;
    put_words(text, raw);
    if (wide) {
        put_wide_words(text, raw);
    }
    end_words(text, from, field);
}

void record_text_wide_strings(struct record_text *text, struct bytes raw, uint32_t field) {
    if (room(text, raw.len * 4)) {
        const size_t from = text->len;
        put_wide_words(text, raw);
        end_words(text, from, field);
    }
}

void record_text_segment(const struct record_text *text, struct segment *out) {
    memset(text->bytes + text->len, 0, SEGMENT_PADDING);
    *out = (struct segment){.bytes = text->bytes,
                            .len = text->len,
                            .end = text->len,
                            .line = 1,
                            .cells = text->cells,
                            .cell_count = text->cell_count,
                            .rows = text->rows,
                            .row_count = text->row_count,
                            .gap_field = FIELD_FREE_TEXT,
                            .flags = SEGMENT_NO_OFFSETS};
}
