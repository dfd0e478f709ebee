/* tar.c - archives of pg_dump -Ft: a tar whose first member is the contents, then a file of rows
 * for each table, restore.sql last. Read as a tar of its own because the rows need the contents. */
#include <stdlib.h>

#include "input/archive/archive.h"
#include "input/limits.h"
#include "input/pg/toc.h"

struct tar {
    struct byte_source content;
    struct input_budget *budget;
    struct pg_toc toc;
    uint64_t padding; /* behind the member */
    struct error failure;
    struct text_buffer name, preamble;
    struct pg_reader reader; /* its `left`: of the open member */
};

/* Octal, or the highest bit and then a number of base 256 where that is too short. */
static uint64_t number_of(const uint8_t *field, size_t len) {
    uint64_t value = 0;
    if ((field[0] & 0x80) != 0) {
        for (size_t i = len - 8; i < len; i++) {
            value = value << 8 | field[i];
        }
        return value & INT64_MAX;
    }
    for (size_t i = 0; i < len && field[i] != 0; i++) {
        value =
            field[i] >= '0' && field[i] <= '7' ? value << 3 | (uint64_t)(field[i] - '0') : value;
    }
    return value & INT64_MAX;
}

/* The next header: 1, 0 at the end mark, negative. */
static int read_header(struct tar *t) {
    uint8_t header[ARCHIVE_TAR_BLOCK];
    t->reader.left = UINT64_MAX;
    int code = pg_read(&t->reader, NULL, t->padding);
    code = code != 0 ? code : pg_read(&t->reader, header, sizeof header);
    if (code != 0) {
        return code;
    }
    text_buffer_clear(&t->name);
    text_buffer_put(&t->name, bytes_of(header, strnlen((const char *)header, 100)));
    const uint64_t size = number_of(header + 124, 12);
    t->padding = -size & (ARCHIVE_TAR_BLOCK - 1);
    t->reader.left = size;
    return header[0] != 0;
}

static int64_t content_read(struct byte_source *source, void *buffer, size_t capacity,
                            struct error *err) {
    struct tar *t = (struct tar *)source;
    int64_t got = t->failure.code;
    if (got == 0 && t->reader.left > 0) {
        got = pg_read_some(&t->reader, buffer, capacity);
        if (got == 0) {
            got =
                error_set(&t->failure, YINMA_E_TRUNCATED, "the archive ends inside of this member");
        } else if (got < 0) {
            t->failure = t->reader.failure;
        } else {
            budget_deliver(t->budget, (uint64_t)got, &t->failure);
        }
    }
    if (got < 0 && err != NULL) {
        *err = t->failure;
    }
    return got;
}

static void content_close(struct byte_source *source) {
    (void)source;
}

static const struct byte_source_ops content_ops = {.read = content_read, .close = content_close};

static void describe(struct tar *t, struct container_member *out) {
    struct pg_entry *entry = pg_toc_by_file(&t->toc, text_buffer_view(&t->name));
    t->content = (struct byte_source){.ops = &content_ops, .size = t->reader.left};
    t->failure.code = 0;
    *out = (struct container_member){.source = &t->content};
    if (entry != NULL) {
        entry->met = true;
        out->hint = pg_entry_hint(&t->toc, entry, "pg-tar", &t->preamble);
        pg_entry_name(entry, &t->name);
    } else if (strcmp(text_buffer_string(&t->name), "blobs.toc") == 0) {
        pg_toc_met(&t->toc, "BLOBS"); /* large objects are members of their own */
    } else if (strcmp(text_buffer_string(&t->name), "restore.sql") == 0) {
        out->hint = pg_entry_hint(&t->toc, NULL, "pg-tar", &t->preamble);
    }
    out->name = text_buffer_view(&t->name);
}

static int tar_next(void *state, struct container_member *out, struct error *err) {
    struct tar *t = state;
    int code = t->reader.failure.code;
    code = code != 0 ? code : pg_read(&t->reader, NULL, t->reader.left);
    code = code != 0 ? code : budget_entry(t->budget, &t->reader.failure);
    code = code != 0 ? code : read_header(t);
    if (code == 1) {
        describe(t, out);
        code = t->name.failed || t->preamble.failed
                   ? error_set(&t->reader.failure, YINMA_E_MEMORY, "out of memory")
                   : 1;
    } else if (code == 0) {
        t->reader.left = t->padding = 0;
        code = pg_toc_check_all_met(&t->toc, "pg-tar", &t->reader.failure);
    }
    if (code < 0 && err != NULL) {
        *err = t->reader.failure;
    }
    return code;
}

static void tar_close(void *state) {
    struct tar *t = state;
    if (t != NULL) {
        pg_toc_release(&t->toc);
        text_buffer_release(&t->name);
        text_buffer_release(&t->preamble);
        free(t);
    }
}

static int tar_open(struct byte_source *source, struct input_budget *budget, void **state,
                    struct error *err) {
    *state = NULL;
    struct tar *t = malloc(sizeof *t);
    if (t == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    memset(t, 0, offsetof(struct tar, reader));
    t->budget = budget;
    pg_reader_init(&t->reader, source);
    text_buffer_init(&t->name, 0);
    text_buffer_init(&t->preamble, 0);
    int code = read_header(t);
    if (code < 0 && err != NULL) {
        *err = t->reader.failure;
    }
    code = code < 0 ? code : pg_toc_read(&t->toc, &t->reader, budget_memory(budget), err);
    if (code != 0) {
        tar_close(t);
        return code;
    }
    *state = t;
    return 0;
}

/* As tar bids, and the first member is what it must be. */
static unsigned tar_bid(struct bytes head) {
    enum pg_format format;
    return head.len > ARCHIVE_TAR_BLOCK && memcmp(head.ptr, "toc.dat", 8) == 0 &&
                   memcmp(head.ptr + 257, "ustar", 5) == 0 &&
                   pg_head_is(bytes_from(head, ARCHIVE_TAR_BLOCK), &format) && format == PG_TAR
               ? 56 + 56
               : 0;
}

static const char *const endings[] = {NULL};

const struct container_format container_pg_tar = {
    .name = "pg-tar",
    .summary = "PostgreSQL archives (pg_dump -Ft): a unit a table, read in one pass",
    .type = CONTAINER_ARCHIVE,
    .endings = endings,
    .bid = tar_bid,
    .open = tar_open,
    .next = tar_next,
    .close = tar_close,
};
