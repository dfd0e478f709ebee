/* sheet_dates.h - numbers that a spreadsheet shows as dates. ECMA-376 part 1, 18.8.30 (number
 * formats) and 18.17.4 (serial dates). */
#ifndef YINMA_DECODE_OFFICE_SHEET_DATES_H
#define YINMA_DECODE_OFFICE_SHEET_DATES_H

#include "core/bytes.h"

/* Does the format built in under that number, or the format CODE, show a date? */
bool sheet_format_is_date(uint64_t number);
bool sheet_code_is_date(struct bytes code);

enum sheet_epoch { SHEET_EPOCH_1900, SHEET_EPOCH_1904 };

/* The serial number as YYYY-MM-DD (with HH:MM:SS when it has a time of day) to OUT (32 bytes of
 * room); 0: it is no date. */
size_t sheet_put_date(struct bytes serial, enum sheet_epoch epoch, char *out);

/* A number as the digits that were typed: 4.31256E+15 → 4312560000000000. OUT has room for
 * SHEET_NUMBER_BYTES; 0: NUMBER is to be taken as it is. */
enum { SHEET_NUMBER_BYTES = 40 };
size_t sheet_put_number(struct bytes number, char *out);

#endif
