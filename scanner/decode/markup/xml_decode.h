/* xml_decode.h - what the formats that are one XML document have in common: the window, the cells
 * and rows of a segment, and the way on where the data stops to be XML. */
#ifndef YINMA_DECODE_MARKUP_XML_DECODE_H
#define YINMA_DECODE_MARKUP_XML_DECODE_H

#include "decode/decoder.h"
#include "decode/markup/xml_reader.h"

enum { XML_LONG_TEXT_BYTES = 256 }; /* longer values are running text of their field */

struct xml_decode {
    struct window window;
    struct xml_reader *reader;
    struct field_set *fields;
    struct decode_report *report;
    struct cell *cells;
    size_t cell_count, cell_capacity;
    struct row_mark *rows;
    size_t row_count, row_capacity;
    uint64_t row;  /* the open one, 0: none */
    uint64_t read; /* rows in all */
    uint64_t offset, line;
    bool silent;  /* a trial over the head: no cells */
    bool as_text; /* no XML any more */
    bool failed;  /* out of memory */
};

/* EVENTS with CONTEXT get the elements and call the functions below. 0 or YINMA_E_MEMORY. */
int xml_decode_open(struct xml_decode *d, const struct decode_input *in,
                    const struct xml_events *events, void *context, struct error *err);
void xml_decode_close(struct xml_decode *d);
/* As in struct decoder. */
int xml_decode_next(struct xml_decode *d, struct segment *out, struct error *err);

/* A value of FIELD; views are of the window, in the order of the data. */
void xml_decode_cell(struct xml_decode *d, struct bytes value, uint32_t field, unsigned flags);
/* Text as told by the reader. */
void xml_decode_text(struct xml_decode *d, const struct xml_text *text, uint32_t field);
/* The value of an attribute. */
void xml_decode_attribute(struct xml_decode *d, struct bytes value, uint32_t field);
/* Row ROW begins here. */
void xml_decode_row(struct xml_decode *d, uint64_t row);

/* Read HEAD with EVENTS as far as it is XML. 0: all of it is; YINMA_E_TRUNCATED: it ends inside a
 * document; YINMA_E_DAMAGED; YINMA_E_MEMORY. */
int xml_decode_try(struct bytes head, const struct xml_events *events, void *context);

/* HEAD without byte order mark and blanks in front. */
struct bytes xml_decode_start(struct bytes head);

#endif
