/* pair_kernels.h - text of a two-byte encoding made UTF-8 in chunks, without a branch on what
 * stands where. Processors without an instruction that moves chosen bytes together have none: what
 * is told character by character (transcode_pairs.c) is the reference. */
#ifndef YINMA_DECODE_ENCODING_PAIR_KERNELS_H
#define YINMA_DECODE_ENCODING_PAIR_KERNELS_H

#include "core/block64/variant_for.h"

enum {
    PAIR_CHUNK_BYTES = 1024,
    PAIR_ROOM_BEHIND = 64, /* so much more than the result may be written */
};

/* Place of a pair in tables: as a word of the two bytes that is loaded with the lower one first. */
static inline size_t pair_place(uint8_t lead, uint8_t trail) {
    return (size_t)trail << 8 | lead;
}

struct pair_kernels {
    /* IN[0 .. len), which begins with a whole character, as far as it is chunks of nothing but
     * ASCII and pairs that UTF8 has with three bytes: by place the bytes to write, their number in
     * the uppermost one. OUT has room for 3 bytes for every 2 and for PAIR_ROOM_BEHIND more.
     * Returns how many bytes of IN were converted, and moves *out. NULL: not to be had. */
    size_t (*convert)(const uint32_t *utf8, const uint8_t *in, size_t len, uint8_t **out);
};

extern const struct pair_kernels VARIANTS(pair_kernels);

#endif
