/* stream.h - what gzip, zstd, xz, bzip2 and lz4 have in common: an input buffer, frames that follow
 * one another, one member, an error that comes behind the bytes before it. Inside the room only; a
 * format adds a struct stream_codec. Output goes straight to the reader's buffer. */
#ifndef YINMA_INPUT_STREAM_STREAM_H
#define YINMA_INPUT_STREAM_STREAM_H

#include "input/limits.h"

struct stream;

enum stream_step { STREAM_GOES_ON = 1, STREAM_FRAME_ENDED = 2 };

struct stream_codec {
    const char *name; /* in messages */
    /* Make stream->decoder. 0 or negative. */
    int (*start)(struct stream *stream, struct error *err);
    /* A frame begins (the first one too; there is at least one byte). 0 or negative: for what
     * follows a frame and is none, stream_trailing(). */
    int (*begin)(struct stream *stream, struct error *err);
    /* Decode from stream->next (stream->left bytes, possibly none; more may come unless
     * stream->ended) to OUT, consume what was used, set *produced. An enum stream_step or a
     * negative code; *produced counts in either case. */
    int (*step)(struct stream *stream, uint8_t *out, size_t capacity, size_t *produced,
                struct error *err);
    void (*finish)(struct stream *stream); /* free stream->decoder (may be NULL) */
    /* Bytes of the frame of SOURCE (with read_at) that begins at PLACE, and of its *content,
     * without decoding it; 0 when it does not tell. May be NULL. */
    uint64_t (*frame)(struct byte_source *source, uint64_t place, uint64_t *content);
};

enum {
    STREAM_BUFFER_BYTES = 256 * 1024,
    STREAM_BEHIND_BYTES = 16, /* used input that stays readable before the buffer's new bytes */
    STREAM_NAME_BYTES = 256,
};

struct stream {
    struct byte_source content;
    struct byte_source *inner;
    struct input_budget *budget;
    const struct stream_codec *codec;
    void *decoder;

    const uint8_t *next; /* input not used yet */
    size_t left;
    bool ended;                 /* the input has no more */
    struct error inner_failure; /* why it ended early */

    bool in_frame;
    uint64_t frames;      /* begun */
    bool given;           /* the member was returned */
    uint64_t taken, made; /* bytes, counted in the budget */
    struct error failure;
    uint8_t name[STREAM_NAME_BYTES]; /* of the content, where the format stores it */
    size_t name_len;
    size_t filled; /* bytes of the last read, behind STREAM_BEHIND_BYTES in buffer */
    uint8_t buffer[STREAM_BEHIND_BYTES + STREAM_BUFFER_BYTES];
};

/* The content of SOURCE, read once from its begin; compressed_open() gives one that can be had
 * again. */
int stream_open(const struct stream_codec *codec, struct byte_source *source,
                struct input_budget *budget, void **state, struct error *err);
/* Members of struct container_format. */
int stream_next(void *state, struct container_member *out, struct error *err);
void stream_close(void *state);
/* Members of struct byte_source_ops: the stream's `content` is the source. Closing it does nothing,
 * since it belongs to the container. */
int64_t stream_read(struct byte_source *source, void *buffer, size_t capacity, struct error *err);
void stream_keep_open(struct byte_source *source);

/* From the first byte of what `inner` delivers now. 0 or negative. */
int stream_restart(struct stream *stream, struct error *err);
/* What it reads from here on counts into BUDGET, which has the same limits. */
void stream_belong(struct stream *stream, struct input_budget *budget);
/* It is not read on: what was read for it is taken out of its budget. */
void stream_take_back(struct stream *stream);

/* The next byte of input, or -1 when there is none. */
int stream_byte(struct stream *stream);
void stream_consume(struct stream *stream, size_t len);
/* Input goes on at NEXT, which may lie up to STREAM_BEHIND_BYTES before what was handed out last.
 */
void stream_go_on_at(struct stream *stream, const uint8_t *next);

/* Errors, each with its text. */
int stream_truncated(const struct stream *stream, struct error *err);
int stream_trailing(const struct stream *stream, struct error *err);
int stream_damaged(const struct stream *stream, const char *why, struct error *err);

#endif
