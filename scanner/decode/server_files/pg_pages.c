/* pg_pages.c - files of a PostgreSQL cluster (base/NNN/NNN, as in base backups): the text on their
 * pages, dead rows with the living (PostgreSQL documentation, "Database Page Layout"). Which
 * columns a table has is written in other files. */
#include "decode/server_files/page_file.h"

enum {
    PAGE_BYTES = 8192, /* other sizes have to be compiled in */
    HEADER_BYTES = 24,
    FLAGS = 10,
    LOWER = 12,
    UPPER = 14,
    SPECIAL = 16,
    SIZE_AND_VERSION = 18,
    ITEM_BYTES = 4,
    TUPLE_HEADER_AT = 22, /* in a tuple: where its data begins */
    TUPLE_HEADER_MIN = 23,
};

static bool is_page(const uint8_t *p) {
    const unsigned lower = little_u16(p + LOWER), upper = little_u16(p + UPPER);
    const unsigned special = little_u16(p + SPECIAL), size = little_u16(p + SIZE_AND_VERSION);
    return size >> 8 == PAGE_BYTES >> 8 && (size & 0xFF) >= 1 && (size & 0xFF) <= 4 &&
           little_u16(p + FLAGS) <= 7 && lower >= HEADER_BYTES && lower <= upper &&
           upper <= special && special <= PAGE_BYTES;
}

static bool is_empty(const uint8_t *page) {
    return page[0] == 0 && memcmp(page, page + 1, PAGE_BYTES - 1) == 0;
}

/* ---- where values end ---- */

/* Texts of up to 126 bytes have one byte in front, odd, that says how long they are; above 14
 * characters it is itself a character. Follow them from one to the next through the letters in
 * [BEGIN, END); only when they lead to the end they are what they seem. */
static void cut_run(const uint8_t *page, size_t from, size_t begin, size_t end,
                    struct page_marks *cuts) {
    size_t at = begin > from && (page[begin - 1] & 1) != 0 ? begin - 1 : begin;
    const size_t first = at;
    while (at < end && (page[at] & 1) != 0 && page[at] > 2) {
        at += page[at] >> 1;
    }
    if (at != end) {
        return;
    }
    for (at = first; at < end; at += page[at] >> 1) {
        page_mark(cuts, at);
        page_mark(cuts, at + 1);
    }
}

static void cut_tuple(struct bytes page, size_t from, size_t end, struct page_marks *cuts) {
    const struct bytes tuple = bytes_first(page, end);
    for (size_t at = from; at < end;) {
        const size_t len = record_text_word(tuple, at);
        if (len >= RECORD_WORD_MIN) {
            cut_run(page.ptr, from, at, at + len, cuts);
        }
        at += len + 1;
    }
}

static void mark_values(struct bytes page, struct page_marks *cuts) {
    const size_t lower = little_u16(page.ptr + LOWER);
    for (size_t item = HEADER_BYTES; item + ITEM_BYTES <= lower; item += ITEM_BYTES) {
        const uint32_t line = little_u32(page.ptr + item);
        const size_t at = line & 0x7FFF, len = line >> 17;
        if (len < TUPLE_HEADER_MIN || at + len > page.len || at < HEADER_BYTES) {
            continue;
        }
        const size_t data = page.ptr[at + TUPLE_HEADER_AT];
        page_mark(cuts, at);
        if (data >= TUPLE_HEADER_MIN && data < len) {
            page_mark(cuts, at + data);
            cut_tuple(page, at + data, at + len, cuts);
        }
    }
}

/* ---- reading ---- */

static size_t page_bytes(struct page_file *file, struct bytes head) {
    (void)file;
    (void)head;
    return PAGE_BYTES;
}

static bool take_page(struct page_file *file, struct bytes page) {
    if (is_empty(page.ptr)) {
        return false;
    }
    if (is_page(page.ptr)) {
        mark_values(page, &file->cuts);
    } else {
        file->broken++;
    }
    return true;
}

static void tell(struct page_file *file, struct decode_report *report) {
    report->status =
        file->broken > 0
            ? error_set(&report->error, YINMA_E_DAMAGED,
                        "%llu of %llu pages have no header that makes sense",
                        (unsigned long long)file->broken, (unsigned long long)file->pages)
            : error_set(&report->error, YINMA_E_RAW_PAGES,
                        "PostgreSQL pages: text of %llu pages was read, not their columns, binary "
                        "numbers and compressed values",
                        (unsigned long long)file->pages);
}

static const struct page_format format = {
    .page_bytes = page_bytes, .take = take_page, .tell = tell};

static int pg_pages_open(const struct decode_input *in, void **state, struct error *err) {
    return page_file_open(in, &format, state, err);
}

/* They have no magic, but a header of which little is left to chance. Damaged pages may be among
 * them. */
static unsigned pg_pages_bid(const struct decode_head *head) {
    const struct bytes data = head->head;
    unsigned good = 0, bad = 0;
    for (size_t at = 0; at + PAGE_BYTES <= data.len; at += PAGE_BYTES) {
        good += is_page(data.ptr + at);
        bad += !is_page(data.ptr + at) && !is_empty(data.ptr + at);
    }
    const bool begins = data.len >= PAGE_BYTES && is_page(data.ptr);
    return !begins || bad > good ? 0 : bad > 0 ? 24 : good == 1 ? 30 : 40;
}

const struct decoder decoder_pg_pages = {
    .name = "postgresql-pages",
    .summary = "table files of a PostgreSQL cluster: text of their pages, without columns",
    .traits = DECODER_DUMP | DECODER_BINARY,
    .bid = pg_pages_bid,
    .open = pg_pages_open,
    .next = page_file_next,
    .close = page_file_close,
};
