#include <stdio.h>

#include "catalog/suggest.h"
#include "cli/check_kinds.h"
#include "cli/commands.h"
#include "cli/language.h"
#include "cli/listing.h"
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
    int status = EXIT_CLEAN;
    if (rc == 0 && call->check) {
        language_set(call->language);
        rc = check_kinds(&settings, &err);
        status = rc;
    } else if (rc == 0) {
        /* what programs read is English unless another language was asked for */
        const char *wanted =
            call->language == NULL && call->list_format == LIST_JSON ? "en" : call->language;
        struct mask_policy policies[PATTERN_MAX];
        char text[LISTING_TEXT];
        engine_policies(settings.kinds.items, settings.config, policies);
        const struct listing_view view = {.catalog = settings.catalog,
                                          .language = language_set(wanted),
                                          .kinds = settings.kinds.items,
                                          .policies = policies,
                                          .text = text};
        rc = listing_print(listing, &view, call->list_format, &err);
        rc = rc == YINMA_E_IO ? 0 : rc; /* close_output tells */
    }
    settings_release(&settings);
    if (rc < 0) {
        return complain(call, &err);
    }
    int closed = close_output();
    return closed != EXIT_CLEAN ? closed : status;
}
