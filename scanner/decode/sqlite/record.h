/* record.h - cells of b-tree pages and the records in them. Nothing here trusts a byte:
 * cells are looked for in free space as well. */
#ifndef YINMA_DECODE_SQLITE_RECORD_H
#define YINMA_DECODE_SQLITE_RECORD_H

#include "core/bytes.h"

/* One cell that holds a record: of a leaf of a table, or of any page of an index. */
struct sqlite_cell {
    int64_t rowid;     /* 0 in an index */
    size_t payload;    /* where it begins in the page */
    size_t local;      /* bytes of it that stand in the page */
    uint64_t total;    /* bytes of it in all */
    uint32_t overflow; /* page on which it goes on, 0 = none */
    size_t length;     /* of the cell in the page */
};

enum sqlite_cell_kind { SQLITE_CELL_TABLE, SQLITE_CELL_INDEX, SQLITE_CELL_INDEX_INTERIOR };

/* The cell at AT of a page of which END bytes count; USABLE: of the page. False: none can be. */
bool sqlite_cell_at(const uint8_t *page, size_t end, size_t at, uint32_t usable,
                    enum sqlite_cell_kind kind, struct sqlite_cell *out);

/* A number of one to nine bytes at P; returns its length, 0 when it does not end before END. */
size_t sqlite_varint(const uint8_t *p, const uint8_t *end, uint64_t *out);

/* Bytes of a value of that serial type; UINT64_MAX for a type that does not exist. */
uint64_t sqlite_type_bytes(uint64_t type);
static inline bool sqlite_type_is_text(uint64_t type) {
    return type >= 13 && (type & 1) != 0;
}
static inline bool sqlite_type_is_blob(uint64_t type) {
    return type >= 12 && (type & 1) == 0;
}
int64_t sqlite_integer(const uint8_t *p, size_t len);

/* The header of a record. */
struct sqlite_record {
    const uint8_t *types, *types_end;
    size_t header; /* bytes */
    uint32_t columns;
    uint64_t body; /* bytes of all values */
};

/* PAYLOAD: as much of it as is there. False: no record. */
bool sqlite_record_read(struct bytes payload, struct sqlite_record *out);

/* Can RECORD, whose PAYLOAD may be cut, be one that SQLite wrote? What it says of itself must fit
 * TOTAL to the byte, and its texts must be text. */
bool sqlite_record_is_sound(const struct sqlite_record *record, struct bytes payload,
                            uint64_t total, uint8_t encoding);

#endif
