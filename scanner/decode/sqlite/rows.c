/* rows.c - records become rows. */
#include <stdio.h>
#include <stdlib.h>

#include "core/hash64.h"
#include "decode/sqlite/state.h"

enum { NUMBERED_COLUMNS_MAX = 2000 };

/* ---- fields ---- */

static enum attribution attribution_of(enum storage storage) {
    return storage == STORAGE_LIVE ? ATTRIBUTION_EXACT : ATTRIBUTION_INFERRED;
}

static void no_memory(struct sqlite_decoder *d) {
    if (!d->failed) {
        d->failed = true;
        error_set(&d->error, YINMA_E_MEMORY, "out of memory for the tables of a database");
    }
}

/* The table of the field set for PLACE, made on first use. */
static uint32_t field_table(struct sqlite_decoder *d, struct sqlite_place place) {
    struct sqlite_table *t = place.table;
    if (d->file.main == NULL) {
        place.storage = STORAGE_WAL; /* whatever it is there */
    }
    if (t != NULL && t->field_tables[place.storage] != UINT32_MAX) {
        return t->field_tables[place.storage];
    }
    struct bytes name = t == NULL ? BYTES_LIT("") : t->name;
    uint32_t number = field_set_stored_table(d->fields, name, place.storage);
    uint32_t first = UINT32_MAX;
    if (number != UINT32_MAX && t != NULL) {
        first = t->column_count == 0
                    ? 0
                    : field_set_columns(d->fields, number, t->columns, t->column_count,
                                        attribution_of(place.storage));
    }
    if (number == UINT32_MAX || (t != NULL && first == UINT32_MAX)) {
        no_memory(d);
        return TABLE_NONE;
    }
    if (t != NULL) {
        t->field_tables[place.storage] = number;
        t->first_fields[place.storage] = first;
    }
    return number;
}

static uint32_t field_of(struct sqlite_decoder *d, struct sqlite_place place, uint32_t table,
                         uint32_t column) {
    char name[16];
    if (place.table != NULL && column < place.table->column_count) {
        return place.table->first_fields[d->file.main == NULL ? STORAGE_WAL : place.storage] +
               column;
    }
    if (column >= NUMBERED_COLUMNS_MAX) {
        return FIELD_FREE_TEXT;
    }
    int len = snprintf(name, sizeof name, "#%u", column + 1);
    uint32_t field = field_set_key(d->fields, table, bytes_of(name, (size_t)len), ATTRIBUTION_NONE);
    if (field == UINT32_MAX) {
        no_memory(d);
        return FIELD_FREE_TEXT;
    }
    return field;
}

/* ---- copies ---- */

static void remember_in(uint64_t *slots, size_t capacity, uint64_t hash) {
    size_t at = (size_t)hash & (capacity - 1);
    while (slots[at] != 0 && slots[at] != hash) {
        at = (at + 1) & (capacity - 1);
    }
    slots[at] = hash;
}

static bool grow_seen(struct sqlite_decoder *d) {
    if (d->seen_count * 2 < d->seen_capacity) {
        return true;
    }
    const size_t capacity = d->seen_capacity == 0 ? 4096 : d->seen_capacity * 2;
    if (capacity > 2 * (size_t)SQLITE_SEEN_MAX) {
        return false;
    }
    uint64_t *slots = calloc(capacity, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < d->seen_capacity; i++) {
        if (d->seen[i] != 0) {
            remember_in(slots, capacity, d->seen[i]);
        }
    }
    free(d->seen);
    d->seen = slots;
    d->seen_capacity = capacity;
    return true;
}

/* What is remembered of rows and of entries of indexes. */
enum memory { OF_VALUES = 0, OF_HEAD = 1, OF_TAIL = 2, OF_KEY = 3, PIECE_BYTES = 6 };

static bool was_seen(const struct sqlite_decoder *d, struct bytes what, enum memory of) {
    const uint64_t hash = hash64(what, of) | 1;
    if (d->seen_capacity != 0) {
        size_t at = (size_t)hash & (d->seen_capacity - 1);
        while (d->seen[at] != 0) {
            if (d->seen[at] == hash) {
                return true;
            }
            at = (at + 1) & (d->seen_capacity - 1);
        }
    }
    return false;
}

static void remember(struct sqlite_decoder *d, struct bytes what, enum memory of) {
    if (grow_seen(d)) {
        remember_in(d->seen, d->seen_capacity, hash64(what, of) | 1);
        d->seen_count++;
    }
}

/* Was a row of these values met before? It is remembered. What became of a row's key and header
 * does not matter: free space loses those first. */
static bool is_copy(struct sqlite_decoder *d, struct bytes values) {
    if (was_seen(d, values, OF_VALUES)) {
        return true;
    }
    remember(d, values, OF_VALUES);
    if (values.len >= PIECE_BYTES) {
        remember(d, bytes_first(values, PIECE_BYTES), OF_HEAD);
        remember(d, bytes_from(values, values.len - PIECE_BYTES), OF_TAIL);
    }
    return false;
}

/* Is RAW what is left of a copy: does it end as a row did, or does one begin in front? Rows are
 * moved all the time, without any being deleted. */
static bool is_rest_of_copy(const struct sqlite_decoder *d, struct bytes raw) {
    enum { FRONT = 24 };
    if (raw.len < PIECE_BYTES || was_seen(d, bytes_from(raw, raw.len - PIECE_BYTES), OF_TAIL)) {
        return true;
    }
    for (size_t at = 0; at < FRONT && at + PIECE_BYTES <= raw.len; at++) {
        if (was_seen(d, bytes_first(bytes_from(raw, at), PIECE_BYTES), OF_HEAD)) {
            return true;
        }
    }
    return false;
}

/* A value of a deleted row, or in a live entry of an index. */
static void remember_key(struct sqlite_decoder *d, struct bytes value) {
    if (value.len >= PIECE_BYTES) {
        remember(d, value, OF_KEY);
        remember(d, bytes_first(value, PIECE_BYTES), OF_HEAD);
    }
}

void sqlite_take_entry(struct sqlite_decoder *d, struct bytes payload, struct sqlite_place place) {
    struct sqlite_record record;
    if (!sqlite_record_read(payload, &record)) {
        return;
    }
    uint64_t type, at = record.header;
    for (const uint8_t *p = record.types; p < record.types_end;) {
        p += sqlite_varint(p, record.types_end, &type);
        const struct bytes value =
            bytes_first(bytes_from(payload, (size_t)at), (size_t)sqlite_type_bytes(type));
        const bool text = sqlite_type_is_text(type) && value.len >= PIECE_BYTES;
        if (text && place.storage != STORAGE_LIVE && !was_seen(d, value, OF_KEY)) {
            sqlite_take_raw(d, value, place);
        }
        if (text) {
            remember_key(d, value);
        }
        at += sqlite_type_bytes(type);
    }
    is_copy(d, bytes_from(payload, record.header));
}

/* ---- rows ---- */

static double real_of(const uint8_t *p) {
    uint64_t bits = 0;
    double value;
    for (int i = 0; i < 8; i++) {
        bits = bits << 8 | p[i];
    }
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void take_value(struct sqlite_decoder *d, uint64_t type, struct bytes value, bool whole,
                       uint32_t field) {
    const unsigned cut = whole ? 0U : CELL_PARTIAL | CELL_TEXT;
    if (type == 0 || (!whole && type < 12)) {
        record_text_cell(&d->text, bytes_of("", 0), field, CELL_NULL);
    } else if (type == 7) {
        record_text_real(&d->text, real_of(value.ptr), field);
    } else if (type < 7) {
        record_text_integer(&d->text, sqlite_integer(value.ptr, value.len), field);
    } else if (type < 10) {
        record_text_integer(&d->text, (int64_t)type - 8, field);
    } else if (sqlite_type_is_text(type) && d->file.encoding != 1) {
        record_text_utf16(&d->text, value, d->file.encoding == 3, field, cut);
    } else {
        record_text_cell(&d->text, value, field, cut);
    }
}

/* What kind of value a serial type is, as a bit; NULL is of every kind. */
static uint8_t class_of(uint64_t type) {
    return type == 0 ? 0 : type == 7 ? 2 : type < 12 ? 1 : sqlite_type_is_text(type) ? 4 : 8;
}

static void note_class(struct sqlite_place place, uint32_t column, uint64_t type) {
    struct sqlite_table *t = place.table;
    if (place.storage == STORAGE_LIVE && t != NULL && t->classes != NULL &&
        column < t->column_count) {
        t->classes[column] |= class_of(type);
    }
}

void sqlite_take_row(struct sqlite_decoder *d, struct bytes payload, struct bytes stored,
                     int64_t rowid, struct sqlite_place place) {
    struct sqlite_record record;
    if (!sqlite_record_read(payload, &record)) {
        d->bad_pages += place.storage == STORAGE_LIVE;
        return;
    }
    if (is_copy(d, bytes_from(stored, record.header)) && place.storage != STORAGE_LIVE) {
        return;
    }
    const uint32_t table = field_table(d, place);
    if (d->failed) {
        return;
    }
    if (place.storage == STORAGE_LIVE && record.columns < place.table->fewest) {
        place.table->fewest = record.columns;
    }
    uint64_t type, at = record.header;
    uint32_t column = 0;
    record_text_row(&d->text, ++field_set_table_at(d->fields, table)->rows);
    d->report->rows +=
        place.table == NULL || !bytes_equal(place.table->name, BYTES_LIT("sqlite_schema"));
    for (const uint8_t *p = record.types; p < record.types_end; column++) {
        p += sqlite_varint(p, record.types_end, &type);
        const uint64_t len = sqlite_type_bytes(type);
        const uint32_t field = field_of(d, place, table, column);
        note_class(place, column, type);
        const struct bytes value = bytes_first(bytes_from(payload, (size_t)at), (size_t)len);
        if (type == 0 && place.table != NULL && column == place.table->rowid_column && rowid != 0) {
            record_text_integer(&d->text, rowid, field);
        } else {
            take_value(d, type, value, value.len == len, field);
        }
        if (place.storage != STORAGE_LIVE && sqlite_type_is_text(type)) {
            remember_key(d, value);
        }
        at += len;
    }
}

/* What is in CELL's page and on the pages behind, in d->row. */
static struct bytes assemble(struct sqlite_decoder *d, const uint8_t *page,
                             const struct sqlite_cell *cell, bool live) {
    size_t want = cell->total < SQLITE_ROW_BYTES_MAX ? (size_t)cell->total : SQLITE_ROW_BYTES_MAX;
    want = want > cell->local ? want : cell->local;
    if (d->row_capacity < want) {
        uint8_t *row = realloc(d->row, want);
        if (row == NULL) {
            no_memory(d);
            return bytes_of(page + cell->payload, cell->local);
        }
        d->row = row;
        d->row_capacity = want;
    }
    memcpy(d->row, page + cell->payload, cell->local);
    size_t have = cell->local;
    uint32_t next = cell->overflow;
    while (have < want && next != 0 && next <= d->file.pages) {
        uint32_t *owner = &d->owners[next];
        /* Of a deleted row only pages that are still free can be its own. */
        if ((live && *owner != OWNER_NONE) || (!live && *owner != OWNER_FREE) ||
            !sqlite_page(&d->file, next, d->other)) {
            break;
        }
        *owner = live ? (uint32_t)OWNER_OVERFLOW : *owner;
        size_t some = d->file.usable - 4;
        some = some < want - have ? some : want - have;
        memcpy(d->row + have, d->other + 4, some);
        have += some;
        next = big_u32(d->other);
    }
    d->cut_rows += live && have < cell->total;
    return bytes_of(d->row, have);
}

void sqlite_take_cell(struct sqlite_decoder *d, const uint8_t *page, const struct sqlite_cell *cell,
                      struct sqlite_place place) {
    struct bytes payload = bytes_of(page + cell->payload, cell->local);
    const struct bytes stored =
        bytes_of(payload.ptr, cell->local + (cell->local < cell->total ? 4 : 0));
    if (cell->overflow != 0 && d->owners != NULL) {
        payload = assemble(d, page, cell, place.storage == STORAGE_LIVE);
    }
    sqlite_take_row(d, payload, stored, cell->rowid, place);
}

/* Is WORD a value that was met, but for some bytes at its ends that are no part of it? */
static bool is_known_word(const struct sqlite_decoder *d, struct bytes word) {
    enum { BEFORE = 4, BEHIND = 3 };
    for (size_t from = 0; from < BEFORE; from++) {
        for (size_t less = 0; less < BEHIND; less++) {
            if (word.len >= from + less + PIECE_BYTES &&
                was_seen(d, bytes_of(word.ptr + from, word.len - from - less), OF_KEY)) {
                return true;
            }
        }
    }
    return false;
}

/* Words in what is left of entries of an index that no row had. The entries have lost their heads,
 * one by one, when they were freed. */
static void take_unknown_words(struct sqlite_decoder *d, struct bytes raw, uint32_t field) {
    for (size_t at = 0; at < raw.len;) {
        size_t end = at;
        while (end < raw.len && raw.ptr[end] >= 0x20 && raw.ptr[end] != 0x7F) {
            end++;
        }
        const struct bytes word = bytes_of(raw.ptr + at, end - at);
        if (word.len >= PIECE_BYTES && !is_known_word(d, word)) {
            record_text_strings(&d->text, word, false, field);
        }
        at = end + 1;
    }
}

void sqlite_take_raw(struct sqlite_decoder *d, struct bytes raw, struct sqlite_place place) {
    bool empty = true;
    for (size_t i = 0; i < raw.len && empty; i++) {
        empty = raw.ptr[i] == 0;
    }
    if (empty || is_rest_of_copy(d, raw)) {
        return;
    }
    const uint32_t table = field_table(d, place);
    uint32_t field =
        d->failed ? UINT32_MAX : field_set_key(d->fields, table, BYTES_LIT(""), ATTRIBUTION_NONE);
    if (field == UINT32_MAX) {
        no_memory(d);
        return;
    }
    if (place.of_index && d->file.encoding == 1) {
        take_unknown_words(d, raw, field);
    } else {
        record_text_strings(&d->text, raw, d->file.encoding != 1, field);
    }
}

/* ---- whose row? ---- */

/* Rows may be older than the last columns of their table, where live ones are. */
static bool may_be_of(const struct sqlite_table *t, const struct sqlite_record *record) {
    const bool keyed = t->rowid_column != UINT32_MAX;
    if (t->is_index || t->without_rowid || t->classes == NULL ||
        record->columns > t->column_count ||
        (record->columns < t->column_count && record->columns < t->fewest)) {
        return false;
    }
    uint64_t type = 0;
    uint32_t column = 0;
    for (const uint8_t *p = record->types; p < record->types_end; column++) {
        p += sqlite_varint(p, record->types_end, &type);
        const uint8_t met = t->classes[column];
        if ((column == t->rowid_column && type != 0) ||
            (met != 0 && (class_of(type) & ~met) != 0)) {
            return false;
        }
    }
    return !keyed || record->columns > t->rowid_column;
}

struct sqlite_table *sqlite_guess_table(struct sqlite_decoder *d,
                                        const struct sqlite_record *record) {
    struct sqlite_table *best = NULL;
    unsigned best_rank = 0;
    for (uint32_t i = 0; i < d->table_count; i++) {
        struct sqlite_table *t = &d->tables[i];
        /* Where the rowid's column is NULL, as it must be, that is no accident. */
        const bool keyed = t->rowid_column != UINT32_MAX;
        const unsigned rank = !may_be_of(t, record)               ? 0U
                              : !keyed                            ? 1U
                              : record->columns < t->column_count ? 2U
                                                                  : 3U;
        if (rank > best_rank) {
            best = t;
            best_rank = rank;
        } else if (rank != 0 && rank == best_rank) {
            best = NULL;
        }
    }
    return best;
}
