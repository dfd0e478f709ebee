/* file_facts.h - what the file system says of the file in which a unit stands: of the outermost
 * one, for members of archives. For reports that list files; nothing is judged by it here. */
#ifndef YINMA_RESULT_FILE_FACTS_H
#define YINMA_RESULT_FILE_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SHA256_TEXT = 65 };

struct file_facts {
    bool known; /* a regular file that could be looked at; else the rest is zero */
    uint64_t size;
    int64_t modified; /* seconds since 1970, UTC */
    int64_t accessed; /* likewise, before yinma read it */
    bool access_kept; /* the file system keeps times of access */
    uint32_t mode;    /* permissions and the bits beside them: mode & 07777 */
    uint32_t user;
    const char *owner;        /* name of `user`; NULL before anybody looked it up; not owned */
    char sha256[SHA256_TEXT]; /* of the file's bytes; "" unless it was asked for */
};

static inline const char *file_facts_owner(const struct file_facts *file) {
    return file->owner == NULL ? "" : file->owner;
}

#endif
