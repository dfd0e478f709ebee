#include "decode/sqlite/file.h"

#include <stdlib.h>

enum {
    WAL_HEADER = 32,
    FRAME_HEADER = 24,
    JOURNAL_HEADER = 28,
    LOCK_BYTE = 1 << 30, /* the page that holds this byte is never used */
};

bool sqlite_head_is(struct bytes head) {
    return bytes_starts_with(head, bytes_of("SQLite format 3", 16));
}

bool sqlite_wal_head_is(struct bytes head) {
    return head.len >= WAL_HEADER && big_u32(head.ptr) >> 1 == 0x377F0682U >> 1 &&
           big_u32(head.ptr + 4) == 3007000;
}

bool sqlite_journal_head_is(struct bytes head) {
    return bytes_starts_with(head, BYTES_LIT("\xD9\xD5\x05\xF9\x20\xA1\x63\xD7"));
}

static bool read_exactly(struct byte_source *source, uint64_t offset, void *out, size_t len) {
    return source != NULL && source->ops->read_at != NULL &&
           source->ops->read_at(source, offset, out, len, NULL) == (int64_t)len;
}

static bool is_page_size(uint32_t size) {
    return size >= 512 && size <= SQLITE_PAGE_MAX && (size & (size - 1)) == 0;
}

/* The header of page 1, wherever that stands. */
static int read_header(struct sqlite_file *file, const uint8_t *header, struct error *err) {
    const uint32_t size = big_u16(header + 16);
    file->page_bytes = size == 1 ? SQLITE_PAGE_MAX : size;
    file->usable = file->page_bytes - header[20];
    file->freelist = big_u32(header + 32);
    file->freelist_count = big_u32(header + 36);
    file->auto_vacuum = big_u32(header + 52) != 0;
    file->encoding = (uint8_t)big_u32(header + 56);
    if (!is_page_size(file->page_bytes) || file->usable < 480) {
        return error_set(err, YINMA_E_DAMAGED, "the header of the database makes no sense");
    }
    if (file->encoding < 1 || file->encoding > 3) {
        file->encoding = 1;
    }
    return 0;
}

static int open_main(struct sqlite_file *file, struct error *err) {
    uint8_t header[SQLITE_HEADER_BYTES];
    if (!read_exactly(file->main, 0, header, sizeof header)) {
        return error_set(err, YINMA_E_TRUNCATED, "the database ends inside its header");
    }
    int code = read_header(file, header, err);
    if (code != 0) {
        return code;
    }
    const uint64_t in_file = file->main->size / file->page_bytes;
    if (in_file > SQLITE_PAGES_MAX) {
        return error_set(err, YINMA_E_UNSUPPORTED, "the database has more than %d pages",
                         SQLITE_PAGES_MAX);
    }
    file->pages_in_file = file->pages = (uint32_t)in_file;
    const uint32_t said = big_u32(header + 28);
    const bool valid = said != 0 && big_u32(header + 24) == big_u32(header + 92);
    file->cut = file->main->size % file->page_bytes != 0 || (valid && said > in_file);
    return 0;
}

static uint64_t frame_at(const struct sqlite_file *file, uint32_t index) {
    return WAL_HEADER + (uint64_t)(index - 1) * (FRAME_HEADER + file->page_bytes);
}

/* Frames up to the last commit of the newest generation (whose salts the log's header has) are the
 * database; those behind are of before the log was begun anew, or were never committed. */
static int open_wal(struct sqlite_file *file, struct error *err) {
    uint8_t header[WAL_HEADER], frame[FRAME_HEADER];
    if (!read_exactly(file->wal, 0, header, sizeof header) ||
        !sqlite_wal_head_is(bytes_of(header, sizeof header))) {
        return 0; /* empty, as after a checkpoint */
    }
    const uint32_t size = big_u32(header + 8);
    if (file->page_bytes == 0) {
        file->page_bytes = file->usable = size;
    }
    if (!is_page_size(size) || size != file->page_bytes) {
        return error_set(err, YINMA_E_DAMAGED, "the page size of the write-ahead log is wrong");
    }
    const uint64_t frames = (file->wal->size - WAL_HEADER) / (FRAME_HEADER + size);
    file->frame_count = frames < SQLITE_PAGES_MAX ? (uint32_t)frames : SQLITE_PAGES_MAX;
    uint32_t committed = 0, pages = file->pages, highest = pages;
    for (uint32_t i = 1; i <= file->frame_count; i++) {
        if (!read_exactly(file->wal, frame_at(file, i), frame, sizeof frame) ||
            memcmp(frame + 8, header + 16, 8) != 0) {
            break;
        }
        if (big_u32(frame + 4) != 0) {
            committed = i;
            pages = big_u32(frame + 4);
        }
        highest = big_u32(frame) > highest ? big_u32(frame) : highest;
    }
    if (committed == 0) {
        return 0;
    }
    if (pages > SQLITE_PAGES_MAX || highest > SQLITE_PAGES_MAX) {
        return error_set(err, YINMA_E_DAMAGED, "the write-ahead log has impossible page numbers");
    }
    file->pages = pages;
    highest = pages > highest ? pages : highest;
    file->frames = calloc((size_t)highest + 1, sizeof *file->frames);
    if (file->frames == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    for (uint32_t i = 1; i <= committed; i++) {
        if (read_exactly(file->wal, frame_at(file, i), frame, 4) && big_u32(frame) <= highest) {
            file->frames[big_u32(frame)] = i;
        }
    }
    return 0;
}

static bool wal_page_one(struct sqlite_file *file, uint8_t *page) {
    return file->frames != NULL && file->frames[1] != 0 && sqlite_page(file, 1, page);
}

/* Page 1 may be newer in the log. */
static int read_newest_header(struct sqlite_file *file, struct error *err) {
    uint8_t *page = malloc(SQLITE_PAGE_MAX);
    if (page == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    int code = 0;
    if (wal_page_one(file, page)) {
        const uint32_t bytes = file->page_bytes;
        code = read_header(file, page, err);
        if (code == 0 && file->page_bytes != bytes) {
            code = error_set(err, YINMA_E_DAMAGED, "the page size of the write-ahead log is wrong");
        }
    }
    free(page);
    return code;
}

static int open_lone_journal(struct sqlite_file *file, struct error *err) {
    uint8_t header[JOURNAL_HEADER];
    if (!read_exactly(file->journal, 0, header, sizeof header) ||
        !is_page_size(big_u32(header + 24))) {
        return error_set(err, YINMA_E_DAMAGED, "the header of the rollback journal makes no sense");
    }
    file->page_bytes = file->usable = big_u32(header + 24);
    return 0;
}

int sqlite_file_open(struct sqlite_file *file, struct byte_source *main, struct byte_source *wal,
                     struct byte_source *journal, struct error *err) {
    *file = (struct sqlite_file){.main = main, .wal = wal, .journal = journal, .encoding = 1};
    int code = main != NULL ? open_main(file, err) : 0;
    if (code == 0 && wal != NULL) {
        code = open_wal(file, err);
    }
    if (code == 0) {
        code = read_newest_header(file, err);
    }
    if (code == 0 && main == NULL && journal != NULL) {
        code = open_lone_journal(file, err);
    }
    if (code == 0 && file->page_bytes == 0) {
        code = error_set(err, YINMA_E_DAMAGED, "the log of the database holds no whole page");
    }
    return code;
}

void sqlite_file_close(struct sqlite_file *file) {
    byte_source_close(file->wal);
    byte_source_close(file->journal);
    free(file->frames);
    *file = (struct sqlite_file){0};
}

bool sqlite_page_in_file(const struct sqlite_file *file, uint32_t number, uint8_t *out) {
    return number >= 1 && number <= file->pages_in_file &&
           read_exactly(file->main, (uint64_t)(number - 1) * file->page_bytes, out,
                        file->page_bytes);
}

bool sqlite_page(const struct sqlite_file *file, uint32_t number, uint8_t *out) {
    if (number < 1 || number > file->pages) {
        return false;
    }
    if (file->frames != NULL && file->frames[number] != 0) {
        return read_exactly(file->wal, frame_at(file, file->frames[number]) + FRAME_HEADER, out,
                            file->page_bytes);
    }
    return sqlite_page_in_file(file, number, out);
}

bool sqlite_frame(const struct sqlite_file *file, uint32_t index, uint32_t *number, uint8_t *out) {
    uint8_t header[4];
    if (!read_exactly(file->wal, frame_at(file, index), header, sizeof header)) {
        return false;
    }
    *number = big_u32(header);
    return read_exactly(file->wal, frame_at(file, index) + FRAME_HEADER, out, file->page_bytes);
}

bool sqlite_frame_is_live(const struct sqlite_file *file, uint32_t index, uint32_t number) {
    return file->frames != NULL && number <= file->pages && file->frames[number] == index;
}

/* Records of number, page and checksum behind a header as long as a sector; a journal that was
 * kept (journal_mode=PERSIST) has zeros for a header. */
bool sqlite_journal_page(const struct sqlite_file *file, uint32_t index, uint32_t *number,
                         uint8_t *out) {
    uint8_t header[JOURNAL_HEADER], first[4];
    uint32_t sector = 512;
    if (!read_exactly(file->journal, 0, header, sizeof header)) {
        return false;
    }
    if (big_u32(header + 20) >= 32 && big_u32(header + 20) <= SQLITE_PAGE_MAX) {
        sector = big_u32(header + 20);
    }
    const uint64_t at = sector + (uint64_t)index * (file->page_bytes + 8);
    if (!read_exactly(file->journal, at, first, sizeof first)) {
        return false;
    }
    *number = big_u32(first);
    return read_exactly(file->journal, at + 4, out, file->page_bytes);
}

bool sqlite_page_is_map(const struct sqlite_file *file, uint32_t number) {
    if (number == LOCK_BYTE / file->page_bytes + 1) {
        return true;
    }
    if (!file->auto_vacuum || number < 2) {
        return false;
    }
    const uint32_t per_map = file->usable / 5 + 1;
    const uint32_t map = (number - 2) / per_map * per_map + 2;
    return number == map + (map == LOCK_BYTE / file->page_bytes + 1);
}
