#include "decode/compound_file.h"

#include <stdlib.h>

enum {
    LAST_SECTOR = 0xFFFFFFFA - 1, /* what is greater ends a chain or means "free" */
    ENTRY_BYTES = 128,
    FIRST_TABLES = 109, /* numbers of sectors with the table, in the header */
    SMALLEST_SHIFT = 9,
    GREATEST_SHIFT = 12,
};

static uint32_t word(const uint8_t *p) {
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static size_t read_some(const struct compound_file *file, uint64_t at, void *out, size_t most) {
    struct error ignored = {0};
    int64_t got = file->source->ops->read_at(file->source, at, out, most, &ignored);
    return got > 0 ? (size_t)got : 0;
}

static size_t read_sector(const struct compound_file *file, uint32_t sector, uint64_t within,
                          void *out, size_t most) {
    return read_some(file, ((uint64_t)sector + 1) * file->sector_bytes + within, out, most);
}

/* ---- chains ---- */

/* 0 or -1 (out of memory). A chain cannot be longer than there are sectors. */
static int follow(const uint32_t *next, size_t count, uint32_t start, struct compound_chain *out) {
    size_t capacity = 0;
    *out = (struct compound_chain){0};
    for (uint32_t at = start; at <= LAST_SECTOR && at < count && out->count < count;
         at = next[at]) {
        if (out->count == capacity) {
            size_t more = capacity == 0 ? 64 : capacity * 2;
            uint32_t *bigger = realloc(out->sectors, more * sizeof *bigger);
            if (bigger == NULL) {
                return -1;
            }
            out->sectors = bigger;
            capacity = more;
        }
        out->sectors[out->count++] = at;
    }
    return 0;
}

/* The words of sector SECTOR into TABLE from FIRST on. */
static void load_table(const struct compound_file *file, uint32_t sector, uint32_t *table,
                       size_t first, size_t count) {
    uint8_t bytes[1 << GREATEST_SHIFT];
    size_t got = read_sector(file, sector, 0, bytes, file->sector_bytes);
    for (size_t i = 0; i + 4 <= got && first < count; i += 4) {
        table[first++] = word(bytes + i);
    }
}

static void load_sectors(struct compound_file *file, const uint8_t *header) {
    const size_t words = file->sector_bytes / 4;
    size_t filled = 0;
    for (size_t i = 0; i < FIRST_TABLES && filled < file->sector_count; i++, filled += words) {
        load_table(file, word(header + 76 + 4 * i), file->next, filled, file->sector_count);
    }
    uint32_t list = word(header + 68);
    for (size_t lists = 0;
         list <= LAST_SECTOR && filled < file->sector_count && lists < file->sector_count;
         lists++) {
        uint8_t bytes[1 << GREATEST_SHIFT];
        if (read_sector(file, list, 0, bytes, file->sector_bytes) < file->sector_bytes) {
            return;
        }
        for (size_t i = 0; i + 1 < words && filled < file->sector_count; i++, filled += words) {
            load_table(file, word(bytes + 4 * i), file->next, filled, file->sector_count);
        }
        list = word(bytes + 4 * (words - 1));
    }
}

/* ---- the file ---- */

static int load_minis(struct compound_file *file, const uint8_t *header) {
    struct compound_chain tables;
    struct compound_entry root;
    if (follow(file->next, file->sector_count, word(header + 60), &tables) != 0) {
        free(tables.sectors);
        return -1;
    }
    const size_t words = file->sector_bytes / 4;
    file->mini_count = tables.count * words;
    file->mini_next = calloc(file->mini_count + 1, sizeof *file->mini_next);
    for (size_t i = 0; file->mini_next != NULL && i < tables.count; i++) {
        load_table(file, tables.sectors[i], file->mini_next, i * words, file->mini_count);
    }
    free(tables.sectors);
    if (file->mini_next == NULL) {
        return -1;
    }
    return compound_entry(file, 0, &root)
               ? follow(file->next, file->sector_count, root.start, &file->minis)
               : 0;
}

int compound_file_open(struct compound_file *file, struct byte_source *source, struct error *err) {
    uint8_t header[COMPOUND_HEADER_BYTES];
    *file = (struct compound_file){.source = source};
    if (source->ops->read_at == NULL || source->size == UINT64_MAX ||
        read_some(file, 0, header, sizeof header) < sizeof header ||
        memcmp(header, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) != 0 || header[30] < SMALLEST_SHIFT ||
        header[30] > GREATEST_SHIFT || header[32] != 6) {
        return error_set(err, YINMA_E_DAMAGED, "the OLE2 file has no header");
    }
    file->sector_bytes = 1U << header[30];
    file->mini_bytes = 1U << header[32];
    file->mini_most = word(header + 56);
    file->sector_count = (size_t)(source->size / file->sector_bytes) + 1;
    file->next = malloc(file->sector_count * sizeof *file->next);
    if (file->next == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for an OLE2 file");
    }
    memset(file->next, 0xFF, file->sector_count * sizeof *file->next);
    load_sectors(file, header);
    if (follow(file->next, file->sector_count, word(header + 48), &file->directory) != 0 ||
        load_minis(file, header) != 0) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for an OLE2 file");
    }
    return 0;
}

void compound_file_close(struct compound_file *file) {
    free(file->next);
    free(file->mini_next);
    free(file->directory.sectors);
    free(file->minis.sectors);
    *file = (struct compound_file){0};
}

bool compound_entry(const struct compound_file *file, size_t index, struct compound_entry *out) {
    uint8_t entry[ENTRY_BYTES];
    const size_t each = file->sector_bytes / ENTRY_BYTES;
    if (index / each >= file->directory.count ||
        read_sector(file, file->directory.sectors[index / each],
                    (uint64_t)(index % each) * ENTRY_BYTES, entry, sizeof entry) < sizeof entry) {
        return false;
    }
    *out = (struct compound_entry){
        .is_stream = entry[66] == 2, .start = word(entry + 116), .size = word(entry + 120)};
    if (file->sector_bytes > 512) { /* version 4: sizes have 64 bits */
        out->size |= (uint64_t)word(entry + 124) << 32;
    }
    for (size_t i = 0; i + 1 < COMPOUND_NAME_CHARACTERS; i++) {
        uint32_t c = (uint32_t)entry[2 * i] | (uint32_t)entry[2 * i + 1] << 8;
        out->name[i] = (char)(c < 0x80 ? c : '?');
    }
    return true;
}

bool compound_find(const struct compound_file *file, const char *name, struct compound_entry *out) {
    for (size_t i = 0; compound_entry(file, i, out); i++) {
        if (out->is_stream && strcmp(out->name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- streams ---- */

int compound_stream_open(const struct compound_file *file, const struct compound_entry *entry,
                         struct compound_stream *out, struct error *err) {
    *out = (struct compound_stream){
        .file = file, .size = entry->size, .mini = entry->size < file->mini_most};
    int status = out->mini ? follow(file->mini_next, file->mini_count, entry->start, &out->chain)
                           : follow(file->next, file->sector_count, entry->start, &out->chain);
    if (status != 0) {
        compound_stream_close(out);
        return error_set(err, YINMA_E_MEMORY, "out of memory for a stream of an OLE2 file");
    }
    return 0;
}

void compound_stream_close(struct compound_stream *stream) {
    free(stream->chain.sectors);
    *stream = (struct compound_stream){0};
}

/* Within one sector of the stream. */
static size_t read_piece(const struct compound_stream *s, uint64_t offset, void *out, size_t most) {
    const struct compound_file *file = s->file;
    const uint32_t bytes = s->mini ? file->mini_bytes : file->sector_bytes;
    const uint64_t index = offset / bytes, within = offset % bytes;
    if (index >= s->chain.count) {
        return 0;
    }
    most = most < bytes - within ? most : (size_t)(bytes - within);
    if (!s->mini) {
        return read_sector(file, s->chain.sectors[index], within, out, most);
    }
    const uint64_t at = (uint64_t)s->chain.sectors[index] * bytes + within;
    if (at / file->sector_bytes >= file->minis.count) {
        return 0;
    }
    return read_sector(file, file->minis.sectors[at / file->sector_bytes], at % file->sector_bytes,
                       out, most);
}

size_t compound_stream_read(const struct compound_stream *stream, uint64_t offset, void *out,
                            size_t most) {
    size_t done = 0;
    if (offset >= stream->size) {
        return 0;
    }
    most = most < stream->size - offset ? most : (size_t)(stream->size - offset);
    while (done < most) {
        size_t got = read_piece(stream, offset + done, (uint8_t *)out + done, most - done);
        if (got == 0) {
            break;
        }
        done += got;
    }
    return done;
}
