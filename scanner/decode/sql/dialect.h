/* dialect.h - what differs between the SQL of the tools that write dumps. One value a unit,
 * changed by the SET statements the dump itself holds. */
#ifndef YINMA_DECODE_SQL_DIALECT_H
#define YINMA_DECODE_SQL_DIALECT_H

#include "core/bytes.h"

enum sql_flavor {
    SQL_STANDARD, /* SQLite, Oracle, hand-made scripts */
    SQL_MYSQL,    /* MySQL, MariaDB and their many exporters */
    SQL_POSTGRES,
    SQL_TRANSACT, /* SQL Server: statements end at lines, [identifiers], N'strings' */
};

/* How a value's escapes are undone; handed to sql_unescape as its dialect. */
enum sql_escapes {
    SQL_ESCAPES_NONE,
    SQL_ESCAPES_DOUBLED,      /* '' alone */
    SQL_ESCAPES_MYSQL,        /* back-slashes and '' */
    SQL_ESCAPES_MYSQL_DOUBLE, /* back-slashes and "" (a string in double quotes) */
    SQL_ESCAPES_POSTGRES,     /* E'…': back-slashes as in C, and '' */
    SQL_ESCAPES_COPY,         /* the text format of COPY */
    SQL_ESCAPES_CSV,          /* "" alone */
};

struct sql_dialect {
    enum sql_flavor flavor;
    bool backslash; /* a back-slash escapes inside '…' (off: NO_BACKSLASH_ESCAPES,
                       standard_conforming_strings) */
    bool q_quotes;  /* Oracle's q'[…]', in which quotes stand as they are */
};

/* May "…" be a string where a value is due? MySQL's is; of scripts that tell nothing of their tool
 * many were written for MySQL or SQLite, which both take it. */
static inline bool sql_dialect_double_quotes(const struct sql_dialect *dialect) {
    return dialect->flavor == SQL_MYSQL || (dialect->flavor == SQL_STANDARD && !dialect->q_quotes);
}

static inline enum sql_escapes sql_dialect_escapes(const struct sql_dialect *dialect,
                                                   uint8_t quote) {
    if (!dialect->backslash) {
        return SQL_ESCAPES_DOUBLED;
    }
    if (dialect->flavor == SQL_POSTGRES) {
        return SQL_ESCAPES_POSTGRES;
    }
    return quote == '"' ? SQL_ESCAPES_MYSQL_DOUBLE : SQL_ESCAPES_MYSQL;
}

/* Undo the escapes (enum sql_escapes) of VALUE into OUT, which has room for value.len bytes. */
size_t sql_unescape(struct bytes value, uint8_t *out, unsigned escapes);

#endif
