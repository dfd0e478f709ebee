/* folder_entries.h - what stands in a folder, in the order of its names, and what the file system
 * says of each. Inside the room only. */
#ifndef YINMA_INPUT_WALK_FOLDER_ENTRIES_H
#define YINMA_INPUT_WALK_FOLDER_ENTRIES_H

#include <dirent.h>
#include <stdint.h>
#include <sys/stat.h>

#include "input/walk/seen_folders.h"

/* What the file system says of a name. */
struct looked_at {
    mode_t mode;
    struct folder_place place;
    uint64_t size;
};

struct looked_at looked_at(const struct stat *status);

struct folder_entry {
    char *name;
    struct looked_at status;
    int os_errno; /* why it could not be looked at; 0 = it was */
};

struct folder_entries {
    struct folder_entry *items;
    size_t count, capacity;
};

/* The names in FOLDER in byte order; closes it. *os_errno tells of a folder that could not be read
 * to its end. 0 or YINMA_E_MEMORY. */
int folder_entries_read(DIR *folder, struct folder_entries *entries, int *os_errno);
void folder_entries_release(struct folder_entries *entries);

#endif
