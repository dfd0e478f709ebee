/* sheet_table.h - a sheet that yinma wrote and people filled in, read back as cells. The file is
 * data: it may be edited, cut off or none of ours. */
#ifndef YINMA_REPORTS_SHEET_TABLE_H
#define YINMA_REPORTS_SHEET_TABLE_H

#include "core/arena.h"
#include "core/bytes.h"
#include "core/error.h"

struct sheet_line {
    const struct bytes *cells; /* owned by the table */
    size_t count;
};

struct sheet_table {
    struct sheet_line *lines;
    size_t count, room;
    struct arena arena;
};

/* Read the CSV file PATH (UTF-8, with or without a byte order mark). 0, YINMA_E_USAGE with the name
 * of the file and what is wrong, or YINMA_E_MEMORY. */
int sheet_table_read(const char *path, struct sheet_table **out, struct error *err);
/* The same from memory. */
int sheet_table_parse(struct bytes text, const char *name, struct sheet_table **out,
                      struct error *err);
/* An empty one, to be filled line by line; the cells must live in its arena. */
struct sheet_table *sheet_table_new(void); /* NULL when memory is out */
int sheet_table_add(struct sheet_table *table, const struct bytes *cells, size_t count,
                    struct error *err);
void sheet_table_free(struct sheet_table *table); /* NULL is fine */

/* The cell, empty where the line is shorter or there is none. */
struct bytes sheet_table_cell(const struct sheet_table *table, size_t line, size_t column);

#endif
