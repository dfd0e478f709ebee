/* free_text.h - what logs, plain text and raw bytes have in common: windows over running text with
 * context on both sides, cut at line ends where there are any, and values named by keys. */
#ifndef YINMA_DECODE_FREE_TEXT_H
#define YINMA_DECODE_FREE_TEXT_H

#include "decode/decoder.h"
#include "decode/keyed/values.h"
#include "decode/window.h"

enum free_text_keys {
    FREE_TEXT_WITHOUT_KEYS,
    FREE_TEXT_WITH_KEYS,
    FREE_TEXT_OF_PROGRAM, /* with keys; what stands bare behind "name = " is an expression */
};

/* For the rows of decoders; EXTRA_FLAGS are added to the segments' SEGMENT_FREE_TEXT. */
int free_text_open(const struct decode_input *in, enum free_text_keys keys, unsigned extra_flags,
                   void **state, struct error *err);
int free_text_next(void *state, struct segment *out, struct error *err);
void free_text_close(void *state);

/* The same for a decoder that finds that its data is plain text after all: the next segment of W,
 * or 0 when it is empty. KEYS may be NULL. */
int free_text_segment(struct window *w, struct keyed_values *keys, unsigned flags,
                      struct segment *out, struct error *err);
/* The number of the last line of a W that is read to its end. */
uint64_t free_text_lines(const struct window *w);

#endif
