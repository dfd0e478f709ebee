/* The last resort: bytes without a known structure. Only what proves itself is found in them. */
#include "decode/encoding/transcode.h"
#include "decode/free_text.h"

enum { RAW_BITS = 4 };

static unsigned bid(const struct decode_head *head) {
    bool binary = encoding_may_be_binary(head->head) &&
                  encoding_guess(head->head, head->whole).encoding == ENCODING_BINARY;
    return binary ? RAW_BITS : 0;
}

static int open_raw(const struct decode_input *in, void **state, struct error *err) {
    return free_text_open(in, FREE_TEXT_WITHOUT_KEYS, SEGMENT_BINARY, state, err);
}

const struct decoder decoder_raw = {
    .name = "raw",
    .summary = "bytes of no known format",
    .traits = DECODER_RAW,
    .bid = bid,
    .most = RAW_BITS,
    .open = open_raw,
    .next = free_text_next,
    .close = free_text_close,
};
