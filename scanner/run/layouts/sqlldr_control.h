/* sqlldr_control.h - control files of Oracle's SQL*Loader: which fields of a data file are which
 * columns, by place or by what parts them. The data may stand in the same file, behind BEGINDATA.
 */
#ifndef YINMA_RUN_LAYOUTS_SQLLDR_CONTROL_H
#define YINMA_RUN_LAYOUTS_SQLLDR_CONTROL_H

#include "core/arena.h"
#include "core/record_layout.h"

/* Does TEXT begin as a control file does? */
bool sqlldr_is_control(struct bytes text);

/* Read TEXT into MEMORY. False: it is none, or says too little (or memory is out). out->preface is
 * set when data follow; of more than one table the records are told apart by WHEN. */
bool sqlldr_read(struct bytes text, struct arena *memory, struct record_layout *out);

#endif
