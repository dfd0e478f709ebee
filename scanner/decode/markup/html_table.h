/* html_table.h - a table in HTML whose first rows show that one of them names the columns. */
#ifndef YINMA_DECODE_MARKUP_HTML_TABLE_H
#define YINMA_DECODE_MARKUP_HTML_TABLE_H

#include "core/field_set.h"
#include "decode/markup/html_tags.h"

enum {
    HTML_TABLE_COLUMNS = 512,
    HTML_TABLE_AHEAD = 128 * 1024, /* what is looked at to find the header */
};

struct html_table {
    uint32_t first_field;
    size_t columns;
    size_t data_row; /* rows of the table before it are titles and the header */
    bool pairs;      /* each value stands behind its name (<th> then <td>); no columns of its own */
};

/* TEXT begins with the tag of the table. NAME is what it is called if it is one. 1: a table; 0: a
 * table without a header, read as text; negative: YINMA_E_MEMORY. */
int html_table_look(struct bytes text, struct field_set *fields, struct bytes name,
                    struct html_table *out);

/* Does the tag begin a cell, or end one (any tag of a table does)? */
bool html_begins_cell(const struct html_tag *tag);
bool html_ends_cell(const struct html_tag *tag);
/* How many columns the cell takes. */
size_t html_span(struct bytes text, const struct html_tag *tag);

#endif
