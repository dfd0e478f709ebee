/* mysql_binlog.h - the parts of the reader of binary logs of MySQL and MariaDB (MySQL internals
 * manual, "Binary Log Events"; MariaDB knowledge base, "Replication protocol: events"). Inside the
 * room only. */
#ifndef YINMA_DECODE_SERVER_FILES_MYSQL_BINLOG_H
#define YINMA_DECODE_SERVER_FILES_MYSQL_BINLOG_H

#include "core/bytes.h"
#include "core/endian.h"
#include "decode/record_text.h"

enum { BINLOG_COLUMNS_MAX = 4096 };

/* What is left of an event. Reading behind its end gives zeros and sets `short_of`. */
struct binlog_event {
    struct bytes rest;
    bool short_of;
    bool unread; /* a value is compressed */
};
struct bytes binlog_take(struct binlog_event *event, size_t len);
uint64_t binlog_take_number(struct binlog_event *event, size_t bytes); /* low byte first, up to 8 */
/* A length as the protocol packs it: one byte, or a mark and two, three or eight bytes. */
uint64_t binlog_take_packed(struct binlog_event *event);

static inline bool binlog_bit(struct bytes bits, size_t number) {
    return number / 8 < bits.len && (bits.ptr[number / 8] >> (number % 8) & 1) != 0;
}

struct binlog_column {
    uint32_t field;
    uint16_t meta;
    uint8_t type; /* enum_field_types of the server */
    bool is_unsigned;
};

/* A table as an event described it: rows that follow refer to it by its number. */
struct binlog_table {
    uint64_t id;
    uint32_t table; /* of the field set */
    size_t column_count;
    struct binlog_column *columns;
};
/* Read a description (the body of the event). 0, YINMA_E_DAMAGED or YINMA_E_MEMORY. TABLE's columns
 * are freed by the caller. */
int binlog_table_read(struct binlog_table *table, struct binlog_event *event,
                      struct field_set *fields);

/* Take the value of COLUMN and write it. False: a type whose length is not known, or the event is
 * too short. */
bool binlog_take_value(struct binlog_event *event, const struct binlog_column *column,
                       struct record_text *text);

#endif
