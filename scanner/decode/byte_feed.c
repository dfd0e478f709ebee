#include "decode/byte_feed.h"

#include <stdlib.h>

#include "core/segment.h"

enum { READ_BYTES = 64 * 1024 };

void byte_feed_release(struct byte_feed *feed) {
    free(feed->buffer);
    *feed = (struct byte_feed){0};
}

bool byte_feed_need(struct byte_feed *feed, size_t need) {
    if (feed->have - feed->at >= need && feed->buffer != NULL) {
        return true;
    }
    if (feed->buffer != NULL && feed->at > 0) {
        memmove(feed->buffer, feed->buffer + feed->at, feed->have - feed->at);
        feed->have -= feed->at;
        feed->at = 0;
    }
    if (feed->buffer == NULL || feed->capacity < need + READ_BYTES) {
        uint8_t *bigger = realloc(feed->buffer, need + (size_t)2 * READ_BYTES + SEGMENT_PADDING);
        if (bigger == NULL) {
            feed->no_memory = true;
            return false;
        }
        feed->buffer = bigger;
        feed->capacity = need + (size_t)2 * READ_BYTES;
    }
    while (feed->have < need && feed->failure.code == 0) {
        int64_t got = byte_source_read(feed->source, feed->buffer + feed->have,
                                       feed->capacity - feed->have, &feed->failure);
        feed->failure.code = got < 0 ? (int)got : 0;
        if (got <= 0) {
            break;
        }
        feed->have += (size_t)got;
    }
    memset(feed->buffer + feed->have, 0, SEGMENT_PADDING);
    return feed->have >= need;
}
