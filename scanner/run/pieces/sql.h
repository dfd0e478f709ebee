/* sql.h - where a dump may be cut: before an INSERT into the table that the INSERT before it
 * went to, before a COPY, or between two rows of one (pieces/copy.h); and what must be said before
 * the piece, so that its rows are read as in the whole dump: settings, descriptions of tables, the
 * COPY that its rows belong to. */
#ifndef YINMA_RUN_PIECES_SQL_H
#define YINMA_RUN_PIECES_SQL_H

#include "core/byte_source.h"
#include "core/text_buffer.h"
#include "input/walk/walk.h"

/* Of a stream, which cannot be searched: what stands before the part of it that is in memory. */
struct piece_known {
    struct bytes described;         /* descriptions of tables, also of those in that part */
    struct bytes copy, copy_behind; /* the COPY that is open where the piece is to begin, and to
                                       end; empty: none is */
};

struct piece_sql {
    bool placed; /* else the dump cannot be cut there */
    bool open;   /* the piece begins with rows of a table that began before */
    bool copied; /* it ends between rows of a COPY */
    uint64_t begin, end;
    uint8_t *prefix; /* malloc'ed; NULL for the first piece */
    size_t prefix_len;
};

/* KNOWN: NULL where FILE can be searched. 0, YINMA_E_MEMORY or the code of an error in reading.
 * OUT->prefix is the caller's in any case. */
int piece_sql_place(struct byte_source *file, const struct work_piece *piece,
                    const struct piece_known *known, struct piece_sql *out, struct error *err);

/* For streams, which are read once: add the descriptions of tables in TEXT, which begins with a
 * line, to DESCRIBED, and keep the last COPY that is open in COPY. Returns how much of it has been
 * read: the rest is to stand before what follows. */
size_t piece_sql_describe(struct bytes text, struct text_buffer *described,
                          struct text_buffer *copy);

#endif
