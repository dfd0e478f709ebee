#include "decode/encoding/transcode.h"

#include <stdlib.h>

#include "decode/encoding/escaped_trails.h"
#include "decode/encoding/transcode_state.h"

enum {
    /* Nobody behind the transcoder holds more of its output than this: a window of 4 MiB and what
     * was looked at before it. */
    OUTPUT_KEPT_BYTES = 8 * 1024 * 1024,
    MOST_NAMES = 8,
    TEXT_STEP_BYTES = 8 * 1024,
    READ_BYTES = 128 * 1024, /* more is not in the cache any more when it is converted */
};

/* ---- reading ---- */

static void refill(struct transcoder *t) {
    size_t left = t->have - t->used;
    memmove(t->input, t->input + t->used, left);
    t->run_end -= t->used;
    t->decided_end -= t->used;
    t->line_end -= t->used;
    t->region_end -= t->used;
    t->used = 0;
    t->have = left;
    size_t room = (left < READ_BYTES ? READ_BYTES : sizeof t->input) - left;
    int64_t got = byte_source_read(t->inner, t->input + left, room, &t->error);
    if (got <= 0) {
        t->at_end = true;
        t->status = (int)got;
        return;
    }
    t->have += (size_t)got;
}

static void out_of_memory(struct transcoder *t) {
    t->status = error_set(&t->error, YINMA_E_MEMORY, "out of memory for changing the encoding");
    t->at_end = true;
    t->used = t->have = t->run_end = t->decided_end = t->line_end = t->region_end = 0;
}

/* ---- regions ---- */

static bool is_family(enum encoding encoding) {
    return encoding == ENCODING_BIG5 || encoding == ENCODING_GB18030;
}

/* From here on output has that width rule. */
static bool set_rule(struct transcoder *t, enum width_rule rule) {
    if (rule != t->rule) {
        t->rule = rule;
        if (t->produced > OUTPUT_KEPT_BYTES) {
            width_map_forget(t->map, t->produced - OUTPUT_KEPT_BYTES);
        }
        return width_map_add(t->map, t->produced, rule, 0);
    }
    return true;
}

static void begin_run_of_ascii(struct transcoder *t, size_t end) {
    t->run_end = t->decided_end = end;
    t->encoding = ENCODING_UTF8; /* keeps the rule: fewer regions */
}

/* Convert what is decided on, up to a character that was escaped in its middle. */
static void begin_stretch(struct transcoder *t) {
    struct bytes rest = bytes_of(t->input + t->used, t->region_end - t->used);
    struct escaped_trail found = {.at = t->decided_end - t->used};
    if (is_family(t->encoding)) {
        (void)escaped_trail_find(rest, found.at, t->encoding, &found);
    }
    t->run_end = t->used + found.at;
    t->skipped = found.skipped;
}

static void go_on_with_run(struct transcoder *t) {
    t->used += t->skipped;
    if (t->skipped != 0 && !width_map_add(t->map, t->produced, t->rule, t->skipped)) {
        out_of_memory(t);
        return;
    }
    begin_stretch(t);
}

static void begin_run(struct transcoder *t, size_t end, enum encoding encoding) {
    if (t->regions.ops->ascii(t->input + t->used, end - t->used)) {
        begin_run_of_ascii(t, end);
        return;
    }
    t->decided_end = end;
    t->careful = 0;
    t->encoding = encoding;
    t->seen |= 1U << encoding;
    struct pair_table *table = encoding == ENCODING_BIG5 ? &t->big5 : &t->gb18030;
    if (!set_rule(t, encoding_width_rule(encoding)) ||
        (is_family(encoding) && pair_table_open(table, encoding, &t->error) != 0)) {
        out_of_memory(t);
        return;
    }
    begin_stretch(t);
}

static struct bytes input_up_to(const struct transcoder *t, size_t end) {
    return bytes_of(t->input + t->used, end - t->used);
}

static void convert_ahead(struct transcoder *t) {
    const struct pair_table *table = t->regions.family == ENCODING_BIG5 ? &t->big5 : &t->gb18030;
    uint8_t *out = t->ahead.out;
    if (out == NULL || t->regions.lean != t->regions.family) {
        return;
    }
    t->ahead.used = convert_chunks(t, table, t->region_end - t->used, &out, t->ahead.room);
    t->ahead.len = (size_t)(out - t->ahead.out);
}

/* The region is of ENCODING: what is ready of it stays, unless something in it was escaped. */
static void begin_region_of_one(struct transcoder *t, enum encoding encoding) {
    t->line_end = t->region_end;
    begin_run(t, t->region_end, encoding);
    if (encoding != t->regions.family || t->encoding != encoding ||
        t->ahead.used > t->run_end - t->used) {
        t->ahead.used = t->ahead.len = 0;
    }
    t->used += t->ahead.used;
    t->produced += t->ahead.len;
}

/* The next region; false at the end of the data. */
static bool begin_region(struct transcoder *t) {
    size_t len = 0;
    bool ascii = false;
    for (;;) {
        len = region_length(&t->regions, input_up_to(t, t->have), t->at_end, &ascii);
        if (len != 0 || t->at_end) {
            break;
        }
        refill(t);
    }
    t->region_begin = t->used;
    t->region_end = t->used + len;
    t->line_end = t->used;
    enum encoding encoding = ENCODING_UTF8;
    if (ascii) {
        t->line_end = t->region_end;
        begin_run_of_ascii(t, t->region_end);
    } else if (len != 0) {
        convert_ahead(t);
        if (region_of_one(&t->regions, input_up_to(t, t->region_end), t->ahead.used, &encoding)) {
            begin_region_of_one(t, encoding);
        } else {
            t->ahead.len = 0;
        }
    }
    return len != 0;
}

/* Decide on the next stretch of input; false at the end of the data. */
static bool next_run(struct transcoder *t) {
    if (t->used == t->run_end && t->used < t->decided_end) {
        go_on_with_run(t);
        return true;
    }
    if (t->used == t->region_end && !begin_region(t)) {
        return false;
    }
    if (t->used < t->run_end || t->used == t->region_end) {
        return true;
    }
    enum encoding encoding;
    if (t->used == t->line_end) {
        struct bytes rest = input_up_to(t, t->region_end);
        const uint8_t *newline = memchr(rest.ptr, '\n', rest.len);
        t->line_end = newline == NULL ? t->region_end : (size_t)(newline - t->input) + 1;
        if (region_line_of_one(&t->regions, input_up_to(t, t->line_end), &encoding)) {
            begin_run(t, t->line_end, encoding);
            return true;
        }
    }
    size_t end = t->used + region_run_length(input_up_to(t, t->line_end));
    struct bytes region = bytes_of(t->input + t->region_begin, t->region_end - t->region_begin);
    begin_run(t, end, region_run(&t->regions, region, t->used - t->region_begin, end - t->used));
    return true;
}

/* ---- converting ---- */

static size_t copy_run(struct transcoder *t, uint8_t *out, size_t capacity) {
    size_t len = t->run_end - t->used < capacity ? t->run_end - t->used : capacity;
    memcpy(out, t->input + t->used, len);
    t->used += len;
    return len;
}

static size_t convert_run(struct transcoder *t, uint8_t *out, size_t capacity) {
    switch (t->encoding) {
    case ENCODING_BIG5:
    case ENCODING_GB18030:
        return convert_pairs(t, out, capacity);
    case ENCODING_UTF16LE:
    case ENCODING_UTF16BE:
        return convert_utf16(t, out, capacity);
    case ENCODING_CP937:
        return convert_cp937(t, out, capacity);
    case ENCODING_UTF8:
    case ENCODING_UNKNOWN_8BIT:
    case ENCODING_BINARY:
        break;
    }
    return copy_run(t, out, capacity);
}

/* More input to convert; false at the end of the data. */
static bool go_on(struct transcoder *t) {
    if (t->by_region) {
        return next_run(t);
    }
    if (t->at_end && t->used == t->have) {
        return false;
    }
    refill(t);
    t->run_end = t->have;
    return true;
}

/* CAPACITY is at least STEP_BYTES. 0 at the end. */
static size_t convert(struct transcoder *t, uint8_t *out, size_t capacity) {
    size_t len = 0;
    while (capacity - len >= STEP_BYTES) {
        size_t more = convert_run(t, out + len, capacity - len);
        t->produced += more;
        len += more;
        if (more != 0) {
            continue;
        }
        t->ahead = (struct ahead){.out = out + len, .room = capacity - len};
        bool goes_on = go_on(t);
        len += t->ahead.len;
        t->ahead = (struct ahead){.out = NULL};
        if (!goes_on) {
            break;
        }
    }
    return len;
}

/* ---- UTF-8 passes without being copied ---- */

/* How much of BUFFER is whole regions of UTF-8. */
static size_t regions_that_pass(struct transcoder *t, struct bytes buffer) {
    size_t at = 0;
    for (;;) {
        struct bytes rest = bytes_from(buffer, at);
        bool ascii;
        size_t len = region_length(&t->regions, rest, t->at_end, &ascii);
        if (len == 0 || (!ascii && !t->regions.ops->utf8(rest.ptr, len))) {
            return at;
        }
        if (!ascii) {
            t->regions.lean = ENCODING_UTF8;
            t->seen |= 1U << ENCODING_UTF8;
        }
        at += len;
    }
}

/* Read straight into OUT, and keep back what is not decided. 0: not possible, or nothing of it
 * passes. */
static size_t pass_through(struct transcoder *t, uint8_t *out, size_t capacity) {
    size_t have = t->have - t->used;
    capacity = capacity < sizeof t->input ? capacity : sizeof t->input;
    if (t->used != t->region_end || is_family(t->regions.lean) ||
        capacity < have + REGION_BYTES + 1) {
        return 0;
    }
    memcpy(out, t->input + t->used, have);
    while (!t->at_end && have < capacity) {
        int64_t got = byte_source_read(t->inner, out + have, capacity - have, &t->error);
        t->at_end = got <= 0;
        t->status = got < 0 ? (int)got : t->status;
        have += got > 0 ? (size_t)got : 0;
    }
    size_t passed = regions_that_pass(t, bytes_of(out, have));
    t->used = t->run_end = t->decided_end = t->line_end = t->region_end = 0;
    t->have = have - passed;
    memcpy(t->input, out + passed, t->have);
    if (passed > 0 && !set_rule(t, WIDTH_SAME)) {
        out_of_memory(t);
        return 0;
    }
    t->produced += passed;
    return passed;
}

/* ---- the source ---- */

static int64_t transcoder_read(struct byte_source *self, void *buffer, size_t capacity,
                               struct error *err) {
    struct transcoder *t = (struct transcoder *)self;
    if (capacity == 0) {
        return 0;
    }
    size_t len = 0;
    if (t->given == t->held && capacity >= sizeof t->held_back) {
        len = t->by_region ? pass_through(t, buffer, capacity) : 0;
        len = len == 0 ? convert(t, buffer, capacity) : len;
    } else {
        if (t->given == t->held) {
            t->given = 0;
            t->held = convert(t, t->held_back, sizeof t->held_back);
        }
        len = t->held - t->given < capacity ? t->held - t->given : capacity;
        memcpy(buffer, t->held_back + t->given, len);
        t->given += len;
    }
    if (len == 0 && t->status < 0) {
        return error_set(err, t->status, "%s", t->error.text);
    }
    return (int64_t)len;
}

static struct byte_source *transcoder_sibling(struct byte_source *self, const char *name,
                                              struct error *err) {
    struct byte_source *inner = ((struct transcoder *)self)->inner;
    return inner->ops->sibling == NULL ? NULL : inner->ops->sibling(inner, name, err);
}

static void transcoder_close(struct byte_source *self) {
    struct transcoder *t = (struct transcoder *)self;
    pair_table_close(&t->big5);
    pair_table_close(&t->gb18030);
    pair_table_close(&t->cp937);
    width_map_free(t->map);
    byte_source_close(t->inner);
    free(t);
}

static const struct byte_source_ops transcoder_ops = {
    .read = transcoder_read, .sibling = transcoder_sibling, .close = transcoder_close};

static int open_tables(struct transcoder *t, struct error *err) {
    if (t->by_region || t->encoding == ENCODING_CP937) {
        t->map = width_map_new();
        if (t->map == NULL) {
            return error_set(err, YINMA_E_MEMORY, "out of memory for offsets");
        }
    }
    switch (t->encoding) {
    case ENCODING_BIG5:
        return pair_table_open(&t->big5, t->encoding, err);
    case ENCODING_GB18030:
        return pair_table_open(&t->gb18030, t->encoding, err);
    case ENCODING_CP937:
        t->rule = WIDTH_SINGLE;
        return width_map_add(t->map, 0, t->rule, 0) ? cp937_open(t, err) : YINMA_E_MEMORY;
    default:
        return 0;
    }
}

static struct transcoder *transcoder_new(struct encoding_guess guess, const struct block64_ops *ops,
                                         struct error *err) {
    struct transcoder *t = calloc(1, sizeof *t);
    if (t == NULL) {
        error_set(err, YINMA_E_MEMORY, "out of memory for changing the encoding");
        return NULL;
    }
    t->base = (struct byte_source){.ops = &transcoder_ops, .size = UINT64_MAX};
    t->by_region = !guess.settled;
    t->encoding = guess.encoding;
    region_state_init(&t->regions, guess, ops);
    if (open_tables(t, err) != 0) {
        transcoder_close(&t->base);
        return NULL;
    }
    return t;
}

int transcode_open(struct transcoding *out, struct byte_source *source, struct encoding_guess guess,
                   const struct block64_ops *ops, struct error *err) {
    enum width_rule rule = encoding_width_rule(guess.encoding);
    *out = (struct transcoding){.source = source, .widths = {.rule = rule}, .guess = guess};
    if (guess.encoding == ENCODING_BINARY || (guess.settled && rule == WIDTH_SAME)) {
        return 0;
    }
    struct transcoder *t = transcoder_new(guess, ops, err);
    if (t == NULL) {
        byte_source_close(source);
        return err->code;
    }
    t->inner = source;
    out->source = &t->base;
    out->transcoder = t;
    out->widths.map = t->map;
    return 0;
}

int transcode_text(struct bytes text, enum encoding encoding, const struct block64_ops *ops,
                   struct text_buffer *out, struct error *err) {
    const struct encoding_guess guess = {.encoding = encoding, .settled = true};
    struct transcoder *t = transcoder_new(guess, ops, err);
    if (t == NULL) {
        return err->code;
    }
    uint8_t part[TEXT_STEP_BYTES];
    size_t len;
    memcpy(t->input, text.ptr, text.len);
    t->have = t->run_end = text.len;
    t->at_end = true;
    while ((len = convert(t, part, sizeof part)) > 0) {
        text_buffer_put(out, bytes_of(part, len));
    }
    int status = out->failed ? YINMA_E_MEMORY : t->status;
    if (status != 0) {
        error_set(err, status, "%s", "out of memory for changing the encoding");
    }
    transcoder_close(&t->base);
    return status;
}

const char *encoding_mixed_name(unsigned seen) {
    static const char *const names[MOST_NAMES] = {
        [1] = "utf-8",         [2] = "big5",         [3] = "utf-8+big5",        [4] = "gb18030",
        [5] = "utf-8+gb18030", [6] = "big5+gb18030", [7] = "utf-8+big5+gb18030"};
    bool utf8 = (seen & 1U << ENCODING_UTF8) != 0, big5 = (seen & 1U << ENCODING_BIG5) != 0,
         gb = (seen & 1U << ENCODING_GB18030) != 0;
    return names[utf8 + 2 * big5 + 4 * gb];
}

const char *transcode_encoding_name(const struct transcoding *transcoding) {
    const struct transcoder *t = transcoding->transcoder;
    if (t == NULL || !t->by_region) {
        return encoding_name(transcoding->guess.encoding);
    }
    bool unknown = (t->seen & 1U << ENCODING_UNKNOWN_8BIT) != 0;
    const char *met = encoding_mixed_name(t->seen);
    return met != NULL ? met : encoding_name(unknown ? ENCODING_UNKNOWN_8BIT : ENCODING_UTF8);
}

bool transcode_seamless(const struct transcoding *transcoding) {
    const struct transcoder *t = transcoding->transcoder;
    if (t == NULL) {
        return transcoding->guess.encoding == ENCODING_UTF8;
    }
    if (!t->by_region) {
        return t->encoding != ENCODING_CP937; /* which has codes that switch */
    }
    /* what is not valid among UTF-8 passes as UTF-8 does */
    return !t->regions.mixed || t->seen == 1U << ENCODING_UTF8 ||
           t->seen == (1U << ENCODING_UTF8 | 1U << ENCODING_UNKNOWN_8BIT);
}

enum encoding_basis transcode_basis(const struct transcoding *transcoding) {
    const struct transcoder *t = transcoding->transcoder;
    enum encoding_basis start = transcoding->guess.basis;
    if (t == NULL || !t->by_region) {
        return start;
    }
    if ((t->seen & ~(1U << ENCODING_UTF8)) != 0) { /* by what is frequent, or not known at all */
        return (t->seen & 1U << ENCODING_UNKNOWN_8BIT) != 0 ? ENCODING_ASSUMED : ENCODING_LIKELY;
    }
    return t->seen != 0 && start < ENCODING_VALID ? ENCODING_VALID : start;
}
