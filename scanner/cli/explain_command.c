/* yinma explain: a rule by its number, a kind by its name, or a value. */
#include <stdio.h>
#include <string.h>

#include "catalog/suggest.h"
#include "cli/commands.h"
#include "cli/explain.h"
#include "cli/explain_print.h"
#include "cli/language.h"
#include "cli/rule_facts.h"
#include "cli/settings.h"
#include "reports/translate.h"

/* ---- rules ---- */

/* A number that no rule has: its row of the list, and the rule that covers it. */
static void explain_listed(const struct settings *settings, const struct control *control,
                           enum report_language language) {
    explain_control(control, language);
    const struct rule *rule = catalog_find_rule(settings->catalog, control->answer);
    if (strcmp(control->how, "rule") == 0 && rule != NULL) {
        putchar('\n');
        explain_rule(settings->catalog, settings->kinds.items, rule, language);
    }
}

/* ---- the command ---- */

/* Of kinds and rules; NULL when nothing is near. */
static const char *nearest_id(const struct settings *settings, struct bytes name) {
    enum { NAMES_MAX = 1024 };
    const char *names[NAMES_MAX + 1] = {NULL};
    size_t count = 0;
    for (kind_list kinds = settings->kinds.items; *kinds != NULL && count < NAMES_MAX; kinds++) {
        names[count++] = (*kinds)->name;
    }
    for (size_t i = 0; i < catalog_pack_count(settings->catalog); i++) {
        const struct pack *pack = catalog_pack(settings->catalog, i);
        for (size_t j = 0; j < pack->rule_count && count < NAMES_MAX; j++) {
            names[count++] = pack->rules[j].id;
        }
    }
    return nearest_name(name, names);
}

static int unknown_id(const struct settings *settings, const char *name, struct error *err) {
    char quoted[QUOTED_MAX];
    quote_given(bytes_of_string(name), quoted);
    const char *nearest = nearest_id(settings, bytes_of_string(name));
    return nearest == NULL ? error_set(err, YINMA_E_USAGE,
                                       _("no rule and no kind is called \"%s\"; `yinma list rules` "
                                         "and `yinma list kinds` name them all"),
                                       quoted)
                           : error_set(err, YINMA_E_USAGE,
                                       _("no rule and no kind is called \"%s\" (did you mean "
                                         "\"%s\"?); `yinma list rules` and `yinma list kinds` name "
                                         "them all"),
                                       quoted, nearest);
}

static int explain(const struct settings *settings, const char *id, enum report_language language,
                   struct error *err) {
    const struct rule *rule = catalog_find_rule(settings->catalog, id);
    const kind_list kinds = settings->kinds.items;
    int kind = kind_list_number(kinds, id);
    struct control control;
    if (rule != NULL) {
        explain_rule(settings->catalog, kinds, rule, language);
    } else if (kind < 0 && explain_choices(settings->catalog, id, language) > 1) {
        return 0;
    } else if (kind >= 0) {
        struct mask_policy policies[PATTERN_MAX];
        engine_policies(kinds, settings->config, policies);
        explain_kind(kinds[kind], &policies[kind]);
    } else if (control_find(id, &control)) {
        explain_listed(settings, &control, language);
    } else if (!explain_form_number(id, language)) {
        return unknown_id(settings, id, err);
    }
    return 0;
}

int explain_command(const struct call *call) {
    struct settings settings = {0};
    struct error err = {0};
    if (call->value) {
        return explain_value(call);
    }
    if (call->field != NULL || call->context != NULL) {
        error_set(&err, YINMA_E_USAGE, "%s",
                  _("--field and --context speak of a value: --value -"));
        return complain(call, &err);
    }
    int rc = call->operands.count == 1
                 ? settings_load_catalog(call, &settings, &err)
                 : error_set(&err, YINMA_E_USAGE, "%s",
                             _("name one rule or kind, as in `yinma explain platform/5.3.6`"));
    if (rc == 0) {
        rc = explain(&settings, call->operands.words[0], language_set(call->language), &err);
    }
    settings_release(&settings);
    return rc < 0 ? complain(call, &err) : close_output();
}
