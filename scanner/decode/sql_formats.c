/* The rows of the SQL formats: who bids, and how each tool writes its dialect. */
#include "decode/sql_bid.h"
#include "decode/sql_decoder.h"

static int open_mysqldump(const struct decode_input *in, void **state, struct error *err) {
    struct sql_options options = {.dialect = {.flavor = SQL_MYSQL, .backslash = true},
                                  .named_tool = true};
    return sql_open(in, &options, state, err);
}

static int open_pg_dump(const struct decode_input *in, void **state, struct error *err) {
    struct sql_options options = {.dialect = {.flavor = SQL_POSTGRES}, .named_tool = true};
    return sql_open(in, &options, state, err);
}

static int open_script(const struct decode_input *in, void **state, struct error *err) {
    struct sql_options options = {.dialect = sql_dialect_guess(in->head.head)};
    return sql_open(in, &options, state, err);
}

const struct decoder decoder_mysqldump = {.name = "mysqldump",
                                          .summary = "MySQL and MariaDB dumps (mysqldump)",
                                          .traits = DECODER_DUMP,
                                          .bid = sql_bid_mysqldump,
                                          .open = open_mysqldump,
                                          .next = sql_next,
                                          .close = sql_close};

const struct decoder decoder_pg_dump = {.name = "pg_dump",
                                        .summary = "PostgreSQL dumps in plain text (pg_dump)",
                                        .traits = DECODER_DUMP,
                                        .bid = sql_bid_pg_dump,
                                        .open = open_pg_dump,
                                        .next = sql_next,
                                        .close = sql_close};

const struct decoder decoder_sql = {.name = "sql",
                                    .summary = "other SQL scripts with INSERT or COPY",
                                    .traits = DECODER_DUMP,
                                    .bid = sql_bid_script,
                                    .open = open_script,
                                    .next = sql_next,
                                    .close = sql_close};
