/* piece_sql.h - where a dump may be cut: before an INSERT into the table that the INSERT before it
 * went to, or before a COPY; and what must be said before the piece, so that its rows are read as
 * in the whole dump: settings and descriptions of tables. */
#ifndef YINMA_RUN_PIECE_SQL_H
#define YINMA_RUN_PIECE_SQL_H

#include "core/byte_source.h"
#include "core/text_buffer.h"
#include "input/walk.h"

struct piece_sql {
    bool placed; /* else the dump cannot be cut there */
    bool open;   /* the piece begins with rows of a table that began before */
    uint64_t begin, end;
    uint8_t *prefix; /* malloc'ed; NULL for the first piece */
    size_t prefix_len;
};

/* DESCRIBED: the descriptions of tables where FILE is none that can be searched, else {NULL, 0}. 0,
 * YINMA_E_MEMORY or the code of an error in reading. OUT->prefix is the caller's in any case. */
int piece_sql_place(struct byte_source *file, const struct work_piece *piece,
                    struct bytes described, struct piece_sql *out, struct error *err);

/* For streams, which are read once: add the descriptions of tables in TEXT, which begins with a
 * line, to OUT. Returns how much of it has been read: the rest is to stand before what follows. */
size_t piece_sql_describe(struct bytes text, struct text_buffer *out);

#endif
