/* make_rule_tables.c - a program of the build: reads the embedded packs with the program's own
 * reader and writes what it got as C tables (`embedded_rules` of catalog/catalog.h).
 * tests/unit/rule_tables_test.c compares them with what is read, member by member. */
#include <stdio.h>
#include <stdlib.h>

#include "catalog/catalog.h"
#include "run/vocabulary.h"

/* A string literal; octal escapes, because hexadecimal ones have no end. */
static void print_text(const char *text) {
    if (text == NULL) {
        printf("NULL");
        return;
    }
    putchar('"');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c >= ' ' && *c <= '~' && *c != '"' && *c != '\\' && *c != '?') {
            putchar(*c);
        } else {
            printf("\\%03o", (unsigned)(uint8_t)*c);
        }
    }
    putchar('"');
}

static void print_member(const char *name, const char *text) {
    if (text != NULL) {
        printf(" .%s = ", name);
        print_text(text);
        printf(",\n");
    }
}

static void print_pair(const char *name, const struct rule_text *text) {
    if (text->en != NULL) {
        printf(" .%s = {", name);
        print_text(text->en);
        printf(", ");
        print_text(text->zh);
        printf("},\n");
    }
}

static void print_period(const struct rule_period *period) {
    printf("{%u, %u}", (unsigned)period->unit, period->number);
}

/* ---- one rule ---- */

static void print_age(const struct rule_age *age) {
    printf(" .older_than = {");
    print_period(&age->limit);
    printf(", ");
    print_text(age->setting);
    printf(", %u},\n", (unsigned)age->since);
}

static void print_clause(const struct rule_clause *clause) {
    printf("{.kinds = 0x%llx, .roles = %u, .states = %u, .zones = %u,\n",
           (unsigned long long)clause->kinds, clause->roles, clause->states, clause->zones);
    printf(" .transaction_table = %d, .shown = %u, .finds = %u, .deleted_only = %d,\n",
           clause->transaction_table, (unsigned)clause->shown, (unsigned)clause->finds,
           clause->deleted_only);
    printf(" .demands_encryption = %d, .once_per_source = %d, .for_missing_kinds = %d,\n",
           clause->demands_encryption, clause->once_per_source, clause->for_missing_kinds);
    printf(" .together = 0x%llx, .within = %u, .least_rows = %llu, .least_people = %llu,\n",
           (unsigned long long)clause->together, (unsigned)clause->within,
           (unsigned long long)clause->least_rows, (unsigned long long)clause->least_people);
    printf(" .least_span = ");
    print_period(&clause->least_span);
    printf(", .ages = %d,\n", clause->ages);
    print_age(&clause->older_than);
    printf("},\n");
}

static void print_texts(const char *list, unsigned pack, unsigned rule, const char *const *texts) {
    if (texts == NULL) {
        return;
    }
    printf("static const char *const %s_%u_%u[] = {", list, pack, rule);
    for (; *texts != NULL; texts++) {
        print_text(*texts);
        printf(", ");
    }
    printf("NULL};\n");
}

/* What a rule points to stands before it. */
static void print_lists(unsigned pack, unsigned number, const struct rule *rule) {
    printf("static const struct rule_clause clauses_%u_%u[] = {\n", pack, number);
    for (unsigned i = 0; i < rule->clause_count; i++) {
        print_clause(&rule->clauses[i]);
    }
    printf("};\n");
    if (rule->readings != NULL) {
        printf("static const uint8_t readings_%u_%u[] = {", pack, number);
        for (unsigned i = 0; i < rule->reading_count; i++) {
            printf("%u, ", rule->readings[i]);
        }
        printf("0};\n");
    }
    print_texts("related", pack, number, rule->related);
    print_texts("controls", pack, number, rule->controls);
}

static void print_list_name(const char *member, bool there, unsigned pack, unsigned rule) {
    if (there) {
        printf(" .%s = %s_%u_%u,\n", member, member, pack, rule);
    }
}

static void print_rule(unsigned pack, unsigned number, const struct rule *rule) {
    printf("{\n");
    print_member("id", rule->id);
    print_member("printed", rule->printed);
    print_member("document", rule->document);
    print_member("section", rule->section);
    print_member("parent", rule->parent);
    printf(" .level = %u, .scope = %u, .class = %u, .severity = %u, .line = %u,\n",
           (unsigned)rule->level, (unsigned)rule->scope, rule->class, (unsigned)rule->severity,
           rule->line);
    print_pair("title", &rule->title);
    print_pair("message", &rule->message);
    print_pair("remedy", &rule->remedy);
    print_pair("reading", &rule->reading);
    print_list_name("readings", rule->readings != NULL, pack, number);
    print_list_name("related", rule->related != NULL, pack, number);
    print_list_name("controls", rule->controls != NULL, pack, number);
    print_list_name("clauses", true, pack, number);
    printf(" .reading_count = %u, .clause_count = %u},\n", rule->reading_count, rule->clause_count);
}

/* ---- packs ---- */

static void print_keep(const struct keep_rule *keep) {
    printf("{.class = %u, .zones = %u, .kinds = 0x%llx, .at_least = ", keep->class, keep->zones,
           (unsigned long long)keep->kinds);
    print_period(&keep->at_least);
    printf(",\n");
    print_member("section", keep->section);
    print_pair("title", &keep->title);
    printf("},\n");
}

/* A list without members is one with a member that nobody counts. */
static void print_rules(unsigned number, const struct pack *pack) {
    for (unsigned i = 0; i < pack->rule_count; i++) {
        print_lists(number, i, &pack->rules[i]);
    }
    printf("static const struct rule rules_%u[] = {\n", number);
    for (unsigned i = 0; i < pack->rule_count; i++) {
        print_rule(number, i, &pack->rules[i]);
    }
    printf("{.id = NULL}};\n");
    if (pack->keeps != NULL) {
        printf("static const struct keep_rule keeps_%u[] = {\n", number);
        for (unsigned i = 0; i < pack->keep_count; i++) {
            print_keep(&pack->keeps[i]);
        }
        printf("{.section = NULL}};\n");
    }
}

static void print_pack(unsigned number, const struct pack *pack) {
    printf("{\n");
    print_member("name", pack->name);
    print_member("version", pack->version);
    print_pair("title", &pack->title);
    print_pair("notes", &pack->notes);
    print_member("edition", pack->edition);
    print_member("issuer", pack->issuer);
    print_member("rank", pack->rank);
    print_member("file", pack->file);
    print_member("sha256", pack->sha256);
    printf(" .rules = rules_%u, .rule_count = %u,\n", number, pack->rule_count);
    if (pack->keeps != NULL) {
        printf(" .keeps = keeps_%u, .keep_count = %u,\n", number, pack->keep_count);
    }
    printf("},\n");
}

static void print_catalog(const struct catalog *catalog) {
    unsigned packs = (unsigned)catalog_pack_count(catalog), readings = 0;
    printf("/* Made from rules/ by the build. */\n#include \"catalog/catalog.h\"\n\n");
    for (unsigned i = 0; i < packs; i++) {
        print_rules(i, catalog_pack(catalog, i));
    }
    printf("static const struct pack packs[] = {\n");
    for (unsigned i = 0; i < packs; i++) {
        print_pack(i, catalog_pack(catalog, i));
    }
    printf("};\nstatic const struct published_reading readings[] = {\n");
    const struct published_reading *reading;
    while ((reading = catalog_reading(catalog, readings + 1)) != NULL) {
        printf("{.number = %u,\n", reading->number);
        print_pair("text", &reading->text);
        printf("},\n");
        readings++;
    }
    printf("};\nconst struct read_packs embedded_rules = {packs, %u, readings, %u};\n", packs,
           readings);
}

int main(void) {
    size_t count = 0;
    while (embedded_packs[count].file != NULL) {
        count++;
    }
    struct engine_vocabulary vocabulary;
    engine_vocabulary_init(&vocabulary);
    struct catalog *catalog;
    struct error err = {0};
    if (catalog_new(embedded_packs, count, &vocabulary.words, &catalog, &err) != 0) {
        fprintf(stderr, "make_rule_tables: %s\n", err.text);
        return EXIT_FAILURE;
    }
    print_catalog(catalog);
    catalog_free(catalog);
    return ferror(stdout) != 0 || fflush(stdout) != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
