/* iso.c - images of CDs and DVDs: ISO 9660 with Rock Ridge, Joliet and zisofs. */
#include <archive.h>

#include "input/archive/archive.h"

/* ECMA-119, 8.1: descriptors stand from sector 16 on. */
static unsigned iso_bid(struct bytes head) {
    enum { DESCRIPTOR = 16 * 2048 };
    return head.len > DESCRIPTOR + 6 &&
                   bytes_starts_with(bytes_from(head, DESCRIPTOR + 1), BYTES_LIT("CD001"))
               ? 40
               : 0;
}

static const struct archive_kind iso_kind = {
    .name = "ISO 9660", .support = archive_read_support_format_iso9660, .seeks = true};

static int iso_open(struct byte_source *source, struct input_budget *budget, void **state,
                    struct error *err) {
    return archive_open(&iso_kind, source, budget, state, err);
}

static const char *const iso_endings[] = {".iso", NULL};

const struct container_format container_iso = {
    .name = "iso",
    .summary = "ISO 9660 images with Rock Ridge, Joliet, zisofs; not UDF alone",
    .type = CONTAINER_ARCHIVE,
    .endings = iso_endings,
    .bid = iso_bid,
    .open = iso_open,
    .next = archive_next,
    .close = archive_close,
    .needs_seek = true,
    .holds_files = true,
};
