/* path_list.c - the paths of --files-from. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/text_buffer.h"
#include "input/walk/walk.h"

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

/* Lines of lists that Windows made end with CR LF; a name that really ends so is left alone. */
static void trim_return(char *path) {
    struct stat status;
    const size_t len = strlen(path);
    if (len > 1 && path[len - 1] == '\r' && lstat(path, &status) != 0) {
        path[len - 1] = '\0';
    }
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
    const size_t begin = bytes_starts_with(all, BYTES_LIT("\xEF\xBB\xBF")) ? 3 : 0;
    size_t most = 2; /* one path more than separators, and the NULL */
    for (size_t i = 0; i < all.len; i++) {
        most += all.ptr[i] == (uint8_t)separator;
    }
    paths = calloc(most, sizeof *paths);
    for (size_t at = begin; paths != NULL && at < all.len;) {
        const uint8_t *end = memchr(all.ptr + at, separator, all.len - at);
        const size_t len = end != NULL ? (size_t)(end - all.ptr) - at : all.len - at;
        if (len > 0) {
            paths[count] = strndup((const char *)all.ptr + at, len);
            if (paths[count] == NULL) {
                code = YINMA_E_MEMORY;
            } else if (separator == '\n') {
                trim_return(paths[count]);
            }
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
