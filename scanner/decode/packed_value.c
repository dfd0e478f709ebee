#include "decode/packed_value.h"

/* RFC 1950, 2.2: Deflate with a window of 32 KiB, no dictionary; the two bytes are a multiple of
 * 31, so that four pairs are left. */
static bool begins_zlib(struct bytes data) {
    return data.len >= 2 && data.ptr[0] == 0x78 &&
           (data.ptr[1] == 0x01 || data.ptr[1] == 0x5E || data.ptr[1] == 0x9C ||
            data.ptr[1] == 0xDA);
}

bool packed_value(struct bytes data, struct packed_value *out) {
    enum { LENGTH = 4 };
    if (data.len < PACKED_VALUE_HEAD) {
        return false;
    }
    if (bytes_starts_with(data, BYTES_LIT("\x1F\x8B\x08")) &&
        (data.ptr[3] & 0xE0) == 0) { /* RFC 1952 */
        *out = (struct packed_value){.codec = BLOCK_GZIP, .sure = true};
        return true;
    }
    if (bytes_starts_with(data, BYTES_LIT("\x28\xB5\x2F\xFD"))) { /* RFC 8878, 3.1.1 */
        *out = (struct packed_value){.codec = BLOCK_ZSTD, .sure = true};
        return true;
    }
    /* MySQL's manual, COMPRESS(): the length of the content in four bytes, low byte first, of which
     * the upper two bits are free */
    const bool counted = data.ptr[3] <= 0x3F && begins_zlib(bytes_from(data, LENGTH));
    *out = (struct packed_value){.codec = BLOCK_ZLIB, .begin = counted ? LENGTH : 0};
    return counted || begins_zlib(data);
}

const char *packed_file(struct bytes data) {
    static const struct {
        const char *name, *magic;
        size_t len;
    } files[] = {{"PDF", "%PDF-1.", 7},
                 {"zip or Office", "PK\x03\x04", 4},
                 {"OLE2", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8},
                 {"7z", "7z\xBC\xAF\x27\x1C", 6},
                 {"RAR", "Rar!\x1A\x07", 6},
                 {"xz", "\xFD\x37zXZ", 5},
                 {"bzip2", "BZh91AY&SY", 10}};
    for (size_t i = 0; data.len >= PACKED_VALUE_MIN && i < sizeof files / sizeof *files; i++) {
        if (memcmp(data.ptr, files[i].magic, files[i].len) == 0) {
            return files[i].name;
        }
    }
    return NULL;
}
