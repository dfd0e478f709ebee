/* segment.h - the currency between decode and match: a stretch of decoded bytes with what is known
 * about its places. A decoder emits segments in order, without gaps or overlaps in [begin, end); it
 * owns the memory, which is valid until its next call.
 *
 *        context        values that start here            look-ahead
 *   |----------------|==================================|-----------|
 *   bytes            begin                              end         len
 *
 * Bytes are UTF-8 whenever the encoding is known: the transcoder stands before the decoders.
 *
 * A value belongs to the segment in which it starts, so a value across two buffers is found once.
 * Structured formats cut segments at cells (end == len is fine there: no cell crosses it); running
 * text needs SEGMENT_CONTEXT bytes on both sides unless the data begins or ends there. */
#ifndef YINMA_CORE_SEGMENT_H
#define YINMA_CORE_SEGMENT_H

#include "core/bytes.h"
#include "core/quiet.h"
#include "core/width_map.h"

enum {
    SEGMENT_ROWS_MIN = 8,      /* fewer rows are not worth to be told to be regular */
    SEGMENT_COLUMNS_MAX = 512, /* rows of wider tables are not told to be regular */
    SEGMENT_CONTEXT = 512,     /* bytes of context and of look-ahead in running text */
    SEGMENT_PADDING = 128,     /* readable (meaningless) bytes behind bytes[len] */
};

enum cell_flag {
    CELL_TEXT = 1 << 0,    /* running text of any length: values stand somewhere inside */
    CELL_ESCAPED = 1 << 1, /* holds escapes of its format; `unescape` of the segment undoes them */
    CELL_HEX = 1 << 2,     /* hexadecimal digits (without 0x) of the real bytes */
    CELL_NULL = 1 << 3,    /* NULL or empty: counted, never looked at */
    CELL_PARTIAL = 1 << 4, /* a piece of a value too large for the buffer; treated as text */
    CELL_NUMBER = 1 << 5,  /* a bare number (SQL literal, JSON number): may have lost its zeros */
    CELL_PERCENT = 1 << 6, /* percent-encoded, as in the query of a URL */
    CELL_UNFOLDED =
        1 << 7, /* its content comes as a segment of its own (run/unfold/unfold.h): passed over */
    CELL_BASE64 = 1 << 8, /* written like base64; what it decodes to tells whether it is */
};

/* One value of one field: bytes[offset .. offset + length), without quotes and delimiters. Cells
 * are sorted by offset and do not overlap. */
struct cell {
    uint32_t offset;
    uint32_t length;
    uint32_t field; /* see field_set.h */
    uint32_t flags;
};

/* Row ROW of its table begins with cell FIRST_CELL. Sorted. A segment that goes on with a row begun
 * earlier repeats that row's mark with first_cell 0. */
struct row_mark {
    uint32_t first_cell;
    uint64_t row; /* from 1 */
};

enum segment_flag {
    SEGMENT_FREE_TEXT = 1 << 0,  /* bytes outside the cells are running text of gap_field; rows
                                    are lines */
    SEGMENT_NO_OFFSETS = 1 << 1, /* offsets and lines mean nothing (transcoded, generated) */
    SEGMENT_BINARY = 1 << 2,     /* bytes of no known text format: only what proves itself */
    SEGMENT_AT_LINE = 1 << 3,    /* bytes[0] is the first of a line */
    SEGMENT_AGAIN = 1 << 4,      /* what a segment before it showed, read in another way */
};

struct segment {
    const uint8_t *bytes;
    size_t len;
    size_t begin, end;
    uint64_t offset; /* of bytes[0] in the unit, before transcoding (see width_rule) */
    uint64_t line;   /* line number of bytes[0], from 1 */
    const struct cell *cells;
    size_t cell_count;
    const struct row_mark *rows;
    size_t row_count;
    uint64_t row_shift; /* see segment_row() */
    /* What segment_describe() saw of the cells. */
    uint32_t columns;    /* they repeat the same fields in the same order, so many a row; 0 = not */
    uint32_t cell_flags; /* union of their flags */
    uint32_t gaps;       /* and of the numbers of bytes between one and the next */
    bool described;      /* its decoder knew all that (of gaps and flags at most more) */
    uint32_t gap_field;  /* the field of bytes outside the cells */
    struct widths width_rule; /* bytes are UTF-8; this tells how wide they were */
    unsigned flags;
    /* Nothing that is looked for stands in the last QUIET bytes before END (core/quiet.h); their
     * cells are not among those above. */
    size_t quiet;
    const struct quiet_cells *quiet_cells;
    size_t quiet_cell_count;
    /* Undo the format's escapes of VALUE into OUT (at least value.len bytes), returns the length.
     * NULL when the format has none. */
    size_t (*unescape)(struct bytes value, uint8_t *out, unsigned dialect);
    unsigned dialect; /* handed to unescape */
    /* A segment made of what stands inside cells of another one: that one, and where in it the byte
     * at OFFSET of this one comes from. NULL: the segment is of the data itself. */
    const struct segment *outer;
    size_t (*locate)(void *context, size_t offset);
    void *locate_context;
};

/* Is every row whole, with the cells of all columns? Of a described segment with rows. */
static inline bool segment_is_regular(const struct segment *segment) {
    const size_t rows = segment->row_count;
    return segment->columns != 0 && rows != 0 && segment->cell_count == rows * segment->columns &&
           segment->rows[rows - 1].first_cell == (rows - 1) * segment->columns;
}

/* The row that mark MARK begins, 0: it is running text between rows. In a piece of a unit rows are
 * numbered otherwise than its decoder did. */
static inline uint64_t segment_row(const struct segment *segment, size_t mark) {
    uint64_t row = segment->rows[mark].row;
    return row == 0 ? 0 : row + segment->row_shift;
}

/* The cell that holds the byte at AT, by binary search; HIT_NO_CELL (hit.h) = none. */
uint32_t segment_cell_at(const struct segment *segment, size_t at);

/* Set `columns`, `cell_flags` and `gaps` from the cells, if they are not described. Rooms that find
 * columns may go down each of them instead of along the rows. */
void segment_describe(struct segment *segment);

#endif
