/* xbstream.c - streams of mariadb-backup and Percona XtraBackup (--stream=xbstream): chunks, each
 * with the name of its file, its place in it and a checksum (the format as `mbstream` and
 * `xbstream` write it). Chunks of files that were copied at the same time take turns: a stream that
 * can be read at any place is listed first, and its files come out whole; of others each run of
 * chunks of one file is a member. */
#include <inttypes.h>
#include <isa-l/crc.h>
#include <stdlib.h>

#include "core/endian.h"
#include "input/archive/member_name.h"
#include "input/formats.h"
#include "input/limits.h"
#include "input/neighbours/name_index.h"

enum {
    HEADER_BYTES = 14, /* magic, flags, type, length of the path */
    PLACE_BYTES = 20,  /* length, place in the file, checksum */
    SPARSE_BYTES = 4,  /* of a sparse chunk: the number of its holes, in front of that */
    HOLE_BYTES = 8,
    PATH_BYTES_MAX = 4096,
};

static const struct bytes magic = {(const uint8_t *)"XBSTCK01", 8};

struct chunk {
    uint32_t file, next; /* next: of the same file, or NAME_UNKNOWN */
    uint32_t crc;
    uint64_t at, len; /* of its data in the stream */
};

struct xb_file {
    uint32_t first, last; /* chunks */
    bool ended, given;
};

struct xbstream {
    struct byte_source content;
    struct byte_source *source;
    struct input_budget *budget;
    bool seeks;
    struct name_index names;
    struct xb_file *files; /* by number of a name */
    size_t files_capacity;
    struct chunk *chunks; /* of a stream that goes by: the current one only */
    size_t chunk_count, chunk_capacity;
    struct text_buffer name;
    uint64_t at;       /* in the stream, of what is read next */
    uint64_t in_chunk; /* bytes of the current one that were delivered */
    uint32_t current;  /* chunk */
    uint32_t file, next_file;
    uint32_t crc;
    bool pending;                /* the header of the current chunk was read, its data was not */
    bool over;                   /* no more chunks */
    struct error failure;        /* of the stream */
    struct error list_failure;   /* why the list of chunks ends early */
    struct error member_failure; /* of the open member */
};

/* ---- reading the stream ---- */

static int64_t read_some(struct xbstream *x, void *buffer, size_t capacity) {
    const int64_t got =
        x->seeks ? x->source->ops->read_at(x->source, x->at, buffer, capacity, &x->failure)
                 : byte_source_read(x->source, buffer, capacity, &x->failure);
    x->at += got > 0 ? (uint64_t)got : 0;
    x->failure.code = got < 0 ? (int)got : 0;
    return got;
}

/* 1, 0 when nothing is left at all, or negative. */
static int read_exactly(struct xbstream *x, uint8_t *buffer, size_t len) {
    size_t have = 0;
    while (have < len) {
        const int64_t got = read_some(x, buffer + have, len - have);
        if (got < 0) {
            return (int)got;
        }
        if (got == 0) {
            return have == 0 ? 0
                             : error_set(&x->failure, YINMA_E_TRUNCATED,
                                         "the xbstream ends inside a chunk");
        }
        have += (size_t)got;
    }
    return 1;
}

static int read_rest(struct xbstream *x, uint8_t *buffer, size_t len) {
    const int code = len == 0 ? 1 : read_exactly(x, buffer, len);
    return code == 0 ? error_set(&x->failure, YINMA_E_TRUNCATED, "the xbstream ends inside a chunk")
                     : code;
}

static bool make_room(void **items, size_t *capacity, size_t count, size_t size) {
    if (count < *capacity) {
        return true;
    }
    void *moved = reallocarray(*items, 2 * count + 64, size);
    if (moved != NULL) {
        *items = moved;
        *capacity = 2 * count + 64;
    }
    return moved != NULL;
}

static uint32_t file_of(struct xbstream *x, struct bytes path) {
    const size_t before = x->names.count;
    const uint32_t file = name_index_add(&x->names, path);
    if (file == NAME_UNKNOWN ||
        !make_room((void **)&x->files, &x->files_capacity, file, sizeof *x->files)) {
        return NAME_UNKNOWN;
    }
    if (file == before) {
        x->files[file] = (struct xb_file){.first = NAME_UNKNOWN, .last = NAME_UNKNOWN};
    }
    return file;
}

static bool add_chunk(struct xbstream *x, const struct chunk *chunk) {
    if (!make_room((void **)&x->chunks, &x->chunk_capacity, x->chunk_count, sizeof *x->chunks) ||
        x->chunk_count >= NAME_UNKNOWN) {
        return false;
    }
    const uint32_t number = (uint32_t)x->chunk_count;
    struct xb_file *file = &x->files[chunk->file];
    x->chunks[number] = *chunk;
    x->current = number;
    if (x->seeks) {
        x->chunk_count++;
        if (file->last == NAME_UNKNOWN) {
            file->first = number;
        } else {
            x->chunks[file->last].next = number;
        }
    } else {
        file->first = file->first == NAME_UNKNOWN ? number : file->first;
    }
    file->last = number;
    return true;
}

/* Behind the path: how much of the file follows, and where in it. */
static int read_place(struct xbstream *x, uint8_t type, struct chunk *chunk) {
    uint8_t place[PLACE_BYTES + SPARSE_BYTES];
    const size_t sparse = type == 'S' ? SPARSE_BYTES : 0;
    int code = read_rest(x, place, PLACE_BYTES + sparse);
    if (code == 1) {
        chunk->len = little_u64(place + sparse);
        chunk->crc = little_u32(place + sparse + 16);
    }
    for (uint32_t holes = sparse == 0 ? 0 : little_u32(place); code == 1 && holes > 0; holes--) {
        code = read_rest(x, place, HOLE_BYTES);
    }
    chunk->at = x->at;
    return code;
}

/* The next header that is followed by data: 1, 0 at the end, negative. */
static int read_header(struct xbstream *x) {
    uint8_t header[HEADER_BYTES], path[PATH_BYTES_MAX];
    for (;;) {
        int code = read_exactly(x, header, sizeof header);
        if (code != 1) {
            return code;
        }
        const uint8_t type = header[9];
        const uint32_t path_len = little_u32(header + 10);
        if (memcmp(header, magic.ptr, magic.len) != 0 || path_len > sizeof path || path_len == 0 ||
            (type != 'P' && type != 'S' && type != 'E')) {
            return error_set(&x->failure, YINMA_E_DAMAGED,
                             "no chunk begins where one should; the rest of the xbstream was not "
                             "read");
        }
        code = read_rest(x, path, path_len);
        const uint32_t file = code == 1 ? file_of(x, bytes_of(path, path_len)) : NAME_UNKNOWN;
        struct chunk chunk = {.file = file, .next = NAME_UNKNOWN};
        if (code == 1 && file == NAME_UNKNOWN) {
            return error_set(&x->failure, YINMA_E_MEMORY, "out of memory for an xbstream");
        }
        if (code == 1 && type == 'E') {
            x->files[file].ended = true;
            continue;
        }
        code = code == 1 ? read_place(x, type, &chunk) : code;
        if (code == 1 && !add_chunk(x, &chunk)) {
            return error_set(&x->failure, YINMA_E_MEMORY, "out of memory for an xbstream");
        }
        return code;
    }
}

/* ---- the content of a member ---- */

static void begin_chunk(struct xbstream *x, uint32_t number) {
    x->current = number;
    x->in_chunk = 0;
    x->crc = 0;
    x->pending = false;
    if (x->seeks) {
        x->at = x->chunks[number].at;
    }
}

/* To the next chunk of the member: false, its end. */
static bool next_chunk(struct xbstream *x) {
    const struct chunk *chunk = &x->chunks[x->current];
    if (chunk->crc != x->crc) {
        error_set(&x->member_failure, YINMA_E_DAMAGED,
                  "the checksum of a chunk does not fit its data");
    }
    if (x->seeks) {
        if (chunk->next == NAME_UNKNOWN) {
            return false;
        }
        begin_chunk(x, chunk->next);
        return true;
    }
    if (!x->pending && !x->over) {
        const int code = read_header(x);
        x->over = code != 1;
        x->pending = code == 1;
    }
    if (x->over || x->chunks[x->current].file != x->file) {
        return false;
    }
    begin_chunk(x, x->current);
    return true;
}

static int64_t content_read(struct byte_source *source, void *buffer, size_t capacity,
                            struct error *err) {
    struct xbstream *x = (struct xbstream *)source;
    int64_t got = 0;
    while (got == 0 && capacity > 0 && !x->pending && x->failure.code == 0) {
        const struct chunk *chunk = &x->chunks[x->current];
        const uint64_t left = chunk->len - x->in_chunk;
        if (left == 0) {
            if (!next_chunk(x)) {
                break;
            }
            continue;
        }
        got = read_some(x, buffer, left < capacity ? (size_t)left : capacity);
        if (got == 0) {
            got = error_set(&x->failure, YINMA_E_TRUNCATED, "the xbstream ends inside a chunk");
        }
    }
    if (got > 0) {
        x->in_chunk += (uint64_t)got;
        x->crc = crc32_gzip_refl(x->crc, buffer, (uint64_t)got);
        budget_deliver(x->budget, (uint64_t)got, &x->failure);
        return got;
    }
    const struct error *failure = x->failure.code != 0 ? &x->failure : &x->member_failure;
    if (failure->code != 0 && err != NULL) {
        *err = *failure;
    }
    return failure->code;
}

static void content_close(struct byte_source *source) {
    (void)source;
}

static const struct byte_source_ops content_ops = {.read = content_read, .close = content_close};

/* ---- members ---- */

static int check_ended(const struct xbstream *x, struct error *err) {
    const struct error *failure = x->list_failure.code != 0 ? &x->list_failure : &x->failure;
    size_t open = 0;
    for (size_t i = 0; i < x->names.count; i++) {
        open += !x->files[i].ended;
    }
    if (failure->code != 0) {
        *err = *failure;
        return failure->code;
    }
    return open == 0 ? 0
                     : error_set(err, YINMA_E_TRUNCATED,
                                 "%zu files of the xbstream are without their end", open);
}

/* Pass by what was not read of the member that goes by. */
static int drain(struct xbstream *x) {
    uint8_t piece[8192];
    while (x->file != NAME_UNKNOWN && !x->pending && !x->over && x->failure.code == 0) {
        if (content_read(&x->content, piece, sizeof piece, NULL) <= 0) {
            break;
        }
    }
    return x->failure.code;
}

static bool choose_listed(struct xbstream *x) {
    while (x->next_file < x->names.count && x->files[x->next_file].first == NAME_UNKNOWN) {
        x->next_file++;
    }
    if (x->next_file >= x->names.count) {
        return false;
    }
    x->file = x->next_file++;
    begin_chunk(x, x->files[x->file].first);
    return true;
}

static bool choose_passing(struct xbstream *x) {
    if (drain(x) != 0 || x->over) {
        return false;
    }
    if (!x->pending && read_header(x) != 1) {
        return false;
    }
    x->file = x->chunks[x->current].file;
    begin_chunk(x, x->current);
    return true;
}

static int xbstream_next(void *state, struct container_member *out, struct error *err) {
    struct xbstream *x = state;
    x->member_failure.code = 0;
    if (x->seeks) {
        x->failure.code = 0; /* of another member */
    }
    if (!(x->seeks ? choose_listed(x) : choose_passing(x))) {
        x->over = true;
        return check_ended(x, err);
    }
    int code = budget_entry(x->budget, err);
    if (code != 0) {
        return code;
    }
    struct xb_file *file = &x->files[x->file];
    member_name_put(&x->name, name_index_name(&x->names, x->file));
    if (file->given) {
        text_buffer_printf(&x->name, "[%" PRIu64 "]", x->at);
    }
    file->given = true;
    x->content = (struct byte_source){.ops = &content_ops, .size = UINT64_MAX};
    *out = (struct container_member){.name = text_buffer_view(&x->name), .source = &x->content};
    return x->name.failed ? error_set(err, YINMA_E_MEMORY, "out of memory for an xbstream") : 1;
}

static void xbstream_close(void *state) {
    struct xbstream *x = state;
    if (x != NULL) {
        name_index_release(&x->names);
        text_buffer_release(&x->name);
        free(x->files);
        free(x->chunks);
        free(x);
    }
}

/* All headers, passing by the data. */
static void list_chunks(struct xbstream *x) {
    const uint64_t most = budget_memory(x->budget) / sizeof *x->chunks;
    while (read_header(x) == 1) {
        const struct chunk *chunk = &x->chunks[x->current];
        if (chunk->len > x->source->size - chunk->at) {
            error_set(&x->failure, YINMA_E_TRUNCATED, "the xbstream ends inside a chunk");
            break;
        }
        if (x->chunk_count >= most) {
            error_set(&x->failure, YINMA_E_LIMIT, "--max-memory: the xbstream has too many chunks");
            break;
        }
        x->at = chunk->at + chunk->len;
    }
    x->list_failure = x->failure;
}

static int xbstream_open(struct byte_source *source, struct input_budget *budget, void **state,
                         struct error *err) {
    *state = NULL;
    struct xbstream *x = calloc(1, sizeof *x);
    if (x == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for an xbstream");
    }
    x->source = source;
    x->budget = budget;
    x->seeks = source->ops->read_at != NULL && source->size != UINT64_MAX;
    x->file = NAME_UNKNOWN;
    name_index_init(&x->names);
    text_buffer_init(&x->name, 0);
    if (x->seeks) {
        list_chunks(x);
    }
    if (x->list_failure.code == YINMA_E_MEMORY) {
        *err = x->failure;
        xbstream_close(x);
        return YINMA_E_MEMORY;
    }
    *state = x;
    return 0;
}

static unsigned xbstream_bid(struct bytes head) {
    return bytes_starts_with(head, magic) ? 64 : 0;
}

static const char *const endings[] = {".xbstream", ".xb", NULL};

const struct container_format container_xbstream = {
    .name = "xbstream",
    .summary = "backups of mariadb-backup and XtraBackup (--stream=xbstream): the files of the "
               "server, as pages",
    .type = CONTAINER_ARCHIVE,
    .endings = endings,
    .bid = xbstream_bid,
    .open = xbstream_open,
    .next = xbstream_next,
    .close = xbstream_close,
    .holds_files = true,
};
