/* bcp_layout.h - the columns of a table in the native format of SQL Server's bulk copy, as a format
 * file, CREATE TABLE or the model of a bacpac describes them. Whoever reads the description owns
 * the memory. */
#ifndef YINMA_CORE_BCP_LAYOUT_H
#define YINMA_CORE_BCP_LAYOUT_H

#include "core/bytes.h"

enum bcp_type {
    BCP_UNKNOWN,
    BCP_INTEGER, /* of `width` bytes; one byte has no sign */
    BCP_BIT,
    BCP_MONEY,
    BCP_DECIMAL,
    BCP_REAL,
    BCP_DATETIME,
    BCP_SMALLDATETIME,
    BCP_DATE,
    BCP_TIME,
    BCP_DATETIME2,
    BCP_DATETIMEOFFSET,
    BCP_GUID,
    BCP_TEXT,      /* of the database's code page; UTF-16 in files of `bcp -N` */
    BCP_WIDE_TEXT, /* UTF-16, low byte first */
    BCP_BINARY,
    BCP_ANY, /* text of either sort, or bytes: xml, sql_variant */
};

enum {
    BCP_COLUMNS_MOST = 4096,
    BCP_PREFIX_USUAL = 0xFF, /* as NOT NULL and the writer say */
    BCP_UNLIMITED = 0,       /* a width: any */
};

struct bcp_column {
    struct bytes name;       /* UTF-8; "" for a field of the file that is no column of the table */
    struct bytes label;      /* UTF-8; what people call it, "" when nobody says */
    struct bytes terminator; /* what stands behind a value without a prefix; "" for none */
    enum bcp_type type;
    uint32_t width; /* bytes of a value; of texts and bytes at most so many */
    uint8_t prefix; /* bytes before a value that say how long it is: 0, 1, 2, 4, 8 */
    bool nullable;
    bool constant; /* char(n): padded, so that no length need be told */
    bool told;     /* by a format file, to the last: nothing depends on who wrote the data */
};

struct bcp_layout {
    struct bytes table; /* UTF-8 */
    struct bcp_column *columns;
    size_t count;
};

#endif
