/* rar_headers.h - what libarchive 3.6 does not tell of rar archives: which members are encrypted
 * and with what, and which go on in another volume. Inside the room only. */
#ifndef YINMA_INPUT_ARCHIVE_RAR_HEADERS_H
#define YINMA_INPUT_ARCHIVE_RAR_HEADERS_H

#include "core/byte_source.h"

struct rar_member {
    uint64_t header;    /* where its header begins */
    const char *cipher; /* NULL: not encrypted */
    bool before, after; /* begins, goes on in another volume */
    bool folder;
    bool has_crc; /* CRC-32 of the content */
    uint32_t crc;
};

struct rar_headers {
    struct rar_member *members;
    size_t count, capacity;
    const char *list_cipher; /* the headers themselves are encrypted; NULL: they are not */
    bool version5;
    bool goes_on; /* the end says that another volume follows */
};

/* Read the headers of SOURCE (with read_at) up to the first that makes no sense. 0 or
 * YINMA_E_MEMORY. */
int rar_headers_read(struct byte_source *source, struct rar_headers *headers, struct error *err);
void rar_headers_release(struct rar_headers *headers);

#endif
