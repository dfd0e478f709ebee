#include "cli/settings.h"

#include "cli/check_kinds.h"
#include "cli/option_values.h"
#include "cli/previous_book.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reports/previous_sheet.h"
#include "reports/translate.h"

static const char default_config[] = "yinma.yaml";

static bool writes_an_inventory(const struct call *call) {
    for (size_t i = 0; i < call->output_count; i++) {
        if (strcmp(call->outputs[i].report->name, "inventory") == 0) {
            return true;
        }
    }
    return false;
}

/* What --merge names. */
static int read_previous(const struct call *call, struct settings *out, struct error *err) {
    int rc = blame_option(previous_sheet_read(call->merge, &out->previous, err), "--merge", err);
    if (rc == 0 && !previous_is_inventory(out->previous)) {
        rc = error_set(err, YINMA_E_USAGE,
                       _("--merge: %s is no inventory of yinma: no line begins with 編號"),
                       call->merge);
    }
    if (rc == 0 && !writes_an_inventory(call)) {
        rc = error_set(err, YINMA_E_USAGE, "%s",
                       _("--merge carries an inventory over: add --format inventory:FILE"));
    }
    return rc;
}

static int load_config(const struct call *call, struct settings *out, struct error *err) {
    const char *file = call->config;
    if (call->merge != NULL) {
        int rc = read_previous(call, out, err);
        if (rc < 0) {
            return rc;
        }
    }
    if (file == NULL) {
        if (access(default_config, F_OK) != 0 && errno == ENOENT) {
            return 0;
        }
        file = default_config;
    }
    struct engine_vocabulary vocabulary;
    engine_vocabulary_init(&vocabulary);
    return config_load(file, &vocabulary.words, &out->config, err);
}

static const char *key_file(const struct call *call) {
    const char *named = getenv("YINMA_KEY_FILE");
    return call->key != NULL ? call->key : named == NULL || *named == '\0' ? NULL : named;
}

/* The scan goes on: only its owner can tell what the expression is worth. */
static void warn_of_slow_kinds(const struct call *call, const struct settings *settings) {
    const struct pattern *row;
    for (size_t i = 0; (row = own_kinds_row(settings->engine->kinds.own, i)) != NULL; i++) {
        const char *why = slow_kind_reason(row);
        if (why != NULL && !call->quiet) {
            fprintf(stderr, "yinma: %s:%u: %s: %s\n", settings->config->file,
                    own_kind_setting_of(row)->expression_line, row->name, why);
        }
    }
}

/* May there be a second copy of what is scanned? */
static bool many_units(const struct call *call) {
    struct stat status;
    return call->command->bit != FOR_GUARD && !call->find &&
           (call->operands.count != 1 || call->files_from != NULL ||
            (stat(call->operands.words[0], &status) == 0 && S_ISDIR(status.st_mode)));
}

static int load_reference(const struct call *call, struct settings *out, struct error *err) {
    if (call->reference != NULL && call->write_reference != NULL) {
        return error_set(err, YINMA_E_USAGE,
                         _("--reference and --write-reference: one compares, the other is made of "
                           "what is compared with; use one of them"));
    }
    return call->reference != NULL         ? reference_read(call->reference, &out->reference, err)
           : call->write_reference != NULL ? reference_new(&out->reference, err)
                                           : 0;
}

enum key_use { KEY_NEEDED, KEY_UNUSED };

/* Is the first example of each place all that is shown? With nothing else the report is a text. */
static bool shows_one_example(const struct call *call) {
    bool one = call->command->bit == FOR_SCAN && call->baseline == NULL && !call->occurrences;
    for (size_t i = 0; i < call->output_count; i++) {
        one &= call->outputs[i].report->one_example;
    }
    return one;
}

/* What the reports ask for beyond what every scan finds out. */
static void note_wishes(const struct call *call, struct engine_options *options) {
    options->digest_files = call->ledger != NULL;
    options->fingerprints = call->baseline != NULL || call->occurrences;
    options->examples = shows_one_example(call) ? 1 : EXAMPLES_KEPT;
    for (size_t i = 0; i < call->output_count; i++) {
        options->digest_files |= call->outputs[i].report->digests;
        options->fingerprints |= call->outputs[i].report->fingerprints;
        options->sketches |= call->outputs[i].report->sketches;
        options->exact_people |= call->outputs[i].report->people;
    }
}

static int load_engine(const struct call *call, enum key_use use, struct settings *out,
                       struct error *err) {
    *out = (struct settings){0};
    int rc = load_config(call, out, err);
    if (rc == 0) {
        rc = load_reference(call, out, err);
    }
    struct engine_options options = {.config = out->config,
                                     .reference = out->reference,
                                     .records = many_units(call),
                                     .limits = &call->limits,
                                     .key_file = key_file(call),
                                     .keyless = use == KEY_UNUSED,
                                     .occurrences = call->occurrences,
                                     .reveal = call->reveal != REVEAL_NOTHING,
                                     .own_files = call->own_files,
                                     .encoding = call->encoding,
                                     .schema_file = call->schema,
                                     .delimiter = call->delimiter,
                                     .layouts = call->layouts.words,
                                     .includes = call->includes.words,
                                     .excludes = call->excludes.words};
    note_wishes(call, &options);
    if (rc == 0) {
        rc = engine_new(&options, &out->engine, err);
    }
    if (rc == 0) {
        out->catalog = out->engine->catalog;
        warn_of_slow_kinds(call, out);
    }
    return rc;
}

int settings_load(const struct call *call, struct settings *out, struct error *err) {
    return load_engine(call, KEY_NEEDED, out, err);
}

int settings_load_keyless(const struct call *call, struct settings *out, struct error *err) {
    return load_engine(call, KEY_UNUSED, out, err);
}

int settings_load_catalog(const struct call *call, struct settings *out, struct error *err) {
    *out = (struct settings){0};
    int rc = load_config(call, out, err);
    if (rc == 0) {
        rc = engine_kinds_init(&out->kinds, out->config, err);
    }
    return rc == 0 ? engine_load_catalog(out->config, &out->catalog, err) : rc;
}

void settings_release(struct settings *settings) {
    if (settings->engine == NULL) {
        catalog_free(settings->catalog);
    }
    engine_free(settings->engine);
    reference_free(settings->reference);
    engine_kinds_release(&settings->kinds);
    sheet_table_free(settings->previous);
    config_free(settings->config);
}
