/* cab.c - cabinets of Windows ([MS-CAB]). */
#include <archive.h>
#include <stdlib.h>

#include "input/archive/archive.h"

enum {
    HEADER_BYTES = 36,
    FLAGS_AT = 30, /* 2.1: cfheader_flags */
    FLAG_PREVIOUS = 1,
    FLAG_NEXT = 2,
};

struct cabinet {
    void *archive;
    bool has_parts;
};

static unsigned cab_bid(struct bytes head) {
    return head.len >= HEADER_BYTES && bytes_starts_with(head, BYTES_LIT("MSCF\0\0\0\0")) ? 64 : 0;
}

static const struct archive_kind cab_kind = {
    .name = "cab", .support = archive_read_support_format_cab, .seeks = true};

static void cab_close(void *state) {
    struct cabinet *cabinet = state;
    if (cabinet != NULL) {
        archive_close(cabinet->archive);
        free(cabinet);
    }
}

static int cab_open(struct byte_source *source, struct input_budget *budget, void **state,
                    struct error *err) {
    uint8_t header[HEADER_BYTES] = {0};
    struct cabinet *cabinet = calloc(1, sizeof *cabinet);
    *state = NULL;
    if (cabinet == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    if (source->ops->read_at != NULL) {
        (void)source->ops->read_at(source, 0, header, sizeof header, NULL);
    }
    cabinet->has_parts = (header[FLAGS_AT] & (FLAG_PREVIOUS | FLAG_NEXT)) != 0;
    int code = archive_open(&cab_kind, source, budget, &cabinet->archive, err);
    if (code < 0) {
        cab_close(cabinet);
        return code;
    }
    *state = cabinet;
    return 0;
}

static int cab_next(void *state, struct container_member *out, struct error *err) {
    struct cabinet *cabinet = state;
    int code = archive_next(cabinet->archive, out, err);
    if (code == 0 && cabinet->has_parts) {
        cabinet->has_parts = false;
        return error_set(err, YINMA_E_UNSUPPORTED,
                         "one cabinet of several: what stands in the others is not here");
    }
    return code;
}

static const char *const cab_endings[] = {".cab", NULL};

const struct container_format container_cab = {
    .name = "cab",
    .summary = "Windows cabinets: MSZIP and LZX, one of several told",
    .type = CONTAINER_ARCHIVE,
    .endings = cab_endings,
    .bid = cab_bid,
    .open = cab_open,
    .next = cab_next,
    .close = cab_close,
    .needs_seek = true,
    .holds_files = true,
};
