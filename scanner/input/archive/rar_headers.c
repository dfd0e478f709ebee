/* rar_headers.c - the blocks of RAR 5.0 (rarlab.com/technote.htm) and of the form before it. */
#include "input/archive/rar_headers.h"

#include <stdlib.h>

#include "core/endian.h"

enum {
    MEMBERS_MOST = 1 << 20,
    BLOCK_MOST = 4096, /* what is looked at of one header */
};

struct cursor {
    const uint8_t *at, *end;
    bool short_of; /* it asked for more than there was */
};

/* Seven bits a byte, the lowest first; the highest bit says that more follow. */
static uint64_t vint(struct cursor *cursor) {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 63; shift += 7) {
        if (cursor->at == cursor->end) {
            break;
        }
        const uint8_t byte = *cursor->at++;
        value |= (uint64_t)(byte & 0x7F) << shift;
        if ((byte & 0x80) == 0) {
            return value;
        }
    }
    cursor->short_of = true;
    return 0;
}

static void skip(struct cursor *cursor, uint64_t len) {
    const size_t left = (size_t)(cursor->end - cursor->at);
    cursor->short_of = cursor->short_of || len > left;
    cursor->at += len > left ? left : (size_t)len;
}

static int add(struct rar_headers *headers, struct rar_member member, struct error *err) {
    if (headers->count == headers->capacity) {
        const size_t capacity = headers->capacity == 0 ? 64 : 2 * headers->capacity;
        struct rar_member *grown = realloc(headers->members, capacity * sizeof *grown);
        if (grown == NULL) {
            return error_set(err, YINMA_E_MEMORY, "out of memory");
        }
        headers->members = grown;
        headers->capacity = capacity;
    }
    headers->members[headers->count++] = member;
    return 0;
}

/* ---- RAR 5.0 ---- */

enum { TYPE_FILE = 2, TYPE_CIPHER = 4, TYPE_END = 5 };
enum { HAS_EXTRA = 1, HAS_DATA = 2, IS_BEFORE = 8, IS_AFTER = 16 };

struct block5 {
    uint64_t type, flags, extra, data;
    uint64_t bytes; /* of the block without its data */
    struct cursor body;
};

static bool parse5(struct block5 *block, const uint8_t *bytes, size_t len) {
    struct cursor cursor = {bytes + (len < 4 ? len : 4), bytes + len, false};
    const uint64_t size = vint(&cursor);
    block->bytes = (uint64_t)(cursor.at - bytes) + size;
    if (cursor.short_of || size == 0 || size > (1U << 21)) {
        return false;
    }
    if (size < (uint64_t)(cursor.end - cursor.at)) {
        cursor.end = cursor.at + size;
    }
    block->type = vint(&cursor);
    block->flags = vint(&cursor);
    block->extra = (block->flags & HAS_EXTRA) != 0 ? vint(&cursor) : 0;
    block->data = (block->flags & HAS_DATA) != 0 ? vint(&cursor) : 0;
    block->body = cursor;
    return !cursor.short_of;
}

/* The extra area stands at the end of the block; record 1 is encryption. */
static bool has_cipher(const struct block5 *block) {
    struct cursor cursor = block->body;
    const size_t left = (size_t)(cursor.end - cursor.at);
    if (block->extra > left) {
        return false;
    }
    cursor.at = cursor.end - block->extra;
    while (cursor.at < cursor.end && !cursor.short_of) {
        const uint64_t size = vint(&cursor);
        const uint8_t *start = cursor.at;
        if (!cursor.short_of && vint(&cursor) == 1 && !cursor.short_of) {
            return true;
        }
        cursor.at = start;
        skip(&cursor, size);
    }
    return false;
}

/* Flags, size, attributes, time and CRC, each of the last two only when a flag says so. */
static void read_body(struct cursor body, struct rar_member *member) {
    enum { FOLDER = 1, HAS_TIME = 2, HAS_CRC = 4 };
    const uint64_t flags = vint(&body);
    member->folder = (flags & FOLDER) != 0;
    (void)vint(&body);
    (void)vint(&body);
    skip(&body, (flags & HAS_TIME) != 0 ? 4 : 0);
    member->has_crc = (flags & HAS_CRC) != 0 && !body.short_of && body.end - body.at >= 4;
    member->crc = member->has_crc ? little_u32(body.at) : 0;
}

/* 1 go on, 0 stop, or negative. */
static int block5_read(struct rar_headers *headers, const struct block5 *block, uint64_t place,
                       struct error *err) {
    struct cursor body = block->body;
    if (block->type == TYPE_CIPHER) {
        headers->list_cipher = "AES-256";
        return 0;
    }
    if (block->type == TYPE_END) {
        headers->goes_on = (vint(&body) & 1) != 0;
        return 0;
    }
    if (block->type != TYPE_FILE) {
        return 1;
    }
    struct rar_member member = {.header = place,
                                .cipher = has_cipher(block) ? "AES-256" : NULL,
                                .before = (block->flags & IS_BEFORE) != 0,
                                .after = (block->flags & IS_AFTER) != 0};
    read_body(body, &member);
    int code = add(headers, member, err);
    return code < 0 ? code : 1;
}

/* ---- before 5.0 ---- */

enum { OLD_HEADER_BYTES = 7, OLD_MAIN = 0x73, OLD_FILE = 0x74, OLD_END = 0x7B };
enum { OLD_BEFORE = 1, OLD_AFTER = 2, OLD_CIPHER = 4, OLD_HIDDEN = 0x80, OLD_WIDE = 0x100 };
enum {
    OLD_FOLDER = 0xE0,
    OLD_HAS_DATA = 0x8000,
    OLD_FILE_BYTES = 32,
    OLD_CRC = 16,
    OLD_VERSION = 24
};

static const char *old_cipher(uint8_t version) {
    return version >= 29 ? "AES-128" : SAID("the cipher of RAR 2, which is weak");
}

/* Bytes of the block with its data in *TOTAL; 1 go on, 0 stop, or negative. */
static int old_block(struct rar_headers *headers, const uint8_t *bytes, size_t len, uint64_t place,
                     uint64_t *total, struct error *err) {
    if (len < OLD_HEADER_BYTES || little_u16(bytes + 5) < OLD_HEADER_BYTES) {
        return 0;
    }
    const uint8_t type = bytes[2];
    const unsigned flags = little_u16(bytes + 3);
    *total = little_u16(bytes + 5);
    if (type == OLD_MAIN && (flags & OLD_HIDDEN) != 0) {
        headers->list_cipher = "AES-128";
        return 0;
    }
    if (type == OLD_END) {
        headers->goes_on = (flags & 1) != 0;
        return 0;
    }
    if ((type == OLD_FILE || (flags & OLD_HAS_DATA) != 0) && len >= OLD_HEADER_BYTES + 4) {
        *total += little_u32(bytes + OLD_HEADER_BYTES);
    }
    if (type != OLD_FILE || len < OLD_FILE_BYTES + 4) {
        return type != OLD_FILE;
    }
    if ((flags & OLD_WIDE) != 0) {
        *total += (uint64_t)little_u32(bytes + OLD_FILE_BYTES) << 32;
    }
    const struct rar_member member = {
        .header = place,
        .cipher = (flags & OLD_CIPHER) != 0 ? old_cipher(bytes[OLD_VERSION]) : NULL,
        .before = (flags & OLD_BEFORE) != 0,
        .after = (flags & OLD_AFTER) != 0,
        .folder = (flags & OLD_FOLDER) == OLD_FOLDER};
    int code = add(headers, member, err);
    return code < 0 ? code : 1;
}

/* ---- both ---- */

static int one_block(struct rar_headers *headers, const uint8_t *bytes, size_t len, uint64_t place,
                     uint64_t *total, struct error *err) {
    if (!headers->version5) {
        return old_block(headers, bytes, len, place, total, err);
    }
    struct block5 block = {0};
    if (!parse5(&block, bytes, len)) {
        return 0;
    }
    *total = block.data > UINT64_MAX / 2 ? UINT64_MAX / 2 : block.bytes + block.data;
    return block5_read(headers, &block, place, err);
}

int rar_headers_read(struct byte_source *source, struct rar_headers *headers, struct error *err) {
    *headers = (struct rar_headers){0};
    uint8_t *bytes = malloc(BLOCK_MOST);
    if (bytes == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    int64_t got = source->ops->read_at(source, 0, bytes, 8, NULL);
    headers->version5 = got == 8 && memcmp(bytes, "Rar!\x1A\x07\x01\0", 8) == 0;
    uint64_t place = headers->version5 ? 8 : 7, total = 0;
    int code = 1;
    while (code == 1 && place < source->size && headers->count < MEMBERS_MOST) {
        got = source->ops->read_at(source, place, bytes, BLOCK_MOST, NULL);
        code = got <= 0 ? 0 : one_block(headers, bytes, (size_t)got, place, &total, err);
        place = total < source->size - place ? place + total : source->size;
    }
    free(bytes);
    return code < 0 ? code : 0;
}

void rar_headers_release(struct rar_headers *headers) {
    free(headers->members);
    *headers = (struct rar_headers){0};
}
