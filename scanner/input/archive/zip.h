/* zip.h - the parts of the zip reader (APPNOTE.TXT 6.3.10 by PKWARE; AES: the AE-1 and AE-2
 * specification by WinZip). Inside the room only. */
#ifndef YINMA_INPUT_ARCHIVE_ZIP_H
#define YINMA_INPUT_ARCHIVE_ZIP_H

#include "core/text_buffer.h"
#include "input/formats.h"

enum {
    ZIP_LOCAL_BYTES = 30,   /* of a local header, without its name */
    ZIP_CENTRAL_BYTES = 46, /* of an entry of the directory, likewise */
};

/* What a local header or an entry of the directory says. */
struct zip_entry {
    uint64_t header;       /* where the local header stands in the source */
    uint64_t packed, size; /* bytes; UINT64_MAX where it is not said */
    uint32_t crc;          /* of the content */
    bool crc_known;
    bool folder, special;    /* special: a link, a device */
    uint16_t flags, method;  /* of what AES hides: the method below it */
    uint8_t aes;             /* 0 none, 1 = 128, 2 = 192, 3 = 256 bits */
    uint32_t disk;           /* of a split archive, on which it begins */
    int64_t modified;        /* seconds since 1970, 0 unknown */
    size_t bytes;            /* of the header, with its name and what follows it */
    struct text_buffer name; /* as stored, or as its Unicode field says */
};

/* LEN bytes of SOURCE at OFFSET: 0, YINMA_E_TRUNCATED when there are fewer, or another code. */
int zip_read_at(struct byte_source *source, uint64_t offset, void *buffer, size_t len,
                struct error *err);

/* ---- headers (zip_header.c) ---- */

/* Read the header at OFFSET of SOURCE; entry->name is initialised by the caller. 0, YINMA_E_DAMAGED
 * when its signature is not there (of a local header the fields are set all the same), or another
 * code. */
int zip_read_local(struct byte_source *source, uint64_t offset, struct zip_entry *entry,
                   struct error *err);
int zip_read_central(struct byte_source *source, uint64_t offset, struct zip_entry *entry,
                     struct error *err);
/* Could a local header begin with these ZIP_LOCAL_BYTES? */
bool zip_local_plausible(const uint8_t *header);

/* ---- the directory (zip_directory.c) ---- */

struct zip_directory {
    bool found;
    bool encrypted;
    uint32_t disk;        /* the number of this part of a split archive */
    uint64_t begin, end;  /* where its entries stand */
    uint64_t tail_end;    /* behind the record of its end, without the comment */
    uint64_t count;       /* of entries, as it says */
    uint64_t shift;       /* to add to the places that the entries name: bytes in front of it all */
    size_t comment_bytes; /* behind tail_end */
};
/* 0, or negative when the source fails; *directory says whether there is one. */
int zip_find_directory(struct byte_source *source, struct zip_directory *directory,
                       struct error *err);

/* ---- bytes that belong to no member yet (zip_ranges.c) ---- */

struct zip_range {
    uint64_t begin, end;
};
/* Ranges that have been seen, sorted, merged. */
struct zip_ranges {
    struct zip_range *items;
    size_t count, capacity;
};
int zip_ranges_add(struct zip_ranges *ranges, uint64_t begin, uint64_t end, struct error *err);
/* The first bytes at or after *BEGIN that were not seen, below LIMIT; false: none. */
bool zip_ranges_gap(const struct zip_ranges *ranges, uint64_t limit, struct zip_range *gap);
void zip_ranges_release(struct zip_ranges *ranges);

/* ---- searching (zip_search.c) ---- */

/* The first plausible local header in [begin, end): 1 and *found, 0 none, negative. An entry of a
 * directory or a record of its end stops the search with 2 when STOPS. */
int zip_search_header(struct byte_source *source, struct zip_range range, bool stops,
                      uint64_t *found, struct error *err);
/* Where the data that begins at range.begin ends, by the descriptor behind it; 1 and *end, the CRC
 * and the size in ENTRY; 0 when there is none. */
int zip_search_descriptor(struct byte_source *source, struct zip_range range,
                          struct zip_entry *entry, uint64_t *end, struct error *err);
/* Bytes of the descriptor at OFFSET, that of ENTRY, whose sizes are known; 0 none. */
size_t zip_descriptor_bytes(struct byte_source *source, uint64_t offset,
                            const struct zip_entry *entry);
/* Is every byte of the range zero? 1, 0 or negative. */
int zip_all_zero(struct byte_source *source, struct zip_range range, struct error *err);

/* ---- content (zip_content.c) ---- */

/* The content of one member at a time: sizes and checksum are compared at its end. */
struct zip_content;
struct zip_content *zip_content_new(struct byte_source *zip, struct input_budget *budget);
void zip_content_free(struct zip_content *content);
/* A member whose data stands in DATA of the archive. Opened when it is read. 0, or why it cannot be
 * read. */
int zip_content_begin(struct zip_content *content, const struct zip_entry *entry,
                      struct zip_range data, struct error *err);
struct byte_source *zip_content_source(struct zip_content *content);

#endif
