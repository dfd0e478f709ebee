/* seven_zip.c - 7z. */
#include <archive.h>

#include "input/archive/archive.h"

static unsigned seven_zip_bid(struct bytes head) {
    return bytes_starts_with(head, BYTES_LIT("7z\xBC\xAF\x27\x1C")) ? 48 : 0;
}

static const struct archive_kind seven_zip_kind = {
    .name = "7z", .support = archive_read_support_format_7zip, .seeks = true, .cipher = "AES-256"};

static int seven_zip_open(struct byte_source *source, struct input_budget *budget, void **state,
                          struct error *err) {
    return archive_open(&seven_zip_kind, source, budget, state, err);
}

static const char *const seven_zip_endings[] = {".7z", NULL};

const struct container_format container_7z = {
    .name = "7z",
    .summary = "7z archives",
    .type = CONTAINER_ARCHIVE,
    .endings = seven_zip_endings,
    .bid = seven_zip_bid,
    .open = seven_zip_open,
    .next = archive_next,
    .close = archive_close,
    .needs_seek = true,
    .holds_files = true,
};
