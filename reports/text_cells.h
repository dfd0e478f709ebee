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
    const struct text_row *row; /* that they are of; NULL for the headings */
    size_t column_at;           /* where the column's name begins behind the table's, in bytes */
    size_t example_width;       /* of the example without the notes behind it */
};

void text_cells_init(struct text_cells *cells);
void text_cells_release(struct text_cells *cells);

/* The headings. */
void text_cells_head(struct text_cells *cells);
void text_cells_row(struct text_cells *cells, const struct text_row *row);
/* Shorten a cell to WIDTH columns as suits what it holds. */
void text_cells_fit(struct text_cells *cells, enum text_column column, size_t width);

/* Where an example stands: "row 3", "line 10"; nothing when that is not known. */
void text_place(struct text_buffer *out, const struct example *example);

#endif
