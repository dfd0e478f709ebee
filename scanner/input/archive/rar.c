/* rar.c - RAR through libarchive, with what it does not tell read from the headers: it takes the
 * cipher text of a member for its content, and the first part of a member for an empty one. */
#include <archive.h>
#include <inttypes.h>
#include <isa-l/crc.h>
#include <stdlib.h>

#include "input/archive/archive.h"
#include "input/archive/rar_headers.h"

struct rar {
    struct byte_source content; /* of the current member: libarchive checks no stored ones */
    struct byte_source *inner;
    uint32_t crc, wanted_crc;
    void *archive;
    struct rar_headers headers;
    size_t at;       /* in headers: the first that no member was found for */
    uint64_t missed; /* members that libarchive did not give */
    bool told;
};

static unsigned rar_bid(struct bytes head) {
    return bytes_starts_with(head, BYTES_LIT("Rar!\x1A\x07\0")) ||
                   bytes_starts_with(head, BYTES_LIT("Rar!\x1A\x07\x01\0"))
               ? 56
               : 0;
}

static const struct archive_kind old_kind = {
    .name = "rar", .support = archive_read_support_format_rar, .seeks = true};
static const struct archive_kind new_kind = {
    .name = "rar", .support = archive_read_support_format_rar5, .seeks = true};

static void rar_close(void *state) {
    struct rar *rar = state;
    if (rar != NULL) {
        archive_close(rar->archive);
        rar_headers_release(&rar->headers);
        free(rar);
    }
}

static int rar_open(struct byte_source *source, struct input_budget *budget, void **state,
                    struct error *err) {
    *state = NULL;
    if (source->ops->read_at == NULL || source->size > INT64_MAX) {
        return error_set(err, YINMA_E_UNSUPPORTED, "a rar archive needs random access");
    }
    struct rar *rar = calloc(1, sizeof *rar);
    if (rar == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    int code = rar_headers_read(source, &rar->headers, err);
    if (code == 0 && rar->headers.list_cipher != NULL) {
        code = error_set(err, YINMA_E_ENCRYPTED, "the list of members is encrypted with %s",
                         rar->headers.list_cipher);
    }
    if (code == 0) {
        code = archive_open(rar->headers.version5 ? &new_kind : &old_kind, source, budget,
                            &rar->archive, err);
    }
    if (code < 0) {
        rar_close(rar);
        return code;
    }
    *state = rar;
    return 0;
}

/* The header of the member that libarchive gave last; NULL: not among those that were read. */
static const struct rar_member *find(struct rar *rar) {
    const uint64_t place = archive_header_place(rar->archive);
    const struct rar_headers *headers = &rar->headers;
    while (rar->at < headers->count &&
           (headers->members[rar->at].header < place || headers->members[rar->at].folder)) {
        rar->missed += !headers->members[rar->at].folder;
        rar->at++;
    }
    return rar->at < headers->count ? &headers->members[rar->at++] : NULL;
}

static int64_t content_read(struct byte_source *source, void *buffer, size_t capacity,
                            struct error *err) {
    struct rar *rar = (struct rar *)source;
    int64_t got = byte_source_read(rar->inner, buffer, capacity, err);
    if (got > 0) {
        rar->crc = crc32_gzip_refl(rar->crc, buffer, (uint64_t)got);
    }
    return got == 0 && capacity > 0 && rar->crc != rar->wanted_crc
               ? error_set(err, YINMA_E_DAMAGED, "the checksum of the member is wrong")
               : got;
}

static void belongs_to_the_archive(struct byte_source *source) {
    (void)source;
}

static const struct byte_source_ops content_ops = {.read = content_read,
                                                   .close = belongs_to_the_archive};

static void correct(struct rar *rar, const struct rar_member *member,
                    struct container_member *out) {
    if (member == NULL || out->special) {
        return;
    }
    if (member->cipher != NULL) {
        out->source = NULL;
        out->status =
            error_set(&out->error, YINMA_E_ENCRYPTED, "encrypted with %s", member->cipher);
    } else if (member->before) {
        out->source = NULL;
        out->status = error_set(&out->error, YINMA_E_UNSUPPORTED,
                                "it begins in another volume of the rar archive");
    } else if (out->source != NULL && member->has_crc && !member->after) {
        rar->content = (struct byte_source){.ops = &content_ops, .size = out->source->size};
        rar->inner = out->source;
        rar->crc = 0;
        rar->wanted_crc = member->crc;
        out->source = &rar->content;
    }
}

static int tell_whole(struct rar *rar, struct error *err) {
    for (; rar->at < rar->headers.count; rar->at++) {
        rar->missed += !rar->headers.members[rar->at].folder;
    }
    if (rar->missed > 0) {
        return error_set(err, YINMA_E_UNSUPPORTED,
                         "%" PRIu64 " members of the rar archive could not be read: they begin in "
                         "another volume, or are damaged",
                         rar->missed);
    }
    return rar->headers.goes_on
               ? error_set(err, YINMA_E_UNSUPPORTED, "the rar archive goes on in another volume")
               : 0;
}

static int rar_next(void *state, struct container_member *out, struct error *err) {
    struct rar *rar = state;
    int code = archive_next(rar->archive, out, err);
    if (code == 1) {
        correct(rar, find(rar), out);
    } else if (code < 0 && rar->at < rar->headers.count && rar->headers.members[rar->at].cipher) {
        return error_set(err, YINMA_E_ENCRYPTED,
                         "the members of the rar archive that follow are encrypted with %s",
                         rar->headers.members[rar->at].cipher);
    } else if (code == 0 && !rar->told) {
        rar->told = true;
        return tell_whole(rar, err);
    }
    return code;
}

static const char *const rar_endings[] = {".rar", NULL};

const struct container_format container_rar = {
    .name = "rar",
    .summary = "rar archives, versions 3 to 5; volumes and encrypted members told",
    .type = CONTAINER_ARCHIVE,
    .endings = rar_endings,
    .bid = rar_bid,
    .open = rar_open,
    .next = rar_next,
    .close = rar_close,
    .needs_seek = true,
    .holds_files = true,
};
