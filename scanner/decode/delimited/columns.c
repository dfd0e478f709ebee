#include "decode/delimited/columns.h"

#include <stdio.h>
#include <stdlib.h>

static struct bytes number_name(size_t column, char *room, size_t capacity) {
    int len = snprintf(room, capacity, "#%zu", column + 1);
    return bytes_of(room, (size_t)len);
}

enum { NAME_BYTES = 256 };

/* Of COUNT columns, in one piece. */
struct header_room {
    struct bytes *raw;
    struct column_name *names;
    uint8_t (*text)[NAME_BYTES];
};

static bool make_room(struct header_room *room, size_t count) {
    room->raw = calloc(count + 1, sizeof *room->raw + sizeof *room->names + sizeof *room->text);
    if (room->raw != NULL) {
        room->names = (struct column_name *)(room->raw + count);
        room->text = (uint8_t(*)[NAME_BYTES])(room->names + count);
    }
    return room->raw != NULL;
}

/* NAME without what psql writes about it in AsciiDoc ("name ^l"), LaTeX ("\textit{name}") and troff
 * ("\fIname\fP"). */
static struct bytes without_markup(struct bytes name) {
    static const struct bytes ends[] = {
        {(const uint8_t *)" ^l", 3}, {(const uint8_t *)"\\\\", 2}, {(const uint8_t *)"\\fP", 3}};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (name.len > ends[i].len && bytes_ends_with(name, ends[i])) {
            name = bytes_trim(bytes_first(name, name.len - ends[i].len));
        }
    }
    if (bytes_starts_with(name, BYTES_LIT("\\fI"))) {
        return bytes_from(name, strlen("\\fI"));
    }
    while (name.len > 2 && name.ptr[0] == '\\' && name.ptr[name.len - 1] == '}') {
        const size_t brace = bytes_find(name, BYTES_LIT("{"));
        if (brace == SIZE_MAX) {
            break;
        }
        name = bytes_from(bytes_first(name, name.len - 1), brace + 1);
    }
    return name;
}

static struct bytes column_name(struct bytes raw, size_t column, uint8_t room[NAME_BYTES]) {
    struct delimited_field field = delimited_field_of(raw);
    field.text = without_markup(field.text);
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
    struct header_room room;
    if (!make_room(&room, count)) {
        return YINMA_E_MEMORY;
    }
    if (header) {
        size_t have;
        bool closed;
        delimited_record(dialect->marks, sample, dialect->header, room.raw, count, &have, &closed);
    }
    for (size_t i = 0; i < count; i++) {
        room.names[i] = (struct column_name){.column = column_name(room.raw[i], i, room.text[i]),
                                             .label = BYTES_LIT("")};
    }
    uint32_t first = field_set_columns(fields, TABLE_NONE, room.names, count,
                                       header ? ATTRIBUTION_EXACT : ATTRIBUTION_NONE);
    free(room.raw);
    if (first == UINT32_MAX) {
        return YINMA_E_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        columns[i] = first + (uint32_t)i;
    }
    *count_out = count;
    return 0;
}

int delimited_given_columns(struct field_set *fields, const struct record_layout *layout,
                            uint32_t *columns, size_t *count_out, uint32_t *table) {
    const struct layout_record *record = &layout->records[0];
    struct column_name names[LAYOUT_FIELDS_MAX];
    char numbers[LAYOUT_FIELDS_MAX][16];
    for (size_t i = 0; i < record->field_count; i++) {
        struct bytes name = record->fields[i].name;
        names[i].column = name.len > 0 ? name : number_name(i, numbers[i], sizeof numbers[i]);
        names[i].label = bytes_of("", 0);
    }
    *table = record->name.len == 0 ? TABLE_NONE : field_set_table(fields, record->name);
    uint32_t first =
        *table == UINT32_MAX
            ? UINT32_MAX
            : field_set_columns(fields, *table, names, record->field_count, ATTRIBUTION_EXACT);
    for (size_t i = 0; i < record->field_count && first != UINT32_MAX; i++) {
        columns[i] = first + (uint32_t)i;
    }
    *count_out = record->field_count;
    return first == UINT32_MAX ? YINMA_E_MEMORY : 0;
}

/* Where the data begin in UTF-8: behind the line that says so. */
static size_t behind_control(struct bytes sample) {
    for (size_t at = 0; at < sample.len;) {
        struct bytes line = bytes_from(sample, at);
        size_t end = bytes_find(line, BYTES_LIT("\n"));
        at = end == SIZE_MAX ? sample.len : at + end + 1;
        if (bytes_equal_ignoring_case(bytes_trim(bytes_first(line, end)), BYTES_LIT("BEGINDATA"))) {
            return at;
        }
    }
    return 0;
}

void delimited_given_dialect(const struct record_layout *layout, struct bytes sample,
                             struct delimited_dialect *out) {
    struct bytes delimiter = layout->delimiter, end = layout->record_end;
    *out = (struct delimited_dialect){.marks = {.record_end = '\n'}, .header = SIZE_MAX};
    size_t before = delimiter.len - 1 < DELIMITED_BEFORE_MAX ? delimiter.len - 1 : 0;
    out->marks.delimiter = delimiter.ptr[delimiter.len - 1];
    out->marks.before_len = (uint8_t)before;
    memcpy(out->marks.before, delimiter.ptr, before);
    if (end.len > 0 && end.len <= DELIMITED_BEFORE_MAX) {
        out->marks.end_before_len = (uint8_t)end.len;
        memcpy(out->marks.end_before, end.ptr, end.len);
    }
    size_t at = bytes_starts_with(sample, BYTES_LIT("\xEF\xBB\xBF")) ? 3 : 0;
    at = layout->preface > 0 ? behind_control(sample) : at;
    for (size_t i = 0; i < layout->skip && at < sample.len; i++) {
        struct bytes field;
        size_t count;
        bool closed;
        at = delimited_record(out->marks, sample, at, &field, 1, &count, &closed);
    }
    out->first_row = at;
    out->columns = layout->records[0].field_count;
}

uint32_t delimited_extra_column(struct field_set *fields, size_t column) {
    char room[NAME_BYTES];
    return field_set_key(fields, TABLE_NONE, number_name(column, room, sizeof room),
                         ATTRIBUTION_NONE);
}
