/* oracle_values.h - values as Oracle keeps them, as text. */
#ifndef YINMA_DECODE_SERVER_FILES_ORACLE_VALUES_H
#define YINMA_DECODE_SERVER_FILES_ORACLE_VALUES_H

#include "decode/encoding/narrow_text.h"
#include "decode/record_text.h"

/* Codes of types in export files and in the server's protocols. */
enum oracle_type {
    ORACLE_VARCHAR2 = 1,
    ORACLE_NUMBER = 2,
    ORACLE_LONG = 8,
    ORACLE_DATE = 12,
    ORACLE_RAW = 23,
    ORACLE_LONG_RAW = 24,
    ORACLE_ROWID = 69,
    ORACLE_CHAR = 96,
    ORACLE_BINARY_FLOAT = 100,
    ORACLE_BINARY_DOUBLE = 101,
    ORACLE_CLOB = 112,
    ORACLE_BLOB = 113,
    ORACLE_TIMESTAMP = 180,
    ORACLE_TIMESTAMP_TZ = 181,
    ORACLE_INTERVAL_MONTHS = 182,
    ORACLE_INTERVAL_SECONDS = 183,
    ORACLE_UROWID = 208,
    ORACLE_TIMESTAMP_LTZ = 231,
};

/* Can a value of TYPE be LENGTH bytes long, and begin with RAW? */
bool oracle_value_fits(unsigned type, struct bytes raw);
/* WIDE: its text is UTF-16, high byte first; else it is read by NARROW. */
void oracle_value_put(struct record_text *text, struct narrow_text *narrow, unsigned type,
                      bool wide, struct bytes raw, uint32_t field);

#endif
