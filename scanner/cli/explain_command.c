/* yinma explain ID: a rule by its number, or a kind by its name. Values never stand in the argument
 * list, where every user of the machine can read them. */
#include <stdio.h>

#include "catalog/suggest.h"
#include "cli/commands.h"
#include "cli/help.h"
#include "cli/language.h"
#include "cli/listing.h"
#include "cli/rule_facts.h"
#include "cli/settings.h"
#include "core/utf8.h"
#include "patterns/pattern.h"
#include "reports/translate.h"

enum { EXPLAIN_WIDTH = 80, EXPLAIN_INDENT = 14, NAMES_SHOWN = 12 };

static void print_member(const char *label, const char *text) {
    if (text == NULL || *text == '\0') {
        return;
    }
    size_t width = utf8_width(bytes_of_string(label));
    printf("%s%*s", label, width + 1 < EXPLAIN_INDENT ? (int)(EXPLAIN_INDENT - width) : 1, "");
    print_wrapped(text, EXPLAIN_INDENT, EXPLAIN_WIDTH);
}

static void print_set(const char *label, uint64_t set, const char *(*name)(unsigned member)) {
    struct text_buffer names;
    text_buffer_init(&names, 0);
    listing_names(set, name, &names);
    print_member(label, text_buffer_string(&names));
    text_buffer_release(&names);
}

/* ---- rules ---- */

static const char *either(const char *en, const char *zh, enum report_language language) {
    return language == LANGUAGE_ZH && zh != NULL && *zh != '\0' ? zh : en;
}

static void explain_rule(const struct catalog *catalog, const struct rule *rule,
                         enum report_language language) {
    struct rule_facts facts;
    rule_facts_of(rule, &facts);
    const struct pack *pack = catalog_find_pack(catalog, rule->document);
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
    print_set(_("zones"), facts.zones, rule_zone_name);
    print_set(_("kinds"), facts.kinds, rule_kind_name);
    print_set(_("roles"), facts.roles, rule_role_name);
    print_set(_("states"), facts.states, rule_state_name);
    print_member(_("means"), either(rule->message.en, rule->message.zh, language));
    print_member(_("read as"), either(rule->reading.en, rule->reading.zh, language));
    print_member(_("what to do"), either(rule->remedy.en, rule->remedy.zh, language));
}

/* ---- kinds ---- */

static void print_words(const char *label, const char *const *words) {
    struct text_buffer list;
    text_buffer_init(&list, 0);
    size_t shown = 0;
    for (size_t i = 0; words != NULL && words[i] != NULL; i++) {
        if (shown == NAMES_SHOWN) {
            text_buffer_puts(&list, ", …");
            break;
        }
        /* a leading mark says how strong the word is (patterns/pattern.h) */
        const char *word = words[i][0] == '?' || words[i][0] == '~' ? words[i] + 1 : words[i];
        text_buffer_printf(&list, "%s%s", shown++ == 0 ? "" : ", ", word);
    }
    print_member(label, text_buffer_string(&list));
    text_buffer_release(&list);
}

static void print_policy(const struct mask_policy *policy) {
    char text[160];
    if (policy->nothing_shown) {
        print_member(_("masked when"), _("nothing is shown"));
        return;
    }
    if (policy->max_shown_tail > 0) {
        snprintf(text, sizeof text, _("at most the last %u characters are shown"),
                 (unsigned)policy->max_shown_tail);
        print_member(_("masked when"), text);
    }
    if (policy->min_hidden > 0) {
        snprintf(text, sizeof text, _("at least %u characters are hidden"),
                 (unsigned)policy->min_hidden);
        print_member(_("masked when"), text);
    }
    if (policy->min_hidden_percent > 0) {
        snprintf(text, sizeof text, _("at least %u percent of its characters are hidden"),
                 (unsigned)policy->min_hidden_percent);
        print_member(_("masked when"), text);
    }
    if (policy->min_residual > 0) {
        snprintf(text, sizeof text, _("at least %u valid values still fit"),
                 (unsigned)policy->min_residual);
        print_member(_("masked when"), text);
    }
}

static void explain_kind(const struct pattern *pattern) {
    printf("%s  %s\n", pattern->name, translate_row(pattern->title));
    print_member(_("legal"), legal_name(pattern->legal));
    print_member(_("found by"), pattern->proves_itself
                                    ? _("its value alone (check digit, issuer or layout), and by "
                                        "the name of its field")
                                    : _("the name of its field, or a word before it"));
    print_policy(&pattern->policy);
    print_words(_("field names"), pattern->field_names);
    print_words(_("words before"), pattern->labels);
}

/* ---- the command ---- */

static int unknown_id(const char *name, struct error *err) {
    const char *names[PATTERN_MAX + 1] = {NULL};
    for (unsigned i = 0; i < pattern_count(); i++) {
        names[i] = patterns[i]->name;
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

static int explain(const struct catalog *catalog, const char *id, enum report_language language,
                   struct error *err) {
    const struct rule *rule = catalog_find_rule(catalog, id);
    int kind = pattern_number(id);
    if (rule != NULL) {
        explain_rule(catalog, rule, language);
    } else if (kind >= 0) {
        explain_kind(patterns[kind]);
    } else {
        return unknown_id(id, err);
    }
    return 0;
}

int explain_command(const struct call *call) {
    struct settings settings = {0};
    struct error err = {0};
    int rc = call->operands.count == 1
                 ? settings_load_catalog(call, &settings, &err)
                 : error_set(&err, YINMA_E_USAGE, "%s",
                             _("name one rule or kind, as in `yinma explain platform/5.3.6`"));
    if (rc == 0) {
        rc = explain(settings.catalog, call->operands.words[0], language_set(call->language), &err);
    }
    settings_release(&settings);
    return rc < 0 ? complain(call, &err) : close_output();
}
