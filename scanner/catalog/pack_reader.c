#include "catalog/pack_reader.h"

#include <stdio.h>

#include "catalog/file_text.h"
#include "catalog/kind_names.h"
#include "catalog/suggest.h"
#include "catalog/yaml_tree.h"

enum { SCHEMA_VERSION = 1, COMPLAINT_TEXT = 320 };

static const char *const pack_keys[] = {"schema", "pack", "version", "title", "edition",
                                        "issuer", "rank", "rules",   NULL};
static const char *const rule_keys[] = {"section", "printed",  "level", "scope",   "class",
                                        "parent",  "severity", "title", "message", "remedy",
                                        "reading", "breaks",   NULL};
static const char *const clause_keys[] = {"kinds", "legal", "roles", "states",  "shows",
                                          "finds", "zones", "table", "demands", NULL};
static const char *const text_keys[] = {"en", "zh", NULL};
static const char *const level_names[] = {"requirement", "baseline", "better-practice", "builtin",
                                          NULL};
static const char *const scope_names[] = {"value", "record", "field", "unit", "run", NULL};
static const char *const severity_choices[] = {"low", "medium", "high", "critical", NULL};
static const char *const state_names[] = {"clear", "weak", "masked", "encrypted", NULL};
static const char *const legal_names[] = {"none",     "contact", "financial",
                                          "identity", "special", NULL};
static const char *const shown_names[] = {"beyond-last4", NULL};
static const char *const finding_names[] = {"mixed-masks", "complementary-masks", "unkeyed-digests",
                                            NULL};
static const char *const demand_names[] = {"encryption", NULL};
static const char *const table_names[] = {"transaction", NULL};
static const char *const rank_names[] = {"statute",
                                         "regulation",
                                         "administrative-reference",
                                         "supervisory-checklist",
                                         "industry-standard",
                                         "house-rule",
                                         NULL};

struct reader {
    const struct rule_vocabulary *words;
    struct arena *memory;
    struct pack *pack;
    const struct pack_source *source;
    struct error *err;
};

static int out_of_memory(const struct reader *reader) {
    return error_set(reader->err, YINMA_E_MEMORY, "out of memory while reading %s",
                     reader->source->file);
}

/* ---- small values ---- */

struct text_pair {
    const char *en, *zh;
};

/* One text for both languages, or {en, zh} where zh may be missing. */
static int read_pair(const struct yaml_place *place, struct text_pair *out) {
    if (!yaml_is_mapping(place)) {
        int status = yaml_text(place, &out->en);
        out->zh = out->en;
        return status;
    }
    struct yaml_place en, zh;
    int status = yaml_mapping(place, text_keys);
    if (status == 0) {
        status = yaml_required(place, "en", &en);
    }
    if (status == 0) {
        status = yaml_text(&en, &out->en);
    }
    out->zh = out->en;
    if (status == 0 && yaml_member(place, "zh", &zh)) {
        status = yaml_text(&zh, &out->zh);
    }
    return status;
}

/* Part of an identifier: ASCII letters, digits and ".-_". */
static int read_name(const struct yaml_place *place, const char **out) {
    int status = yaml_text(place, out);
    for (const char *c = *out; status == 0 && *c != '\0'; c++) {
        if (!byte_is_alnum((uint8_t)*c) && *c != '.' && *c != '-' && *c != '_') {
            status = yaml_complain(place, "may hold ASCII letters, digits, '.', '-' and '_' only");
        }
    }
    return status;
}

static int read_optional_text(const struct yaml_place *map, const char *key, const char **out) {
    struct yaml_place place;
    return yaml_member(map, key, &place) ? yaml_text(&place, out) : 0;
}

static int read_optional_choice(const struct yaml_place *map, const char *key,
                                const char *const *names, unsigned *out) {
    struct yaml_place place;
    return yaml_member(map, key, &place) ? yaml_choice(&place, key, names, out) : 0;
}

/* ---- sets ---- */

int read_zones(const struct yaml_place *place, zone_set *out) {
    *out = 0;
    for (size_t i = 0; i < yaml_count(place); i++) {
        struct yaml_place item = yaml_item(place, i);
        struct bytes name;
        int status = yaml_scalar(&item, &name);
        if (status != 0) {
            return status;
        }
        int zone = zone_from_name(name);
        if (zone < 0) {
            char complaint[COMPLAINT_TEXT];
            zone_complaint(name, complaint, sizeof complaint);
            return yaml_complain(&item, "%s", complaint);
        }
        *out |= ZONE_BIT((unsigned)zone);
    }
    return *out != 0 ? 0 : yaml_complain(place, "must name at least one zone");
}

static int read_choices(const struct yaml_place *place, const char *what, const char *const *names,
                        uint32_t *out) {
    *out = 0;
    for (size_t i = 0; i < yaml_count(place); i++) {
        struct yaml_place item = yaml_item(place, i);
        unsigned index;
        int status = yaml_choice(&item, what, names, &index);
        if (status != 0) {
            return status;
        }
        *out |= UINT32_C(1) << index;
    }
    return *out != 0 ? 0 : yaml_complain(place, "must not be empty");
}

static int read_kinds(const struct reader *reader, const struct yaml_place *place,
                      struct rule_clause *clause) {
    for (size_t i = 0; i < yaml_count(place); i++) {
        struct yaml_place item = yaml_item(place, i);
        struct bytes name;
        int status = yaml_scalar(&item, &name);
        if (status != 0) {
            return status;
        }
        int bit = kind_bit(reader->words, name);
        if (bit < -1) {
            char complaint[COMPLAINT_TEXT];
            kind_complaint(reader->words, name, complaint, sizeof complaint);
            return yaml_complain(&item, "%s", complaint);
        }
        clause->kinds |= bit < 0 ? 0 : UINT64_C(1) << bit;
    }
    return 0;
}

static int read_legal(const struct reader *reader, const struct yaml_place *place,
                      struct rule_clause *clause) {
    uint32_t categories;
    int status = read_choices(place, "legal category", legal_names, &categories);
    for (unsigned i = 0; status == 0 && i < 64 && reader->words->kinds[i] != NULL; i++) {
        if ((categories >> reader->words->legal[i] & 1) != 0) {
            clause->kinds |= UINT64_C(1) << i;
        }
    }
    return status;
}

static int read_roles(const struct reader *reader, const struct yaml_place *place,
                      struct rule_clause *clause) {
    for (size_t i = 0; i < yaml_count(place); i++) {
        struct yaml_place item = yaml_item(place, i);
        struct bytes name;
        int status = yaml_scalar(&item, &name);
        if (status != 0) {
            return status;
        }
        int bit = role_bit(reader->words, name);
        if (bit < -1) {
            char complaint[COMPLAINT_TEXT];
            role_complaint(reader->words, name, complaint, sizeof complaint);
            return yaml_complain(&item, "%s", complaint);
        }
        clause->roles |= bit < 0 ? 0 : UINT32_C(1) << bit;
    }
    return 0;
}

/* ---- clauses ---- */

/* What the clause speaks of: kinds by name or category, or roles. */
static int read_subject(const struct reader *reader, const struct yaml_place *place,
                        struct rule_clause *clause, bool *speaks_of_roles) {
    struct yaml_place kinds, legal, roles;
    bool has_kinds = yaml_member(place, "kinds", &kinds);
    bool has_legal = yaml_member(place, "legal", &legal);
    *speaks_of_roles = yaml_member(place, "roles", &roles);
    if ((has_kinds || has_legal) == *speaks_of_roles) {
        return yaml_complain(place, "needs either kinds (\"kinds\", \"legal\") or \"roles\"");
    }
    int status = has_kinds ? read_kinds(reader, &kinds, clause) : 0;
    if (status == 0 && has_legal) {
        status = read_legal(reader, &legal, clause);
    }
    if (status == 0 && *speaks_of_roles) {
        status = read_roles(reader, &roles, clause);
    }
    return status;
}

/* How its values break the rule: by state, by the positions they show, or all together. */
static int read_breach(const struct yaml_place *place, bool speaks_of_roles,
                       struct rule_clause *clause) {
    struct yaml_place states, shows, finds;
    bool has_states = yaml_member(place, "states", &states);
    bool has_shows = yaml_member(place, "shows", &shows);
    bool has_finds = yaml_member(place, "finds", &finds);
    if (speaks_of_roles) {
        return has_states || has_shows || has_finds
                   ? yaml_complain(place, "roles break a rule by being there: \"states\", "
                                          "\"shows\" and \"finds\" are for kinds")
                   : 0;
    }
    if (has_states + has_shows + has_finds != 1) {
        return yaml_complain(place, "needs either \"states\", \"shows\" or \"finds\"");
    }
    if (has_states) {
        return read_choices(&states, "mask state", state_names, &clause->states);
    }
    unsigned index = 0;
    int status = has_shows ? yaml_choice(&shows, "form", shown_names, &index)
                           : yaml_choice(&finds, "finding", finding_names, &index);
    clause->beyond_last4 = has_shows;
    clause->finds = has_finds ? (enum rule_finding)(FINDING_MIXED_MASKS + index) : FINDING_NONE;
    return status;
}

static int read_clause(const struct reader *reader, const struct yaml_place *place,
                       struct rule_clause *clause) {
    bool speaks_of_roles = false;
    int status = yaml_mapping(place, clause_keys);
    if (status == 0) {
        status = read_subject(reader, place, clause, &speaks_of_roles);
    }
    if (status == 0) {
        status = read_breach(place, speaks_of_roles, clause);
    }
    struct yaml_place zones, table, demands;
    if (status == 0) {
        status = yaml_required(place, "zones", &zones);
    }
    if (status == 0) {
        status = read_zones(&zones, &clause->zones);
    }
    if (status == 0 && yaml_member(place, "table", &table)) {
        unsigned index;
        clause->transaction_table = true;
        status = yaml_choice(&table, "sort of table", table_names, &index);
    }
    if (status == 0 && yaml_member(place, "demands", &demands)) {
        unsigned index;
        clause->demands_encryption = true;
        status = yaml_choice(&demands, "demand", demand_names, &index);
    }
    return status;
}

static int read_clauses(const struct reader *reader, const struct yaml_place *place,
                        struct rule *rule) {
    int status = yaml_list(place);
    if (status != 0) {
        return status;
    }
    size_t count = yaml_count(place);
    if (count == 0) {
        return yaml_complain(place, "must hold at least one way to break the rule");
    }
    struct rule_clause *clauses = arena_alloc(reader->memory, count * sizeof *clauses);
    if (clauses == NULL) {
        return out_of_memory(reader);
    }
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item = yaml_item(place, i);
        status = read_clause(reader, &item, &clauses[i]);
    }
    rule->clauses = clauses;
    rule->clause_count = (unsigned)count;
    return status;
}

/* ---- rules ---- */

/* "PACK/SECTION" in the arena; NULL when memory is out. */
static const char *join_id(const struct reader *reader, const char *section) {
    size_t size = strlen(reader->pack->name) + strlen(section) + 2;
    char *id = arena_alloc(reader->memory, size);
    if (id != NULL) {
        snprintf(id, size, "%s/%s", reader->pack->name, section);
    }
    return id;
}

static int read_identity(const struct reader *reader, const struct yaml_place *place,
                         struct rule *rule) {
    struct yaml_place section, parent;
    int status = yaml_required(place, "section", &section);
    if (status == 0) {
        status = read_name(&section, &rule->section);
    }
    if (status != 0) {
        return status;
    }
    rule->document = reader->pack->name;
    rule->id = join_id(reader, rule->section);
    if (rule->id == NULL) {
        return out_of_memory(reader);
    }
    if (yaml_member(place, "parent", &parent)) {
        const char *name;
        status = read_name(&parent, &name);
        rule->parent = status == 0 ? join_id(reader, name) : NULL;
        if (status == 0 && rule->parent == NULL) {
            return out_of_memory(reader);
        }
    }
    return status != 0 ? status : read_optional_text(place, "printed", &rule->printed);
}

static int read_weight(const struct yaml_place *place, struct rule *rule) {
    struct yaml_place level;
    unsigned chosen = LEVEL_REQUIREMENT, scope = SCOPE_FIELD, severity = UINT32_MAX;
    int status = yaml_required(place, "level", &level);
    if (status == 0) {
        status = yaml_choice(&level, "level", level_names, &chosen);
    }
    if (status == 0) {
        status = read_optional_choice(place, "scope", scope_names, &scope);
    }
    if (status == 0) {
        status = read_optional_choice(place, "severity", severity_choices, &severity);
    }
    struct yaml_place class;
    uint32_t number = 0;
    if (status == 0 && yaml_member(place, "class", &class)) {
        status = yaml_number(&class, 1, 2, &number);
    }
    rule->level = (enum rule_level)chosen;
    rule->scope = (enum rule_scope)scope;
    rule->severity =
        severity == UINT32_MAX ? SEVERITY_NONE : (enum severity)(severity + SEVERITY_LOW);
    rule->class = (uint8_t)number;
    return status;
}

static int read_words(const struct yaml_place *place, struct rule *rule) {
    struct {
        const char *key;
        bool required;
        struct text_pair text;
    } words[] = {{"title", true, {NULL, NULL}},
                 {"message", true, {NULL, NULL}},
                 {"remedy", true, {NULL, NULL}},
                 {"reading", false, {NULL, NULL}}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct yaml_place text;
        int status = 0;
        if (words[i].required) {
            status = yaml_required(place, words[i].key, &text);
        } else if (!yaml_member(place, words[i].key, &text)) {
            continue;
        }
        if (status == 0) {
            status = read_pair(&text, &words[i].text);
        }
        if (status != 0) {
            return status;
        }
    }
    rule->title.en = words[0].text.en, rule->title.zh = words[0].text.zh;
    rule->message.en = words[1].text.en, rule->message.zh = words[1].text.zh;
    rule->remedy.en = words[2].text.en, rule->remedy.zh = words[2].text.zh;
    rule->reading.en = words[3].text.en, rule->reading.zh = words[3].text.zh;
    return 0;
}

static int read_rule(const struct reader *reader, const struct yaml_place *place,
                     struct rule *rule) {
    int status = yaml_mapping(place, rule_keys);
    if (status == 0) {
        status = read_identity(reader, place, rule);
    }
    if (status == 0) {
        status = read_weight(place, rule);
    }
    if (status == 0) {
        status = read_words(place, rule);
    }
    struct yaml_place breaks;
    if (status == 0) {
        status = yaml_required(place, "breaks", &breaks);
    }
    return status != 0 ? status : read_clauses(reader, &breaks, rule);
}

/* Sections are there once, and parents exist in the same pack. */
static int check_family(const struct yaml_place *list, const struct rule *rules, size_t count) {
    for (size_t i = 0; i < count; i++) {
        bool parent_found = rules[i].parent == NULL;
        for (size_t j = 0; j < count; j++) {
            if (j < i && strcmp(rules[i].id, rules[j].id) == 0) {
                struct yaml_place here = yaml_item(list, i), first = yaml_item(list, j);
                return yaml_complain(&here, "section \"%s\" is there twice, first in line %zu",
                                     rules[i].section, yaml_line(&first));
            }
            parent_found |= j != i && !parent_found && strcmp(rules[i].parent, rules[j].id) == 0;
        }
        if (!parent_found) {
            struct yaml_place here = yaml_item(list, i);
            return yaml_complain(&here, "no rule of this pack is the parent \"%s\"",
                                 strchr(rules[i].parent, '/') + 1);
        }
    }
    return 0;
}

static int read_rules(const struct reader *reader, const struct yaml_place *place) {
    int status = yaml_list(place);
    if (status != 0) {
        return status;
    }
    size_t count = yaml_count(place);
    if (count > 2000) {
        return yaml_complain(place, "holds %zu rules; at most 2000 are allowed", count);
    }
    struct rule *rules = arena_alloc(reader->memory, (count + 1) * sizeof *rules);
    if (rules == NULL) {
        return out_of_memory(reader);
    }
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item = yaml_item(place, i);
        status = read_rule(reader, &item, &rules[i]);
    }
    reader->pack->rules = rules;
    reader->pack->rule_count = (unsigned)count;
    return status != 0 ? status : check_family(place, rules, count);
}

/* ---- packs ---- */

static int read_head(const struct reader *reader, const struct yaml_place *root) {
    struct pack *pack = reader->pack;
    struct yaml_place schema, name, version, title;
    uint32_t number;
    int status = yaml_required(root, "schema", &schema);
    if (status == 0) {
        status = yaml_number(&schema, 1, UINT32_MAX, &number);
    }
    if (status == 0 && number > SCHEMA_VERSION) {
        status = yaml_complain(&schema,
                               "is version %u; this yinma reads version %d: a newer one "
                               "is needed for this pack",
                               number, SCHEMA_VERSION);
    }
    if (status == 0) {
        status = yaml_required(root, "pack", &name);
    }
    if (status == 0) {
        status = read_name(&name, &pack->name);
    }
    if (status == 0) {
        status = yaml_required(root, "version", &version);
    }
    if (status == 0) {
        status = yaml_text(&version, &pack->version);
    }
    if (status == 0) {
        status = yaml_required(root, "title", &title);
    }
    struct text_pair words = {NULL, NULL};
    if (status == 0) {
        status = read_pair(&title, &words);
    }
    pack->title.en = words.en;
    pack->title.zh = words.zh;
    return status;
}

static int read_origin(const struct yaml_place *root, struct pack *pack) {
    unsigned rank = UINT32_MAX;
    pack->edition = "";
    pack->issuer = "";
    int status = read_optional_text(root, "edition", &pack->edition);
    if (status == 0) {
        status = read_optional_text(root, "issuer", &pack->issuer);
    }
    if (status == 0) {
        status = read_optional_choice(root, "rank", rank_names, &rank);
    }
    pack->rank = rank == UINT32_MAX ? "house-rule" : rank_names[rank];
    return status;
}

int pack_read(const struct pack_source *source, const struct rule_vocabulary *words,
              struct arena *memory, struct pack *out, struct error *err) {
    *out = (struct pack){0};
    struct reader reader = {words, memory, out, source, err};
    struct yaml_tree tree;
    struct yaml_place root, rules;
    int status = yaml_tree_init(&tree, source->yaml, source->file, memory, err, &root);
    if (status == 0 && root.node == NULL) {
        status = error_set(err, YINMA_E_USAGE, "%s:1: holds no pack", source->file);
    }
    if (status == 0) {
        status = yaml_mapping(&root, pack_keys);
    }
    if (status == 0) {
        status = read_head(&reader, &root);
    }
    if (status == 0) {
        status = read_origin(&root, out);
    }
    if (status == 0) {
        status = yaml_required(&root, "rules", &rules);
    }
    if (status == 0) {
        status = read_rules(&reader, &rules);
    }
    file_text_digest(source->yaml, out->sha256);
    yaml_tree_release(&tree);
    return status;
}
