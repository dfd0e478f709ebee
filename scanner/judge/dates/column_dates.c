#include "judge/dates/column_dates.h"

#include <stdlib.h>

#include "core/block64/bits.h"
#include "core/hash64.h"
#include "judge/dates/date_text.h"
#include "judge/dates/row_dates.h"

void column_dates_release(struct column_dates *dates) {
    free(dates->rows);
    *dates = (struct column_dates){0};
}

static bool wants(const struct row_day *row, uint8_t rank, uint32_t field) {
    return row->rank == 0 || rank < row->rank || (rank == row->rank && field < row->field);
}

/* What the cells of a segment are read with. */
struct day_reader {
    const struct segment *segment;
    const struct date_cuts *cuts;
    const struct day_cells *cells;
};

static struct known_day read_anew(const struct day_reader *reader, const struct cell *cell) {
    int32_t day = reader->cells->day_of(reader->cells->context, cell);
    return (struct known_day){.day = day,
                              .length = (uint8_t)cell->length,
                              .period = (uint8_t)date_cuts_period(reader->cuts, day)};
}

/* Reads KNOWN_DAY_BYTES from the cell on: there is padding behind a segment. */
static struct known_day day_of_cell(struct column_dates *dates, const struct day_reader *reader,
                                    const struct cell *cell) {
    uint64_t text[2];
    struct bytes whole = bytes_of(reader->segment->bytes + cell->offset, cell->length);
    if ((cell->flags & ~(uint32_t)CELL_NUMBER) != 0 || whole.len == 0) {
        return read_anew(reader, cell);
    }
    size_t length = whole.len;
    if (length > KNOWN_DAY_BYTES) { /* clocks tick: few moments are met again, but days are */
        length = date_text_telling(whole, reader->cells->zone_seconds);
    }
    if (length > KNOWN_DAY_BYTES) {
        return read_anew(reader, cell);
    }
    size_t low = length < 8 ? length : 8;
    memcpy(text, whole.ptr, sizeof text);
    text[0] &= bits_low_mask(8 * low);
    text[1] &= bits_low_mask(8 * (length - low));
    struct known_day *known = &dates->known[hash64_mix(text[0] ^ UINT64_C(0x9E3779B97F4A7C15),
                                                       text[1] ^ UINT64_C(0xE7037ED1A0B428DB)) %
                                            KNOWN_DAYS];
    if (known->text[0] != text[0] || known->text[1] != text[1] || known->length != length) {
        *known = read_anew(reader, cell);
        known->length = (uint8_t)length;
        memcpy(known->text, text, sizeof text);
    }
    return *known;
}

static void read_column(struct column_dates *dates, const struct day_reader *reader, size_t column,
                        uint8_t rank) {
    const struct segment *segment = reader->segment;
    uint32_t field = segment->cells[column].field;
    size_t row = 0;
    for (size_t i = column; i < segment->cell_count; i += segment->columns, row++) {
        struct row_day *place = &dates->rows[row];
        if (!wants(place, rank, field)) {
            continue;
        }
        struct known_day known = day_of_cell(dates, reader, &segment->cells[i]);
        if (known.day != DAY_NONE) {
            *place = (struct row_day){
                .day = known.day, .field = field, .rank = rank, .period = known.period};
        }
    }
}

bool column_dates_read(struct column_dates *dates, const struct segment *segment,
                       const struct match_result *match, const struct date_cuts *cuts,
                       const struct day_cells *cells) {
    _Static_assert(DATE_PERIODS_MAX <= UINT8_MAX, "a period fits a byte");
    size_t rows = segment->cell_count / segment->columns;
    dates->any = false;
    for (size_t column = 0; column < segment->columns; column++) {
        dates->any |= match->plans[segment->cells[column].field].date_rank != 0;
    }
    if (!dates->any) {
        return true;
    }
    if (rows > dates->capacity) {
        struct row_day *bigger = reallocarray(dates->rows, 2 * rows, sizeof *bigger);
        if (bigger == NULL) {
            return false;
        }
        dates->rows = bigger;
        dates->capacity = 2 * rows;
    }
    const struct day_reader reader = {segment, cuts, cells};
    memset(dates->rows, 0, rows * sizeof *dates->rows);
    for (size_t column = 0; column < segment->columns; column++) {
        uint8_t rank = match->plans[segment->cells[column].field].date_rank;
        if (rank != 0) {
            read_column(dates, &reader, column, rank);
        }
    }
    return true;
}

/* Values in rows of one period dated by one column, counted at the next change. */
struct same_rows {
    const struct date_cuts *cuts;
    struct live_dates *live;
    struct row_day row;
    uint32_t values;
};

static bool end_rows(struct same_rows *same) {
    if (same->values == 0) {
        return true;
    }
    struct date_period *counts = live_dates_period(same->live, same->row.period);
    if (counts == NULL) {
        return false;
    }
    counts->first = same->cuts->first[same->row.period];
    counts->count[STATE_CLEAR][date_rank_ends((enum date_rank)same->row.rank)] += same->values;
    live_dates_column(same->live, same->row.rank, same->row.field, same->values);
    same->values = 0;
    return true;
}

void column_dates_stretch(struct column_dates *dates, size_t first, size_t count) {
    const struct row_day *rows = dates->rows + first;
    struct row_stretch stretch = {.row = rows[0], .oldest = INT32_MAX, .newest = INT32_MIN};
    uint32_t differs = 0;
    for (size_t i = 0; i < count; i++) {
        differs |= (rows[i].field ^ stretch.row.field) | (uint32_t)(rows[i].rank ^ rows[0].rank) |
                   (uint32_t)(rows[i].period ^ rows[0].period);
        stretch.oldest = rows[i].day < stretch.oldest ? rows[i].day : stretch.oldest;
        stretch.newest = rows[i].day > stretch.newest ? rows[i].day : stretch.newest;
    }
    stretch.alike = differs == 0;
    dates->stretch = stretch;
}

static void widen(struct live_dates *live, int32_t oldest, int32_t newest) {
    live->oldest = oldest < live->oldest ? oldest : live->oldest;
    live->newest = newest > live->newest ? newest : live->newest;
}

bool column_dates_count_all(const struct column_dates *dates, size_t count,
                            const struct date_cuts *cuts, struct live_field *field, unsigned kind) {
    const struct row_stretch *stretch = &dates->stretch;
    if (stretch->row.rank == 0 || count == 0) {
        return true;
    }
    struct same_rows same = {.cuts = cuts, .row = stretch->row, .values = (uint32_t)count};
    same.live = live_field_dates(field, kind);
    if (same.live == NULL) {
        return false;
    }
    widen(same.live, stretch->oldest, stretch->newest);
    return end_rows(&same);
}

bool column_dates_count(const struct column_dates *dates, const uint32_t *rows, const bool *taken,
                        size_t count, const struct date_cuts *cuts, struct live_field *field,
                        unsigned kind) {
    struct same_rows same = {.cuts = cuts};
    int32_t oldest = INT32_MAX, newest = INT32_MIN;
    for (size_t i = 0; i < count; i++) {
        const struct row_day *row = &dates->rows[rows[i]];
        if (!taken[i] || row->rank == 0) {
            continue;
        }
        if (same.live == NULL && (same.live = live_field_dates(field, kind)) == NULL) {
            return false;
        }
        if (row->period != same.row.period || row->rank != same.row.rank ||
            row->field != same.row.field) {
            if (!end_rows(&same)) {
                return false;
            }
            same.row = *row;
        }
        oldest = row->day < oldest ? row->day : oldest;
        newest = row->day > newest ? row->day : newest;
        same.values++;
    }
    if (same.live != NULL) {
        widen(same.live, oldest, newest);
    }
    return end_rows(&same);
}
