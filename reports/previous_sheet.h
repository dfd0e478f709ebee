/* previous_sheet.h - an earlier inventory: what people filled in, found again by what a line is
 * about, and how the figures differ. */
#ifndef YINMA_REPORTS_PREVIOUS_SHEET_H
#define YINMA_REPORTS_PREVIOUS_SHEET_H

#include "reports/sheet_table.h"

/* What its line of heads begins with. */
#define INVENTORY_FIRST_HEAD "編號"

struct previous_sheet {
    const struct sheet_table *table; /* NULL: none */
    size_t heads;                    /* its line of heads; SIZE_MAX: there is none */
    bool *met;                       /* by line */
};

/* Is TABLE an inventory of ours, whatever people added to it? */
bool previous_is_inventory(const struct sheet_table *table);

/* TABLE may be NULL. False when memory is out. */
bool previous_init(struct previous_sheet *previous, const struct sheet_table *table);
void previous_release(struct previous_sheet *previous);

/* The column called HEAD; SIZE_MAX: none. */
size_t previous_column(const struct previous_sheet *previous, struct bytes head);
/* The cell below HEAD, without the apostrophe of the guard; empty where there is none. */
struct bytes previous_cell(const struct previous_sheet *previous, size_t line, const char *head);
/* The line whose cells below HEADS (ended by NULL) are CELLS; it is met from now on. SIZE_MAX. */
size_t previous_find(struct previous_sheet *previous, const char *const *heads,
                     const struct bytes *cells);
/* Lines begin behind the heads; a line without a first cell is none. */
bool previous_is_line(const struct previous_sheet *previous, size_t line);

#endif
