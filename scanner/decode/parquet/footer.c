#include "decode/parquet/footer.h"

#include <stdlib.h>

#include "core/endian.h"

void parquet_footer_release(struct parquet_footer *footer) {
    parquet_schema_release(&footer->schema);
    free(footer->data);
    *footer = (struct parquet_footer){0};
}

static bool read_exactly(struct byte_source *source, uint64_t at, void *out, size_t len) {
    return source->ops->read_at(source, at, out, len, NULL) == (int64_t)len;
}

/* ---- the end of the file ---- */

static int cut_off(struct error *err) {
    return error_set(err, YINMA_E_TRUNCATED,
                     "the Parquet file was cut off: what says where its columns are stands at its "
                     "end; only its raw bytes were scanned");
}

/* The bytes of the footer to footer->data; their number, or a negative code. */
static int64_t load(struct parquet_footer *footer, struct byte_source *source, struct error *err) {
    uint8_t tail[PARQUET_TAIL_BYTES];
    const uint64_t size = source->size;
    if (size == UINT64_MAX || size < PARQUET_MAGIC_BYTES + sizeof tail ||
        !read_exactly(source, size - sizeof tail, tail, sizeof tail) ||
        memcmp(tail + 4, "PAR1", 4) != 0) {
        return cut_off(err);
    }
    const uint64_t len = little_u32(tail);
    if (len > size - PARQUET_MAGIC_BYTES - sizeof tail) {
        return error_set(err, YINMA_E_DAMAGED,
                         "the end of the Parquet file makes no sense; only "
                         "its raw bytes were scanned");
    }
    if (len > PARQUET_FOOTER_BYTES) {
        return error_set(err, YINMA_E_LIMIT,
                         "what the Parquet file says of itself takes more than %d MiB; only its "
                         "raw bytes were scanned",
                         PARQUET_FOOTER_BYTES >> 20);
    }
    footer->begin = size - sizeof tail - len;
    footer->data = malloc((size_t)len + 1);
    if (footer->data == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the end of a Parquet file");
    }
    return read_exactly(source, footer->begin, footer->data, (size_t)len) ? (int64_t)len
                                                                          : cut_off(err);
}

/* The elements of the list that is next in T are left where they are: *FIRST at the first. */
static size_t pass_list(struct thrift *t, unsigned type, struct thrift *first) {
    unsigned element = 0;
    struct thrift list = *t;
    const size_t count = thrift_list(&list, type, &element);
    t->bad = t->bad || list.bad || (count > 0 && element != THRIFT_STRUCT);
    *first = list;
    thrift_skip(t, type);
    return t->bad ? 0 : count;
}

int parquet_footer_read(struct parquet_footer *footer, struct byte_source *source,
                        struct error *err) {
    struct thrift_field field = {0};
    const int64_t len = load(footer, source, err);
    int status = len < 0 ? (int)len : 0;
    const struct bytes said = bytes_of(footer->data, len < 0 ? 0 : (size_t)len);
    struct thrift t = {said.ptr, bytes_end(said), false};
    while (status == 0 && thrift_next(&t, &field)) {
        if (field.id == 2 && footer->schema.leaves == NULL) {
            status = parquet_schema_read(&footer->schema, &t, field.type, err);
        } else if (field.id == 4) {
            footer->groups_left = pass_list(&t, field.type, &footer->groups);
        } else if (field.id == 5) {
            footer->texts_left = pass_list(&t, field.type, &footer->texts);
        } else {
            thrift_skip(&t, field.type);
        }
    }
    if (status == 0 && t.bad) {
        status = error_set(err, YINMA_E_DAMAGED,
                           "what the Parquet file says of itself makes no sense; only its raw "
                           "bytes were scanned");
    }
    return status;
}

/* ---- row groups ---- */

/* Pages of dictionaries stand first; older writers say 0 where there is none. */
static void take_metadata(struct thrift *t, struct parquet_chunk *chunk) {
    struct thrift_field field = {0};
    int64_t values = 0, data = -1, dictionary = 0;
    while (thrift_next(t, &field)) {
        if (field.id == 4) {
            chunk->codec = thrift_integer(t, field.type);
        } else if (field.id == 5) {
            values = thrift_integer(t, field.type);
        } else if (field.id == 9) {
            data = thrift_integer(t, field.type);
        } else if (field.id == 11) {
            dictionary = thrift_integer(t, field.type);
        } else {
            thrift_skip(t, field.type);
        }
    }
    chunk->told = data >= 0 && values >= 0;
    chunk->values = values < 0 ? 0 : (uint64_t)values;
    chunk->at = (uint64_t)(dictionary > 0 && dictionary < data ? dictionary : data);
}

static void take_chunk(struct thrift *t, struct parquet_chunk *chunk) {
    struct thrift_field field = {0};
    *chunk = (struct parquet_chunk){0};
    while (thrift_next(t, &field)) {
        if (field.id == 1) {
            chunk->elsewhere = thrift_binary(t, field.type).len > 0;
        } else if (field.id == 3 && field.type == THRIFT_STRUCT) {
            take_metadata(t, chunk);
        } else {
            chunk->encrypted = chunk->encrypted || field.id == 8 || field.id == 9;
            thrift_skip(t, field.type);
        }
    }
}

bool parquet_footer_group(struct parquet_footer *footer, struct parquet_chunk *chunks,
                          uint64_t *rows) {
    struct thrift *t = &footer->groups;
    struct thrift_field field = {0};
    if (footer->groups_left == 0 || t->bad) {
        return false;
    }
    footer->groups_left--;
    memset(chunks, 0, footer->schema.count * sizeof *chunks);
    *rows = 0;
    while (thrift_next(t, &field)) {
        if (field.id == 1) {
            unsigned element = 0;
            const size_t count = thrift_list(t, field.type, &element);
            struct parquet_chunk beyond; /* of columns that are not read */
            for (size_t i = 0; i < count && thrift_structure(t, element); i++) {
                take_chunk(t, i < footer->schema.count ? &chunks[i] : &beyond);
            }
        } else if (field.id == 3) {
            const int64_t told = thrift_integer(t, field.type);
            *rows = told < 0 ? 0 : (uint64_t)told;
            t->bad = t->bad || told < 0;
        } else {
            thrift_skip(t, field.type);
        }
    }
    return !t->bad;
}

bool parquet_footer_text(struct parquet_footer *footer, struct bytes *key, struct bytes *value) {
    struct thrift *t = &footer->texts;
    struct thrift_field field = {0};
    if (footer->texts_left == 0 || t->bad) {
        return false;
    }
    footer->texts_left--;
    *key = *value = bytes_of("", 0);
    while (thrift_next(t, &field)) {
        if (field.id == 1) {
            *key = thrift_binary(t, field.type);
        } else if (field.id == 2) {
            *value = thrift_binary(t, field.type);
        } else {
            thrift_skip(t, field.type);
        }
    }
    return !t->bad;
}
