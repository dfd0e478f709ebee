#include "decode/redis/state.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- bytes ---- */

bool redis_give_up(struct redis *r, int code, const char *why) {
    if (r->report->status == 0) {
        r->report->status = error_set(&r->report->error, code, "%s", why);
    }
    r->mode = REDIS_MODE_RAW;
    return false;
}

bool redis_need(struct redis *r, size_t bytes) {
    if (byte_feed_need(&r->feed, bytes)) {
        return true;
    }
    return redis_give_up(r, YINMA_E_TRUNCATED,
                         "the data ends too early; what stands before was read");
}

bool redis_reserve(struct redis *r, struct redis_string *s, size_t len) {
    if (len > REDIS_STRING_BYTES_MAX) {
        return redis_give_up(r, YINMA_E_UNSUPPORTED,
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

bool redis_take_bytes(struct redis *r, struct redis_string *out, uint64_t len) {
    if (len > REDIS_STRING_BYTES_MAX) {
        return redis_reserve(r, out, SIZE_MAX / 4);
    }
    if (!redis_need(r, (size_t)len) || !redis_reserve(r, out, (size_t)len)) {
        return false;
    }
    memcpy(out->bytes, byte_feed_at(&r->feed), (size_t)len);
    r->feed.at += (size_t)len;
    return true;
}

bool redis_skip(struct redis *r, size_t bytes) {
    if (!redis_need(r, bytes)) {
        return false;
    }
    r->feed.at += bytes;
    return true;
}

/* ---- places ---- */

bool redis_select_database(struct redis *r, uint64_t number) {
    char name[24];
    if (number >= REDIS_DATABASES_MAX) {
        return redis_give_up(r, YINMA_E_DAMAGED, "a database of a number that cannot be");
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

uint32_t redis_begin_key(struct redis *r) {
    record_text_row(&r->text, ++field_set_table_at(r->fields, r->table)->rows);
    r->report->rows++;
    const uint32_t field = field_set_key(r->fields, r->table, BYTES_LIT("key"), ATTRIBUTION_EXACT);
    r->failed = r->failed || field == UINT32_MAX;
    if (!r->failed) {
        record_text_cell(&r->text, redis_view(&r->key), field, CELL_TEXT);
    }
    return place_of_key(r, redis_view(&r->key));
}

void redis_take_value(struct redis *r, uint32_t place, struct bytes value) {
    record_text_cell(&r->text, value, json_paths_field(r->paths, place), 0);
}

void redis_take_field(struct redis *r, uint32_t place, struct bytes value) {
    redis_take_value(r, json_paths_key(r->paths, place, JSON_PATH_NONE, redis_view(&r->field)),
                     value);
}
