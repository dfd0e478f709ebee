/* sqlite.c - SQLite databases, page by page: live rows table by table, then what was deleted and
 * still stands in free pages, in free space of pages in use, in the write-ahead log and in the
 * rollback journal. Nothing is opened by the SQLite library: it would lock and write. */
#include <stdlib.h>

#include "decode/sqlite/state.h"

enum { NAME_BYTES_MAX = 1024 };

/* Pages of the freelist: trunks, and the leaves they list. */
static void read_freelist(struct sqlite_decoder *d) {
    uint32_t trunk = d->file.freelist;
    while (trunk >= 1 && trunk <= d->file.pages && d->owners[trunk] == OWNER_NONE &&
           sqlite_page(&d->file, trunk, d->other)) {
        const uint32_t most = d->file.usable / 4 - 2;
        uint32_t leaves = big_u32(d->other + 4);
        leaves = leaves < most ? leaves : most;
        d->owners[trunk] = OWNER_TRUNK;
        for (uint32_t i = 0; i < leaves; i++) {
            const uint32_t leaf = big_u32(d->other + 8 + 4 * (size_t)i);
            if (leaf >= 1 && leaf <= d->file.pages && d->owners[leaf] == OWNER_NONE) {
                d->owners[leaf] = OWNER_FREE;
            }
        }
        trunk = big_u32(d->other);
    }
}

/* ---- going over the pages ---- */

static struct sqlite_table *table_of(struct sqlite_decoder *d, uint32_t number) {
    const uint32_t owner = number <= d->file.pages ? d->owners[number] : OWNER_NONE;
    return owner != OWNER_NONE && owner <= d->table_count ? &d->tables[owner - 1] : NULL;
}

/* One page of the tree that is read, or the next tree. False: no more. */
static bool step_trees(struct sqlite_decoder *d) {
    uint32_t page = sqlite_tree_next(d, d->table);
    if (page != 0) {
        sqlite_each_cell(d, page, d->table,
                         d->tables[d->table].is_index ? sqlite_remember_live : sqlite_take_live);
        return true;
    }
    if (++d->table >= d->table_count) {
        return false;
    }
    sqlite_tree_push(d, d->tables[d->table].root, d->table);
    return true;
}

/* The numbers at the start of a trunk are the freelist's own. */
static size_t free_from(const struct sqlite_decoder *d, uint32_t owner) {
    const uint32_t leaves = big_u32(d->page + 4);
    if (owner != OWNER_TRUNK) {
        return 0;
    }
    return leaves < d->file.usable / 4 - 2 ? 8 + 4 * (size_t)leaves : d->file.usable;
}

static bool was_index(const struct sqlite_decoder *d, uint32_t owner) {
    const uint8_t type = d->page[0];
    return owner == OWNER_TRUNK ? sqlite_page_was_index(d, d->page, free_from(d, owner))
                                : type == SQLITE_INDEX_LEAF || type == SQLITE_INDEX_INTERIOR;
}

static void take_free(struct sqlite_decoder *d, uint32_t owner, bool of_index) {
    const enum storage storage = d->file.main == NULL ? STORAGE_WAL : STORAGE_FREELIST;
    const size_t from = free_from(d, owner);
    sqlite_take_free_page(d, d->page, from,
                          (struct sqlite_place){.storage = storage, .of_index = of_index});
}

/* Pages of tables, or those of indexes. */
static bool step_pages(struct sqlite_decoder *d, bool of_index) {
    const uint32_t number = ++d->at;
    const uint32_t pages =
        d->file.pages > d->file.pages_in_file ? d->file.pages : d->file.pages_in_file;
    if (number > pages) {
        return false;
    }
    const bool known = number <= d->file.pages;
    const uint32_t owner = known ? d->owners[number] : (uint32_t)OWNER_FREE;
    struct sqlite_table *table = table_of(d, number);
    if (owner == OWNER_OVERFLOW || sqlite_page_is_map(&d->file, number) ||
        !(known ? sqlite_page(&d->file, number, d->page)
                : sqlite_page_in_file(&d->file, number, d->page))) {
        return true;
    }
    const size_t header = sqlite_header_at(number);
    const bool index_page = table != NULL ? table->is_index : was_index(d, owner);
    if (index_page != of_index) {
        return true;
    }
    if (table == NULL) {
        take_free(d, owner, of_index);
    } else if (sqlite_page_is_tree(d->page[header])) {
        sqlite_take_slack(
            d, d->page, header,
            (struct sqlite_place){.table = table, .storage = STORAGE_SLACK, .of_index = of_index});
    }
    return true;
}

/* A page in d->page that once was page NUMBER. */
static void take_old(struct sqlite_decoder *d, uint32_t number) {
    struct sqlite_table *table = table_of(d, number);
    if (table != NULL && table->is_index) {
        return; /* copies of what stands in its table */
    }
    const size_t from = number == 1 ? SQLITE_HEADER_BYTES : 0;
    sqlite_take_free_page(d, d->page, from,
                          (struct sqlite_place){.table = table, .storage = STORAGE_WAL});
}

static bool step_superseded(struct sqlite_decoder *d) {
    const uint32_t number = ++d->at;
    if (d->file.frames == NULL || number > d->file.pages || number > d->file.pages_in_file) {
        return false;
    }
    if (d->file.frames[number] != 0 && !sqlite_page_is_map(&d->file, number) &&
        sqlite_page_in_file(&d->file, number, d->page)) {
        take_old(d, number);
    }
    return true;
}

static bool step_frames(struct sqlite_decoder *d) {
    uint32_t number;
    if (++d->at > d->file.frame_count) {
        return false;
    }
    if (sqlite_frame(&d->file, d->at, &number, d->page) &&
        !sqlite_frame_is_live(&d->file, d->at, number) && !sqlite_page_is_map(&d->file, number)) {
        take_old(d, number);
    }
    return true;
}

static bool step_journal(struct sqlite_decoder *d) {
    uint32_t number;
    if (d->file.journal == NULL || !sqlite_journal_page(&d->file, d->at++, &number, d->page)) {
        return false;
    }
    take_old(d, number);
    return true;
}

static bool step(struct sqlite_decoder *d) {
    switch (d->phase) {
    case SQLITE_TREES:
        return step_trees(d);
    case SQLITE_PAGES:
        return step_pages(d, false);
    case SQLITE_INDEXES:
        return step_pages(d, true);
    case SQLITE_SUPERSEDED:
        return step_superseded(d);
    case SQLITE_FRAMES:
        return step_frames(d);
    case SQLITE_JOURNAL:
        return step_journal(d);
    case SQLITE_SCHEMA:
    case SQLITE_DONE:
    default:
        return false;
    }
}

static void tell(struct sqlite_decoder *d) {
    struct decode_report *report = d->report;
    if (report->status != 0) {
        return;
    }
    if (d->file.cut) {
        report->status = error_set(&report->error, YINMA_E_TRUNCATED,
                                   "the database file is shorter than it says of itself");
    } else if (d->bad_pages > 0 || d->cut_rows > 0) {
        report->status = error_set(
            &report->error, YINMA_E_DAMAGED,
            "%llu pages or rows of the database could not be read, %llu rows only in part",
            (unsigned long long)d->bad_pages, (unsigned long long)d->cut_rows);
    }
}

static int sqlite_next(void *state, struct segment *out, struct error *err) {
    struct sqlite_decoder *d = state;
    if (d->phase != SQLITE_SCHEMA) {
        record_text_clear(&d->text);
    }
    d->phase = d->phase == SQLITE_SCHEMA ? SQLITE_TREES : d->phase;
    while (d->phase != SQLITE_DONE && !record_text_full(&d->text) && !d->failed) {
        if (!step(d)) {
            d->phase++;
            d->at = 0;
        }
    }
    if (d->failed || d->text.failed) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the rows of a database");
    }
    if (d->text.len == 0) {
        tell(d);
        return 0;
    }
    record_text_segment(&d->text, out);
    return 1;
}

/* ---- opening ---- */

static void sqlite_close(void *state) {
    struct sqlite_decoder *d = state;
    if (d != NULL) {
        if (d->borrowed) {
            d->file.wal = d->file.journal = NULL;
        }
        sqlite_file_close(&d->file);
        arena_release(&d->arena);
        record_text_release(&d->text);
        free(d->tables);
        free(d->owners);
        free(d->seen);
        free(d->row);
        free(d);
    }
}

static struct byte_source *beside(const struct decode_input *in, const char *ending) {
    char name[NAME_BYTES_MAX];
    struct bytes own = in->head.name;
    const size_t len = strlen(ending);
    if (in->source->ops->sibling == NULL || own.len + len >= sizeof name ||
        memchr(own.ptr, 0, own.len) != NULL) {
        return NULL;
    }
    memcpy(name, own.ptr, own.len);
    memcpy(name + own.len, ending, len + 1);
    // cppcheck-suppress returnDanglingLifetime ; the name is read, not kept
    return in->source->ops->sibling(in->source, name, NULL);
}

/* MAIN may be NULL; takes WAL and JOURNAL over unless they are the unit's own source. */
static int open_pages(const struct decode_input *in, struct byte_source *main,
                      struct byte_source *wal, struct byte_source *journal, void **state,
                      struct error *err) {
    static const char *const encodings[] = {"", "utf-8", "utf-16le", "utf-16be"};
    struct sqlite_decoder *d = calloc(1, sizeof *d);
    if (d == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a decoder");
    }
    *state = d;
    d->fields = in->fields;
    d->report = in->report;
    d->borrowed = main == NULL;
    arena_init(&d->arena, 0);
    int code = sqlite_file_open(&d->file, main, wal, journal, &in->report->error);
    if (code == 0) {
        d->owners = calloc((size_t)d->file.pages + 2, sizeof *d->owners);
        d->failed = d->owners == NULL;
    }
    if (code == 0 && !d->failed) {
        in->report->encoding = encodings[d->file.encoding];
        sqlite_read_definitions(d);
        sqlite_register_tables(d);
        read_freelist(d);
    }
    if (d->failed || code == YINMA_E_MEMORY) {
        sqlite_close(d);
        return error_set(err, YINMA_E_MEMORY, "out of memory for a decoder");
    }
    in->report->status = code;
    d->phase = code != 0 ? SQLITE_DONE : SQLITE_SCHEMA;
    return 0;
}

static int open_database(const struct decode_input *in, void **state, struct error *err) {
    return open_pages(in, in->source, beside(in, "-wal"), beside(in, "-journal"), state, err);
}

/* Is the database there that the log of that ending belongs to? */
static bool has_database(const struct decode_input *in, struct bytes ending) {
    char name[NAME_BYTES_MAX];
    uint8_t head[16];
    struct bytes own = in->head.name;
    if (in->source->ops->sibling == NULL || !bytes_ends_with(own, ending) ||
        own.len >= sizeof name || memchr(own.ptr, 0, own.len) != NULL) {
        return false;
    }
    memcpy(name, own.ptr, own.len - ending.len);
    name[own.len - ending.len] = '\0';
    struct byte_source *main = in->source->ops->sibling(in->source, name, NULL);
    const bool found = main != NULL &&
                       byte_source_read_full(main, head, sizeof head, NULL) == sizeof head &&
                       sqlite_head_is(bytes_of(head, sizeof head));
    byte_source_close(main);
    return found;
}

/* Read with its database, where that stands beside it; else as far as it tells for itself. */
static int open_log(const struct decode_input *in, void **state, struct error *err) {
    const bool is_wal = sqlite_wal_head_is(in->head.head);
    if (!has_database(in, is_wal ? BYTES_LIT("-wal") : BYTES_LIT("-journal"))) {
        return open_pages(in, NULL, is_wal ? in->source : NULL, is_wal ? NULL : in->source, state,
                          err);
    }
    struct sqlite_decoder *d = calloc(1, sizeof *d);
    if (d == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a decoder");
    }
    d->report = in->report;
    d->phase = SQLITE_DONE;
    *state = d;
    return 0;
}

static unsigned bid_database(const struct decode_head *head) {
    return sqlite_head_is(head->head) ? 128 : 0;
}

static unsigned bid_log(const struct decode_head *head) {
    static const uint8_t zeros[28]; /* of a journal that was kept after it was done */
    const bool kept = head->head.len > 512 && memcmp(head->head.ptr, zeros, sizeof zeros) == 0 &&
                      bytes_ends_with(head->name, BYTES_LIT("-journal"));
    return sqlite_wal_head_is(head->head)       ? 64
           : sqlite_journal_head_is(head->head) ? 64
           : kept                               ? 12
                                                : 0;
}

const struct decoder decoder_sqlite = {
    .name = "sqlite",
    .summary = "SQLite databases: live rows, deleted ones in free pages and free space, the log",
    .traits = DECODER_BINARY | DECODER_SEEKS,
    .bid = bid_database,
    .open = open_database,
    .next = sqlite_next,
    .close = sqlite_close,
};

const struct decoder decoder_sqlite_log = {
    .name = "sqlite-log",
    .summary = "write-ahead logs and rollback journals of SQLite without their database",
    .traits = DECODER_BINARY | DECODER_SEEKS,
    .bid = bid_log,
    .open = open_log,
    .next = sqlite_next,
    .close = sqlite_close,
};
