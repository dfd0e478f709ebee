/* containers.c - the table of container formats, and who of them takes what. */
#include <stdlib.h>

#include "input/archive/zip.h"
#include "input/formats.h"

const struct container_format *const container_formats[] = {
    &container_gzip,   &container_zstd,      &container_xz,
    &container_lzma,   &container_lzip,      &container_bzip2,
    &container_lz4,    &container_compress,  &container_git_object,
    &container_tar,    &container_zip,       &container_7z,
    &container_rar,    &container_cpio,      &container_ar,
    &container_rpm,    &container_cab,       &container_lha,
    &container_iso,    &container_pg_custom, &container_pg_directory,
    &container_pg_tar, &container_mail,      &container_mbox,
    &container_msg,    &container_xbstream,  NULL,
};

const struct container_format *container_detect(struct bytes head) {
    const struct container_format *best = NULL;
    unsigned best_bid = 0;
    for (const struct container_format *const *f = container_formats; *f != NULL; f++) {
        unsigned bid = (*f)->bid(head);
        if (bid > best_bid) {
            best = *f;
            best_bid = bid;
        }
    }
    return best;
}

const struct container_format *container_detect_end(struct byte_source *source, struct bytes head,
                                                    struct bytes name) {
    const bool program = bytes_starts_with(head, BYTES_LIT("MZ")) ||
                         bytes_starts_with(head, BYTES_LIT("\177ELF")) ||
                         bytes_starts_with(head, BYTES_LIT("#!"));
    bool called = false;
    for (const char *const *ending = container_zip.endings; *ending != NULL; ending++) {
        const size_t len = strlen(*ending);
        called =
            called || (name.len > len && bytes_equal_ignoring_case(bytes_from(name, name.len - len),
                                                                   bytes_of(*ending, len)));
    }
    struct zip_directory directory;
    if (source->ops->read_at == NULL || source->size > INT64_MAX || (!program && !called) ||
        zip_find_directory(source, &directory, NULL) < 0) {
        return NULL;
    }
    return directory.found ? &container_zip : NULL;
}

bool container_called(struct bytes name) {
    for (const struct container_format *const *f = container_formats; *f != NULL; f++) {
        for (const char *const *ending = (*f)->endings; *ending != NULL; ending++) {
            const size_t len = strcspn(*ending, "=");
            if (name.len > len && bytes_equal_ignoring_case(bytes_from(name, name.len - len),
                                                            bytes_of(*ending, len))) {
                return true;
            }
        }
    }
    return false;
}

struct bytes container_content_name(const struct container_format *format, struct bytes name,
                                    char *buffer, size_t buffer_size) {
    if (format->type != CONTAINER_STREAM) {
        return name;
    }
    for (const char *const *ending = format->endings; *ending != NULL; ending++) {
        const char *becomes = strchr(*ending, '=');
        const size_t len = becomes != NULL ? (size_t)(becomes - *ending) : strlen(*ending);
        if (name.len <= len ||
            !bytes_equal_ignoring_case(bytes_from(name, name.len - len), bytes_of(*ending, len))) {
            continue;
        }
        struct bytes stem = bytes_first(name, name.len - len);
        if (becomes == NULL) {
            return stem;
        }
        struct bytes added = bytes_of_string(becomes + 1);
        if (stem.len + added.len > buffer_size) {
            return name;
        }
        memcpy(buffer, stem.ptr, stem.len);
        memcpy(buffer + stem.len, added.ptr, added.len);
        return bytes_of(buffer, stem.len + added.len);
    }
    return name;
}
