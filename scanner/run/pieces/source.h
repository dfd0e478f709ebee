/* source.h - one piece of a large file as a stream that decoders can read: the beginning of
 * the file (so that everything is recognised as it is in the whole file), then the piece. What is
 * decoded of the beginning is not counted (run/pieces/gate.h).
 *
 * Where a piece begins is a guess: behind a line end that looks like one between two records. The
 * piece before it ends there, too, and proves it by ending with a whole record. */
#ifndef YINMA_RUN_PIECES_SOURCE_H
#define YINMA_RUN_PIECES_SOURCE_H

#include "decode/head_memory.h"
#include "run/engine.h"
#include "run/pieces/sql.h"

/* How a piece lies in its file and in the stream that is made of it. */
struct piece_cut {
    uint32_t number, count;
    bool last;             /* it ends with the unit */
    uint64_t begin, end;   /* in the file */
    uint64_t prefix;       /* bytes of the stream before the byte at `begin` … */
    uint64_t prefix_lines; /* … and newlines in them */
    bool open;             /* the records at `begin` go on with a table that began before */
};

/* What a piece is looked at with, in one thread. */
struct piece_eyes {
    const struct engine *engine;
    struct head_memory *heads; /* the one that its scan will use, too */
};

/* May units be taken to pieces in such a run at all? */
bool pieces_wanted(const struct engine *engine);
/* May what begins with HEAD, of a unit called NAME? Its place as SQL is told by *sql_out. */
bool pieces_possible(const struct piece_eyes *eyes, struct bytes head, struct bytes name,
                     bool *sql_out);

/* A piece, and of what. */
struct piece_of_file {
    const struct work_piece *piece;
    struct byte_source *file; /* with read_at */
    struct bytes name;        /* of the file */
    /* Of a stream, what stands before the piece; NULL: it is looked for in the file. */
    const struct piece_known *known;
    struct input_budget *budget; /* bytes that other pieces read as well are not counted in it */
};

/* What WANTED is; its file is owned and closed in any case. *out is NULL when the file cannot be
 * taken to pieces, or not there. 0, YINMA_E_MEMORY, or the code of an error in reading. */
int piece_open(const struct piece_eyes *eyes, const struct piece_of_file *wanted,
               struct piece_cut *cut, struct byte_source **out, struct error *err);

#endif
