/* sheet_numbers.h - numbers as binary workbooks write them (BIFF8, BIFF12), for a grid. */
#ifndef YINMA_DECODE_OFFICE_SHEET_NUMBERS_H
#define YINMA_DECODE_OFFICE_SHEET_NUMBERS_H

#include "decode/grid.h"
#include "decode/office/sheet_dates.h"

/* The eight bytes of an IEEE 754 number. */
double sheet_real(const uint8_t *p);
/* An RkNumber ([MS-XLS] 2.5.217, [MS-XLSB] 2.5.122). */
double sheet_packed(uint32_t rk);

/* The cell at COLUMN of the row that was begun: digits, or the date that it is shown as. */
void sheet_put_cell(struct grid *grid, size_t column, double value, bool is_date,
                    enum sheet_epoch epoch);

#endif
