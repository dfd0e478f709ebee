#include "input/stream/frame_reader.h"

#include <stdlib.h>

enum {
    NEAR_BYTES = 4 * 1024 * 1024,
    TAIL_BYTES = 1024,
};

static void free_reader(struct frame_reader *reader) {
    if (reader->stream != NULL) {
        stream_close(reader->stream);
    }
    free(reader->memory);
    free(reader);
}

void frame_readers_init(struct frame_readers *readers) {
    pthread_mutex_init(&readers->lock, NULL);
    readers->idle = NULL;
}

void frame_readers_release(struct frame_readers *readers) {
    while (readers->idle != NULL) {
        struct frame_reader *reader = readers->idle;
        readers->idle = reader->next;
        free_reader(reader);
    }
    pthread_mutex_destroy(&readers->lock);
}

struct frame_reader *frame_readers_take(struct frame_readers *readers,
                                        struct input_budget *budget) {
    pthread_mutex_lock(&readers->lock);
    struct frame_reader *reader = readers->idle;
    if (reader != NULL) {
        readers->idle = reader->next;
    }
    pthread_mutex_unlock(&readers->lock);
    if (reader == NULL) {
        return calloc(1, sizeof *reader);
    }
    reader->in_use = false;
    reader->kept = 0;
    if (reader->stream != NULL) {
        stream_belong(reader->stream, budget);
    }
    return reader;
}

void frame_readers_give(struct frame_readers *readers, struct frame_reader *reader) {
    if (reader != NULL) {
        pthread_mutex_lock(&readers->lock);
        reader->next = readers->idle;
        readers->idle = reader;
        pthread_mutex_unlock(&readers->lock);
    }
}

static int64_t window_read(struct byte_source *source, void *buffer, size_t capacity,
                           struct error *err) {
    struct frame_window *window = (struct frame_window *)source;
    int64_t got = window->packed->ops->read_at(window->packed, window->at, buffer, capacity, err);
    window->at += got > 0 ? (uint64_t)got : 0;
    return got;
}

static void belongs_to_the_reader(struct byte_source *source) {
    (void)source;
}

static const struct byte_source_ops window_ops = {.read = window_read,
                                                  .close = belongs_to_the_reader};

int frame_reader_open(struct frame_reader *reader, const struct stream_codec *codec,
                      struct byte_source *packed, struct input_budget *budget, struct frame from,
                      struct error *err) {
    reader->kept = 0;
    reader->at = from.content;
    reader->window = (struct frame_window){
        .base = {.ops = &window_ops, .size = UINT64_MAX}, .packed = packed, .at = from.packed};
    if (reader->stream != NULL) {
        return stream_restart(reader->stream, err);
    }
    struct container_member member;
    int code = stream_open(codec, &reader->window.base, budget, &reader->stream, err);
    if (code == 0) {
        (void)stream_next(reader->stream, &member, err);
        reader->content = member.source;
    }
    return code;
}

/* Near the place where the reader was opened all is kept: whoever searches there for where a piece
 * begins reads the piece from there next, and whoever searches for where it ends reads on up to
 * there. Elsewhere the last ones are: chunks that are searched overlap. */
void frame_reader_keep(struct frame_reader *reader, const uint8_t *buffer, size_t len) {
    if (reader->opened_for + NEAR_BYTES < reader->at) {
        reader->kept = 0;
        buffer += len < TAIL_BYTES ? 0 : len - TAIL_BYTES;
        len = len < TAIL_BYTES ? len : TAIL_BYTES;
    }
    if (reader->memory == NULL) {
        reader->memory = malloc(NEAR_BYTES);
    }
    if (reader->memory == NULL || reader->kept + len > NEAR_BYTES) {
        reader->kept = 0;
        return;
    }
    memcpy(reader->memory + reader->kept, buffer, len);
    reader->kept += len;
}
