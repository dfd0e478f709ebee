/* archive.h - tar, cpio, 7z, rar, iso and others through libarchive. Inside the room only. Each row
 * allows exactly its own format, no filters and no programs. */
#ifndef YINMA_INPUT_ARCHIVE_ARCHIVE_H
#define YINMA_INPUT_ARCHIVE_ARCHIVE_H

#include "input/formats.h"

struct archive;

enum { ARCHIVE_TAR_BLOCK = 512 };

struct archive_kind {
    const char *name;
    int (*support)(struct archive *archive);
    const char *options; /* of libarchive, or NULL */
    bool seeks;          /* then it can be opened again */
    bool has_end_mark;   /* tar: two blocks of zeros */
    const char *cipher;  /* of encrypted members where the format has one, else NULL */
};

/* The members of struct container_format. */
int archive_open(const struct archive_kind *kind, struct byte_source *source,
                 struct input_budget *budget, void **state, struct error *err);
int archive_next(void *state, struct container_member *out, struct error *err);
void archive_close(void *state);
/* Where in the source the search for the header of the last member began. */
uint64_t archive_header_place(const void *state);

#endif
