/* bzip2.c - streams in a row, as pbzip2 writes them. */
#include <bzlib.h>
#include <stdlib.h>

#include "input/formats.h"
#include "input/stream/compressed.h"

/* "BZh", the level, then the magic number of a block or of the end: digits of pi and of its root.
 */
static unsigned bzip2_bid(struct bytes head) {
    if (head.len < 10 || memcmp(head.ptr, "BZh", 3) != 0 || head.ptr[3] < '1' ||
        head.ptr[3] > '9') {
        return 0;
    }
    struct bytes magic = bytes_first(bytes_from(head, 4), 6);
    const bool mine =
        bytes_equal(magic, BYTES_LIT("1AY&SY")) || bytes_equal(magic, BYTES_LIT("\x17"
                                                                                "rE8P\x90"));
    return mine ? 75 : 0;
}

static int bzip2_start(struct stream *stream, struct error *err) {
    bz_stream *bz = calloc(1, sizeof *bz);
    if (bz == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    stream->decoder = bz;
    return 0;
}

static int bzip2_begin(struct stream *stream, struct error *err) {
    bz_stream *bz = stream->decoder;
    BZ2_bzDecompressEnd(bz); /* refuses politely when there is nothing to end */
    *bz = (bz_stream){0};
    if (BZ2_bzDecompressInit(bz, 0, 0) != BZ_OK) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    return 0;
}

static int bzip2_step(struct stream *stream, uint8_t *out, size_t capacity, size_t *produced,
                      struct error *err) {
    bz_stream *bz = stream->decoder;
    const unsigned room = capacity < INT32_MAX ? (unsigned)capacity : INT32_MAX;
    bz->next_in = (char *)(uintptr_t)stream->next; /* libbz2 reads it only */
    bz->avail_in = (unsigned)stream->left;
    bz->next_out = (char *)out;
    bz->avail_out = room;
    int code = BZ2_bzDecompress(bz);
    stream_consume(stream, stream->left - bz->avail_in);
    *produced = room - bz->avail_out;
    switch (code) {
    case BZ_OK:
        return STREAM_GOES_ON;
    case BZ_STREAM_END:
        return STREAM_FRAME_ENDED;
    case BZ_MEM_ERROR:
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    case BZ_DATA_ERROR_MAGIC:
        return stream_trailing(stream, err);
    default:
        return stream_damaged(stream, SAID("invalid block"), err);
    }
}

static void bzip2_finish(struct stream *stream) {
    if (stream->decoder != NULL) {
        BZ2_bzDecompressEnd(stream->decoder);
        free(stream->decoder);
    }
}

static const struct stream_codec bzip2_codec = {
    .name = "bzip2",
    .start = bzip2_start,
    .begin = bzip2_begin,
    .step = bzip2_step,
    .finish = bzip2_finish,
};

static int bzip2_open(struct byte_source *source, struct input_budget *budget, void **state,
                      struct error *err) {
    return compressed_open(&bzip2_codec, source, budget, state, err);
}

static const char *const bzip2_endings[] = {".bz2", ".tbz2=.tar", ".tbz=.tar", ".tb2=.tar", NULL};

const struct container_format container_bzip2 = {
    .name = "bzip2",
    .summary = "bzip2 compressed data, several streams in a row",
    .type = CONTAINER_STREAM,
    .endings = bzip2_endings,
    .bid = bzip2_bid,
    .open = bzip2_open,
    .next = stream_next,
    .close = stream_close,
};
