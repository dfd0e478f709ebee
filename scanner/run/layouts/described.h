/* described.h - layouts that come with the data: a control file of SQL*Loader that holds them or
 * stands beside them, a format file of bcp, CREATE TABLE of the table that bcp wrote. */
#ifndef YINMA_RUN_LAYOUTS_DESCRIBED_H
#define YINMA_RUN_LAYOUTS_DESCRIBED_H

#include "core/arena.h"
#include "core/byte_source.h"
#include "core/record_layout.h"
#include "decode/decoder.h"
#include "input/input.h"

/* May something describe the data SOURCE called NAME that begin with HEAD? Costs nothing. */
bool described_may(struct byte_source *source, struct bytes name, struct bytes head,
                   struct bytes schema);

/* The layout of the data SOURCE that begin with HEAD, in MEMORY; NULL: nothing describes them.
 * SCHEMA: SQL that the user gave, "" for none. */
const struct record_layout *described_find(struct byte_source *source,
                                           const struct decode_head *head, struct bytes schema,
                                           struct input_budget *budget, struct arena *memory);

/* Does something describe the file SOURCE, which has read_at? Then it is read as a whole. */
bool described_file(struct byte_source *source, struct bytes name, struct input_budget *budget);

#endif
