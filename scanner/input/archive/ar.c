/* ar.c - Debian packages and libraries of object files. */
#include <archive.h>

#include "input/archive/archive.h"

static unsigned ar_bid(struct bytes head) {
    return bytes_starts_with(head, BYTES_LIT("!<arch>\n")) ? 64 : 0;
}

static const struct archive_kind ar_kind = {.name = "ar",
                                            .support = archive_read_support_format_ar};

static int ar_open(struct byte_source *source, struct input_budget *budget, void **state,
                   struct error *err) {
    return archive_open(&ar_kind, source, budget, state, err);
}

static const char *const ar_endings[] = {".deb", ".ar", NULL};

const struct container_format container_ar = {
    .name = "ar",
    .summary = "ar archives: Debian packages, libraries",
    .type = CONTAINER_ARCHIVE,
    .endings = ar_endings,
    .bid = ar_bid,
    .open = ar_open,
    .next = archive_next,
    .close = archive_close,
    .holds_files = true,
};
