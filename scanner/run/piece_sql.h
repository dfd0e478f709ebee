/* piece_sql.h - where a dump may be cut: before an INSERT into the table that the INSERT before it
 * went to, or before a COPY; and what must be said before the piece, so that its rows are read as
 * in the whole dump: settings and descriptions of tables. */
#ifndef YINMA_RUN_PIECE_SQL_H
#define YINMA_RUN_PIECE_SQL_H

#include "core/byte_source.h"
#include "input/walk.h"

struct piece_sql {
    bool placed; /* else the dump cannot be cut there */
    bool open;   /* the piece begins with rows of a table that began before */
    uint64_t begin, end;
    uint8_t *prefix; /* malloc'ed; NULL for the first piece */
    size_t prefix_len;
};

/* 0, YINMA_E_MEMORY or the code of an error in reading. OUT->prefix is the caller's in any case. */
int piece_sql_place(struct byte_source *file, const struct work_piece *piece, struct piece_sql *out,
                    struct error *err);

#endif
