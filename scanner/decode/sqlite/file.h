/* file.h - pages of a SQLite database (sqlite.org/fileformat2.html) as a reader would see
 * them: those of the write-ahead log before those of the file. Reads only; nothing is locked. */
#ifndef YINMA_DECODE_SQLITE_FILE_H
#define YINMA_DECODE_SQLITE_FILE_H

#include "core/byte_source.h"
#include "core/bytes.h"
#include "core/endian.h"

enum {
    SQLITE_HEADER_BYTES = 100,
    SQLITE_PAGE_MAX = 65536,
    SQLITE_PAGES_MAX = 1 << 26, /* of one file: what is kept of each is bounded */
};

enum sqlite_page_type {
    SQLITE_INDEX_INTERIOR = 2,
    SQLITE_TABLE_INTERIOR = 5,
    SQLITE_INDEX_LEAF = 10,
    SQLITE_TABLE_LEAF = 13,
};

struct sqlite_file {
    struct byte_source *main; /* not owned; NULL: a log alone */
    struct byte_source *wal;  /* owned; NULL: none */
    struct byte_source *journal;
    uint32_t page_bytes, usable; /* usable: without what is reserved at the end of each page */
    uint32_t pages;              /* of the database as a reader sees it */
    uint32_t pages_in_file;
    uint32_t freelist, freelist_count;
    bool auto_vacuum;
    uint8_t encoding;     /* 1 UTF-8, 2 UTF-16 little-endian, 3 big-endian */
    uint32_t *frames;     /* by page: frame of the log that holds it now, from 1; NULL: no log */
    uint32_t frame_count; /* whole frames in the log, old ones too */
    bool cut;             /* the file is shorter than it says */
};

bool sqlite_head_is(struct bytes head);
bool sqlite_wal_head_is(struct bytes head);

/* MAIN may be NULL when there is a WAL; takes WAL and JOURNAL over (either may be NULL), in any
 * case. 0 or a negative code. */
int sqlite_file_open(struct sqlite_file *file, struct byte_source *main, struct byte_source *wal,
                     struct byte_source *journal, struct error *err);
void sqlite_file_close(struct sqlite_file *file);

/* Page NUMBER (from 1) to OUT, page_bytes of room. False when it cannot be read. */
bool sqlite_page(const struct sqlite_file *file, uint32_t number, uint8_t *out);
/* The page as it stands in the file itself, whatever the log says. */
bool sqlite_page_in_file(const struct sqlite_file *file, uint32_t number, uint8_t *out);
/* Frame INDEX (from 1) of the log: the page in it, and its number. */
bool sqlite_frame(const struct sqlite_file *file, uint32_t index, uint32_t *number, uint8_t *out);
/* Is it what a reader sees? */
bool sqlite_frame_is_live(const struct sqlite_file *file, uint32_t index, uint32_t number);
/* Page INDEX (from 0) of the rollback journal. */
bool sqlite_journal_page(const struct sqlite_file *file, uint32_t index, uint32_t *number,
                         uint8_t *out);
bool sqlite_journal_head_is(struct bytes head);

/* A page that holds the lock bytes or pointers back, and no data. */
bool sqlite_page_is_map(const struct sqlite_file *file, uint32_t number);

#endif
