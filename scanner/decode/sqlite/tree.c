/* tree.c - the pages of a table or an index, parents first, and the records in them. */
#include "decode/sqlite/state.h"

bool sqlite_tree_push(struct sqlite_decoder *d, uint32_t page, uint32_t table) {
    if (page < 1 || page > d->file.pages || d->owners[page] != OWNER_NONE ||
        d->depth == SQLITE_DEPTH_MAX) {
        d->bad_pages += d->file.main != NULL;
        return false;
    }
    d->owners[page] = table + 1;
    d->levels[d->depth++] = (struct sqlite_level){.page = page};
    return true;
}

bool sqlite_page_is_tree(uint8_t type) {
    return type == SQLITE_TABLE_LEAF || type == SQLITE_TABLE_INTERIOR ||
           type == SQLITE_INDEX_LEAF || type == SQLITE_INDEX_INTERIOR;
}

/* Child INDEX of the interior page in d->page. */
static uint32_t child_of(const struct sqlite_decoder *d, size_t header, uint32_t index,
                         uint32_t cells) {
    if (index == cells) {
        return big_u32(d->page + header + 8);
    }
    const size_t at = big_u16(d->page + header + 12 + 2 * (size_t)index);
    return at + 4 <= d->file.usable ? big_u32(d->page + at) : 0;
}

uint32_t sqlite_tree_next(struct sqlite_decoder *d, uint32_t table) {
    while (d->depth > 0) {
        struct sqlite_level *level = &d->levels[d->depth - 1];
        const size_t header = sqlite_header_at(level->page);
        if (!sqlite_page(&d->file, level->page, d->page) || !sqlite_page_is_tree(d->page[header])) {
            d->bad_pages += d->file.main != NULL;
            d->depth--;
            continue;
        }
        const uint32_t cells = big_u16(d->page + header + 3);
        if (level->next == 0) {
            level->next = 1;
            return level->page;
        }
        const uint32_t index = level->next - 1;
        const bool inside = header + 14 + 2 * (size_t)index <= d->file.usable;
        if (sqlite_page_is_leaf(d->page[header]) || index > cells || !inside) {
            d->depth--;
            continue;
        }
        level->next++;
        sqlite_tree_push(d, child_of(d, header, index, cells), table);
    }
    return 0;
}

void sqlite_take_live(struct sqlite_decoder *d, const struct sqlite_cell *cell, uint32_t table) {
    sqlite_take_cell(d, d->page, cell,
                     (struct sqlite_place){.table = &d->tables[table], .storage = STORAGE_LIVE});
}

void sqlite_remember_live(struct sqlite_decoder *d, const struct sqlite_cell *cell,
                          uint32_t table) {
    (void)table;
    sqlite_take_entry(d, bytes_of(d->page + cell->payload, cell->local),
                      (struct sqlite_place){.storage = STORAGE_LIVE});
}

void sqlite_each_cell(struct sqlite_decoder *d, uint32_t number, uint32_t table,
                      sqlite_cell_taker *take) {
    const size_t header = sqlite_header_at(number);
    const uint8_t type = d->page[header];
    if (type == SQLITE_TABLE_INTERIOR) {
        return;
    }
    const enum sqlite_cell_kind kind = type == SQLITE_TABLE_LEAF   ? SQLITE_CELL_TABLE
                                       : type == SQLITE_INDEX_LEAF ? SQLITE_CELL_INDEX
                                                                   : SQLITE_CELL_INDEX_INTERIOR;
    const size_t pointers = sqlite_pointers_at(d->page, header);
    const uint32_t cells = big_u16(d->page + header + 3);
    for (uint32_t i = 0; i < cells && pointers + 2 * (size_t)i + 2 <= d->file.usable; i++) {
        struct sqlite_cell cell;
        const size_t at = big_u16(d->page + pointers + 2 * (size_t)i);
        if (sqlite_cell_at(d->page, d->file.usable, at, d->file.usable, kind, &cell)) {
            take(d, &cell, table);
        } else {
            d->bad_pages++;
        }
    }
}
