#include "decode/parquet/pages.h"

#include <stdlib.h>

enum {
    HEADER_BYTES = 512,           /* of most pages */
    HEADER_BYTES_MOST = 16 << 20, /* statistics may hold long values */
};

/* As numbered in the file. */
enum { PAGE_DATA = 0, PAGE_INDEX = 1, PAGE_DICTIONARY = 2, PAGE_DATA_SECOND = 3 };

void parquet_desk_release(struct parquet_desk *desk) {
    parquet_give_back(desk, &desk->packed);
}

/* ---- memory ---- */

bool parquet_reach(struct parquet_desk *desk, struct block_buffer *room, size_t len) {
    if (room->bytes != NULL && len <= room->capacity) {
        return true;
    }
    if (len > PARQUET_PAGE_BYTES || desk->held - room->capacity + len > PARQUET_HELD_BYTES) {
        return false;
    }
    parquet_give_back(desk, room); /* nothing in it is wanted any more */
    if (!block_buffer_reach(room, len)) {
        desk->no_memory = true;
        return false;
    }
    desk->held += len;
    return true;
}

void parquet_give_back(struct parquet_desk *desk, struct block_buffer *room) {
    desk->held -= room->capacity;
    block_buffer_release(room);
}

/* ---- headers ---- */

struct header {
    int64_t type, whole, packed, crc; /* lengths of the page, its checksum */
    bool has_crc, is_packed;
    struct parquet_page page;
};

/* The structure of its kind: members have other numbers in each. */
static void take_kind(struct thrift *t, struct header *h, int kind) {
    struct thrift_field field = {0};
    struct parquet_page *page = &h->page;
    const bool second = kind == PAGE_DATA_SECOND;
    int64_t values = 0, definitions = 0, repetitions = 0;
    while (thrift_next(t, &field)) {
        if (field.id == 1) {
            values = thrift_integer(t, field.type);
        } else if (field.id == (second ? 4 : 2)) {
            page->encoding = thrift_integer(t, field.type);
        } else if (kind == PAGE_DATA && field.id == 3) {
            page->definition_encoding = thrift_integer(t, field.type);
        } else if (kind == PAGE_DATA && field.id == 4) {
            page->repetition_encoding = thrift_integer(t, field.type);
        } else if (second && field.id == 5) {
            definitions = thrift_integer(t, field.type);
        } else if (second && field.id == 6) {
            repetitions = thrift_integer(t, field.type);
        } else if (second && field.id == 7) {
            h->is_packed = field.type != THRIFT_FALSE;
        } else {
            thrift_skip(t, field.type);
        }
    }
    t->bad = t->bad || values < 0 || definitions < 0 || repetitions < 0;
    page->values = (uint64_t)values;
    page->definition_bytes = (size_t)definitions;
    page->repetition_bytes = (size_t)repetitions;
    page->is_second = second;
    page->kind = kind == PAGE_DICTIONARY ? PARQUET_PAGE_DICTIONARY : PARQUET_PAGE_DATA;
}

static bool take_header(struct thrift *t, struct header *h) {
    struct thrift_field field = {0};
    *h = (struct header){.is_packed = true};
    while (thrift_next(t, &field)) {
        if (field.id == 1) {
            h->type = thrift_integer(t, field.type);
        } else if (field.id == 2) {
            h->whole = thrift_integer(t, field.type);
        } else if (field.id == 3) {
            h->packed = thrift_integer(t, field.type);
        } else if (field.id == 4) {
            h->crc = thrift_integer(t, field.type);
            h->has_crc = true;
        } else if (field.id == 5 && thrift_structure(t, field.type)) {
            take_kind(t, h, PAGE_DATA);
        } else if (field.id == 7 && thrift_structure(t, field.type)) {
            take_kind(t, h, PAGE_DICTIONARY);
        } else if (field.id == 8 && thrift_structure(t, field.type)) {
            take_kind(t, h, PAGE_DATA_SECOND);
        } else {
            thrift_skip(t, field.type);
        }
    }
    return !t->bad;
}

static int no_sense(struct error *err) {
    return error_set(err, YINMA_E_DAMAGED, "a page makes no sense");
}

/* Bytes of the header at AT; negative: it makes no sense. Its length is not told anywhere. */
static int64_t read_header(struct parquet_desk *desk, uint64_t at, struct header *h,
                           struct error *err) {
    uint8_t few[HEADER_BYTES];
    uint8_t *bytes = few;
    for (size_t want = sizeof few;; want *= 8) {
        const uint64_t most = desk->end - at;
        const size_t len = want < most ? want : (size_t)most;
        const int64_t got = desk->source->ops->read_at(desk->source, at, bytes, len, err);
        if (got < 0) {
            return got;
        }
        desk->spent += (uint64_t)got;
        struct thrift t = {bytes, bytes + got, false};
        if (take_header(&t, h)) {
            return t.at - bytes;
        }
        const size_t next = want * 8;
        if ((size_t)got < want || next > HEADER_BYTES_MOST ||
            !parquet_reach(desk, &desk->packed, next)) {
            return no_sense(err);
        }
        bytes = desk->packed.bytes;
    }
}

/* ---- what is in them ---- */

static int not_read(struct parquet_desk *desk, struct error *err) {
    return desk->no_memory
               ? error_set(err, YINMA_E_MEMORY, "out of memory for the pages of a Parquet file")
               : error_set(err, YINMA_E_LIMIT,
                           "a page of it takes more than %d MiB, or the pages of all columns "
                           "together more than %d MiB",
                           PARQUET_PAGE_BYTES >> 20, PARQUET_HELD_BYTES >> 20);
}

/* False: no library here knows it. */
static bool library_codec(int64_t codec, enum block_codec *out) {
    static const struct {
        int64_t codec;
        enum block_codec of;
    } known[] = {{PARQUET_SNAPPY, BLOCK_SNAPPY}, {PARQUET_GZIP, BLOCK_GZIP},
                 {PARQUET_BROTLI, BLOCK_BROTLI}, {PARQUET_LZ4, BLOCK_LZ4_HADOOP},
                 {PARQUET_ZSTD, BLOCK_ZSTD},     {PARQUET_LZ4_RAW, BLOCK_LZ4}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (known[i].codec == codec) {
            *out = known[i].of;
            return true;
        }
    }
    return false;
}

static int unknown_codec(int64_t codec, struct error *err) {
    return codec == PARQUET_LZO
               ? error_set(err, YINMA_E_UNSUPPORTED, "it is compressed with LZO")
               : error_set(err, YINMA_E_UNSUPPORTED, "it is compressed in an unknown way (%lld)",
                           (long long)codec);
}

/* PACKED to ROOM, behind LEVELS bytes of it that are not compressed. */
static int unpack(struct parquet_desk *desk, enum block_codec codec, struct bytes packed,
                  size_t levels, size_t whole, struct block_buffer *room, struct error *err) {
    if (levels > packed.len || levels > whole) {
        return no_sense(err);
    }
    if (!parquet_reach(desk, room, whole + 1)) {
        return not_read(desk, err);
    }
    const struct bytes content = bytes_from(packed, levels);
    const size_t before = room->capacity;
    room->len = 0;
    int status = content.len == 0 ? 0 : block_expand(&desk->blocks, codec, content, room, err);
    desk->held += room->capacity - before;
    desk->spent += room->len; /* whatever the header says */
    if (status != 0) {
        return status;
    }
    if (room->len != whole - levels || room->capacity < whole) {
        return no_sense(err);
    }
    if (levels > 0) { /* the second version: they stand in front, as they are */
        memmove(room->bytes + levels, room->bytes, room->len);
        memcpy(room->bytes, packed.ptr, levels);
    }
    room->len = whole;
    return 0;
}

static int load(struct parquet_desk *desk, int64_t codec, uint64_t at, const struct header *h,
                struct block_buffer *room, bool *damage, struct error *err) {
    enum block_codec of = BLOCK_SNAPPY;
    const bool stored = codec == PARQUET_STORED || !h->is_packed;
    const size_t len = (size_t)h->packed;
    struct block_buffer *to = stored ? room : &desk->packed;
    if (!stored && !library_codec(codec, &of)) {
        return unknown_codec(codec, err);
    }
    if (!parquet_reach(desk, to, len + 1)) {
        return not_read(desk, err);
    }
    const int64_t got = desk->source->ops->read_at(desk->source, at, to->bytes, len, err);
    if (got < (int64_t)len) {
        return got < 0 ? (int)got : no_sense(err);
    }
    to->len = len;
    const struct bytes bytes = bytes_of(to->bytes, len);
    if (h->has_crc && desk->blocks.crc != NULL && (uint32_t)h->crc != desk->blocks.crc(bytes)) {
        *damage = true;
    }
    desk->spent += len;
    return stored ? 0
                  : unpack(desk, of, bytes, h->page.definition_bytes + h->page.repetition_bytes,
                           (size_t)h->whole, room, err);
}

int parquet_page_next(struct parquet_desk *desk, int64_t codec, uint64_t *at,
                      struct block_buffer *room, struct parquet_page *page, bool *damage,
                      struct error *err) {
    struct header h;
    while (*at < desk->end) {
        if (parquet_desk_spent(desk)) { /* chunks may share pages */
            return error_set(err, YINMA_E_LIMIT, "more pages of it than the file has bytes for");
        }
        const int64_t len = read_header(desk, *at, &h, err);
        if (len < 0) {
            return (int)len;
        }
        const uint64_t behind = *at + (uint64_t)len;
        if (h.packed < 0 || h.whole < 0 || (uint64_t)h.packed > desk->end - behind) {
            return no_sense(err);
        }
        *at = behind + (uint64_t)h.packed;
        if (h.type != PAGE_DATA && h.type != PAGE_DICTIONARY && h.type != PAGE_DATA_SECOND) {
            continue;
        }
        const int status = load(desk, codec, behind, &h, room, damage, err);
        *page = h.page;
        page->data = bytes_of(room->bytes, status == 0 ? room->len : 0);
        return status < 0 ? status : 1;
    }
    return 0;
}
