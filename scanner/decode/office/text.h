/* text.h - the text of a part of an OOXML document: paragraphs whose runs are joined (an
 * identifier is often cut into several), tables as rows, attributes that hold text. Deleted text of
 * tracked changes is text like any other. */
#ifndef YINMA_DECODE_OFFICE_TEXT_H
#define YINMA_DECODE_OFFICE_TEXT_H

#include "core/text_buffer.h"
#include "decode/grid.h"
#include "decode/markup/xml_reader.h"

struct office_text {
    struct grid *grid;
    struct text_buffer text; /* of the paragraph, or of the cell */
    unsigned tables;         /* open ones */
    unsigned numbered;       /* tables met in the document: their names */
    unsigned cells;          /* open ones of the outermost table */
    size_t column, span;
    unsigned paragraphs; /* open ones */
    bool run;            /* in an element whose blanks count */
    bool failed;
};

void office_text_init(struct office_text *text, struct grid *grid);
void office_text_release(struct office_text *text);
/* A new part begins, or the part has ended: what was open is closed. */
void office_text_reset(struct office_text *text);

/* With a struct office_text as context. */
extern const struct xml_events office_text_events;

#endif
