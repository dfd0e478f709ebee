/* toc.h - the table of contents of PostgreSQL's archives (pg_dump -Fc, -Fd, -Ft), versions 1.10
 * to 1.16: what pg_backup_archiver.c writes. Inside the room only. */
#ifndef YINMA_INPUT_PG_TOC_H
#define YINMA_INPUT_PG_TOC_H

#include "core/text_buffer.h"
#include "input/pg/reader.h"

enum pg_format { PG_CUSTOM = 1, PG_TAR = 3, PG_DIRECTORY = 5 };
enum pg_compression { PG_PLAIN, PG_ZLIB, PG_LZ4, PG_ZSTD };

struct pg_entry {
    int64_t dump_id;
    bool has_data;                                       /* something of it stands in the archive */
    bool met;                                            /* and was found there */
    const char *desc, *tag, *schema, *definition, *copy; /* "" when there is none */
    const char *file;                                    /* of tar and directory archives */
};

struct pg_toc {
    unsigned version; /* 1.14 = 0x010E */
    enum pg_format format;
    enum pg_compression compression;
    struct pg_entry *entries;
    size_t count;
    struct text_buffer texts; /* all strings of the entries, each with its NUL */
    char encoding[32];        /* a name that encoding_from_name knows, else "" */
};

/* True when HEAD begins like an archive of that format. A directory's toc.dat calls itself a tar.
 */
bool pg_head_is(struct bytes head, enum pg_format *format);

/* Read header and contents. 0 or a negative code; TOC must be released in any case. At most
 * MAX_BYTES of memory are taken for it. */
int pg_toc_read(struct pg_toc *toc, struct pg_reader *reader, uint64_t max_bytes,
                struct error *err);
void pg_toc_release(struct pg_toc *toc);

struct pg_entry *pg_toc_by_id(struct pg_toc *toc, int64_t dump_id);
struct pg_entry *pg_toc_by_file(struct pg_toc *toc, struct bytes file);

/* Entries of that kind were found. */
void pg_toc_met(struct pg_toc *toc, const char *desc);

/* What a decoder needs to read the data of ENTRY: settings, the description of its table, labels
 * of its columns, the COPY it belongs to. As UTF-8. */
void pg_toc_preamble(const struct pg_toc *toc, const struct pg_entry *entry,
                     struct text_buffer *out);
/* All definitions as one script. In the encoding of the archive. */
void pg_toc_script(const struct pg_toc *toc, struct text_buffer *out);
/* "public.payments", "large-object-16401" … as UTF-8. */
void pg_entry_name(const struct pg_entry *entry, struct text_buffer *out);
/* How the data of ENTRY is to be read (NULL: it is the script); PREAMBLE keeps what it points to.
 */
struct content_hint pg_entry_hint(const struct pg_toc *toc, const struct pg_entry *entry,
                                  const char *format, struct text_buffer *preamble);
/* Is something missing of which the contents say that it is there? An error, or 0. */
int pg_toc_check_all_met(const struct pg_toc *toc, const char *format, struct error *err);

#endif
