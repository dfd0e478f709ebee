/* seen_folders.h - which folders a walk was in, by whatever name. */
#ifndef YINMA_INPUT_WALK_SEEN_FOLDERS_H
#define YINMA_INPUT_WALK_SEEN_FOLDERS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "core/error.h"

/* A folder, wherever it is mounted. */
struct folder_place {
    dev_t device;
    ino_t inode;
};

/* A zeroed one is empty. */
struct seen_folders {
    struct folder_place *items; /* open addressing; inode 0 = free */
    size_t count, capacity;
};

bool seen_folders_know(const struct seen_folders *seen, struct folder_place place);
/* 1 it is new, 0 it was seen, or YINMA_E_MEMORY. */
int seen_folders_add(struct seen_folders *seen, struct folder_place place, struct error *err);
void seen_folders_release(struct seen_folders *seen);

#endif
