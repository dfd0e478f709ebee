/* value_text.h - single values of a known encoding as UTF-8: for formats that say which bytes are a
 * value, so that half a character at the end of one takes nothing from the next. */
#ifndef YINMA_DECODE_VALUE_TEXT_H
#define YINMA_DECODE_VALUE_TEXT_H

#include "core/width_map.h"
#include "decode/encoding/transcode.h"

enum {
    VALUE_TEXT_BYTES = 32 * 1024, /* the longest value */
    VALUE_TEXT_GROWTH = 4,        /* bytes of UTF-8 that one byte may become */
};

struct value_text;

/* ENCODING is what the data are in as far as that is known; values of data that seem to be UTF-8
 * are looked at one by one when it is not SETTLED. NULL and ERR set when that cannot be had. */
struct value_text *value_text_new(struct encoding_guess guess, const struct block64_ops *ops,
                                  struct error *err);
void value_text_free(struct value_text *text);

/* VALUE (no longer than VALUE_TEXT_BYTES) into OUT, which has room for VALUE_TEXT_GROWTH times as
 * much and 16 bytes more; returns the length. Its widths are added to MAP, for it will stand at
 * POSITION; SKIPPED are bytes of the data that left nothing before it. *failed: memory is out. */
size_t value_text_put(struct value_text *text, struct bytes value, uint8_t *out,
                      struct width_map *map, uint64_t position, uint64_t skipped, bool *failed);

/* Met outside ASCII so far: "big5", "utf-8+big5" …; what was guessed when there was nothing. */
const char *value_text_encoding(const struct value_text *text);

#endif
