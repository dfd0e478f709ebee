/* text_cells.h - the columns of the text report and what one row puts into them. */
#ifndef YINMA_REPORTS_TEXT_CELLS_H
#define YINMA_REPORTS_TEXT_CELLS_H

#include "reports/terminal.h"
#include "reports/text_rows.h"

enum text_column {
    COLUMN_SEVERITY,
    COLUMN_FIELD,
    COLUMN_KIND,
    COLUMN_CLEAR,
    COLUMN_WEAK,
    COLUMN_MASKED,
    COLUMN_ENCRYPTED,
    COLUMN_CONTROLS,
    COLUMN_EXAMPLE,
    COLUMN_COUNT
};

struct text_cells {
    struct text_buffer text[COLUMN_COUNT];
};

void text_cells_init(struct text_cells *cells);
void text_cells_release(struct text_cells *cells);

/* The headings. */
void text_cells_head(struct text_cells *cells);
void text_cells_row(struct text_cells *cells, const struct text_row *row);

/* Where an example stands: "row 3", "line 10"; nothing when that is not known. */
void text_place(struct text_buffer *out, const struct example *example);

#endif
