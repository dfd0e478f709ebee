/* blocks.c - compressed blocks inside of record formats (core/block_codec.h): streams from memory,
 * and Snappy, which has no frames of its own there. */
#include <brotli/decode.h>
#include <isa-l/crc.h>
#include <limits.h>
#include <lz4.h>
#include <snappy-c.h>

#include "core/endian.h"
#include "core/segment.h"
#include "input/formats.h"
#include "input/limits.h"

enum { FIRST_BYTES = 64 * 1024, CRC_BYTES = 4 };

static const struct container_format *const streams[] = {
    [BLOCK_DEFLATE] = &container_deflate, [BLOCK_ZLIB] = &container_zlib,
    [BLOCK_GZIP] = &container_gzip,       [BLOCK_BZIP2] = &container_bzip2,
    [BLOCK_XZ] = &container_xz,           [BLOCK_ZSTD] = &container_zstd,
};

static int too_large(const struct input_budget *budget, struct error *err) {
    return error_set(err, YINMA_E_LIMIT, "--max-memory %llu reached: a compressed block is larger",
                     (unsigned long long)budget->limits->max_memory);
}

static int out_of_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory for a compressed block");
}

/* All that CONTENT has; it keeps the budget itself. */
static int read_all(struct byte_source *content, const struct input_budget *budget,
                    struct block_buffer *out, struct error *err) {
    int64_t got = 1;
    while (got > 0) {
        const size_t room = out->len == 0 ? FIRST_BYTES : out->len * 2;
        if (out->len > budget_memory(budget)) {
            return too_large(budget, err);
        }
        if (out->len + 1 >= out->capacity && !block_buffer_reach(out, room)) {
            return out_of_memory(err);
        }
        size_t free = out->capacity - out->len;
        if (out->most != 0 && free > out->most + 1 - out->len) {
            free = out->most + 1 - out->len;
        }
        got = free == 0 ? 0 : byte_source_read(content, out->bytes + out->len, free, err);
        out->len += got > 0 ? (size_t)got : 0;
    }
    memset(out->bytes + out->len, 0, SEGMENT_PADDING);
    return (int)got;
}

static int expand_stream(const struct container_format *format, struct bytes packed,
                         struct input_budget *budget, struct block_buffer *out, struct error *err) {
    struct container_member member = {0};
    struct byte_source *source = input_open_memory(packed);
    void *state = NULL;
    int code = source == NULL ? out_of_memory(err) : format->open(source, budget, &state, err);
    if (code == 0) {
        code = format->next(state, &member, err);
        code = code > 0 ? read_all(member.source, budget, out, err) : code;
        format->close(state);
    }
    byte_source_close(source);
    return code;
}

static int snappy_damaged(struct error *err) {
    return error_set(err, YINMA_E_DAMAGED, "a snappy block is damaged");
}

static int expand_snappy(struct bytes packed, struct input_budget *budget, struct block_buffer *out,
                         struct error *err) {
    const char *data = (const char *)packed.ptr;
    size_t len;
    if (snappy_uncompressed_length(data, packed.len, &len) != SNAPPY_OK) {
        return snappy_damaged(err);
    }
    if (len > budget_memory(budget)) {
        return too_large(budget, err);
    }
    if (!block_buffer_reach(out, len)) {
        return out_of_memory(err);
    }
    if (snappy_uncompress(data, packed.len, (char *)out->bytes, &len) != SNAPPY_OK) {
        return snappy_damaged(err);
    }
    out->len = len;
    memset(out->bytes + len, 0, SEGMENT_PADDING);
    return budget_deliver(budget, len, err);
}

static int expand_snappy_crc(struct bytes packed, struct input_budget *budget,
                             struct block_buffer *out, struct error *err) {
    if (packed.len < CRC_BYTES) {
        return snappy_damaged(err);
    }
    struct bytes data = bytes_first(packed, packed.len - CRC_BYTES);
    const int code = expand_snappy(data, budget, out, err);
    if (code == 0 && crc32_gzip_refl(0, out->bytes, out->len) != big_u32(packed.ptr + data.len)) {
        return error_set(err, YINMA_E_DAMAGED, "the checksum of a snappy block is wrong");
    }
    return code;
}

/* ---- codecs whose callers tell how much there is room for ---- */

/* Bytes made, SIZE_MAX: it is damaged, or there are more. */
static size_t unpack_lz4(struct bytes packed, uint8_t *out, size_t room) {
    if (packed.len > INT_MAX || room > INT_MAX) {
        return SIZE_MAX;
    }
    const int len =
        LZ4_decompress_safe((const char *)packed.ptr, (char *)out, (int)packed.len, (int)room);
    return len < 0 ? SIZE_MAX : (size_t)len;
}

/* Hadoop writes, high bytes first: how long what follows will be, how long it is, a block. */
static size_t unpack_lz4_blocks(struct bytes packed, uint8_t *out, size_t room) {
    enum { LENGTHS = 8 };
    size_t made = 0;
    while (packed.len >= LENGTHS) {
        const size_t whole = big_u32(packed.ptr), len = big_u32(packed.ptr + 4);
        packed = bytes_from(packed, LENGTHS);
        if (len > packed.len || whole > room - made ||
            unpack_lz4(bytes_first(packed, len), out + made, whole) != whole) {
            return SIZE_MAX;
        }
        made += whole;
        packed = bytes_from(packed, len);
    }
    return packed.len == 0 ? made : SIZE_MAX;
}

static size_t unpack_brotli(struct bytes packed, uint8_t *out, size_t room) {
    size_t made = room;
    return BrotliDecoderDecompress(packed.len, packed.ptr, &made, out) ==
                   BROTLI_DECODER_RESULT_SUCCESS
               ? made
               : SIZE_MAX;
}

static int expand_into(enum block_codec codec, struct bytes packed, struct input_budget *budget,
                       struct block_buffer *out, struct error *err) {
    if (out->capacity > budget_memory(budget)) {
        return too_large(budget, err);
    }
    if (!block_buffer_reach(out, out->capacity)) {
        return out_of_memory(err);
    }
    size_t made = codec == BLOCK_BROTLI       ? unpack_brotli(packed, out->bytes, out->capacity)
                  : codec == BLOCK_LZ4_HADOOP ? unpack_lz4_blocks(packed, out->bytes, out->capacity)
                                              : SIZE_MAX;
    if (made == SIZE_MAX && codec != BLOCK_BROTLI) {
        made = unpack_lz4(packed, out->bytes, out->capacity);
    }
    if (made == SIZE_MAX) {
        return error_set(err, YINMA_E_DAMAGED, "a compressed block is damaged");
    }
    out->len = made;
    memset(out->bytes + made, 0, SEGMENT_PADDING);
    return budget_deliver(budget, made, err);
}

static uint32_t crc(struct bytes content) {
    return crc32_gzip_refl(0, content.ptr, content.len);
}

static int expand(void *context, enum block_codec codec, struct bytes packed,
                  struct block_buffer *out, struct error *err) {
    struct input_budget *budget = context;
    budget->block_bytes += packed.len;
    switch (codec) {
    case BLOCK_SNAPPY:
        return expand_snappy(packed, budget, out, err);
    case BLOCK_SNAPPY_CRC:
        return expand_snappy_crc(packed, budget, out, err);
    case BLOCK_BROTLI:
    case BLOCK_LZ4:
    case BLOCK_LZ4_HADOOP:
        return expand_into(codec, packed, budget, out, err);
    case BLOCK_DEFLATE:
    case BLOCK_ZLIB:
    case BLOCK_GZIP:
    case BLOCK_BZIP2:
    case BLOCK_XZ:
    case BLOCK_ZSTD:
        break;
    }
    return expand_stream(streams[codec], packed, budget, out, err);
}

struct block_expander input_blocks(struct input_budget *budget) {
    return (struct block_expander){.expand = expand, .crc = crc, .context = budget};
}
