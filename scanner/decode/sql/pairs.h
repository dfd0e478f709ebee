/* pairs.h - statements that give values to columns by name, or one by one to a list of columns:
 *
 *     UPDATE t SET a = 'x', (b, c) = ('y', 'z') WHERE d IN ('v', 'w') AND e LIKE 'u%'
 *     MERGE INTO t … WHEN NOT MATCHED THEN INSERT (a, b) VALUES ('x', 'y')
 *     INSERT INTO t (a, b) SELECT 'x', 'y' UNION ALL SELECT 'z', 'v'
 *     SELECT * FROM (VALUES ('x', 'y'), …) AS t (a, b);  WITH t (a, b) AS (VALUES ('x', 'y'), …)
 *     SELECT 'x' AS a;  EXEC p @a = 'x';  DECLARE @a varchar(9) = 'x'
 *     CALL p('x', 'y');  EXEC p 'x', 'y';  BEGIN p('x', b => 'y'); END; */
#ifndef YINMA_DECODE_SQL_PAIRS_H
#define YINMA_DECODE_SQL_PAIRS_H

#include "decode/sql/cell.h"

enum {
    SQL_PAIRS_MOST = 2000, /* of a statement; further ones are running text */
    SQL_PAIRS_PAUSE = 256, /* rows of SELECT … UNION go on in the next segment behind so many */
    SQL_PAIRS_NAMES = 64,  /* of a list in brackets; a longer one names nothing */
};

/* column = literal. */
struct sql_pair {
    struct sql_token column; /* without text: the column at PLACE of the statement's own list */
    uint32_t place;
    bool argument;   /* the value at PLACE of a call of what COLUMN names */
    bool begins_row; /* the first value of a SELECT of rows */
    struct sql_value value;
    size_t begin, end; /* of the literal, with its quotes and prefix */
};

enum sql_pairs_list {
    SQL_LIST_NONE,
    SQL_LIST_TUPLE,  /* VALUES (…), (a, b) = (…): one value a name */
    SQL_LIST_SELECT, /* what SELECT lists */
    SQL_LIST_SAME,   /* IN (…): every value is of one column */
    SQL_LIST_CALL,   /* CALL p(…), EXEC p …: what is not named stands at its place */
};

/* Where a reader of pairs stands. */
struct sql_pairs {
    struct sql_lexer lexer;
    const struct sql_dialect *dialect;
    struct sql_token token;  /* read and not looked at yet */
    struct sql_token before; /* the one before it; NOT is passed over */
    struct sql_token column; /* of the value awaited; without text: the list tells */
    struct sql_token callee; /* of a list of arguments */
    struct sql_token names[SQL_PAIRS_NAMES];
    uint32_t name_count, place;
    enum sql_pairs_list list;
    size_t from;
    size_t depth, list_depth; /* open brackets */
    size_t names_depth;
    bool rows;     /* what SELECT lists at depth 0 are rows of the statement's table */
    bool awaited;  /* a value may stand at the token */
    bool tuples;   /* brackets of values for the names follow */
    bool selects;  /* SELECT gives the names their values */
    bool pattern;  /* the value is one of LIKE */
    bool between;  /* AND goes on with another value of the column */
    bool calls;    /* a name and a bracket are a call */
    bool declares; /* DECLARE: the name stands before the type */
    bool begins_row;
    uint32_t count;
    /* the table that the statement speaks of, or that GIVEN, an alias, stands for */
    struct bytes given;
    struct bytes delimiter; /* set by the caller: ends statements, as a semicolon does */
    size_t table_at;        /* SIZE_MAX: none was met */
    unsigned table_rank;
};

/* Behind the head of the statement, at FROM. GIVEN: what its head calls the table, "" = nothing. */
void sql_pairs_begin(struct sql_pairs *pairs, const struct sql_view *view, size_t from,
                     const struct sql_dialect *dialect, struct bytes given);
/* The next pair. False: the statement is over; pairs->token is what ends it, or MORE where the view
 * does. */
bool sql_pairs_next(struct sql_pairs *pairs, struct sql_pair *out);

#endif
