/* described.h - layouts that come with the data: a control file of SQL*Loader that holds them or
 * stands beside them, a format file of bcp. */
#ifndef YINMA_RUN_DESCRIBED_H
#define YINMA_RUN_DESCRIBED_H

#include "core/arena.h"
#include "core/byte_source.h"
#include "core/record_layout.h"
#include "input/input.h"

/* May something describe the data SOURCE called NAME that begin with HEAD? Costs nothing. */
bool described_may(const struct byte_source *source, struct bytes name, struct bytes head);

/* The layout of the data SOURCE called NAME that begin with HEAD, in MEMORY; NULL: nothing
 * describes them. */
const struct record_layout *described_find(struct byte_source *source, struct bytes name,
                                           struct bytes head, struct input_budget *budget,
                                           struct arena *memory);

/* Does something describe the file SOURCE, which has read_at? Then it is read as a whole. */
bool described_file(struct byte_source *source, struct bytes name, struct input_budget *budget);

#endif
