/* cpio.c - new, portable and binary. */
#include <archive.h>

#include "input/archive/archive.h"

static bool all_digits(struct bytes b, bool (*is_digit)(uint8_t)) {
    for (size_t i = 0; i < b.len; i++) {
        if (!is_digit(b.ptr[i])) {
            return false;
        }
    }
    return true;
}
static bool is_octal(uint8_t c) {
    return c >= '0' && c <= '7';
}
static unsigned cpio_bid(struct bytes head) {
    if (head.len >= 110 && (bytes_starts_with(head, BYTES_LIT("070701")) ||
                            bytes_starts_with(head, BYTES_LIT("070702")))) {
        return all_digits(bytes_first(head, 110), byte_is_hex) ? 60 : 0;
    }
    if (head.len >= 76 && bytes_starts_with(head, BYTES_LIT("070707"))) {
        return all_digits(bytes_first(head, 76), is_octal) ? 60 : 0;
    }
    if (head.len > 26 && head.ptr[0] == 0xC7 && head.ptr[1] == 0x71) { /* binary: a name that ends
                                                                         where it is said to */
        const size_t len = (size_t)head.ptr[20] | (size_t)head.ptr[21] << 8;
        return len > 1 && 26 + len <= head.len && head.ptr[26 + len - 1] == 0 &&
                       memchr(head.ptr + 26, 0, len - 1) == NULL
                   ? 30
                   : 0;
    }
    return 0;
}

static const struct archive_kind cpio_kind = {.name = "cpio",
                                              .support = archive_read_support_format_cpio};

static int cpio_open(struct byte_source *source, struct input_budget *budget, void **state,
                     struct error *err) {
    return archive_open(&cpio_kind, source, budget, state, err);
}

static const char *const cpio_endings[] = {".cpio", NULL};

const struct container_format container_cpio = {
    .name = "cpio",
    .summary = "cpio archives: new, portable and binary",
    .type = CONTAINER_ARCHIVE,
    .endings = cpio_endings,
    .bid = cpio_bid,
    .open = cpio_open,
    .next = archive_next,
    .close = archive_close,
    .holds_files = true,
};
