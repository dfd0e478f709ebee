/* office.h - what the decoders of office documents have in common: parts of the document are read
 * one after the other, their text goes to a grid, the grid gives segments. */
#ifndef YINMA_DECODE_OFFICE_OFFICE_H
#define YINMA_DECODE_OFFICE_OFFICE_H

#include "decode/grid.h"
#include "decode/hidden_parts.h"
#include "decode/office/part.h"
#include "decode/office/text.h"

struct office;

struct office_plan {
    /* The next part to read and who reads it; false: no more. The part has not been read before. */
    bool (*next_part)(struct office *office, struct bytes *name, const struct xml_events **events,
                      void **context);
    /* That part has been read. */
    void (*part_ended)(struct office *office);
    /* Nothing is left to read: put something more into the grid. False: there is no more. May be
     * NULL. */
    bool (*rest)(struct office *office);
};

struct office {
    const struct office_plan *plan;
    struct byte_source *document;
    const struct block64_ops *ops;
    struct decode_report *report;
    struct grid *grid;
    struct text_buffer list; /* names of the members */
    size_t list_at;
    struct text_buffer read; /* names of those that were read, each between line ends */
    struct office_text text; /* reads whatever is no sheet */
    struct office_part part;
    bool part_is_open;
    struct sheet_hidden hidden; /* of workbooks; told when all has been read */
};

/* 0 or YINMA_E_MEMORY (or the code of the source). Close it in any case. */
int office_open(struct office *office, const struct office_plan *plan,
                const struct decode_input *in, struct error *err);
void office_close(struct office *office);
/* As in struct decoder. No head tells an office document: it is asked for by name, which the
 * container knows. */
unsigned office_bid(const struct decode_head *head);
int office_next(struct office *office, struct segment *out, struct error *err);

/* Part NAME is (or will be) read. */
void office_mark(struct office *office, struct bytes name);
bool office_was_read(const struct office *office, struct bytes name);
/* The next member that is XML and was not read; it is marked. */
bool office_next_unread(struct office *office, struct bytes *name);

#endif
