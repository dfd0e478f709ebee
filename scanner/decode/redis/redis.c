/* redis.c - what Redis writes to disk: RDB files (rdb.h of Redis, versions 6 to 12) and append-only
 * files, which hold commands as they came and may begin with an RDB. Keys are data; the part of
 * their names that says what they are for names the column (user:1001:phone -> user.*.phone). */
#include <stdlib.h>

#include "decode/redis/steps.h"

enum { RAW_BYTES = 64 * 1024 };

static void step_raw(struct redis *r) {
    byte_feed_need(&r->feed, RAW_BYTES);
    const size_t left = byte_feed_left(&r->feed);
    const size_t some = left < RAW_BYTES ? left : RAW_BYTES;
    if (some == 0) {
        r->mode = REDIS_MODE_DONE;
        return;
    }
    record_text_strings(&r->text, bytes_of(byte_feed_at(&r->feed), some), false, FIELD_FREE_TEXT);
    r->feed.at += some;
}

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

static int redis_next(void *state, struct segment *out, struct error *err) {
    struct redis *r = state;
    record_text_clear(&r->text);
    while (r->mode != REDIS_MODE_DONE && !record_text_full(&r->text) && !r->failed) {
        if (r->mode == REDIS_MODE_RDB) {
            redis_step_dump(r);
        } else if (r->mode == REDIS_MODE_COMMANDS) {
            redis_step_command(r);
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
    record_text_tell_cut(&r->text, r->report);
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
    r->mode = REDIS_MODE_COMMANDS;
    if (r->paths == NULL || !redis_select_database(r, 0)) {
        redis_close(r);
        return error_set(err, YINMA_E_MEMORY, "out of memory for a decoder");
    }
    if (is_rdb(in->head.head) && redis_skip(r, 9)) {
        r->mode = REDIS_MODE_RDB;
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
