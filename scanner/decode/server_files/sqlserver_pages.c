/* sqlserver_pages.c - data files of SQL Server (.mdf, .ndf) and its uncompressed backups (.bak):
 * their text, page by page. What is deleted but not overwritten is text like any other. A backup is
 * a tape in Microsoft's format (Microsoft Tape Format Specification 1.00a), within which the pages
 * stand as in the files; what stands between them is text as well. */
#include <stdio.h>

#include "decode/server_files/page_file.h"

enum {
    /* the header of a page */
    VERSION = 0,
    TYPE = 1,
    LEVEL = 3,
    SLOT_COUNT = 22,
    FREE_BYTES = 28,
    FREE_BEGIN = 30,
    PAGE_NUMBER = 32,
    FILE_NUMBER = 36,
    HEADER_BYTES = 96,
    SLOTS_MOST = (SQLSERVER_PAGE_BYTES - HEADER_BYTES) / 2,
    LEVEL_MOST = 32,
    TYPE_DATA = 1,
    TYPE_INDEX = 2,
    TYPE_FILE_HEADER = 15,
    TYPE_MOST = 20,
    /* of a file */
    IN_BACKUP = 1,
    ALIGNMENT = 4, /* of pages in a backup: that of the streams of a tape */
};

static bool is_page(const uint8_t *p) {
    const unsigned begin = little_u16(p + FREE_BEGIN);
    return p[VERSION] == 1 && p[TYPE] >= TYPE_DATA && p[TYPE] <= TYPE_MOST &&
           p[LEVEL] < LEVEL_MOST && little_u16(p + SLOT_COUNT) <= SLOTS_MOST &&
           little_u16(p + FREE_BYTES) <= SQLSERVER_PAGE_BYTES - HEADER_BYTES &&
           begin >= HEADER_BYTES && begin <= SQLSERVER_PAGE_BYTES &&
           little_u16(p + FILE_NUMBER) >= 1 && little_u16(p + FILE_NUMBER) <= INT16_MAX;
}

static bool is_tape(struct bytes head) {
    return bytes_starts_with(head, BYTES_LIT("TAPE\0\0"));
}

static unsigned bid(const struct decode_head *head) {
    const struct bytes data = head->head;
    const bool file = data.len >= HEADER_BYTES && is_page(data.ptr) &&
                      data.ptr[TYPE] == TYPE_FILE_HEADER && little_u32(data.ptr + PAGE_NUMBER) == 0;
    return file || is_tape(data) ? 64 : 0;
}

static size_t begin(struct page_file *file, struct bytes head) {
    file->flags = is_tape(head) ? IN_BACKUP : 0;
    return SQLSERVER_PAGE_BYTES;
}

/* No page begins here: as far as one may. */
static size_t next_page(struct bytes data) {
    size_t at = ALIGNMENT;
    while (at + HEADER_BYTES <= data.len && !is_page(data.ptr + at)) {
        at += ALIGNMENT;
    }
    return at;
}

static bool take(struct page_file *file, struct bytes page) {
    if (!is_page(page.ptr)) {
        if ((file->flags & IN_BACKUP) != 0) {
            file->step = next_page(page);
        }
        return true;
    }
    if (page.ptr[TYPE] == TYPE_DATA || page.ptr[TYPE] == TYPE_INDEX) {
        bool compressed;
        file->with_rows++;
        file->broken += !sqlserver_mark_values(page, &file->cuts, &compressed);
        file->compressed += compressed;
    }
    return true;
}

static void tell(struct page_file *file, struct decode_report *report) {
    char more[160] = "";
    if (file->with_rows == 0 && (file->flags & IN_BACKUP) != 0) {
        report->status = error_set(&report->error, YINMA_E_UNSUPPORTED,
                                   "backup in Microsoft's tape format: only its words were read");
        return;
    }
    if (file->broken > 0) {
        snprintf(more, sizeof more,
                 SAID(", %llu pages could not be taken apart (damaged or encrypted)"),
                 (unsigned long long)file->broken);
    } else if (file->compressed > 0) {
        snprintf(more, sizeof more, SAID(", %llu of them with compressed rows"),
                 (unsigned long long)file->compressed);
    }
    report->status = error_set(&report->error, YINMA_E_RAW_PAGES,
                               "SQL Server pages: text of %llu pages with rows was read, not their "
                               "columns and binary numbers%s",
                               (unsigned long long)file->with_rows, more);
}

static bool may_end(const struct page_file *file, struct bytes rest) {
    return (file->flags & IN_BACKUP) != 0 && (rest.len < HEADER_BYTES || !is_page(rest.ptr));
}

static const struct page_format format = {
    .page_bytes = begin, .take = take, .tell = tell, .may_end = may_end, .wide = true};

static int open_pages(const struct decode_input *in, void **state, struct error *err) {
    return page_file_open(in, &format, state, err);
}

const struct decoder decoder_sqlserver_pages = {
    .name = "sqlserver-pages",
    .summary = "data files and uncompressed backups of SQL Server (mdf, ndf, bak): text of their "
               "pages, without columns",
    .traits = DECODER_DUMP | DECODER_BINARY,
    .bid = bid,
    .open = open_pages,
    .next = page_file_next,
    .close = page_file_close,
};
