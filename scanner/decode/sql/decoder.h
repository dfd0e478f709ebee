/* decoder.h - the SQL decoders as the tests open them: with the scalar path only, or with a
 * small window. The rows mysqldump, pg_dump and sql open it with everything at its default. */
#ifndef YINMA_DECODE_SQL_DECODER_H
#define YINMA_DECODE_SQL_DECODER_H

#include "decode/decoder.h"
#include "decode/sql/dialect.h"

enum sql_path { SQL_PATH_FAST, SQL_PATH_SCALAR };

struct sql_options {
    struct sql_dialect dialect;
    bool named_tool; /* every statement ends in `;`: a missing one means that the dump was cut */
    bool rows_only;  /* the lines of COPY end with the data, without `\.` */
    enum sql_path path;
    size_t window; /* bytes in the window at first, 0 = WINDOW_READ_BYTES */
};

int sql_open(const struct decode_input *in, const struct sql_options *options, void **state,
             struct error *err);
int sql_next(void *state, struct segment *out, struct error *err);
void sql_close(void *state);

extern const struct decoder decoder_mysqldump, decoder_pg_dump, decoder_sql;

#endif
