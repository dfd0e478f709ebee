/* layout_records.h - where records of a given layout begin and end in the bytes of the data, and of
 * which sort each one is. Pure questions; layout.c reads by the answers. */
#ifndef YINMA_DECODE_ALIGNED_LAYOUT_RECORDS_H
#define YINMA_DECODE_ALIGNED_LAYOUT_RECORDS_H

#include "core/record_layout.h"
#include "decode/encoding/transcode.h"

enum { LAYOUT_LINE_BYTES = 64 * 1024 }; /* longer lines are no records */

/* How records end. */
struct layout_form {
    bool lines;      /* at a line end; else behind `width` bytes */
    bool by_display; /* the data were turned into UTF-8: a wide character counts as the two bytes
                        it was when the layout was written */
    uint8_t newline; /* the byte that ends a line */
    uint8_t unit;    /* bytes of a code: 2 for UTF-16 */
    bool big_endian; /* of UTF-16 */
    size_t width;    /* of the longest record */
};

/* By the beginning of the data. */
struct layout_form layout_form_of(const struct record_layout *layout, enum encoding encoding,
                                  struct bytes head, bool whole);

/* The record at the start of TEXT. */
struct layout_cut {
    struct bytes record; /* without its end */
    size_t whole;        /* bytes with it; 0: more data are needed to tell */
    bool piece;          /* of a line that is too long for a record */
};
struct layout_cut layout_cut(const struct layout_form *form, struct bytes text, bool at_end);

/* Do the records at the beginning of the data have the layout's lengths (and codes)? For a layout
 * that was given for any file. */
bool layout_fits(const struct record_layout *layout, enum encoding encoding, struct bytes head,
                 bool whole);

/* Is a record of LENGTH as its sort says: as long as it, or as the longest of all (WIDEST), or ends
 * inside the last field, whose blanks were taken away? */
bool layout_has_length(const struct layout_record *record, size_t widest, size_t length);

/* Bytes of the byte order mark that TEXT begins with. */
size_t layout_mark_length(struct bytes text);

/* How many bytes (or columns, by_display) RECORD has, and where the byte of COLUMN is. */
size_t layout_length(const struct layout_form *form, struct bytes record);
size_t layout_byte_of(const struct layout_form *form, struct bytes record, size_t column);

#endif
