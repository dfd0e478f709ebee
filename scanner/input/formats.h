/* formats.h - the rows of the container table, one file a format. */
#ifndef YINMA_INPUT_FORMATS_H
#define YINMA_INPUT_FORMATS_H

#include "input/input.h"

extern const struct container_format container_gzip;
extern const struct container_format container_zstd;
extern const struct container_format container_xz;
extern const struct container_format container_lzma;
extern const struct container_format container_bzip2;
extern const struct container_format container_lz4;
extern const struct container_format container_tar;
extern const struct container_format container_cpio;
extern const struct container_format container_zip;
extern const struct container_format container_7z;
extern const struct container_format container_mail;
extern const struct container_format container_mbox;
extern const struct container_format container_msg;
extern const struct container_format container_xbstream;
extern const struct container_format container_rar;
extern const struct container_format container_iso;
extern const struct container_format container_ar;
extern const struct container_format container_rpm;
extern const struct container_format container_cab;
extern const struct container_format container_lha;
extern const struct container_format container_lzip;
extern const struct container_format container_compress;
extern const struct container_format container_pg_custom;
extern const struct container_format container_pg_directory;
extern const struct container_format container_pg_tar;

/* No row: two bytes are no evidence. For formats that say that they hold it. */
extern const struct container_format container_zlib;
extern const struct container_format container_git_object;
extern const struct container_format container_deflate;

#endif
