/* file_status.h - what the file system says of an item, and the digest of its bytes. */
#ifndef YINMA_INPUT_FILE_STATUS_H
#define YINMA_INPUT_FILE_STATUS_H

#include "core/byte_source.h"
#include "input/walk/walk.h"

struct file_status {
    uint64_t size;
    int64_t modified; /* seconds since 1970, UTC */
    int64_t accessed; /* likewise */
    bool access_kept; /* the file system is not mounted without times of access */
    uint32_t mode;    /* & 07777 */
    uint32_t user;
};

/* False when ITEM is no regular file, or cannot be looked at. */
bool input_file_status(const struct work_item *item, struct file_status *out);

/* What is known of the file system that files were looked at in last. */
struct file_system_note {
    bool known;
    uint64_t device;
    bool access_kept;
};

/* The same of an ITEM that SOURCE was opened from (input_open_file), which has looked at it. */
bool input_opened_status(const struct work_item *item, const struct byte_source *source,
                         struct file_system_note *note, struct file_status *out);

/* SHA-256 of the whole file in hex; "" when it cannot be read. Reads it all. */
void input_file_digest(const struct work_item *item, char out[65]);

#endif
