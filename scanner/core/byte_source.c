#include "core/byte_source.h"

int64_t byte_source_read_full(struct byte_source *s, void *buffer, size_t capacity,
                              struct error *err) {
    size_t have = 0;
    while (have < capacity) {
        int64_t got = byte_source_read(s, (uint8_t *)buffer + have, capacity - have, err);
        if (got < 0 && have == 0) {
            return got;
        }
        if (got <= 0) { /* an error repeats itself at the next read */
            break;
        }
        have += (size_t)got;
    }
    return (int64_t)have;
}

void byte_source_close(struct byte_source *s) {
    if (s != NULL) {
        s->ops->close(s);
    }
}
