/* redis.c - what Redis writes to disk: RDB files (rdb.h of Redis, versions 6 to 12) and append-only
 * files, which hold commands as they came and may begin with an RDB. Keys are data; the part of
 * their names that says what they are for names the column (user:1001:phone -> user.*.phone). */
#include <stdio.h>
#include <stdlib.h>

#include "decode/byte_feed.h"
#include "decode/decoder.h"
#include "decode/json_paths.h"
#include "decode/record_text.h"
#include "decode/redis_packed.h"

enum { STRING_BYTES_MAX = 64 << 20, DATABASES_MAX = 1024, LINE_BYTES = 32, RAW_BYTES = 64 * 1024 };

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

enum mode { MODE_RDB, MODE_COMMANDS, MODE_RAW, MODE_DONE };

/* Bytes with SEGMENT_PADDING readable ones behind. */
struct string {
    uint8_t *bytes;
    size_t len, capacity;
};

struct redis {
    struct byte_feed feed;
    struct field_set *fields;
    struct decode_report *report;
    struct json_paths *paths;
    struct record_text text;
    enum mode mode;
    uint32_t table, root;
    uint32_t roots[DATABASES_MAX]; /* 0: not made yet */
    struct string key, field, value;
    bool failed;
};

static void redis_close(void *state) {
    struct redis *r = state;
    if (r != NULL) {
        byte_feed_release(&r->feed);
        json_paths_free(r->paths);
        record_text_release(&r->text);
        free(r->key.bytes);
        free(r->field.bytes);
        free(r->value.bytes);
        free(r);
    }
}

static struct bytes view(const struct string *s) {
    return bytes_of(s->bytes, s->len);
}

/* The rest is looked at as raw bytes: nothing says any more where values begin. */
static bool give_up(struct redis *r, int code, const char *why) {
    if (r->report->status == 0) {
        r->report->status = error_set(&r->report->error, code, "%s", why);
    }
    r->mode = MODE_RAW;
    return false;
}

static bool need(struct redis *r, size_t bytes) {
    if (byte_feed_need(&r->feed, bytes)) {
        return true;
    }
    return give_up(r, YINMA_E_TRUNCATED, "the data ends too early; what stands before was read");
}

static bool reserve(struct redis *r, struct string *s, size_t len) {
    if (len > STRING_BYTES_MAX) {
        return give_up(r, YINMA_E_UNSUPPORTED,
                       "a value of more than 64 MiB; the rest was scanned as raw bytes");
    }
    if (s->capacity < len + SEGMENT_PADDING) {
        uint8_t *bigger = realloc(s->bytes, 2 * len + SEGMENT_PADDING);
        r->failed = r->failed || bigger == NULL;
        if (bigger == NULL) {
            return false;
        }
        s->bytes = bigger;
        s->capacity = 2 * len + SEGMENT_PADDING;
    }
    s->len = len;
    memset(s->bytes + len, 0, SEGMENT_PADDING);
    return true;
}

static bool take_bytes(struct redis *r, struct string *out, uint64_t len) {
    if (len > STRING_BYTES_MAX) {
        return reserve(r, out, SIZE_MAX / 4);
    }
    if (!need(r, (size_t)len) || !reserve(r, out, (size_t)len)) {
        return false;
    }
    memcpy(out->bytes, byte_feed_at(&r->feed), (size_t)len);
    r->feed.at += (size_t)len;
    return true;
}

/* ---- places ---- */

static bool select_database(struct redis *r, uint64_t number) {
    char name[24];
    if (number >= DATABASES_MAX) {
        return give_up(r, YINMA_E_DAMAGED, "a database of a number that cannot be");
    }
    snprintf(name, sizeof name, "db%u", (unsigned)number);
    r->table = field_set_table(r->fields, bytes_of_string(name));
    if (r->table == UINT32_MAX) {
        r->failed = true;
        return false;
    }
    if (r->roots[number] == 0) {
        r->roots[number] = json_paths_column(r->paths, r->table, BYTES_LIT(""));
    }
    r->root = r->roots[number];
    return true;
}

/* The place that the parts of KEY between colons name. */
static uint32_t place_of_key(struct redis *r, struct bytes key) {
    uint32_t place = r->root;
    for (size_t from = 0; from <= key.len;) {
        struct bytes rest = bytes_from(key, from);
        const size_t colon = bytes_find(rest, BYTES_LIT(":"));
        struct bytes part = bytes_first(rest, colon);
        place = json_paths_key(r->paths, place, JSON_PATH_NONE, part);
        if (colon == SIZE_MAX) {
            break;
        }
        from += colon + 1;
    }
    return place;
}

/* A key begins a row; its own name is a value as well. */
static uint32_t begin_key(struct redis *r) {
    record_text_row(&r->text, ++field_set_table_at(r->fields, r->table)->rows);
    r->report->rows++;
    const uint32_t field = field_set_key(r->fields, r->table, BYTES_LIT("key"), ATTRIBUTION_EXACT);
    r->failed = r->failed || field == UINT32_MAX;
    if (!r->failed) {
        record_text_cell(&r->text, view(&r->key), field, CELL_TEXT);
    }
    return place_of_key(r, view(&r->key));
}

static void take_value(struct redis *r, uint32_t place, struct bytes value) {
    record_text_cell(&r->text, value, json_paths_field(r->paths, place), 0);
}

static void take_field(struct redis *r, uint32_t place, struct bytes value) {
    take_value(r, json_paths_key(r->paths, place, JSON_PATH_NONE, view(&r->field)), value);
}

/* ---- RDB ---- */

/* A length; *encoded: it is one of the special encodings instead. */
static bool take_length(struct redis *r, uint64_t *out, bool *encoded) {
    *encoded = false;
    if (!need(r, 1)) {
        return false;
    }
    const uint8_t first = *byte_feed_at(&r->feed);
    const size_t bytes = first == 0x80 ? 5 : first == 0x81 ? 9 : (first >> 6) == 1 ? 2 : 1;
    if (!need(r, bytes)) {
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
           (!encoded || give_up(r, YINMA_E_DAMAGED, "a number of elements makes no sense"));
}

static bool take_compressed(struct redis *r, struct string *out) {
    uint64_t packed, len;
    if (!take_count(r, &packed) || !take_count(r, &len)) {
        return false;
    }
    if (packed > STRING_BYTES_MAX || len > STRING_BYTES_MAX) {
        return reserve(r, out, SIZE_MAX / 4);
    }
    if (!need(r, (size_t)packed) || !reserve(r, out, (size_t)len)) {
        return false;
    }
    const bool good =
        redis_unpack(bytes_of(byte_feed_at(&r->feed), (size_t)packed), out->bytes, (size_t)len);
    r->feed.at += (size_t)packed;
    return good || give_up(r, YINMA_E_DAMAGED, "a compressed value makes no sense");
}

static bool take_string(struct redis *r, struct string *out) {
    uint64_t len;
    bool encoded;
    if (!take_length(r, &len, &encoded)) {
        return false;
    }
    if (!encoded) {
        return take_bytes(r, out, len);
    }
    if (len == 3) {
        return take_compressed(r, out);
    }
    const size_t bytes = (size_t)1 << len;
    if (len > 3) {
        return give_up(r, YINMA_E_DAMAGED, "a value is written in a way that does not exist");
    }
    if (!need(r, bytes) || !reserve(r, out, LINE_BYTES)) {
        return false;
    }
    const int64_t number = redis_integer(byte_feed_at(&r->feed), bytes);
    out->len = (size_t)snprintf((char *)out->bytes, LINE_BYTES, "%lld", (long long)number);
    r->feed.at += bytes;
    return true;
}

/* The score behind a member of a sorted set. */
static bool skip_score(struct redis *r, bool binary) {
    size_t bytes = 8;
    if (!binary) {
        if (!need(r, 1)) {
            return false;
        }
        const uint8_t len = *byte_feed_at(&r->feed);
        bytes = len >= 253 ? 1 : (size_t)len + 1;
    }
    if (!need(r, bytes)) {
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
            take_field(r, place, view(&r->value));
            continue;
        }
        take_value(r, json_paths_element(r->paths, place), view(&r->value));
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
    redis_elements_begin(&elements, packing, view(&r->value));
    for (uint64_t i = 0; redis_elements_next(&elements, number, &element); i++) {
        if (pairs && i % 2 == 0) {
            if (!reserve(r, &r->field, element.len)) {
                return false;
            }
            memcpy(r->field.bytes, element.ptr, element.len);
        } else if (pairs) {
            take_field(r, place, element);
        } else {
            take_value(r, json_paths_element(r->paths, place), element);
        }
    }
    return !elements.bad || give_up(r, YINMA_E_DAMAGED, "packed elements make no sense");
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
            take_value(r, json_paths_element(r->paths, place), view(&r->value));
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
    const uint32_t place = begin_key(r);
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
        return give_up(r, YINMA_E_UNSUPPORTED,
                       "a stream or a module's value, which is not known here: from there on only "
                       "raw bytes were scanned");
    }
    if (!take_string(r, &r->value)) {
        return false;
    }
    if (type == TYPE_STRING) {
        take_value(r, place, view(&r->value));
        return true;
    }
    const enum redis_packing packing = type == TYPE_INTSET          ? REDIS_INTSET
                                       : type >= TYPE_HASH_LISTPACK ? REDIS_LISTPACK
                                                                    : REDIS_ZIPLIST;
    return take_packed(r, place, packing, type == TYPE_HASH_ZIPLIST || type == TYPE_HASH_LISTPACK);
}

static bool skip(struct redis *r, size_t bytes) {
    if (!need(r, bytes)) {
        return false;
    }
    r->feed.at += bytes;
    return true;
}

static void end_rdb(struct redis *r) {
    byte_feed_need(&r->feed, 8); /* a checksum, since version 5 */
    const size_t left = byte_feed_left(&r->feed);
    r->feed.at += left < 8 ? left : 8;
    r->mode = byte_feed_need(&r->feed, 1) ? MODE_COMMANDS : MODE_DONE;
}

static bool step_rdb(struct redis *r) {
    uint64_t number, expiring;
    if (!need(r, 1)) {
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
        return take_count(r, &number) && select_database(r, number);
    case OP_IDLE:
        return take_count(r, &number);
    case OP_FREQUENCY:
        return skip(r, 1);
    case OP_EXPIRE:
        return skip(r, 4);
    case OP_EXPIRE_MS:
        return skip(r, 8);
    case OP_END:
        end_rdb(r);
        return true;
    default:
        return take_typed(r, op);
    }
}

/* ---- commands ---- */

/* `*12` or `$12` and a line end. */
static bool take_line(struct redis *r, uint8_t mark, uint64_t *out) {
    byte_feed_need(&r->feed, LINE_BYTES); /* or what is left */
    const uint8_t *p = byte_feed_at(&r->feed);
    const size_t left = byte_feed_left(&r->feed);
    size_t at = 1;
    *out = 0;
    if (left == 0 || p[0] != mark) {
        return left == 0 ? need(r, 1) : give_up(r, YINMA_E_DAMAGED, "a command makes no sense");
    }
    while (at < left && at < 12 && byte_is_digit(p[at])) {
        *out = *out * 10 + (uint64_t)(p[at++] - '0');
    }
    if (at + 2 > left) {
        return need(r, left + 1);
    }
    if (at == 1 || p[at] != '\r' || p[at + 1] != '\n') {
        return give_up(r, YINMA_E_DAMAGED, "a command makes no sense");
    }
    r->feed.at += at + 2;
    return true;
}

static bool take_argument(struct redis *r, struct string *out) {
    uint64_t len;
    return take_line(r, '$', &len) && take_bytes(r, out, len) && skip(r, 2);
}

static bool is_command(const struct string *name, const char *const *names) {
    for (; *names != NULL; names++) {
        if (bytes_equal_ignoring_case(view(name), bytes_of_string(*names))) {
            return true;
        }
    }
    return false;
}

enum shape { SHAPE_VALUE, SHAPE_FIELDS, SHAPE_KEYS, SHAPE_ELEMENTS };

static enum shape shape_of(const struct string *name) {
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
    uint32_t place = begin_key(r);
    for (uint64_t i = 2; i < count; i++) {
        const bool even = i % 2 == 0;
        struct string *into = shape == SHAPE_FIELDS && even  ? &r->field
                              : shape == SHAPE_KEYS && !even ? &r->key
                                                             : &r->value;
        if (!take_argument(r, into)) {
            return false;
        }
        if (into == &r->key) {
            place = begin_key(r);
        } else if (into == &r->value && shape == SHAPE_FIELDS) {
            take_field(r, place, view(&r->value));
        } else if (into == &r->value) {
            take_value(r, shape == SHAPE_ELEMENTS ? json_paths_element(r->paths, place) : place,
                       view(&r->value));
        }
    }
    return true;
}

static bool step_command(struct redis *r) {
    static const char *const select[] = {"SELECT", NULL};
    uint64_t count;
    if (!byte_feed_need(&r->feed, 1)) {
        r->mode = MODE_DONE;
        return true;
    }
    if (*byte_feed_at(&r->feed) == '#') { /* a time stamp */
        while (byte_feed_need(&r->feed, 1) && *byte_feed_at(&r->feed) != '\n') {
            r->feed.at++;
        }
        return skip(r, 1);
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
    return selects ? select_database(r, strtoul((const char *)r->key.bytes, NULL, 10))
                   : take_arguments(r, shape, count);
}

/* ---- the rest ---- */

static void step_raw(struct redis *r) {
    byte_feed_need(&r->feed, RAW_BYTES);
    const size_t left = byte_feed_left(&r->feed);
    const size_t some = left < RAW_BYTES ? left : RAW_BYTES;
    if (some == 0) {
        r->mode = MODE_DONE;
        return;
    }
    record_text_strings(&r->text, bytes_of(byte_feed_at(&r->feed), some), false, FIELD_FREE_TEXT);
    r->feed.at += some;
}

static int redis_next(void *state, struct segment *out, struct error *err) {
    struct redis *r = state;
    record_text_clear(&r->text);
    while (r->mode != MODE_DONE && !record_text_full(&r->text) && !r->failed) {
        if (r->mode == MODE_RDB) {
            step_rdb(r);
        } else if (r->mode == MODE_COMMANDS) {
            step_command(r);
        } else {
            step_raw(r);
        }
    }
    if (r->failed || r->text.failed || r->feed.no_memory || json_paths_failed(r->paths)) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the values of Redis");
    }
    if (r->feed.failure.code != 0) {
        r->report->status = r->feed.failure.code;
        r->report->error = r->feed.failure;
    }
    if (r->text.len == 0) {
        return 0;
    }
    record_text_segment(&r->text, out);
    return 1;
}

static bool is_rdb(struct bytes head) {
    return head.len >= 9 && memcmp(head.ptr, "REDIS", 5) == 0 && byte_is_digit(head.ptr[5]) &&
           byte_is_digit(head.ptr[8]);
}

static int redis_open(const struct decode_input *in, void **state, struct error *err) {
    struct redis *r = calloc(1, sizeof *r);
    if (r == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a decoder");
    }
    *state = r;
    r->feed.source = in->source;
    r->fields = in->fields;
    r->report = in->report;
    r->paths = json_paths_new(in->fields);
    r->mode = MODE_COMMANDS;
    if (r->paths == NULL || !select_database(r, 0)) {
        redis_close(r);
        return error_set(err, YINMA_E_MEMORY, "out of memory for a decoder");
    }
    if (is_rdb(in->head.head) && skip(r, 9)) {
        r->mode = MODE_RDB;
    }
    return 0;
}

/* *3 and a line end, then $3, a line end, and a word. */
static bool is_command_file(struct bytes head) {
    size_t at = 0;
    for (const char *mark = "*$"; *mark != '\0'; mark++) {
        if (at >= head.len || head.ptr[at++] != (uint8_t)*mark) {
            return false;
        }
        const size_t digits = at;
        while (at < head.len && byte_is_digit(head.ptr[at])) {
            at++;
        }
        if (at == digits || at + 2 >= head.len || head.ptr[at] != '\r' ||
            head.ptr[at + 1] != '\n') {
            return false;
        }
        at += 2;
    }
    return byte_is_letter(head.ptr[at]);
}

static unsigned redis_bid(const struct decode_head *head) {
    return is_rdb(head->head) ? 72 : is_command_file(head->head) ? 64 : 0;
}

const struct decoder decoder_redis = {
    .name = "redis",
    .summary = "Redis: dumps (RDB) and append-only files; streams and modules as raw bytes",
    .traits = DECODER_DUMP | DECODER_BINARY,
    .bid = redis_bid,
    .open = redis_open,
    .next = redis_next,
    .close = redis_close,
};
