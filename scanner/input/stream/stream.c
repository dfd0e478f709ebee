#include "input/stream/stream.h"

#include <stdlib.h>

/* Input, unless there is some. Its error is kept until all that came before it is decoded. */
static void fill(struct stream *stream) {
    if (stream->left != 0 || stream->ended) {
        return;
    }
    memmove(stream->buffer, stream->buffer + stream->filled, STREAM_BEHIND_BYTES);
    stream->filled = 0;
    stream->next = stream->buffer + STREAM_BEHIND_BYTES;
    int64_t got = byte_source_read(stream->inner, stream->buffer + STREAM_BEHIND_BYTES,
                                   STREAM_BUFFER_BYTES, &stream->inner_failure);
    if (got > 0) {
        stream->left = stream->filled = (size_t)got;
        stream->taken += (uint64_t)got;
        return;
    }
    stream->ended = true;
    stream->inner_failure.code = (int)got;
}

int stream_byte(struct stream *stream) {
    fill(stream);
    if (stream->left == 0) {
        return -1;
    }
    stream->left--;
    return *stream->next++;
}

void stream_consume(struct stream *stream, size_t len) {
    stream->next += len;
    stream->left -= len;
}

void stream_go_on_at(struct stream *stream, const uint8_t *next) {
    const uint8_t *end = stream->next + stream->left;
    stream->next = next;
    stream->left = (size_t)(end - next);
}

int stream_truncated(const struct stream *stream, struct error *err) {
    if (stream->inner_failure.code != 0) { /* then it knows better */
        if (err != NULL) {
            *err = stream->inner_failure;
        }
        return stream->inner_failure.code;
    }
    return error_set(err, YINMA_E_TRUNCATED, "the %s data ends too early", stream->codec->name);
}

int stream_trailing(const struct stream *stream, struct error *err) {
    return error_set(err, YINMA_E_DAMAGED,
                     "what follows the end of the %s data is no %s data and was not read",
                     stream->codec->name, stream->codec->name);
}

int stream_damaged(const struct stream *stream, const char *why, struct error *err) {
    return error_set(err, YINMA_E_DAMAGED, "the %s data is damaged: %s", stream->codec->name, why);
}

/* Between two frames: 1 a frame begins, 0 that was all, or negative. Tapes and some disks pad the
 * end with zeros. */
static int begin_frame(struct stream *stream, struct error *err) {
    fill(stream);
    while (stream->frames > 0 && stream->left > 0 && *stream->next == 0) {
        stream_consume(stream, 1);
        fill(stream);
    }
    if (stream->left == 0) {
        if (stream->frames == 0 || stream->inner_failure.code != 0) {
            return stream_truncated(stream, err);
        }
        return 0;
    }
    int code = stream->codec->begin(stream, err);
    if (code < 0) {
        return code;
    }
    stream->in_frame = true;
    stream->frames++;
    return 1;
}

/* One step within a frame: 1 or negative. */
static int step_frame(struct stream *stream, uint8_t *out, size_t capacity, size_t *produced,
                      struct error *err) {
    fill(stream);
    const size_t before = stream->left;
    int code = stream->codec->step(stream, out, capacity, produced, err);
    if (code == STREAM_FRAME_ENDED) {
        stream->in_frame = false;
        return 1;
    }
    if (code == YINMA_E_TRUNCATED) {
        return stream_truncated(stream, err);
    }
    if (code < 0) {
        return code;
    }
    if (*produced == 0 && stream->left >= before) {
        return stream->left == 0 && stream->ended
                   ? stream_truncated(stream, err)
                   : stream_damaged(stream, SAID("the decoder does not move on"), err);
    }
    return 1;
}

int64_t stream_read(struct byte_source *source, void *buffer, size_t capacity, struct error *err) {
    struct stream *stream = (struct stream *)source;
    size_t produced = 0;
    int code = 1;
    if (stream->failure.code == 0 && capacity > 0) {
        while (code > 0 && produced == 0) {
            code = stream->in_frame
                       ? step_frame(stream, buffer, capacity, &produced, &stream->failure)
                       : begin_frame(stream, &stream->failure);
        }
        stream->failure.code = code < 0 ? code : 0;
    }
    if (produced > 0) { /* an error comes behind the bytes */
        if (stream->failure.code == 0) {
            stream->made += produced;
            budget_deliver(stream->budget, produced, &stream->failure);
        }
        return (int64_t)produced;
    }
    if (stream->failure.code != 0 && err != NULL) {
        *err = stream->failure;
    }
    return stream->failure.code;
}

void stream_keep_open(struct byte_source *source) {
    (void)source;
}

void stream_belong(struct stream *stream, struct input_budget *budget) {
    stream->budget = budget;
    stream->taken = stream->made = 0;
}

void stream_take_back(struct stream *stream) {
    stream->budget->compressed_bytes -= stream->taken;
    stream->budget->delivered_bytes -= stream->made;
    stream->taken = stream->made = 0;
}

static const struct byte_source_ops content_ops = {.read = stream_read, .close = stream_keep_open};

int stream_open(const struct stream_codec *codec, struct byte_source *source,
                struct input_budget *budget, void **state, struct error *err) {
    *state = NULL;
    struct stream *stream = malloc(sizeof *stream);
    if (stream == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    memset(stream, 0, offsetof(struct stream, buffer) + STREAM_BEHIND_BYTES);
    stream->content = (struct byte_source){.ops = &content_ops, .size = UINT64_MAX};
    stream->inner = source;
    stream->budget = budget;
    stream->codec = codec;
    int code = codec->start(stream, err);
    if (code == 0) {
        code = begin_frame(stream, err);
    }
    if (code < 0) {
        stream_close(stream);
        return code;
    }
    *state = stream;
    return 0;
}

int stream_restart(struct stream *stream, struct error *err) {
    stream->left = stream->filled = 0;
    stream->ended = stream->in_frame = stream->given = false;
    stream->inner_failure = stream->failure = (struct error){0};
    stream->frames = 0;
    stream->name_len = 0;
    return begin_frame(stream, err) < 0 ? YINMA_E_DAMAGED : 0;
}

int stream_next(void *state, struct container_member *out, struct error *err) {
    (void)err;
    struct stream *stream = state;
    if (stream->given) {
        return 0;
    }
    stream->given = true;
    *out = (struct container_member){
        .name = {stream->name, stream->name_len},
        .source = &stream->content,
    };
    return 1;
}

void stream_close(void *state) {
    struct stream *stream = state;
    if (stream != NULL) {
        stream->codec->finish(stream);
        free(stream);
    }
}
