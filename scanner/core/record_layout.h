/* record_layout.h - records of fixed fields as their sender describes them: which bytes of a record
 * are which column, and by which code one sort of record is told from another. Made by whoever
 * reads the description; it owns the memory. Bytes are those of the data's own encoding, from 0. */
#ifndef YINMA_CORE_RECORD_LAYOUT_H
#define YINMA_CORE_RECORD_LAYOUT_H

#include "core/bcp_layout.h"
#include "core/bytes.h"

enum {
    LAYOUT_FIELDS_MAX = 512,  /* of one sort of record */
    LAYOUT_RECORDS_MAX = 32,  /* sorts */
    LAYOUT_WIDTH_MAX = 32768, /* bytes of a record */
};

struct layout_span {
    uint32_t start, length; /* length 0: there is none */
};

struct layout_field {
    struct bytes name; /* UTF-8 */
    struct layout_span span;
    unsigned line; /* where it is described, for messages */
};

enum layout_place {
    LAYOUT_DETAIL, /* between the others */
    LAYOUT_FIRST,  /* a header: counts nothing */
    LAYOUT_LAST,   /* a trailer: its count, if it has one, is that of the details before it */
};

struct layout_record {
    struct bytes name; /* UTF-8; "" when there is one sort only */
    enum layout_place place;
    struct layout_span code; /* where `code_text` stands; without one the place decides */
    struct bytes code_text;
    struct layout_span count; /* of a trailer */
    struct layout_field *fields;
    size_t field_count;
    size_t width; /* bytes up to the end of the last field */
};

struct record_layout {
    const struct bcp_layout *native; /* rows of SQL Server, not text; all else means nothing then */
    struct layout_record *records;
    size_t record_count;
    size_t width;         /* of every record where lines have no ends: the longest one */
    const char *encoding; /* of the data; NULL: by its bytes */
    bool counts_all;      /* a trailer counts the frame, too */
    bool is_delimited;    /* fields stand one behind the other, and what parts them is: */
    struct bytes delimiter;
    struct bytes record_end; /* before the line end; "" when that alone ends a record */
    size_t preface;          /* bytes of the data that describe it, before the first record … */
    size_t skip;             /* … and records behind them that are no data */
};

/* What a layout may have wrong. */
enum layout_problem { LAYOUT_GOOD, LAYOUT_EMPTY, LAYOUT_TOO_WIDE, LAYOUT_OVERLAP };

/* Sort the fields, leave out those that only take another one apart, set the width and, of a
 * trailer that has none, the count. On LAYOUT_OVERLAP *one and *other are the fields that share
 * bytes. */
enum layout_problem layout_record_finish(struct layout_record *record,
                                         const struct layout_field **one,
                                         const struct layout_field **other);

/* What the name of a sort of record says about its place: 首錄, header; 尾錄, trailer. */
enum layout_place layout_place_of(struct bytes name);
/* Is a field of that name of a trailer the number of its records: 總筆數, record count? */
bool layout_is_count(struct bytes name);

#endif
