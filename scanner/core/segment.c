#include "core/segment.h"

#include "core/hit.h"

void segment_describe(struct segment *segment) {
    const struct cell *cells = segment->cells;
    size_t count = segment->cell_count, columns = 1;
    uint32_t flags = 0, differs = 0, gaps = 0;
    if (segment->described) {
        return;
    }
    segment->columns = 0;
    while (columns < count && columns <= SEGMENT_COLUMNS_MAX &&
           cells[columns].field != cells[0].field) {
        columns++;
    }
    bool enough = columns <= SEGMENT_COLUMNS_MAX && columns * SEGMENT_ROWS_MIN <= count;
    if (count != 0) {
        flags = cells[0].flags;
    }
    for (size_t i = 1; i < count; i++) {
        flags |= cells[i].flags;
        gaps |= cells[i].offset - cells[i - 1].offset - cells[i - 1].length;
    }
    for (size_t i = columns; enough && i < count; i++) {
        differs |= cells[i].field ^ cells[i - columns].field;
    }
    segment->columns = enough && differs == 0 ? (uint32_t)columns : 0;
    segment->cell_flags = flags;
    segment->gaps = gaps;
}

uint32_t segment_cell_at(const struct segment *segment, size_t at) {
    size_t low = 0, high = segment->cell_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (segment->cells[middle].offset <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == 0 || at - segment->cells[low - 1].offset >= segment->cells[low - 1].length) {
        return HIT_NO_CELL;
    }
    return (uint32_t)(low - 1);
}
