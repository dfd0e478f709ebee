/* containers.c - the table of container formats, and who of them takes what. */
#include <stdlib.h>

#include "input/formats.h"

const struct container_format *const container_formats[] = {
    &container_gzip,
    &container_zstd,
    &container_xz,
    &container_lzma,
    &container_bzip2,
    &container_lz4,
    &container_tar,
    &container_zip,
    &container_7z,
    &container_cpio,
    &container_pg_custom,
    &container_pg_directory,
    &container_pg_tar,
    &container_mail,
    &container_mbox,
    &container_msg,
    NULL,
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
