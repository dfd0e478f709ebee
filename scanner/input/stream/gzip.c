/* gzip.c - RFC 1952 through ISA-L, which is five times as fast as zlib. */
#include <isa-l/igzip_lib.h>
#include <stdlib.h>

#include "core/endian.h"
#include "core/utf8.h"
#include "input/formats.h"
#include "input/stream/compressed.h"

enum {
    FLAG_HEADER_CRC = 2,
    FLAG_EXTRA = 4,
    FLAG_NAME = 8,
    FLAG_COMMENT = 16,
    FLAGS_RESERVED = 224
};

static unsigned gzip_bid(struct bytes head) {
    const bool mine = head.len >= 4 && head.ptr[0] == 0x1F && head.ptr[1] == 0x8B &&
                      head.ptr[2] == 8 && (head.ptr[3] & FLAGS_RESERVED) == 0;
    return mine ? 27 : 0;
}

/* Bytes up to a NUL; what fits goes to NAME (which may be NULL). False when the data ends. */
static bool read_string(struct stream *stream, uint8_t *name, size_t *len) {
    for (int c = stream_byte(stream); c != 0; c = stream_byte(stream)) {
        if (c < 0) {
            return false;
        }
        if (name != NULL && *len < STREAM_NAME_BYTES) {
            name[(*len)++] = (uint8_t)c;
        }
    }
    return true;
}

static bool skip(struct stream *stream, unsigned count) {
    while (count > 0 && stream_byte(stream) >= 0) {
        count--;
    }
    return count == 0;
}

/* What follows the ten fixed bytes. False when the data ends. */
static bool read_optional(struct stream *stream, uint8_t flags) {
    if ((flags & FLAG_EXTRA) != 0) {
        int low = stream_byte(stream), high = stream_byte(stream);
        if (low < 0 || high < 0 || !skip(stream, (unsigned)(high << 8 | low))) {
            return false;
        }
    }
    if ((flags & FLAG_NAME) != 0) {
        uint8_t *name = stream->frames == 0 ? stream->name : NULL; /* the first one's counts */
        if (!read_string(stream, name, &stream->name_len)) {
            return false;
        }
        if (stream->name_len == STREAM_NAME_BYTES) { /* maybe more than there is room for */
            stream->name_len = utf8_cut_between_words(bytes_of(stream->name, STREAM_NAME_BYTES),
                                                      STREAM_NAME_BYTES - 1);
        }
    }
    return ((flags & FLAG_COMMENT) == 0 || read_string(stream, NULL, NULL)) &&
           ((flags & FLAG_HEADER_CRC) == 0 || skip(stream, 2));
}

static int gzip_begin(struct stream *stream, struct error *err) {
    uint8_t fixed[10];
    for (size_t i = 0; i < sizeof fixed; i++) {
        int c = stream_byte(stream);
        if (c < 0 && i > 1) {
            return stream_truncated(stream, err);
        }
        fixed[i] = (uint8_t)(c < 0 ? 0 : c);
        if ((i == 0 && c != 0x1F) || (i == 1 && c != 0x8B)) {
            return stream_trailing(stream, err);
        }
    }
    if (fixed[2] != 8 || (fixed[3] & FLAGS_RESERVED) != 0) {
        return stream_damaged(stream, SAID("unknown method in its header"), err);
    }
    if (!read_optional(stream, fixed[3])) {
        return stream_truncated(stream, err);
    }
    struct inflate_state *state = stream->decoder;
    isal_inflate_reset(state);
    state->crc_flag = ISAL_GZIP_NO_HDR_VER; /* length and CRC are checked at the end */
    return 0;
}

static int gzip_start(struct stream *stream, struct error *err) {
    struct inflate_state *state = malloc(sizeof *state);
    if (state == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    isal_inflate_init(state);
    stream->decoder = state;
    return 0;
}

static int gzip_step(struct stream *stream, uint8_t *out, size_t capacity, size_t *produced,
                     struct error *err) {
    struct inflate_state *state = stream->decoder;
    const uint32_t room = capacity < INT32_MAX ? (uint32_t)capacity : INT32_MAX;
    state->next_in = (uint8_t *)(uintptr_t)stream->next; /* ISA-L reads it only */
    state->avail_in = (uint32_t)stream->left;
    state->next_out = out;
    state->avail_out = room;
    int code = isal_inflate(state);
    /* At the end of a member ISA-L gives back whole bytes of the eight it has loaded, even such
     * that it was handed in the call before. */
    stream_go_on_at(stream, state->next_in);
    *produced = room - state->avail_out;
    if (code == ISAL_INCORRECT_CHECKSUM) {
        return stream_damaged(stream, SAID("the checksum is wrong"), err);
    }
    if (code < 0) {
        return stream_damaged(stream, SAID("invalid block"), err);
    }
    return state->block_state == ISAL_BLOCK_FINISH ? STREAM_FRAME_ENDED : STREAM_GOES_ON;
}

/* RFC 1950: two bytes, then the same as in gzip, then another checksum. */
static int zlib_begin(struct stream *stream, struct error *err) {
    int method = stream_byte(stream), flags = stream_byte(stream);
    if (method < 0 || flags < 0) {
        return stream_truncated(stream, err);
    }
    if ((method & 15) != 8 || (method << 8 | flags) % 31 != 0 || (flags & 32) != 0) {
        return stream->frames > 0
                   ? stream_trailing(stream, err)
                   : stream_damaged(stream, SAID("unknown method in its header"), err);
    }
    struct inflate_state *state = stream->decoder;
    isal_inflate_reset(state);
    state->crc_flag = ISAL_ZLIB_NO_HDR_VER;
    return 0;
}

/* RFC 1951: nothing around the data. */
static int deflate_begin(struct stream *stream, struct error *err) {
    if (stream->frames > 0) {
        return stream_trailing(stream, err);
    }
    struct inflate_state *state = stream->decoder;
    isal_inflate_reset(state);
    state->crc_flag = ISAL_DEFLATE;
    return 0;
}

static void gzip_finish(struct stream *stream) {
    free(stream->decoder);
}

/* Blocks of BGZF (the SAM format specification, 4.1) tell their length in an extra field, which is
 * the first one wherever they are written; the content's stands at the end of each. */
static uint64_t gzip_frame(struct byte_source *source, uint64_t place, uint64_t *content) {
    enum { HEADER = 18, END = 8 };
    static const uint8_t extra[] = {'B', 'C', 2, 0};
    uint8_t head[HEADER], size[4];
    const int64_t got = source->ops->read_at(source, place, head, sizeof head, NULL);
    if (got != HEADER || gzip_bid(bytes_of(head, sizeof head)) == 0 || head[3] != FLAG_EXTRA ||
        memcmp(head + 12, extra, sizeof extra) != 0) {
        return 0;
    }
    const uint64_t len = (uint64_t)little_u16(head + 16) + 1;
    if (len < HEADER + END || source->ops->read_at(source, place + len - sizeof size, size,
                                                   sizeof size, NULL) != sizeof size) {
        return 0;
    }
    *content = little_u32(size);
    return len;
}

static const struct stream_codec gzip_codec = {
    .name = "gzip",
    .frame = gzip_frame,
    .start = gzip_start,
    .begin = gzip_begin,
    .step = gzip_step,
    .finish = gzip_finish,
};

static const struct stream_codec zlib_codec = {
    .name = "zlib",
    .start = gzip_start,
    .begin = zlib_begin,
    .step = gzip_step,
    .finish = gzip_finish,
};

static const struct stream_codec deflate_codec = {
    .name = "deflate",
    .start = gzip_start,
    .begin = deflate_begin,
    .step = gzip_step,
    .finish = gzip_finish,
};

static int deflate_open(struct byte_source *source, struct input_budget *budget, void **state,
                        struct error *err) {
    return compressed_open(&deflate_codec, source, budget, state, err);
}

const struct container_format container_deflate = {
    .name = "deflate",
    .summary = "members of zip archives",
    .type = CONTAINER_STREAM,
    .open = deflate_open,
    .next = stream_next,
    .close = stream_close,
};

static int zlib_open(struct byte_source *source, struct input_budget *budget, void **state,
                     struct error *err) {
    return compressed_open(&zlib_codec, source, budget, state, err);
}

const struct container_format container_zlib = {
    .name = "zlib",
    .summary = "zlib data inside of other formats",
    .type = CONTAINER_STREAM,
    .open = zlib_open,
    .next = stream_next,
    .close = stream_close,
};

static int gzip_open(struct byte_source *source, struct input_budget *budget, void **state,
                     struct error *err) {
    return compressed_open(&gzip_codec, source, budget, state, err);
}

static const char *const gzip_endings[] = {".gz", ".tgz=.tar", ".taz=.tar", ".svgz=.svg", NULL};

const struct container_format container_gzip = {
    .name = "gzip",
    .summary = "gzip compressed data, several members in a row",
    .type = CONTAINER_STREAM,
    .endings = gzip_endings,
    .bid = gzip_bid,
    .open = gzip_open,
    .next = stream_next,
    .close = stream_close,
};
