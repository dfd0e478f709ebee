/* big5_table.h - the characters of code page 950, made by the build (make_big5_table.c): as bytes
 * to write for the transcoder, as code points for pieces of Big5 inside of other text. */
#ifndef YINMA_DECODE_ENCODING_BIG5_TABLE_H
#define YINMA_DECODE_ENCODING_BIG5_TABLE_H

#include <stdint.h>

enum {
    BIG5_FIRST_LEAD = 0xA1, /* below are user-defined characters only */
    BIG5_LEADS = 0xFA - BIG5_FIRST_LEAD,
    BIG5_FIRST_TRAIL = 0x40,
    BIG5_TRAILS = 0xFF - BIG5_FIRST_TRAIL,
};

/* UTF-16 by lead and trail byte; 0: no character. */
extern const uint16_t big5_table[BIG5_LEADS][BIG5_TRAILS];

/* By the place of a pair (pair_kernels.h): the bytes of UTF-8, their number in the uppermost byte;
 * 0: no character. Those that users define are there, too. */
extern const uint32_t big5_utf8[65536];

/* The user-defined areas of code page 950 and where Windows puts them in Unicode (row by row, 157
 * characters a row; Microsoft's bestfit950 and glyph tables, also libiconv's cp950.h); 0: none. */
static inline uint16_t big5_user_defined(uint8_t lead, uint8_t trail) {
    unsigned cell = trail >= 0xA1 ? trail - 0xA1U + 63 : trail - 0x40U;
    if (lead >= 0xFA) {
        return (uint16_t)(0xE000U + (lead - 0xFAU) * 157 + cell);
    }
    if (lead >= 0x8E && lead <= 0xA0) {
        return (uint16_t)(0xE311U + (lead - 0x8EU) * 157 + cell);
    }
    if (lead <= 0x8D) {
        return (uint16_t)(0xEEB8U + (lead - 0x81U) * 157 + cell);
    }
    if (lead >= 0xC6 && lead <= 0xC8 && (lead != 0xC6 || trail >= 0xA1)) {
        return (uint16_t)(0xF6B1U + (lead - 0xC6U) * 157 + cell - 63);
    }
    return 0;
}

/* Which pairs of GBK are characters of everyday text, traditional (level 1 of Big5) or simplified
 * (level 1 of GB 2312): bits by lead and trail byte. */
enum { GBK_FIRST_LEAD = 0x81, GBK_LEADS = 0xFF - GBK_FIRST_LEAD, GBK_WORDS = 3 };
extern const uint64_t gbk_common[GBK_LEADS][GBK_WORDS];

/* LEAD and TRAIL are those of a pair. */
static inline unsigned gbk_is_common(uint8_t lead, uint8_t trail) {
    unsigned place = trail - 0x40U;
    return gbk_common[lead - GBK_FIRST_LEAD][place / 64] >> place % 64 & 1;
}

#endif
