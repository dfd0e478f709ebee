/* sealed_file.h - a temporary file without a name, encrypted with a key that nobody but this
 * process ever knew (AES-256 in counter mode: any place can be decrypted alone). Personal data must
 * not land on a disk in clear. One user at a time. */
#ifndef YINMA_INPUT_SEALED_FILE_H
#define YINMA_INPUT_SEALED_FILE_H

#include "core/bytes.h"
#include "core/error.h"

enum {
    SEALED_CHUNK = 256 * 1024, /* the most that one write takes */
    SEALED_ALIGN = 16,         /* writes start on a block of the cipher */
};

struct sealed_file;

/* In $TMPDIR, /var/tmp or /tmp. 0, YINMA_E_MEMORY or the code of an errno. */
int sealed_file_open(struct sealed_file **out, struct error *err);
void sealed_file_close(struct sealed_file *file); /* NULL is fine */

/* Encrypt and write LEN bytes (at most SEALED_CHUNK) at OFFSET, a multiple of SEALED_ALIGN. No
 * place is written twice: the key stream would repeat. */
int sealed_file_write(struct sealed_file *file, uint64_t offset, const uint8_t *data, size_t len,
                      struct error *err);
/* Read exactly LEN bytes that were written. 0 or a negative code. */
int sealed_file_read(struct sealed_file *file, uint64_t offset, uint8_t *buffer, size_t len,
                     struct error *err);

/* Memory of whole pages that core dumps leave out; NULL when there is none. */
uint8_t *private_memory(size_t len);
void private_memory_release(uint8_t **memory, size_t len);

#endif
