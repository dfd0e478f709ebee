#include "cli/scan_paths.h"

#include <stdlib.h>

#include "reports/translate.h"

static bool add_all(struct word_list *out, const char *const *words) {
    for (size_t i = 0; words != NULL && words[i] != NULL; i++) {
        if (!word_list_add(out, words[i])) {
            return false;
        }
    }
    return true;
}

static bool add_labelled(struct word_list *out, const struct word_list *labels) {
    for (size_t i = 0; i < labels->count; i++) {
        if (!word_list_add(out, strchr(labels->words[i], '=') + 1)) {
            return false;
        }
    }
    return true;
}

static unsigned uses_of_standard_input(const struct call *call) {
    unsigned uses = call->files_from != NULL && strcmp(call->files_from, "-") == 0;
    for (size_t i = 0; i < call->operands.count; i++) {
        uses += strcmp(call->operands.words[i], "-") == 0;
    }
    return uses;
}

/* git names the files: names of sources are counted from the current folder. */
static int collect_for_git(const struct call *call, struct scan_paths *out, struct error *err) {
    if (call->staged && call->changed_since != NULL) {
        return error_set(err, YINMA_E_USAGE, "%s",
                         _("--staged and --changed-since: one scans the index, the other the work "
                           "tree; use one of them"));
    }
    if (uses_of_standard_input(call) != 0 || call->files_from != NULL) {
        return error_set(
            err, YINMA_E_USAGE, "%s",
            _("--staged and --changed-since ask git for the files: they go neither with "
              "--files-from nor with standard input"));
    }
    return word_list_add(&out->words, ".")
               ? 0
               : error_set(err, YINMA_E_MEMORY, "%s", _("memory ran out"));
}

/* The name of what stands below PATH. To be freed; NULL when memory is out. */
static char *name_below(const struct call *call, const char *path) {
    for (size_t i = 0; i < call->labels.count; i++) {
        const char *label = call->labels.words[i], *equals = strchr(label, '=');
        if (strcmp(equals + 1, path) == 0) {
            return strndup(label, (size_t)(equals - label));
        }
    }
    return strdup(path);
}

static bool note_roots(const struct call *call, struct scan_paths *out) {
    out->roots = calloc(out->words.count + 1, sizeof(char *));
    for (size_t i = 0; out->roots != NULL && i < out->words.count; i++) {
        out->roots[i] = name_below(call, out->words.words[i]);
        if (out->roots[i] == NULL) {
            return false;
        }
    }
    return out->roots != NULL;
}

int scan_paths_collect(const struct call *call, struct scan_paths *out, struct error *err) {
    *out = (struct scan_paths){0};
    if (uses_of_standard_input(call) > 1) {
        return error_set(err, YINMA_E_USAGE, "%s", _("standard input can be read only once"));
    }
    for (size_t i = 0; i < call->operands.count; i++) {
        if (call->operands.words[i][0] == '\0') {
            return error_set(err, YINMA_E_USAGE, "%s", _("a path is empty"));
        }
    }
    if (call->staged || call->changed_since != NULL) {
        return collect_for_git(call, out, err);
    }
    bool added = add_all(&out->words, call->operands.words);
    if (added && call->files_from != NULL) {
        int rc = walk_read_list(call->files_from, &out->listed, err);
        if (rc < 0) {
            return rc;
        }
        added = add_all(&out->words, (const char *const *)out->listed);
        if (added && out->words.count == 0) {
            return error_set(err, YINMA_E_USAGE, "%s", _("--files-from: the list is empty"));
        }
    }
    if (added && out->words.count == 0) {
        added = add_labelled(&out->words, &call->labels);
    }
    if (added && out->words.count == 0) {
        added = word_list_add(&out->words, ".");
    }
    added = added && note_roots(call, out);
    return added ? 0 : error_set(err, YINMA_E_MEMORY, "%s", _("memory ran out"));
}

static void free_words(char **words) {
    for (size_t i = 0; words != NULL && words[i] != NULL; i++) {
        free(words[i]);
    }
    free(words);
}

void scan_paths_release(struct scan_paths *paths) {
    free(paths->words.words);
    free_words(paths->listed);
    free_words(paths->roots);
}
