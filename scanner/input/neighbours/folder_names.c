#include "input/neighbours/folder_names.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "core/hash64.h"

enum {
    FOLDERS_KEPT = 8,        /* a walk comes back to the folders above the one it is in */
    NAMES_MOST = 512 * 1024, /* of one folder, and of all that are kept beside it: 16 MiB */
    NAME_BYTES_MAX = 256,
};

/* Hashes are enough: a name that only seems to be there is not found when it is opened. */
struct folder {
    char *path; /* NULL: free */
    size_t path_len;
    struct stat looked;
    uint64_t looked_at; /* by a clock, in ms */
    uint64_t *slots;    /* open addressing, 0 = free; NULL: the names are not known */
    size_t count, capacity;
    uint64_t endings; /* of all names, each as one bit: what is asked for mostly ends otherwise */
    uint64_t used;    /* when, as turns */
};

struct folder_names {
    struct folder folders[FOLDERS_KEPT];
    size_t count; /* of all names */
    uint64_t turns;
    bool trusted;
};

struct folder_names *folder_names_new(void) {
    return calloc(1, sizeof(struct folder_names));
}

void folder_names_trust(struct folder_names *names) {
    names->trusted = true;
}

static void forget_names(struct folder_names *names, struct folder *folder) {
    names->count -= folder->count;
    free(folder->slots);
    folder->slots = NULL;
    folder->count = folder->capacity = 0;
    folder->endings = 0;
}

static void forget(struct folder_names *names, struct folder *folder) {
    forget_names(names, folder);
    free(folder->path);
    folder->path = NULL;
    folder->used = 0;
}

void folder_names_free(struct folder_names *names) {
    for (size_t i = 0; names != NULL && i < FOLDERS_KEPT; i++) {
        forget(names, &names->folders[i]);
    }
    free(names);
}

/* ---- names ---- */

/* Never 0. File systems of other systems do not tell letters of either case apart. */
static uint64_t hash_of(struct bytes name) {
    uint8_t lower[NAME_BYTES_MAX];
    const size_t len = name.len < sizeof lower ? name.len : sizeof lower;
    for (size_t i = 0; i < len; i++) {
        const uint8_t c = name.ptr[i];
        lower[i] = c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }
    return hash64(bytes_of(lower, len), 0) | 1;
}

/* One of 64 for what stands behind the last dot. */
static uint64_t ending_bit(struct bytes name) {
    uint64_t ending = 0;
    for (size_t i = name.len; i > 0 && name.ptr[i - 1] != '.'; i--) {
        ending = ending * 31 + byte_lower(name.ptr[i - 1]);
    }
    return UINT64_C(1) << (hash64_mix(ending, UINT64_C(0x9E3779B97F4A7C15)) & 63);
}

static uint64_t *slot_of(const struct folder *folder, uint64_t hash) {
    size_t at = (size_t)(hash >> 1) & (folder->capacity - 1);
    while (folder->slots[at] != 0 && folder->slots[at] != hash) {
        at = (at + 1) & (folder->capacity - 1);
    }
    return &folder->slots[at];
}

static bool grow(struct folder *folder) {
    struct folder bigger = {.capacity = folder->capacity == 0 ? 64 : 2 * folder->capacity};
    bigger.slots = calloc(bigger.capacity, sizeof *bigger.slots);
    if (bigger.slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < folder->capacity; i++) {
        if (folder->slots[i] != 0) {
            *slot_of(&bigger, folder->slots[i]) = folder->slots[i];
        }
    }
    free(folder->slots);
    folder->slots = bigger.slots;
    folder->capacity = bigger.capacity;
    return true;
}

static bool add(struct folder *folder, struct bytes name) {
    if (folder->count * 2 >= folder->capacity && !grow(folder)) {
        return false;
    }
    uint64_t *slot = slot_of(folder, hash_of(name));
    folder->endings |= ending_bit(name);
    folder->count += *slot == 0;
    *slot = hash_of(name);
    return folder->count <= NAMES_MOST;
}

/* ---- folders ---- */

static struct folder *find(const struct folder_names *names, struct bytes path) {
    for (size_t i = 0; i < FOLDERS_KEPT; i++) {
        const struct folder *folder = &names->folders[i];
        if (folder->path != NULL && bytes_equal(bytes_of(folder->path, folder->path_len), path)) {
            return (struct folder *)folder;
        }
    }
    return NULL;
}

static struct folder *oldest(struct folder_names *names) {
    struct folder *oldest = &names->folders[0];
    for (size_t i = 1; i < FOLDERS_KEPT; i++) {
        oldest = names->folders[i].used < oldest->used ? &names->folders[i] : oldest;
    }
    return oldest;
}

static bool unchanged(const struct folder *folder, const struct stat *now) {
    return folder->looked.st_ino == now->st_ino && folder->looked.st_dev == now->st_dev &&
           folder->looked.st_mtim.tv_sec == now->st_mtim.tv_sec &&
           folder->looked.st_mtim.tv_nsec == now->st_mtim.tv_nsec;
}

static void read_names(struct folder_names *names, struct folder *folder) {
    DIR *listing = opendir(folder->path);
    bool good = listing != NULL && grow(folder);
    struct dirent *entry;
    while (good && (entry = readdir(listing)) != NULL) {
        good = add(folder, bytes_of_string(entry->d_name));
    }
    if (listing != NULL) {
        closedir(listing);
    }
    names->count += folder->count;
    if (!good) {
        forget_names(names, folder);
    }
}

static struct folder *take_place(struct folder_names *names, struct bytes path) {
    struct folder *folder = oldest(names);
    forget(names, folder);
    folder->path = malloc(path.len + 2);
    if (folder->path == NULL) {
        return NULL;
    }
    memcpy(folder->path, path.len == 0 ? "." : (const char *)path.ptr,
           path.len == 0 ? 1 : path.len);
    folder->path[path.len == 0 ? 1 : path.len] = '\0';
    folder->path_len = path.len;
    return folder;
}

static uint64_t clock_ms(void) {
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now); /* no system call */
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void folder_names_look(struct folder_names *names, struct bytes path) {
    enum { TRUSTED_MS = 1000 };
    struct folder *folder = find(names, path);
    const uint64_t moment = names->trusted ? clock_ms() : 0;
    struct stat now;
    if (folder != NULL && names->trusted && folder->used != 0 &&
        moment - folder->looked_at < TRUSTED_MS) {
        folder->used = ++names->turns;
        return;
    }
    folder = folder == NULL ? take_place(names, path) : folder;
    if (folder == NULL) {
        return;
    }
    const bool known = folder->used != 0;
    folder->used = ++names->turns;
    folder->looked_at = moment;
    if (stat(folder->path, &now) != 0) {
        forget(names, folder);
        return;
    }
    if (!known || !unchanged(folder, &now)) {
        forget_names(names, folder);
        folder->looked = now;
        read_names(names, folder);
    }
    for (size_t i = 0; names->count > NAMES_MOST && i < FOLDERS_KEPT; i++) {
        if (&names->folders[i] != folder) {
            forget(names, &names->folders[i]);
        }
    }
}

bool folder_names_may_hold(const struct folder_names *names, struct bytes path, struct bytes name) {
    const struct folder *folder = find(names, path);
    if (folder == NULL || folder->slots == NULL) {
        return true;
    }
    return (folder->endings & ending_bit(name)) != 0 && *slot_of(folder, hash_of(name)) != 0;
}

bool folder_names_lack(const struct folder_names *names, struct bytes path,
                       const char *const *endings) {
    const struct folder *folder = find(names, path);
    bool lacks = folder != NULL && folder->slots != NULL;
    for (; lacks && *endings != NULL; endings++) {
        lacks = (folder->endings & ending_bit(bytes_of_string(*endings))) == 0;
    }
    return lacks;
}
