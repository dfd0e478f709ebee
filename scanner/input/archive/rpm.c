/* rpm.c - RPM packages: a lead, two headers, then a compressed cpio archive, which is the one
 * member (format v3 and v4, rpm.org/documentation). */
#include <stdlib.h>

#include "core/endian.h"
#include "input/formats.h"
#include "input/limits.h"

enum {
    LEAD_BYTES = 96,
    HEADER_BYTES = 16, /* magic, reserved, number of entries, bytes of data */
    ENTRY_BYTES = 16,
    HEADER_MOST = 256 << 20,
    ALIGNMENT = 8, /* of what follows the first header, the signature */
};

struct package {
    struct byte_source content;
    struct byte_source *inner;
    struct input_budget *budget;
    struct error failure;
    bool given;
};

static unsigned rpm_bid(struct bytes head) {
    return head.len >= LEAD_BYTES && bytes_starts_with(head, BYTES_LIT("\xED\xAB\xEE\xDB")) ? 40
                                                                                            : 0;
}

static int take(struct byte_source *source, void *buffer, size_t len, struct error *err) {
    int64_t got = byte_source_read_full(source, buffer, len, err);
    if (got < 0) {
        return (int)got;
    }
    return (size_t)got == len ? 0
                              : error_set(err, YINMA_E_TRUNCATED, "the RPM package ends too early");
}

static int skip(struct byte_source *source, uint64_t len, struct error *err) {
    uint8_t piece[4096];
    int code = 0;
    while (code == 0 && len > 0) {
        const size_t step = len < sizeof piece ? (size_t)len : sizeof piece;
        code = take(source, piece, step, err);
        len -= step;
    }
    return code;
}

static int skip_header(struct byte_source *source, unsigned alignment, struct error *err) {
    uint8_t header[HEADER_BYTES];
    int code = take(source, header, sizeof header, err);
    if (code < 0) {
        return code;
    }
    const uint64_t bytes = (uint64_t)big_u32(header + 8) * ENTRY_BYTES + big_u32(header + 12);
    if (memcmp(header, "\x8E\xAD\xE8", 3) != 0 || bytes > HEADER_MOST) {
        return error_set(err, YINMA_E_DAMAGED, "a header of the RPM package is damaged");
    }
    return skip(source, bytes + (alignment - bytes % alignment) % alignment, err);
}

static int64_t content_read(struct byte_source *source, void *buffer, size_t capacity,
                            struct error *err) {
    struct package *package = (struct package *)source;
    if (package->failure.code != 0) {
        if (err != NULL) {
            *err = package->failure;
        }
        return package->failure.code;
    }
    int64_t got = byte_source_read(package->inner, buffer, capacity, err);
    if (got > 0) {
        package->failure.code = budget_deliver(package->budget, (uint64_t)got, &package->failure);
    }
    return got;
}

static void belongs_to_the_package(struct byte_source *source) {
    (void)source;
}

static const struct byte_source_ops content_ops = {.read = content_read,
                                                   .close = belongs_to_the_package};

static int rpm_open(struct byte_source *source, struct input_budget *budget, void **state,
                    struct error *err) {
    *state = NULL;
    int code = skip(source, LEAD_BYTES, err);
    code = code == 0 ? skip_header(source, ALIGNMENT, err) : code;
    code = code == 0 ? skip_header(source, 1, err) : code;
    if (code < 0) {
        return code;
    }
    struct package *package = calloc(1, sizeof *package);
    if (package == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    package->content = (struct byte_source){.ops = &content_ops, .size = UINT64_MAX};
    package->inner = source;
    package->budget = budget;
    *state = package;
    return 0;
}

static int rpm_next(void *state, struct container_member *out, struct error *err) {
    struct package *package = state;
    (void)err;
    if (package->given) {
        return 0;
    }
    package->given = true;
    *out =
        (struct container_member){.name = BYTES_LIT("payload.cpio"), .source = &package->content};
    return 1;
}

static const char *const rpm_endings[] = {".rpm=.cpio", NULL};

const struct container_format container_rpm = {
    .name = "rpm",
    .summary = "RPM packages: their files; not the texts of their headers",
    .type = CONTAINER_STREAM,
    .endings = rpm_endings,
    .bid = rpm_bid,
    .open = rpm_open,
    .next = rpm_next,
    .close = free,
};
