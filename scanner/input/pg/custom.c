/* custom.c - archives of pg_dump -Fc. Behind the contents stand blocks, each of one object: its
 * number, then chunks up to one of length 0. All chunks of a block together are one stream of the
 * archive's compression. Offsets in the contents are not needed: blocks are read in their order, so
 * a pipe does as well. */
#include <stdlib.h>

#include "input/formats.h"
#include "input/limits.h"
#include "input/pg/toc.h"

enum { BLOCK_DATA = 1, BLOCK_LARGE_OBJECTS = 3 };

struct custom {
    struct byte_source chunks; /* the content of the open block, as stored */
    struct input_budget *budget;
    struct pg_toc toc;
    uint64_t chunk_left;
    bool in_block; /* chunks follow */
    bool in_large_objects;
    bool script_given;
    struct error block_failure;           /* of the open block; error_set on it ends it */
    const struct container_format *inner; /* of the compression */
    void *inner_state;
    struct byte_source *memory; /* of the script */
    struct text_buffer name, preamble, script;
    struct pg_reader reader;
};

/* ---- chunks ---- */

/* At the start of a chunk, or behind the last: 1, 0, negative. */
static int begin_chunk(struct custom *c) {
    int64_t len = 0;
    while (c->chunk_left == 0 && c->in_block) {
        int code = pg_int(&c->reader, &len);
        if (code == 0 && len < 0) {
            code = error_set(&c->reader.failure, YINMA_E_DAMAGED,
                             "a chunk of negative length in the archive");
        }
        if (code != 0) {
            return code;
        }
        c->chunk_left = (uint64_t)len;
        c->in_block = len != 0;
    }
    return c->in_block;
}

static int64_t chunks_read(struct byte_source *source, void *buffer, size_t capacity,
                           struct error *err) {
    struct custom *c = (struct custom *)source;
    int64_t got = c->block_failure.code;
    if (got == 0) {
        got = begin_chunk(c);
    }
    if (got == 1) {
        got = pg_read_some(&c->reader, buffer, capacity < c->chunk_left ? capacity : c->chunk_left);
        if (got == 0) {
            got = error_set(&c->reader.failure, YINMA_E_TRUNCATED,
                            "the archive ends inside the data of a table");
        }
    }
    if (got > 0) {
        c->chunk_left -= (uint64_t)got;
        if (c->inner == NULL) {
            budget_deliver(c->budget, (uint64_t)got, &c->block_failure);
        }
    } else if (got < 0 && err != NULL) {
        *err = c->block_failure.code != 0 ? c->block_failure : c->reader.failure;
    }
    return got;
}

static void content_close(struct byte_source *source) {
    (void)source; /* belongs to the container */
}

static const struct byte_source_ops chunk_ops = {.read = chunks_read, .close = content_close};

static void close_inner(struct custom *c) {
    if (c->inner != NULL) {
        c->inner->close(c->inner_state);
        c->inner = NULL;
    }
    byte_source_close(c->memory);
    c->memory = NULL;
}

/* What the reader left of the open block. */
static int skip_block(struct custom *c) {
    int code = 0;
    close_inner(c);
    while (code == 0 && c->in_block) {
        code = c->chunk_left > 0 ? pg_read(&c->reader, NULL, c->chunk_left) : 0;
        c->chunk_left = code == 0 ? 0 : c->chunk_left;
        code = code == 0 ? begin_chunk(c) : code;
        code = code > 0 ? 0 : code;
    }
    return code;
}

/* ---- members ---- */

static const struct container_format *compression_of(const struct pg_toc *toc) {
    switch (toc->compression) {
    case PG_ZLIB:
        return &container_zlib;
    case PG_LZ4:
        return &container_lz4;
    case PG_ZSTD:
        return &container_zstd;
    case PG_PLAIN:
    default:
        return NULL;
    }
}

/* The block that begins here as a member. */
static int give_block(struct custom *c, struct container_member *out) {
    c->block_failure.code = 0;
    c->in_block = true;
    c->chunk_left = 0;
    out->name = text_buffer_view(&c->name);
    int more = begin_chunk(c);
    if (more < 0) {
        return more;
    }
    c->inner = more > 0 ? compression_of(&c->toc) : NULL;
    if (c->inner == NULL) {
        c->chunks = (struct byte_source){.ops = &chunk_ops, .size = UINT64_MAX};
        out->source = &c->chunks;
        return 1;
    }
    const struct content_hint hint = out->hint;
    const struct bytes name = out->name;
    c->chunks = (struct byte_source){.ops = &chunk_ops, .size = UINT64_MAX};
    out->status = c->inner->open(&c->chunks, c->budget, &c->inner_state, &out->error);
    if (out->status != 0) {
        c->inner = NULL;
        return out->status == YINMA_E_MEMORY
                   ? error_set(&c->reader.failure, YINMA_E_MEMORY, "out of memory")
                   : 1;
    }
    c->inner->next(c->inner_state, out, &c->reader.failure);
    out->hint = hint;
    out->name = name;
    return 1;
}

static int give_script(struct custom *c, struct container_member *out) {
    c->script_given = true;
    pg_toc_script(&c->toc, &c->script);
    c->memory = c->script.failed ? NULL : input_open_memory(text_buffer_view(&c->script));
    if (c->memory == NULL) {
        return error_set(&c->reader.failure, YINMA_E_MEMORY, "out of memory");
    }
    out->name = BYTES_LIT("schema.sql");
    out->source = c->memory;
    out->hint = pg_entry_hint(&c->toc, NULL, "pg-custom", &c->preamble);
    return 1;
}

/* The next large object: 1, 0 behind the last one, negative. */
static int next_large_object(struct custom *c, struct container_member *out) {
    int64_t oid;
    int code = pg_int(&c->reader, &oid);
    if (code != 0 || oid == 0) {
        c->in_large_objects = false;
        return code;
    }
    text_buffer_clear(&c->name);
    text_buffer_printf(&c->name, "large-object-%lld", (long long)oid);
    return give_block(c, out);
}

/* 1: a member; 0: large objects follow, or *ENDED. */
static int begin_block(struct custom *c, struct container_member *out, bool *ended) {
    int64_t dump_id;
    int type = pg_byte(&c->reader);
    if (type < 0) {
        *ended = true;
        return c->reader.failure.code != 0
                   ? c->reader.failure.code
                   : pg_toc_check_all_met(&c->toc, "pg-custom", &c->reader.failure);
    }
    if (type != BLOCK_DATA && type != BLOCK_LARGE_OBJECTS) {
        return error_set(&c->reader.failure, YINMA_E_DAMAGED,
                         "the archive has a block of a kind that does not exist");
    }
    int code = pg_int(&c->reader, &dump_id);
    if (code != 0) {
        return code;
    }
    struct pg_entry *entry = pg_toc_by_id(&c->toc, dump_id);
    if (entry != NULL) {
        entry->met = true;
    }
    if (type == BLOCK_LARGE_OBJECTS) {
        c->in_large_objects = true;
        return 0;
    }
    text_buffer_clear(&c->name);
    if (entry != NULL) {
        pg_entry_name(entry, &c->name);
        out->hint = pg_entry_hint(&c->toc, entry, "pg-custom", &c->preamble);
    } else {
        text_buffer_printf(&c->name, "data-%lld", (long long)dump_id);
    }
    return give_block(c, out);
}

static int custom_next(void *state, struct container_member *out, struct error *err) {
    struct custom *c = state;
    *out = (struct container_member){0};
    int code = c->reader.failure.code;
    code = code != 0 ? code : skip_block(c);
    code = code != 0 ? code : budget_entry(c->budget, &c->reader.failure);
    if (code == 0 && !c->script_given) {
        code = give_script(c, out);
    }
    for (bool ended = false; code == 0 && !ended;) {
        code = c->in_large_objects ? next_large_object(c, out) : begin_block(c, out, &ended);
    }
    if (code > 0 && (c->name.failed || c->preamble.failed)) {
        code = error_set(&c->reader.failure, YINMA_E_MEMORY, "out of memory");
    }
    if (code < 0 && err != NULL) {
        *err = c->reader.failure;
    }
    return code;
}

static void custom_close(void *state) {
    struct custom *c = state;
    if (c != NULL) {
        close_inner(c);
        pg_toc_release(&c->toc);
        text_buffer_release(&c->name);
        text_buffer_release(&c->preamble);
        text_buffer_release(&c->script);
        free(c);
    }
}

static int custom_open(struct byte_source *source, struct input_budget *budget, void **state,
                       struct error *err) {
    *state = NULL;
    struct custom *c = malloc(sizeof *c);
    if (c == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    memset(c, 0, offsetof(struct custom, reader));
    c->budget = budget;
    pg_reader_init(&c->reader, source);
    text_buffer_init(&c->name, 0);
    text_buffer_init(&c->preamble, 0);
    text_buffer_init(&c->script, 0);
    int code = pg_toc_read(&c->toc, &c->reader, budget_memory(budget), err);
    if (code != 0) {
        custom_close(c);
        return code;
    }
    *state = c;
    return 0;
}

static unsigned custom_bid(struct bytes head) {
    enum pg_format format;
    return pg_head_is(head, &format) && format == PG_CUSTOM ? 48 : 0;
}

static const char *const endings[] = {NULL};

const struct container_format container_pg_custom = {
    .name = "pg-custom",
    .summary = "PostgreSQL archives (pg_dump -Fc): a unit a table, read in one pass",
    .type = CONTAINER_ARCHIVE,
    .endings = endings,
    .bid = custom_bid,
    .open = custom_open,
    .next = custom_next,
    .close = custom_close,
};
