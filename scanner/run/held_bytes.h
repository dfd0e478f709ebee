/* held_bytes.h - bytes that were read and may not go out yet, oldest first: in memory up to 16 MiB,
 * then in an encrypted temporary file. Positions count from the start of the stream. */
#ifndef YINMA_RUN_HELD_BYTES_H
#define YINMA_RUN_HELD_BYTES_H

#include "input/outlet.h"
#include "input/sealed_file.h"

struct held_bytes {
    struct outlet *outlet;             /* not owned: chunks come from there and go there */
    struct outlet_chunk *first, *tail; /* those in memory; the tail is being filled */
    struct outlet_chunk *before_tail;
    unsigned chunks;               /* in memory, without the tail */
    struct sealed_file *file;      /* what came after them, before the tail; NULL: nothing */
    uint64_t file_begin, file_end; /* of that, in the stream */
    uint64_t file_base;            /* byte 0 of the file in the stream */
    uint64_t begin, end;           /* held: [begin, end) */
    uint64_t spool_max;            /* bytes in the file; 0 = no limit */
};

/* Keep LEN bytes more. 0, YINMA_E_MEMORY, YINMA_E_LIMIT (--max-spool) or the code of an errno. */
int held_bytes_add(struct held_bytes *held, const void *bytes, size_t len, struct error *err);
/* Everything before POSITION may go. 0, or a negative code: YINMA_E_IO when the way out is gone. */
int held_bytes_release(struct held_bytes *held, uint64_t position, struct error *err);
/* What is held is forgotten. */
void held_bytes_forget(struct held_bytes *held);

#endif
