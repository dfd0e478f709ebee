/* state.h - the state of a SQL decoder, shared by the two files that make it: sql/steps.c reads
 * on until something stops it, sql/decoder.c cuts segments and refills. */
#ifndef YINMA_DECODE_SQL_STATE_H
#define YINMA_DECODE_SQL_STATE_H

#include "decode/decoder.h"
#include "decode/sql/copy.h"
#include "decode/sql/pairs.h"
#include "decode/sql/pieces.h"
#include "decode/sql/statement.h"
#include "decode/sql/text.h"
#include "decode/window.h"

enum { SQL_HEAD_KEPT_MAX = 1024, SQL_NO_TEXT = -1 };

enum sql_mode {
    SQL_MODE_STATEMENT, /* between statements */
    SQL_MODE_TEXT,      /* in a statement (or comment) that is running text */
    SQL_MODE_VALUES,
    SQL_MODE_COPY,
    SQL_MODE_PIECES, /* in a value larger than the window */
};

struct sql_decoder {
    struct window window;
    struct error source_error;
    struct field_set *fields;
    struct decode_report *report;
    bool named_tool;
    enum sql_mode mode;
    bool forced; /* the window cannot grow: take what is there */
    bool fill;   /* before going on: refill */
    bool finished;
    bool in_statement_text; /* a statement, not only comments, is being passed */
    size_t at;              /* position, in the modes that keep none of their own */
    size_t cut;             /* where the last segment ended */
    int64_t text_at;        /* where running text began that no cell covers yet, or SQL_NO_TEXT */
    uint64_t rows_before, row_start; /* rows of earlier statements; of the target, at its start */
    struct sql_batch batch;
    struct sql_statements statements;
    struct sql_target target;
    struct sql_values values;
    struct sql_copy copy;
    struct sql_text text;
    struct sql_pieces pieces;
    uint8_t head[SQL_HEAD_KEPT_MAX]; /* of the INSERT read last: the next is often the same */
    size_t head_len;
    struct sql_pair *pairs; /* of one statement, SQL_PAIRS_MOST; made when one is met */
};

/* Read on from the present position. Never SQL_STOP_DONE while *status is 0. */
enum sql_stop sql_run(struct sql_decoder *d, const struct sql_view *view, int *status,
                      struct error *err);
/* Settings, descriptions of tables, and perhaps the COPY that the data belongs to. */
int sql_read_preamble(struct sql_decoder *d, struct bytes preamble, struct error *err);
/* Running text begins at AT, unless it has begun before; it ends at END and becomes a cell. */
void sql_begin_text(struct sql_decoder *d, size_t at);
void sql_flush_text(struct sql_decoder *d, size_t end);
/* The rows in progress are over; statements go on at AT. */
void sql_leave_rows(struct sql_decoder *d, size_t at);

#endif
