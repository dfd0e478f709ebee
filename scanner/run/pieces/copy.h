/* copy.h - cutting a dump between two rows of a COPY: where a row begins near a place, and
 * the statement that its rows belong to. Rows look alike for gigabytes, so the statement is
 * searched as a guess, too: exactly near by, then by the looks of the rows, in steps that double.
 */
#ifndef YINMA_RUN_PIECES_COPY_H
#define YINMA_RUN_PIECES_COPY_H

#include "core/byte_source.h"
#include "core/text_buffer.h"

struct piece_copy {
    bool found;              /* else the place is not, or not to be seen, among rows of a COPY */
    uint64_t at;             /* of the first byte of a row, behind the place */
    uint64_t statement_at;   /* UINT64_MAX: before what FILE holds */
    struct text_buffer head; /* the statement, `COPY … FROM stdin;` and a line end */
};

void piece_copy_init(struct piece_copy *copy);
void piece_copy_release(struct piece_copy *copy);

/* Look near TARGET of FILE (read_at). OPEN: the statement that is open in the line at TARGET or
 * begins with it, or empty: none is; NULL: it is to be searched in what stands before. 0,
 * YINMA_E_MEMORY or the code of an error in reading. */
int piece_copy_find(struct byte_source *file, uint64_t target, const struct bytes *open,
                    struct piece_copy *out, struct error *err);

/* Is LINE the head of a COPY with rows behind it? Its length with the line end, or 0. */
size_t piece_copy_statement(struct bytes line);
/* Is LINE, which may be cut off, the end of the rows? */
bool piece_copy_ends(struct bytes line);

#endif
