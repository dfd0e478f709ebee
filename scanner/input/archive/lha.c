/* lha.c - LHA, also called LZH: still what some old systems in the region write. */
#include <archive.h>

#include "input/archive/archive.h"

/* "-lh5-" behind the length and the sum of the header; its level stands at byte 20. */
static unsigned lha_bid(struct bytes head) {
    enum { HEADER_LEAST = 21, LEVEL = 20, LEVEL_MOST = 3 };
    if (head.len < HEADER_LEAST || head.ptr[2] != '-' || head.ptr[3] != 'l' ||
        (head.ptr[4] != 'h' && head.ptr[4] != 'z') || head.ptr[6] != '-') {
        return 0;
    }
    const uint8_t method = head.ptr[5];
    const bool known = byte_is_digit(method) || method == 'd' || method == 's';
    return known && head.ptr[LEVEL] <= LEVEL_MOST ? 40 : 0;
}

static const struct archive_kind lha_kind = {.name = "lha",
                                             .support = archive_read_support_format_lha};

static int lha_open(struct byte_source *source, struct input_budget *budget, void **state,
                    struct error *err) {
    return archive_open(&lha_kind, source, budget, state, err);
}

static const char *const lha_endings[] = {".lzh", ".lha", NULL};

const struct container_format container_lha = {
    .name = "lha",
    .summary = "LHA (LZH) archives: stored, lh5, lh6, lh7",
    .type = CONTAINER_ARCHIVE,
    .endings = lha_endings,
    .bid = lha_bid,
    .open = lha_open,
    .next = archive_next,
    .close = archive_close,
    .holds_files = true,
};
