/* bcp_fields.h - where one value ends and the next one begins in native data, and whether a table's
 * columns fit them at all. Columns are such as bcp_column_written() makes them. */
#ifndef YINMA_DECODE_SQLSERVER_BCP_FIELDS_H
#define YINMA_DECODE_SQLSERVER_BCP_FIELDS_H

#include "decode/sqlserver/bcp_types.h"

enum bcp_found {
    BCP_VALUE,
    BCP_NULL,
    BCP_SHORT, /* the bytes end before the value does */
    BCP_WRONG, /* no value of that column begins here */
};

struct bcp_field {
    enum bcp_found found;
    uint64_t before; /* bytes of the prefix */
    uint64_t length; /* of the value */
    uint64_t behind; /* bytes of the terminator */
};

/* The value of COLUMN with which LEFT begins. Of a long one only the beginning need be there: SHORT
 * is said when its length is not known yet, or a check needs more. */
struct bcp_field bcp_field_at(const struct bcp_column *column, struct bytes left);

/* The length of one row in LEFT: 0 when LEFT is too short to tell, or when it is wrong: *wrong. */
uint64_t bcp_row_length(const struct bcp_column *columns, size_t count, struct bytes left,
                        bool *wrong);

enum { BCP_ROWS_PROVE = 3 }; /* so many one after the other are no accident */

struct bcp_fit {
    size_t rows;    /* whole ones, read one after the other */
    size_t strange; /* characters in their texts that nobody writes */
    bool wrong;     /* what comes behind them is no row */
    unsigned way;   /* enum bcp_way */
};

/* Try the ways in which HEAD (WHOLE: all there is) can be rows of these COLUMNS; the best one, of
 * equal ones that PREFERRED. */
struct bcp_fit bcp_fit(const struct bcp_column *columns, size_t count, struct bytes head,
                       bool whole, unsigned preferred);

/* Are LENGTH bytes for which FIT is the best rows of that table, even if some are damaged? */
bool bcp_is_fit(const struct bcp_fit *fit, size_t length);

#endif
