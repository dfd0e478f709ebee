/* zip_search.c - members without a directory: by the signatures of their headers and of the
 * descriptors behind their data (APPNOTE 4.3.9). */
#include <stdlib.h>

#include "core/endian.h"
#include "input/archive/zip.h"

enum {
    WINDOW_BYTES = 256 * 1024,
    OVERLAP_BYTES = ZIP_LOCAL_BYTES + 16, /* no signature with its record is longer */
    DESCRIPTOR_BYTES = 12,                /* CRC and two sizes, without a signature */
};

/* Looks at one place that begins with "PK": what search() returns when it is not 0. REST is at
 * least the record's bytes, fewer only at the end of the range. */
typedef int look_fn(void *context, uint64_t place, struct bytes rest);

static int search(struct byte_source *source, struct zip_range range, look_fn *look, void *context,
                  struct error *err) {
    uint8_t *window = malloc(WINDOW_BYTES);
    if (window == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    int code = 0;
    while (code == 0 && range.begin < range.end) {
        const uint64_t left = range.end - range.begin;
        const size_t len = left < WINDOW_BYTES ? (size_t)left : WINDOW_BYTES;
        code = zip_read_at(source, range.begin, window, len, err);
        const bool last = len == left;
        struct bytes rest = bytes_of(window, code == 0 ? len : 0);
        while (code == 0 && rest.len > 1) {
            const uint8_t *p = memchr(rest.ptr, 'P', rest.len - 1);
            if (p == NULL) {
                break;
            }
            const size_t at = (size_t)(p - window);
            if (!last && at >= len - OVERLAP_BYTES) {
                break; /* seen whole in the next window */
            }
            rest = bytes_of(p, len - at);
            code = p[1] == 'K' ? look(context, range.begin + at, rest) : 0;
            rest = bytes_from(rest, 1);
        }
        range.begin += last ? len : len - OVERLAP_BYTES;
    }
    free(window);
    return code;
}

struct header_search {
    bool stops;
    uint64_t found;
};

static int look_for_header(void *context, uint64_t place, struct bytes rest) {
    struct header_search *wanted = context;
    if (rest.len < 4) {
        return 0;
    }
    wanted->found = place;
    const uint32_t signature = little_u32(rest.ptr);
    if (wanted->stops && ((signature == 0x02014B50 && rest.len > 5 && rest.ptr[4] <= 63) ||
                          signature == 0x06064B50 || signature == 0x06054B50)) {
        return 2;
    }
    return rest.len >= ZIP_LOCAL_BYTES && zip_local_plausible(rest.ptr) ? 1 : 0;
}

int zip_search_header(struct byte_source *source, struct zip_range range, bool stops,
                      uint64_t *found, struct error *err) {
    struct header_search wanted = {.stops = stops};
    int code = search(source, range, look_for_header, &wanted, err);
    *found = wanted.found;
    return code;
}

struct descriptor_search {
    uint64_t begin;
    uint64_t end;
    struct zip_entry *entry;
};

/* The size of the data is how far we have come, so a descriptor proves itself. */
static int look_for_descriptor(void *context, uint64_t place, struct bytes rest) {
    struct descriptor_search *wanted = context;
    const uint64_t packed = place - wanted->begin;
    if (rest.len < 4 + DESCRIPTOR_BYTES || little_u32(rest.ptr) != 0x08074B50) {
        return 0;
    }
    const bool wide = rest.len >= 24 && little_u64(rest.ptr + 8) == packed;
    if (!wide && little_u32(rest.ptr + 8) != packed) {
        return 0;
    }
    wanted->entry->crc = little_u32(rest.ptr + 4);
    wanted->entry->crc_known = true;
    wanted->entry->packed = packed;
    wanted->entry->size = wide ? little_u64(rest.ptr + 16) : little_u32(rest.ptr + 12);
    wanted->end = place;
    return 1;
}

int zip_search_descriptor(struct byte_source *source, struct zip_range range,
                          struct zip_entry *entry, uint64_t *end, struct error *err) {
    struct descriptor_search wanted = {.begin = range.begin, .entry = entry};
    int code = search(source, range, look_for_descriptor, &wanted, err);
    *end = wanted.end;
    return code;
}

size_t zip_descriptor_bytes(struct byte_source *source, uint64_t offset,
                            const struct zip_entry *entry) {
    uint8_t record[24];
    const uint64_t left = offset < source->size ? source->size - offset : 0;
    const size_t len = left < sizeof record ? (size_t)left : sizeof record;
    if (len < DESCRIPTOR_BYTES || zip_read_at(source, offset, record, len, NULL) < 0) {
        return 0;
    }
    const size_t from = len >= 4 + DESCRIPTOR_BYTES && little_u32(record) == 0x08074B50 ? 4 : 0;
    if (little_u32(record + from) != entry->crc) {
        return 0;
    }
    const bool wide = len >= from + 20 && little_u64(record + from + 4) == entry->packed &&
                      little_u64(record + from + 12) == entry->size;
    return wide ? from + 20 : from + DESCRIPTOR_BYTES;
}

int zip_all_zero(struct byte_source *source, struct zip_range range, struct error *err) {
    uint8_t piece[4096];
    while (range.begin < range.end) {
        const uint64_t left = range.end - range.begin;
        const size_t len = left < sizeof piece ? (size_t)left : sizeof piece;
        int code = zip_read_at(source, range.begin, piece, len, err);
        for (size_t i = 0; code == 0 && i < len; i++) {
            if (piece[i] != 0) {
                return 0;
            }
        }
        if (code < 0) {
            return code;
        }
        range.begin += len;
    }
    return 1;
}
