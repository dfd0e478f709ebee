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

static const char *either(const char *en, const char *zh, enum report_language language) {
    return language == LANGUAGE_ZH && zh != NULL && *zh != '\0' ? zh : en;
}

static void explain_rule(const struct settings *settings, const struct rule *rule,
                         enum report_language language) {
    const kind_list kinds = settings->kinds.items;
    struct rule_facts facts;
    rule_facts_of(rule, kinds, &facts);
    const struct pack *pack = catalog_find_pack(settings->catalog, rule->document);
    printf("%s  %s\n", rule->id, either(rule->title.en, rule->title.zh, language));
    if (rule->printed != NULL) {
        print_member(_("printed as"), rule->printed);
    }
    if (pack != NULL) {
        print_member(_("document"), either(pack->title.en, pack->title.zh, language));
        print_member(_("edition"), pack->edition);
        print_member(_("issuer"), pack->issuer);
    }
    print_member(_("level"), rule_level_name(rule->level));
    print_member(_("severity"), severity_name(facts.severity));
    print_member(_("parent"), rule->parent);
    print_set(_("zones"), facts.zones, kinds, rule_zone_name);
    print_set(_("kinds"), facts.kinds, kinds, rule_kind_name);
    print_set(_("roles"), facts.roles, kinds, rule_role_name);
    print_set(_("states"), facts.states, kinds, rule_state_name);
    print_member(_("means"), either(rule->message.en, rule->message.zh, language));
    print_member(_("read as"), either(rule->reading.en, rule->reading.zh, language));
    print_member(_("what to do"), either(rule->remedy.en, rule->remedy.zh, language));
}

/* A number that no rule has: its row of the list, and the rule that covers it. */
static void explain_listed(const struct settings *settings, const struct control *control,
                           enum report_language language) {
    explain_control(control, language);
    const struct rule *rule = catalog_find_rule(settings->catalog, control->answer);
    if (strcmp(control->how, "rule") == 0 && rule != NULL) {
        putchar('\n');
        explain_rule(settings, rule, language);
    }
}

/* ---- the command ---- */

static int unknown_id(kind_list kinds, const char *name, struct error *err) {
    const char *names[PATTERN_MAX + 1] = {NULL};
    for (unsigned i = 0; kinds[i] != NULL; i++) {
        names[i] = kinds[i]->name;
    }
    char quoted[QUOTED_MAX];
    quote_given(bytes_of_string(name), quoted);
    const char *nearest = nearest_name(bytes_of_string(name), names);
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
        explain_rule(settings, rule, language);
    } else if (kind >= 0) {
        struct mask_policy policies[PATTERN_MAX];
        engine_policies(kinds, settings->config, policies);
        explain_kind(kinds[kind], &policies[kind]);
    } else if (control_find(id, &control)) {
        explain_listed(settings, &control, language);
    } else {
        return unknown_id(kinds, id, err);
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
