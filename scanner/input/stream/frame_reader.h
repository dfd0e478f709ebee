/* frame_reader.h - one that decompresses from the begin of a frame on and keeps what it read last.
 * Inside the room only. */
#ifndef YINMA_INPUT_STREAM_FRAME_READER_H
#define YINMA_INPUT_STREAM_FRAME_READER_H

#include <pthread.h>

#include "input/stream/frame_list.h"

/* The data from a frame on. */
struct frame_window {
    struct byte_source base;
    struct byte_source *packed;
    uint64_t at;
};

struct frame_reader {
    struct frame_reader *next; /* of those that are idle */
    struct frame_window window;
    void *stream; /* NULL: never opened */
    bool in_use;  /* it stands somewhere */
    struct byte_source *content;
    uint64_t at; /* in the content */
    uint64_t opened_for;
    size_t kept;     /* bytes in memory, those before `at` */
    uint8_t *memory; /* NULL, or what they stand in */
};

/* Those that have finished: their memory is used again. Shared by threads. */
struct frame_readers {
    pthread_mutex_t lock; /* of what follows */
    struct frame_reader *idle;
};

void frame_readers_init(struct frame_readers *readers);
void frame_readers_release(struct frame_readers *readers);
/* One that stands nowhere and counts into BUDGET; to be given back. NULL when memory is out. */
struct frame_reader *frame_readers_take(struct frame_readers *readers, struct input_budget *budget);
/* READER: or NULL. */
void frame_readers_give(struct frame_readers *readers, struct frame_reader *reader);

/* It stands at FROM, a frame of PACKED (with read_at, not owned). 0 or negative. */
int frame_reader_open(struct frame_reader *reader, const struct stream_codec *codec,
                      struct byte_source *packed, struct input_budget *budget, struct frame from,
                      struct error *err);
/* The place in the content where what it keeps begins. */
static inline uint64_t frame_reader_kept_from(const struct frame_reader *reader) {
    return reader->at - reader->kept;
}
/* LEN bytes, up to where it is now, were read to BUFFER. */
void frame_reader_keep(struct frame_reader *reader, const uint8_t *buffer, size_t len);

#endif
