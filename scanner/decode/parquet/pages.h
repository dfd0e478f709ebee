/* pages.h - the pages of a column of a Parquet file (parquet.thrift, PageHeader), one after the
 * other, decompressed. */
#ifndef YINMA_DECODE_PARQUET_PAGES_H
#define YINMA_DECODE_PARQUET_PAGES_H

#include "core/block_codec.h"
#include "decode/parquet/footer.h"

enum {
    PARQUET_PAGE_BYTES = 512 << 20,  /* of one page */
    PARQUET_HELD_BYTES = 1024 << 20, /* of all that are open at a time */
};

/* As numbered in the file. */
enum parquet_encoding {
    PARQUET_VALUES_PLAIN = 0,
    PARQUET_VALUES_OLD_DICTIONARY = 2,
    PARQUET_VALUES_RUNS = 3,
    PARQUET_LEVELS_PACKED = 4,
    PARQUET_VALUES_DELTAS = 5,
    PARQUET_VALUES_DELTA_LENGTHS = 6,
    PARQUET_VALUES_DELTA_BYTES = 7,
    PARQUET_VALUES_DICTIONARY = 8,
    PARQUET_VALUES_SPLIT = 9,
};

enum parquet_page_kind { PARQUET_PAGE_DATA, PARQUET_PAGE_DICTIONARY };

struct parquet_page {
    enum parquet_page_kind kind;
    uint64_t values; /* also those that are null */
    int64_t encoding, definition_encoding, repetition_encoding;
    bool is_second;                            /* of the second version: levels stand apart … */
    size_t definition_bytes, repetition_bytes; /* … and take so much */
    struct bytes data;                         /* decompressed, levels first */
};

/* What all columns of a file share. All zero but for the source at first. */
struct parquet_desk {
    struct byte_source *source; /* not owned */
    uint64_t end;               /* of the pages in the file */
    struct block_expander blocks;
    struct block_buffer packed; /* a page as it stands in the file */
    size_t held;                /* bytes of pages that columns hold */
    uint64_t spent, most;       /* bytes that were made of the file's, and that may be */
    bool no_memory;
};
void parquet_desk_release(struct parquet_desk *desk);

/* Room for LEN bytes of pages, which counts as held. False: there is none, see `no_memory`. */
bool parquet_reach(struct parquet_desk *desk, struct block_buffer *room, size_t len);
void parquet_give_back(struct parquet_desk *desk, struct block_buffer *room);

/* May nothing more be made of the file? */
static inline bool parquet_desk_spent(const struct parquet_desk *desk) {
    return desk->spent > desk->most;
}

/* The page at *AT, which moves behind it, to ROOM. 1; 0: there is none of those that are read;
 * or a negative code: the page was not read. DAMAGE is set when its checksum is wrong: it was read
 * nevertheless. */
int parquet_page_next(struct parquet_desk *desk, int64_t codec, uint64_t *at,
                      struct block_buffer *room, struct parquet_page *page, bool *damage,
                      struct error *err);

#endif
