/* sqlserver_record.c - where the values of SQL Server's rows end. Nothing of it is in Microsoft's
 * documentation; this follows P. Randal, "Inside the Storage Engine: Anatomy of a record" (2007),
 * K. Delaney, "SQL Server 2008 Internals" (chapters 5 and 7), and what OrcaMDF reads. */
#include "decode/server_files/page_cuts.h"

enum {
    PAGE_HEADER = 96,
    FIXED_LENGTH = 14, /* of the header: bytes of a row's fixed part, as index pages have it */
    SLOT_COUNT = 22,
    RECORD_COMPRESSED = 1 << 0,
    RECORD_KIND = 7 << 1,
    RECORD_NULLS = 1 << 4,
    RECORD_VARIABLE = 1 << 5,
    KIND_FORWARD = 2 << 1, /* no more than an address */
    KIND_INDEX = 3 << 1,
    KIND_GHOST_INDEX = 5 << 1,
    ELSEWHERE = 0x8000, /* the value is an address, or a part of one */
    /* of a compressed row */
    LONG_VALUES = 1 << 5,
    MANY_COLUMNS = 0x80,
    COLUMNS_OF_ONE_CLUSTER = 30,
    IN_LINE_MOST = 9, /* a code that is one less than the bytes of the value */
    DICTIONARY = 12,
};

struct record {
    const uint8_t *at;
    size_t origin, len; /* of the page: where it begins; what there is of it at most */
};

static void mark(const struct record *record, size_t at, struct page_marks *cuts) {
    if (at < record->len) {
        page_mark(cuts, record->origin + at);
    }
}

/* Ends of values, COUNT of two bytes each at AT, the first of which begins behind them. */
static void mark_ends(const struct record *record, size_t at, size_t count, size_t begin,
                      size_t base, struct page_marks *cuts) {
    mark(record, begin, cuts);
    for (size_t i = 0; i < count && at + 2 * i + 2 <= record->len; i++) {
        mark(record, base + (little_u16(record->at + at + 2 * i) & (ELSEWHERE - 1U)), cuts);
    }
}

/* Status, the values of constant length, which columns are NULL, the ends of the others. */
static void cut_plain(const struct record *record, size_t fixed, struct page_marks *cuts) {
    const uint8_t *p = record->at;
    const unsigned kind = p[0] & RECORD_KIND;
    const bool index = kind == KIND_INDEX || kind == KIND_GHOST_INDEX;
    if (kind == KIND_FORWARD || record->len < 4) {
        return;
    }
    size_t at = index ? fixed : little_u16(p + 2);
    mark(record, index ? 1 : 4, cuts);
    mark(record, at, cuts);
    if ((p[0] & RECORD_NULLS) != 0 && at + 2 <= record->len) {
        at += 2 + ((size_t)little_u16(p + at) + 7) / 8;
    }
    if ((p[0] & RECORD_VARIABLE) != 0 && at + 2 <= record->len) {
        const size_t count = little_u16(p + at);
        mark_ends(record, at + 2, count, at + 2 + 2 * count, 0, cuts);
    }
}

/* A code of four bits for each column, short values one after the other, then long ones with their
 * ends before them. Of tables of more columns than a cluster has, only the row is cut. */
static void cut_compressed(const struct record *record, struct page_marks *cuts) {
    const uint8_t *p = record->at;
    if (record->len < 4) {
        return;
    }
    size_t at = (p[1] & MANY_COLUMNS) != 0 ? 3 : 2;
    const size_t columns = at == 2 ? p[1] : (size_t)(p[1] & 0x7FU) << 8 | p[2];
    const size_t codes = at;
    at += (columns + 1) / 2;
    if (columns > COLUMNS_OF_ONE_CLUSTER || at > record->len) {
        return;
    }
    mark(record, at, cuts);
    for (size_t i = 0; i < columns; i++) {
        const unsigned code = (unsigned)p[codes + i / 2] >> i % 2 * 4 & 15U;
        at += code == DICTIONARY ? 1 : code >= 2 && code <= IN_LINE_MOST ? code - 1U : 0;
        mark(record, at, cuts);
    }
    if ((p[0] & LONG_VALUES) != 0 && at + 3 <= record->len) {
        const size_t count = little_u16(p + at + 1), begin = at + 3 + 2 * count;
        mark_ends(record, at + 3, count, begin, begin, cuts);
    }
}

bool sqlserver_mark_values(struct bytes page, struct page_marks *cuts, bool *compressed) {
    struct page_marks records = {0};
    const size_t count = little_u16(page.ptr + SLOT_COUNT);
    const size_t slots = SQLSERVER_PAGE_BYTES - 2 * count;
    *compressed = false;
    if (2 * count > SQLSERVER_PAGE_BYTES - PAGE_HEADER) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const size_t origin = little_u16(page.ptr + slots + 2 * i);
        if (origin != 0 && (origin < PAGE_HEADER || origin >= slots)) {
            return false;
        }
        if (origin != 0) {
            page_mark(&records, origin);
        }
    }
    size_t origin = page_next_mark(&records, PAGE_HEADER, slots);
    while (origin < slots) {
        const size_t next = page_next_mark(&records, origin + 1, slots);
        const struct record record = {page.ptr + origin, origin, next - origin};
        page_mark(cuts, origin);
        if ((record.at[0] & RECORD_COMPRESSED) != 0) {
            *compressed = true;
            cut_compressed(&record, cuts);
        } else {
            cut_plain(&record, little_u16(page.ptr + FIXED_LENGTH), cuts);
        }
        origin = next;
    }
    page_mark(cuts, slots < SQLSERVER_PAGE_BYTES ? slots : PAGE_HEADER);
    return true;
}
