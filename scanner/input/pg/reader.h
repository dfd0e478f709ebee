/* reader.h - the bytes of an archive of PostgreSQL in order, and its numbers. Inside the room
 * only.
 */
#ifndef YINMA_INPUT_PG_READER_H
#define YINMA_INPUT_PG_READER_H

#include "input/input.h"

enum { PG_BUFFER_BYTES = 64 * 1024, PG_INT_BYTES_MAX = 8 };

/* Reads a source forward; after a failure every call fails. */
struct pg_reader {
    struct byte_source *source; /* not owned */
    size_t at, have;
    uint64_t left;      /* bytes that may still be read (a member of a tar); UINT64_MAX = all */
    unsigned int_bytes; /* from the header */
    unsigned offset_bytes;
    struct error failure; /* code 0 while all is well */
    uint8_t buffer[PG_BUFFER_BYTES];
};

void pg_reader_init(struct pg_reader *reader, struct byte_source *source);
/* Up to LEN bytes, at least one; 0 at the end, negative after a failure. */
int64_t pg_read_some(struct pg_reader *reader, void *out, size_t len);
/* Exactly LEN bytes; OUT may be NULL to skip. 0 or negative (TRUNCATED at the end). */
int pg_read(struct pg_reader *reader, void *out, uint64_t len);
/* The next byte, or -1 at the end or after a failure. */
int pg_byte(struct pg_reader *reader);
/* A sign byte, then a magnitude of int_bytes bytes, lowest first. */
int pg_int(struct pg_reader *reader, int64_t *out);

#endif
