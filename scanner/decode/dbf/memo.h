/* memo.h - memo files beside a DBF table: .fpt of FoxPro, .dbt of dBase III and IV. */
#ifndef YINMA_DECODE_DBF_MEMO_H
#define YINMA_DECODE_DBF_MEMO_H

#include "core/byte_source.h"
#include "core/text_buffer.h"

enum { MEMO_BYTES_MAX = 4 << 20 }; /* of one memo, what is read of it */

/* All zero at first. */
struct dbf_memo {
    struct byte_source *file; /* NULL: there is none */
    uint32_t block_bytes;
    bool foxpro;
    struct text_buffer text;
};

/* Look for the memo file of the table called NAME beside SOURCE. False: there is none (it may be
 * missing). */
bool dbf_memo_open(struct dbf_memo *memo, struct byte_source *source, struct bytes name);
void dbf_memo_close(struct dbf_memo *memo);

/* The memo that begins at BLOCK; valid until the next call. False: it does not make sense. */
bool dbf_memo_read(struct dbf_memo *memo, uint32_t block, struct bytes *text);

#endif
