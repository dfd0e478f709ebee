#include "decode/delimited_columns.h"

#include <stdio.h>
#include <stdlib.h>

static struct bytes number_name(size_t column, char *room, size_t capacity) {
    int len = snprintf(room, capacity, "#%zu", column + 1);
    return bytes_of(room, (size_t)len);
}

enum { NAME_BYTES = 256 };

struct header_room {
    struct bytes raw[DELIMITED_MAX_COLUMNS];
    struct column_name names[DELIMITED_MAX_COLUMNS];
    uint8_t text[DELIMITED_MAX_COLUMNS][NAME_BYTES];
};

static struct bytes column_name(struct bytes raw, size_t column, uint8_t room[NAME_BYTES]) {
    struct delimited_field field = delimited_field_of(raw);
    if (field.text.len == 0 || field.text.len > NAME_BYTES) {
        return number_name(column, (char *)room, NAME_BYTES);
    }
    return field.doubled ? bytes_of(room, delimited_unescape(field.text, room, 0)) : field.text;
}

int delimited_name_columns(struct field_set *fields, struct bytes sample,
                           const struct delimited_dialect *dialect, uint32_t *columns,
                           size_t *count_out) {
    size_t count =
        dialect->columns < DELIMITED_MAX_COLUMNS ? dialect->columns : DELIMITED_MAX_COLUMNS;
    bool header = dialect->header != SIZE_MAX;
    struct header_room *room = malloc(sizeof *room);
    if (room == NULL) {
        return YINMA_E_MEMORY;
    }
    memset(room->raw, 0, count * sizeof *room->raw);
    if (header) {
        size_t have;
        bool closed;
        delimited_record(dialect->marks, sample, dialect->header, room->raw, count, &have, &closed);
    }
    for (size_t i = 0; i < count; i++) {
        room->names[i] = (struct column_name){.column = column_name(room->raw[i], i, room->text[i]),
                                              .label = BYTES_LIT("")};
    }
    uint32_t first = field_set_columns(fields, TABLE_NONE, room->names, count,
                                       header ? ATTRIBUTION_EXACT : ATTRIBUTION_NONE);
    free(room);
    if (first == UINT32_MAX) {
        return YINMA_E_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        columns[i] = first + (uint32_t)i;
    }
    *count_out = count;
    return 0;
}

uint32_t delimited_extra_column(struct field_set *fields, size_t column) {
    char room[NAME_BYTES];
    return field_set_key(fields, TABLE_NONE, number_name(column, room, sizeof room),
                         ATTRIBUTION_NONE);
}
