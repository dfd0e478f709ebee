/* lz4.c - the LZ4 frame format, frames in a row. */
#include <lz4frame.h>
#include <stdlib.h>

#include "input/formats.h"
#include "input/stream/compressed.h"

/* The magic number, version 1, no reserved bit. */
static unsigned lz4_bid(struct bytes head) {
    const bool mine = head.len >= 6 && memcmp(head.ptr, "\x04\x22\x4D\x18", 4) == 0 &&
                      (head.ptr[4] & 0xC2) == 0x40 && (head.ptr[5] & 0x8F) == 0;
    return mine ? 40 : 0;
}

struct lz4 {
    LZ4F_dctx *context;
    size_t wanted; /* input of the next call. A block at a time: output that LZ4F makes in a call
                      that fails is lost */
};

static void lz4_finish(struct stream *stream) {
    struct lz4 *lz4 = stream->decoder;
    if (lz4 != NULL) {
        LZ4F_freeDecompressionContext(lz4->context);
        free(lz4);
    }
}

static int lz4_start(struct stream *stream, struct error *err) {
    struct lz4 *lz4 = calloc(1, sizeof *lz4);
    stream->decoder = lz4;
    if (lz4 == NULL || LZ4F_isError(LZ4F_createDecompressionContext(&lz4->context, LZ4F_VERSION))) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    return 0;
}

static int lz4_begin(struct stream *stream, struct error *err) {
    (void)err; /* the magic number is checked when it is decoded: it may be cut by the buffer */
    struct lz4 *lz4 = stream->decoder;
    LZ4F_resetDecompressionContext(lz4->context);
    lz4->wanted = LZ4F_HEADER_SIZE_MAX;
    return 0;
}

static int lz4_step(struct stream *stream, uint8_t *out, size_t capacity, size_t *produced,
                    struct error *err) {
    struct lz4 *lz4 = stream->decoder;
    size_t used = stream->left < lz4->wanted ? stream->left : lz4->wanted, room = capacity;
    size_t result = LZ4F_decompress(lz4->context, out, &room, stream->next, &used, NULL);
    if (LZ4F_isError(result)) {
        const char *why = LZ4F_getErrorName(result);
        return stream->frames > 1 && strcmp(why, "ERROR_frameType_unknown") == 0
                   ? stream_trailing(stream, err)
                   : stream_damaged(stream, why, err);
    }
    lz4->wanted = result;
    stream_consume(stream, used);
    *produced = room;
    return result == 0 ? STREAM_FRAME_ENDED : STREAM_GOES_ON;
}

static const struct stream_codec lz4_codec = {
    .name = "lz4",
    .start = lz4_start,
    .begin = lz4_begin,
    .step = lz4_step,
    .finish = lz4_finish,
};

static int lz4_open(struct byte_source *source, struct input_budget *budget, void **state,
                    struct error *err) {
    return compressed_open(&lz4_codec, source, budget, state, err);
}

static const char *const lz4_endings[] = {".lz4", ".tlz4=.tar", NULL};

const struct container_format container_lz4 = {
    .name = "lz4",
    .summary = "LZ4 compressed data, several frames in a row",
    .type = CONTAINER_STREAM,
    .endings = lz4_endings,
    .bid = lz4_bid,
    .open = lz4_open,
    .next = stream_next,
    .close = stream_close,
};
