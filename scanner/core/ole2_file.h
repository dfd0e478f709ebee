/* ole2_file.h - the storages and streams of an OLE2 file ([MS-CFB]), for containers and decoders
 * that stand in one. Tables are held in memory; streams are read where they are. */
#ifndef YINMA_CORE_OLE2_FILE_H
#define YINMA_CORE_OLE2_FILE_H

#include "core/byte_source.h"

enum { OLE2_NAME_UNITS = 32, OLE2_NONE = -1 };
enum ole2_type { OLE2_STORAGE = 1, OLE2_STREAM = 2, OLE2_ROOT = 5 };

struct ole2_entry {
    char name[OLE2_NAME_UNITS]; /* ASCII; other characters are '?' */
    uint8_t type;               /* enum ole2_type */
    uint32_t left, right, child;
    int32_t parent; /* OLE2_NONE: not in the tree */
    uint32_t start;
    uint64_t size;
};

struct ole2_file {
    struct byte_source *source; /* with read_at; not owned */
    unsigned shift;             /* of a sector's size */
    uint32_t *next;             /* by sector: the one behind it */
    uint32_t sectors;
    uint32_t *mini_next;
    uint32_t mini_sectors;
    uint32_t *mini_places; /* sectors of the stream that holds the small ones */
    uint32_t mini_place_count;
    uint64_t mini_least; /* streams of that size and more stand in sectors of their own */
    struct ole2_entry *entries;
    uint32_t count;
    bool damaged; /* a table breaks off: there may be more than what was found */
};

bool ole2_is(struct bytes head);

/* Read what says where everything is, in no more than MAX_BYTES. 0 or a negative code; release it
 * in either case. */
int ole2_open(struct ole2_file *file, struct byte_source *source, uint64_t max_bytes,
              struct error *err);
void ole2_release(struct ole2_file *file);

/* The child of PARENT with that name, or OLE2_NONE. */
int32_t ole2_find(const struct ole2_file *file, int32_t parent, const char *name);

/* The first stream called NAME, wherever it stands (even where damage took it out of the tree), or
 * OLE2_NONE. */
int32_t ole2_find_stream(const struct ole2_file *file, const char *name);

/* A place in a stream. A chain of sectors that goes in circles ends behind as many bytes as there
 * are sectors for. */
struct ole2_stream {
    const struct ole2_file *file;
    bool cut; /* its entry says that it is longer than that */
    uint64_t size, left;
    uint32_t start, sector;
    uint32_t within; /* bytes of the sector that were read */
    bool mini;
};

/* At its beginning; empty when the entry is no stream. */
struct ole2_stream ole2_stream_of(const struct ole2_file *file, int32_t entry);
/* Go to OFFSET; behind the end, or where the chain ends before, nothing is left. Cheap forwards. */
void ole2_seek(struct ole2_stream *stream, uint64_t offset);
/* As byte_source.read. A chain that ends early is YINMA_E_DAMAGED. */
int64_t ole2_read(struct ole2_stream *stream, void *buffer, size_t capacity, struct error *err);
/* MOST bytes, or what there is before the stream ends or breaks off. */
size_t ole2_read_most(struct ole2_stream *stream, void *buffer, size_t most);

/* All streams, one after the other. Together they are no longer than the file, unless they stand on
 * the same sectors: then it ends there. */
struct ole2_walk {
    const struct ole2_file *file;
    const char *without; /* streams of that name are left out; NULL: none */
    struct ole2_stream stream;
    uint32_t entry;
    uint64_t left;
    bool overlap; /* it ended for that */
};

void ole2_walk_begin(struct ole2_walk *walk, const struct ole2_file *file, const char *without);
/* As ole2_read_most, of one stream; 0: all were read. */
size_t ole2_walk_read(struct ole2_walk *walk, void *buffer, size_t most);

#endif
