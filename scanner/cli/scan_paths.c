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
    return added ? 0 : error_set(err, YINMA_E_MEMORY, "%s", _("memory ran out"));
}

void scan_paths_release(struct scan_paths *paths) {
    free(paths->words.words);
    for (size_t i = 0; paths->listed != NULL && paths->listed[i] != NULL; i++) {
        free(paths->listed[i]);
    }
    free(paths->listed);
}
