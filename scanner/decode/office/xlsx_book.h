/* xlsx_book.h - what a workbook says before its sheets are read: their names and places, what is
 * hidden, which styles are dates. */
#ifndef YINMA_DECODE_OFFICE_XLSX_BOOK_H
#define YINMA_DECODE_OFFICE_XLSX_BOOK_H

#include "core/arena.h"
#include "decode/office/part.h"
#include "decode/office/sheet_dates.h"

enum { XLSX_STYLES_MOST = 65536, XLSX_SHEETS_MOST = 4096 };

struct xlsx_sheet {
    struct bytes name, relation, path;
    bool hidden;
};

struct xlsx_book {
    struct arena arena;
    struct xlsx_sheet *sheets;
    size_t sheet_count;
    enum sheet_epoch epoch;
    uint8_t *date_formats; /* a bit for each number of a format of its own */
    uint8_t *date_styles;  /* a bit for each style of cells */
    size_t style_count;
    bool in_styles, failed;
};

/* For readers of other spellings of the same: nothing is known yet; a sheet; what it is (relations
 * in member PART); a number format of the book's own; the next style of cells, with its format.
 * Close it in any case. */
int xlsx_book_begin(struct xlsx_book *book, struct error *err);
void xlsx_book_sheet(struct xlsx_book *book, struct bytes name, struct bytes relation, bool hidden);
int xlsx_book_relations(struct xlsx_book *book, const struct decode_input *in, struct bytes part,
                        struct error *err);
void xlsx_book_format(struct xlsx_book *book, uint64_t number, struct bytes code);
void xlsx_book_style(struct xlsx_book *book, uint64_t format);

/* Reads xl/workbook.xml, its relations and xl/styles.xml. 0 or YINMA_E_MEMORY; close in any case.
 */
int xlsx_book_open(struct xlsx_book *book, const struct decode_input *in, struct error *err);
void xlsx_book_close(struct xlsx_book *book);

bool xlsx_style_is_date(const struct xlsx_book *book, uint64_t style);

#endif
