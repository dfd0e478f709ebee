/* reader.h - taking the wire form to pieces: numbers and texts, each checked against what is
 * left, and memory for what they become. Private to the reading half (wire_read*.c). */
#ifndef YINMA_RESULT_WIRE_READER_H
#define YINMA_RESULT_WIRE_READER_H

#include <stdlib.h>

#include "result/facts_store.h"
#include "result/text_copy.h"
#include "result/wire/format.h"

/* Reading goes on over zeros after the first failure, so it is checked once a loop and at the
 * end. */
struct wire_reader {
    struct bytes left;
    struct facts_store *store; /* where everything goes; NULL: to the heap, piece by piece */
    struct date_facts *dates;  /* the last ones that were stored of this unit; NULL: none */
    int status;                /* 0 or a negative code */
};

static inline void wire_fail(struct wire_reader *in, int code) {
    if (in->status == 0) {
        in->status = code;
    }
    in->left.len = 0;
}

/* Room for COUNT things of SIZE bytes, zeroed; NULL for none and, with a failure, when memory is
 * out. */
static inline void *wire_take(struct wire_reader *in, size_t count, size_t size) {
    if (count == 0 || in->status < 0) {
        return NULL;
    }
    void *memory =
        in->store == NULL ? calloc(count, size) : facts_store_take(in->store, count * size);
    if (memory == NULL) {
        wire_fail(in, YINMA_E_MEMORY);
    }
    return memory;
}

static inline uint8_t wire_u8(struct wire_reader *in) {
    if (in->left.len == 0) {
        wire_fail(in, YINMA_E_DAMAGED);
        return 0;
    }
    uint8_t value = in->left.ptr[0];
    in->left = bytes_from(in->left, 1);
    return value;
}

uint64_t wire_long_varint(struct wire_reader *in);

static inline uint64_t wire_varint(struct wire_reader *in) {
    if (in->left.len > 0 && in->left.ptr[0] < 0x80) {
        return wire_u8(in);
    }
    return wire_long_varint(in);
}

/* A number up to and including MAX. */
static inline uint64_t wire_up_to(struct wire_reader *in, uint64_t max) {
    uint64_t value = wire_varint(in);
    if (value > max) {
        wire_fail(in, YINMA_E_DAMAGED);
        return 0;
    }
    return value;
}

uint64_t wire_u64(struct wire_reader *in);
int32_t wire_day(struct wire_reader *in);
struct bytes wire_view(struct wire_reader *in);
void wire_text(struct wire_reader *in, struct bytes *out);
/* Text with room for SIZE bytes, its NUL included. */
void wire_string(struct wire_reader *in, char *out, size_t size);
/* TEXT ends what was taken last: what stands behind its NUL is not needed. */
void wire_end_text(struct wire_reader *in, const char *text);
void wire_example(struct wire_reader *in, struct example *out);

/* ---- wire/read_kind.c ---- */

void wire_kinds(struct wire_reader *in, struct field_facts *field);

/* ---- wire/read_rows.c ---- */

void wire_samples(struct wire_reader *in, struct unit_facts *unit);

#endif
