/* typed_text.h - cells of values that binary formats keep as numbers and people write otherwise:
 * days, times of day, moments, decimals. */
#ifndef YINMA_DECODE_TYPED_TEXT_H
#define YINMA_DECODE_TYPED_TEXT_H

#include "decode/record_text.h"

/* DAY, counted from 1970-01-01: "2026-01-31". Outside the years 1 to 9999 the number itself, as of
 * the others. */
void typed_text_day(struct record_text *text, int64_t day, uint32_t field);

/* UNITS since midnight, SECOND of them in a second: "08:30:00". */
void typed_text_time(struct record_text *text, int64_t units, int64_t second, uint32_t field);

enum moment_zone { MOMENT_UTC, MOMENT_LOCAL };
/* UNITS since 1970, SECOND of them in a second: "2026-01-31T08:30:00Z", without the Z where clocks
 * showed it. */
void typed_text_moment(struct record_text *text, int64_t units, int64_t second,
                       enum moment_zone zone, uint32_t field);

enum { TYPED_DECIMAL_BYTES = 64, TYPED_DECIMAL_SCALE = 160 };
/* A whole number in two's complement, the high byte first (at most TYPED_DECIMAL_BYTES), of which
 * the last SCALE digits (at most TYPED_DECIMAL_SCALE) stand behind the point. */
void typed_text_decimal(struct record_text *text, struct bytes number, uint32_t scale,
                        uint32_t field);

#endif
