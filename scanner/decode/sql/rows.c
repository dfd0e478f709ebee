/* Compiled once an instruction set; see core/block64/variant.h. */
#include "decode/sql/rows.h"

#include <string.h>

#include "core/block64/bits.h"
#include "core/block64/variant.h"
#include "decode/sql/cell.h"

/* The cells of the row that begins at rows->start; each ends before the byte of its mark. Those
 * with SQL_MARK_QUOTED stand between quotes, the others are numbers. Returns the union of their
 * lengths less one: below 1 << k it says that none is empty, or longer than that. */
#ifndef __AVX2__

static inline uint32_t row_cells(const struct sql_rows *rows, const uint16_t *marks,
                                 struct cell *cells) {
    size_t start = rows->start;
    uint32_t lengths = 0;
    for (uint32_t i = 0; i < rows->columns; i++) {
        size_t mark = rows->base + (marks[i] & SQL_MARK_PLACE);
        uint32_t quotes = marks[i] / SQL_MARK_QUOTED;
        uint32_t length = (uint32_t)(mark - start) - 2 * quotes;
        lengths |= length - 1;
        cells[i].offset = (uint32_t)start + quotes;
        cells[i].length = length;
        cells[i].field = rows->fields[i];
        cells[i].flags = CELL_NUMBER & (quotes - 1);
        start = mark + 1;
    }
    return lengths;
}

#else

/* Eight vectors of members to eight structs. */
static inline void row_cells_store(struct cell *cells, __m256i offset, __m256i length,
                                   __m256i field, __m256i flags) {
    __m256i ol_low = _mm256_unpacklo_epi32(offset, length);
    __m256i ol_high = _mm256_unpackhi_epi32(offset, length);
    __m256i ff_low = _mm256_unpacklo_epi32(field, flags);
    __m256i ff_high = _mm256_unpackhi_epi32(field, flags);
    __m256i c04 = _mm256_unpacklo_epi64(ol_low, ff_low);
    __m256i c15 = _mm256_unpackhi_epi64(ol_low, ff_low);
    __m256i c26 = _mm256_unpacklo_epi64(ol_high, ff_high);
    __m256i c37 = _mm256_unpackhi_epi64(ol_high, ff_high);
    __m256i *out = (__m256i *)(void *)cells;
    _mm256_storeu_si256(out, _mm256_permute2x128_si256(c04, c15, 0x20));
    _mm256_storeu_si256(out + 1, _mm256_permute2x128_si256(c26, c37, 0x20));
    _mm256_storeu_si256(out + 2, _mm256_permute2x128_si256(c04, c15, 0x31));
    _mm256_storeu_si256(out + 3, _mm256_permute2x128_si256(c26, c37, 0x31));
}

static inline uint32_t row_cells(const struct sql_rows *rows, const uint16_t *marks,
                                 struct cell *cells) {
    const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), one = _mm256_set1_epi32(1);
    const __m256i turn = _mm256_setr_epi32(7, 0, 1, 2, 3, 4, 5, 6);
    const __m256i place = _mm256_set1_epi32(SQL_MARK_PLACE),
                  from = _mm256_set1_epi32((int)rows->base);
    const __m256i number = _mm256_set1_epi32(CELL_NUMBER);
    __m256i lengths = _mm256_setzero_si256();
    __m256i before = _mm256_set1_epi32((int)rows->start - 1); /* the mark before the first cell */
    for (uint32_t i = 0; i < rows->columns; i += 8) {
        __m256i used = _mm256_cmpgt_epi32(_mm256_set1_epi32((int)(rows->columns - i)), lanes);
        __m256i mark =
            _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)(const void *)(marks + i)));
        __m256i quotes = _mm256_srli_epi32(mark, 15);
        mark = _mm256_add_epi32(_mm256_and_si256(mark, place), from);
        __m256i turned = _mm256_permutevar8x32_epi32(mark, turn);
        __m256i gap = _mm256_blend_epi32(turned, before, 1);
        before = turned;
        __m256i offset = _mm256_add_epi32(_mm256_add_epi32(gap, one), quotes);
        __m256i length = _mm256_sub_epi32(_mm256_sub_epi32(mark, quotes), offset);
        lengths = _mm256_or_si256(lengths, _mm256_and_si256(_mm256_sub_epi32(length, one), used));
        __m256i flags = _mm256_and_si256(_mm256_sub_epi32(quotes, one), number);
        __m256i field = _mm256_maskload_epi32((const int *)(const void *)(rows->fields + i), used);
        row_cells_store(cells + i, offset, length, field, flags);
    }
    __m128i half =
        _mm_or_si128(_mm256_castsi256_si128(lengths), _mm256_extracti128_si256(lengths, 1));
    half = _mm_or_si128(half, _mm_unpackhi_epi64(half, half));
    uint64_t both = (uint64_t)_mm_cvtsi128_si64(half);
    return (uint32_t)(both | both >> 32);
}

#endif

/* A value may be empty or long. False: there is nothing at all. */
static __attribute__((noinline)) bool mend_lengths(struct sql_rows *rows) {
    struct cell *cells = rows->cells + rows->cell;
    bool ok = true;
    for (uint32_t i = 0; i < rows->columns; i++) {
        cells[i].flags |= sql_length_flags(cells[i].length);
        rows->flags |= cells[i].flags;
        ok &= cells[i].length != 0 || (cells[i].flags & CELL_NUMBER) == 0;
    }
    return ok;
}

/* Is there an event in the row that ends at CLOSE? */
static inline bool has_event(const struct sql_rows *rows, size_t close) {
    size_t from = rows->start - rows->base;
    return rows->sets->any_event != 0 &&
           bits_any(rows->sets->events, from, close - rows->base - from);
}

uint32_t VARIANT(sql_rows)(struct sql_rows *rows) {
    const uint16_t *marks = rows->sets->marks;
    const uint32_t columns = rows->columns, before = rows->count;
    while (rows->mark + columns + 1 < rows->sets->mark_count) {
        const uint16_t *mark = marks + rows->mark;
        size_t close = rows->base + (mark[columns - 1] & SQL_MARK_PLACE);
        if (memcmp(rows->bytes + close, "),(", 3) != 0 || has_event(rows, close) ||
            (row_cells(rows, mark, rows->cells + rows->cell) >= SQL_LONG_VALUE &&
             !mend_lengths(rows))) {
            break;
        }
        rows->cell += columns;
        rows->mark += columns + 2;
        rows->start = close + 3;
        rows->rows[rows->count++] = (struct row_mark){.first_cell = rows->cell, .row = ++rows->row};
    }
    return rows->count - before;
}
