/* catalog: packs with their complaints, severity. */
#include "catalog/severity.h"
#include "catalog/suggest.h"
#include "tests/unit/check.h"
#include "tests/unit/vocabulary.h"

#define HEAD "schema: 1\npack: house\nversion: '1'\ntitle: House rules\nrules:\n"
#define RULE                                                                                       \
    "  - section: '1'\n    level: requirement\n    title: t\n    message: m\n    remedy: r\n"      \
    "    breaks:\n"
#define CLAUSE "      - {kinds: [email], states: [clear], zones: [db]}\n"

/* The message of a pack that is wrong. */
static const char *complaint_of_pack(const char *yaml) {
    static struct error err;
    err = (struct error){0};
    struct pack_source source = {"rules/house.yaml", bytes_of_string(yaml)};
    struct catalog *catalog;
    int status = catalog_new(&source, 1, &words, &catalog, &err);
    CHECK_INT(status, YINMA_E_USAGE);
    CHECK(catalog == NULL);
    catalog_free(catalog);
    return err.text;
}

static void embedded_packs_are_read(void) {
    size_t count = 0;
    while (embedded_packs[count].file != NULL) {
        count++;
    }
    struct error err = {0};
    struct catalog *catalog;
    CHECK_INT(catalog_new(embedded_packs, count, &words, &catalog, &err), 0);
    CHECK_STR(err.text, "");
    CHECK_INT(catalog_pack_count(catalog), count);
    const struct pack *platform = catalog_find_pack(catalog, "platform");
    CHECK_STR(platform->rank, "administrative-reference");
    CHECK_INT(strlen(platform->sha256), 64);
    static const char *const sections[] = {"5.3.3.6", "5.3.4",   "5.3.4.1", "5.3.5",
                                           "5.3.5.1", "5.3.6",   "5.3.6.1", "5.3.6.2",
                                           "2.1.4",   "2.1.4.2", "1.6.3.4"};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        const struct rule *rule = catalog_find_rule(catalog, sections[i]);
        CHECK(rule != NULL);
        if (rule == NULL) {
            continue;
        }
        CHECK(rule->reading.zh != NULL && rule->remedy.en != NULL);
        CHECK(strstr(rule->message.zh, "不符合事項") != NULL);
        CHECK(strstr(rule->message.zh, "違法") == NULL);
    }
    const struct rule *cvv = catalog_find_rule(catalog, "platform/5.3.6.1");
    CHECK_STR(cvv->parent, "platform/5.3.6");
    CHECK_STR(cvv->document, "platform");
    CHECK_INT(cvv->clauses[0].kinds, 1 << 2);
    CHECK_INT(cvv->clauses[0].states, 1 << STATE_CLEAR | 1 << STATE_WEAK);
    CHECK_INT(cvv->clauses[0].zones, ZONE_BIT(ZONE_DB) | ZONE_BIT(ZONE_LOG) | ZONE_BIT(ZONE_POS));
    CHECK(catalog_find_rule(catalog, "yinma/clear-identity") != NULL);
    CHECK(catalog_find_rule(catalog, "yinma/5.3.6") == NULL);
    CHECK(catalog_find_rule(catalog, "plat/5.3.6") == NULL);
    catalog_free(catalog);
}

static void later_packs_replace(void) {
    struct pack_source sources[] = {
        {"a.yaml", bytes_of_string(HEAD RULE CLAUSE)},
        {"other.yaml", bytes_of_string("schema: 1\npack: other\nversion: 2\ntitle: {en: E, zh: Z}\n"
                                       "rules:\n" RULE CLAUSE)},
        {"b.yaml", bytes_of_string("schema: 1\npack: house\nversion: '9'\ntitle: B\nrules: []\n")},
    };
    struct error err = {0};
    struct catalog *catalog;
    CHECK_INT(catalog_new(sources, 2, &words, &catalog, &err), 0);
    CHECK(catalog_find_rule(catalog, "1") == NULL); /* two packs have it */
    CHECK(catalog_find_rule(catalog, "other/1") != NULL);
    CHECK_STR(catalog_find_pack(catalog, "other")->title.zh, "Z");
    catalog_free(catalog);
    CHECK_INT(catalog_new(sources, 3, &words, &catalog, &err), 0);
    CHECK_INT(catalog_pack_count(catalog), 2);
    CHECK_STR(catalog_pack(catalog, 0)->version, "9");
    CHECK_STR(catalog_find_rule(catalog, "1")->id, "other/1");
    catalog_free(catalog);
}

static void printed_numbers_find_their_rule(void) {
    struct pack_source source = {
        "a.yaml", bytes_of_string(HEAD "  - section: 3.1.5\n    printed: 第三章一(五)\n"
                                       "    level: baseline\n    title: t\n    message: m\n"
                                       "    remedy: r\n    class: 2\n    breaks:\n" CLAUSE)};
    struct error err = {0};
    struct catalog *catalog;
    CHECK_INT(catalog_new(&source, 1, &words, &catalog, &err), 0);
    CHECK_STR(catalog_find_rule(catalog, "house/第三章一(五)")->id, "house/3.1.5");
    CHECK_STR(catalog_find_rule(catalog, "第三章一(五)")->id, "house/3.1.5");
    CHECK_INT(catalog_find_rule(catalog, "3.1.5")->class, 2);
    catalog_free(catalog);
}

static void pack_complaints_name_place_and_choice(void) {
    CHECK_STR(complaint_of_pack(HEAD RULE "      - kinds: [email]\n        states: [clear]\n"
                                          "        zones: [dbx]\n"),
              "rules/house.yaml:14: rules[0].breaks[0].zones[0]: unknown zone \"dbx\" (did you "
              "mean \"db\"?); allowed: db, backup, log, pos, web, dmz, display, waybill, exchange, "
              "mail, im, test, pc, print-host, portable, disposal, source, config, report, other");
    check_starts(complaint_of_pack(HEAD RULE "      - {kinds: [emial], states: [clear], zones: [db]"
                                             "}\n"),
                 "rules/house.yaml:12: rules[0].breaks[0].kinds[0]: unknown kind \"emial\" (did "
                 "you mean \"email\"?); allowed: tw_national_id, ");
    check_starts(complaint_of_pack(HEAD RULE CLAUSE "    sevrity: high\n"),
                 "rules/house.yaml:13: rules[0]: unknown key \"sevrity\" (did you mean "
                 "\"severity\"?); allowed: section, ");
    CHECK_STR(complaint_of_pack("schema: 1\npack: a\npack: b\n"),
              "rules/house.yaml:3: key \"pack\" stands here twice, first in line 2");
    check_starts(complaint_of_pack("schema: 2\npack: a\n"),
                 "rules/house.yaml:1: schema: is version 2; this yinma reads version 1");
    CHECK_STR(complaint_of_pack("schema: one\n"), "rules/house.yaml:1: schema: must be a whole "
                                                  "number from 1 to 4294967295, is \"one\"");
    CHECK_STR(complaint_of_pack("schema: 1\npack: [a]\n"),
              "rules/house.yaml:2: pack: must be a text, is a list");
    CHECK_STR(complaint_of_pack("- a\n"),
              "rules/house.yaml:1: must be a mapping (key: value), is a list");
    CHECK_STR(complaint_of_pack("schema: 1\npack: a\nversion: 1\ntitle: t\n"),
              "rules/house.yaml:1: needs the key \"rules\"");
    CHECK_STR(complaint_of_pack(HEAD RULE CLAUSE RULE CLAUSE),
              "rules/house.yaml:13: rules[1]: section \"1\" is there twice, first in line 6");
    CHECK_STR(complaint_of_pack(HEAD RULE CLAUSE "    parent: '7'\n"),
              "rules/house.yaml:6: rules[0]: no rule of this pack is the parent \"7\"");
}

static void clauses_must_make_sense(void) {
    check_starts(complaint_of_pack(HEAD RULE "      - {states: [clear], zones: [db]}\n"),
                 "rules/house.yaml:12: rules[0].breaks[0]: needs either kinds");
    check_starts(
        complaint_of_pack(HEAD RULE "      - {kinds: [email], zones: [db]}\n"),
        "rules/house.yaml:12: rules[0].breaks[0]: needs either \"states\", \"shows\" or \"finds\"");
    check_starts(complaint_of_pack(HEAD RULE "      - {roles: [invoice_number], states: [clear], "
                                             "zones: [db]}\n"),
                 "rules/house.yaml:12: rules[0].breaks[0]: roles break a rule by being there");
    check_starts(complaint_of_pack(HEAD RULE "      - {kinds: [email], states: [clear]}\n"),
                 "rules/house.yaml:12: rules[0].breaks[0]: needs the key \"zones\"");
    check_starts(complaint_of_pack(HEAD RULE "      - {roles: [email], zones: [db]}\n"),
                 "rules/house.yaml:12: rules[0].breaks[0].roles[0]: unknown role \"email\"");
    CHECK_STR(
        complaint_of_pack("schema: 1\npack: a\nversion: 1\ntitle: t\nrules:\n" RULE "      []\n"),
        "rules/house.yaml:12: rules[0].breaks: must hold at least one way to break the rule");
}

/* A clause with further conditions: where they are wrong. */
static void check_condition(const char *condition, const char *complaint) {
    char yaml[1024];
    snprintf(yaml, sizeof yaml,
             HEAD RULE "      - {kinds: [email], states: [clear], zones: [db], %s}\n", condition);
    char expected[512];
    snprintf(expected, sizeof expected, "rules/house.yaml:12: rules[0].breaks[0]%s", complaint);
    check_starts(complaint_of_pack(yaml), expected);
}

static void conditions_need_units_and_sense(void) {
    check_condition("older-than: {since: file}", ".older-than: needs one limit with its unit: ");
    check_condition("older-than: {since: file, days: 7, months: 3}",
                    ".older-than: states a length of time twice");
    check_condition("older-than: {since: file, days: 7, setting: house}",
                    ".older-than: needs one limit with its unit: ");
    check_condition("older-than: {days: 7}", ".older-than: needs the key \"since\"");
    check_condition("older-than: {since: birth, days: 7}",
                    ".older-than.since: unknown beginning \"birth\"; allowed: purpose-end, ");
    check_condition("older-than: {since: file, days: soon}",
                    ".older-than.days: must be a whole number from 1 to ");
    check_condition("older-than: 7", ".older-than: must be a mapping");
    check_condition("at-least: {rows: 1, people: 2}", ".at-least: needs one of \"rows\", ");
    check_condition("at-least: {days: 180}", ".at-least: a length of time belongs to ");
    check_condition("together: {kinds: [card_number], within: house}",
                    ".together.within: unknown distance \"house\"; allowed: row, table, unit");
    check_condition("together: {kinds: [card], within: row}",
                    ".together.kinds[0]: unknown kind \"card\"");
    check_starts(complaint_of_pack(HEAD RULE "      - {finds: log-span, zones: [log]}\n"),
                 "rules/house.yaml:12: rules[0].breaks[0]: \"finds: log-span\" needs \"at-least\"");
    check_starts(complaint_of_pack(HEAD RULE "      - {finds: mixed-masks, zones: [log]}\n"),
                 "rules/house.yaml:12: rules[0].breaks[0]: needs either kinds");
    check_starts(
        complaint_of_pack(HEAD RULE "      - {kinds: [email], states: [clear], zones: "
                                    "[db], at-least: {rows: 2}}\n    scope: value\n"),
        "rules/house.yaml:12: rules[0].breaks[0]: asks more than a rule of scope \"value\"");
}

static const char other_rule[] =
    "  - section: '2'\n    level: baseline\n    title: t\n    message: m\n    remedy: r\n"
    "    breaks:\n" CLAUSE;

static void rules_must_not_contradict(void) {
    char yaml[2048];
    snprintf(yaml, sizeof yaml, HEAD RULE CLAUSE "    parent: '2'\n%s    parent: '1'\n",
             other_rule);
    check_starts(complaint_of_pack(yaml), "rules/house.yaml:6: rules[0]: descends from itself");
    snprintf(yaml, sizeof yaml, HEAD RULE CLAUSE "    class: 1\n    parent: '2'\n%s    class: 2\n",
             other_rule);
    check_starts(complaint_of_pack(yaml), "rules/house.yaml:6: rules[0]: contradicts its parent");
    CHECK_STR(complaint_of_pack(
                  HEAD RULE
                  "      - {kinds: [email], states: [clear], zones: [pc], older-than: "
                  "{days: 7, since: file}}\n"
                  "keep:\n  - {section: '9', zones: [pc], at-least: {years: 5}, title: t}\n"),
              "rules/house.yaml:14: keep[0]: contradicts rule \"1\" in line 6, which has the same "
              "data deleted sooner");
    check_starts(
        complaint_of_pack(HEAD RULE CLAUSE
                          "keep:\n  - {section: '9', zones: [pc], at-least: {}, title: t}\n"),
        "rules/house.yaml:14: keep[0].at-least: needs \"hours\", ");
    check_starts(complaint_of_pack(HEAD RULE CLAUSE "    related: ['7']\n"),
                 "rules/house.yaml:13: rules[0].related[0]: must name a rule of a pack");
    CHECK_STR(complaint_of_pack(HEAD RULE CLAUSE "    related: [house/7]\n"),
              "rules/house.yaml:6: rule 1: related: unknown control \"house/7\": that pack has no "
              "such rule");
    check_starts(complaint_of_pack(HEAD RULE CLAUSE "    related: [hause/7]\n"),
                 "rules/house.yaml:6: rule 1: related: unknown control \"hause/7\": no such pack");
    check_starts(
        complaint_of_pack(HEAD RULE CLAUSE "    readings: [250]\n"),
        "rules/house.yaml:13: rules[0].readings[0]: no published reading has the number 250");
}

static void the_whole_vocabulary_is_read(void) {
    struct pack_source source = {
        "a.yaml",
        bytes_of_string(
            "schema: 1\npack: house\nversion: '1'\ntitle: t\nnotes: {en: old, zh: 舊}\n"
            "keep:\n  - {section: '8', class: 2, zones: [log], legal: [contact], at-least: {days: "
            "180}, title: {en: k, zh: 留}}\nrules:\n" RULE
            "      - {kinds: [email], states: [clear], zones: [pc], older-than: {days: 7, since: "
            "purpose-end}, at-least: {people: 5000}, together: {kinds: [card_number], within: "
            "row}}\n"
            "      - {finds: log-span, zones: [log], at-least: {days: 180}}\n"
            "      - {kinds: [email], states: [clear], zones: [db], older-than: {setting: house, "
            "since: record}}\n"
            "      - {kinds: [email], states: [clear], zones: [print-host], older-than: {same-day: "
            "true, since: file}}\n"
            "    level: audit-item\n    once-per: source\n    related: [pci/3.4.1]\n"
            "    controls: ['1.2', 第一章]\n")};
    /* `level` stands there twice: take the first one out */
    struct error err = {0};
    char *text = strndup((const char *)source.yaml.ptr, source.yaml.len);
    char *level = strstr(text, "    level: requirement\n");
    memmove(level, level + 23, strlen(level + 23) + 1);
    source.yaml = bytes_of_string(text);
    struct catalog *catalog;
    CHECK_INT(catalog_new(&source, 1, &words, &catalog, &err), 0);
    CHECK_STR(err.text, "");
    const struct pack *pack = catalog_find_pack(catalog, "house");
    CHECK_STR(pack->notes.zh, "舊");
    CHECK_INT(pack->keep_count, 1);
    CHECK_INT(pack->keeps[0].at_least.number, 180);
    CHECK_INT(pack->keeps[0].kinds, 1 << 3);
    const struct rule *rule = &pack->rules[0];
    CHECK_INT(rule->level, LEVEL_AUDIT_ITEM);
    CHECK(rule->clauses[0].once_per_source);
    CHECK_STR(rule->related[0], "pci/3.4.1");
    CHECK_STR(rule->controls[1], "第一章");
    CHECK_INT(rule->clause_count, 4);
    const struct rule_clause *clauses = rule->clauses;
    CHECK(clauses[0].ages && clauses[0].older_than.since == SINCE_PURPOSE_END);
    CHECK_INT(clauses[0].older_than.limit.unit, PERIOD_DAYS);
    CHECK_INT(clauses[0].least_people, 5000);
    CHECK_INT(clauses[0].together, 1 << 1);
    CHECK_INT(clauses[1].finds, FINDING_LOG_SPAN);
    CHECK_INT(clauses[1].least_span.number, 180);
    CHECK_STR(clauses[2].older_than.setting, "house");
    CHECK_INT(clauses[3].older_than.limit.unit, PERIOD_SAME_DAY);
    catalog_free(catalog);
    free(text);
}

static void broken_yaml_has_a_line(void) {
    check_starts(complaint_of_pack("schema: 1\npack: [a\n"),
                 "rules/house.yaml:3: not valid YAML: ");
    check_starts(complaint_of_pack("schema: 1\n# \xA4\xA4\n"),
                 "rules/house.yaml:2: not valid YAML: ");
    CHECK_STR(complaint_of_pack(""), "rules/house.yaml:1: holds no pack");
    check_starts(complaint_of_pack("schema: 1\n---\na: b\n"),
                 "rules/house.yaml:3: a second document begins here");
    /* A mapping that holds itself is no way to go round in circles. */
    check_starts(complaint_of_pack("schema: 1\npack: a\nversion: 1\ntitle: &t {en: *t}\n"),
                 "rules/house.yaml:4: title.en: must be a text");
    CHECK_STR(complaint_of_pack("schema: 1\npack: \"a\\0b\"\n"),
              "rules/house.yaml:2: pack: must be a text that is not empty and holds no NUL");
}

/* Whatever bytes a pack holds: a catalog, or a complaint with file and line. */
static void spoiled_packs_are_refused_politely(void) {
    static const char odd[] = "\0\n\t :-[]{}&*!|>'\"%@`#\xFF\xE4";
    struct bytes good = embedded_packs[0].yaml;
    char *text = malloc(good.len);
    uint32_t random = 7;
    for (int round = 0; text != NULL && round < 300; round++) {
        memcpy(text, good.ptr, good.len);
        for (int i = 0; i < 3; i++) {
            random = random * 1664525 + 1013904223;
            text[(random >> 8) % good.len] = odd[(random >> 3) % (sizeof odd - 1)];
        }
        struct pack_source source = {"p.yaml",
                                     bytes_of(text, good.len - (size_t)(random % 7) * 100)};
        struct error err = {0};
        struct catalog *catalog;
        int status = catalog_new(&source, 1, &words, &catalog, &err);
        CHECK(status == 0 || (status == YINMA_E_USAGE && strncmp(err.text, "p.yaml:", 7) == 0));
        catalog_free(catalog);
    }
    free(text);
}

static void complaints_do_not_quote_data(void) {
    const char *text = complaint_of_config("A123456789: x\n");
    CHECK(strstr(text, "123456789") == NULL);
    CHECK(strstr(text, "A123******") != NULL);
    char quoted[QUOTED_MAX];
    quote_given(BYTES_LIT("a\x1b[31m\n"), quoted);
    CHECK_STR(quoted, "a?[31m?");
    quote_given(BYTES_LIT("中文中文中文中文中文中文中文中文中文"), quoted);
    CHECK_STR(quoted, "中文中文中文中文中文中文中…");
}

static void severity_follows_the_table(void) {
    const struct rule requirement = {.level = LEVEL_REQUIREMENT},
                      baseline = {.level = LEVEL_BASELINE},
                      better = {.level = LEVEL_BETTER_PRACTICE}, builtin = {.level = LEVEL_BUILTIN},
                      named = {.level = LEVEL_REQUIREMENT, .severity = SEVERITY_CRITICAL};
    const struct {
        struct severity_question question;
        enum severity expected;
    } cases[] = {
        {{.rule = &requirement, .kind = "card_number", .legal = LEGAL_FINANCIAL}, SEVERITY_HIGH},
        {{.rule = &baseline, .kind = "card_number", .legal = LEGAL_FINANCIAL}, SEVERITY_MEDIUM},
        {{.rule = &better, .kind = "card_number", .legal = LEGAL_FINANCIAL, .parent_broken = true},
         SEVERITY_MEDIUM},
        {{.rule = &better, .kind = "card_number", .legal = LEGAL_FINANCIAL}, SEVERITY_LOW},
        {{.rule = &better, .kind = "card_security_code", .legal = LEGAL_FINANCIAL},
         SEVERITY_CRITICAL},
        {{.rule = &baseline, .kind = "card_track", .legal = LEGAL_FINANCIAL}, SEVERITY_CRITICAL},
        {{.rule = &named, .kind = "email", .legal = LEGAL_CONTACT}, SEVERITY_CRITICAL},
        {{.rule = &named, .kind = "email", .legal = LEGAL_CONTACT, .only_dummies = true},
         SEVERITY_LOW},
        {{.rule = &builtin, .kind = "tw_national_id", .legal = LEGAL_IDENTITY}, SEVERITY_MEDIUM},
        {{.rule = &builtin, .kind = "card_security_code", .legal = LEGAL_FINANCIAL},
         SEVERITY_MEDIUM},
        {{.rule = &builtin, .kind = "email", .legal = LEGAL_CONTACT}, SEVERITY_LOW},
        {{.rule = &baseline, .kind = "invoice_number", .legal = LEGAL_NONE}, SEVERITY_MEDIUM},
        {{.rule = &named, .kind = "card_number", .legal = LEGAL_FINANCIAL, .rest_hidden = true},
         SEVERITY_LOW},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_INT(severity_of(&cases[i].question), cases[i].expected);
    }
    for (unsigned i = SEVERITY_NONE; i <= SEVERITY_CRITICAL; i++) {
        enum severity severity;
        CHECK(severity_from_name(severity_name(i), &severity) && severity == i);
    }
    enum severity none;
    CHECK(!severity_from_name("urgent", &none));
    CHECK(severity_table[0].when != NULL);
}

/* Editors read the schema, the program its tables: they must name the same words. */
static void schema_knows_every_word(void) {
    struct pack_source schema;
    struct error err = {0};
    CHECK_INT(pack_source_read(SCHEMA_FILE, &schema, &err), 0);
    for (unsigned i = 0; i < ZONE_COUNT; i++) {
        char quoted[32];
        snprintf(quoted, sizeof quoted, "\"%s\"", zone_name(i));
        CHECK(bytes_find(schema.yaml, bytes_of_string(quoted)) != SIZE_MAX);
    }
    for (unsigned i = FINDING_NONE + 1; i < FINDING_COUNT; i++) {
        char quoted[32];
        snprintf(quoted, sizeof quoted, "\"%s\"", rule_finding_name(i));
        CHECK(bytes_find(schema.yaml, bytes_of_string(quoted)) != SIZE_MAX);
    }
    for (unsigned i = 0; i < LEVEL_COUNT; i++) {
        CHECK(bytes_find(schema.yaml, bytes_of_string(rule_level_name(i))) != SIZE_MAX);
    }
    for (unsigned i = 0; i <= SCOPE_RUN; i++) {
        CHECK(bytes_find(schema.yaml, bytes_of_string(rule_scope_name(i))) != SIZE_MAX);
    }
    pack_source_release(&schema);
}

static const struct test_case cases[] = {
    {"embedded_packs_are_read", embedded_packs_are_read},
    {"later_packs_replace", later_packs_replace},
    {"printed_numbers_find_their_rule", printed_numbers_find_their_rule},
    {"pack_complaints_name_place_and_choice", pack_complaints_name_place_and_choice},
    {"clauses_must_make_sense", clauses_must_make_sense},
    {"conditions_need_units_and_sense", conditions_need_units_and_sense},
    {"rules_must_not_contradict", rules_must_not_contradict},
    {"the_whole_vocabulary_is_read", the_whole_vocabulary_is_read},
    {"broken_yaml_has_a_line", broken_yaml_has_a_line},
    {"spoiled_packs_are_refused_politely", spoiled_packs_are_refused_politely},
    {"complaints_do_not_quote_data", complaints_do_not_quote_data},
    {"severity_follows_the_table", severity_follows_the_table},
    {"schema_knows_every_word", schema_knows_every_word},
};

TEST_MAIN(cases)
