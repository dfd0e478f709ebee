/* xls.h - workbooks of Excel 97 to 2003 (BIFF8 in OLE2), for the decoder of OLE2 files. */
#ifndef YINMA_DECODE_OFFICE_XLS_H
#define YINMA_DECODE_OFFICE_XLS_H

#include "core/ole2_file.h"
#include "decode/decoder.h"

/* 1: *STATE reads the workbook in FILE, which outlives it. 0: there is none that can be read; *ERR
 * tells why when something does. Negative: YINMA_E_MEMORY. */
int xls_open(const struct ole2_file *file, const struct decode_input *in, void **state,
             struct error *err);
int xls_next(void *state, struct segment *out, struct error *err);
void xls_close(void *state);

#endif
