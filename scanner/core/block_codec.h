/* block_codec.h - compressed blocks inside of record formats, as decoders see them: the formats say
 * what a block is compressed with, and whoever feeds a decoder lends it what undoes that (a room
 * above knows the libraries and the limits). */
#ifndef YINMA_CORE_BLOCK_CODEC_H
#define YINMA_CORE_BLOCK_CODEC_H

#include "core/bytes.h"
#include "core/error.h"

enum block_codec {
    BLOCK_DEFLATE, /* RFC 1951, nothing around it */
    BLOCK_ZLIB,    /* RFC 1950 */
    BLOCK_GZIP,    /* RFC 1952 */
    BLOCK_BZIP2,
    BLOCK_XZ,
    BLOCK_ZSTD,
    BLOCK_SNAPPY,     /* the raw form, which begins with the length of the content */
    BLOCK_SNAPPY_CRC, /* … and the CRC-32 of the content behind it, big-endian */
    BLOCK_BROTLI,
    BLOCK_LZ4,        /* a bare block, which tells no length … */
    BLOCK_LZ4_HADOOP, /* … or several, with their lengths before each; some writers leave those out
                       */
};

/* The content of one block; all zero at first, used again for the next one. SEGMENT_PADDING bytes
 * behind the content are readable. What was reached beforehand spares growing; of BLOCK_LZ4,
 * BLOCK_LZ4_HADOOP and BLOCK_BROTLI no more than that is made. */
struct block_buffer {
    uint8_t *bytes;
    size_t len, capacity;
    size_t most; /* of a stream no more is made than so much and a byte; 0: what limits allow */
};
void block_buffer_release(struct block_buffer *buffer);
/* Room for CAPACITY bytes and the padding; what is there stays. False when memory is out. */
bool block_buffer_reach(struct block_buffer *buffer, size_t capacity);

struct block_expander {
    /* Undo CODEC: the content of PACKED replaces that of OUT. 0 or a negative YINMA_E… with *err
     * set: damaged, truncated, larger than the limits of the run allow. What was made before an
     * error stands in OUT. NULL: nobody lends anything. */
    int (*expand)(void *context, enum block_codec codec, struct bytes packed,
                  struct block_buffer *out, struct error *err);
    /* CRC-32 as gzip has it (ISO 3309). NULL as above. */
    uint32_t (*crc)(struct bytes content);
    void *context;
};

static inline int block_expand(const struct block_expander *expander, enum block_codec codec,
                               struct bytes packed, struct block_buffer *out, struct error *err) {
    out->len = 0;
    return expander->expand == NULL
               ? error_set(err, YINMA_E_UNSUPPORTED, "compressed blocks cannot be read here")
               : expander->expand(expander->context, codec, packed, out, err);
}

#endif
