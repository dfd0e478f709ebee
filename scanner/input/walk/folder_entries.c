#include "input/walk/folder_entries.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

void folder_entries_release(struct folder_entries *entries) {
    for (size_t i = 0; i < entries->count; i++) {
        free(entries->items[i].name);
    }
    free(entries->items);
}

static int compare_names(const void *a, const void *b) {
    return strcmp(((const struct folder_entry *)a)->name, ((const struct folder_entry *)b)->name);
}

static int entries_add(struct folder_entries *entries, const char *name) {
    if (entries->count == entries->capacity) {
        const size_t capacity = entries->capacity == 0 ? 32 : 2 * entries->capacity;
        struct folder_entry *grown = reallocarray(entries->items, capacity, sizeof *grown);
        if (grown == NULL) {
            return YINMA_E_MEMORY;
        }
        entries->items = grown;
        entries->capacity = capacity;
    }
    struct folder_entry *entry = &entries->items[entries->count];
    *entry = (struct folder_entry){.name = strdup(name)};
    if (entry->name == NULL) {
        return YINMA_E_MEMORY;
    }
    entries->count++;
    return 0;
}

struct looked_at looked_at(const struct stat *status) {
    return (struct looked_at){.mode = status->st_mode,
                              .place = {status->st_dev, status->st_ino},
                              .size = status->st_size > 0 ? (uint64_t)status->st_size : 0};
}

/* From the open folder: the system need not look up the whole path for each name. */
static void look_at_entries(DIR *folder, struct folder_entries *entries) {
    for (size_t i = 0; i < entries->count; i++) {
        struct folder_entry *entry = &entries->items[i];
        struct stat status;
        if (fstatat(dirfd(folder), entry->name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
            entry->status = looked_at(&status);
        } else {
            entry->os_errno = errno;
        }
    }
}

int folder_entries_read(DIR *folder, struct folder_entries *entries, int *os_errno) {
    int code = 0;
    errno = 0;
    for (struct dirent *entry = readdir(folder); entry != NULL && code == 0;
         entry = readdir(folder)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            code = entries_add(entries, entry->d_name);
        }
        errno = 0;
    }
    *os_errno = errno;
    if (entries->count > 1) {
        qsort(entries->items, entries->count, sizeof *entries->items, compare_names);
    }
    look_at_entries(folder, entries);
    closedir(folder);
    return code;
}
