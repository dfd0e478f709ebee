/* A rule for people: what is demanded, how it is judged, by which reading, what to do, and what
 * other documents say of the same thing. */
#include <stdio.h>
#include <string.h>

#include "catalog/glossary.h"
#include "cli/explain.h"
#include "cli/explain_clause.h"
#include "cli/explain_print.h"
#include "reports/translate.h"

enum { RULES_SHOWN = 12 };

struct page {
    const struct catalog *catalog;
    kind_list kinds;
    enum report_language language;
};

static const char *either(const struct page *page, const struct rule_text *text) {
    return page->language == LANGUAGE_ZH && text->zh != NULL && *text->zh != '\0' ? text->zh
                                                                                  : text->en;
}

/* "better-practice" and, in Chinese, the document's own word for it. */
static void print_term(const struct page *page, const char *label, const char *key) {
    const struct term *term = glossary_term(key);
    if (page->language == LANGUAGE_ZH && term != NULL) {
        print_member_of(label, "%s（%s）", term->zh, key);
    } else {
        print_member(label, key);
    }
}

static void print_document(const struct page *page, const struct pack *pack) {
    if (pack == NULL) {
        return;
    }
    print_member(_("document"), either(page, &pack->title));
    print_member(_("edition"), pack->edition);
    print_member(_("issuer"), pack->issuer);
    print_term(page, _("legal rank"), pack->rank);
    print_member(_("superseded"), either(page, &pack->notes));
}

static void print_controls(const struct rule *rule) {
    struct text_buffer list;
    text_buffer_init(&list, 0);
    for (size_t i = 0; rule->controls != NULL && rule->controls[i] != NULL; i++) {
        text_buffer_printf(&list, "%s%s", i > 0 ? ", " : "", rule->controls[i]);
    }
    print_member(_("also answers"), text_buffer_string(&list));
    text_buffer_release(&list);
}

static void print_class(const struct rule *rule) {
    if (rule->class != 0) {
        print_member_of(_("class"), _("%u: for firms of class %u only (--class)"), rule->class,
                        rule->class);
    }
}

/* ---- how it is judged ---- */

static void print_judging(const struct page *page, const struct rule *rule, uint64_t kinds) {
    struct text_buffer line;
    text_buffer_init(&line, 0);
    for (unsigned i = 0; i < rule->clause_count; i++) {
        text_buffer_clear(&line);
        explain_clause(&line, &rule->clauses[i], page->kinds, kinds);
        print_member(i == 0 ? _("broken by") : _("or by"), text_buffer_string(&line));
    }
    text_buffer_release(&line);
}

static void print_readings(const struct page *page, const struct rule *rule) {
    print_member(_("read as"), either(page, &rule->reading));
    for (unsigned i = 0; i < rule->reading_count; i++) {
        const struct published_reading *reading = catalog_reading(page->catalog, rule->readings[i]);
        if (reading != NULL) {
            print_member_of(_("reading"), "%u. %s", reading->number, either(page, &reading->text));
        }
    }
}

/* ---- what must be kept ---- */

static bool concerns(const struct keep_rule *keep, const struct rule *rule) {
    for (unsigned i = 0; i < rule->clause_count; i++) {
        const struct rule_clause *clause = &rule->clauses[i];
        if (clause->ages && (clause->zones & keep->zones) != 0 &&
            (keep->kinds == 0 || (keep->kinds & clause->kinds) != 0)) {
            return true;
        }
    }
    return false;
}

/* The advice to delete must not break what has a minimum age, in any document. */
static void print_keeps(const struct page *page, const struct rule *rule) {
    struct text_buffer period;
    text_buffer_init(&period, 0);
    for (size_t i = 0; i < catalog_pack_count(page->catalog); i++) {
        const struct pack *pack = catalog_pack(page->catalog, i);
        for (unsigned j = 0; j < pack->keep_count; j++) {
            const struct keep_rule *keep = &pack->keeps[j];
            if (concerns(keep, rule)) {
                text_buffer_clear(&period);
                explain_period(&period, &keep->at_least);
                print_member_of(_("but keep"), _("%s at least: %s (%s/%s)"),
                                text_buffer_string(&period), either(page, &keep->title), pack->name,
                                keep->section);
            }
        }
    }
    text_buffer_release(&period);
}

/* ---- other rules ---- */

static void print_rule(const struct page *page, const char *label, const struct rule *rule) {
    print_member_of(label, "%s  %s", rule->id, either(page, &rule->title));
}

static bool names(const struct rule *rule, const char *id) {
    for (size_t i = 0; rule->related != NULL && rule->related[i] != NULL; i++) {
        if (strcmp(rule->related[i], id) == 0) {
            return true;
        }
    }
    return false;
}

/* Rules that refine this one, and those about the same thing, whoever names whom. */
static void print_relations(const struct page *page, const struct rule *rule) {
    for (size_t i = 0; i < catalog_pack_count(page->catalog); i++) {
        const struct pack *pack = catalog_pack(page->catalog, i);
        for (unsigned j = 0; j < pack->rule_count; j++) {
            const struct rule *other = &pack->rules[j];
            if (other->parent != NULL && strcmp(other->parent, rule->id) == 0) {
                print_rule(page, _("refined by"), other);
            } else if (names(rule, other->id) || names(other, rule->id)) {
                print_rule(page, _("related"), other);
            }
        }
    }
}

/* ---- the whole ---- */

void explain_rule(const struct catalog *catalog, kind_list kinds, const struct rule *rule,
                  enum report_language language) {
    const struct page page = {catalog, kinds, language};
    struct rule_facts facts;
    rule_facts_of(rule, kinds, &facts);
    printf("%s  %s\n", rule->id, either(&page, &rule->title));
    print_member(_("printed as"), rule->printed);
    print_document(&page, catalog_find_pack(catalog, rule->document));
    print_term(&page, _("level"), rule_level_name(rule->level));
    print_class(rule);
    print_member(_("severity"), severity_name(facts.severity));
    print_member(_("parent"), rule->parent);
    print_controls(rule);
    print_set(_("zones"), facts.zones, kinds, rule_zone_name);
    print_set(_("kinds"), facts.kinds, kinds, rule_kind_name);
    print_set(_("roles"), facts.roles, kinds, rule_role_name);
    print_set(_("states"), facts.states, kinds, rule_state_name);
    print_judging(&page, rule, facts.kinds);
    print_member(_("means"), either(&page, &rule->message));
    print_readings(&page, rule);
    print_member(_("what to do"), either(&page, &rule->remedy));
    print_keeps(&page, rule);
    print_relations(&page, rule);
}

size_t explain_choices(const struct catalog *catalog, const char *id,
                       enum report_language language) {
    const struct rule *found[RULES_SHOWN];
    const struct page page = {catalog, NULL, language};
    size_t count = catalog_find_rules(catalog, id, found, RULES_SHOWN);
    if (count < 2) {
        return count;
    }
    printf(_("%s stands in several documents:\n"), id);
    for (size_t i = 0; i < count && i < RULES_SHOWN; i++) {
        print_rule(&page, "", found[i]);
    }
    return count;
}
