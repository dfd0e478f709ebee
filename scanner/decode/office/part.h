/* part.h - the members of an office document (input_package) as the decoders read them: the
 * list of their names, and one of them as XML. */
#ifndef YINMA_DECODE_OFFICE_PART_H
#define YINMA_DECODE_OFFICE_PART_H

#include "core/text_buffer.h"
#include "decode/decoder.h"
#include "decode/markup/xml_reader.h"

enum { OFFICE_LIST_BYTES = 4 * 1024 * 1024 };

/* Read the list of names, one a line. 0 or a negative code. */
int office_list(struct byte_source *document, struct text_buffer *out, struct error *err);
/* The next name in LIST from *AT on; false at the end. */
bool office_name(const struct text_buffer *list, size_t *at, struct bytes *name);

struct office_part {
    struct byte_source *source;
    struct window window;
    struct xml_reader *reader;
    struct error problem; /* of the data, when it did not end well */
};

/* Open member NAME of DOCUMENT; what it holds goes to EVENTS with CONTEXT, text with the blanks
 * around it. 1; 0: there is none, or it cannot be read (part->problem says why); YINMA_E_MEMORY. */
int office_part_open(struct office_part *part, struct byte_source *document, struct bytes name,
                     const struct block64_ops *ops, const struct xml_events *events, void *context,
                     struct error *err);
/* Read a piece more. 1: there may be more; 0: done (part->problem.code says how); YINMA_E_MEMORY.
 */
int office_part_step(struct office_part *part, struct error *err);
void office_part_close(struct office_part *part);

/* Open, read and close. 0 or YINMA_E_MEMORY; what is wrong with the data goes to REPORT, if it is
 * the first there. A member that does not exist is no problem. */
int office_part_read(struct byte_source *document, struct bytes name, const struct block64_ops *ops,
                     const struct xml_events *events, void *context, struct decode_report *report,
                     struct error *err);

/* The first problem of a document is the one that is told. */
void office_tell(struct decode_report *report, const struct error *problem);

/* TEXT without its references, added to OUT. */
void office_put_text(struct text_buffer *out, const struct xml_text *text);
void office_put_attribute(struct text_buffer *out, struct bytes value);
/* The number that ATTRIBUTE of TAG is, or OTHERWISE. */
uint64_t office_number(struct bytes tag, struct bytes attribute, uint64_t otherwise);
bool office_is_true(struct bytes tag, struct bytes attribute);

#endif
