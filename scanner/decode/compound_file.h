/* compound_file.h - the file system inside of OLE2 files ([MS-CFB]): streams by name, read at any
 * place. Tables of sectors are held in memory, four bytes a sector. Damage makes streams end early.
 */
#ifndef YINMA_DECODE_COMPOUND_FILE_H
#define YINMA_DECODE_COMPOUND_FILE_H

#include "core/byte_source.h"
#include "core/bytes.h"

enum { COMPOUND_HEADER_BYTES = 512, COMPOUND_NAME_CHARACTERS = 32 };

/* A chain of sectors. */
struct compound_chain {
    uint32_t *sectors;
    size_t count;
};

struct compound_file {
    struct byte_source *source; /* not owned; has read_at and a size */
    uint32_t sector_bytes, mini_bytes, mini_most;
    uint32_t *next; /* of each sector: the one behind it */
    size_t sector_count;
    uint32_t *mini_next;
    size_t mini_count;
    struct compound_chain directory;
    struct compound_chain minis; /* the sectors that small streams stand in */
};

struct compound_entry {
    char name[COMPOUND_NAME_CHARACTERS]; /* what is not ASCII is '?'; NUL-terminated */
    bool is_stream;
    uint32_t start;
    uint64_t size;
};

struct compound_stream {
    const struct compound_file *file;
    struct compound_chain chain;
    uint64_t size;
    bool mini;
};

/* 0, or a negative code when it is no such file or cannot be read; close it in any case. */
int compound_file_open(struct compound_file *file, struct byte_source *source, struct error *err);
void compound_file_close(struct compound_file *file);

/* Entry INDEX of the directory; false behind the last one. */
bool compound_entry(const struct compound_file *file, size_t index, struct compound_entry *out);
/* The first stream called NAME. */
bool compound_find(const struct compound_file *file, const char *name, struct compound_entry *out);

/* 0 or YINMA_E_MEMORY. */
int compound_stream_open(const struct compound_file *file, const struct compound_entry *entry,
                         struct compound_stream *out, struct error *err);
void compound_stream_close(struct compound_stream *stream);
/* Bytes from OFFSET on; fewer than asked for at the end of the stream, or where it is broken. */
size_t compound_stream_read(const struct compound_stream *stream, uint64_t offset, void *out,
                            size_t most);

#endif
