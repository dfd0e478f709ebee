#include "decode/office/xlsb_records.h"

#include "core/endian.h"

enum { TYPE_BYTES_MOST = 2, LENGTH_BYTES_MOST = 4, NO_STRING = -1 };

/* A number of up to MOST bytes, seven bits in each; the highest bit says that another one follows.
 * False: the data end inside it. */
static bool number(struct bytes *left, unsigned most, uint32_t *out) {
    *out = 0;
    for (unsigned i = 0; i < most; i++) {
        if (left->len == 0) {
            return false;
        }
        const uint8_t byte = left->ptr[0];
        *left = bytes_from(*left, 1);
        *out |= (uint32_t)(byte & 0x7F) << 7 * i;
        if ((byte & 0x80) == 0) {
            break;
        }
    }
    return true;
}

bool xlsb_records_next(struct xlsb_records *r) {
    uint32_t type, len;
    r->feed.at += r->used;
    r->used = 0;
    (void)byte_feed_need(&r->feed, TYPE_BYTES_MOST + LENGTH_BYTES_MOST);
    const size_t there = r->feed.buffer == NULL ? 0 : byte_feed_left(&r->feed);
    if (there == 0) {
        return false;
    }
    struct bytes left = bytes_of(byte_feed_at(&r->feed), there);
    if (!number(&left, TYPE_BYTES_MOST, &type) || !number(&left, LENGTH_BYTES_MOST, &len) ||
        len > XLSB_RECORD_MOST) {
        r->cut = true;
        return false;
    }
    const size_t head = there - left.len;
    if (!byte_feed_need(&r->feed, head + len)) {
        r->cut = true;
        return false;
    }
    r->type = type;
    r->data = bytes_of(byte_feed_at(&r->feed) + head, len);
    r->used = head + len;
    return true;
}

bool xlsb_string(struct bytes *left, struct text_buffer *out) {
    if (left->len < 4) {
        return false;
    }
    const uint32_t count = little_u32(left->ptr);
    *left = bytes_from(*left, 4);
    if (count == (uint32_t)NO_STRING) { /* a nullable one */
        return true;
    }
    if (count > left->len / 2) {
        return false;
    }
    text_buffer_put_utf16le(out, bytes_first(*left, (size_t)2 * count));
    *left = bytes_from(*left, (size_t)2 * count);
    return true;
}

bool xlsb_rich_string(struct bytes data, struct text_buffer *out) {
    data = bytes_from(data, 1);
    return xlsb_string(&data, out);
}
