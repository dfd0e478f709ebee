/* dump.c - RDB files: opcodes, and keys with values of a type each (rdb.h of Redis). */
#include <stdio.h>

#include "decode/redis/packed.h"
#include "decode/redis/steps.h"

enum opcode {
    OP_FUNCTION = 0xF5,
    OP_IDLE = 0xF8,
    OP_FREQUENCY = 0xF9,
    OP_AUX = 0xFA,
    OP_RESIZE = 0xFB,
    OP_EXPIRE_MS = 0xFC,
    OP_EXPIRE = 0xFD,
    OP_SELECT = 0xFE,
    OP_END = 0xFF,
};

enum value_type {
    TYPE_STRING = 0,
    TYPE_LIST = 1,
    TYPE_SET = 2,
    TYPE_SORTED_SET = 3,
    TYPE_HASH = 4,
    TYPE_SORTED_SET_2 = 5,
    TYPE_LIST_ZIPLIST = 10,
    TYPE_INTSET = 11,
    TYPE_SORTED_SET_ZIPLIST = 12,
    TYPE_HASH_ZIPLIST = 13,
    TYPE_QUICKLIST = 14,
    TYPE_HASH_LISTPACK = 16,
    TYPE_SORTED_SET_LISTPACK = 17,
    TYPE_QUICKLIST_2 = 18,
    TYPE_SET_LISTPACK = 20,
};

/* A length; *encoded: it is one of the special encodings instead. */
static bool take_length(struct redis *r, uint64_t *out, bool *encoded) {
    *encoded = false;
    if (!redis_need(r, 1)) {
        return false;
    }
    const uint8_t first = *byte_feed_at(&r->feed);
    const size_t bytes = first == 0x80 ? 5 : first == 0x81 ? 9 : (first >> 6) == 1 ? 2 : 1;
    if (!redis_need(r, bytes)) {
        return false;
    }
    const uint8_t *p = byte_feed_at(&r->feed);
    *out = first & 0x3F;
    *encoded = (first >> 6) == 3;
    if (bytes > 2) {
        *out = 0;
    }
    for (size_t i = 1; i < bytes; i++) {
        *out = *out << 8 | p[i];
    }
    r->feed.at += bytes;
    return true;
}

static bool take_count(struct redis *r, uint64_t *out) {
    bool encoded;
    return take_length(r, out, &encoded) &&
           (!encoded || redis_give_up(r, YINMA_E_DAMAGED, "a number of elements makes no sense"));
}

static bool take_compressed(struct redis *r, struct redis_string *out) {
    uint64_t packed, len;
    if (!take_count(r, &packed) || !take_count(r, &len)) {
        return false;
    }
    if (packed > REDIS_STRING_BYTES_MAX || len > REDIS_STRING_BYTES_MAX) {
        return redis_reserve(r, out, SIZE_MAX / 4);
    }
    if (!redis_need(r, (size_t)packed) || !redis_reserve(r, out, (size_t)len)) {
        return false;
    }
    const bool good =
        redis_unpack(bytes_of(byte_feed_at(&r->feed), (size_t)packed), out->bytes, (size_t)len);
    r->feed.at += (size_t)packed;
    return good || redis_give_up(r, YINMA_E_DAMAGED, "a compressed value makes no sense");
}

static bool take_string(struct redis *r, struct redis_string *out) {
    uint64_t len;
    bool encoded;
    if (!take_length(r, &len, &encoded)) {
        return false;
    }
    if (!encoded) {
        return redis_take_bytes(r, out, len);
    }
    if (len == 3) {
        return take_compressed(r, out);
    }
    const size_t bytes = (size_t)1 << len;
    if (len > 3) {
        return redis_give_up(r, YINMA_E_DAMAGED, "a value is written in a way that does not exist");
    }
    if (!redis_need(r, bytes) || !redis_reserve(r, out, REDIS_LINE_BYTES)) {
        return false;
    }
    const int64_t number = redis_integer(byte_feed_at(&r->feed), bytes);
    out->len = (size_t)snprintf((char *)out->bytes, REDIS_LINE_BYTES, "%lld", (long long)number);
    r->feed.at += bytes;
    return true;
}

/* The score behind a member of a sorted set. */
static bool skip_score(struct redis *r, bool binary) {
    size_t bytes = 8;
    if (!binary) {
        if (!redis_need(r, 1)) {
            return false;
        }
        const uint8_t len = *byte_feed_at(&r->feed);
        bytes = len >= 253 ? 1 : (size_t)len + 1;
    }
    if (!redis_need(r, bytes)) {
        return false;
    }
    r->feed.at += bytes;
    return true;
}

/* Strings one by one: PAIRS are fields and values. */
static bool take_elements(struct redis *r, uint32_t place, enum value_type type) {
    uint64_t count;
    if (!take_count(r, &count)) {
        return false;
    }
    for (uint64_t i = 0; i < count; i++) {
        if (!take_string(r, type == TYPE_HASH ? &r->field : &r->value)) {
            return false;
        }
        if (type == TYPE_HASH) {
            if (!take_string(r, &r->value)) {
                return false;
            }
            redis_take_field(r, place, redis_view(&r->value));
            continue;
        }
        redis_take_value(r, json_paths_element(r->paths, place), redis_view(&r->value));
        if ((type == TYPE_SORTED_SET || type == TYPE_SORTED_SET_2) &&
            !skip_score(r, type == TYPE_SORTED_SET_2)) {
            return false;
        }
    }
    return true;
}

/* Elements packed into one string, in r->value. */
static bool take_packed(struct redis *r, uint32_t place, enum redis_packing packing, bool pairs) {
    struct redis_elements elements;
    struct bytes element;
    char number[REDIS_NUMBER_BYTES];
    redis_elements_begin(&elements, packing, redis_view(&r->value));
    for (uint64_t i = 0; redis_elements_next(&elements, number, &element); i++) {
        if (pairs && i % 2 == 0) {
            if (!redis_reserve(r, &r->field, element.len)) {
                return false;
            }
            memcpy(r->field.bytes, element.ptr, element.len);
        } else if (pairs) {
            redis_take_field(r, place, element);
        } else {
            redis_take_value(r, json_paths_element(r->paths, place), element);
        }
    }
    return !elements.bad || redis_give_up(r, YINMA_E_DAMAGED, "packed elements make no sense");
}

static bool take_quicklist(struct redis *r, uint32_t place, bool second) {
    uint64_t count, container = 2;
    if (!take_count(r, &count)) {
        return false;
    }
    for (uint64_t i = 0; i < count; i++) {
        if ((second && !take_count(r, &container)) || !take_string(r, &r->value)) {
            return false;
        }
        if (container == 1) {
            redis_take_value(r, json_paths_element(r->paths, place), redis_view(&r->value));
        } else if (!take_packed(r, place, second ? REDIS_LISTPACK : REDIS_ZIPLIST, false)) {
            return false;
        }
    }
    return true;
}

static bool take_typed(struct redis *r, uint8_t type) {
    if (!take_string(r, &r->key)) {
        return false;
    }
    const uint32_t place = redis_begin_key(r);
    switch ((enum value_type)type) {
    case TYPE_LIST:
    case TYPE_SET:
    case TYPE_SORTED_SET:
    case TYPE_HASH:
    case TYPE_SORTED_SET_2:
        return take_elements(r, place, (enum value_type)type);
    case TYPE_QUICKLIST:
    case TYPE_QUICKLIST_2:
        return take_quicklist(r, place, type == TYPE_QUICKLIST_2);
    case TYPE_STRING:
    case TYPE_LIST_ZIPLIST:
    case TYPE_INTSET:
    case TYPE_SORTED_SET_ZIPLIST:
    case TYPE_HASH_ZIPLIST:
    case TYPE_HASH_LISTPACK:
    case TYPE_SORTED_SET_LISTPACK:
    case TYPE_SET_LISTPACK:
        break;
    default:
        return redis_give_up(
            r, YINMA_E_UNSUPPORTED,
            "a stream or a module's value, which is not known here: from there on only "
            "raw bytes were scanned");
    }
    if (!take_string(r, &r->value)) {
        return false;
    }
    if (type == TYPE_STRING) {
        redis_take_value(r, place, redis_view(&r->value));
        return true;
    }
    const enum redis_packing packing = type == TYPE_INTSET          ? REDIS_INTSET
                                       : type >= TYPE_HASH_LISTPACK ? REDIS_LISTPACK
                                                                    : REDIS_ZIPLIST;
    return take_packed(r, place, packing, type == TYPE_HASH_ZIPLIST || type == TYPE_HASH_LISTPACK);
}

static void end_rdb(struct redis *r) {
    byte_feed_need(&r->feed, 8); /* a checksum, since version 5 */
    const size_t left = byte_feed_left(&r->feed);
    r->feed.at += left < 8 ? left : 8;
    r->mode = byte_feed_need(&r->feed, 1) ? REDIS_MODE_COMMANDS : REDIS_MODE_DONE;
}

bool redis_step_dump(struct redis *r) {
    uint64_t number, expiring;
    if (!redis_need(r, 1)) {
        return false;
    }
    const uint8_t op = *byte_feed_at(&r->feed);
    r->feed.at++;
    switch ((enum opcode)op) {
    case OP_AUX:
        return take_string(r, &r->key) && take_string(r, &r->value);
    case OP_FUNCTION:
        return take_string(r, &r->value);
    case OP_RESIZE:
        return take_count(r, &number) && take_count(r, &expiring);
    case OP_SELECT:
        return take_count(r, &number) && redis_select_database(r, number);
    case OP_IDLE:
        return take_count(r, &number);
    case OP_FREQUENCY:
        return redis_skip(r, 1);
    case OP_EXPIRE:
        return redis_skip(r, 4);
    case OP_EXPIRE_MS:
        return redis_skip(r, 8);
    case OP_END:
        end_rdb(r);
        return true;
    default:
        return take_typed(r, op);
    }
}
