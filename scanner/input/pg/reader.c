#include "input/pg/reader.h"

void pg_reader_init(struct pg_reader *reader, struct byte_source *source) {
    memset(reader, 0, offsetof(struct pg_reader, buffer));
    reader->source = source;
    reader->left = UINT64_MAX;
    reader->int_bytes = reader->offset_bytes = 4;
}

static bool refill(struct pg_reader *reader) {
    if (reader->at == reader->have && reader->failure.code == 0) {
        int64_t got = byte_source_read(reader->source, reader->buffer, sizeof reader->buffer,
                                       &reader->failure);
        reader->at = 0;
        reader->have = got > 0 ? (size_t)got : 0;
        reader->failure.code = got < 0 ? (int)got : 0;
    }
    return reader->at < reader->have;
}

int64_t pg_read_some(struct pg_reader *reader, void *out, size_t len) {
    if (reader->left == 0 || !refill(reader)) {
        return reader->failure.code;
    }
    size_t some = reader->have - reader->at;
    some = some < len ? some : len;
    if (reader->left != UINT64_MAX) {
        some = some < reader->left ? some : (size_t)reader->left;
        reader->left -= some;
    }
    if (out != NULL) {
        memcpy(out, reader->buffer + reader->at, some);
    }
    reader->at += some;
    return (int64_t)some;
}

int pg_read(struct pg_reader *reader, void *out, uint64_t len) {
    uint8_t *to = out;
    while (len > 0) {
        int64_t got = pg_read_some(reader, to, len < SIZE_MAX / 2 ? (size_t)len : SIZE_MAX / 2);
        if (got <= 0) {
            return got < 0 ? (int)got
                           : error_set(&reader->failure, YINMA_E_TRUNCATED,
                                       "the archive ends too early");
        }
        to = to == NULL ? NULL : to + got;
        len -= (uint64_t)got;
    }
    return 0;
}

int pg_byte(struct pg_reader *reader) {
    uint8_t byte = 0;
    return pg_read_some(reader, &byte, 1) == 1 ? byte : -1;
}

int pg_int(struct pg_reader *reader, int64_t *out) {
    uint8_t bytes[1 + PG_INT_BYTES_MAX] = {0};
    uint64_t magnitude = 0;
    int code = pg_read(reader, bytes, 1 + reader->int_bytes);
    for (unsigned i = reader->int_bytes; code == 0 && i > 0; i--) {
        magnitude = magnitude << 8 | bytes[i];
    }
    *out = (int64_t)(magnitude & INT64_MAX) * (code == 0 && bytes[0] != 0 ? -1 : 1);
    return code;
}
