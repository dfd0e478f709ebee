/* file.h - the header of a DBF table: what its columns are and where records lie (dBase III to
 * V, FoxPro, Visual FoxPro, Clipper; the published file structures of dBase and of FoxPro). */
#ifndef YINMA_DECODE_DBF_FILE_H
#define YINMA_DECODE_DBF_FILE_H

#include "core/bytes.h"

enum { DBF_FIELDS_MAX = 2048, DBF_HEADER_BYTES = 32, DBF_FIELD_BYTES = 32 };

struct dbf_field {
    struct bytes name; /* as it stands in the header */
    uint32_t offset;   /* in the record; its first byte says whether it is deleted */
    uint32_t length;
    uint8_t type;
    uint8_t decimals;
};

struct dbf_file {
    uint32_t records; /* as the header says */
    uint32_t header_bytes, record_bytes;
    uint32_t field_count;
    uint8_t version, language;
    bool has_memo;  /* a column is one */
    bool encrypted; /* dBase IV */
    struct dbf_field fields[DBF_FIELDS_MAX];
};

/* Read HEADER (header_bytes of it, or what there is). False: this is no such table. */
bool dbf_file_read(struct dbf_file *file, struct bytes header);

/* How long the header says it is; 0: it cannot be one. */
uint32_t dbf_header_bytes(struct bytes head);

#endif
