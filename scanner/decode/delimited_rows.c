#include "decode/delimited_rows.h"

#include "decode/delimited_bytes.h"

/* The row whose fields end at ENDS; false: it is none of those. START counts from the text - BASE,
 * which may lie before the text. */
static inline bool take_row(const struct delimited_rows *rows, const uint16_t *ends, size_t start,
                            size_t base, struct cell *cells) {
    const uint8_t *text = rows->text - base;
    size_t last = rows->width - 1;
    bool odd = text[base + ends[last]] != rows->record_end;
    for (size_t i = 0; i <= last; i++) {
        size_t end = base + ends[i], len = end - start;
        odd |= len - 1 >= DELIMITED_BARE_BYTES || (i < last && text[end] != rows->delimiter);
        if (odd || delimited_is_dress(text[start]) || delimited_is_dress(text[end - 1])) {
            return false;
        }
        cells[i] =
            (struct cell){.offset = (uint32_t)start,
                          .length = (uint32_t)len,
                          .field = rows->columns[i],
                          .flags = delimited_is_number(text + start, len) ? CELL_NUMBER : 0U};
        start = end + 1;
    }
    return true;
}

size_t delimited_rows_take(const struct delimited_rows *rows, size_t most, size_t start,
                           size_t base, struct cell *cells) {
    const uint16_t *ends = rows->ends;
    size_t taken = 0;
    while (taken < most && take_row(rows, ends, start, base, cells)) {
        start = base + ends[rows->width - 1] + 1;
        ends += rows->width;
        cells += rows->width;
        taken++;
    }
    return taken;
}
