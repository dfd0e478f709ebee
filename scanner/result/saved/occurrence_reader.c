#include "result/saved/occurrence_reader.h"

#include <errno.h>
#include <stdlib.h>

enum {
    BUFFER_BYTES = 64 * 1024,
    /* The longest occurrence on the wire; below it the buffer is filled up first. */
    RECORD_MAX = 2 * SHOWN_MAX + 128,
};

struct occurrence_reader {
    const struct results *results;
    struct occurrence_chunk *chunks; /* by unit, then as written */
    size_t chunk_count, next_chunk;
    uint64_t chunk_at, chunk_left; /* of the current chunk: not yet in the buffer */
    struct bytes left;             /* of the buffer: not yet taken */
    /* The written and unwritten fields of `unit`, by number and kind. */
    uint32_t unit;
    const struct field_result **index;
    size_t index_count, index_capacity;
    uint8_t buffer[BUFFER_BYTES];
};

static int chunk_order(const void *a, const void *b) {
    const struct occurrence_chunk *x = a, *y = b;
    if (x->unit != y->unit) {
        return x->unit < y->unit ? -1 : 1;
    }
    return (x->at > y->at) - (x->at < y->at);
}

struct occurrence_reader *occurrence_reader_new(const struct results *results) {
    struct occurrence_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL) {
        return NULL;
    }
    reader->results = results;
    reader->unit = UINT32_MAX;
    if (results->occurrences != NULL && results->chunk_count > 0) {
        reader->chunks = malloc(results->chunk_count * sizeof *reader->chunks);
        if (reader->chunks == NULL) {
            occurrence_reader_free(reader);
            return NULL;
        }
        memcpy(reader->chunks, results->chunks, results->chunk_count * sizeof *reader->chunks);
        reader->chunk_count = results->chunk_count;
        qsort(reader->chunks, reader->chunk_count, sizeof *reader->chunks, chunk_order);
    }
    return reader;
}

void occurrence_reader_free(struct occurrence_reader *reader) {
    if (reader == NULL) {
        return;
    }
    free(reader->chunks);
    free(reader->index);
    free(reader);
}

static int field_order(const struct field_result *field, uint32_t number, unsigned kind) {
    if (field->field->number != number) {
        return field->field->number < number ? -1 : 1;
    }
    return (field->kind_number > kind) - (field->kind_number < kind);
}

static int index_order(const void *a, const void *b) {
    const struct field_result *x = *(const struct field_result *const *)a;
    const struct field_result *y = *(const struct field_result *const *)b;
    return field_order(x, y->field->number, y->kind_number);
}

static bool index_unit(struct occurrence_reader *reader, uint32_t unit) {
    const struct results *results = reader->results;
    size_t begin = results_first_field(results, unit), end = begin;
    while (end < results->field_count && results->fields[end].unit == unit) {
        end++;
    }
    if (end - begin > reader->index_capacity) {
        const struct field_result **index =
            realloc(reader->index, (end - begin) * sizeof(const struct field_result *));
        if (index == NULL) {
            return false;
        }
        reader->index = index;
        reader->index_capacity = end - begin;
    }
    for (size_t i = begin; i < end; i++) {
        reader->index[i - begin] = &results->fields[i];
    }
    reader->index_count = end - begin;
    reader->unit = unit;
    if (reader->index_count > 0) {
        qsort(reader->index, reader->index_count, sizeof(const struct field_result *), index_order);
    }
    return true;
}

static const struct field_result *find_field(const struct occurrence_reader *reader,
                                             uint32_t number, unsigned kind) {
    size_t low = 0, high = reader->index_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = field_order(reader->index[middle], number, kind);
        if (order == 0) {
            return reader->index[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

/* Move what is left to the front and read on in the current chunk. */
static int fill(struct occurrence_reader *reader, struct error *err) {
    if (reader->left.len > 0) {
        memmove(reader->buffer, reader->left.ptr, reader->left.len);
    }
    size_t room = sizeof reader->buffer - reader->left.len;
    size_t want = reader->chunk_left < room ? (size_t)reader->chunk_left : room;
    FILE *spool = reader->results->occurrences;
    if (fseeko(spool, (off_t)reader->chunk_at, SEEK_SET) != 0) {
        return error_set_errno(err, errno, "cannot read the spool of occurrences");
    }
    if (fread(reader->buffer + reader->left.len, 1, want, spool) != want) {
        return error_set(err, YINMA_E_IO, "the spool of occurrences cannot be read or is cut off");
    }
    reader->left = bytes_of(reader->buffer, reader->left.len + want);
    reader->chunk_at += want;
    reader->chunk_left -= want;
    return 0;
}

int occurrence_reader_next(struct occurrence_reader *reader, struct occurrence *out,
                           const struct field_result **field, struct error *err) {
    while (reader->left.len == 0 && reader->chunk_left == 0) {
        if (reader->next_chunk == reader->chunk_count) {
            return 0;
        }
        const struct occurrence_chunk *chunk = &reader->chunks[reader->next_chunk++];
        reader->chunk_at = chunk->at;
        reader->chunk_left = chunk->length;
        if (chunk->unit != reader->unit && !index_unit(reader, chunk->unit)) {
            return error_set(err, YINMA_E_MEMORY, "memory ran out while occurrences were read");
        }
    }
    if (reader->left.len < RECORD_MAX && reader->chunk_left > 0) {
        int status = fill(reader, err);
        if (status < 0) {
            return status;
        }
    }
    int status = wire_get_occurrence(&reader->left, out, err);
    if (status == 1) {
        *field = find_field(reader, out->field, out->kind);
    }
    return status;
}
