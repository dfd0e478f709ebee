/* yinma report: saved results in another format. Nothing is scanned and no key is needed. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/commands.h"
#include "cli/find_input.h"
#include "cli/language.h"
#include "cli/option_values.h"
#include "cli/output_file.h"
#include "cli/settings.h"
#include "cli/write_reports.h"
#include "judge/judge.h"
#include "match/match.h"
#include "patterns/pattern.h"
#include "reports/translate.h"
#include "result/comparison.h"
#include "result/saved/baseline_read.h"
#include "result/saved/ndjson_read.h"

enum { COMPARED_BYTES = 4096 };

static int read_one(const char *path, struct saved_results *saved, struct error *err) {
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "re");
    if (file == NULL) {
        return error_set_errno(err, errno, "%s", path);
    }
    int rc = saved_results_add(saved, file, standard ? _("standard input") : path, err);
    if (!standard) {
        fclose(file);
    }
    return rc;
}

static int check(const struct call *call, struct error *err) {
    unsigned standard = call->diff != NULL && strcmp(call->diff, "-") == 0;
    int rc = 0;
    for (size_t i = 0; i < call->operands.count; i++) {
        standard += strcmp(call->operands.words[i], "-") == 0;
    }
    if (call->operands.count == 0) {
        rc = error_set(err, YINMA_E_USAGE, "%s",
                       _("name the saved results, as in `yinma report results.ndjson`"));
    } else if (standard > 1) {
        rc = error_set(err, YINMA_E_USAGE, "%s", _("standard input can be read only once"));
    }
    for (size_t i = 0; rc == 0 && i < call->output_count; i++) {
        if (call->diff != NULL && !call->outputs[i].report->compares) {
            rc = error_set(err, YINMA_E_USAGE,
                           _("--diff: %s has no place for a comparison; text, ndjson, json, csv "
                             "and html have one"),
                           call->outputs[i].report->name);
        } else if (call->outputs[i].file != NULL) {
            rc = output_file_check("format", call->outputs[i].file, err);
        }
    }
    return rc == 0 ? output_files_spare(call, call->operands.words, err) : rc;
}

/* What files do not hold: how kinds are called in the language of the reader. */
static void name_kinds(struct results *results) {
    for (size_t i = 0; i < results->field_count; i++) {
        int kind = pattern_number(results->fields[i].kind);
        if (kind >= 0) {
            results->fields[i].kind_title = patterns[kind]->title;
        }
    }
}

static void name_person(struct results *results) {
    for (unsigned i = 0; i < results->person.count; i++) {
        int kind = pattern_number(results->person.identifiers[i].kind);
        if (kind >= 0) {
            results->person.identifiers[i].kind_title = patterns[kind]->title;
        }
    }
}

/* Two plain files with the same bytes. */
static bool same_content(const char *one, const char *other) {
    struct stat first, second;
    if (strcmp(one, "-") == 0 || strcmp(other, "-") == 0 || stat(one, &first) != 0 ||
        stat(other, &second) != 0 || !S_ISREG(first.st_mode) || !S_ISREG(second.st_mode) ||
        first.st_size != second.st_size) {
        return false;
    }
    if (first.st_dev == second.st_dev && first.st_ino == second.st_ino) {
        return true;
    }
    FILE *a = fopen(one, "re"), *b = fopen(other, "re");
    bool same = a != NULL && b != NULL;
    while (same) {
        char left[COMPARED_BYTES], right[COMPARED_BYTES];
        const size_t len = fread(left, 1, sizeof left, a);
        same = fread(right, 1, sizeof right, b) == len && memcmp(left, right, len) == 0 &&
               ferror(a) == 0 && ferror(b) == 0;
        if (len < sizeof left) {
            break;
        }
    }
    if (a != NULL) {
        fclose(a);
    }
    if (b != NULL) {
        fclose(b);
    }
    return same;
}

static void tell_same(const struct call *call, const char *again, const char *first) {
    struct text_buffer names[2];
    text_buffer_init(&names[0], 0);
    text_buffer_init(&names[1], 0);
    conceal(patterns, bytes_of_string(again), &names[0]);
    conceal(patterns, bytes_of_string(first), &names[1]);
    if (!call->quiet) {
        fprintf(stderr, "yinma: ");
        fprintf(stderr, _("%s holds the same as %s: counted once\n"), text_buffer_string(&names[0]),
                text_buffer_string(&names[1]));
    }
    text_buffer_release(&names[0]);
    text_buffer_release(&names[1]);
}

/* Results that are named twice, perhaps as a copy, would count everything twice. */
static bool stood_before(const struct call *call, size_t index) {
    const char *const *words = call->operands.words;
    for (size_t i = 0; i < index; i++) {
        if (same_content(words[i], words[index])) {
            tell_same(call, words[index], words[i]);
            return true;
        }
    }
    return false;
}

static int read_all(const struct call *call, struct saved_results *saved, struct error *err) {
    struct baseline *baseline = NULL;
    int rc = call->baseline == NULL
                 ? 0
                 : blame_option(baseline_read(call->baseline, &baseline, err), "--baseline", err);
    for (size_t i = 0; rc == 0 && i < call->operands.count; i++) {
        if (!stood_before(call, i)) {
            rc = read_one(call->operands.words[i], saved, err);
        }
    }
    if (rc == 0) {
        rc =
            saved_results_finish(saved, baseline, call->fail_on_given ? &call->fail_on : NULL, err);
    }
    baseline_free(baseline);
    if (rc == 0) {
        name_kinds(&saved->results);
        name_person(&saved->results);
    }
    if (rc == 0 && saved->runs > 1 && !saved->keys_differ) {
        judge_people(&saved->results); /* the same person may stand in several runs */
    }
    return rc;
}

/* The earlier results of --diff beside those that are reported. */
static int compare(const struct call *call, const struct settings *settings,
                   const struct saved_results *saved, struct saved_results *earlier,
                   struct comparison *comparison, struct error *err) {
    int rc = saved_results_init(earlier, settings->catalog, err);
    if (rc == 0) {
        rc = blame_option(read_one(call->diff, earlier, err), "--diff", err);
    }
    if (rc == 0) {
        rc = saved_results_finish(earlier, NULL, NULL, err);
    }
    if (rc == 0) {
        name_kinds(&earlier->results);
        rc = comparison_make(&earlier->results, &saved->results, comparison, err);
    }
    return rc;
}

/* Results of scan --find hold places and nothing else. */
static int check_places(const struct call *call, struct error *err) {
    return call->diff == NULL
               ? find_check_formats(call, err)
               : error_set(err, YINMA_E_USAGE, "%s",
                           _("--diff compares results of scans; these are places of a person "
                             "(scan --find)"));
}

static void notify(const struct call *call, const struct saved_results *saved) {
    if (call->quiet) {
        return;
    }
    if (saved->keys_differ) {
        fprintf(stderr, "yinma: %s\n",
                _("these results were made with different keys: a person who stands in several of "
                  "them is counted more than once"));
    }
    if (saved->occurrences_lost) {
        fprintf(stderr, "yinma: %s\n", _("records of single occurrences are left out"));
    }
    if (saved->results.summary.partial) {
        fprintf(stderr, "yinma: %s\n", _("interrupted: the results are partial"));
    }
}

int report_command(const struct call *call) {
    struct settings settings = {0};
    struct saved_results saved = {0}, earlier = {0};
    struct comparison comparison = {0};
    struct error err = {0};
    int status;
    int rc = check(call, &err);
    if (rc == 0) {
        rc = settings_load_catalog(call, &settings, &err);
    }
    if (rc == 0) {
        rc = saved_results_init(&saved, settings.catalog, &err);
    }
    if (rc == 0) {
        rc = read_all(call, &saved, &err);
    }
    if (rc == 0 && call->diff != NULL) {
        rc = compare(call, &settings, &saved, &earlier, &comparison, &err);
    }
    if (rc == 0 && (saved.results.person.count | earlier.results.person.count) != 0) {
        rc = check_places(call, &err);
    }
    if (rc < 0) {
        status = complain(call, &err);
    } else {
        notify(call, &saved);
        status =
            write_reports(call, &settings, &saved.results, call->diff == NULL ? NULL : &comparison);
    }
    comparison_release(&comparison);
    saved_results_release(&earlier);
    saved_results_release(&saved);
    settings_release(&settings);
    return status;
}
