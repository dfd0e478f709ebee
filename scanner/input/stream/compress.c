/* compress.c - .Z, what compress(1) of UNIX writes. It has no length, no checksum and no end mark:
 * data that was cut off cannot be told from data that was not. */
#include <archive.h>

#include "input/archive/archive.h"

/* Magic, then the number of bits of a code (9 to 16) with a flag. */
static unsigned compress_bid(struct bytes head) {
    if (head.len < 4 || head.ptr[0] != 0x1F || head.ptr[1] != 0x9D) {
        return 0;
    }
    const unsigned bits = head.ptr[2] & 0x1F;
    return (head.ptr[2] & 0x60) == 0 && bits >= 9 && bits <= 16 ? 24 : 0;
}

static int support(struct archive *archive) {
    archive_read_support_filter_compress(archive);
    return archive_read_support_format_raw(archive);
}

static const struct archive_kind compress_kind = {.name = "compress", .support = support};

static int compress_open(struct byte_source *source, struct input_budget *budget, void **state,
                         struct error *err) {
    return archive_open(&compress_kind, source, budget, state, err);
}

static const char *const compress_endings[] = {".Z", ".taZ=.tar", NULL};

const struct container_format container_compress = {
    .name = "compress",
    .summary = "compress (.Z) data; has no checksum, so that a cut end cannot be seen",
    .type = CONTAINER_STREAM,
    .endings = compress_endings,
    .bid = compress_bid,
    .open = compress_open,
    .next = archive_next,
    .close = archive_close,
};
