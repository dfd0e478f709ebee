/* layout_words.h - the words and numbers of file layouts: what the columns of such a table are
 * called, and numbers as people write them there. Private to layout_file.c. */
#ifndef YINMA_RUN_LAYOUTS_LAYOUT_WORDS_H
#define YINMA_RUN_LAYOUTS_LAYOUT_WORDS_H

#include "core/record_layout.h"

enum layout_column {
    LAYOUT_COLUMN_OTHER,
    LAYOUT_COLUMN_RECORD, /* 錄別: the sort of record; counts for the rows below, too */
    LAYOUT_COLUMN_CODE,   /* 識別碼: what stands in this field tells the sort of record */
    LAYOUT_COLUMN_NAME,
    LAYOUT_COLUMN_START,
    LAYOUT_COLUMN_END,
    LAYOUT_COLUMN_LENGTH,
    LAYOUT_COLUMN_RANGE, /* 起迄: both in one cell */
    LAYOUT_COLUMNS,
};
enum layout_column layout_column_of(struct bytes heading);

/* Does the row say how long the whole record is: 合計, total length? */
bool layout_is_total(struct bytes name);
/* Is it a title above the fields of one sort of record: 首錄, Detail record? */
bool layout_is_title(struct bytes text);

/* A whole number from 1 in ASCII or full-width digits, perhaps with its unit behind it: 12, １２,
 * 12碼.
 */
bool layout_number(struct bytes text, uint32_t *out);
/* 1-10, 1～10, 1 至 10; a lone number is the start, *end is 0 then. */
bool layout_range(struct bytes text, uint32_t *start, uint32_t *end);

#endif
