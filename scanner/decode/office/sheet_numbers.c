#include "decode/office/sheet_numbers.h"

#include <stdio.h>

#include "core/endian.h"

double sheet_real(const uint8_t *p) {
    const uint64_t bits = little_u64(p);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The upper 30 bits of a number, or a whole one; perhaps a hundredth of it. */
double sheet_packed(uint32_t rk) {
    double value;
    if ((rk & 2) != 0) {
        value = (double)(int32_t)(rk & ~3U) / 4; /* the lowest two bits are none of the number */
    } else {
        uint64_t bits = (uint64_t)(rk & ~3U) << 32;
        memcpy(&value, &bits, sizeof value);
    }
    return (rk & 1) != 0 ? value / 100 : value;
}

void sheet_put_cell(struct grid *grid, size_t column, double value, bool is_date,
                    enum sheet_epoch epoch) {
    char digits[SHEET_NUMBER_BYTES], room[SHEET_NUMBER_BYTES];
    const int len = snprintf(digits, sizeof digits, "%.15g", value);
    const struct bytes number = bytes_of(digits, len > 0 ? (size_t)len : 0);
    unsigned flags = CELL_NUMBER;
    size_t written = 0;
    if (number.len == 0 || number.len >= sizeof digits) {
        return;
    }
    if (is_date) {
        written = sheet_put_date(number, epoch, room);
        flags = written > 0 ? 0U : CELL_NUMBER;
    }
    if (written == 0) {
        written = sheet_put_number(number, room);
    }
    grid_cell(grid, column, written > 0 ? bytes_of(room, written) : number, flags);
}
