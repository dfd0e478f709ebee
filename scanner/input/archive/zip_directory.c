/* zip_directory.c - the record at the end that says where the directory is, and its 64-bit form
 * (APPNOTE 4.3.14 to 4.3.16). */
#include <stdlib.h>

#include "core/endian.h"
#include "input/archive/zip.h"

enum {
    END_BYTES = 22,
    LOCATOR_BYTES = 20,
    END64_BYTES = 56,
    SEARCH_BYTES = 65535 + END_BYTES, /* a comment may follow */
};

/* A record whose comment fits into what follows, nearest to the end; NULL: none. */
static const uint8_t *find_end(struct bytes tail) {
    for (size_t at = tail.len >= END_BYTES ? tail.len - END_BYTES + 1 : 0; at > 0; at--) {
        const uint8_t *p = tail.ptr + at - 1;
        if (p[0] == 'P' && little_u32(p) == 0x06054B50 &&
            (size_t)little_u16(p + 20) <= tail.len - (at - 1) - END_BYTES) {
            return p;
        }
    }
    return NULL;
}

/* The 64-bit record stands before the locator, which stands before the END record. */
static int read_end64(struct byte_source *source, uint64_t end, struct zip_directory *directory,
                      uint64_t *said, struct error *err) {
    uint8_t locator[LOCATOR_BYTES], record[END64_BYTES];
    if (end < LOCATOR_BYTES) {
        return 0;
    }
    int code = zip_read_at(source, end - LOCATOR_BYTES, locator, sizeof locator, err);
    if (code < 0 || little_u32(locator) != 0x07064B50) {
        return code;
    }
    uint64_t place = little_u64(locator + 8);
    code = place > source->size ? YINMA_E_TRUNCATED
                                : zip_read_at(source, place, record, sizeof record, err);
    if ((code < 0 || little_u32(record) != 0x06064B50) && end >= LOCATOR_BYTES + END64_BYTES) {
        place = end - LOCATOR_BYTES - END64_BYTES; /* as when bytes were put in front of it all */
        code = zip_read_at(source, place, record, sizeof record, err);
    }
    if (code < 0 || little_u32(record) != 0x06064B50) {
        return code == YINMA_E_TRUNCATED ? 0 : code;
    }
    directory->disk = little_u32(record + 16);
    directory->count = little_u64(record + 32);
    directory->end = place;
    const uint64_t bytes = little_u64(record + 40);
    directory->begin = bytes <= place ? place - bytes : place;
    *said = little_u64(record + 48);
    return 0;
}

int zip_find_directory(struct byte_source *source, struct zip_directory *directory,
                       struct error *err) {
    *directory = (struct zip_directory){0};
    const size_t len = source->size < SEARCH_BYTES ? (size_t)source->size : SEARCH_BYTES;
    const uint64_t from = source->size - len;
    uint8_t *tail = malloc(SEARCH_BYTES);
    if (tail == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    struct error problem = {0};
    int code = zip_read_at(source, from, tail, len, &problem);
    const uint8_t *end = code == 0 ? find_end(bytes_of(tail, len)) : NULL;
    if (end != NULL) {
        const uint64_t place = from + (uint64_t)(end - tail), bytes = little_u32(end + 12);
        uint64_t said = little_u32(end + 16);
        directory->disk = little_u16(end + 4);
        directory->count = little_u16(end + 10);
        directory->end = place;
        directory->begin = bytes <= place ? place - bytes : place;
        directory->comment_bytes = little_u16(end + 20);
        directory->tail_end = place + END_BYTES;
        code = read_end64(source, place, directory, &said, &problem);
        directory->found = code == 0;
        directory->shift = said < directory->begin ? directory->begin - said : 0;
    }
    free(tail);
    if (code == YINMA_E_MEMORY && err != NULL) {
        *err = problem;
    }
    return code == YINMA_E_MEMORY ? code : 0; /* what cannot be read has no directory */
}
