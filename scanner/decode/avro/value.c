#include "decode/avro/value.h"

#include "core/endian.h"
#include "core/utf8.h"
#include "decode/typed_text.h"

static size_t left_of(const struct avro_reader *reader) {
    return (size_t)(reader->end - reader->at);
}

/* Seven bits a byte, the low ones first; then the sign is the lowest bit. */
bool avro_take_long(struct avro_reader *reader, int64_t *out) {
    uint64_t value = 0;
    const uint8_t *at = reader->at;
    for (unsigned shift = 0; shift < 64 && at < reader->end; shift += 7) {
        const uint8_t byte = *at++;
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            *out = (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
            reader->at = at;
            return true;
        }
    }
    return false;
}

static bool take_raw(struct avro_reader *reader, uint64_t len, struct bytes *out) {
    if (len > left_of(reader)) {
        return false;
    }
    *out = bytes_of(reader->at, (size_t)len);
    reader->at += len;
    return true;
}

bool avro_take_bytes(struct avro_reader *reader, struct bytes *out) {
    struct avro_reader ahead = *reader;
    int64_t len;
    if (!avro_take_long(&ahead, &len) || len < 0 || !take_raw(&ahead, (uint64_t)len, out)) {
        return false;
    }
    *reader = ahead;
    return true;
}

void avro_put_text(struct avro_cells cells, struct bytes value, uint32_t field, unsigned flags) {
    value = bytes_first(value, RECORD_CELL_MAX + 1);
    record_text_cell(cells.text, narrow_text_read(cells.narrow, value), field, flags);
    cells.text->failed = cells.text->failed || cells.narrow->utf8.failed;
}

/* Bytes are text in many an export. */
static bool is_text(struct bytes value) {
    for (size_t i = 0; i < value.len; i++) {
        const uint8_t c = value.ptr[i];
        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') {
            return false;
        }
    }
    return true;
}

static void put_raw(struct avro_cells cells, const struct avro_type *type, struct bytes value,
                    uint32_t field) {
    if (type->logical == AVRO_DECIMAL && value.len <= TYPED_DECIMAL_BYTES) {
        typed_text_decimal(cells.text, value, type->scale, field);
    } else if (is_text(value)) {
        avro_put_text(cells, value, field, 0);
    } else {
        cells.text->cut = cells.text->cut || value.len > RECORD_CELL_MAX;
        record_text_strings(cells.text, bytes_first(value, RECORD_CELL_MAX), true, field);
    }
}

static void put_number(struct avro_cells cells, const struct avro_type *type, int64_t value,
                       uint32_t field) {
    switch (type->logical) {
    case AVRO_DATE:
        typed_text_day(cells.text, value, field);
        break;
    case AVRO_TIME:
        typed_text_time(cells.text, value, type->second, field);
        break;
    case AVRO_MOMENT:
        typed_text_moment(cells.text, value, type->second, MOMENT_UTC, field);
        break;
    case AVRO_LOCAL_MOMENT:
        typed_text_moment(cells.text, value, type->second, MOMENT_LOCAL, field);
        break;
    case AVRO_PLAIN:
    case AVRO_DECIMAL:
        record_text_integer(cells.text, value, field);
        break;
    }
}

static bool take_number(struct avro_reader *reader, const struct avro_type *type, uint32_t field,
                        struct avro_cells cells) {
    int64_t value;
    if (!avro_take_long(reader, &value)) {
        return false;
    }
    if (type->kind != AVRO_ENUM) {
        put_number(cells, type, value, field);
        return true;
    }
    if (value < 0 || (uint64_t)value >= type->part_count) {
        return false;
    }
    avro_put_text(cells, type->parts[value].name, field, 0);
    return true;
}

bool avro_take_value(struct avro_reader *reader, const struct avro_type *type, uint32_t field,
                     struct avro_cells cells) {
    struct bytes raw = {0};
    switch (type->kind) {
    case AVRO_NULL:
        record_text_cell(cells.text, raw, field, CELL_NULL);
        return true;
    case AVRO_BOOLEAN:
        if (!take_raw(reader, 1, &raw) || raw.ptr[0] > 1) {
            return false;
        }
        record_text_cell(cells.text, raw.ptr[0] == 1 ? BYTES_LIT("true") : BYTES_LIT("false"),
                         field, 0);
        return true;
    case AVRO_FLOAT:
    case AVRO_DOUBLE:
        if (!take_raw(reader, type->kind == AVRO_FLOAT ? 4 : 8, &raw)) {
            return false;
        }
        record_text_float(cells.text, raw.len == 4 ? little_u32(raw.ptr) : little_u64(raw.ptr),
                          raw.len, field);
        return true;
    case AVRO_STRING:
        if (!avro_take_bytes(reader, &raw)) {
            return false;
        }
        avro_put_text(cells, raw, field, 0);
        return true;
    case AVRO_BYTES:
    case AVRO_FIXED:
        if (type->kind == AVRO_BYTES ? !avro_take_bytes(reader, &raw)
                                     : !take_raw(reader, type->size, &raw)) {
            return false;
        }
        put_raw(cells, type, raw, field);
        return true;
    case AVRO_INT:
    case AVRO_LONG:
    case AVRO_ENUM:
        return take_number(reader, type, field, cells);
    case AVRO_RECORD:
    case AVRO_ARRAY:
    case AVRO_MAP:
    case AVRO_UNION:
        break;
    }
    return false;
}
