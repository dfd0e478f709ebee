#include "input/archive/listing.h"

#include <stdlib.h>

#include "input/replay.h"

/* A reader beside the one whose archive it is. */
struct second_reader {
    struct listing *listing;
    struct input_budget budget; /* of the run, without counting the same entries again */
    struct byte_source *source;
    void *state;
    uint64_t read; /* bytes read from the outermost source before */
};

void listing_init(struct listing *listing, const struct container_format *format,
                  struct byte_source *source, struct input_budget *budget) {
    *listing = (struct listing){.format = format, .source = source, .budget = budget};
    text_buffer_init(&listing->names, 0);
}

void listing_release(struct listing *listing) {
    text_buffer_release(&listing->names);
    free(listing->members);
}

struct bytes listing_name(const struct listing *listing, size_t index) {
    const struct listed_member *member = &listing->members[index];
    return bytes_of(listing->names.data + member->name, member->name_len);
}

static void lend_budget(struct second_reader *reader) {
    const uint64_t entries = reader->budget.entries;
    reader->budget = *reader->listing->budget;
    reader->budget.entries = entries;
}

static int reader_open(struct second_reader *reader, struct listing *listing, struct error *err) {
    *reader = (struct second_reader){.listing = listing, .read = listing->budget->compressed_bytes};
    lend_budget(reader);
    reader->source = replay_from_start(listing->source);
    if (reader->source == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a second look at an archive");
    }
    return listing->format->open(reader->source, &reader->budget, &reader->state, err);
}

static void reader_close(struct second_reader *reader) {
    if (reader->state != NULL) {
        reader->listing->format->close(reader->state);
    }
    byte_source_close(reader->source);
    reader->listing->budget->compressed_bytes = reader->read;
}

/* ---- what there is ---- */

static bool add_member(struct listing *listing, const struct container_member *found) {
    if (listing->count == listing->capacity) {
        const size_t capacity = listing->capacity == 0 ? 64 : listing->capacity * 2;
        struct listed_member *bigger = realloc(listing->members, capacity * sizeof *bigger);
        if (bigger == NULL) {
            return false;
        }
        listing->members = bigger;
        listing->capacity = capacity;
    }
    listing->members[listing->count++] =
        (struct listed_member){.name = listing->names.len,
                               .name_len = found->name.len,
                               .size = found->source != NULL ? found->source->size : UINT64_MAX,
                               .readable = found->source != NULL};
    text_buffer_put(&listing->names, found->name);
    text_buffer_putc(&listing->names, '\n');
    return !listing->names.failed;
}

int listing_read(struct listing *listing, size_t most, struct error *err) {
    struct second_reader reader;
    struct container_member found = {0};
    struct error damage = {0};
    int status = reader_open(&reader, listing, &damage);
    if (status == 0) {
        while (listing->count < most && listing->format->next(reader.state, &found, &damage) == 1) {
            if (!add_member(listing, &found)) {
                status = error_set(err, YINMA_E_MEMORY, "out of memory for a list of members");
                break;
            }
        }
    }
    reader_close(&reader);
    return status == YINMA_E_MEMORY ? status : 0; /* its own reader says what is wrong */
}

/* ---- one of them ---- */

struct member_source {
    struct byte_source base;
    struct second_reader reader;
    struct byte_source *content; /* of the reader */
};

static int64_t read_member(struct byte_source *source, void *buffer, size_t capacity,
                           struct error *err) {
    struct member_source *self = (struct member_source *)source;
    struct input_budget *budget = self->reader.listing->budget;
    lend_budget(&self->reader);
    const int64_t got = byte_source_read(self->content, buffer, capacity, err);
    budget->delivered_bytes = self->reader.budget.delivered_bytes;
    return got;
}

static void close_member(struct byte_source *source) {
    struct member_source *self = (struct member_source *)source;
    const uint64_t read = self->reader.listing->budget->compressed_bytes;
    reader_close(&self->reader);
    self->reader.listing->budget->compressed_bytes = read; /* its content was read, after all */
    free(self);
}

static const struct byte_source_ops member_ops = {.read = read_member, .close = close_member};

/* Members that come before it are passed by without being decoded, where the format allows it. */
struct byte_source *listing_open(struct listing *listing, size_t index, struct error *err) {
    struct member_source *self = calloc(1, sizeof *self);
    if (self == NULL) {
        error_set(err, YINMA_E_MEMORY, "out of memory for a member");
        return NULL;
    }
    int more = reader_open(&self->reader, listing, err) == 0;
    struct container_member found = {0};
    for (size_t i = 0; i <= index && more == 1; i++) {
        more = listing->format->next(self->reader.state, &found, err);
    }
    listing->budget->compressed_bytes = self->reader.read; /* passing by is no reading */
    if (more != 1 || found.source == NULL) {
        close_member(&self->base);
        return NULL;
    }
    self->content = found.source;
    self->base = (struct byte_source){.ops = &member_ops, .size = found.source->size};
    return &self->base;
}

void listing_visit(struct listing *listing, const struct listing_visit *visit) {
    struct second_reader reader;
    struct container_member found = {0};
    int more = reader_open(&reader, listing, NULL) == 0;
    for (size_t i = 0; i <= visit->last && more == 1; i++) {
        lend_budget(&reader);
        more = listing->format->next(reader.state, &found, NULL);
        if (more == 1 && found.source != NULL && visit->wanted(visit->context, i)) {
            visit->take(visit->context, i, found.source);
        }
    }
    reader_close(&reader);
}
