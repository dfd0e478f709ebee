/* occurrence_reader.h - the spool of occurrences of a run, read back unit by unit in the order of
 * the results and bound to the judged fields. One owner; the results must outlive it. Memory: one
 * buffer, and an index of the fields of one unit. */
#ifndef YINMA_RESULT_SAVED_OCCURRENCE_READER_H
#define YINMA_RESULT_SAVED_OCCURRENCE_READER_H

#include "result/results.h"
#include "result/wire/wire.h"

struct occurrence_reader;

/* NULL when memory is out. Results without a spool give a reader without occurrences. */
struct occurrence_reader *occurrence_reader_new(const struct results *results);
void occurrence_reader_free(struct occurrence_reader *reader);

/* The next one. *FIELD is the judged field of that kind, or NULL when judging kept none (the value
 * belongs to another kind of the same field). 1, 0 at the end, YINMA_E_IO, YINMA_E_MEMORY or
 * YINMA_E_DAMAGED. */
int occurrence_reader_next(struct occurrence_reader *reader, struct occurrence *out,
                           const struct field_result **field, struct error *err);

#endif
