/* The catalogues of `yinma list`: one row each in `listings`. */
#include "catalog/glossary.h"
#include "catalog/severity.h"
#include "cli/explain.h"
#include "cli/listing.h"
#include "cli/rule_facts.h"
#include "decode/decoder.h"
#include "judge/judge.h"
#include "patterns/pattern.h"
#include "reports/translate.h"

/* ---- rules ---- */

static const struct rule *rule_at(const struct catalog *catalog, size_t index,
                                  const struct pack **pack_out) {
    for (size_t i = 0; i < catalog_pack_count(catalog); i++) {
        *pack_out = catalog_pack(catalog, i);
        if (index < (*pack_out)->rule_count) {
            return &(*pack_out)->rules[index];
        }
        index -= (*pack_out)->rule_count;
    }
    return NULL;
}

static bool rule_row(const struct listing_view *view, size_t index, struct entry *entries) {
    const struct pack *pack;
    const struct rule *rule = rule_at(view->catalog, index, &pack);
    if (rule == NULL) {
        return false;
    }
    struct rule_facts facts;
    rule_facts_of(rule, view->kinds, &facts);
    size_t at = 0;
    entries[at++] = entry_text(rule->id);
    entries[at++] = entry_text(severity_name(facts.severity));
    entries[at++] = entry_text(rule_level_name(rule->level));
    entries[at++] = entry_text(view->language == LANGUAGE_ZH ? rule->title.zh : rule->title.en);
    entries[at++] = entry_text(rule->title.zh);
    entries[at++] = entry_text(pack->name);
    entries[at++] = entry_text(rule->section);
    entries[at++] = entry_text(rule->printed);
    entries[at++] = entry_text(rule->parent);
    entries[at++] = entry_text(rule_scope_name(rule->scope));
    entries[at] = entry_number(rule->class);
    entries[at].type = rule->class == 0 ? ENTRY_ABSENT : ENTRY_NUMBER;
    at++;
    entries[at++] = entry_names(facts.zones, rule_zone_name);
    entries[at++] = entry_names(facts.kinds, rule_kind_name);
    entries[at++] = entry_names(facts.roles, rule_role_name);
    return true;
}

#define RULE_COLUMNS                                                                               \
    {                                                                                              \
        {"id", true}, {"severity", true}, {"level", true}, {"title", true}, {"title_zh", false},   \
            {"pack", false}, {"section", false}, {"printed", false}, {"parent", false},            \
            {"scope", false}, {"class", false}, {"zones", false}, {"kinds", false},                \
            {"roles", false},                                                                      \
    }

static const struct listing rules = {"rules", N_("what yinma checks, pack by pack"), RULE_COLUMNS,
                                     rule_row};

/* ---- kinds ---- */

/* A member of a policy; 0 asks nothing. */
static struct entry entry_demand(uint64_t number) {
    if (number == 0) {
        return (struct entry){0};
    }
    return entry_number(number);
}

static bool kind_row(const struct listing_view *view, size_t index, struct entry *entries) {
    const struct pattern *pattern = view->kinds[index]; /* asked for one row after the other */
    if (pattern == NULL) {
        return false;
    }
    const struct mask_policy *policy = &view->policies[index];
    policy_text(policy, view->text, LISTING_TEXT);
    size_t at = 0;
    entries[at++] = entry_text(pattern->name);
    entries[at++] = entry_text(legal_name(pattern->legal));
    entries[at++] = entry_text(translate_row(pattern->title));
    entries[at++] = entry_text(view->text);
    entries[at++] = entry_text(pattern->off_by_default ? "off" : "on");
    entries[at++] = entry_flag(pattern->proves_itself);
    entries[at++] = entry_demand(policy->max_shown_tail);
    entries[at++] = entry_demand(policy->min_hidden);
    entries[at++] = entry_demand(policy->min_hidden_percent);
    entries[at++] = entry_demand(policy->min_residual);
    return true;
}

static const struct listing kinds = {"kinds",
                                     N_("kinds of personal data"),
                                     {{"name", true},
                                      {"legal", true},
                                      {"title", true},
                                      {"masked_when", true},
                                      {"by_default", true},
                                      {"proves_itself", false},
                                      {"max_shown_tail", false},
                                      {"min_hidden", false},
                                      {"min_hidden_percent", false},
                                      {"min_residual", false}},
                                     kind_row};

/* ---- formats ---- */

static size_t decoder_count(void) {
    size_t count = 0;
    while (decoders[count] != NULL) {
        count++;
    }
    return count;
}

static size_t container_count(void) {
    size_t count = 0;
    while (container_formats[count] != NULL) {
        count++;
    }
    return count;
}

static bool format_row(const struct listing_view *view, size_t index, struct entry *entries) {
    (void)view;
    size_t record_formats = decoder_count(), containers = container_count();
    const char *name, *type, *summary;
    if (index < record_formats) {
        type = "record";
        name = decoders[index]->name;
        summary = decoders[index]->summary;
    } else if (index - record_formats < containers) {
        type = "container";
        name = container_formats[index - record_formats]->name;
        summary = container_formats[index - record_formats]->summary;
    } else {
        const struct report *const *report = reports;
        for (size_t left = index - record_formats - containers; *report != NULL && left > 0;
             left--) {
            report++;
        }
        if (*report == NULL) {
            return false;
        }
        type = "report";
        name = (*report)->name;
        summary = (*report)->summary;
    }
    entries[0] = entry_text(name);
    entries[1] = entry_text(type);
    entries[2] = entry_text(translate_row(summary));
    return true;
}

static const struct listing formats = {"formats",
                                       N_("formats that are read, and those of reports"),
                                       {{"name", true}, {"type", true}, {"summary", true}},
                                       format_row};

/* ---- zones ---- */

static const char *guess_member(kind_list list, unsigned member) {
    (void)list;
    return translate_row(zone_guess_table[member].when);
}

/* An empty set is left out. */
static struct entry entry_any(uint64_t set, member_name *name) {
    const struct entry absent = {.type = ENTRY_ABSENT};
    return set == 0 ? absent : entry_names(set, name);
}

static bool zone_row(const struct listing_view *view, size_t index, struct entry *entries) {
    (void)view;
    if (index >= ZONE_COUNT) {
        return false;
    }
    entries[0] = entry_text(zone_name((enum zone)index));
    entries[1] = entry_text(translate_row(zone_summary((enum zone)index)));
    uint64_t guesses = 0;
    for (unsigned i = 0; zone_guess_table[i].when != NULL; i++) {
        guesses |= zone_guess_table[i].zone == (enum zone)index ? UINT64_C(1) << i : 0;
    }
    entries[2] = entry_any(guesses, guess_member);
    return true;
}

static const struct listing zones = {
    "zones",
    N_("roles of the place where data stands, and how they are guessed"),
    {{"name", true}, {"summary", true}, {"guessed", true}},
    zone_row};

/* ---- severity ---- */

static const char *level_member(kind_list list, unsigned member) {
    (void)list;
    return rule_level_name((enum rule_level)member);
}

static const char *category_member(kind_list list, unsigned member) {
    (void)list;
    return legal_name((enum legal)member);
}

static bool severity_row(const struct listing_view *view, size_t index, struct entry *entries) {
    (void)view;
    const struct severity_row *row = &severity_table[index]; /* asked for one after the other */
    if (row->when == NULL) {
        return false;
    }
    entries[0] = entry_text(severity_name(row->severity));
    entries[1] = entry_any(row->levels, level_member);
    entries[2] = entry_text(row->kinds);
    entries[3] = entry_any(row->categories, category_member);
    entries[4] = entry_any(row->states, rule_state_name);
    entries[5] = entry_any(row->zones, rule_zone_name);
    entries[6] = entry_text(translate_row(row->when));
    return true;
}

static const struct listing severity = {
    "severity",
    N_("how severe a violation is by level, kind, state and zone; the first line that fits holds"),
    {{"severity", true},
     {"levels", false},
     {"kinds", false},
     {"categories", false},
     {"states", false},
     {"zones", false},
     {"when", true}},
    severity_row};

/* ---- glossary ---- */

static bool term_row(const struct listing_view *view, size_t index, struct entry *entries) {
    (void)view;
    const struct term *term = &glossary[index]; /* asked for one row after the other */
    if (term->key == NULL) {
        return false;
    }
    entries[0] = entry_text(term->key);
    entries[1] = entry_text(term->en);
    entries[2] = entry_text(term->zh);
    entries[3] = entry_text(term->never_zh);
    return true;
}

static const struct listing terms = {
    "glossary",
    N_("words of reports and rules in both languages"),
    {{"key", true}, {"en", true}, {"zh", true}, {"never_zh", false}},
    term_row};

const struct listing *const listings[] = {&rules, &control_listing, &kinds, &formats,
                                          &zones, &severity,        &terms, NULL};
