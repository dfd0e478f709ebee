#include "input/frames.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum {
    APART_BYTES = 256 * 1024, /* of content: frames that are nearer count as one */
    READERS = 2,
    HEAD_BYTES = 2 * 1024 * 1024, /* of the content that are kept for all */
    NEAR_BYTES = 4 * 1024 * 1024,
    TAIL_BYTES = 1024,
    PASSED_MOST = 64 * 1024 * 1024, /* decompressed only to get somewhere */
};

/* Where a frame begins. */
struct frame {
    uint64_t packed, content;
};

/* Shared by all that read the same content. */
struct frame_table {
    _Atomic unsigned users;
    uint64_t packed, content; /* sizes */
    size_t count, capacity;
    struct frame *frames;
    uint8_t *head; /* of the content */
    size_t head_len;
    pthread_mutex_t lock; /* of what follows */
    struct reader *idle;  /* of those that have finished: their memory is used again */
};

/* The data from a frame on. */
struct window {
    struct byte_source base;
    struct byte_source *packed;
    uint64_t at;
};

struct reader {
    struct reader *next; /* of those that are idle */
    struct window window;
    void *stream; /* NULL: never opened */
    bool in_use;  /* it stands somewhere */
    struct byte_source *content;
    uint64_t at; /* in the content */
    uint64_t opened_for;
    size_t kept;     /* bytes in memory, those before `at` */
    uint8_t *memory; /* NULL, or NEAR_BYTES */
};

struct framed {
    struct byte_source base;
    const struct stream_codec *codec;
    struct byte_source *packed; /* owned */
    struct input_budget *budget;
    struct frame_table *table;
    struct reader *all, *some[READERS]; /* for read() and for read_at(); NULL: not yet */
    struct reader *last;                /* the one that was used */
    uint64_t passed;
};

static void free_reader(struct reader *reader) {
    if (reader->stream != NULL) {
        stream_close(reader->stream);
    }
    free(reader->memory);
    free(reader);
}

static void release_table(struct frame_table *table) {
    if (table != NULL && atomic_fetch_sub(&table->users, 1) == 1) {
        while (table->idle != NULL) {
            struct reader *reader = table->idle;
            table->idle = reader->next;
            free_reader(reader);
        }
        pthread_mutex_destroy(&table->lock);
        free(table->frames);
        free(table->head);
        free(table);
    }
}

/* ---- the table ---- */

static bool add_frame(struct frame_table *table) {
    const struct frame *last = table->count == 0 ? NULL : &table->frames[table->count - 1];
    if (last != NULL && table->content - last->content < APART_BYTES) {
        return true;
    }
    if (table->frames == NULL || table->count == table->capacity) {
        const size_t capacity = 2 * table->capacity + 64;
        struct frame *grown = reallocarray(table->frames, capacity, sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        table->frames = grown;
        table->capacity = capacity;
    }
    table->frames[table->count++] = (struct frame){table->packed, table->content};
    return true;
}

/* All frames of PACKED. Reading one after the other would stop at --max-ratio at some place in a
 * frame; where each frame as a whole stays away from it, the place of readers does not matter. */
static bool list_frames(const struct stream_codec *codec, struct byte_source *packed,
                        const struct input_budget *budget, struct frame_table *table) {
    const uint64_t ratio = budget->limits->max_ratio;
    while (table->packed < packed->size) {
        uint64_t content = 0;
        const uint64_t len = codec->frame(packed, table->packed, &content);
        if (len == 0 || len > packed->size - table->packed || content > INT64_MAX ||
            !add_frame(table)) {
            return false;
        }
        table->content += content;
        if (ratio != 0 && table->content > budget->ratio_from &&
            table->content / ratio >= table->packed) {
            return false;
        }
        table->packed += len;
    }
    return table->count > 1;
}

/* ---- reading ---- */

static int64_t window_read(struct byte_source *source, void *buffer, size_t capacity,
                           struct error *err) {
    struct window *window = (struct window *)source;
    int64_t got = window->packed->ops->read_at(window->packed, window->at, buffer, capacity, err);
    window->at += got > 0 ? (uint64_t)got : 0;
    return got;
}

static void belongs_to_the_reader(struct byte_source *source) {
    (void)source;
}

static const struct byte_source_ops window_ops = {.read = window_read,
                                                  .close = belongs_to_the_reader};

/* One that stands nowhere. NULL when memory is out. */
static struct reader *take_reader(const struct framed *self) {
    struct frame_table *table = self->table;
    pthread_mutex_lock(&table->lock);
    struct reader *reader = table->idle;
    if (reader != NULL) {
        table->idle = reader->next;
    }
    pthread_mutex_unlock(&table->lock);
    if (reader == NULL) {
        return calloc(1, sizeof *reader);
    }
    reader->in_use = false;
    reader->kept = 0;
    if (reader->stream != NULL) {
        stream_belong(reader->stream, self->budget);
    }
    return reader;
}

/* For the next one to come. */
static void give_reader(struct framed *self, struct reader *reader) {
    struct frame_table *table = self->table;
    if (reader != NULL) {
        pthread_mutex_lock(&table->lock);
        reader->next = table->idle;
        table->idle = reader;
        pthread_mutex_unlock(&table->lock);
    }
}

static int out_of_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory for reading frames");
}

static int open_reader(struct framed *self, struct reader *reader, struct frame from,
                       struct error *err) {
    reader->kept = 0;
    reader->at = from.content;
    reader->window = (struct window){.base = {.ops = &window_ops, .size = UINT64_MAX},
                                     .packed = self->packed,
                                     .at = from.packed};
    if (reader->stream != NULL) {
        return stream_restart(reader->stream, err);
    }
    struct container_member member;
    int code = stream_open(self->codec, &reader->window.base, self->budget, &reader->stream, err);
    if (code == 0) {
        (void)stream_next(reader->stream, &member, err);
        reader->content = member.source;
    }
    return code;
}

static int64_t framed_read(struct byte_source *source, void *buffer, size_t capacity,
                           struct error *err) {
    struct framed *self = (struct framed *)source;
    int code = 0;
    if (self->all == NULL) {
        self->all = take_reader(self);
    }
    if (self->all == NULL) {
        return out_of_memory(err);
    }
    if (!self->all->in_use) {
        code = open_reader(self, self->all, self->table->frames[0], err);
        self->all->in_use = code == 0;
    }
    if (code != 0) {
        return code;
    }
    return byte_source_read(self->all->content, buffer, capacity, err);
}

/* The last one at or before PLACE. */
static const struct frame *frame_before(const struct frame_table *table, uint64_t place) {
    size_t low = 0, high = table->count;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        *(table->frames[middle].content <= place ? &low : &high) = middle;
    }
    return &table->frames[low];
}

static int not_as_told(struct error *err) {
    return error_set(err, YINMA_E_DAMAGED, "the content is not as long as its frames say");
}

/* Up to OFFSET, from where it is now or from the begin of a frame. */
static int go_to(struct framed *self, struct reader *reader, uint64_t offset, struct error *err) {
    const struct frame *frame = frame_before(self->table, offset);
    int code = 0;
    if (!reader->in_use || reader->at > offset || reader->at < frame->content) {
        code = open_reader(self, reader, *frame, err);
        reader->in_use = code == 0;
    }
    if (reader->at < offset) {
        reader->kept = 0; /* they would not be the last ones */
    }
    while (code == 0 && reader->at < offset) {
        uint8_t passed[16 * 1024];
        const uint64_t left = offset - reader->at;
        int64_t got = byte_source_read(reader->content, passed,
                                       left < sizeof passed ? (size_t)left : sizeof passed, err);
        reader->at += got > 0 ? (uint64_t)got : 0;
        self->passed += got > 0 ? (uint64_t)got : 0;
        if (got <= 0) {
            code = got < 0 ? (int)got : not_as_told(err);
        } else if (self->passed > PASSED_MOST) {
            code = error_set(err, YINMA_E_UNSUPPORTED, "too much to pass by in large frames");
        }
    }
    return code;
}

/* The place in the content where what READER keeps begins. */
static uint64_t kept_from(const struct reader *reader) {
    return reader->at - reader->kept;
}

/* LEN bytes were read to BUFFER. Near the place where the reader was opened all is kept: whoever
 * searches there for where a piece begins reads the piece from there next, and whoever searches for
 * where it ends reads on up to there. Elsewhere the last ones are: chunks that are searched
 * overlap. */
static void keep(struct reader *reader, const uint8_t *buffer, size_t len) {
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

/* Does READER stand before OFFSET, in the same frame, or keep the byte there? */
static bool is_near(const struct framed *self, const struct reader *reader, uint64_t offset) {
    return kept_from(reader) <= offset &&
           (offset <= reader->at || reader->at >= frame_before(self->table, offset)->content);
}

/* Who keeps the byte at OFFSET, or is nearest before it; or else the one that is not to go on where
 * it is. NULL when memory is out. */
static struct reader *choose_reader(struct framed *self, uint64_t offset) {
    struct reader *near = NULL, *chosen = NULL;
    for (unsigned i = 0; i < READERS; i++) {
        struct reader *reader = self->some[i];
        if (reader == NULL || !reader->in_use) {
            continue;
        }
        if (kept_from(reader) <= offset && offset < reader->at) {
            return reader;
        }
        near = near == NULL && is_near(self, reader, offset) ? reader : near;
    }
    if (near != NULL) {
        return near;
    }
    for (unsigned i = 0; chosen == NULL && i < READERS; i++) {
        if (self->some[i] == NULL) {
            self->some[i] = take_reader(self);
            chosen = self->some[i];
            break;
        }
        chosen = self->some[i]->in_use ? NULL : self->some[i];
    }
    chosen = chosen == NULL ? self->last : chosen;
    if (chosen != NULL) {
        chosen->in_use = false;
        chosen->kept = 0;
        chosen->opened_for = offset;
    }
    return chosen;
}

/* At the end its checksum is looked at, too. */
static int check_end(const struct framed *self, struct reader *reader, struct error *err) {
    uint8_t more;
    if (reader->at != self->table->content) {
        return 0;
    }
    int64_t got = byte_source_read(reader->content, &more, 1, err);
    return got > 0 ? not_as_told(err) : (int)got;
}

/* WANTED bytes, which are there, through a reader. */
static int read_some(struct framed *self, uint64_t offset, uint8_t *buffer, size_t wanted,
                     struct error *err) {
    struct reader *reader = choose_reader(self, offset);
    size_t have = 0;
    if (reader == NULL) {
        return out_of_memory(err);
    }
    self->last = reader;
    if (reader->in_use && offset < reader->at) {
        const struct bytes kept = bytes_of(reader->memory, reader->kept);
        const struct bytes part =
            bytes_first(bytes_from(kept, (size_t)(offset - kept_from(reader))), wanted);
        memcpy(buffer, part.ptr, part.len);
        have = part.len;
    }
    int code = have < wanted ? go_to(self, reader, offset + have, err) : 0;
    while (code == 0 && have < wanted) {
        int64_t got = byte_source_read(reader->content, buffer + have, wanted - have, err);
        if (got <= 0) {
            return got < 0 ? (int)got : not_as_told(err);
        }
        reader->at += (uint64_t)got;
        keep(reader, buffer + have, (size_t)got);
        have += (size_t)got;
        code = check_end(self, reader, err);
    }
    return code;
}

static int64_t framed_read_at(struct byte_source *source, uint64_t offset, void *buffer,
                              size_t capacity, struct error *err) {
    struct framed *self = (struct framed *)source;
    const struct frame_table *table = self->table;
    const uint64_t left = offset < table->content ? table->content - offset : 0;
    const size_t wanted = left < capacity ? (size_t)left : capacity;
    size_t have = 0;
    if (offset < table->head_len) {
        have =
            table->head_len - (size_t)offset < wanted ? table->head_len - (size_t)offset : wanted;
        memcpy(buffer, table->head + offset, have);
    }
    int code = 0;
    if (have < wanted) {
        code = read_some(self, offset + have, (uint8_t *)buffer + have, wanted - have, err);
    }
    return code < 0 ? code : (int64_t)wanted;
}

static void framed_close(struct byte_source *source) {
    struct framed *self = (struct framed *)source;
    give_reader(self, self->all);
    for (unsigned i = 0; i < READERS; i++) {
        give_reader(self, self->some[i]);
    }
    byte_source_close(self->packed);
    release_table(self->table);
    free(self);
}

static struct byte_source *framed_again(struct byte_source *source, struct input_budget *budget);

static const struct byte_source_ops framed_ops = {
    .read = framed_read, .read_at = framed_read_at, .again = framed_again, .close = framed_close};

/* PACKED and a use of TABLE are owned, whatever happens. */
static struct byte_source *make(const struct stream_codec *codec, struct byte_source *packed,
                                struct frame_table *table, struct input_budget *budget) {
    struct framed *self = packed == NULL ? NULL : calloc(1, sizeof *self);
    if (self == NULL) {
        byte_source_close(packed);
        release_table(table);
        return NULL;
    }
    self->base = (struct byte_source){.ops = &framed_ops, .size = table->content};
    self->codec = codec;
    self->packed = packed;
    self->budget = budget;
    self->table = table;
    return &self->base;
}

static struct byte_source *framed_again(struct byte_source *source, struct input_budget *budget) {
    struct framed *self = (struct framed *)source;
    atomic_fetch_add(&self->table->users, 1);
    struct byte_source *again =
        make(self->codec, byte_source_again(self->packed, budget), self->table, budget);
    if (again != NULL && self->all != NULL && self->all->stream != NULL) {
        stream_take_back(self->all->stream);
    }
    return again;
}

/* What everybody looks at is decompressed once. */
static void keep_head(struct byte_source *source, struct frame_table *table) {
    table->head = malloc(HEAD_BYTES);
    int64_t got =
        table->head == NULL ? 0 : framed_read_at(source, 0, table->head, HEAD_BYTES, NULL);
    table->head_len = got > 0 ? (size_t)got : 0;
}

struct byte_source *frames_open(const struct stream_codec *codec, struct byte_source *source,
                                struct input_budget *budget) {
    struct frame_table *table = NULL;
    struct byte_source *packed = NULL;
    if (codec->frame != NULL && source->ops->read_at != NULL) {
        packed = byte_source_again(source, budget);
    }
    if (packed != NULL && packed->size != UINT64_MAX) {
        table = calloc(1, sizeof *table);
    }
    if (table == NULL) {
        byte_source_close(packed);
        return NULL;
    }
    atomic_store(&table->users, 1);
    pthread_mutex_init(&table->lock, NULL);
    const uint64_t counted = budget->compressed_bytes; /* it will be read again */
    const uint64_t delivered = budget->delivered_bytes;
    struct byte_source *made = NULL;
    if (list_frames(codec, packed, budget, table)) {
        made = make(codec, packed, table, budget);
    } else {
        byte_source_close(packed);
        release_table(table);
    }
    if (made != NULL) {
        keep_head(made, table);
    }
    budget->compressed_bytes = counted;
    budget->delivered_bytes = delivered;
    return made;
}

uint64_t input_frames_packed(const struct byte_source *source) {
    const struct framed *self = (const struct framed *)source;
    return source->ops == &framed_ops ? self->table->packed : 0;
}

uint64_t input_frame_before(const struct byte_source *source, uint64_t place) {
    const struct framed *self = (const struct framed *)source;
    return frame_before(self->table, place)->content;
}

uint64_t input_frame_behind(const struct byte_source *source, uint64_t place) {
    const struct framed *self = (const struct framed *)source;
    const struct frame_table *table = self->table;
    const size_t next = (size_t)(frame_before(table, place) - table->frames) + 1;
    return next < table->count ? table->frames[next].content : table->content;
}
