/* commands.c - append-only files: commands as clients sent them (RESP). */
#include <stdlib.h>

#include "decode/redis/steps.h"

/* `*12` or `$12` and a line end. */
static bool take_line(struct redis *r, uint8_t mark, uint64_t *out) {
    byte_feed_need(&r->feed, REDIS_LINE_BYTES); /* or what is left */
    const uint8_t *p = byte_feed_at(&r->feed);
    const size_t left = byte_feed_left(&r->feed);
    size_t at = 1;
    *out = 0;
    if (left == 0 || p[0] != mark) {
        return left == 0 ? redis_need(r, 1)
                         : redis_give_up(r, YINMA_E_DAMAGED, "a command makes no sense");
    }
    while (at < left && at < 12 && byte_is_digit(p[at])) {
        *out = *out * 10 + (uint64_t)(p[at++] - '0');
    }
    if (at + 2 > left) {
        return redis_need(r, left + 1);
    }
    if (at == 1 || p[at] != '\r' || p[at + 1] != '\n') {
        return redis_give_up(r, YINMA_E_DAMAGED, "a command makes no sense");
    }
    r->feed.at += at + 2;
    return true;
}

static bool take_argument(struct redis *r, struct redis_string *out) {
    uint64_t len;
    return take_line(r, '$', &len) && redis_take_bytes(r, out, len) && redis_skip(r, 2);
}

static bool is_command(const struct redis_string *name, const char *const *names) {
    for (; *names != NULL; names++) {
        if (bytes_equal_ignoring_case(redis_view(name), bytes_of_string(*names))) {
            return true;
        }
    }
    return false;
}

enum shape { SHAPE_VALUE, SHAPE_FIELDS, SHAPE_KEYS, SHAPE_ELEMENTS };

static enum shape shape_of(const struct redis_string *name) {
    static const char *const values[] = {"SET",   "SETEX",  "PSETEX",   "GETSET",
                                         "SETNX", "APPEND", "SETRANGE", NULL};
    static const char *const fields[] = {"HSET", "HMSET", "HSETNX", NULL};
    static const char *const keys[] = {"MSET", "MSETNX", NULL};
    return is_command(name, values)   ? SHAPE_VALUE
           : is_command(name, fields) ? SHAPE_FIELDS
           : is_command(name, keys)   ? SHAPE_KEYS
                                      : SHAPE_ELEMENTS;
}

static bool take_arguments(struct redis *r, enum shape shape, uint64_t count) {
    uint32_t place = redis_begin_key(r);
    for (uint64_t i = 2; i < count; i++) {
        const bool even = i % 2 == 0;
        struct redis_string *into = shape == SHAPE_FIELDS && even  ? &r->field
                                    : shape == SHAPE_KEYS && !even ? &r->key
                                                                   : &r->value;
        if (!take_argument(r, into)) {
            return false;
        }
        if (into == &r->key) {
            place = redis_begin_key(r);
        } else if (into == &r->value && shape == SHAPE_FIELDS) {
            redis_take_field(r, place, redis_view(&r->value));
        } else if (into == &r->value) {
            redis_take_value(r,
                             shape == SHAPE_ELEMENTS ? json_paths_element(r->paths, place) : place,
                             redis_view(&r->value));
        }
    }
    return true;
}

bool redis_step_command(struct redis *r) {
    static const char *const select[] = {"SELECT", NULL};
    uint64_t count;
    if (!byte_feed_need(&r->feed, 1)) {
        r->mode = REDIS_MODE_DONE;
        return true;
    }
    if (*byte_feed_at(&r->feed) == '#') { /* a time stamp */
        while (byte_feed_need(&r->feed, 1) && *byte_feed_at(&r->feed) != '\n') {
            r->feed.at++;
        }
        return redis_skip(r, 1);
    }
    if (!take_line(r, '*', &count) || count == 0 || !take_argument(r, &r->field)) {
        return false;
    }
    if (count == 1) {
        return true;
    }
    const bool selects = is_command(&r->field, select);
    const enum shape shape = shape_of(&r->field);
    if (!take_argument(r, &r->key)) {
        return false;
    }
    return selects ? redis_select_database(r, strtoul((const char *)r->key.bytes, NULL, 10))
                   : take_arguments(r, shape, count);
}
