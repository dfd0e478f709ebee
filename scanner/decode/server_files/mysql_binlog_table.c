#include <stdio.h>
#include <stdlib.h>

#include "core/error.h"
#include "decode/server_files/mysql_binlog.h"

enum {
    OPTIONAL_SIGNEDNESS = 1,
    OPTIONAL_NAMES = 4,
    NAME_BYTES_MAX = 64 * 4, /* of an identifier, in UTF-8 */
};

/* Types of the server that matter here (enum_field_types). */
enum {
    TYPE_DECIMAL = 0,
    TYPE_DOUBLE = 5,
    TYPE_LONGLONG = 8,
    TYPE_INT24 = 9,
    TYPE_VARCHAR = 15,
    TYPE_BIT = 16,
    TYPE_TIMESTAMP2 = 17,
    TYPE_TIME2 = 19,
    TYPE_BLOB_COMPRESSED = 140,
    TYPE_VARCHAR_COMPRESSED = 141,
    TYPE_JSON = 245,
    TYPE_NEWDECIMAL = 246,
    TYPE_TINY_BLOB = 249,
    TYPE_BLOB = 252,
    TYPE_VAR_STRING = 253,
    TYPE_STRING = 254,
    TYPE_GEOMETRY = 255,
};

struct bytes binlog_take(struct binlog_event *event, size_t len) {
    struct bytes part = bytes_first(event->rest, len);
    event->short_of = event->short_of || part.len < len;
    event->rest = bytes_from(event->rest, part.len);
    return part;
}

uint64_t binlog_take_number(struct binlog_event *event, size_t bytes) {
    struct bytes part = binlog_take(event, bytes);
    uint64_t number = 0;
    for (size_t i = part.len; i > 0; i--) {
        number = number << 8 | part.ptr[i - 1];
    }
    return part.len < bytes ? 0 : number;
}

uint64_t binlog_take_packed(struct binlog_event *event) {
    const uint64_t first = binlog_take_number(event, 1);
    return first < 251    ? first
           : first == 252 ? binlog_take_number(event, 2)
           : first == 253 ? binlog_take_number(event, 3)
           : first == 254 ? binlog_take_number(event, 8)
                          : 0;
}

static bool is_numeric(uint8_t type) {
    return (type <= TYPE_DOUBLE && type != TYPE_DECIMAL) || type == TYPE_LONGLONG ||
           type == TYPE_INT24 || type == TYPE_NEWDECIMAL;
}

/* How many bytes the description says of a column of that type, besides the type itself. */
static size_t meta_bytes(uint8_t type) {
    switch (type) {
    case 4: /* float */
    case TYPE_DOUBLE:
    case TYPE_TIMESTAMP2:
    case TYPE_TIMESTAMP2 + 1: /* datetime */
    case TYPE_TIME2:
    case TYPE_BLOB_COMPRESSED:
    case TYPE_JSON:
    case TYPE_GEOMETRY:
        return 1;
    case TYPE_VARCHAR:
    case TYPE_BIT:
    case TYPE_VARCHAR_COMPRESSED:
    case TYPE_NEWDECIMAL:
    case TYPE_VAR_STRING:
    case TYPE_STRING:
        return 2;
    default:
        return type >= TYPE_TINY_BLOB && type <= TYPE_BLOB ? 1 : 0;
    }
}

static void read_meta(struct binlog_table *table, struct binlog_event *event) {
    struct binlog_event meta = {.rest = binlog_take(event, binlog_take_packed(event))};
    for (size_t i = 0; i < table->column_count; i++) {
        struct binlog_column *column = &table->columns[i];
        column->meta = (uint16_t)binlog_take_number(&meta, meta_bytes(column->type));
    }
    event->short_of = event->short_of || meta.short_of;
}

static void read_signs(struct binlog_table *table, struct bytes bits) {
    size_t number = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        if (is_numeric(table->columns[i].type)) {
            /* the highest bit first */
            table->columns[i].is_unsigned =
                number / 8 < bits.len && (bits.ptr[number / 8] >> (7 - number % 8) & 1) != 0;
            number++;
        }
    }
}

/* Only with binlog_row_metadata=FULL. */
static bool read_names(struct binlog_table *table, struct bytes value, struct column_name *names) {
    struct binlog_event rest = {.rest = value};
    for (size_t i = 0; i < table->column_count; i++) {
        names[i].column = binlog_take(&rest, binlog_take_packed(&rest));
    }
    return !rest.short_of;
}

/* True when the columns have names. */
static bool read_optional(struct binlog_table *table, struct binlog_event *event,
                          struct column_name *names) {
    bool named = false;
    while (event->rest.len > 0 && !event->short_of) {
        const uint64_t type = binlog_take_number(event, 1);
        struct bytes value = binlog_take(event, binlog_take_packed(event));
        if (type == OPTIONAL_SIGNEDNESS) {
            read_signs(table, value);
        } else if (type == OPTIONAL_NAMES) {
            named = read_names(table, value, names);
        }
    }
    event->short_of = false; /* what is optional may be of a kind not known yet */
    return named;
}

/* Without names they are `#1`, `#2` … */
static bool number_columns(struct column_name *names, size_t count, char *buffer) {
    enum { ROOM = 8 };
    for (size_t i = 0; i < count; i++) {
        const int len = snprintf(buffer + i * ROOM, ROOM, "#%zu", i + 1);
        names[i] = (struct column_name){.column = bytes_of(buffer + i * ROOM, (size_t)len)};
    }
    return true;
}

static struct bytes take_identifier(struct binlog_event *event) {
    struct bytes name = binlog_take(event, (size_t)binlog_take_number(event, 1));
    binlog_take(event, 1); /* its NUL */
    return name;
}

static int register_columns(struct binlog_table *table, struct field_set *fields,
                            struct binlog_event *event) {
    const size_t count = table->column_count;
    struct column_name *names = calloc(count, sizeof *names);
    char *buffer = calloc(count, 8);
    int code = YINMA_E_MEMORY;
    if (names != NULL && buffer != NULL) {
        const bool named = read_optional(table, event, names);
        if (!named) {
            number_columns(names, count, buffer);
        }
        const uint32_t first = field_set_columns(fields, table->table, names, count,
                                                 named ? ATTRIBUTION_EXACT : ATTRIBUTION_NONE);
        for (size_t i = 0; i < count; i++) {
            table->columns[i].field = first + (uint32_t)i;
        }
        code = first == UINT32_MAX ? YINMA_E_MEMORY : 0;
    }
    free(names);
    free(buffer);
    return code;
}

int binlog_table_read(struct binlog_table *table, struct binlog_event *event,
                      struct field_set *fields) {
    char name[2 * NAME_BYTES_MAX + 1];
    binlog_take(event, 2); /* flags */
    struct bytes database = take_identifier(event), own = take_identifier(event);
    const uint64_t count = binlog_take_packed(event);
    struct bytes types = binlog_take(event, (size_t)count);
    if (event->short_of || count == 0 || count > BINLOG_COLUMNS_MAX ||
        database.len > NAME_BYTES_MAX || own.len > NAME_BYTES_MAX) {
        return YINMA_E_DAMAGED;
    }
    memcpy(name, database.ptr, database.len);
    name[database.len] = '.';
    memcpy(name + database.len + 1, own.ptr, own.len);
    free(table->columns);
    table->column_count = (size_t)count;
    table->columns = calloc((size_t)count, sizeof *table->columns);
    table->table =
        field_set_stored_table(fields, bytes_of(name, database.len + 1 + own.len), STORAGE_WAL);
    if (table->columns == NULL || table->table == UINT32_MAX) {
        return YINMA_E_MEMORY;
    }
    for (size_t i = 0; i < table->column_count; i++) {
        table->columns[i].type = types.ptr[i];
    }
    read_meta(table, event);
    binlog_take(event, (table->column_count + 7) / 8); /* which may be NULL */
    return event->short_of ? YINMA_E_DAMAGED : register_columns(table, fields, event);
}
