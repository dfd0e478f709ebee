/* "Specify Prefix Length in Data Files by Using bcp", "Specify File Storage Type by Using bcp" and
 * "Data Types (Transact-SQL)" of the documentation of SQL Server. Lengths before values of
 * sql_variant and what a bacpac does otherwise: public readers of such files. */
#include "decode/sqlserver/bcp_types.h"

struct type_row {
    const char *name;
    enum bcp_type type;
    uint8_t width;  /* of values that are all as long; 0: as declared */
    uint8_t scale;  /* bytes that a declared length counts in */
    uint8_t prefix; /* of values of their own length */
    bool constant;
};

enum { USUAL = BCP_PREFIX_USUAL, LARGE_PREFIX = 8, SHORT_FLOAT_BITS = 24 };

static const struct type_row sql_types[] = {
    {"int", BCP_INTEGER, 4, 0, USUAL, true},
    {"bigint", BCP_INTEGER, 8, 0, USUAL, true},
    {"smallint", BCP_INTEGER, 2, 0, USUAL, true},
    {"tinyint", BCP_INTEGER, 1, 0, USUAL, true},
    {"bit", BCP_BIT, 1, 0, USUAL, true},
    {"money", BCP_MONEY, 8, 0, USUAL, true},
    {"smallmoney", BCP_MONEY, 4, 0, USUAL, true},
    {"decimal", BCP_DECIMAL, 19, 0, 1, true},
    {"numeric", BCP_DECIMAL, 19, 0, 1, true},
    {"float", BCP_REAL, 8, 0, USUAL, true},
    {"real", BCP_REAL, 4, 0, USUAL, true},
    {"datetime", BCP_DATETIME, 8, 0, USUAL, true},
    {"smalldatetime", BCP_SMALLDATETIME, 4, 0, USUAL, true},
    {"date", BCP_DATE, 3, 0, USUAL, true},
    {"time", BCP_TIME, 5, 0, USUAL, true},
    {"datetime2", BCP_DATETIME2, 8, 0, USUAL, true},
    {"datetimeoffset", BCP_DATETIMEOFFSET, 10, 0, USUAL, true},
    {"uniqueidentifier", BCP_GUID, 16, 0, 1, true},
    {"char", BCP_TEXT, 0, 1, USUAL, true},
    {"character", BCP_TEXT, 0, 1, USUAL, true},
    {"varchar", BCP_TEXT, 0, 1, 2, false},
    {"text", BCP_TEXT, 0, 0, 4, false},
    {"nchar", BCP_WIDE_TEXT, 0, 2, 2, true},
    {"nvarchar", BCP_WIDE_TEXT, 0, 2, 2, false},
    {"sysname", BCP_WIDE_TEXT, 0, 0, 2, false},
    {"ntext", BCP_WIDE_TEXT, 0, 0, 4, false},
    {"binary", BCP_BINARY, 0, 1, 2, true},
    {"varbinary", BCP_BINARY, 0, 1, 2, false},
    {"image", BCP_BINARY, 0, 0, 4, false},
    {"timestamp", BCP_BINARY, 8, 0, USUAL, true},
    {"rowversion", BCP_BINARY, 8, 0, USUAL, true},
    {"xml", BCP_ANY, 0, 0, LARGE_PREFIX, false},
    {"json", BCP_ANY, 0, 0, LARGE_PREFIX, false},
    {"sql_variant", BCP_ANY, 0, 0, 4, false},
    {"hierarchyid", BCP_BINARY, 0, 0, LARGE_PREFIX, false},
    {"geography", BCP_BINARY, 0, 0, LARGE_PREFIX, false},
    {"geometry", BCP_BINARY, 0, 0, LARGE_PREFIX, false},
    {"vector", BCP_BINARY, 0, 0, LARGE_PREFIX, false},
};

/* Types of fields in files, and of columns in XML format files. */
static const struct {
    const char *field;
    const char *type;
} field_types[] = {{"SQLINT", "int"},
                   {"SQLBIGINT", "bigint"},
                   {"SQLSMALLINT", "smallint"},
                   {"SQLTINYINT", "tinyint"},
                   {"SQLBIT", "bit"},
                   {"SQLMONEY", "money"},
                   {"SQLMONEY4", "smallmoney"},
                   {"SQLDECIMAL", "decimal"},
                   {"SQLNUMERIC", "numeric"},
                   {"SQLFLT8", "float"},
                   {"SQLFLT4", "real"},
                   {"SQLDATETIME", "datetime"},
                   {"SQLDATETIM4", "smalldatetime"},
                   {"SQLDATE", "date"},
                   {"SQLTIME", "time"},
                   {"SQLDATETIME2", "datetime2"},
                   {"SQLDATETIMEOFFSET", "datetimeoffset"},
                   {"SQLUNIQUEID", "uniqueidentifier"},
                   {"SQLCHAR", "varchar"},
                   {"SQLVARYCHAR", "varchar"},
                   {"SQLNCHAR", "nvarchar"},
                   {"SQLNVARCHAR", "nvarchar"},
                   {"SQLBINARY", "varbinary"},
                   {"SQLVARYBIN", "varbinary"},
                   {"SQLVARIANT", "sql_variant"},
                   {"SQLUDT", "hierarchyid"},
                   {"SQLXML", "xml"}};

static const struct type_row *row_of(struct bytes type) {
    for (size_t i = 0; i < sizeof sql_types / sizeof *sql_types; i++) {
        if (bytes_equal_ignoring_case(type, bytes_of_string(sql_types[i].name))) {
            return &sql_types[i];
        }
    }
    return NULL;
}

bool bcp_column_of_type(struct bcp_column *column, struct bytes type, uint32_t length) {
    const struct type_row *row = row_of(type);
    if (row == NULL) {
        return false;
    }
    const bool max = length == BCP_LENGTH_MAX && row->scale != 0;
    const bool short_float = row->type == BCP_REAL && length > 0 && length <= SHORT_FLOAT_BITS;
    column->type = row->type;
    column->prefix = max ? LARGE_PREFIX : row->prefix;
    column->constant = row->constant && !max;
    column->width = row->width;
    if (row->scale != 0) {
        column->width = max || length > UINT32_MAX / 2 ? BCP_UNLIMITED : length * row->scale;
    } else if (short_float) {
        column->width = 4;
    }
    return true;
}

bool bcp_column_of_field(struct bcp_column *column, struct bytes type, uint32_t width) {
    for (size_t i = 0; i < sizeof field_types / sizeof *field_types; i++) {
        if (bytes_equal_ignoring_case(type, bytes_of_string(field_types[i].field))) {
            struct bytes name = bytes_of_string(field_types[i].type);
            bool known = bcp_column_of_type(column, name, BCP_UNLIMITED);
            column->width = column->width == BCP_UNLIMITED ? width : column->width;
            return known;
        }
    }
    return false;
}

static bool is_stamp(const struct bcp_column *column) {
    return column->type == BCP_BINARY && column->prefix == BCP_PREFIX_USUAL;
}

static bool is_char(const struct bcp_column *column) {
    return column->type == BCP_TEXT && column->prefix == BCP_PREFIX_USUAL;
}

unsigned bcp_column_ways(const struct bcp_column *column) {
    unsigned ways = 0;
    if (column->told) {
        return 0;
    }
    if (column->type == BCP_TEXT) {
        ways |= BCP_WIDE;
        ways |= is_char(column) && !column->nullable ? BCP_CHAR_BARE : 0U;
    }
    ways |= column->type == BCP_BIT && !column->nullable ? BCP_BIT_BARE : 0U;
    ways |= is_stamp(column) ? BCP_STAMP_SHORT : 0U;
    return ways;
}

struct bcp_column bcp_column_written(const struct bcp_column *column, unsigned way) {
    struct bcp_column written = *column;
    if (column->told) {
        return written;
    }
    way &= bcp_column_ways(column);
    if (is_char(column)) {
        written.prefix = (way & BCP_CHAR_BARE) != 0 ? 0 : 2;
    } else if (is_stamp(column)) {
        written.prefix = (way & BCP_STAMP_SHORT) != 0 ? 1 : 2;
    } else if (column->type == BCP_BIT) {
        written.prefix = (way & BCP_BIT_BARE) != 0 ? 0 : 1;
    } else if (column->prefix == BCP_PREFIX_USUAL) {
        written.prefix = column->nullable ? 1 : 0;
    }
    if ((way & BCP_WIDE) != 0) {
        written.type = BCP_WIDE_TEXT;
        written.width = column->width > UINT32_MAX / 2 ? BCP_UNLIMITED : column->width * 2;
    }
    written.told = true;
    return written;
}
