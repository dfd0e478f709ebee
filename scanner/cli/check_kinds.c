#include "cli/check_kinds.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cli/commands.h"
#include "core/utf8.h"
#include "match/expressions.h"
#include "reports/translate.h"

enum { SAMPLE_BYTES = 1 << 18, SLOW_MEGABYTES = 100, RUNS_MIN = 4 };
static const double measure_seconds = 0.03;

struct example_list {
    const char *member; /* of `examples:` */
    const char *const *texts;
    const char *wanted; /* a gettext message */
    bool (*right)(enum read_result result, const struct reading *reading);
};

static bool is_valid(enum read_result result, const struct reading *reading) {
    return result == READ_YES && reading->state == STATE_CLEAR;
}
static bool is_invalid(enum read_result result, const struct reading *reading) {
    (void)reading;
    return result != READ_YES;
}
static bool is_masked(enum read_result result, const struct reading *reading) {
    return result == READ_YES && reading->state == STATE_MASKED;
}

/* What became of an example that should have been something else. */
static const char *outcome(enum read_result result, const struct reading *reading) {
    return result == READ_NO       ? _("it does not fit the expression")
           : result == READ_SHAPED ? _("it fits the expression and fails the checksum")
                                   : mask_state_name(reading->state);
}

static unsigned check_examples(const struct pattern *kind, const struct mask_policy *policy,
                               const struct example_list *list, unsigned *checked) {
    unsigned wrong = 0;
    for (size_t i = 0; list->texts != NULL && list->texts[i] != NULL; i++, ++*checked) {
        uint8_t folded[1024];
        struct bytes text = bytes_first(bytes_of_string(list->texts[i]), sizeof folded);
        struct value value = {.text = bytes_trim(bytes_of(folded, utf8_fold_width(text, folded))),
                              .named = true};
        struct reading reading;
        enum read_result result = pattern_read(kind, &value, policy, &reading);
        if (!list->right(result, &reading)) {
            wrong++;
            printf("%s: examples.%s[%zu]: ", kind->name, list->member, i);
            printf(_("should be %s: %s"), _(list->wanted), outcome(result, &reading));
            putchar('\n');
        }
    }
    return wrong;
}

/* ---- speed ---- */

/* Words, numbers and separators, the same on every machine. */
static void fill_sample(uint8_t *out, size_t size) {
    static const char letters[] = "etaoin shrdlu,0123456789-ETAOIN\n\"x_=:.";
    uint64_t state = 20260131;
    for (size_t i = 0; i < size; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        out[i] = (uint8_t)letters[(state >> 33) % (sizeof letters - 1)];
    }
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Megabytes a second that the expression of KIND is searched in; the best of a few runs. */
static int measure(const struct pattern *kind, const uint8_t *sample, double *out,
                   struct error *err) {
    const struct pattern *const kinds[] = {kind, NULL};
    struct expression_database *database = NULL;
    int rc = expression_database_new(kinds, &database, err);
    struct expression_search *search = expression_search_new(database);
    if (rc == 0 && search == NULL) {
        rc = error_set(err, YINMA_E_MEMORY, "%s", _("memory ran out"));
    }
    double best = 0, begin = now();
    for (unsigned run = 0; rc == 0 && (run < RUNS_MIN || now() - begin < measure_seconds); run++) {
        const struct expression_hit *hits;
        size_t count;
        double start = now();
        rc = expression_search_run(search, bytes_of(sample, SAMPLE_BYTES), &hits, &count, err);
        double rate = SAMPLE_BYTES / 1e6 / (now() - start);
        best = rate > best ? rate : best;
    }
    expression_search_free(search);
    expression_database_free(database);
    *out = best;
    return rc;
}

const char *slow_kind_reason(const struct pattern *row) {
    return own_kind_unbounded(row) ? _("slow expression: a value may be of any length; give "
                                       "repetitions an upper limit, {1,20} for +")
                                   : NULL;
}

static int check_speed(const struct pattern *kind, const uint8_t *sample, struct error *err) {
    double rate = 0;
    const char *why = slow_kind_reason(kind);
    int rc = measure(kind, sample, &rate, err);
    if (rc == 0 && rate < SLOW_MEGABYTES) {
        printf(_("%s: slow expression: %.0f MB/s; begin it with characters that stand always, and "
                 "limit repetitions"),
               kind->name, rate);
        putchar('\n');
    } else if (rc == 0 && why != NULL) {
        printf("%s: %s\n", kind->name, why);
    }
    return rc;
}

/* ---- all ---- */

int check_kinds(const struct settings *settings, struct error *err) {
    struct mask_policy policies[PATTERN_MAX];
    kind_list kinds = settings->kinds.items;
    unsigned wrong = 0;
    int rc = 0;
    uint8_t *sample = malloc(SAMPLE_BYTES);
    if (sample == NULL) {
        return error_set(err, YINMA_E_MEMORY, "%s", _("memory ran out"));
    }
    fill_sample(sample, SAMPLE_BYTES);
    engine_policies(kinds, settings->config, policies);
    for (unsigned i = 0; rc == 0 && kinds[i] != NULL; i++) {
        if (kinds[i]->own == NULL) {
            continue; /* the suite runs the examples of built-in kinds */
        }
        const struct own_kind_setting *setting = own_kind_setting_of(kinds[i]);
        const struct example_list lists[] = {
            {"valid", setting->examples.valid, N_("a value in clear"), is_valid},
            {"invalid", setting->examples.invalid, N_("no value"), is_invalid},
            {"masked", setting->examples.masked, N_("a masked value"), is_masked}};
        unsigned checked = 0, failed = 0;
        for (size_t list = 0; list < sizeof lists / sizeof *lists; list++) {
            failed += check_examples(kinds[i], &policies[i], &lists[list], &checked);
        }
        printf(_("%s: %u of %u examples are judged as they should be"), kinds[i]->name,
               checked - failed, checked);
        putchar('\n');
        rc = check_speed(kinds[i], sample, err);
        wrong += failed;
    }
    free(sample);
    return rc < 0 ? rc : wrong == 0 ? EXIT_CLEAN : EXIT_VIOLATIONS;
}
