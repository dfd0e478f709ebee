/* path_list.c - the paths of --files-from. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/text_buffer.h"
#include "input/walk.h"

static int read_whole(const char *file, struct text_buffer *out, struct error *err) {
    const bool standard = strcmp(file, "-") == 0;
    FILE *in = standard ? stdin : fopen(file, "rbe");
    if (in == NULL) {
        return error_set_errno(err, errno, "--files-from: %s cannot be opened", file);
    }
    char piece[16 * 1024];
    int code = 0;
    for (size_t got = fread(piece, 1, sizeof piece, in); got > 0;
         got = fread(piece, 1, sizeof piece, in)) {
        text_buffer_put(out, bytes_of(piece, got));
    }
    if (ferror(in) != 0) {
        code = error_set_errno(err, errno, "--files-from: cannot read the list");
    } else if (out->failed) {
        code = error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    if (!standard) {
        (void)fclose(in);
    }
    return code;
}

int walk_read_list(const char *file, char ***paths_out, struct error *err) {
    *paths_out = NULL;
    struct text_buffer text;
    text_buffer_init(&text, 0);
    char **paths = NULL;
    size_t count = 0;
    int code = read_whole(file, &text, err);
    if (code < 0) {
        goto cleanup;
    }
    const struct bytes all = text_buffer_view(&text);
    const char separator = all.len > 0 && memchr(all.ptr, '\0', all.len) != NULL ? '\0' : '\n';
    size_t most = 2; /* one path more than separators, and the NULL */
    for (size_t i = 0; i < all.len; i++) {
        most += all.ptr[i] == (uint8_t)separator;
    }
    paths = calloc(most, sizeof *paths);
    for (size_t at = 0; paths != NULL && at < all.len;) {
        const uint8_t *end = memchr(all.ptr + at, separator, all.len - at);
        const size_t len = end != NULL ? (size_t)(end - all.ptr) - at : all.len - at;
        if (len > 0) {
            paths[count] = strndup((const char *)all.ptr + at, len);
            code = paths[count] == NULL ? YINMA_E_MEMORY : code;
            count++;
        }
        at += len + 1;
    }
    if (paths == NULL || code < 0) {
        code = error_set(err, YINMA_E_MEMORY, "out of memory");
    }
cleanup:
    text_buffer_release(&text);
    if (code < 0 && paths != NULL) {
        for (size_t i = 0; i < count; i++) {
            free(paths[i]);
        }
        free(paths);
        paths = NULL;
    }
    *paths_out = paths;
    return code;
}
