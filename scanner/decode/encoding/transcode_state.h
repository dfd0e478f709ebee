/* transcode_state.h - a transcoder, shared by the files that make it: transcode.c reads and
 * decides, the others convert. */
#ifndef YINMA_DECODE_ENCODING_TRANSCODE_STATE_H
#define YINMA_DECODE_ENCODING_TRANSCODE_STATE_H

#include "core/utf8.h"
#include "core/width_map.h"
#include "decode/encoding/pair_table.h"
#include "decode/encoding/regions.h"

/* One step may turn four bytes into four invalid markers of four bytes. */
enum { STEP_BYTES = 16, TRANSCODE_INPUT_BYTES = 256 * 1024 };

/* What is converted of a region before it is known whether all of it is of the family that is leant
 * to: where it is, that part need not be asked about, and is ready. */
struct ahead {
    uint8_t *out; /* room for it; NULL: none */
    size_t room;
    size_t used, len; /* bytes of the region, and what they became */
};

struct transcoder {
    struct byte_source base;
    struct byte_source *inner;
    enum encoding encoding; /* of the run that is being converted */
    bool by_region;
    bool at_end; /* the inner source has no more */
    int status;  /* the error that ended it */
    struct error error;
    struct pair_table big5, gb18030, cp937;
    bool two_byte;        /* CP937: between SO and SI */
    size_t careful;       /* bytes that are to be read character by character, before chunks are
                             tried again */
    uint16_t single[256]; /* CP937: the single-byte part */
    struct region_state regions;
    unsigned seen;                        /* bit by encoding: met outside ASCII */
    struct width_map *map;                /* NULL: one rule */
    enum width_rule rule;                 /* of the region added last */
    uint64_t produced;                    /* bytes of output */
    size_t have, used;                    /* of input */
    size_t run_end, line_end, region_end; /* places in input up to which is decided; without
                                             regions run_end is `have` */
    size_t region_begin;
    size_t decided_end; /* by region: of the run; run_end is short of it where half a character is
                           escaped … */
    size_t skipped;     /* … by so many bytes */
    struct ahead ahead;
    size_t held, given;
    uint8_t held_back[4 * STEP_BYTES]; /* output for callers with very small buffers */
    uint8_t input[TRANSCODE_INPUT_BYTES];
};

/* Convert input [used, run_end) as far as OUT has room; returns the length of the output. What a
 * character needs and may still follow (the run is open, and not at the end) is waited for. */
size_t convert_pairs(struct transcoder *t, uint8_t *out, size_t capacity);
/* Of the next LEN bytes of input as much as is chunks of what TABLE has with three bytes and of
 * ASCII, to *out, which has ROOM and is moved. Returns how much that was; nothing is taken. */
size_t convert_chunks(const struct transcoder *t, const struct pair_table *table, size_t len,
                      uint8_t **out, size_t room);
size_t convert_utf16(struct transcoder *t, uint8_t *out, size_t capacity);
size_t convert_cp937(struct transcoder *t, uint8_t *out, size_t capacity);

/* What encodings outside ASCII are called together, by their bits; NULL: none that has a name. */
const char *encoding_mixed_name(unsigned seen);

/* Open the tables of CP937. 0 or a negative code. */
int cp937_open(struct transcoder *t, struct error *err);

/* Nothing more belongs to the run than what is there. */
static inline bool run_is_closed(const struct transcoder *t) {
    return t->by_region || t->at_end;
}

static inline uint8_t *put_code(uint8_t *out, uint32_t code) {
    return out + utf8_encode(code, out);
}

static inline uint8_t *put_invalid(uint8_t *out, const uint8_t *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        out = put_code(out, WIDTH_INVALID_BASE + (uint32_t)bytes[i]);
    }
    return out;
}

#endif
