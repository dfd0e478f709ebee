/* zstd.c - RFC 8878: frames in a row, skippable frames among them. */
#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "core/endian.h"
#include "input/formats.h"
#include "input/stream/compressed.h"

static unsigned zstd_bid(struct bytes head) {
    bool skipped = false;
    while (head.len >= 8 && (little_u32(head.ptr) & 0xFFFFFFF0U) == 0x184D2A50U) {
        const size_t len =
            little_u32(head.ptr + 4); /* skippable frames say nothing: lz4 has them too */
        head = bytes_from(bytes_from(head, 8), len);
        skipped = true;
    }
    if (head.len < 4) {
        return skipped ? 12 : 0;
    }
    return little_u32(head.ptr) == 0xFD2FB528U ? 32 : 0;
}

/* The largest window that fits in what a decoder may take. */
static int window_log(const struct input_budget *budget) {
    uint64_t memory = budget_memory(budget);
    int log = 10;
    while (log < 31 && memory >> (log + 1) != 0) {
        log++;
    }
    return log;
}

struct zstd {
    ZSTD_DCtx *context;
    size_t wanted; /* input of the next call. A block at a time: output that zstd makes in a call
                      that fails is lost */
};

static void zstd_finish(struct stream *stream) {
    struct zstd *zstd = stream->decoder;
    if (zstd != NULL) {
        ZSTD_freeDCtx(zstd->context);
        free(zstd);
    }
}

static int zstd_start(struct stream *stream, struct error *err) {
    struct zstd *zstd = calloc(1, sizeof *zstd);
    stream->decoder = zstd;
    if (zstd == NULL || (zstd->context = ZSTD_createDCtx()) == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    ZSTD_DCtx_setParameter(zstd->context, ZSTD_d_windowLogMax, window_log(stream->budget));
    return 0;
}

static int zstd_begin(struct stream *stream, struct error *err) {
    (void)err; /* the magic number is checked when it is decoded: it may be cut by the buffer */
    struct zstd *zstd = stream->decoder;
    zstd->wanted = ZSTD_initDStream(zstd->context);
    return 0;
}

static int zstd_failed(const struct stream *stream, size_t result, struct error *err) {
    switch (ZSTD_getErrorCode(result)) {
    case ZSTD_error_prefix_unknown:
        return stream_trailing(stream, err);
    case ZSTD_error_frameParameter_windowTooLarge:
        return budget_memory_exceeded(stream->budget, "zstd", err);
    case ZSTD_error_memory_allocation:
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    case ZSTD_error_dictionary_wrong:
        return error_set(err, YINMA_E_UNSUPPORTED, "the zstd data needs a dictionary");
    default:
        return stream_damaged(stream, ZSTD_getErrorName(result), err);
    }
}

static int zstd_step(struct stream *stream, uint8_t *out, size_t capacity, size_t *produced,
                     struct error *err) {
    struct zstd *zstd = stream->decoder;
    ZSTD_inBuffer input = {stream->next, stream->left < zstd->wanted ? stream->left : zstd->wanted,
                           0};
    ZSTD_outBuffer output = {.size = capacity};
    output.dst = out;
    size_t result = ZSTD_decompressStream(zstd->context, &output, &input);
    if (ZSTD_isError(result)) {
        return zstd_failed(stream, result, err);
    }
    zstd->wanted = result;
    stream_consume(stream, input.pos);
    *produced = output.pos;
    return result == 0 ? STREAM_FRAME_ENDED : STREAM_GOES_ON;
}

/* The blocks of the frame whose header ends at AT: where they end; 0 when it cannot be told. */
static uint64_t behind_blocks(struct byte_source *source, uint64_t at) {
    enum { BLOCK_HEADER = 3, REPEATED = 1, RESERVED = 3 };
    for (bool last = false; !last;) {
        uint8_t bytes[BLOCK_HEADER];
        if (source->ops->read_at(source, at, bytes, sizeof bytes, NULL) != BLOCK_HEADER) {
            return 0;
        }
        const uint32_t header =
            (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16;
        const uint32_t type = header >> 1 & 3;
        if (type == RESERVED) {
            return 0;
        }
        last = (header & 1) != 0;
        at += BLOCK_HEADER + (type == REPEATED ? 1 : header >> 3);
    }
    return at;
}

static uint64_t zstd_frame(struct byte_source *source, uint64_t place, uint64_t *content) {
    enum { HEADER_MAX = 18, SKIPPED_HEADER = 8, CHECKSUM_BYTES = 4 };
    static const uint8_t dictionary_bytes[] = {0, 1, 2, 4}, size_bytes[] = {0, 2, 4, 8};
    uint8_t head[HEADER_MAX];
    const int64_t got = source->ops->read_at(source, place, head, sizeof head, NULL);
    if (got < SKIPPED_HEADER) {
        return 0;
    }
    if ((little_u32(head) & 0xFFFFFFF0U) == 0x184D2A50U) {
        *content = 0;
        return SKIPPED_HEADER + (uint64_t)little_u32(head + 4);
    }
    const unsigned long long told = ZSTD_getFrameContentSize(head, (size_t)got);
    if (little_u32(head) != 0xFD2FB528U || told == ZSTD_CONTENTSIZE_UNKNOWN ||
        told == ZSTD_CONTENTSIZE_ERROR) {
        return 0;
    }
    const uint8_t descriptor = head[4];
    const bool single = (descriptor & 32) != 0;
    uint64_t at = place + 5 + (single ? 0 : 1) + dictionary_bytes[descriptor & 3];
    at += descriptor >> 6 == 0 && single ? 1 : size_bytes[descriptor >> 6];
    at = behind_blocks(source, at);
    *content = told;
    return at == 0 ? 0 : at - place + ((descriptor & 4) != 0 ? CHECKSUM_BYTES : 0);
}

static const struct stream_codec zstd_codec = {
    .name = "zstd",
    .frame = zstd_frame,
    .start = zstd_start,
    .begin = zstd_begin,
    .step = zstd_step,
    .finish = zstd_finish,
};

static int zstd_open(struct byte_source *source, struct input_budget *budget, void **state,
                     struct error *err) {
    return compressed_open(&zstd_codec, source, budget, state, err);
}

static const char *const zstd_endings[] = {".zst", ".zstd", ".tzst=.tar", NULL};

const struct container_format container_zstd = {
    .name = "zstd",
    .summary = "Zstandard compressed data, several frames in a row",
    .type = CONTAINER_STREAM,
    .endings = zstd_endings,
    .bid = zstd_bid,
    .open = zstd_open,
    .next = stream_next,
    .close = stream_close,
};
