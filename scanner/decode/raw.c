/* The last resort: bytes without a known structure. Only what proves itself is found in them. */
#include <stdlib.h>

#include "decode/encoding/transcode.h"
#include "decode/free_text.h"
#include "decode/wide_text.h"

enum { RAW_BITS = 4 };

static unsigned bid(const struct decode_head *head) {
    bool binary = encoding_may_be_binary(head->head) &&
                  encoding_guess(head->head, head->whole).encoding == ENCODING_BINARY;
    return binary ? RAW_BITS : 0;
}

struct raw {
    void *text;
    struct wide_text *wide;
    struct segment last;
    bool has_last; /* which was not yet looked at for UTF-16 */
};

static void close_raw(void *state) {
    struct raw *raw = state;
    if (raw != NULL) {
        free_text_close(raw->text);
        wide_text_free(raw->wide);
        free(raw);
    }
}

static int open_raw(const struct decode_input *in, void **state, struct error *err) {
    struct raw *raw = calloc(1, sizeof *raw);
    if (raw == NULL || (raw->wide = wide_text_new(in->ops)) == NULL) {
        free(raw);
        return error_set(err, YINMA_E_MEMORY, "out of memory for reading raw bytes");
    }
    int status = free_text_open(in, FREE_TEXT_WITHOUT_KEYS, SEGMENT_BINARY, &raw->text, err);
    if (status != 0) {
        close_raw(raw);
        return status;
    }
    *state = raw;
    return 0;
}

/* The bytes as they are, then the same ones as UTF-16, where they hold some. */
static int next_raw(void *state, struct segment *out, struct error *err) {
    struct raw *raw = state;
    if (raw->has_last) {
        raw->has_last = false;
        int found = wide_text_find(raw->wide, &raw->last, out, err);
        if (found != 0) {
            return found;
        }
    }
    int more = free_text_next(raw->text, out, err);
    if (more > 0) {
        raw->last = *out;
        raw->has_last = true;
    }
    return more;
}

const struct decoder decoder_raw = {
    .name = "raw",
    .summary = "bytes of no known format, and the words in UTF-16 among them",
    .traits = DECODER_RAW,
    .bid = bid,
    .most = RAW_BITS,
    .open = open_raw,
    .next = next_raw,
    .close = close_raw,
};
