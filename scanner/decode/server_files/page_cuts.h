/* page_cuts.h - text on a page of a database whose columns are not known: values of neighbouring
 * columns stand side by side, so that `A12…` of one and `09…` of the next look like one word. Where
 * the page says how long its values are, the words are cut there. Inside the room only. */
#ifndef YINMA_DECODE_SERVER_FILES_PAGE_CUTS_H
#define YINMA_DECODE_SERVER_FILES_PAGE_CUTS_H

#include "core/endian.h"
#include "decode/record_text.h"

enum { PAGE_BYTES_MAX = 65536 };

/* Places of one page. */
struct page_marks {
    uint64_t words[PAGE_BYTES_MAX / 64 + 1];
};
static inline void page_mark(struct page_marks *marks, size_t at) {
    marks->words[at / 64] |= UINT64_C(1) << at % 64;
}
static inline bool page_is_marked(const struct page_marks *marks, size_t at) {
    return (marks->words[at / 64] >> at % 64 & 1) != 0;
}
/* The first mark at AT or behind it, END when there is none before. */
size_t page_next_mark(const struct page_marks *marks, size_t at, size_t end);

/* The words of PAGE as running text, cut at the marks. WIDE: some may be written in UTF-16. */
void page_put_words(struct bytes page, const struct page_marks *cuts, bool wide,
                    struct record_text *text);

/* Mark where the values of an InnoDB page of rows end, as far as its records say it. */
void innodb_mark_values(struct bytes page, struct page_marks *cuts);

/* The same for a page of SQL Server (SQLSERVER_PAGE_BYTES) that holds rows; false: it cannot be
 * taken apart, as one that is encrypted. *compressed: so are its rows, by row or page. */
enum { SQLSERVER_PAGE_BYTES = 8192 };
bool sqlserver_mark_values(struct bytes page, struct page_marks *cuts, bool *compressed);

#endif
