#include "input/stream/compressed.h"

#include "input/stream/frames.h"

static struct byte_source *content_again(struct byte_source *source, struct input_budget *budget) {
    struct stream *stream = (struct stream *)source;
    struct byte_source *again = frames_open(stream->codec, stream->inner, budget);
    if (again != NULL) {
        stream_take_back(stream);
    }
    return again;
}

static const struct byte_source_ops content_ops = {
    .read = stream_read, .again = content_again, .close = stream_keep_open};

int compressed_open(const struct stream_codec *codec, struct byte_source *source,
                    struct input_budget *budget, void **state, struct error *err) {
    int code = stream_open(codec, source, budget, state, err);
    if (code == 0) {
        struct stream *stream = *state;
        stream->content.ops = &content_ops;
    }
    return code;
}
