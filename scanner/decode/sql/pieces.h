/* pieces.h - a single value larger than the window (a picture in a LONGBLOB may take a
 * gigabyte): it passes in pieces of running text. */
#ifndef YINMA_DECODE_SQL_PIECES_H
#define YINMA_DECODE_SQL_PIECES_H

#include "decode/sql/batch.h"
#include "decode/sql/lexer.h"

enum sql_pieces_of { SQL_PIECES_NONE, SQL_PIECES_VALUES, SQL_PIECES_COPY };

struct sql_pieces {
    enum sql_pieces_of of;
    uint32_t field;
    enum sql_escapes escapes;
    uint8_t quote;   /* the string the position is in, 0 = none */
    bool backslash;  /* escapes in it */
    bool second;     /* the position is behind a back-slash */
    bool quote_seen; /* a quote was the last byte: closed, or the first of two */
    bool over;       /* the plain literal is over, only the delimiter is missing */
    bool plain;      /* a literal begins the value: what follows it is no value */
    bool hex;        /* pieces are hexadecimal digits */
    size_t depth;    /* open parentheses */
};

/* The value begins at AT; returns where its first piece does. */
size_t sql_pieces_begin(struct sql_pieces *pieces, enum sql_pieces_of of, uint32_t field,
                        const struct sql_view *view, size_t at, const struct sql_dialect *dialect);
/* Emit the next piece from *at on. True: *at is the delimiter (or the end of the data). False: the
 * view is used up but for a few bytes. The batch must be empty of other escapes. */
bool sql_pieces_next(struct sql_pieces *pieces, struct sql_batch *batch,
                     const struct sql_view *view, size_t *at);

#endif
