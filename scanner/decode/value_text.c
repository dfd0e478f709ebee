#include "decode/value_text.h"

#include <stdlib.h>

#include "decode/encoding/transcode_state.h"

struct value_text {
    struct encoding_guess guess;
    struct transcoder transcoder; /* never reads: its input is one value at a time */
};

static bool is_family(enum encoding encoding) {
    return encoding == ENCODING_BIG5 || encoding == ENCODING_GB18030;
}

static struct pair_table *table_of(struct transcoder *t, enum encoding encoding) {
    return encoding == ENCODING_BIG5 ? &t->big5 : &t->gb18030;
}

struct value_text *value_text_new(struct encoding_guess guess, const struct block64_ops *ops,
                                  struct error *err) {
    struct value_text *text = calloc(1, sizeof *text);
    if (text == NULL) {
        error_set(err, YINMA_E_MEMORY, "out of memory for changing the encoding");
        return NULL;
    }
    struct transcoder *t = &text->transcoder;
    text->guess = guess;
    t->at_end = true;
    region_state_init(&t->regions, guess, ops);
    int status = 0;
    if (guess.encoding == ENCODING_CP937) {
        status = cp937_open(t, err);
    } else if (is_family(guess.encoding)) {
        status = pair_table_open(table_of(t, guess.encoding), guess.encoding, err);
    }
    if (status != 0) {
        value_text_free(text);
        return NULL;
    }
    return text;
}

void value_text_free(struct value_text *text) {
    if (text != NULL) {
        pair_table_close(&text->transcoder.big5);
        pair_table_close(&text->transcoder.gb18030);
        pair_table_close(&text->transcoder.cp937);
        free(text);
    }
}

/* Of this one value. */
static enum encoding encoding_of(struct value_text *text, struct bytes value) {
    enum encoding guess = text->guess.encoding;
    const struct region_state *regions = &text->transcoder.regions;
    if (text->guess.settled || guess == ENCODING_UTF16LE || guess == ENCODING_UTF16BE ||
        guess == ENCODING_CP937) {
        return guess;
    }
    if (regions->ops->ascii(value.ptr, value.len)) {
        return ENCODING_UTF8;
    }
    return region_run(regions, value, 0, value.len);
}

static size_t convert(struct transcoder *t, struct bytes value, uint8_t *out) {
    size_t room = VALUE_TEXT_GROWTH * value.len + STEP_BYTES;
    switch (t->encoding) {
    case ENCODING_BIG5:
    case ENCODING_GB18030:
        return convert_pairs(t, out, room);
    case ENCODING_UTF16LE:
    case ENCODING_UTF16BE:
        return convert_utf16(t, out, room);
    case ENCODING_CP937:
        return convert_cp937(t, out, room);
    case ENCODING_UTF8:
    case ENCODING_UNKNOWN_8BIT:
    case ENCODING_BINARY:
        break;
    }
    memcpy(out, value.ptr, value.len);
    return value.len;
}

size_t value_text_put(struct value_text *text, struct bytes value, uint8_t *out,
                      struct width_map *map, uint64_t position, uint64_t skipped, bool *failed) {
    struct transcoder *t = &text->transcoder;
    struct error err = {0};
    value = bytes_first(value, VALUE_TEXT_BYTES);
    t->encoding = encoding_of(text, value);
    if (!t->regions.ops->ascii(value.ptr, value.len)) {
        t->seen |= 1U << t->encoding;
    }
    enum width_rule rule =
        t->encoding == ENCODING_CP937 ? WIDTH_SINGLE : encoding_width_rule(t->encoding);
    bool ready = width_map_add(map, position, rule, skipped) &&
                 (!is_family(t->encoding) ||
                  pair_table_open(table_of(t, t->encoding), t->encoding, &err) == 0);
    if (!ready || value.len == 0) {
        *failed = *failed || !ready;
        return 0;
    }
    memcpy(t->input, value.ptr, value.len);
    t->used = 0;
    t->have = t->run_end = value.len;
    t->two_byte = false; /* each value has its own shift codes */
    t->map = map;
    t->produced = position;
    size_t len = convert(t, value, out);
    *failed = *failed || t->status != 0;
    return len;
}

const char *value_text_encoding(const struct value_text *text) {
    const char *met = encoding_mixed_name(text->transcoder.seen);
    return met != NULL && !text->guess.settled ? met : encoding_name(text->guess.encoding);
}
