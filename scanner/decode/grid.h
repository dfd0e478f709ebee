/* grid.h - rows of cells that a decoder takes out of somewhere (a sheet, a table in a document) as
 * segments. The first rows are held back until they show which of them is the header, by the same
 * judgement as delimited text; columns without a name are `#3`. Text is copied: offsets mean
 * nothing. */
#ifndef YINMA_DECODE_GRID_H
#define YINMA_DECODE_GRID_H

#include "core/field_set.h"
#include "core/segment.h"

enum { GRID_COLUMNS_MOST = 16384 }; /* of Excel; what lies further right is running text */

struct grid;

/* Fields are made in FIELDS (not owned). NULL when memory is out. */
struct grid *grid_new(struct field_set *fields);
void grid_free(struct grid *grid);
/* Out of memory since the beginning? */
bool grid_failed(const struct grid *grid);

/* Another table begins: rows are of it from now on. */
void grid_begin(struct grid *grid, struct bytes table);
/* The next row begins: the cells that follow are of it, from left to right. */
void grid_row(struct grid *grid);
/* The text of COLUMN (from 0); FLAGS are cell flags. */
void grid_cell(struct grid *grid, size_t column, struct bytes text, unsigned flags);
/* Text that stands in no column. */
void grid_text(struct grid *grid, struct bytes text);
/* The table ends. */
void grid_end(struct grid *grid);

/* A segment, once there is enough for one, or whatever there is (ALL). Valid until the next call of
 * anything here. */
enum grid_take { GRID_ENOUGH, GRID_ALL };
bool grid_take(struct grid *grid, enum grid_take how, struct segment *out);

/* Data rows in all. */
uint64_t grid_rows(const struct grid *grid);

#endif
