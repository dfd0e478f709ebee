/* walk.h - from paths to work items: files, folders (recursive, names in byte order, each directory
 * once), standard input, special files. Symbolic links that are met are listed and not followed;
 * one that is named counts for what it leads to. A named path that gives nothing is an item as
 * well, so that it is never mistaken for a clean one. */
#ifndef YINMA_INPUT_WALK_WALK_H
#define YINMA_INPUT_WALK_WALK_H

#include "core/bytes.h"
#include "core/error.h"

enum item_type {
    ITEM_FILE,       /* a regular file */
    ITEM_STDIN,      /* standard input */
    ITEM_DESCRIPTOR, /* a file that somebody holds open, read from where it stands; never walked */
    ITEM_HELD,       /* content that was read before (input/held.h); never walked */
    ITEM_SPECIAL,    /* socket, FIFO, device, symbolic link met: listed, never opened; `error` says
                        which */
    ITEM_UNREADABLE, /* path missing, folder not readable …: `error` says why */
};

/* A part of a file that is scanned by itself, as one of COUNT (run/pieces/ranges.h). Where it
 * really begins and ends is for whoever reads it to find: at the first record behind FROM and
 * behind TO.
 */
struct work_piece {
    uint64_t from, to;
    uint32_t number, count; /* from 1 */
};

struct work_item {
    enum item_type type;
    bool named;    /* given on the command line, not met while walking */
    char *path;    /* to open */
    char *name;    /* of the unit: path as given (without doubled slashes; below "." without it), or
                      the label's; `path` itself where it is no other */
    uint64_t size; /* of a file when it was met */
    int descriptor;           /* of ITEM_DESCRIPTOR; stays open */
    struct sealed_file *held; /* of ITEM_HELD: where its SIZE bytes stand … */
    uint64_t held_at;         /* … and from where on; the list's */
    struct error *error;      /* why there is no content; owned; NULL for what is to be read */
    const struct work_piece *piece; /* NULL: all of it; not owned */
};

struct walk_options {
    const char *const *paths;    /* NULL-terminated; "-" is standard input */
    const char *const *includes; /* globs, NULL-terminated or NULL: applied to top-level names; what
                                    is called like a container passes, its members are selected
                                    when they are met */
    const char *const *excludes;
    const char *stdin_name;    /* NULL: "-" */
    const char *const *labels; /* "NAME=PATH", NULL-terminated or NULL */
    bool one_file_system;
    bool (*glob)(const char *glob, struct bytes name); /* how globs compare (catalog/config.h) */
};

struct work_list {
    struct work_item *items;
    size_t count, capacity;
    struct sealed_file *held; /* content of its items; owned; NULL: there is none */
};

/* Fill LIST. Unreadable things become items; 0 or YINMA_E_MEMORY. */
int walk(const struct walk_options *options, struct work_list *list, struct error *err);
/* Add the file PATH as walking would call it, when the globs let it: *OUT (ITEM_FILE) is valid
 * until the next one is added, NULL when they do not. YINMA_E_MEMORY. */
int walk_add(const struct walk_options *options, const char *path, struct work_list *list,
             struct work_item **out, struct error *err);
void work_list_release(struct work_list *list);

/* Room in ITEM for why there is no content; NULL when memory is out. */
struct error *work_item_error(struct work_item *item);

/* Read the paths of --files-from (NUL- or newline-separated; "-" = standard input). *paths_out is a
 * malloc'ed, NULL-terminated array of malloc'ed strings. */
int walk_read_list(const char *file, char ***paths_out, struct error *err);

#endif
