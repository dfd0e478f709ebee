/* state.h - what the decoder of Redis keeps while it reads, and how its two forms, dumps and
 * commands, hand over what they find. Inside the decoder only. A function that returns false has
 * said why: by redis_give_up(), or memory is out (`failed`). */
#ifndef YINMA_DECODE_REDIS_STATE_H
#define YINMA_DECODE_REDIS_STATE_H

#include "decode/byte_feed.h"
#include "decode/decoder.h"
#include "decode/json/paths.h"
#include "decode/record_text.h"

enum { REDIS_STRING_BYTES_MAX = 64 << 20, REDIS_DATABASES_MAX = 1024, REDIS_LINE_BYTES = 32 };

enum redis_mode { REDIS_MODE_RDB, REDIS_MODE_COMMANDS, REDIS_MODE_RAW, REDIS_MODE_DONE };

/* Bytes with SEGMENT_PADDING readable ones behind. */
struct redis_string {
    uint8_t *bytes;
    size_t len, capacity;
};

struct redis {
    struct byte_feed feed;
    struct field_set *fields;
    struct decode_report *report;
    struct json_paths *paths;
    struct record_text text;
    enum redis_mode mode;
    uint32_t table, root;
    uint32_t roots[REDIS_DATABASES_MAX]; /* 0: not made yet */
    struct redis_string key, field, value;
    bool failed;
};

static inline struct bytes redis_view(const struct redis_string *s) {
    return bytes_of(s->bytes, s->len);
}

/* ---- bytes ---- */

/* The rest is looked at as raw bytes: nothing says any more where values begin. False. */
bool redis_give_up(struct redis *r, int code, const char *why);
/* Are so many bytes there? */
bool redis_need(struct redis *r, size_t bytes);
bool redis_skip(struct redis *r, size_t bytes);
/* Room for LEN bytes, which *S is then long. */
bool redis_reserve(struct redis *r, struct redis_string *s, size_t len);
bool redis_take_bytes(struct redis *r, struct redis_string *out, uint64_t len);

/* ---- places ---- */

bool redis_select_database(struct redis *r, uint64_t number);
/* r->key begins a row; its own name is a value as well. The place that its parts between colons
 * name. */
uint32_t redis_begin_key(struct redis *r);
void redis_take_value(struct redis *r, uint32_t place, struct bytes value);
/* The value of r->field below PLACE. */
void redis_take_field(struct redis *r, uint32_t place, struct bytes value);

#endif
