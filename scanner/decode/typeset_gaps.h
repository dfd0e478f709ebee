/* typeset_gaps.h - where Chinese and Western text meet, typesetting leaves a gap that nobody wrote;
 * text taken out of a page shows it as a blank (中正路 107 號 14 樓). */
#ifndef YINMA_DECODE_TYPESET_GAPS_H
#define YINMA_DECODE_TYPESET_GAPS_H

#include <stddef.h>
#include <stdint.h>

/* Take such blanks out of the UTF-8 text of LEN bytes at TEXT, as far as they stand in addresses:
 * elsewhere they may part columns. How many bytes are left. */
size_t typeset_gaps_close(uint8_t *text, size_t len);

#endif
