/* zip.c - read by its directory; without one (cut off), by its local headers. */
#include <archive.h>

#include "input/archive.h"

static unsigned zip_bid(struct bytes head) {
    if (bytes_starts_with(head, BYTES_LIT("PK\x07\x08PK\x03\x04")) ||
        bytes_starts_with(head, BYTES_LIT("PK00PK\x03\x04"))) {
        return 64; /* written as if it had several parts */
    }
    return bytes_starts_with(head, BYTES_LIT("PK\x03\x04")) ||
                   bytes_starts_with(head, BYTES_LIT("PK\x05\x06"))
               ? 32
               : 0;
}

static const struct archive_kind zip_kind = {
    .name = "zip", .support = archive_read_support_format_zip, .seeks = true};

static int zip_open(struct byte_source *source, struct input_budget *budget, void **state,
                    struct error *err) {
    return archive_open(&zip_kind, source, budget, state, err);
}

static const char *const zip_endings[] = {".zip", ".jar", ".war", ".ear", ".apk", NULL};

const struct container_format container_zip = {
    .name = "zip",
    .summary = "zip archives, also without their directory",
    .type = CONTAINER_ARCHIVE,
    .endings = zip_endings,
    .bid = zip_bid,
    .open = zip_open,
    .next = archive_next,
    .close = archive_close,
    .needs_seek = true,
};
