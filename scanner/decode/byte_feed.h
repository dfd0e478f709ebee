/* byte_feed.h - a source that is read forward in pieces of which the data says how long they are.
 */
#ifndef YINMA_DECODE_BYTE_FEED_H
#define YINMA_DECODE_BYTE_FEED_H

#include "core/byte_source.h"
#include "core/bytes.h"

/* All zero but for the source at first. */
struct byte_feed {
    struct byte_source *source; /* not owned */
    uint8_t *buffer;            /* what was read and not used yet: from `at` */
    size_t at, have, capacity;
    struct error failure; /* of the source; code 0 when it ended as it should */
    bool no_memory;
};

void byte_feed_release(struct byte_feed *feed);

/* NEED bytes, SEGMENT_PADDING readable ones behind them; valid until the next call. False: the data
 * ends before (what is left stays), or memory is out. */
bool byte_feed_need(struct byte_feed *feed, size_t need);
static inline const uint8_t *byte_feed_at(const struct byte_feed *feed) {
    return feed->buffer + feed->at;
}
static inline size_t byte_feed_left(const struct byte_feed *feed) {
    return feed->have - feed->at;
}

#endif
