/* slack.c - rows that were deleted and not overwritten. A cell that is freed becomes a
 * freeblock whose first four bytes (a pointer and a size) replace its own; what stands between the
 * pointers and the first cell, and whole pages of the freelist, stay as they were. */
#include "decode/sqlite/state.h"

enum { FREEBLOCK_BYTES = 4, ROWID_BYTES_MAX = 9, RAW_BYTES_MIN = 8 };

static bool fits_table(const struct sqlite_record *record, const struct sqlite_table *table) {
    uint64_t type = 0;
    const uint8_t *p = record->types;
    if (table == NULL || table->is_index || table->column_count == 0) {
        return record->columns >= 2;
    }
    if (record->columns > table->column_count) {
        return false;
    }
    for (uint32_t c = 0;
         table->rowid_column != UINT32_MAX && c <= table->rowid_column && c < record->columns;
         c++) {
        p += sqlite_varint(p, record->types_end, &type);
    }
    return table->rowid_column == UINT32_MAX || type == 0;
}

static enum sqlite_cell_kind kind_of(const struct sqlite_place *place) {
    if (place->of_index) {
        return SQLITE_CELL_INDEX;
    }
    return place->table != NULL && (place->table->is_index || place->table->without_rowid)
               ? SQLITE_CELL_INDEX
               : SQLITE_CELL_TABLE;
}

/* A whole cell at AT, in every respect as SQLite writes one. */
static bool try_cell(const struct sqlite_decoder *d, const uint8_t *page, size_t at, size_t end,
                     const struct sqlite_place *place, struct sqlite_cell *cell,
                     struct sqlite_record *record) {
    if (!sqlite_cell_at(page, end, at, d->file.usable, kind_of(place), cell)) {
        return false;
    }
    const struct bytes payload = bytes_of(page + cell->payload, cell->local);
    return sqlite_record_read(payload, record) &&
           sqlite_record_is_sound(record, payload, cell->total, d->file.encoding) &&
           fits_table(record, place->table);
}

/* Cells between FROM and END; what is none is taken for running text. */
static void carve(struct sqlite_decoder *d, const uint8_t *page, size_t from, size_t end,
                  struct sqlite_place place) {
    struct sqlite_cell cell;
    struct sqlite_record record;
    size_t raw = from;
    for (size_t at = from; at + FREEBLOCK_BYTES < end;) {
        if (!try_cell(d, page, at, end, &place, &cell, &record)) {
            at++;
            continue;
        }
        struct sqlite_place found = place;
        if (place.table == NULL && !place.of_index) {
            found.table = sqlite_guess_table(d, &record);
        }
        if (at - raw >= RAW_BYTES_MIN) {
            sqlite_take_raw(d, bytes_of(page + raw, at - raw), place);
        }
        if (place.of_index) {
            sqlite_take_entry(d, bytes_of(page + cell.payload, cell.local), place);
        } else {
            sqlite_take_cell(d, page, &cell, found);
        }
        at += cell.length;
        raw = at;
    }
    if (end - raw >= RAW_BYTES_MIN) {
        sqlite_take_raw(d, bytes_of(page + raw, end - raw), place);
    }
}

static size_t count_cells(const struct sqlite_decoder *d, const uint8_t *page, size_t from,
                          bool of_index) {
    const struct sqlite_place place = {.of_index = of_index};
    struct sqlite_cell cell;
    struct sqlite_record record;
    size_t count = 0;
    for (size_t at = from; at + FREEBLOCK_BYTES < d->file.usable;) {
        const bool found = try_cell(d, page, at, d->file.usable, &place, &cell, &record);
        count += found;
        at += found ? cell.length : 1;
    }
    return count;
}

bool sqlite_page_was_index(const struct sqlite_decoder *d, const uint8_t *page, size_t from) {
    return count_cells(d, page, from, true) > count_cells(d, page, from, false);
}

/* ---- the cell whose first four bytes are lost ---- */

struct remains {
    const uint8_t *bytes; /* of the freeblock */
    size_t size;
    const struct sqlite_table *table;
    uint8_t encoding;
    uint8_t *scratch; /* the payload put together */
};

/* A payload in the scratch of which everything is known: how long is the cell with it? 0: none. */
static size_t check(const struct remains *r, size_t len, size_t in_block) {
    struct sqlite_record record;
    const struct bytes payload = bytes_of(r->scratch, len);
    const bool sound = in_block <= r->size && sqlite_record_read(payload, &record) &&
                       record.header + record.body <= len;
    if (!sound) {
        return 0;
    }
    const size_t total = (size_t)(record.header + record.body);
    return sqlite_record_is_sound(&record, bytes_first(payload, total), total, r->encoding) &&
                   fits_table(&record, r->table)
               ? total
               : 0;
}

/* The header stands whole at OFFSET of the block. Returns bytes of the block used, *LEN of the
 * payload in the scratch. */
static size_t with_header(const struct remains *r, size_t offset, size_t *len) {
    memcpy(r->scratch, r->bytes + offset, r->size - offset);
    *len = check(r, r->size - offset, r->size);
    return *len == 0 ? 0 : offset + *len;
}

/* The header's length is lost, and LOST of its first types (0 or 1). */
static size_t without_length(const struct remains *r, unsigned lost, size_t *len) {
    const uint8_t *p = r->bytes + FREEBLOCK_BYTES, *end = r->bytes + r->size;
    uint64_t type, body = 0;
    for (uint32_t c = lost; c < r->table->column_count; c++) {
        const size_t step = sqlite_varint(p, end, &type);
        const uint64_t bytes = step == 0 ? UINT64_MAX : sqlite_type_bytes(type);
        if (bytes > r->size) {
            return 0;
        }
        body += bytes;
        p += step;
    }
    const size_t types = (size_t)(p - r->bytes) - FREEBLOCK_BYTES;
    const size_t behind = (size_t)(end - p);
    if (body > behind || types + 1 + lost > 127) {
        return 0;
    }
    r->scratch[0] = (uint8_t)(types + 1 + lost);
    if (lost != 0) { /* all that is left over was the first value, a text */
        const uint64_t first = behind - body;
        if (r->table->rowid_column != 0 && first > 57) {
            return 0;
        }
        r->scratch[1] = r->table->rowid_column == 0 ? 0 : (uint8_t)(13 + 2 * first);
        body += r->table->rowid_column == 0 ? 0 : first;
    }
    memcpy(r->scratch + 1 + lost, r->bytes + FREEBLOCK_BYTES, r->size - FREEBLOCK_BYTES);
    *len = check(r, 1 + lost + types + (size_t)body, FREEBLOCK_BYTES + types + (size_t)body);
    return *len == 0 ? 0 : FREEBLOCK_BYTES + types + (size_t)body;
}

/* Try what the four bytes may have been. Whoever uses the block to its last byte is right, else the
 * first that fits. Returns the bytes used, with the payload in the scratch. */
static size_t reconstruct(const struct remains *r, size_t *len) {
    size_t best = 0, best_way = 0;
    const size_t ways = 2 + 2 + ROWID_BYTES_MAX;
    for (size_t way = 0; way < ways && best != r->size; way++) {
        const bool headless = way < 2;
        if ((headless && (r->table == NULL || r->table->column_count < 2)) ||
            (!headless && way + 2 >= r->size)) {
            continue;
        }
        const size_t used =
            headless ? without_length(r, (unsigned)way, len) : with_header(r, way + 2, len);
        if (used == r->size || (used != 0 && best == 0)) {
            best = used;
            best_way = way;
        }
    }
    if (best != 0) { /* once more: the scratch holds the last try */
        best = best_way < 2 ? without_length(r, (unsigned)best_way, len)
                            : with_header(r, best_way + 2, len);
    }
    return best;
}

static void take_freeblock(struct sqlite_decoder *d, const uint8_t *page, size_t at, size_t size,
                           struct sqlite_place place) {
    size_t len = 0, used = 0;
    if (kind_of(&place) == SQLITE_CELL_TABLE && size > FREEBLOCK_BYTES + 2) {
        struct remains r = {.bytes = page + at,
                            .size = size,
                            .table = place.table,
                            .encoding = d->file.encoding,
                            .scratch = d->other};
        used = reconstruct(&r, &len);
    }
    if (used != 0) {
        struct sqlite_place found = place;
        struct sqlite_record record;
        if (place.table == NULL && sqlite_record_read(bytes_of(d->other, len), &record)) {
            found.table = sqlite_guess_table(d, &record);
        }
        sqlite_take_row(d, bytes_of(d->other, len), bytes_of(d->other, len), 0, found);
    } else {
        used = FREEBLOCK_BYTES;
    }
    carve(d, page, at + used, at + size, place);
}

/* ---- pages ---- */

void sqlite_take_slack(struct sqlite_decoder *d, const uint8_t *page, size_t header,
                       struct sqlite_place place) {
    const size_t usable = d->file.usable;
    const size_t pointers = sqlite_pointers_at(page, header);
    const size_t gap = pointers + 2 * (size_t)big_u16(page + header + 3);
    size_t content = big_u16(page + header + 5);
    content = content == 0 ? SQLITE_PAGE_MAX : content;
    if (gap <= content && content <= usable) {
        carve(d, page, gap, content, place);
    }
    size_t block = big_u16(page + header + 1), before = gap;
    while (block >= before && block + FREEBLOCK_BYTES <= usable) {
        const size_t size = big_u16(page + block + 2);
        if (size < FREEBLOCK_BYTES || block + size > usable) {
            return;
        }
        take_freeblock(d, page, block, size, place);
        before = block + size;
        block = big_u16(page + block);
    }
}

void sqlite_take_free_page(struct sqlite_decoder *d, const uint8_t *page, size_t from,
                           struct sqlite_place place) {
    struct sqlite_cell cell;
    struct sqlite_record record;
    if (from != 0 || page[0] != SQLITE_TABLE_LEAF || place.of_index) {
        carve(d, page, from, d->file.usable, place);
        return;
    }
    const uint32_t cells = big_u16(page + 3);
    for (uint32_t i = 0; i < cells && 8 + 2 * (size_t)i + 2 <= d->file.usable; i++) {
        const size_t at = big_u16(page + 8 + 2 * (size_t)i);
        if (!try_cell(d, page, at, d->file.usable, &place, &cell, &record)) {
            continue;
        }
        struct sqlite_place found = place;
        if (place.table == NULL) {
            found.table = sqlite_guess_table(d, &record);
        }
        sqlite_take_cell(d, page, &cell, found);
    }
    sqlite_take_slack(d, page, 0, place);
}
