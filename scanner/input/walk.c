/* walk.c - from paths to work items. Names are bytes: they are sorted, joined and compared as such.
 */
#include "input/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/hash64.h"
#include "core/text_buffer.h"
#include "input/input.h"
#include "input/sealed_file.h"

/* A folder, wherever it is mounted. */
struct place {
    dev_t device;
    ino_t inode;
};

/* What the file system says of a name. */
struct looked_at {
    mode_t mode;
    struct place place;
    uint64_t size;
};

struct walker {
    const struct walk_options *options;
    struct work_list *list;
    struct place *seen; /* open addressing; inode 0 = free */
    size_t seen_count, seen_capacity;
    struct text_buffer path; /* of what is being looked at */
    dev_t device;            /* of the named path, for one_file_system */
};

static int no_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory");
}

/* ---- folders seen ---- */

static void place_insert(struct place *table, size_t capacity, struct place place) {
    size_t i = (size_t)hash64_mix(place.device ^ UINT64_C(0x9E3779B97F4A7C15), place.inode + 1);
    while (table[i & (capacity - 1)].inode != 0) {
        i++;
    }
    table[i & (capacity - 1)] = place;
}

static bool place_known(const struct walker *walker, struct place place) {
    if (walker->seen_capacity == 0) {
        return false;
    }
    const size_t mask = walker->seen_capacity - 1;
    size_t i = (size_t)hash64_mix(place.device ^ UINT64_C(0x9E3779B97F4A7C15), place.inode + 1);
    for (; walker->seen[i & mask].inode != 0; i++) {
        const struct place *other = &walker->seen[i & mask];
        if (other->inode == place.inode && other->device == place.device) {
            return true;
        }
    }
    return false;
}

/* 1 it is new, 0 it was seen, or negative. */
static int place_add(struct walker *walker, struct place place, struct error *err) {
    if (place_known(walker, place)) {
        return 0;
    }
    if (2 * (walker->seen_count + 1) > walker->seen_capacity) {
        const size_t capacity = walker->seen_capacity == 0 ? 64 : 2 * walker->seen_capacity;
        struct place *grown = calloc(capacity, sizeof *grown);
        if (grown == NULL) {
            return no_memory(err);
        }
        for (size_t i = 0; i < walker->seen_capacity; i++) {
            if (walker->seen[i].inode != 0) {
                place_insert(grown, capacity, walker->seen[i]);
            }
        }
        free(walker->seen);
        walker->seen = grown;
        walker->seen_capacity = capacity;
    }
    place_insert(walker->seen, walker->seen_capacity, place);
    walker->seen_count++;
    return 1;
}

/* ---- names ---- */

/* PATH without double slashes and slashes at its end. */
static void put_clean(struct text_buffer *out, const char *path) {
    text_buffer_clear(out);
    for (const char *p = path; *p != '\0'; p++) {
        if (*p != '/' || p[1] != '/') {
            text_buffer_putc(out, *p);
        }
    }
    if (out->len > 1 && out->data[out->len - 1] == '/') {
        out->data[--out->len] = '\0';
    }
}

/* The part of PATH below ROOT: true, and *rest is what is appended to the label's name. */
static bool below(struct bytes path, struct bytes root, struct bytes *rest) {
    while (root.len > 1 && root.ptr[root.len - 1] == '/') {
        root.len--;
    }
    if (!bytes_starts_with(path, root)) {
        return false;
    }
    *rest = bytes_from(path, root.len);
    return rest->len == 0 || rest->ptr[0] == '/' || root.ptr[root.len - 1] == '/';
}

/* The name of the unit at PATH, malloc'ed: that of the label whose path is the longest above it, or
 * the path itself. */
static char *make_name(const struct walk_options *options, struct bytes path) {
    struct bytes best_name = {NULL, 0}, best_rest = path;
    size_t best = 0;
    for (const char *const *label = options->labels; label != NULL && *label != NULL; label++) {
        const char *equals = strchr(*label, '=');
        struct bytes root = bytes_of_string(equals != NULL ? equals + 1 : "");
        struct bytes rest;
        if (root.len > best && below(path, root, &rest)) {
            best = root.len;
            best_name = bytes_of(*label, (size_t)(equals - *label));
            best_rest = rest;
        }
    }
    const bool slash = best != 0 && best_rest.len > 0 && best_rest.ptr[0] != '/';
    char *name = malloc(best_name.len + slash + best_rest.len + 1);
    if (name != NULL) {
        char *end = name;
        if (best_name.len > 0) {
            memcpy(end, best_name.ptr, best_name.len);
            end += best_name.len;
        }
        if (slash) {
            *end++ = '/';
        }
        if (best_rest.len > 0) {
            memcpy(end, best_rest.ptr, best_rest.len);
            end += best_rest.len;
        }
        *end = '\0';
    }
    return name;
}

enum selection { SELECTED, NOT_INCLUDED, EXCLUDED };

static bool any_glob(const struct walk_options *options, const char *const *globs,
                     struct bytes name) {
    for (; options->glob != NULL && globs != NULL && *globs != NULL; globs++) {
        if (options->glob(*globs, name)) {
            return true;
        }
    }
    return false;
}

static enum selection select_name(const struct walk_options *options, const char *name) {
    const struct bytes view = bytes_of_string(name);
    if (any_glob(options, options->excludes, view)) {
        return EXCLUDED;
    }
    const bool all = options->includes == NULL || options->includes[0] == NULL;
    /* what a container holds may be included: `--include '*.sql'` means that in backup.tar.zst too
     */
    return all || any_glob(options, options->includes, view) || container_called(view)
               ? SELECTED
               : NOT_INCLUDED;
}

/* ---- items ---- */

static void item_release(struct work_item *item) {
    free(item->path);
    free(item->name);
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
    item->path = strdup(text_buffer_string(&walker->path));
    item->name = name;
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
            : make_name(walker->options, text_buffer_view(&walker->path));
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
        return "a socket";
    case S_IFLNK:
        return "a symbolic link, not followed";
    case S_IFBLK:
        return "a block device";
    default:
        return "a device";
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
    char *name = make_name(walker->options, text_buffer_view(&walker->path));
    if (name == NULL) {
        return no_memory(err);
    }
    if (select_name(walker->options, name) != SELECTED) {
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
    char *name = walker.path.failed ? NULL : make_name(options, text_buffer_view(&walker.path));
    int rc = 0;
    if (name == NULL) {
        rc = no_memory(err);
    } else if (select_name(options, name) == SELECTED) {
        *out = add_item(&walker, ITEM_FILE, false, err);
        rc = *out == NULL ? YINMA_E_MEMORY : 0;
    }
    free(name);
    text_buffer_release(&walker.path);
    return rc;
}

/* ---- folders ---- */

struct entry {
    char *name;
    struct looked_at status;
    int os_errno; /* why it could not be looked at; 0 = it was */
};

struct entries {
    struct entry *items;
    size_t count, capacity;
};

static void entries_release(struct entries *entries) {
    for (size_t i = 0; i < entries->count; i++) {
        free(entries->items[i].name);
    }
    free(entries->items);
}

static int compare_names(const void *a, const void *b) {
    return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

static int entries_add(struct entries *entries, const char *name) {
    if (entries->count == entries->capacity) {
        const size_t capacity = entries->capacity == 0 ? 32 : 2 * entries->capacity;
        struct entry *grown = reallocarray(entries->items, capacity, sizeof *grown);
        if (grown == NULL) {
            return YINMA_E_MEMORY;
        }
        entries->items = grown;
        entries->capacity = capacity;
    }
    struct entry *entry = &entries->items[entries->count];
    *entry = (struct entry){.name = strdup(name)};
    if (entry->name == NULL) {
        return YINMA_E_MEMORY;
    }
    entries->count++;
    return 0;
}

static struct looked_at looked_at(const struct stat *status) {
    return (struct looked_at){.mode = status->st_mode,
                              .place = {status->st_dev, status->st_ino},
                              .size = status->st_size > 0 ? (uint64_t)status->st_size : 0};
}

/* From the open folder: the system need not look up the whole path for each name. */
static void look_at_entries(DIR *folder, struct entries *entries) {
    for (size_t i = 0; i < entries->count; i++) {
        struct entry *entry = &entries->items[i];
        struct stat status;
        if (fstatat(dirfd(folder), entry->name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
            entry->status = looked_at(&status);
        } else {
            entry->os_errno = errno;
        }
    }
}

/* The names in a folder in byte order; closes it. *os_errno tells of a folder that could not be
 * read to its end. */
static int read_entries(DIR *folder, struct entries *entries, int *os_errno) {
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

static int walk_folder(struct walker *walker, bool named, const struct looked_at *status,
                       struct error *err);

/* Look at the walker's path, met while walking. */
static int walk_met(struct walker *walker, const struct entry *entry, struct error *err) {
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
    char *name = make_name(walker->options, text_buffer_view(&walker->path));
    if (name == NULL) {
        return no_memory(err);
    }
    const bool excluded = select_name(walker->options, name) == EXCLUDED;
    free(name);
    return excluded ? 0 : place_add(walker, status->place, err);
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
    struct entries entries = {0};
    char *path = strdup(text_buffer_string(&walker->path));
    if (path == NULL) {
        return no_memory(err);
    }
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (named ? 0 : O_NOFOLLOW));
    DIR *folder = descriptor >= 0 ? fdopendir(descriptor) : NULL;
    if (folder == NULL) {
        code = add_failure(walker, named, errno, "cannot read the folder", err);
        if (descriptor >= 0) {
            close(descriptor);
        }
        goto cleanup;
    }
    int os_errno = 0;
    code = read_entries(folder, &entries, &os_errno);
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
        code = add_failure(walker, named, os_errno, "cannot read the folder to its end", err);
    }
cleanup:
    entries_release(&entries);
    free(path);
    return code;
}

/* ---- named paths ---- */

/* A path that was given and adds nothing is a gap unless it was excluded by its own name. */
static int add_nothing(struct walker *walker, const char *path, struct error *err) {
    put_clean(&walker->path, path);
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
    if (select_name(walker->options, item->name) == EXCLUDED) {
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
    put_clean(&walker->path, path);
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
    if (S_ISDIR(status.mode) && place_known(walker, status.place)) {
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
    free(walker.seen);
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
