/* innodb.c - tablespaces of InnoDB (.ibd, ibdata, undo): their text, page by page. What is deleted
 * but not overwritten is text like any other; pages that are compressed or encrypted are told. */
#include <stdio.h>

#include "decode/server_files/page_file.h"

enum {
    FIRST_PAGE_BYTES = 58, /* of the first page: what says that it is one */
    PAGE_NUMBER = 4,
    PAGE_TYPE = 24,
    KEY_VERSION = 26, /* of MariaDB before its full checksums; then in the first four bytes */
    SPACE_ID = 34,
    HEADER_SPACE_ID = 38,
    HEADER_SIZE = 46,
    HEADER_FLAGS = 54,
    FLAG_FULL_CHECKSUM = 1 << 4, /* MariaDB from 10.5 on */
    FLAG_ENCRYPTED = 1 << 13,    /* MySQL */
    TYPE_SPACE_HEADER = 8,
    TYPE_INDEX = 17855,
    TYPE_SPATIAL_INDEX = 17854,
    TYPE_COMPRESSED = 14,
    TYPE_ENCRYPTED = 15,
    TYPE_COMPRESSED_ENCRYPTED = 16,
    TYPE_SPATIAL_ENCRYPTED = 17,
    TYPE_PAGE_COMPRESSED = 34354, /* MariaDB */
    TYPE_PAGE_COMPRESSED_ENCRYPTED = 37401,
};

/* ---- the first page ---- */

static bool is_full_checksum(uint32_t flags) {
    return (flags & FLAG_FULL_CHECKSUM) != 0;
}

/* Sizes are powers of two: the exponent over 512. 0: not a size. */
static size_t page_bytes_of(uint32_t flags, bool *row_compressed) {
    const uint32_t zipped = flags >> 1 & 15, size = flags >> 6 & 15;
    *row_compressed = !is_full_checksum(flags) && zipped != 0;
    const uint32_t exponent = is_full_checksum(flags) ? flags & 15
                              : zipped != 0           ? zipped
                              : size != 0             ? size
                                                      : 5;
    return exponent >= 1 && exponent <= 7 ? (size_t)512 << exponent : 0;
}

static unsigned innodb_bid(const struct decode_head *head) {
    const uint8_t *p = head->head.ptr;
    bool zipped;
    return head->head.len >= FIRST_PAGE_BYTES && big_u16(p + PAGE_TYPE) == TYPE_SPACE_HEADER &&
                   big_u32(p + PAGE_NUMBER) == 0 &&
                   big_u32(p + SPACE_ID) == big_u32(p + HEADER_SPACE_ID) &&
                   big_u32(p + HEADER_SIZE) > 0 &&
                   page_bytes_of(big_u32(p + HEADER_FLAGS), &zipped) != 0
               ? 64
               : 0;
}

static size_t read_first_page(struct page_file *file, struct bytes head) {
    bool row_compressed;
    file->flags = head.len >= FIRST_PAGE_BYTES ? big_u32(head.ptr + HEADER_FLAGS) : 0;
    const size_t bytes = page_bytes_of(file->flags, &row_compressed);
    return bytes != 0 ? bytes : 16384;
}

/* ---- pages ---- */

static bool is_encrypted(const struct page_file *file, const uint8_t *page, uint16_t type) {
    const bool of_mysql = type >= TYPE_ENCRYPTED && type <= TYPE_SPATIAL_ENCRYPTED &&
                          (file->flags & FLAG_ENCRYPTED) != 0;
    const bool of_mariadb = is_full_checksum(file->flags)
                                ? big_u32(page) != 0
                                : file->pages > 1 && big_u32(page + KEY_VERSION) != 0 &&
                                      (type == TYPE_INDEX || type == 0);
    return of_mysql || type == TYPE_PAGE_COMPRESSED_ENCRYPTED || of_mariadb;
}

static bool is_compressed(const struct page_file *file, uint16_t type) {
    bool row_compressed;
    (void)page_bytes_of(file->flags, &row_compressed);
    const bool full = is_full_checksum(file->flags) && (type & 0x8000) != 0;
    return full || type == TYPE_COMPRESSED || type == TYPE_PAGE_COMPRESSED ||
           (row_compressed && type == TYPE_INDEX);
}

static bool take_page(struct page_file *file, struct bytes page) {
    const uint16_t type = big_u16(page.ptr + PAGE_TYPE);
    if (is_encrypted(file, page.ptr, type)) {
        file->encrypted++;
        return false;
    }
    if (is_compressed(file, type)) {
        file->compressed++; /* changes since it was compressed stand in clear behind it */
    } else if (type == TYPE_INDEX || type == TYPE_SPATIAL_INDEX) {
        file->with_rows++;
        innodb_mark_values(page, &file->cuts);
    }
    return true;
}

static void tell(struct page_file *file, struct decode_report *report) {
    char more[96] = "";
    if (file->compressed > 0) {
        snprintf(more, sizeof more, SAID(", %llu pages are compressed and were not read"),
                 (unsigned long long)file->compressed);
    }
    report->status =
        file->encrypted > 0
            ? error_set(&report->error, YINMA_E_ENCRYPTED, "%llu of %llu pages are encrypted%s",
                        (unsigned long long)file->encrypted, (unsigned long long)file->pages, more)
            : error_set(&report->error, YINMA_E_RAW_PAGES,
                        "InnoDB pages: text of %llu pages with rows was read, not their columns "
                        "and binary numbers%s",
                        (unsigned long long)file->with_rows, more);
}

static const struct page_format format = {
    .page_bytes = read_first_page, .take = take_page, .tell = tell};

static int innodb_open(const struct decode_input *in, void **state, struct error *err) {
    return page_file_open(in, &format, state, err);
}

const struct decoder decoder_innodb = {
    .name = "innodb",
    .summary = "tablespaces of InnoDB (ibd, ibdata): text of their pages, without columns; "
               "compressed and encrypted pages are told",
    .traits = DECODER_DUMP | DECODER_BINARY,
    .bid = innodb_bid,
    .open = innodb_open,
    .next = page_file_next,
    .close = page_file_close,
};
