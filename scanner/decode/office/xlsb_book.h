/* xlsb_book.h - what a binary workbook (BIFF12) says before its sheets are read: as xlsx_book.h, in
 * records instead of XML. */
#ifndef YINMA_DECODE_OFFICE_XLSB_BOOK_H
#define YINMA_DECODE_OFFICE_XLSB_BOOK_H

#include "decode/office/sheet_strings.h"
#include "decode/office/xlsb_records.h"
#include "decode/office/xlsx_book.h"

/* Reads xl/workbook.bin, its relations, xl/styles.bin and, to STRINGS, xl/sharedStrings.bin. What
 * is wrong with the data goes to the report of IN. 0 or YINMA_E_MEMORY; close BOOK in any case. */
int xlsb_book_open(struct xlsx_book *book, struct sheet_strings *strings,
                   const struct decode_input *in, struct error *err);

/* Tell in REPORT that a part did not end well: RECORDS say how. */
void xlsb_tell_end(const struct xlsb_records *records, struct decode_report *report);

#endif
