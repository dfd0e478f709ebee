/* values.h - the rows of `VALUES (…),(…)`: a fast path on bit sets, and a scalar one that takes
 * every value the fast one does not know. Both leave the same cells. */
#ifndef YINMA_DECODE_SQL_VALUES_H
#define YINMA_DECODE_SQL_VALUES_H

#include "core/retry.h"
#include "decode/sql/cell.h"
#include "decode/sql/target.h"

/* Why reading stopped, and what the decoder must do. */
enum sql_stop {
    SQL_STOP_MORE,    /* the view ends: refill and go on, or it is the end of the data */
    SQL_STOP_FULL,    /* the segment must end here */
    SQL_STOP_DONE,    /* the statement is over (as far as it is rows) */
    SQL_STOP_UNUSUAL, /* from the fast path only: let the scalar one look at this value */
};

struct sql_values {
    const struct sql_dialect *dialect;
    const struct sql_kernels *kernels; /* NULL: scalar only */
    struct sql_target *target;
    struct sql_batch *batch;
    size_t at;       /* start of the value in a tuple, else what comes next */
    uint32_t column; /* of the value at `at`, from 0 */
    bool in_tuple;
    bool comma;        /* outside tuples: a comma was read, a tuple must follow */
    uint8_t quote;     /* how strings are written here */
    struct retry even; /* of chunks with nothing but strings and digits (sql/sets.h) */
    int status;        /* a failure other than the data's */
};

/* Behind the word VALUES, at AT. */
void sql_values_begin(struct sql_values *values, size_t at);
/* Go on; values->at has moved to the first byte not dealt with. */
enum sql_stop sql_values_run(struct sql_values *values, const struct sql_view *view,
                             struct error *err);
/* Back to the start of the row in progress. */
void sql_values_rewind(struct sql_values *values);
/* The value was passed by other means (pieces of a giant): DELIMITER stands at AT. */
void sql_values_pass(struct sql_values *values, uint8_t delimiter, size_t at);

/* In a tuple, at a value. Never SQL_STOP_DONE: behind the last tuple it says UNUSUAL. */
enum sql_stop sql_values_fast(struct sql_values *values, const struct sql_view *view);

#endif
