/* bcp_types.h - the types of SQL Server and what their values look like in native format. */
#ifndef YINMA_DECODE_SQLSERVER_BCP_TYPES_H
#define YINMA_DECODE_SQLSERVER_BCP_TYPES_H

#include "core/bcp_layout.h"

enum { BCP_LENGTH_MAX = UINT32_MAX }; /* as the length of a type: (max) */

/* Set type and width of COLUMN from the name of a type in Transact-SQL (nvarchar), without
 * brackets, and its LENGTH as it is declared, 0 when it is not. False: there is no such type. */
bool bcp_column_of_type(struct bcp_column *column, struct bytes type, uint32_t length);
/* The same from the type of a field in a file (SQLNCHAR, SQLDATETIM4), or of a column in an XML
 * format file (SQLNVARCHAR). Fields of a length of their own have it in WIDTH. */
bool bcp_column_of_field(struct bcp_column *column, struct bytes type, uint32_t width);

/* What nobody says for sure of a file: how it was written. */
enum bcp_way {
    BCP_WIDE = 1 << 0,        /* texts of a code page are UTF-16: bcp -N, bacpac */
    BCP_BIT_BARE = 1 << 1,    /* bit NOT NULL has no prefix, as documented; bacpac has one */
    BCP_CHAR_BARE = 1 << 2,   /* char(n) NOT NULL has none: bacpac, mostly; documented is one */
    BCP_STAMP_SHORT = 1 << 3, /* rowversion has a prefix of one byte, as documented, not of two */
    BCP_WAYS = 1 << 4,
};
/* The column as it stands in a file that is written that WAY (enum bcp_way): all is set. */
struct bcp_column bcp_column_written(const struct bcp_column *column, unsigned way);
/* The ways that make a difference for that column. */
unsigned bcp_column_ways(const struct bcp_column *column);

#endif
