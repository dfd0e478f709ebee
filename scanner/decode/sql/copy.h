/* copy.h - the rows of a COPY block, up to the line `\.`: fast on bit sets, and the scalar
 * twin. */
#ifndef YINMA_DECODE_SQL_COPY_H
#define YINMA_DECODE_SQL_COPY_H

#include "decode/sql/copy_form.h"
#include "decode/sql/values.h"

struct sql_copy {
    const struct sql_kernels *kernels; /* NULL: scalar only */
    struct sql_target *target;
    struct sql_batch *batch;
    size_t at;       /* start of a value */
    uint32_t column; /* of that value, from 0 */
    bool in_row;     /* false: a line begins at `at` */
    struct sql_copy_form form;
    bool header;     /* the next line names the columns */
    bool whole_file; /* ends with the data; a line `\.` is data */
    int status;      /* a failure other than the data's */
};

/* Behind the line `COPY … FROM stdin;`, at AT. */
void sql_copy_begin(struct sql_copy *copy, const struct sql_copy_form *form, size_t at);
/* Go on; copy->at has moved. DONE: behind the line `\.`. At the end of the data (MORE and
 * view->final) what is left of the last row stands at copy->at. */
enum sql_stop sql_copy_run(struct sql_copy *copy, const struct sql_view *view, struct error *err);
/* Back to the start of the row in progress. */
void sql_copy_rewind(struct sql_copy *copy);
/* The value that began at copy->at ends at MARK, a delimiter, a newline or the end of the data;
 * EMIT false: it was passed by other means. False: the segment must end first. */
enum sql_copy_value { SQL_COPY_EMIT, SQL_COPY_PASS };
bool sql_copy_value(struct sql_copy *copy, const struct sql_view *view, size_t mark,
                    enum sql_copy_value how);

#endif
