#include "core/ole2_file.h"

#include <stdlib.h>

#include "core/endian.h"

enum {
    HEADER_BYTES = 512,
    HEADER_FAT = 109, /* sectors of the table that the header itself names */
    ENTRY_BYTES = 128,
    MINI_SHIFT = 6,
};
#define LAST_SECTOR 0xFFFFFFFAU /* beyond it: end of a chain, free, the table itself */
#define END_OF_CHAIN 0xFFFFFFFEU

static int damaged(struct error *err) {
    return error_set(err, YINMA_E_DAMAGED, "OLE2: its tables make no sense");
}

bool ole2_is(struct bytes head) {
    return head.len >= HEADER_BYTES &&
           bytes_starts_with(head, BYTES_LIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) &&
           head.ptr[30] >= 9 && head.ptr[30] <= 12;
}

static uint64_t place_of(const struct ole2_file *file, uint32_t sector) {
    return ((uint64_t)sector + 1) << file->shift;
}

/* Whole sectors only; the last one of a file may be cut. */
static bool read_sector(const struct ole2_file *file, uint32_t sector, uint8_t *out) {
    struct error ignored = {0};
    const size_t size = (size_t)1 << file->shift;
    memset(out, 0, size);
    return file->source->ops->read_at(file->source, place_of(file, sector), out, size, &ignored) >
           0;
}

/* ---- tables ---- */

static void add_table_sector(struct ole2_file *file, uint32_t sector, uint8_t *buffer,
                             uint32_t *filled) {
    const uint32_t each = 1U << (file->shift - 2);
    if (sector >= file->sectors || *filled >= file->sectors || !read_sector(file, sector, buffer)) {
        file->damaged = file->damaged || sector < LAST_SECTOR;
        *filled += each;
        return;
    }
    for (uint32_t i = 0; i < each && *filled < file->sectors; i++) {
        file->next[(*filled)++] = little_u32(buffer + (size_t)4 * i);
    }
}

/* Which sector follows which. The header names the first sectors of that table, a chain the rest.
 */
static void read_table(struct ole2_file *file, const uint8_t *header, uint8_t *buffer,
                       uint8_t *names) {
    uint32_t filled = 0;
    const uint32_t each = 1U << (file->shift - 2);
    for (uint32_t i = 0; i < HEADER_FAT && filled < file->sectors; i++) {
        add_table_sector(file, little_u32(header + 76 + (size_t)4 * i), buffer, &filled);
    }
    uint32_t more = little_u32(header + 68);
    while (filled < file->sectors && more < file->sectors && read_sector(file, more, names)) {
        for (uint32_t i = 0; i + 1 < each && filled < file->sectors; i++) {
            add_table_sector(file, little_u32(names + (size_t)4 * i), buffer, &filled);
        }
        more = little_u32(names + (size_t)4 * (each - 1));
    }
}

static uint32_t chain_length(struct ole2_file *file, uint32_t sector) {
    uint32_t length = 0;
    while (sector < file->sectors && length < file->sectors) {
        sector = file->next[sector];
        length++;
    }
    file->damaged = file->damaged || sector != END_OF_CHAIN;
    return length;
}

/* All bytes of a chain, whole sectors. */
static int read_chain(struct ole2_file *file, uint32_t sector, uint64_t max_bytes, uint8_t **out,
                      uint64_t *len, struct error *err) {
    const uint32_t count = chain_length(file, sector);
    *len = (uint64_t)count << file->shift;
    if (*len > max_bytes) {
        return error_set(err, YINMA_E_LIMIT, "OLE2: tables larger than --max-memory allows");
    }
    *out = malloc(*len + 1);
    if (*out == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for an OLE2 file");
    }
    for (uint32_t i = 0; i < count; i++) {
        (void)read_sector(file, sector, *out + ((uint64_t)i << file->shift));
        sector = file->next[sector];
    }
    return 0;
}

static int read_mini_table(struct ole2_file *file, uint32_t sector, uint64_t max_bytes,
                           struct error *err) {
    uint8_t *bytes = NULL;
    uint64_t len;
    int code = read_chain(file, sector, max_bytes, &bytes, &len, err);
    if (code == 0) {
        file->mini_next = calloc(len / 4 + 1, sizeof *file->mini_next);
        code = file->mini_next == NULL
                   ? error_set(err, YINMA_E_MEMORY, "out of memory for an OLE2 file")
                   : 0;
    }
    for (uint64_t i = 0; code == 0 && file->mini_next != NULL && bytes != NULL && i < len / 4;
         i++) {
        file->mini_next[file->mini_sectors++] = little_u32(bytes + 4 * i);
    }
    free(bytes);
    return code;
}

/* ---- entries ---- */

static void read_entry(struct ole2_entry *entry, const uint8_t *p, unsigned shift) {
    size_t len = 0;
    for (; len + 1 < OLE2_NAME_UNITS && (p[2 * len] != 0 || p[2 * len + 1] != 0); len++) {
        const bool plain = p[2 * len + 1] == 0 && p[2 * len] > ' ' && p[2 * len] < 0x7F;
        const uint8_t shown = plain ? p[2 * len] : '?';
        entry->name[len] = (char)shown;
    }
    entry->type = p[66];
    entry->left = little_u32(p + 68);
    entry->right = little_u32(p + 72);
    entry->child = little_u32(p + 76);
    entry->parent = OLE2_NONE;
    entry->start = little_u32(p + 116);
    /* The upper half may be anything where sectors have 512 bytes. */
    entry->size = little_u32(p + 120) | (shift == 9 ? 0 : (uint64_t)little_u32(p + 124) << 32);
}

/* Siblings are a tree. Each entry is entered once, so a loop ends. */
static int link_entries(struct ole2_file *file, struct error *err) {
    uint32_t *open = calloc((size_t)3 * file->count + 1, sizeof *open);
    int32_t *parents = calloc((size_t)3 * file->count + 1, sizeof *parents);
    size_t depth = 0;
    if (open == NULL || parents == NULL || file->entries == NULL) {
        free(open);
        free(parents);
        return error_set(err, YINMA_E_MEMORY, "out of memory for an OLE2 file");
    }
    open[depth] = file->entries[0].child;
    parents[depth++] = 0;
    while (depth > 0) {
        const uint32_t at = open[--depth];
        const int32_t parent = parents[depth];
        if (at == 0 || at >= file->count || file->entries[at].parent != OLE2_NONE) {
            continue;
        }
        struct ole2_entry *entry = &file->entries[at];
        const uint32_t links[3] = {entry->left, entry->right, entry->child};
        entry->parent = parent;
        for (unsigned i = 0; i < 3; i++) {
            open[depth] = links[i];
            parents[depth++] = i == 2 ? (int32_t)at : parent;
        }
    }
    free(open);
    free(parents);
    return 0;
}

static int read_entries(struct ole2_file *file, uint32_t sector, uint64_t max_bytes,
                        struct error *err) {
    uint8_t *bytes = NULL;
    uint64_t len;
    int code = read_chain(file, sector, max_bytes, &bytes, &len, err);
    if (code != 0) {
        return code;
    }
    file->count = (uint32_t)(len / ENTRY_BYTES);
    file->entries = calloc((size_t)file->count + 1, sizeof *file->entries);
    if (file->entries == NULL) {
        file->count = 0;
        code = error_set(err, YINMA_E_MEMORY, "out of memory for an OLE2 file");
    }
    for (uint32_t i = 0; file->entries != NULL && bytes != NULL && i < file->count; i++) {
        read_entry(&file->entries[i], bytes + (size_t)i * ENTRY_BYTES, file->shift);
    }
    free(bytes);
    if (code != 0 || file->entries == NULL || file->count == 0) {
        return code != 0 ? code : damaged(err);
    }
    file->damaged = file->damaged || file->entries[0].type != OLE2_ROOT;
    return link_entries(file, err);
}

/* ---- opening ---- */

static int find_mini_places(struct ole2_file *file, struct error *err) {
    uint32_t sector = file->entries[0].start;
    const uint32_t count = chain_length(file, sector);
    file->mini_places = calloc((size_t)count + 1, sizeof *file->mini_places);
    if (file->mini_places == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for an OLE2 file");
    }
    for (; file->mini_place_count < count; sector = file->next[sector]) {
        file->mini_places[file->mini_place_count++] = sector;
    }
    return 0;
}

int ole2_open(struct ole2_file *file, struct byte_source *source, uint64_t max_bytes,
              struct error *err) {
    uint8_t header[HEADER_BYTES];
    *file = (struct ole2_file){.source = source};
    int64_t got = source->ops->read_at(source, 0, header, sizeof header, err);
    if (got < 0) {
        return (int)got;
    }
    if (!ole2_is(bytes_of(header, (size_t)got))) {
        return damaged(err);
    }
    file->shift = header[30];
    file->mini_least = little_u32(header + 56);
    const uint64_t sectors = source->size >> file->shift;
    if (sectors > max_bytes / 8 || sectors > LAST_SECTOR) {
        return error_set(err, YINMA_E_LIMIT, "OLE2: tables larger than --max-memory allows");
    }
    file->sectors = (uint32_t)sectors;
    file->next = calloc((size_t)sectors + 1, sizeof *file->next);
    uint8_t *buffers = malloc((size_t)2 << file->shift);
    int code = 0;
    if (file->next == NULL || buffers == NULL) {
        code = error_set(err, YINMA_E_MEMORY, "out of memory for an OLE2 file");
    } else {
        memset(file->next, 0xFF, ((size_t)sectors + 1) * sizeof *file->next);
        read_table(file, header, buffers, buffers + ((size_t)1 << file->shift));
    }
    free(buffers);
    code = code == 0 ? read_entries(file, little_u32(header + 48), max_bytes / 4, err) : code;
    code = code == 0 ? read_mini_table(file, little_u32(header + 60), max_bytes / 4, err) : code;
    return code == 0 ? find_mini_places(file, err) : code;
}

void ole2_release(struct ole2_file *file) {
    free(file->next);
    free(file->mini_next);
    free(file->mini_places);
    free(file->entries);
    *file = (struct ole2_file){0};
}

int32_t ole2_find(const struct ole2_file *file, int32_t parent, const char *name) {
    for (uint32_t i = 1; i < file->count; i++) {
        if (file->entries[i].parent == parent && strcmp(file->entries[i].name, name) == 0) {
            return (int32_t)i;
        }
    }
    return OLE2_NONE;
}

int32_t ole2_find_stream(const struct ole2_file *file, const char *name) {
    for (uint32_t i = 0; i < file->count; i++) {
        if (file->entries[i].type == OLE2_STREAM && strcmp(file->entries[i].name, name) == 0) {
            return (int32_t)i;
        }
    }
    return OLE2_NONE;
}

/* ---- streams ---- */

struct ole2_stream ole2_stream_of(const struct ole2_file *file, int32_t entry) {
    const struct ole2_entry *e = &file->entries[entry];
    const bool mini = e->size < file->mini_least;
    const uint64_t most =
        mini ? (uint64_t)file->mini_sectors << MINI_SHIFT : (uint64_t)file->sectors << file->shift;
    const uint64_t told = e->type == OLE2_STREAM ? e->size : 0;
    const uint64_t size = told < most ? told : most;
    return (struct ole2_stream){.file = file,
                                .cut = size < told,
                                .size = size,
                                .left = size,
                                .start = e->start,
                                .sector = e->start,
                                .mini = mini};
}

/* Where the sector is, UINT64_MAX: nowhere. */
static uint64_t sector_place(const struct ole2_stream *s) {
    const struct ole2_file *file = s->file;
    if (!s->mini) {
        return s->sector < file->sectors ? place_of(file, s->sector) : UINT64_MAX;
    }
    const uint64_t at = (uint64_t)s->sector << MINI_SHIFT;
    const uint64_t index = at >> file->shift;
    if (s->sector >= file->mini_sectors || index >= file->mini_place_count) {
        return UINT64_MAX;
    }
    return place_of(file, file->mini_places[index]) + (at & (((uint64_t)1 << file->shift) - 1));
}

static uint32_t sector_behind(const struct ole2_stream *s, uint32_t sector) {
    return s->mini ? s->file->mini_next[sector] : s->file->next[sector];
}

/* How many of CAPACITY bytes stand in one piece from the place of S on. */
static size_t stretch(const struct ole2_stream *s, size_t size, size_t capacity) {
    size_t len = size - s->within;
    uint32_t sector = s->sector;
    while (!s->mini && len < capacity && sector_behind(s, sector) == sector + 1 &&
           sector + 1 < s->file->sectors) {
        len += size;
        sector++;
    }
    return len < capacity ? len : capacity;
}

/* COUNT bytes on, all of them where sectors stand in the order of the chain. */
static void go_on(struct ole2_stream *s, size_t size, uint64_t count) {
    uint64_t sectors = (s->within + count) / size;
    const uint32_t most = s->mini ? s->file->mini_sectors : s->file->sectors;
    s->left -= count;
    s->within = (uint32_t)((s->within + count) % size);
    for (; sectors > 0 && s->sector < most; sectors--) {
        s->sector = sector_behind(s, s->sector);
    }
    if (sectors > 0) {
        s->left = 0;
    }
}

static size_t sector_bytes(const struct ole2_stream *s) {
    return (size_t)1 << (s->mini ? MINI_SHIFT : s->file->shift);
}

void ole2_seek(struct ole2_stream *s, uint64_t offset) {
    if (offset >= s->size) {
        s->left = 0;
        return;
    }
    if (s->left == 0 || offset < s->size - s->left) {
        s->left = s->size;
        s->sector = s->start;
        s->within = 0;
    }
    go_on(s, sector_bytes(s), offset - (s->size - s->left));
}

int64_t ole2_read(struct ole2_stream *s, void *buffer, size_t capacity, struct error *err) {
    const size_t size = sector_bytes(s);
    capacity = capacity < s->left ? capacity : (size_t)s->left;
    if (s->left == 0 && s->cut) {
        s->cut = false; /* told once */
        return error_set(err, YINMA_E_DAMAGED, "OLE2: a stream ends too early");
    }
    if (capacity == 0) {
        return 0;
    }
    const uint64_t place = sector_place(s);
    int64_t got = place == UINT64_MAX
                      ? 0
                      : s->file->source->ops->read_at(s->file->source, place + s->within, buffer,
                                                      stretch(s, size, capacity), err);
    if (got <= 0) {
        s->left = 0;
        return got < 0 ? got : error_set(err, YINMA_E_DAMAGED, "OLE2: a stream ends too early");
    }
    const uint64_t left = s->left - (uint64_t)got;
    go_on(s, size, (uint64_t)got);
    s->left = left; /* that the chain is over shows when more is asked for */
    return got;
}

size_t ole2_read_most(struct ole2_stream *s, void *buffer, size_t most) {
    struct error ignored = {0};
    size_t done = 0;
    int64_t got = 1;
    while (done < most && got > 0) {
        got = ole2_read(s, (uint8_t *)buffer + done, most - done, &ignored);
        done += got > 0 ? (size_t)got : 0;
    }
    return done;
}

void ole2_walk_begin(struct ole2_walk *walk, const struct ole2_file *file, const char *without) {
    *walk = (struct ole2_walk){.file = file,
                               .without = without,
                               .stream = {.file = file},
                               .left = (uint64_t)file->sectors << file->shift};
}

size_t ole2_walk_read(struct ole2_walk *walk, void *buffer, size_t most) {
    for (;;) {
        const size_t got = ole2_read_most(&walk->stream, buffer, most);
        if (got > walk->left) {
            walk->overlap = true;
            return 0;
        }
        walk->left -= got;
        if (got > 0 || walk->entry == walk->file->count) {
            return got;
        }
        const int32_t entry = (int32_t)walk->entry++;
        if (walk->without == NULL || strcmp(walk->file->entries[entry].name, walk->without) != 0) {
            walk->stream = ole2_stream_of(walk->file, entry);
        }
    }
}
