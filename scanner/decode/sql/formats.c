/* The rows of the SQL formats: who bids, and how each tool writes its dialect. */
#include "decode/sql/bid.h"
#include "decode/sql/decoder.h"

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
    struct sql_options options = {.dialect = sql_dialect_of(&in->head)};
    /* Sets of quotes say nothing where q'[…]' may hold any number of them. */
    options.path = options.dialect.q_quotes ? SQL_PATH_SCALAR : SQL_PATH_FAST;
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

/* ---- named by what the data was found in, never by its bytes ---- */

static unsigned bid_nothing(const struct decode_head *head) {
    (void)head;
    return 0;
}

static int open_tab(const struct decode_input *in, void **state, struct error *err) {
    struct sql_options options = {.dialect = {.flavor = SQL_MYSQL, .backslash = true},
                                  .rows_only = true};
    return sql_open(in, &options, state, err);
}

/* One row a way to get at the same bytes. */
#define NAMED_ROW(row, row_name, row_summary, row_open)                                            \
    const struct decoder row = {.name = (row_name),                                                \
                                .summary = (row_summary),                                          \
                                .traits = DECODER_DUMP,                                            \
                                .bid = bid_nothing,                                                \
                                .open = (row_open),                                                \
                                .next = sql_next,                                                  \
                                .close = sql_close}

NAMED_ROW(decoder_pg_custom, "pg-custom", "tables of PostgreSQL archives (pg_dump -Fc)",
          open_pg_dump);
NAMED_ROW(decoder_pg_directory, "pg-directory", "tables of PostgreSQL dumps in a folder (-Fd)",
          open_pg_dump);
NAMED_ROW(decoder_pg_tar, "pg-tar", "tables of PostgreSQL archives in tar form (-Ft)",
          open_pg_dump);
NAMED_ROW(decoder_mysql_tab, "mysql-tab", "rows of mysqldump --tab beside their description",
          open_tab);
NAMED_ROW(decoder_mydumper, "mydumper", "rows of mydumper beside the description of their table",
          open_mysqldump);
