/* walk.c - from paths to work items. */
#include "input/walk/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "input/sealed_file.h"
#include "input/walk/folder_entries.h"
#include "input/walk/walk_names.h"

struct walker {
    const struct walk_options *options;
    struct work_list *list;
    struct seen_folders seen;
    struct text_buffer path; /* of what is being looked at */
    dev_t device;            /* of the named path, for one_file_system */
};

static int no_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory");
}

/* ---- items ---- */

static void item_release(struct work_item *item) {
    if (item->name != item->path) {
        free(item->name);
    }
    free(item->path);
    free(item->error);
    item->path = item->name = NULL;
    item->error = NULL;
}

struct error *work_item_error(struct work_item *item) {
    if (item->error == NULL) {
        item->error = calloc(1, sizeof *item->error);
    }
    return item->error;
}

/* A new item at the walker's path called NAME (malloc'ed, taken in every case), or NULL. */
static struct work_item *put_item(struct walker *walker, enum item_type type, bool named,
                                  char *name, struct error *err) {
    struct work_list *list = walker->list;
    if (list->count == list->capacity) {
        const size_t capacity = list->capacity == 0 ? 64 : 2 * list->capacity;
        struct work_item *grown = realloc(list->items, capacity * sizeof *grown);
        if (grown == NULL) {
            free(name);
            no_memory(err);
            return NULL;
        }
        list->items = grown;
        list->capacity = capacity;
    }
    struct work_item *item = &list->items[list->count];
    memset(item, 0, sizeof *item);
    item->type = type;
    item->named = named;
    item->name = name;
    const char *path = text_buffer_string(&walker->path);
    item->path = name != NULL && strcmp(name, path) == 0 ? name : strdup(path);
    list->count++;
    if (item->path == NULL || item->name == NULL) {
        no_memory(err);
        return NULL;
    }
    return item;
}

/* The same, called after the path. */
static struct work_item *add_item(struct walker *walker, enum item_type type, bool named,
                                  struct error *err) {
    char *name =
        type == ITEM_STDIN
            ? strdup(walker->options->stdin_name != NULL ? walker->options->stdin_name : "-")
            : walk_make_name(walker->options, text_buffer_view(&walker->path));
    return put_item(walker, type, named, name, err);
}

/* An item that says why there is no content, for a failed system call. */
static int add_failure(struct walker *walker, bool named, int os_errno, const char *what,
                       struct error *err) {
    struct work_item *item = add_item(walker, ITEM_UNREADABLE, named, err);
    struct error *error = item == NULL ? NULL : work_item_error(item);
    if (error == NULL) {
        return no_memory(err);
    }
    error_set_errno(error, os_errno, "%s", what);
    return 0;
}

static const char *special_name(mode_t mode) {
    switch (mode & S_IFMT) {
    case S_IFIFO:
        return "a FIFO";
    case S_IFSOCK:
        return SAID("a socket");
    case S_IFLNK:
        return SAID("a symbolic link, not followed");
    case S_IFBLK:
        return SAID("a block device");
    default:
        return SAID("a device");
    }
}

static int add_special(struct walker *walker, bool named, mode_t mode, struct error *err) {
    struct work_item *item = add_item(walker, ITEM_SPECIAL, named, err);
    struct error *error = item == NULL ? NULL : work_item_error(item);
    if (error == NULL) {
        return no_memory(err);
    }
    error_set(error, YINMA_E_UNSUPPORTED, "%s", special_name(mode));
    return 0;
}

/* Add what is no folder, when the globs let it. */
static int add_plain(struct walker *walker, bool named, const struct looked_at *status,
                     struct error *err) {
    char *name = walk_make_name(walker->options, text_buffer_view(&walker->path));
    if (name == NULL) {
        return no_memory(err);
    }
    if (walk_select_name(walker->options, name) != WALK_SELECTED) {
        free(name);
        return 0;
    }
    if (!S_ISREG(status->mode)) {
        free(name);
        return add_special(walker, named, status->mode, err);
    }
    struct work_item *item = put_item(walker, ITEM_FILE, named, name, err);
    if (item == NULL) {
        return YINMA_E_MEMORY;
    }
    item->size = status->size;
    return 0;
}

int walk_add(const struct walk_options *options, const char *path, struct work_list *list,
             struct work_item **out, struct error *err) {
    struct walker walker = {.options = options, .list = list};
    *out = NULL;
    text_buffer_init(&walker.path, 0);
    text_buffer_puts(&walker.path, path);
    char *name =
        walker.path.failed ? NULL : walk_make_name(options, text_buffer_view(&walker.path));
    int rc = 0;
    if (name == NULL) {
        rc = no_memory(err);
    } else if (walk_select_name(options, name) == WALK_SELECTED) {
        *out = add_item(&walker, ITEM_FILE, false, err);
        rc = *out == NULL ? YINMA_E_MEMORY : 0;
    }
    free(name);
    text_buffer_release(&walker.path);
    return rc;
}

/* ---- folders ---- */

static int walk_folder(struct walker *walker, bool named, const struct looked_at *status,
                       struct error *err);

/* Look at the walker's path, met while walking. */
static int walk_met(struct walker *walker, const struct folder_entry *entry, struct error *err) {
    if (walker->path.failed) {
        return no_memory(err);
    }
    if (entry->os_errno != 0) {
        /* Gone since the folder was read, or no right to look: a gap either way. */
        return add_failure(walker, false, entry->os_errno, "cannot look at it", err);
    }
    return S_ISDIR(entry->status.mode) ? walk_folder(walker, false, &entry->status, err)
                                       : add_plain(walker, false, &entry->status, err);
}

/* Is the folder at the walker's path to be entered? 1, 0 or negative. */
static int enters(struct walker *walker, const struct looked_at *status, struct error *err) {
    if (walker->options->one_file_system && status->place.device != walker->device) {
        return 0;
    }
    char *name = walk_make_name(walker->options, text_buffer_view(&walker->path));
    if (name == NULL) {
        return no_memory(err);
    }
    const bool excluded = walk_select_name(walker->options, name) == WALK_EXCLUDED;
    free(name);
    return excluded ? 0 : seen_folders_add(&walker->seen, status->place, err);
}

/* "." adds nothing to the names below it. */
static void path_enter(struct text_buffer *path, const char *name) {
    if (path->len == 1 && path->data[0] == '.') {
        text_buffer_clear(path);
    } else if (path->len > 0 && path->data[path->len - 1] != '/') {
        text_buffer_putc(path, '/');
    }
    text_buffer_puts(path, name);
}

static void path_leave(struct text_buffer *path, const char *folder) {
    text_buffer_clear(path);
    text_buffer_puts(path, folder);
}

static int walk_folder(struct walker *walker, bool named, const struct looked_at *status,
                       struct error *err) {
    int code = enters(walker, status, err);
    if (code <= 0) {
        return code;
    }
    struct folder_entries entries = {0};
    char *path = strdup(text_buffer_string(&walker->path));
    if (path == NULL) {
        return no_memory(err);
    }
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (named ? 0 : O_NOFOLLOW));
    DIR *folder = descriptor >= 0 ? fdopendir(descriptor) : NULL;
    if (folder == NULL) {
        code = add_failure(walker, named, errno, SAID("cannot read the folder"), err);
        if (descriptor >= 0) {
            close(descriptor);
        }
        goto cleanup;
    }
    int os_errno = 0;
    code = folder_entries_read(folder, &entries, &os_errno);
    if (code < 0) {
        no_memory(err);
        goto cleanup;
    }
    for (size_t i = 0; i < entries.count && code == 0; i++) {
        path_enter(&walker->path, entries.items[i].name);
        code = walk_met(walker, &entries.items[i], err);
        path_leave(&walker->path, path);
    }
    if (code == 0 && os_errno != 0) {
        code = add_failure(walker, named, os_errno, SAID("cannot read the folder to its end"), err);
    }
cleanup:
    folder_entries_release(&entries);
    free(path);
    return code;
}

/* ---- named paths ---- */

/* A path that was given and adds nothing is a gap unless it was excluded by its own name. */
static int add_nothing(struct walker *walker, const char *path, struct error *err) {
    walk_put_clean(&walker->path, path);
    struct work_item *item = add_item(walker, ITEM_UNREADABLE, true, err);
    if (item == NULL) {
        return YINMA_E_MEMORY;
    }
    struct error *error = work_item_error(item);
    if (error == NULL) {
        return no_memory(err);
    }
    error_set(error, YINMA_E_MISSING,
              "nothing to scan: no file in it, or none that "
              "--include and --exclude let in");
    if (walk_select_name(walker->options, item->name) == WALK_EXCLUDED) {
        walker->list->count--;
        item_release(item);
    }
    return 0;
}

static int walk_named(struct walker *walker, const char *path, struct error *err) {
    if (strcmp(path, "-") == 0) {
        path_leave(&walker->path, path);
        return add_item(walker, ITEM_STDIN, true, err) == NULL ? YINMA_E_MEMORY : 0;
    }
    walk_put_clean(&walker->path, path);
    if (walker->path.failed) {
        return no_memory(err);
    }
    struct stat found;
    if (stat(text_buffer_string(&walker->path), &found) != 0) { /* a link that was named counts
                                                                    for what it leads to */
        return add_failure(walker, true, errno, "cannot look at it", err);
    }
    const struct looked_at status = looked_at(&found);
    walker->device = status.place.device;
    if (S_ISDIR(status.mode) && seen_folders_know(&walker->seen, status.place)) {
        return 0; /* part of a path named before */
    }
    const size_t before = walker->list->count;
    int code = S_ISDIR(status.mode) ? walk_folder(walker, true, &status, err)
                                    : add_plain(walker, true, &status, err);
    return code == 0 && walker->list->count == before ? add_nothing(walker, path, err) : code;
}

/* ---- the same file twice: `scan dir dir/a.sql` ---- */

static int compare_paths(const void *a, const void *b, void *context) {
    const struct work_list *list = context;
    const size_t first = *(const size_t *)a, second = *(const size_t *)b;
    const int order = strcmp(list->items[first].path, list->items[second].path);
    return order != 0 ? order : (first > second) - (first < second);
}

static int drop_doubles(struct work_list *list, struct error *err) {
    size_t *order = malloc((list->count + 1) * sizeof *order);
    if (order == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < list->count; i++) {
        order[i] = i;
    }
    qsort_r(order, list->count, sizeof *order, compare_paths, list);
    size_t kept = 0;
    for (size_t i = 1; i < list->count; i++) {
        struct work_item *first = &list->items[order[kept]], *item = &list->items[order[i]];
        if (strcmp(first->path, item->path) == 0) {
            first->named = first->named || item->named;
            item->type = (enum item_type) - 1; /* to be dropped */
        } else {
            kept = i;
        }
    }
    free(order);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].type == (enum item_type) - 1) {
            item_release(&list->items[i]);
        } else {
            list->items[count++] = list->items[i];
        }
    }
    list->count = count;
    return 0;
}

int walk(const struct walk_options *options, struct work_list *list, struct error *err) {
    *list = (struct work_list){0};
    struct walker walker = {.options = options, .list = list};
    text_buffer_init(&walker.path, 0);
    int code = 0;
    size_t paths = 0;
    for (; code == 0 && options->paths[paths] != NULL; paths++) {
        code = walk_named(&walker, options->paths[paths], err);
    }
    if (code == 0 && paths > 1) {
        code = drop_doubles(list, err);
    }
    seen_folders_release(&walker.seen);
    text_buffer_release(&walker.path);
    if (code < 0) {
        work_list_release(list);
    }
    return code;
}

void work_list_release(struct work_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        item_release(&list->items[i]);
    }
    free(list->items);
    sealed_file_close(list->held);
    *list = (struct work_list){0};
}
