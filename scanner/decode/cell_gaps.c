#include "decode/cell_gaps.h"

void blank_cell_gaps(uint8_t *text, size_t len, const struct cell *cells, size_t count) {
    size_t at = 0;
    for (size_t i = 0; i <= count; i++) {
        const size_t end = i < count ? cells[i].offset : len;
        for (; at < end; at++) {
            const bool keep = text[at] == '\n' || text[at] == '\r' || text[at] >= 0x80;
            text[at] = keep ? text[at] : '\t';
        }
        at = i < count ? (size_t)cells[i].offset + cells[i].length : len;
    }
}
