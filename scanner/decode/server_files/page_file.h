/* page_file.h - a file of pages of a database, read from its first to its last. Inside the room
 * only. */
#ifndef YINMA_DECODE_SERVER_FILES_PAGE_FILE_H
#define YINMA_DECODE_SERVER_FILES_PAGE_FILE_H

#include "decode/byte_feed.h"
#include "decode/decoder.h"
#include "decode/server_files/page_cuts.h"

struct page_file;

/* One row a kind of pages. */
struct page_format {
    /* How long a page is; HEAD: the first bytes, HEAD_BYTES of them or all there are. */
    size_t (*page_bytes)(struct page_file *file, struct bytes head);
    /* Mark where the values on PAGE end; false: nothing on it can be read. Where no page begins,
     * file->step may be made shorter: the next one is looked for behind so many bytes. */
    bool (*take)(struct page_file *file, struct bytes page);
    /* What is to be said when all pages were whole: report->status. */
    void (*tell)(struct page_file *file, struct decode_report *report);
    /* May REST, less than a page, be the end of the data? NULL: pages are all there is. */
    bool (*may_end)(const struct page_file *file, struct bytes rest);
    bool wide; /* text may be written in UTF-16 */
};
enum { PAGE_FILE_HEAD_BYTES = 64 };

struct page_file {
    const struct page_format *format;
    struct decode_report *report;
    struct record_text text;
    struct byte_feed feed;
    struct page_marks cuts; /* of the current page */
    size_t page_bytes;
    size_t step;    /* of the current page: what is read as one */
    uint32_t flags; /* of the format */
    bool ended;
    uint64_t pages, with_rows, compressed, encrypted, broken; /* as the format counts them */
};

/* The members of struct decoder. */
int page_file_open(const struct decode_input *in, const struct page_format *format, void **state,
                   struct error *err);
int page_file_next(void *state, struct segment *out, struct error *err);
void page_file_close(void *state);

#endif
