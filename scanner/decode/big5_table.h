/* big5_table.h - the characters of code page 950, made by the build (make_big5_table.c). The
 * transcoder asks iconv itself; this is for pieces of Big5 inside of other text. */
#ifndef YINMA_DECODE_BIG5_TABLE_H
#define YINMA_DECODE_BIG5_TABLE_H

#include <stdint.h>

enum {
    BIG5_FIRST_LEAD = 0xA1, /* below are user-defined characters only */
    BIG5_LEADS = 0xFA - BIG5_FIRST_LEAD,
    BIG5_FIRST_TRAIL = 0x40,
    BIG5_TRAILS = 0xFF - BIG5_FIRST_TRAIL,
};

/* UTF-16 by lead and trail byte; 0: no character. */
extern const uint16_t big5_table[BIG5_LEADS][BIG5_TRAILS];

#endif
