/* xz.c - .xz, its predecessor .lzma, and lzip, another way to wrap the same data. */
#include <lzma.h>
#include <stdlib.h>

#include "input/formats.h"
#include "input/stream/compressed.h"

static unsigned xz_bid(struct bytes head) {
    return bytes_starts_with(head, BYTES_LIT("\xFD"
                                             "7zXZ\0"))
               ? 48
               : 0;
}

/* .lzma has no magic number: the default properties, a dictionary of 2^n or 2^n + 2^(n-1) bytes, a
 * size that is unknown or below 256 GiB, and the first byte of the range coder, always 0. */
static unsigned lzma_bid(struct bytes head) {
    if (head.len < 14 || head.ptr[0] != 0x5D || head.ptr[13] != 0) {
        return 0;
    }
    uint32_t dictionary = 0;
    uint64_t size = 0;
    for (unsigned i = 0; i < 4; i++) {
        dictionary |= (uint32_t)head.ptr[1 + i] << (8 * i);
    }
    for (unsigned i = 0; i < 8; i++) {
        size |= (uint64_t)head.ptr[5 + i] << (8 * i);
    }
    unsigned bits = (unsigned)__builtin_popcount(dictionary);
    bool usual =
        dictionary >= 4096 && (bits == 1 || (bits == 2 && (dictionary & (dictionary << 1)) != 0) ||
                               dictionary == UINT32_MAX);
    return usual && (size == UINT64_MAX || size >> 38 == 0) ? 40 : 0;
}

static int lzma_start(struct stream *stream, struct error *err) {
    lzma_stream *lzma = malloc(sizeof *lzma);
    if (lzma == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    *lzma = (lzma_stream)LZMA_STREAM_INIT;
    stream->decoder = lzma;
    return 0;
}

/* A window of max_memory bytes is meant to fit; the decoder takes some more around it. */
static uint64_t memory_limit(const struct stream *stream) {
    uint64_t memory = budget_memory(stream->budget);
    return memory > UINT64_MAX / 2 ? UINT64_MAX : memory + (UINT64_C(1) << 20);
}

static int begun(lzma_ret code, struct error *err) {
    return code == LZMA_OK ? 0 : error_set(err, YINMA_E_MEMORY, "out of memory");
}

/* Blocks are decompressed side by side as far as their buffers fit into this. */
static const uint64_t memory_of_threads = UINT64_C(64) << 20;

/* liblzma walks from stream to stream by itself, padding included: one frame for us. Where the
 * blocks say how large they are (xz -T and pixz write them so), it takes several at a time. */
static int xz_begin(struct stream *stream, struct error *err) {
    if (stream->budget->threads > 0) {
        const lzma_mt threads = {.flags = LZMA_CONCATENATED,
                                 .threads = stream->budget->threads + 1,
                                 .memlimit_threading = memory_of_threads,
                                 .memlimit_stop = memory_limit(stream)};
        return begun(lzma_stream_decoder_mt(stream->decoder, &threads), err);
    }
    return begun(lzma_stream_decoder(stream->decoder, memory_limit(stream), LZMA_CONCATENATED),
                 err);
}

static int lzma_begin(struct stream *stream, struct error *err) {
    if (stream->frames > 0) {
        return stream_trailing(stream, err);
    }
    return begun(lzma_alone_decoder(stream->decoder, memory_limit(stream)), err);
}

/* liblzma walks from member to member by itself. */
static int lzip_begin(struct stream *stream, struct error *err) {
    if (stream->frames > 0) {
        return stream_trailing(stream, err);
    }
    return begun(lzma_lzip_decoder(stream->decoder, memory_limit(stream), LZMA_CONCATENATED), err);
}

static int lzma_step(struct stream *stream, uint8_t *out, size_t capacity, size_t *produced,
                     struct error *err) {
    lzma_stream *lzma = stream->decoder;
    lzma->next_in = stream->next;
    lzma->avail_in = stream->left;
    lzma->next_out = out;
    lzma->avail_out = capacity;
    const bool last = stream->ended && stream->left == 0;
    lzma_ret code = lzma_code(lzma, last ? LZMA_FINISH : LZMA_RUN);
    stream_consume(stream, stream->left - lzma->avail_in);
    *produced = capacity - lzma->avail_out;
    switch (code) {
    case LZMA_OK:
        return STREAM_GOES_ON;
    case LZMA_STREAM_END:
        return STREAM_FRAME_ENDED;
    case LZMA_BUF_ERROR:
        return last ? YINMA_E_TRUNCATED : STREAM_GOES_ON;
    case LZMA_MEM_ERROR:
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    case LZMA_MEMLIMIT_ERROR:
        return budget_memory_exceeded(stream->budget, stream->codec->name, err);
    case LZMA_OPTIONS_ERROR:
        return error_set(err, YINMA_E_UNSUPPORTED, "the %s data uses an unknown filter",
                         stream->codec->name);
    default:
        return stream_damaged(stream, SAID("invalid data or trailing garbage"), err);
    }
}

static void lzma_finish(struct stream *stream) {
    if (stream->decoder != NULL) {
        lzma_end(stream->decoder);
        free(stream->decoder);
    }
}

static const struct stream_codec xz_codec = {
    .name = "xz",
    .start = lzma_start,
    .begin = xz_begin,
    .step = lzma_step,
    .finish = lzma_finish,
};
static const struct stream_codec lzma_codec = {
    .name = "lzma",
    .start = lzma_start,
    .begin = lzma_begin,
    .step = lzma_step,
    .finish = lzma_finish,
};

static const struct stream_codec lzip_codec = {
    .name = "lzip",
    .start = lzma_start,
    .begin = lzip_begin,
    .step = lzma_step,
    .finish = lzma_finish,
};

static int xz_open(struct byte_source *source, struct input_budget *budget, void **state,
                   struct error *err) {
    return compressed_open(&xz_codec, source, budget, state, err);
}
static int lzma_open(struct byte_source *source, struct input_budget *budget, void **state,
                     struct error *err) {
    return compressed_open(&lzma_codec, source, budget, state, err);
}

static int lzip_open(struct byte_source *source, struct input_budget *budget, void **state,
                     struct error *err) {
    return compressed_open(&lzip_codec, source, budget, state, err);
}

/* "LZIP" and a version, 0 or 1. */
static unsigned lzip_bid(struct bytes head) {
    return head.len >= 6 && bytes_starts_with(head, BYTES_LIT("LZIP")) && head.ptr[4] <= 1 ? 39 : 0;
}

static const char *const lzip_endings[] = {".lz", ".tlz=.tar", NULL};
static const char *const xz_endings[] = {".xz", ".txz=.tar", NULL};
static const char *const lzma_endings[] = {".lzma", ".tlz=.tar", NULL};

const struct container_format container_xz = {
    .name = "xz",
    .summary = "xz compressed data, several streams in a row",
    .type = CONTAINER_STREAM,
    .endings = xz_endings,
    .bid = xz_bid,
    .open = xz_open,
    .next = stream_next,
    .close = stream_close,
};
const struct container_format container_lzma = {
    .name = "lzma",
    .summary = "LZMA compressed data, the form before xz",
    .type = CONTAINER_STREAM,
    .endings = lzma_endings,
    .bid = lzma_bid,
    .open = lzma_open,
    .next = stream_next,
    .close = stream_close,
};
const struct container_format container_lzip = {
    .name = "lzip",
    .summary = "lzip compressed data, several members in a row",
    .type = CONTAINER_STREAM,
    .endings = lzip_endings,
    .bid = lzip_bid,
    .open = lzip_open,
    .next = stream_next,
    .close = stream_close,
};
