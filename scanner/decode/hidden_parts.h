/* hidden_parts.h - what a document holds and does not show: sheets, columns and rows of
 * workbooks, elements of pages. They are read as any other; that nobody who opens the document sees
 * them is told, with their names. */
#ifndef YINMA_DECODE_HIDDEN_PARTS_H
#define YINMA_DECODE_HIDDEN_PARTS_H

#include "core/bytes.h"

enum { HIDDEN_LIST_BYTES = 56, HIDDEN_NAME_BYTES = 40 };

/* Names, as many as there is room for; `count` is the caller's. */
struct hidden_list {
    char text[HIDDEN_LIST_BYTES];
    size_t len;
    bool more; /* there are others */
    uint64_t count;
};

void hidden_list_add(struct hidden_list *list, const char *name);
/* "2 (a, b)", "9 (a, b, …)", "0" */
enum { HIDDEN_TOLD_BYTES = HIDDEN_LIST_BYTES + 32 };
void hidden_list_tell(const struct hidden_list *list, char out[HIDDEN_TOLD_BYTES]);

/* NAME in OUT, which has room for ROOM bytes; a longer one without the word that would be cut: half
 * of a value could not be told from other words when names are concealed. */
void hidden_name(struct bytes name, char *out, size_t room);

/* All zero at first. */
struct sheet_hidden {
    struct hidden_list sheets, columns, rows;
    char sheet[HIDDEN_NAME_BYTES]; /* the one that is read */
    uint64_t first_row, last_row;  /* of it, not in the list yet; from 1, 0 = none */
};

/* Sheet NAME (UTF-8) begins. */
void sheet_hidden_begin(struct sheet_hidden *hidden, struct bytes name, bool is_hidden);
/* Columns FIRST to LAST of it, from 0; rows COUNT from ROW on, from 0, in their order. */
void sheet_hidden_columns(struct sheet_hidden *hidden, uint64_t first, uint64_t last);
void sheet_hidden_rows(struct sheet_hidden *hidden, uint64_t row, uint64_t count);

/* "hidden: sheets 1 (pay), columns 2 (staff C-D), rows 0" to OUT; nothing when all is shown. Names
 * are data: whoever shows them conceals them. */
void sheet_hidden_tell(struct sheet_hidden *hidden, char *out, size_t room);

#endif
