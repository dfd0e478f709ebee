/* zstd.c - RFC 8878: frames in a row, skippable frames among them. */
#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "core/endian.h"
#include "input/formats.h"
#include "input/stream.h"

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

static const struct stream_codec zstd_codec = {
    .name = "zstd",
    .start = zstd_start,
    .begin = zstd_begin,
    .step = zstd_step,
    .finish = zstd_finish,
};

static int zstd_open(struct byte_source *source, struct input_budget *budget, void **state,
                     struct error *err) {
    return stream_open(&zstd_codec, source, budget, state, err);
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
