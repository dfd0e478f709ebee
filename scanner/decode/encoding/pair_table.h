/* pair_table.h - the characters of a two-byte encoding by their bytes: Big5 from a constant table,
 * others from iconv, asked once for each that is met. Belongs to one thread. */
#ifndef YINMA_DECODE_ENCODING_PAIR_TABLE_H
#define YINMA_DECODE_ENCODING_PAIR_TABLE_H

#include <iconv.h>

#include "decode/encoding/pair_kernels.h"
#include "decode/encoding/transcode.h"

/* The characters of a two-byte encoding. Nothing but `utf8` is set where they are known. */
struct pair_table {
    iconv_t to_utf16; /* (iconv_t)-1: not open */
    uint16_t *codes;  /* 65536 code points by their place (pair_kernels.h), filled as they are met;
                         0: not yet */
    uint32_t *met;    /* the same as the bytes to write, their number in the uppermost byte; 0: not
                         yet, or no character */
    const uint32_t *utf8; /* `met`, or of Big5 a constant table of all characters */
};

/* What a pair that is no character has in the table; U+FFFF is none. */
enum { NO_CHARACTER = 0xFFFF };

/* Open the table of ENCODING if it is not; 0 or a negative code. */
int pair_table_open(struct pair_table *table, enum encoding encoding, struct error *err);
void pair_table_close(struct pair_table *table);
/* The code of a pair, from the table or looked up; NO_CHARACTER. */
uint16_t pair_look_up(struct pair_table *table, enum encoding encoding, uint8_t lead,
                      uint8_t trail);
static inline uint16_t pair_code(struct pair_table *table, enum encoding encoding, uint8_t lead,
                                 uint8_t trail) {
    uint16_t code = table->codes[pair_place(lead, trail)];
    return code != 0 ? code : pair_look_up(table, encoding, lead, trail);
}

#endif
