#include "decode/sqlite/record.h"

#include "core/utf8.h"

size_t sqlite_varint(const uint8_t *p, const uint8_t *end, uint64_t *out) {
    uint64_t value = 0;
    *out = 0;
    for (size_t i = 0; i < 9 && p + i < end; i++) {
        if (i == 8) {
            *out = value << 8 | p[i];
            return 9;
        }
        value = value << 7 | (p[i] & 0x7F);
        if (p[i] < 0x80) {
            *out = value;
            return i + 1;
        }
    }
    return 0;
}

uint64_t sqlite_type_bytes(uint64_t type) {
    static const uint8_t fixed[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
    if (type >= 12) {
        return (type - 12) / 2;
    }
    return type < sizeof fixed ? fixed[type] : UINT64_MAX;
}

int64_t sqlite_integer(const uint8_t *p, size_t len) {
    uint64_t value = len > 0 && (p[0] & 0x80) != 0 ? UINT64_MAX : 0;
    for (size_t i = 0; i < len; i++) {
        value = value << 8 | p[i];
    }
    return (int64_t)value;
}

/* How much of a payload stands in the page itself (file format, section 1.6). */
static size_t local_bytes(uint64_t total, uint32_t usable, bool is_table) {
    const uint64_t most = is_table ? usable - 35 : (uint64_t)(usable - 12) * 64 / 255 - 23;
    const uint64_t least = (uint64_t)(usable - 12) * 32 / 255 - 23;
    if (total <= most) {
        return (size_t)total;
    }
    const uint64_t some = least + (total - least) % (usable - 4);
    return (size_t)(some <= most ? some : least);
}

bool sqlite_cell_at(const uint8_t *page, size_t end, size_t at, uint32_t usable,
                    enum sqlite_cell_kind kind, struct sqlite_cell *out) {
    const uint8_t *stop = page + end;
    uint64_t rowid = 0;
    size_t p = at + (kind == SQLITE_CELL_INDEX_INTERIOR ? 4 : 0);
    if (p >= end) {
        return false;
    }
    size_t len = sqlite_varint(page + p, stop, &out->total);
    if (len == 0 || out->total < 2 || out->total > INT32_MAX) {
        return false;
    }
    p += len;
    if (kind == SQLITE_CELL_TABLE) {
        len = sqlite_varint(page + p, stop, &rowid);
        if (len == 0) {
            return false;
        }
        p += len;
    }
    out->rowid = (int64_t)rowid;
    out->payload = p;
    out->local = local_bytes(out->total, usable, kind == SQLITE_CELL_TABLE);
    const size_t pointer = out->local < out->total ? 4 : 0;
    if (out->local + pointer > end - p) {
        return false;
    }
    p += out->local;
    out->overflow = pointer == 0 ? 0
                                 : (uint32_t)page[p] << 24 | (uint32_t)page[p + 1] << 16 |
                                       (uint32_t)page[p + 2] << 8 | page[p + 3];
    out->length = p + pointer - at;
    return true;
}

bool sqlite_record_read(struct bytes payload, struct sqlite_record *out) {
    uint64_t header, type;
    const size_t first = sqlite_varint(payload.ptr, payload.ptr + payload.len, &header);
    if (first == 0 || header < first || header > payload.len) {
        return false;
    }
    *out = (struct sqlite_record){
        .types = payload.ptr + first, .types_end = payload.ptr + header, .header = (size_t)header};
    for (const uint8_t *p = out->types; p < out->types_end;) {
        const size_t len = sqlite_varint(p, out->types_end, &type);
        const uint64_t bytes = len == 0 ? UINT64_MAX : sqlite_type_bytes(type);
        if (bytes > INT32_MAX) {
            return false;
        }
        out->body += bytes;
        out->columns++;
        p += len;
    }
    return true;
}

static bool is_text(struct bytes text, bool whole, uint8_t encoding) {
    if (encoding != 1) {
        return text.len % 2 == 0;
    }
    return utf8_valid(text, whole ? UTF8_WHOLE : UTF8_MAY_BE_CUT);
}

bool sqlite_record_is_sound(const struct sqlite_record *record, struct bytes payload,
                            uint64_t total, uint8_t encoding) {
    uint64_t type, at = record->header;
    bool something = false;
    if (record->header + record->body != total || record->columns == 0) {
        return false;
    }
    for (const uint8_t *p = record->types; p < record->types_end;) {
        p += sqlite_varint(p, record->types_end, &type);
        const uint64_t len = sqlite_type_bytes(type);
        something = something || len > 0;
        if (sqlite_type_is_text(type) && at < payload.len) {
            const struct bytes rest = bytes_from(payload, (size_t)at);
            if (!is_text(bytes_first(rest, (size_t)len), rest.len >= len, encoding)) {
                return false;
            }
        }
        at += len;
    }
    return something;
}
