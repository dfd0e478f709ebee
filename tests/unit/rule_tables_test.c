/* The tables of rules that the build writes hold what the reader reads from the same YAML. Members
 * are compared as bytes once those that point elsewhere are taken out, so that a member which the
 * tables forget shows here. */
#include "run/vocabulary.h"
#include "tests/unit/check.h"

static void check_text(const char *made, const char *read) {
    CHECK((made == NULL) == (read == NULL));
    if (made != NULL && read != NULL) {
        CHECK_STR(made, read);
    }
}

static void check_pair(struct rule_text *made, struct rule_text *read) {
    check_text(made->en, read->en);
    check_text(made->zh, read->zh);
    *made = *read = (struct rule_text){NULL, NULL};
}

/* Compares two texts, and takes them out of their structs. */
#define CHECK_TEXT(made, read, member)                                                             \
    do {                                                                                           \
        check_text((made).member, (read).member);                                                  \
        (made).member = (read).member = NULL;                                                      \
    } while (0)

static void check_list(const char *const *made, const char *const *read) {
    CHECK((made == NULL) == (read == NULL));
    for (; made != NULL && read != NULL && *read != NULL; made++, read++) {
        check_text(*made, *read);
        if (*made == NULL) {
            return;
        }
    }
    CHECK(made == NULL || *made == NULL);
}

/* What is left of two structs when their texts and lists are taken out, so that a member that
 * nobody compares is compared. What lies between members is zero in both: one is made by the
 * compiler, the other in cleared memory. */
static bool same_rest(const void *made, const void *read, size_t size) {
    return memcmp(made, read, size) == 0;
}

static void check_clauses(const struct rule *made, const struct rule *read) {
    CHECK_INT(made->clause_count, read->clause_count);
    for (unsigned i = 0; i < read->clause_count && i < made->clause_count; i++) {
        struct rule_clause one = made->clauses[i], other = read->clauses[i];
        CHECK_TEXT(one.older_than, other.older_than, setting);
        CHECK_INT(one.kinds, other.kinds);
        CHECK(same_rest(&one, &other, sizeof one));
    }
}

static void check_rule(const struct rule *made, const struct rule *read) {
    struct rule one = *made, other = *read;
    check_clauses(made, read);
    check_list(made->related, read->related);
    check_list(made->controls, read->controls);
    CHECK((made->readings == NULL) == (read->readings == NULL));
    CHECK_INT(made->reading_count, read->reading_count);
    CHECK(read->readings == NULL ||
          memcmp(made->readings, read->readings, read->reading_count) == 0);
    CHECK_TEXT(one, other, id);
    CHECK_TEXT(one, other, printed);
    CHECK_TEXT(one, other, document);
    CHECK_TEXT(one, other, section);
    CHECK_TEXT(one, other, parent);
    check_pair(&one.title, &other.title);
    check_pair(&one.message, &other.message);
    check_pair(&one.remedy, &other.remedy);
    check_pair(&one.reading, &other.reading);
    one.readings = other.readings = NULL;
    one.related = other.related = one.controls = other.controls = NULL;
    one.clauses = other.clauses = NULL;
    CHECK(same_rest(&one, &other, sizeof one));
}

static void check_keep(const struct keep_rule *made, const struct keep_rule *read) {
    struct keep_rule one = *made, other = *read;
    CHECK_TEXT(one, other, section);
    check_pair(&one.title, &other.title);
    CHECK(same_rest(&one, &other, sizeof one));
}

static void check_pack(const struct pack *made, const struct pack *read) {
    struct pack one = *made, other = *read;
    CHECK_TEXT(one, other, name);
    CHECK_TEXT(one, other, version);
    CHECK_TEXT(one, other, edition);
    CHECK_TEXT(one, other, issuer);
    CHECK_TEXT(one, other, rank);
    CHECK_TEXT(one, other, file);
    check_pair(&one.title, &other.title);
    check_pair(&one.notes, &other.notes);
    CHECK_INT(made->rule_count, read->rule_count);
    for (unsigned i = 0; i < read->rule_count && i < made->rule_count; i++) {
        check_rule(&made->rules[i], &read->rules[i]);
    }
    CHECK_INT(made->keep_count, read->keep_count);
    for (unsigned i = 0; i < read->keep_count && i < made->keep_count; i++) {
        check_keep(&made->keeps[i], &read->keeps[i]);
    }
    one.rules = other.rules = NULL;
    one.keeps = other.keeps = NULL;
    CHECK(same_rest(&one, &other, sizeof one));
}

static struct catalog *read_again(const struct engine_vocabulary *vocabulary) {
    size_t count = 0;
    while (embedded_packs[count].file != NULL) {
        count++;
    }
    struct error err = {0};
    struct catalog *catalog;
    CHECK_INT(catalog_new(embedded_packs, count, &vocabulary->words, &catalog, &err), 0);
    return catalog;
}

static void tables_are_what_is_read(void) {
    struct engine_vocabulary vocabulary;
    engine_vocabulary_init(&vocabulary);
    struct catalog *read = read_again(&vocabulary), *made;
    struct error err = {0};
    CHECK_INT(catalog_new_upon(&embedded_rules, NULL, 0, &vocabulary.words, &made, &err), 0);
    CHECK_INT(catalog_pack_count(made), catalog_pack_count(read));
    for (size_t i = 0; i < catalog_pack_count(read); i++) {
        check_pack(catalog_pack(made, i), catalog_pack(read, i));
    }
    unsigned number = 1;
    for (; catalog_reading(read, number) != NULL; number++) {
        struct published_reading one = *catalog_reading(made, number);
        struct published_reading other = *catalog_reading(read, number);
        check_pair(&one.text, &other.text);
        CHECK_INT(one.number, other.number);
    }
    CHECK(catalog_reading(made, number) == NULL);
    catalog_free(made);
    catalog_free(read);
}

static void packs_of_the_user_stand_upon_them(void) {
    static const char yaml[] =
        "schema: 1\npack: house\nversion: '1'\ntitle: House\nrules:\n"
        "  - {section: '1', level: requirement, title: T, message: M, remedy: R,\n"
        "     related: [%s], breaks: [{kinds: [email], states: [clear], zones: [log]}]}\n";
    static const char *const related[] = {"platform/5.3.6", "platform/99.9"};
    struct engine_vocabulary vocabulary;
    engine_vocabulary_init(&vocabulary);
    for (unsigned i = 0; i < 2; i++) {
        char text[sizeof yaml + 32];
        snprintf(text, sizeof text, yaml, related[i]); // NOLINT(clang-diagnostic-format-nonliteral)
        const struct pack_source source = {"house.yaml", bytes_of_string(text)};
        struct error err = {0};
        struct catalog *catalog;
        int status =
            catalog_new_upon(&embedded_rules, &source, 1, &vocabulary.words, &catalog, &err);
        CHECK_INT(status, i == 0 ? 0 : YINMA_E_USAGE);
        CHECK((catalog != NULL) == (i == 0));
        CHECK(i == 0 ? catalog_find_rule(catalog, "house/1") != NULL &&
                           catalog_find_rule(catalog, "platform/5.3.6") != NULL
                     : strstr(err.text, "that pack has no such rule") != NULL);
        catalog_free(catalog);
    }
}

static const struct test_case cases[] = {
    {"tables_are_what_is_read", tables_are_what_is_read},
    {"packs_of_the_user_stand_upon_them", packs_of_the_user_stand_upon_them},
};
TEST_MAIN(cases)
