/* state.h - the state of the SQLite decoder, for the files that make it: sqlite.c goes over
 * the pages, sqlite/tree.c those of one table, sqlite/definitions.c tells which tables there are,
 * sqlite/rows.c makes rows of records, sqlite/slack.c finds rows where none should be.
 */
#ifndef YINMA_DECODE_SQLITE_STATE_H
#define YINMA_DECODE_SQLITE_STATE_H

#include "core/arena.h"
#include "decode/decoder.h"
#include "decode/record_text.h"
#include "decode/sqlite/file.h"
#include "decode/sqlite/record.h"
#include "decode/sqlite/schema.h"

enum {
    SQLITE_DEPTH_MAX = 24,
    SQLITE_ROW_BYTES_MAX = 16 << 20, /* of a row that goes over pages; the rest is told */
    SQLITE_SEEN_MAX = 1 << 22,       /* rows remembered to tell copies from deleted ones */
    SQLITE_SCRATCH_BYTES = SQLITE_PAGE_MAX + 64,
};

/* Who a page belongs to, else the number of a table from 1. */
enum {
    OWNER_NONE = 0,
    OWNER_TRUNK = (int)0x7FFFFFFD,
    OWNER_FREE = (int)0x7FFFFFFE,
    OWNER_OVERFLOW = (int)0x7FFFFFFF
};

enum sqlite_phase {
    SQLITE_SCHEMA,     /* the table of tables */
    SQLITE_TREES,      /* live rows, table by table */
    SQLITE_PAGES,      /* free pages, and free space in others */
    SQLITE_INDEXES,    /* the same in pages of indexes: most of it was in the rows */
    SQLITE_SUPERSEDED, /* pages of the file that the log has anew */
    SQLITE_FRAMES,     /* pages in the log that are no longer it, or not yet */
    SQLITE_JOURNAL,    /* pages as they were before a change */
    SQLITE_DONE,
};

struct sqlite_level {
    uint32_t page;
    uint32_t next; /* child or cell to go on with */
};

struct sqlite_decoder {
    struct sqlite_file file;
    struct field_set *fields;
    struct decode_report *report;
    struct arena arena;
    struct sqlite_table *tables; /* and indexes; 0 is the schema itself */
    uint32_t table_count, table_capacity;
    uint32_t *owners; /* by page */
    struct record_text text;
    enum sqlite_phase phase;
    uint32_t table, at; /* what the phase goes on with */
    struct sqlite_level levels[SQLITE_DEPTH_MAX];
    uint32_t depth;
    uint64_t bad_pages, cut_rows;
    uint64_t *seen; /* hashes of rows; open addressing, 0 = free */
    size_t seen_count, seen_capacity;
    uint8_t *row; /* payload put together from pages */
    size_t row_capacity;
    bool borrowed; /* the log is the unit itself */
    bool failed;   /* memory was out */
    struct error error;
    uint8_t page[SQLITE_SCRATCH_BYTES], other[SQLITE_SCRATCH_BYTES];
};

struct sqlite_place {
    struct sqlite_table *table; /* NULL: not known */
    enum storage storage;
    bool of_index; /* entries of an index, no rows */
};

/* ---- sqlite/tree.c ---- */

/* PAGE, which belongs to TABLE, is to be read next. False: it is none of the file, it was read, or
 * the tree is too deep. */
bool sqlite_tree_push(struct sqlite_decoder *d, uint32_t page, uint32_t table);
/* The next page of the tree into d->page, parents first; 0 when there is none. */
uint32_t sqlite_tree_next(struct sqlite_decoder *d, uint32_t table);
bool sqlite_page_is_tree(uint8_t type);

typedef void sqlite_cell_taker(struct sqlite_decoder *d, const struct sqlite_cell *cell,
                               uint32_t table);
/* Every record of page NUMBER, which is in d->page. */
void sqlite_each_cell(struct sqlite_decoder *d, uint32_t number, uint32_t table,
                      sqlite_cell_taker *take);
/* A row of a table; an entry of an index, to know it again. */
sqlite_cell_taker sqlite_take_live, sqlite_remember_live;

/* ---- sqlite/definitions.c ---- */

/* All tables and indexes; they are rows, too. */
void sqlite_read_definitions(struct sqlite_decoder *d);
/* Tables without rows tell by their names what they are for. */
void sqlite_register_tables(struct sqlite_decoder *d);

/* ---- sqlite/rows.c ---- */

/* The row of CELL of PAGE (the page's bytes). Rows of another storage than STORAGE_LIVE are left
 * out when the same was met before. */
void sqlite_take_cell(struct sqlite_decoder *d, const uint8_t *page, const struct sqlite_cell *cell,
                      struct sqlite_place place);
/* A row of which PAYLOAD is there. STORED: as it stood in its page, with the number of the page it
 * goes on in: what copies have in common. */
void sqlite_take_row(struct sqlite_decoder *d, struct bytes payload, struct bytes stored,
                     int64_t rowid, struct sqlite_place place);
/* An entry of an index: remembered when it is live, else texts in it that no row had. */
void sqlite_take_entry(struct sqlite_decoder *d, struct bytes payload, struct sqlite_place place);
/* Words in RAW, as running text of the table; what is left of copies of other rows is passed. */
void sqlite_take_raw(struct sqlite_decoder *d, struct bytes raw, struct sqlite_place place);
/* The only table that RECORD can be a row of, or NULL. */
struct sqlite_table *sqlite_guess_table(struct sqlite_decoder *d,
                                        const struct sqlite_record *record);

/* ---- sqlite/slack.c ---- */

/* Rows in the free space of a leaf or interior page; words in that of an index. HEADER: where its
 * b-tree header stands. */
void sqlite_take_slack(struct sqlite_decoder *d, const uint8_t *page, size_t header,
                       struct sqlite_place place);
/* Everything in a page that nobody uses, from byte FROM on. */
void sqlite_take_free_page(struct sqlite_decoder *d, const uint8_t *page, size_t from,
                           struct sqlite_place place);

/* Does a page whose header is lost hold entries of an index rather than rows? */
bool sqlite_page_was_index(const struct sqlite_decoder *d, const uint8_t *page, size_t from);

static inline size_t sqlite_header_at(uint32_t number) {
    return number == 1 ? SQLITE_HEADER_BYTES : 0;
}
static inline bool sqlite_page_is_leaf(uint8_t type) {
    return type == SQLITE_TABLE_LEAF || type == SQLITE_INDEX_LEAF;
}
/* Where the pointers to the cells begin. */
static inline size_t sqlite_pointers_at(const uint8_t *page, size_t header) {
    return header + (sqlite_page_is_leaf(page[header]) ? 8 : 12);
}

#endif
