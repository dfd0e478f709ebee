#include "input/stream/frames.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "input/stream/frame_reader.h"

enum {
    READERS = 2,
    HEAD_BYTES = 2 * 1024 * 1024,   /* of the content that are kept for all */
    PASSED_MOST = 64 * 1024 * 1024, /* decompressed only to get somewhere */
};

/* Shared by all that read the same content. */
struct frame_table {
    _Atomic unsigned users;
    struct frame_list frames;
    uint8_t *head; /* of the content */
    size_t head_len;
    struct frame_readers readers;
};

struct framed {
    struct byte_source base;
    const struct stream_codec *codec;
    struct byte_source *packed; /* owned */
    struct input_budget *budget;
    struct frame_table *table;
    struct frame_reader *all, *some[READERS]; /* for read() and for read_at(); NULL: not yet */
    struct frame_reader *last;                /* the one that was used */
    uint64_t passed;
};

static void release_table(struct frame_table *table) {
    if (table != NULL && atomic_fetch_sub(&table->users, 1) == 1) {
        frame_readers_release(&table->readers);
        frame_list_release(&table->frames);
        free(table->head);
        free(table);
    }
}

/* One that stands nowhere. NULL when memory is out. */
static struct frame_reader *take_reader(const struct framed *self) {
    return frame_readers_take(&self->table->readers, self->budget);
}

static int out_of_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory for reading frames");
}

static int open_reader(const struct framed *self, struct frame_reader *reader, struct frame from,
                       struct error *err) {
    return frame_reader_open(reader, self->codec, self->packed, self->budget, from, err);
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
        code = open_reader(self, self->all, self->table->frames.items[0], err);
        self->all->in_use = code == 0;
    }
    if (code != 0) {
        return code;
    }
    return byte_source_read(self->all->content, buffer, capacity, err);
}

static int not_as_told(struct error *err) {
    return error_set(err, YINMA_E_DAMAGED, "the content is not as long as its frames say");
}

/* Up to OFFSET, from where it is now or from the begin of a frame. */
static int go_to(struct framed *self, struct frame_reader *reader, uint64_t offset,
                 struct error *err) {
    const struct frame *frame = frame_list_before(&self->table->frames, offset);
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

/* Does READER stand before OFFSET, in the same frame, or keep the byte there? */
static bool is_near(const struct framed *self, const struct frame_reader *reader, uint64_t offset) {
    return frame_reader_kept_from(reader) <= offset &&
           (offset <= reader->at ||
            reader->at >= frame_list_before(&self->table->frames, offset)->content);
}

/* Who keeps the byte at OFFSET, or is nearest before it; or else the one that is not to go on where
 * it is. NULL when memory is out. */
static struct frame_reader *choose_reader(struct framed *self, uint64_t offset) {
    struct frame_reader *near = NULL, *chosen = NULL;
    for (unsigned i = 0; i < READERS; i++) {
        struct frame_reader *reader = self->some[i];
        if (reader == NULL || !reader->in_use) {
            continue;
        }
        if (frame_reader_kept_from(reader) <= offset && offset < reader->at) {
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
static int check_end(const struct framed *self, struct frame_reader *reader, struct error *err) {
    uint8_t more;
    if (reader->at != self->table->frames.content) {
        return 0;
    }
    int64_t got = byte_source_read(reader->content, &more, 1, err);
    return got > 0 ? not_as_told(err) : (int)got;
}

/* WANTED bytes, which are there, through a reader. */
static int read_some(struct framed *self, uint64_t offset, uint8_t *buffer, size_t wanted,
                     struct error *err) {
    struct frame_reader *reader = choose_reader(self, offset);
    size_t have = 0;
    if (reader == NULL) {
        return out_of_memory(err);
    }
    self->last = reader;
    if (reader->in_use && offset < reader->at) {
        const struct bytes kept = bytes_of(reader->memory, reader->kept);
        const struct bytes part = bytes_first(
            bytes_from(kept, (size_t)(offset - frame_reader_kept_from(reader))), wanted);
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
        frame_reader_keep(reader, buffer + have, (size_t)got);
        have += (size_t)got;
        code = check_end(self, reader, err);
    }
    return code;
}

static int64_t framed_read_at(struct byte_source *source, uint64_t offset, void *buffer,
                              size_t capacity, struct error *err) {
    struct framed *self = (struct framed *)source;
    const struct frame_table *table = self->table;
    const uint64_t left = offset < table->frames.content ? table->frames.content - offset : 0;
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
    frame_readers_give(&self->table->readers, self->all);
    for (unsigned i = 0; i < READERS; i++) {
        frame_readers_give(&self->table->readers, self->some[i]);
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
    self->base = (struct byte_source){.ops = &framed_ops, .size = table->frames.content};
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
    frame_readers_init(&table->readers);
    const uint64_t counted = budget->compressed_bytes; /* it will be read again */
    const uint64_t delivered = budget->delivered_bytes;
    struct byte_source *made = NULL;
    if (frame_list_read(&table->frames, codec, packed, budget)) {
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
    return source->ops == &framed_ops ? self->table->frames.packed : 0;
}

uint64_t input_frame_before(const struct byte_source *source, uint64_t place) {
    const struct framed *self = (const struct framed *)source;
    return frame_list_before(&self->table->frames, place)->content;
}

uint64_t input_frame_behind(const struct byte_source *source, uint64_t place) {
    const struct framed *self = (const struct framed *)source;
    return frame_list_behind(&self->table->frames, place);
}
