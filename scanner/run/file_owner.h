/* file_owner.h - names of the users that own files, looked up in the parent, each once. */
#ifndef YINMA_RUN_FILE_OWNER_H
#define YINMA_RUN_FILE_OWNER_H

#include "result/results.h"

/* Fill facts->file.owner of every unit; a user without a name is told as "#1000". 0 or
 * YINMA_E_MEMORY. */
int file_owner_fill(struct results *results, struct error *err);

#endif
