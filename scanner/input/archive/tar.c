/* tar.c - ustar, pax, GNU and the archives before them. */
#include <archive.h>

#include "input/archive/archive.h"

/* The header's sum, with its own field taken for blanks, stands in it in octal; old programs added
 * signed bytes. */
static bool tar_sum_fits(const uint8_t *header) {
    long plain = 0, with_sign = 0, said = 0;
    unsigned digits = 0;
    for (unsigned i = 148; i < 156; i++) {
        if (header[i] >= '0' && header[i] <= '7') {
            said = said * 8 + (header[i] - '0');
            digits++;
        } else if (header[i] != ' ' || digits > 0) {
            break;
        }
    }
    for (unsigned i = 0; digits > 0 && i < ARCHIVE_TAR_BLOCK; i++) {
        const uint8_t c = i >= 148 && i < 156 ? ' ' : header[i];
        plain += c;
        with_sign += (int8_t)c;
    }
    return digits > 0 && (said == plain || said == with_sign);
}

static unsigned tar_bid(struct bytes head) {
    if (head.len < ARCHIVE_TAR_BLOCK || head.ptr[0] == 0 || !tar_sum_fits(head.ptr)) {
        return 0;
    }
    return memcmp(head.ptr + 257, "ustar", 5) == 0 ? 56 : 20;
}

static const struct archive_kind tar_kind = {
    .name = "tar",
    .support = archive_read_support_format_tar,
    .options = "read_concatenated_archives",
    .has_end_mark = true,
};

static int tar_open(struct byte_source *source, struct input_budget *budget, void **state,
                    struct error *err) {
    return archive_open(&tar_kind, source, budget, state, err);
}

static const char *const tar_endings[] = {".tar", NULL};

const struct container_format container_tar = {
    .name = "tar",
    .summary = "tar archives: ustar, pax, GNU, sparse files",
    .type = CONTAINER_ARCHIVE,
    .endings = tar_endings,
    .bid = tar_bid,
    .open = tar_open,
    .next = archive_next,
    .close = archive_close,
    .holds_files = true,
};
