/* ole2_file.h - the file system inside of OLE2 files ([MS-CFB]): streams by name, read at any
 * place. Tables of sectors are held in memory, four bytes a sector. Damage makes streams end early.
 */
#ifndef YINMA_DECODE_OLE2_FILE_H
#define YINMA_DECODE_OLE2_FILE_H

#include "core/byte_source.h"
#include "core/bytes.h"

enum { OLE2_HEADER_BYTES = 512, OLE2_NAME_CHARACTERS = 32 };

/* A chain of sectors. */
struct ole2_chain {
    uint32_t *sectors;
    size_t count;
};

struct ole2_file {
    struct byte_source *source; /* not owned; has read_at and a size */
    uint32_t sector_bytes, mini_bytes, mini_most;
    uint32_t *next; /* of each sector: the one behind it */
    size_t sector_count;
    uint32_t *mini_next;
    size_t mini_count;
    struct ole2_chain directory;
    struct ole2_chain minis; /* the sectors that small streams stand in */
};

struct ole2_entry {
    char name[OLE2_NAME_CHARACTERS]; /* what is not ASCII is '?'; NUL-terminated */
    bool is_stream;
    uint32_t start;
    uint64_t size;
};

struct ole2_stream {
    const struct ole2_file *file;
    struct ole2_chain chain;
    uint64_t size;
    bool mini;
};

/* 0, or a negative code when it is no such file or cannot be read; close it in any case. */
int ole2_file_open(struct ole2_file *file, struct byte_source *source, struct error *err);
void ole2_file_close(struct ole2_file *file);

/* Entry INDEX of the directory; false behind the last one. */
bool ole2_entry(const struct ole2_file *file, size_t index, struct ole2_entry *out);
/* The first stream called NAME. */
bool ole2_find(const struct ole2_file *file, const char *name, struct ole2_entry *out);

/* 0 or YINMA_E_MEMORY. */
int ole2_stream_open(const struct ole2_file *file, const struct ole2_entry *entry,
                     struct ole2_stream *out, struct error *err);
void ole2_stream_close(struct ole2_stream *stream);
/* Bytes from OFFSET on; fewer than asked for at the end of the stream, or where it is broken. */
size_t ole2_stream_read(const struct ole2_stream *stream, uint64_t offset, void *out, size_t most);

#endif
