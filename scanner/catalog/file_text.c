#include "catalog/file_text.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/base16.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <unistd.h>

enum { TEXT_MAX = 4 * 1024 * 1024, TEXT_STEP = 64 * 1024 };

static int refused(const char *file, int os_errno, struct error *err) {
    int code = error_set_errno(err, os_errno, "%s cannot be read", file);
    if (code == YINMA_E_MEMORY) {
        return code;
    }
    if (err != NULL) {
        err->code = YINMA_E_USAGE;
    }
    return YINMA_E_USAGE;
}

/* Room for one more step; NULL when memory is out. */
static uint8_t *grow(uint8_t **text, size_t used) {
    uint8_t *larger = realloc(*text, used + TEXT_STEP);
    if (larger != NULL) {
        *text = larger;
    }
    return larger;
}

int file_text_read(const char *file, struct bytes *out, struct error *err) {
    *out = (struct bytes){NULL, 0};
    uint8_t *text = NULL;
    size_t used = 0;
    int status = 0;
    int descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        return refused(file, errno, err);
    }
    for (;;) {
        if (grow(&text, used) == NULL) {
            status = error_set(err, YINMA_E_MEMORY, "out of memory while reading %s", file);
            goto done;
        }
        ssize_t got = read(descriptor, text + used, TEXT_STEP);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            status = refused(file, errno, err);
            goto done;
        }
        if (got == 0) {
            break;
        }
        used += (size_t)got;
        if (used > TEXT_MAX) {
            status = error_set(err, YINMA_E_USAGE, "%s is larger than 4 MiB: no YAML file of yinma",
                               file);
            goto done;
        }
    }
    *out = bytes_of(text, used);
    text = NULL;
done:
    free(text);
    close(descriptor);
    return status;
}

void file_text_digest(struct bytes text, char out[65]) {
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, text.len, text.ptr);
    sha256_digest(&context, sizeof digest, digest);
    base16_encode_update(out, sizeof digest, digest);
    out[64] = '\0';
}
