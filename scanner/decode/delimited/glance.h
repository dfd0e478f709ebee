/* glance.h - how many fields the first records of delimited text have, by its marks
 * alone: most text has no quotes, and then nothing else need be looked at. */
#ifndef YINMA_DECODE_DELIMITED_GLANCE_H
#define YINMA_DECODE_DELIMITED_GLANCE_H

#include "decode/delimited/scan.h"

enum { GLANCE_RECORDS = 200 };

struct delimited_glance {
    size_t count;                    /* of records */
    size_t next;                     /* where the one behind the last begins */
    bool closed;                     /* the last one has an end in the text */
    size_t begins[GLANCE_RECORDS];   /* empty ones are here, too */
    uint32_t fields[GLANCE_RECORDS]; /* of each, at least one */
    bool filled[GLANCE_RECORDS];     /* three fields or more, and the first three begin with
                                        neither blanks nor dressing */
};

/* What delimited_record() would find from AT on. False: there are quotes, or marks of several
 * bytes. */
bool delimited_glance(const struct delimited_marks *marks, struct bytes text, size_t at,
                      struct delimited_glance *out);

#endif
