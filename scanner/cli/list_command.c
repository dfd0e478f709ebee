#include <errno.h>
#include <stdio.h>

#include "catalog/suggest.h"
#include "cli/check_kinds.h"
#include "cli/commands.h"
#include "cli/language.h"
#include "cli/listing.h"
#include "cli/output_file.h"
#include "cli/settings.h"
#include "reports/translate.h"

static const struct listing *find_listing(const char *name) {
    for (size_t i = 0; listings[i] != NULL; i++) {
        if (strcmp(listings[i]->name, name) == 0) {
            return listings[i];
        }
    }
    return NULL;
}

static int unknown_listing(const char *name, struct error *err) {
    const char *names[16] = {NULL};
    for (size_t i = 0; listings[i] != NULL && i + 1 < sizeof names / sizeof *names; i++) {
        names[i] = listings[i]->name;
    }
    char text[400];
    if (name == NULL) {
        return error_set(err, YINMA_E_USAGE, "%s",
                         _("name a catalogue, as in `yinma list rules`; `yinma list --help` names "
                           "them all"));
    }
    name_complaint("catalogue", bytes_of_string(name), names, text, sizeof text);
    return error_set(err, YINMA_E_USAGE, "%s", text);
}

/* *STATUS_OUT: EXIT_FAILED when the file could not be written; it was told. */
static int print_listing(const struct call *call, const struct settings *settings,
                         const struct listing *listing, enum report_language language,
                         int *status_out, struct error *err) {
    struct mask_policy policies[PATTERN_MAX];
    char text[LISTING_TEXT];
    FILE *file = call->list_file == NULL ? stdout : fopen(call->list_file, "we");
    int rc = file == NULL ? error_set_errno(err, errno, "%s", call->list_file) : 0;
    if (rc == 0) {
        engine_policies(settings->kinds.items, settings->config, policies);
        const struct listing_view view = {.catalog = settings->catalog,
                                          .language = language,
                                          .kinds = settings->kinds.items,
                                          .policies = policies,
                                          .text = text,
                                          .out = file};
        rc = listing_print(listing, &view, call->list_format, err);
        rc = rc == YINMA_E_IO ? 0 : rc; /* told below, by close_output of standard output */
    }
    bool whole = file == NULL || file == stdout || ferror(file) == 0;
    if (file != NULL && file != stdout && (fclose(file) != 0 || !whole)) {
        rc = error_set_errno(err, errno, "%s", call->list_file);
    }
    if (rc < 0 && rc != YINMA_E_MEMORY) {
        complain(call, err);
        *status_out = EXIT_FAILED;
        rc = 0;
    }
    return rc;
}

int list_command(const struct call *call) {
    struct settings settings = {0};
    struct error err = {0};
    int rc = 0;
    if (call->operands.count > 1) {
        rc = error_set(&err, YINMA_E_USAGE, "%s", _("one catalogue at a time"));
    }
    const struct listing *listing =
        call->operands.count == 0 ? NULL : find_listing(call->operands.words[0]);
    if (rc == 0 && listing == NULL) {
        rc = unknown_listing(call->operands.count == 0 ? NULL : call->operands.words[0], &err);
    }
    if (rc == 0 && listing != NULL && call->check && strcmp(listing->name, "kinds") != 0) {
        rc = error_set(&err, YINMA_E_USAGE, "%s", _("--check is for `yinma list kinds`"));
    }
    if (rc == 0) {
        rc = settings_load_catalog(call, &settings, &err);
    }
    if (rc == 0 && call->list_file != NULL) {
        rc = output_file_check("format", call->list_file, &err);
    }
    int status = EXIT_CLEAN;
    if (rc == 0 && call->check) {
        language_set(call->language);
        rc = check_kinds(&settings, &err);
        status = rc;
    } else if (rc == 0) {
        /* what programs read is English unless another language was asked for */
        const char *wanted =
            call->language == NULL && call->list_format == LIST_JSON ? "en" : call->language;
        rc = print_listing(call, &settings, listing, language_set(wanted), &status, &err);
    }
    settings_release(&settings);
    if (rc < 0) {
        return complain(call, &err);
    }
    int closed = close_output();
    return closed != EXIT_CLEAN ? closed : status;
}
