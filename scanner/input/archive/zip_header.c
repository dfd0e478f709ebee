/* zip_header.c - local headers and the entries of the directory: nearly the same fields. */
#include <isa-l/crc.h>
#include <time.h>

#include "core/endian.h"
#include "input/archive/zip.h"

enum {
    FLAG_DESCRIPTOR = 8,
    METHOD_AES = 99,
    NAME_MOST = 65535,
};

/* Fields behind the name (APPNOTE 4.5). */
enum {
    EXTRA_ZIP64 = 0x0001,
    EXTRA_TIMES = 0x5455,        /* Info-ZIP: seconds since 1970 */
    EXTRA_UNICODE_NAME = 0x7075, /* Info-ZIP */
    EXTRA_AES = 0x9901,
};

int zip_read_at(struct byte_source *source, uint64_t offset, void *buffer, size_t len,
                struct error *err) {
    uint8_t *to = buffer;
    while (len > 0) {
        int64_t got = source->ops->read_at(source, offset, to, len, err);
        if (got <= 0) {
            return got < 0 ? (int)got
                           : error_set(err, YINMA_E_TRUNCATED, "the zip archive ends too early");
        }
        to += got;
        offset += (uint64_t)got;
        len -= (size_t)got;
    }
    return 0;
}

/* MS-DOS keeps the time of the place where it was written, to two seconds. */
static int64_t dos_time(uint32_t when) {
    struct tm parts = {.tm_year = (int)(when >> 25) + 80,
                       .tm_mon = (int)(when >> 21 & 15) - 1,
                       .tm_mday = (int)(when >> 16 & 31),
                       .tm_hour = (int)(when >> 11 & 31),
                       .tm_min = (int)(when >> 5 & 63),
                       .tm_sec = (int)(when & 31) * 2,
                       .tm_isdst = -1};
    const time_t seconds = parts.tm_mon < 0 || parts.tm_mday == 0 ? -1 : mktime(&parts);
    return seconds < 0 ? 0 : (int64_t)seconds;
}

/* Numbers that do not fit into 32 bits stand here, in this order, each only when it does not. */
static void read_zip64(struct zip_entry *entry, struct bytes field, bool central) {
    uint64_t *const places[] = {&entry->size, &entry->packed, central ? &entry->header : NULL};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (places[i] != NULL && *places[i] == UINT32_MAX && field.len >= 8) {
            *places[i] = little_u64(field.ptr);
            field = bytes_from(field, 8);
        }
    }
    if (central && entry->disk == UINT16_MAX && field.len >= 4) {
        entry->disk = little_u32(field.ptr);
    }
}

static void read_extra_field(struct zip_entry *entry, unsigned id, struct bytes field,
                             bool central) {
    if (id == EXTRA_ZIP64) {
        read_zip64(entry, field, central);
    } else if (id == EXTRA_TIMES && field.len >= 5 && (field.ptr[0] & 1) != 0) {
        entry->modified = (int32_t)little_u32(field.ptr + 1);
    } else if (id == EXTRA_AES && field.len >= 7 && entry->method == METHOD_AES) {
        entry->aes = field.ptr[4] >= 1 && field.ptr[4] <= 3 ? field.ptr[4] : 0;
        entry->method = little_u16(field.ptr + 5);
    } else if (id == EXTRA_UNICODE_NAME && field.len > 5 && field.ptr[0] == 1) {
        struct bytes stored = text_buffer_view(&entry->name);
        if (crc32_gzip_refl(0, stored.ptr, stored.len) == little_u32(field.ptr + 1)) {
            text_buffer_clear(&entry->name);
            text_buffer_put(&entry->name, bytes_from(field, 5));
        }
    }
}

static void read_extra(struct zip_entry *entry, struct bytes extra, bool central) {
    while (extra.len >= 4) {
        const size_t len = little_u16(extra.ptr + 2);
        if (len > extra.len - 4) {
            return;
        }
        read_extra_field(entry, little_u16(extra.ptr), bytes_of(extra.ptr + 4, len), central);
        extra = bytes_from(extra, 4 + len);
    }
}

/* FIELDS: from "version needed" on, the same in both headers. */
static void read_fields(struct zip_entry *entry, const uint8_t *fields) {
    entry->flags = little_u16(fields + 2);
    entry->method = little_u16(fields + 4);
    entry->modified = dos_time(little_u32(fields + 6));
    entry->crc = little_u32(fields + 10);
    entry->packed = little_u32(fields + 14);
    entry->size = little_u32(fields + 18);
}

/* The name and what follows it, which stand at OFFSET. */
static int read_variable(struct byte_source *source, uint64_t offset, size_t name_len,
                         size_t extra_len, struct zip_entry *entry, bool central,
                         struct error *err) {
    uint8_t buffer[2 * (size_t)NAME_MOST];
    int code = zip_read_at(source, offset, buffer, name_len + extra_len, err);
    if (code < 0) {
        return code;
    }
    text_buffer_clear(&entry->name);
    text_buffer_put(&entry->name, bytes_of(buffer, name_len));
    read_extra(entry, bytes_of(buffer + name_len, extra_len), central);
    entry->folder = name_len > 0 && buffer[name_len - 1] == '/' &&
                    (entry->size == 0 || entry->size == UINT64_MAX);
    return entry->name.failed ? error_set(err, YINMA_E_MEMORY, "out of memory") : 0;
}

int zip_read_local(struct byte_source *source, uint64_t offset, struct zip_entry *entry,
                   struct error *err) {
    uint8_t header[ZIP_LOCAL_BYTES];
    int code = zip_read_at(source, offset, header, sizeof header, err);
    if (code < 0) {
        return code;
    }
    const struct text_buffer name = entry->name;
    *entry = (struct zip_entry){.header = offset, .name = name};
    read_fields(entry, header + 4);
    const size_t name_len = little_u16(header + 26), extra_len = little_u16(header + 28);
    entry->bytes = sizeof header + name_len + extra_len;
    code = read_variable(source, offset + sizeof header, name_len, extra_len, entry, false, err);
    if ((entry->flags & FLAG_DESCRIPTOR) != 0 && entry->packed == 0) {
        entry->packed = entry->size = UINT64_MAX; /* they stand behind the data */
    } else {
        entry->crc_known = true;
    }
    if (code == 0 && little_u32(header) != 0x04034B50) {
        return error_set(err, YINMA_E_DAMAGED, "no member begins where the directory says");
    }
    return code;
}

int zip_read_central(struct byte_source *source, uint64_t offset, struct zip_entry *entry,
                     struct error *err) {
    enum {
        TYPE_MASK = 0170000,
        TYPE_FILE = 0100000,
        TYPE_FOLDER = 0040000,
        TYPE_LINK = 0120000,
        MADE_BY_UNIX = 3
    };
    uint8_t header[ZIP_CENTRAL_BYTES];
    int code = zip_read_at(source, offset, header, sizeof header, err);
    if (code < 0) {
        return code;
    }
    if (little_u32(header) != 0x02014B50) {
        return error_set(err, YINMA_E_DAMAGED, "the directory of the zip archive is damaged");
    }
    const struct text_buffer name = entry->name;
    *entry = (struct zip_entry){.header = little_u32(header + 42),
                                .disk = little_u16(header + 34),
                                .crc_known = true,
                                .name = name};
    read_fields(entry, header + 6);
    const size_t name_len = little_u16(header + 28), extra_len = little_u16(header + 30);
    entry->bytes = sizeof header + name_len + extra_len + little_u16(header + 32);
    code = read_variable(source, offset + sizeof header, name_len, extra_len, entry, true, err);
    const unsigned type = little_u32(header + 38) >> 16 & TYPE_MASK;
    if (header[5] == MADE_BY_UNIX && type != 0 && !entry->folder) {
        entry->folder = type == TYPE_FOLDER && entry->size == 0;
        /* What was read from a pipe is said to be one, and has content. */
        entry->special =
            type == TYPE_LINK || (type != TYPE_FILE && !entry->folder && entry->size == 0);
    }
    return code;
}

bool zip_local_plausible(const uint8_t *header) {
    enum { VERSION_MOST = 63 };
    static const uint8_t methods[] = {0,  1,  2,  3,  4,  5,  6,  8,  9,  10, 12,
                                      14, 18, 19, 20, 93, 94, 95, 96, 97, 98, 99};
    if (little_u32(header) != 0x04034B50 || header[4] > VERSION_MOST ||
        little_u16(header + 26) == 0 || little_u16(header + 26) > 4096) {
        return false;
    }
    return header[9] == 0 && memchr(methods, header[8], sizeof methods) != NULL;
}
