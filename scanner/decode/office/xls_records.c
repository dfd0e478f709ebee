#include "decode/office/xls_records.h"

#include <stdlib.h>

#include "core/endian.h"
#include "core/utf8.h"

enum { HEADER_BYTES = 4, BUFFER_BYTES = 2 * (XLS_RECORD_MOST + HEADER_BYTES) };

/* Flags in front of the characters of a string, [MS-XLS] 2.5.293. */
enum { WIDE = 1, WITH_EXTENSION = 4, WITH_RUNS = 8, RUN_BYTES = 4 };

int xls_records_open(struct xls_records *records, struct ole2_stream stream, struct error *err) {
    *records = (struct xls_records){.stream = stream, .buffer = malloc(BUFFER_BYTES)};
    return records->buffer == NULL ? error_set(err, YINMA_E_MEMORY, "out of memory for a workbook")
                                   : 0;
}

void xls_records_release(struct xls_records *records) {
    free(records->buffer);
    records->buffer = NULL;
}

void xls_records_seek(struct xls_records *records, uint64_t offset) {
    records->at = offset;
}

/* NEED bytes from `at` on; NULL: the stream ends before. */
static const uint8_t *need(struct xls_records *r, size_t need_bytes) {
    if (r->at < r->from || r->at + need_bytes > r->from + r->have) {
        /* What is there already stays: streams are cheap to read forwards only. */
        const uint64_t end = r->from + r->have;
        const size_t kept = r->at >= r->from && r->at < end ? (size_t)(end - r->at) : 0;
        memmove(r->buffer, r->buffer + (r->have - kept), kept);
        if (kept == 0) {
            ole2_seek(&r->stream, r->at);
        }
        r->from = r->at;
        r->have = kept + ole2_read_most(&r->stream, r->buffer + kept, BUFFER_BYTES - kept);
        if (r->have < need_bytes) {
            return NULL;
        }
    }
    return r->buffer + (r->at - r->from);
}

bool xls_records_next(struct xls_records *r) {
    const uint8_t *head = need(r, HEADER_BYTES);
    if (head == NULL) {
        return false;
    }
    const size_t len = little_u16(head + 2);
    const uint8_t *record = need(r, HEADER_BYTES + len);
    if (record == NULL) {
        r->cut = true;
        return false;
    }
    r->type = little_u16(record);
    r->data = bytes_of(record + HEADER_BYTES, len);
    r->at += HEADER_BYTES + len;
    return true;
}

bool xls_records_continue(struct xls_records *r) {
    const uint8_t *head = need(r, HEADER_BYTES);
    return head != NULL && little_u16(head) == XLS_CONTINUE && xls_records_next(r);
}

/* ---- strings ---- */

static bool some_left(struct xls_text *t) {
    while (t->left.len == 0) {
        if (!xls_records_continue(t->records)) {
            return false;
        }
        t->left = t->records->data;
    }
    return true;
}

static bool number(struct xls_text *t, unsigned bytes, uint32_t *out) {
    *out = 0;
    for (unsigned i = 0; i < bytes; i++) {
        if (!some_left(t)) {
            return false;
        }
        *out |= (uint32_t)t->left.ptr[0] << 8 * i;
        t->left = bytes_from(t->left, 1);
    }
    return true;
}

static bool skip(struct xls_text *t, uint64_t count) {
    while (count > 0) {
        if (!some_left(t)) {
            return false;
        }
        size_t some = t->left.len < count ? t->left.len : (size_t)count;
        t->left = bytes_from(t->left, some);
        count -= some;
    }
    return true;
}

static void put_code(uint32_t code, struct text_buffer *out) {
    uint8_t utf8[4];
    size_t len = utf8_encode(code, utf8);
    if (len == 0) {
        text_buffer_putc(out, '?');
    } else {
        text_buffer_put(out, bytes_of(utf8, len));
    }
}

/* COUNT characters. A record that goes on with them says again how wide they are. */
static bool characters(struct xls_text *t, uint32_t count, bool wide, struct text_buffer *out) {
    uint32_t high = 0;
    while (count > 0) {
        if (t->left.len == 0) {
            if (!some_left(t)) {
                return false;
            }
            wide = (t->left.ptr[0] & WIDE) != 0;
            t->left = bytes_from(t->left, 1);
            continue;
        }
        uint32_t unit = t->left.ptr[0];
        if (wide && t->left.len == 1) {
            return false;
        }
        unit |= wide ? (uint32_t)t->left.ptr[1] << 8 : 0;
        t->left = bytes_from(t->left, wide ? 2 : 1);
        count--;
        if (high != 0 && unit >= 0xDC00 && unit < 0xE000) {
            put_code(0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00), out);
            high = 0;
            continue;
        }
        high = unit >= 0xD800 && unit < 0xDC00 ? unit : 0;
        if (high == 0) {
            put_code(unit, out);
        }
    }
    return true;
}

bool xls_text_string(struct xls_text *t, unsigned count_bytes, struct text_buffer *out) {
    uint32_t count, flags, runs = 0, extension = 0;
    if (!number(t, count_bytes, &count) || !number(t, 1, &flags) ||
        ((flags & WITH_RUNS) != 0 && !number(t, 2, &runs)) ||
        ((flags & WITH_EXTENSION) != 0 && !number(t, 4, &extension))) {
        return false;
    }
    return characters(t, count, (flags & WIDE) != 0, out) &&
           skip(t, (uint64_t)runs * RUN_BYTES + extension);
}
