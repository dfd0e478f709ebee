/* record_cut.c - see the header. */
#include "run/record_cut.h"

#include <string.h>

uint64_t segment_place(const struct segment *segment, size_t index) {
    return segment->offset + width_before(segment->width_rule, bytes_of(segment->bytes, index));
}

size_t segment_index(const struct segment *segment, uint64_t place) {
    size_t low = segment->begin, high = segment->end;
    while (low < high) { /* widths are those of characters: any byte of one will do */
        size_t middle = low + (high - low) / 2;
        bool before = segment_place(segment, middle) < place;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    return low;
}

static size_t first_of(const uint8_t *bytes, size_t begin, size_t end, char wanted) {
    const uint8_t *found = begin < end ? memchr(bytes + begin, wanted, end - begin) : NULL;
    return found == NULL ? SIZE_MAX : (size_t)(found - bytes);
}

static size_t last_of(const uint8_t *bytes, size_t begin, size_t end, char wanted) {
    const uint8_t *found = begin < end ? memrchr(bytes + begin, wanted, end - begin) : NULL;
    return found == NULL ? SIZE_MAX : (size_t)(found - bytes);
}

/* Between the last cell of a record and the first one of the next: what belongs to the first ends
 * behind a line end, before the bracket of a tuple, before the brace of an object. */
static size_t cut_in_gap(const struct segment *segment, size_t begin, size_t end, bool json) {
    const uint8_t *bytes = segment->bytes;
    if (json) {
        size_t brace = first_of(bytes, begin, end, '{');
        size_t bracket = brace == SIZE_MAX ? first_of(bytes, begin, end, '[') : brace;
        return bracket == SIZE_MAX ? begin : bracket;
    }
    size_t line = last_of(bytes, begin, end, '\n');
    if (line != SIZE_MAX) {
        return line + 1;
    }
    size_t tuple = last_of(bytes, begin, end, '(');
    return tuple == SIZE_MAX ? begin : tuple;
}

uint64_t record_begins(const struct segment *segment, size_t row, bool json) {
    size_t first = segment->rows[row].first_cell, begin = segment->begin;
    if (first >= segment->cell_count) {
        return segment_place(segment, segment->end);
    }
    if (first > 0) {
        begin = segment->cells[first - 1].offset + segment->cells[first - 1].length;
    }
    size_t end = segment->cells[first].offset;
    return segment_place(segment, cut_in_gap(segment, begin < end ? begin : end, end, json));
}

size_t record_at(const struct segment *segment, uint64_t place) {
    size_t low = 0, high = segment->row_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        size_t cell = segment->rows[middle].first_cell;
        bool after = cell >= segment->cell_count ||
                     segment_place(segment, segment->cells[cell].offset) > place;
        low = after ? low : middle + 1;
        high = after ? middle : high;
    }
    return low == 0 ? SIZE_MAX : low - 1;
}

bool line_begins(const struct segment *segment, uint64_t place, uint64_t *out) {
    size_t behind = segment_index(segment, place + 1);
    size_t index = behind == segment->begin ? behind : behind - 1;
    size_t from = segment->begin - (segment->begin > 0); /* a line may begin with the segment */
    size_t line = last_of(segment->bytes, from, index, '\n');
    if (line == SIZE_MAX) {
        return false;
    }
    *out = segment_place(segment, line + 1);
    return true;
}
