#include "input/walk/walk_names.h"

#include <stdlib.h>

#include "input/input.h"

void walk_put_clean(struct text_buffer *out, const char *path) {
    text_buffer_clear(out);
    for (const char *p = path; *p != '\0'; p++) {
        if (*p != '/' || p[1] != '/') {
            text_buffer_putc(out, *p);
        }
    }
    if (out->len > 1 && out->data[out->len - 1] == '/') {
        out->data[--out->len] = '\0';
    }
}

/* The part of PATH below ROOT: true, and *rest is what is appended to the label's name. */
static bool below(struct bytes path, struct bytes root, struct bytes *rest) {
    while (root.len > 1 && root.ptr[root.len - 1] == '/') {
        root.len--;
    }
    if (!bytes_starts_with(path, root)) {
        return false;
    }
    *rest = bytes_from(path, root.len);
    return rest->len == 0 || rest->ptr[0] == '/' || root.ptr[root.len - 1] == '/';
}

char *walk_make_name(const struct walk_options *options, struct bytes path) {
    struct bytes best_name = {NULL, 0}, best_rest = path;
    size_t best = 0;
    for (const char *const *label = options->labels; label != NULL && *label != NULL; label++) {
        const char *equals = strchr(*label, '=');
        struct bytes root = bytes_of_string(equals != NULL ? equals + 1 : "");
        struct bytes rest;
        if (root.len > best && below(path, root, &rest)) {
            best = root.len;
            best_name = bytes_of(*label, (size_t)(equals - *label));
            best_rest = rest;
        }
    }
    const bool slash = best != 0 && best_rest.len > 0 && best_rest.ptr[0] != '/';
    char *name = malloc(best_name.len + slash + best_rest.len + 1);
    if (name != NULL) {
        char *end = name;
        if (best_name.len > 0) {
            memcpy(end, best_name.ptr, best_name.len);
            end += best_name.len;
        }
        if (slash) {
            *end++ = '/';
        }
        if (best_rest.len > 0) {
            memcpy(end, best_rest.ptr, best_rest.len);
            end += best_rest.len;
        }
        *end = '\0';
    }
    return name;
}

static bool any_glob(const struct walk_options *options, const char *const *globs,
                     struct bytes name) {
    for (; options->glob != NULL && globs != NULL && *globs != NULL; globs++) {
        if (options->glob(*globs, name)) {
            return true;
        }
    }
    return false;
}

enum walk_selection walk_select_name(const struct walk_options *options, const char *name) {
    const struct bytes view = bytes_of_string(name);
    if (any_glob(options, options->excludes, view)) {
        return WALK_EXCLUDED;
    }
    const bool all = options->includes == NULL || options->includes[0] == NULL;
    /* what a container holds may be included: `--include '*.sql'` means that in backup.tar.zst too
     */
    return all || any_glob(options, options->includes, view) || container_called(view)
               ? WALK_SELECTED
               : WALK_NOT_INCLUDED;
}
