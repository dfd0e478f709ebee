#include "cli/verify_data.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "input/file_status.h"
#include "reports/sentence.h"
#include "reports/translate.h"
#include "result/fingerprint.h"
#include "result/saved/ndjson_read.h"
#include "result/source_set.h"

enum { TOLD_MAX = 20 };

static const char run_begin[] = "{\"type\":\"run\",";

static bool first_line(FILE *file, char **line, size_t *len) {
    size_t room = 0;
    ssize_t got = getline(line, &room, file);
    *len = got < 0 ? 0 : (size_t)got;
    return got >= (ssize_t)sizeof run_begin && memcmp(*line, run_begin, sizeof run_begin - 1) == 0;
}

void verify_run_digest(const char *path, char out[65]) {
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t len = 0;
    out[0] = '\0';
    if (file == NULL) {
        return;
    }
    if (first_line(file, &line, &len)) {
        digest_hex(bytes_trim(bytes_of(line, len)), out);
    }
    free(line);
    fclose(file);
}

/* ---- one file ---- */

/* How a file stands against what was written of it. */
enum standing { AS_IT_WAS, CHANGED, MISSING, UNREADABLE, NAME_MASKED, NO_DIGEST, STANDINGS };

static const char *const standing_texts[STANDINGS] = {
    [AS_IT_WAS] = N_("as it was"),
    [CHANGED] = N_("changed since the report"),
    [MISSING] = N_("missing: it is no longer there"),
    [UNREADABLE] = N_("cannot be read, so not checked"),
    [NAME_MASKED] = N_("its name is masked in the report, so it was not looked for"),
    [NO_DIGEST] = N_("the report has no digest of it, so not checked (scan --ledger takes them)"),
};

/* What `--label NAME=PATH` calls NAME/… stands below PATH. To be freed; NULL when memory is out. */
static char *place_of(const struct call *call, struct bytes name) {
    char *path = NULL;
    for (size_t i = 0; i < call->labels.count; i++) {
        const char *label = call->labels.words[i], *equals = strchr(label, '=');
        struct bytes prefix = bytes_of(label, (size_t)(equals - label));
        if (bytes_starts_with(name, prefix) &&
            (name.len == prefix.len || name.ptr[prefix.len] == '/')) {
            struct bytes rest = bytes_from(name, prefix.len);
            return asprintf(&path, "%s%.*s", equals + 1, (int)rest.len, (const char *)rest.ptr) < 0
                       ? NULL
                       : path;
        }
    }
    return strndup((const char *)name.ptr, name.len);
}

static enum standing look_at(const char *path, struct bytes name, const struct file_facts *then) {
    struct work_item item = {.type = ITEM_FILE, .named = true};
    struct file_status status;
    char sha256[65];
    item.path = (char *)(uintptr_t)path; /* only read */
    if (then->sha256[0] == '\0') {
        return NO_DIGEST;
    }
    if (!input_file_status(&item, &status)) {
        bool masked = memchr(name.ptr, '*', name.len) != NULL; /* as conceal() does */
        return access(path, F_OK) == 0 ? UNREADABLE : masked ? NAME_MASKED : MISSING;
    }
    if (status.size != then->size) {
        return CHANGED;
    }
    input_file_digest(&item, sha256);
    return sha256[0] == '\0' ? UNREADABLE : strcmp(sha256, then->sha256) == 0 ? AS_IT_WAS : CHANGED;
}

/* ---- all of them ---- */

static int by_file(const void *a, const void *b) {
    const struct unit_result *x = *(const struct unit_result *const *)a;
    const struct unit_result *y = *(const struct unit_result *const *)b;
    int order = bytes_compare(source_file_name(x->name), source_file_name(y->name));
    /* the unit that knows the digest stands first */
    return order != 0 ? order : strcmp(y->facts->file.sha256, x->facts->file.sha256);
}

static bool is_file(const struct unit_result *unit) {
    return unit->facts->file.known || unit->facts->bytes > 0;
}

static int look_at_file(const struct call *call, const struct unit_result *unit,
                        uint64_t counts[STANDINGS], size_t *told, struct error *err) {
    struct bytes name = source_file_name(unit->name);
    char *path = place_of(call, name);
    if (path == NULL) {
        return error_set(err, YINMA_E_MEMORY, "%s", _("memory ran out"));
    }
    enum standing standing = look_at(path, name, &unit->facts->file);
    counts[standing]++;
    if (standing != AS_IT_WAS && (*told)++ < TOLD_MAX) {
        printf("  %.*s: %s\n", (int)name.len, (const char *)name.ptr, _(standing_texts[standing]));
    }
    free(path);
    return 0;
}

/* Units of one file are neighbours: the first of them speaks for it. */
static int look_at_units(const struct call *call, const struct results *results,
                         uint64_t counts[STANDINGS], struct error *err) {
    const struct unit_result **units =
        calloc(results->unit_count + 1, sizeof(const struct unit_result *));
    size_t count = 0, told = 0;
    int rc = 0;
    if (units == NULL) {
        return error_set(err, YINMA_E_MEMORY, "%s", _("memory ran out"));
    }
    for (size_t i = 0; i < results->unit_count; i++) {
        if (is_file(&results->units[i])) {
            units[count++] = &results->units[i];
        }
    }
    qsort(units, count, sizeof(const struct unit_result *), by_file);
    for (size_t i = 0; rc == 0 && i < count; i++) {
        if (i == 0 ||
            !bytes_equal(source_file_name(units[i]->name), source_file_name(units[i - 1]->name))) {
            rc = look_at_file(call, units[i], counts, &told, err);
        }
    }
    if (told > TOLD_MAX) {
        printf("  ");
        printf(plural_("… and %zu more file", "… and %zu more files", told - TOLD_MAX),
               told - TOLD_MAX);
        putchar('\n');
    }
    free(units);
    return rc;
}

static void sum_up(const struct results *results, const uint64_t counts[STANDINGS],
                   struct verdict *verdict) {
    uint64_t gone = counts[CHANGED] + counts[MISSING];
    uint64_t unchecked = counts[UNREADABLE] + counts[NAME_MASKED] + counts[NO_DIGEST];
    uint64_t all = gone + unchecked + counts[AS_IT_WAS];
    uint64_t unlisted = results->sources.files > all ? results->sources.files - all : 0;
    printf("  ");
    printf(_("data: %llu files as they were, %llu changed or missing, %llu not checked"),
           (unsigned long long)counts[AS_IT_WAS], (unsigned long long)gone,
           (unsigned long long)unchecked + unlisted);
    putchar('\n');
    if (unlisted > 0) {
        printf("  %s\n",
               _("the report does not list all files that were read (scan --ledger, or -v)"));
    }
    verdict->broken = verdict->broken || gone > 0;
    verdict->open = verdict->open || unchecked + unlisted > 0;
}

/* 0 when FILE holds saved results and they were read. */
static int read_results(FILE *file, const char *path, struct saved_results *saved,
                        struct error *err) {
    int rc = saved_results_init(saved, NULL, err);
    if (rc == 0) {
        rc = saved_results_add(saved, file, path, err);
    }
    return rc == 0 ? saved_results_finish(saved, NULL, NULL, err) : rc;
}

int verify_data(const struct call *call, const char *path, struct verdict *verdict,
                struct error *err) {
    struct saved_results saved = {0};
    struct error inner = {0};
    struct text_buffer said;
    uint64_t counts[STANDINGS] = {0};
    char *line = NULL;
    size_t len = 0;
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return error_set_errno(err, errno, "%s", path);
    }
    bool results = first_line(file, &line, &len);
    int rc = 0;
    free(line);
    rewind(file);
    if (!results) {
        printf("  %s\n", _("it is no NDJSON: what it was made from only NDJSON results tell"));
        verdict->open = verdict->open || call->ledger == NULL;
    } else if ((rc = read_results(file, path, &saved, &inner)) == 0) {
        rc = look_at_units(call, &saved.results, counts, err);
        sum_up(&saved.results, counts, verdict);
    } else if (rc != YINMA_E_MEMORY) {
        printf("  ");
        text_buffer_init(&said, 0);
        sentence_put(&said, bytes_of_string(inner.text), translate_row);
        printf(_("damaged: %s"), text_buffer_string(&said));
        text_buffer_release(&said);
        putchar('\n');
        verdict->broken = true;
        rc = 0;
    } else {
        *err = inner;
    }
    saved_results_release(&saved);
    fclose(file);
    return rc;
}
