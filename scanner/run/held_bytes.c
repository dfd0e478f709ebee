/* held_bytes.c - see the header. In order of the stream: chunks in memory, the file, the tail. */
#include "run/held_bytes.h"

#include <inttypes.h>
#include <string.h>

enum { MEMORY_CHUNKS = 16 * 1024 * 1024 / OUTLET_CHUNK };

static int no_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory for bytes that are held back");
}

/* The tail is full: it stays in memory or moves to the file. */
static int put_tail_away(struct held_bytes *held, struct error *err) {
    struct outlet_chunk *tail = held->tail;
    size_t len = tail->end - tail->begin;
    if (held->file == NULL && held->chunks < MEMORY_CHUNKS) {
        held->before_tail = tail;
        held->chunks++;
        return 0;
    }
    if (held->spool_max != 0 && held->file_end - held->file_base + len > held->spool_max) {
        return error_set(err, YINMA_E_LIMIT,
                         "--max-spool %" PRIu64 " reached: more has to be held back",
                         held->spool_max);
    }
    if (held->file == NULL) {
        int code = sealed_file_open(&held->file, err);
        if (code < 0) {
            return code;
        }
        held->file_begin = held->file_end = held->file_base = held->end - len;
    }
    int code = sealed_file_write(held->file, held->file_end - held->file_base,
                                 tail->bytes + tail->begin, len, err);
    held->file_end += code == 0 ? len : 0;
    if (held->before_tail == NULL) {
        held->first = NULL;
    } else {
        held->before_tail->next = NULL;
    }
    held->tail = NULL;
    outlet_drop(held->outlet, tail);
    return code;
}

/* NULL when memory is out. */
static struct outlet_chunk *new_tail(struct held_bytes *held) {
    struct outlet_chunk *chunk = outlet_chunk(held->outlet);
    if (chunk == NULL) {
        return NULL;
    }
    if (held->before_tail != NULL) {
        held->before_tail->next = chunk;
    } else {
        held->first = chunk;
    }
    held->tail = chunk;
    return chunk;
}

int held_bytes_add(struct held_bytes *held, const void *bytes, size_t len, struct error *err) {
    const uint8_t *from = bytes;
    while (len > 0) {
        int code = 0;
        /* The file takes whole blocks of the cipher: only a chunk that was cut at its begin is
         * shorter than others, and that one never goes to the file. */
        if (held->tail != NULL && held->tail->end == OUTLET_CHUNK) {
            code = put_tail_away(held, err);
            held->tail = NULL;
        }
        if (code < 0) {
            return code;
        }
        struct outlet_chunk *tail = held->tail != NULL ? held->tail : new_tail(held);
        if (tail == NULL) {
            return no_memory(err);
        }
        size_t room = OUTLET_CHUNK - tail->end, step = len < room ? len : room;
        memcpy(tail->bytes + tail->end, from, step);
        tail->end += step;
        held->end += step;
        from += step;
        len -= step;
    }
    return 0;
}

/* ---- out ---- */

static int send(struct held_bytes *held, struct outlet_chunk *chunk, struct error *err) {
    return outlet_send(held->outlet, chunk)
               ? 0
               : error_set(err, YINMA_E_IO, "what passes cannot be written");
}

/* The oldest chunk in memory, as far as POSITION. */
static int release_chunk(struct held_bytes *held, uint64_t position, struct error *err) {
    struct outlet_chunk *chunk = held->first;
    uint64_t len = chunk->end - chunk->begin, wanted = position - held->begin;
    if (wanted >= len) {
        held->first = chunk->next;
        if (chunk == held->tail) {
            held->tail = NULL;
        } else {
            held->chunks--;
        }
        held->before_tail = chunk == held->before_tail ? NULL : held->before_tail;
        held->begin += len;
        return send(held, chunk, err);
    }
    struct outlet_chunk *part = outlet_chunk(held->outlet);
    if (part == NULL) {
        return no_memory(err);
    }
    memcpy(part->bytes, chunk->bytes + chunk->begin, (size_t)wanted);
    part->end = (size_t)wanted;
    chunk->begin += (size_t)wanted;
    held->begin += wanted;
    return send(held, part, err);
}

/* The oldest bytes in the file, as far as POSITION. */
static int release_from_file(struct held_bytes *held, uint64_t position, struct error *err) {
    uint64_t until = position < held->file_end ? position : held->file_end;
    uint64_t len = until - held->file_begin;
    struct outlet_chunk *chunk = outlet_chunk(held->outlet);
    if (chunk == NULL) {
        return no_memory(err);
    }
    chunk->end = len < OUTLET_CHUNK ? (size_t)len : OUTLET_CHUNK;
    int code = sealed_file_read(held->file, held->file_begin - held->file_base, chunk->bytes,
                                chunk->end, err);
    if (code < 0) {
        outlet_drop(held->outlet, chunk);
        return code;
    }
    held->file_begin += chunk->end;
    held->begin += chunk->end;
    if (held->file_begin == held->file_end) { /* a new one has a new key */
        sealed_file_close(held->file);
        held->file = NULL;
    }
    return send(held, chunk, err);
}

int held_bytes_release(struct held_bytes *held, uint64_t position, struct error *err) {
    int code = 0;
    position = position < held->end ? position : held->end;
    while (code == 0 && held->begin < position) {
        bool in_file =
            held->file != NULL && held->begin >= held->file_begin && held->begin < held->file_end;
        code =
            in_file ? release_from_file(held, position, err) : release_chunk(held, position, err);
    }
    return code;
}

void held_bytes_forget(struct held_bytes *held) {
    for (struct outlet_chunk *chunk = held->first; chunk != NULL;) {
        struct outlet_chunk *next = chunk->next;
        outlet_drop(held->outlet, chunk);
        chunk = next;
    }
    sealed_file_close(held->file);
    held->first = held->tail = held->before_tail = NULL;
    held->file = NULL;
    held->begin = held->end;
}
