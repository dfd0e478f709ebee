/* record_text.h - segments for formats whose values are no text as they stand (binary numbers,
 * UTF-16, pieces on several pages): values are written one after the other, rows whole. */
#ifndef YINMA_DECODE_RECORD_TEXT_H
#define YINMA_DECODE_RECORD_TEXT_H

#include "core/field_set.h"
#include "core/segment.h"

enum {
    RECORD_TEXT_BYTES = 256 * 1024, /* a segment is full behind so many bytes … */
    RECORD_TEXT_CELLS = 4096,       /* … or so many cells */
    RECORD_LONG_VALUE = 256,        /* longer values are running text as well */
    RECORD_CELL_MAX = 16 << 20,     /* what of one value is written at most */
};

struct decode_report; /* decode/decoder.h */

/* All zero at first. */
struct record_text {
    uint8_t *bytes;
    size_t len, capacity;
    struct cell *cells;
    size_t cell_count, cell_capacity;
    struct row_mark *rows;
    size_t row_count, row_capacity;
    bool failed; /* memory was out */
    bool cut;    /* a value was longer than what is written of one: whoever reads has to tell */
};

/* What there is to tell of `cut`, to REPORT if it has nothing to tell yet. */
void record_text_tell_cut(const struct record_text *text, struct decode_report *report);

void record_text_release(struct record_text *text);
void record_text_clear(struct record_text *text);

static inline bool record_text_full(const struct record_text *text) {
    return text->failed || text->len >= RECORD_TEXT_BYTES || text->cell_count >= RECORD_TEXT_CELLS;
}

/* A row begins. */
void record_text_row(struct record_text *text, uint64_t row);
/* A value as UTF-8 (or bytes of no encoding); FLAGS of enum cell_flag. An empty one is NULL. */
void record_text_cell(struct record_text *text, struct bytes value, uint32_t field, unsigned flags);
void record_text_integer(struct record_text *text, int64_t value, uint32_t field);
void record_text_real(struct record_text *text, double value, uint32_t field);
enum { RECORD_REAL_BYTES = 40 };
/* The digits that it writes; their number. */
size_t record_text_real_digits(double value, char out[RECORD_REAL_BYTES]);
/* The same from its bits: of BYTES 4, or 8. */
void record_text_float(struct record_text *text, uint64_t bits, size_t bytes, uint32_t field);
/* UNITS of UTF-16, of that byte order. */
void record_text_utf16(struct record_text *text, struct bytes value, bool big_endian,
                       uint32_t field, unsigned flags);
/* Words of at least six characters in bytes of no known structure, as one cell of running text.
 * WIDE: they may be written in UTF-16 of either byte order as well. */
void record_text_strings(struct record_text *text, struct bytes raw, bool wide, uint32_t field);

enum { RECORD_WORD_MIN = 6 }; /* bytes */
/* The length of the letters (UTF-8, no control characters) that begin at AT of RAW; may be 0. */
size_t record_text_word(struct bytes raw, size_t at);

/* Those in UTF-16 alone. */
void record_text_wide_strings(struct record_text *text, struct bytes raw, uint32_t field);

/* What was written, as a segment; valid until the next clear. */
void record_text_segment(const struct record_text *text, struct segment *out);

#endif
