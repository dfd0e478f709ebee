/* xls_book.h - what stands before the sheets of a BIFF8 workbook: their names and places, the
 * strings that cells share, which formats are dates. */
#ifndef YINMA_DECODE_OFFICE_XLS_BOOK_H
#define YINMA_DECODE_OFFICE_XLS_BOOK_H

#include "decode/office/sheet_dates.h"
#include "decode/office/sheet_strings.h"
#include "decode/office/xls_records.h"

enum { XLS_SHEETS_MOST = 4096, XLS_FORMATS = 65536 };

struct xls_sheet {
    uint64_t offset;
    size_t name, name_len; /* in `names` */
    bool hidden;
};

struct xls_book {
    struct xls_sheet *sheets;
    size_t sheet_count;
    struct text_buffer names;
    struct sheet_strings strings;
    enum sheet_epoch epoch;
    uint8_t *date_formats; /* a bit for each number of a format of its own */
    uint8_t *date_styles;  /* a bit for each style of cells (XF) */
    size_t style_count;
    bool failed;          /* memory was out */
    struct error problem; /* of the data */
};

/* Reads the globals. 0, or a negative code: out of memory, YINMA_E_UNSUPPORTED when it is no BIFF8;
 * damage is left in `problem`. Release it in any case. */
int xls_book_read(struct xls_book *book, struct xls_records *records, struct error *err);
void xls_book_release(struct xls_book *book);

struct bytes xls_sheet_name(const struct xls_book *book, size_t index);
bool xls_style_is_date(const struct xls_book *book, size_t style);

#endif
