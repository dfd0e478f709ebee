/* outlet.h - bytes on their way out: a thread of its own writes them to a descriptor and, when
 * somebody wants to know, digests what was written, while the next ones are read and judged. Chunks
 * change hands, nothing is copied. The only thread of the program besides the first; made and ended
 * by `guard`. */
#ifndef YINMA_INPUT_OUTLET_H
#define YINMA_INPUT_OUTLET_H

#include "core/bytes.h"
#include "core/error.h"

enum { OUTLET_CHUNK = 256 * 1024 };

struct outlet_chunk {
    struct outlet_chunk *next;
    size_t begin, end; /* what counts of `bytes` */
    uint8_t bytes[OUTLET_CHUNK];
};

struct outlet;

enum outlet_digest { OUTLET_UNDIGESTED, OUTLET_DIGESTED };

/* Writes to DESCRIPTOR, which stays open. 0, YINMA_E_MEMORY or YINMA_E_IO. */
int outlet_new(int descriptor, enum outlet_digest digest, struct outlet **out, struct error *err);

/* An empty chunk, used or new; NULL when memory is out. */
struct outlet_chunk *outlet_chunk(struct outlet *outlet);
/* Give a chunk back that is not to go out. */
void outlet_drop(struct outlet *outlet, struct outlet_chunk *chunk);
/* CHUNK goes out behind those sent before. Waits while too much is queued (a slow reader). False
 * when the other end is gone or cannot be written to. */
bool outlet_send(struct outlet *outlet, struct outlet_chunk *chunk);

struct outlet_result {
    uint64_t bytes;  /* written */
    char sha256[65]; /* of those, in hex; "" unless it was asked for */
    int os_errno;    /* what ended it early (EPIPE: the reader left), or 0 */
};

/* Wait until everything that was sent is out, and free the outlet. */
void outlet_finish(struct outlet *outlet, struct outlet_result *result);

#endif
