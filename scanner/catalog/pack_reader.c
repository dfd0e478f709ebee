#include "catalog/pack_reader.h"

#include <stdio.h>

#include "catalog/clause_reader.h"
#include "catalog/file_text.h"
#include "catalog/period.h"

enum { SCHEMA_VERSION = 1, RULES_MOST = 2000, READING_MOST = 255 };

static const char *const pack_keys[] = {"schema", "pack",  "version", "title", "edition", "issuer",
                                        "rank",   "notes", "keep",    "rules", NULL};
static const char *const rule_keys[] = {"section",  "printed", "level",    "scope",    "class",
                                        "parent",   "title",   "message",  "remedy",   "reading",
                                        "readings", "related", "controls", "severity", "once-per",
                                        "breaks",   NULL};
static const char *const keep_keys[] = {"section", "class",    "zones", "kinds",
                                        "legal",   "at-least", "title", NULL};
static const char *const severity_choices[] = {"low", "medium", "high", "critical", NULL};
static const char *const scope_names[] = {"value", "record", "field", "unit", "run", NULL};
static const char *const rank_names[] = {"statute",
                                         "regulation",
                                         "administrative-reference",
                                         "supervisory-checklist",
                                         "industry-standard",
                                         "house-rule",
                                         NULL};

/* ---- rules ---- */

/* "PACK/SECTION" in the arena; NULL when memory is out. */
static const char *join_id(const struct pack_work *work, const char *section) {
    size_t size = strlen(work->pack->name) + strlen(section) + 2;
    char *id = arena_alloc(work->memory, size);
    if (id != NULL) {
        snprintf(id, size, "%s/%s", work->pack->name, section);
    }
    return id;
}

static int read_identity(const struct pack_work *work, const struct yaml_place *place,
                         struct rule *rule) {
    struct yaml_place section, parent;
    int status = yaml_required(place, "section", &section);
    if (status == 0) {
        status = read_name(&section, &rule->section);
    }
    if (status != 0) {
        return status;
    }
    rule->document = work->pack->name;
    rule->id = join_id(work, rule->section);
    if (rule->id == NULL) {
        return pack_out_of_memory(work);
    }
    if (yaml_member(place, "parent", &parent)) {
        const char *name;
        status = read_name(&parent, &name);
        rule->parent = status == 0 ? join_id(work, name) : NULL;
        if (status == 0 && rule->parent == NULL) {
            return pack_out_of_memory(work);
        }
    }
    return status != 0 ? status : read_optional_text(place, "printed", &rule->printed);
}

static int read_level(const struct yaml_place *place, enum rule_level *out) {
    const char *names[LEVEL_COUNT + 1];
    for (unsigned i = 0; i < LEVEL_COUNT; i++) {
        names[i] = rule_level_name((enum rule_level)i);
    }
    names[LEVEL_COUNT] = NULL;
    unsigned chosen = LEVEL_REQUIREMENT;
    int status = yaml_choice(place, "level", names, &chosen);
    *out = (enum rule_level)chosen;
    return status;
}

static int read_weight(const struct yaml_place *place, struct rule *rule) {
    struct yaml_place level;
    unsigned scope = SCOPE_FIELD, severity = UINT32_MAX;
    int status = yaml_required(place, "level", &level);
    if (status == 0) {
        status = read_level(&level, &rule->level);
    }
    if (status == 0) {
        status = read_optional_choice(place, "scope", scope_names, &scope);
    }
    if (status == 0) {
        status = read_optional_choice(place, "severity", severity_choices, &severity);
    }
    rule->scope = (enum rule_scope)scope;
    rule->severity =
        severity == UINT32_MAX ? SEVERITY_NONE : (enum severity)(severity + SEVERITY_LOW);
    return status != 0 ? status : read_class(place, &rule->class);
}

static int read_words(const struct yaml_place *place, struct rule *rule) {
    struct {
        const char *key;
        struct rule_text *text;
    } words[] = {{"title", &rule->title}, {"message", &rule->message}, {"remedy", &rule->remedy}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct yaml_place text;
        int status = yaml_required(place, words[i].key, &text);
        if (status == 0) {
            status = read_pair(&text, words[i].text);
        }
        if (status != 0) {
            return status;
        }
    }
    return read_optional_pair(place, "reading", &rule->reading);
}

/* ---- what a rule refers to ---- */

static bool reading_known(const struct pack_work *work, uint32_t number) {
    for (size_t i = 0; i < work->reading_count; i++) {
        if (work->readings[i].number == number) {
            return true;
        }
    }
    return false;
}

static int read_readings(const struct pack_work *work, const struct yaml_place *place,
                         struct rule *rule) {
    size_t count = yaml_count(place);
    uint8_t *numbers = arena_alloc(work->memory, count + 1);
    if (numbers == NULL) {
        return pack_out_of_memory(work);
    }
    for (size_t i = 0; i < count; i++) {
        struct yaml_place item = yaml_item(place, i);
        uint32_t number;
        int status = yaml_number(&item, 1, READING_MOST, &number);
        if (status != 0) {
            return status;
        }
        if (!reading_known(work, number)) {
            return yaml_complain(&item,
                                 "no published reading has the number %u; allowed: the numbers of "
                                 "rules/readings.yaml, 1 to %zu",
                                 number, work->reading_count);
        }
        numbers[i] = (uint8_t)number;
    }
    rule->readings = numbers;
    rule->reading_count = (unsigned)count;
    return 0;
}

/* NULL-terminated. */
static int read_texts(const struct pack_work *work, const struct yaml_place *place,
                      const char *const **out) {
    size_t count = yaml_count(place);
    const char **texts = arena_alloc(work->memory, (count + 1) * sizeof *texts);
    if (texts == NULL) {
        return pack_out_of_memory(work);
    }
    for (size_t i = 0; i < count; i++) {
        struct yaml_place item = yaml_item(place, i);
        int status = yaml_text(&item, &texts[i]);
        if (status != 0) {
            return status;
        }
    }
    *out = texts;
    return 0;
}

/* "pack/section"; whether that rule exists is known when all packs have been read. */
static int check_related(const struct yaml_place *place, const char *const *related) {
    for (size_t i = 0; related[i] != NULL; i++) {
        const char *slash = strchr(related[i], '/');
        if (slash == NULL || slash == related[i] || slash[1] == '\0') {
            struct yaml_place item = yaml_item(place, i);
            return yaml_complain(&item, "must name a rule of a pack, as in pci/3.4.1");
        }
    }
    return 0;
}

static int read_references(const struct pack_work *work, const struct yaml_place *place,
                           struct rule *rule) {
    struct yaml_place list;
    int status = 0;
    if (yaml_member(place, "readings", &list)) {
        status = read_readings(work, &list, rule);
    }
    if (status == 0 && yaml_member(place, "controls", &list)) {
        status = read_texts(work, &list, &rule->controls);
    }
    if (status == 0 && yaml_member(place, "related", &list)) {
        status = read_texts(work, &list, &rule->related);
        status = status != 0 ? status : check_related(&list, rule->related);
    }
    return status;
}

static int read_rule(const struct pack_work *work, const struct yaml_place *place,
                     struct rule *rule) {
    int status = yaml_mapping(place, rule_keys);
    if (status == 0) {
        status = read_identity(work, place, rule);
    }
    if (status == 0) {
        status = read_weight(place, rule);
    }
    if (status == 0) {
        status = read_words(place, rule);
    }
    if (status == 0) {
        status = read_references(work, place, rule);
    }
    struct yaml_place breaks;
    if (status == 0) {
        status = yaml_required(place, "breaks", &breaks);
    }
    rule->line = (unsigned)yaml_line(place);
    return status != 0 ? status : read_clauses(work, &breaks, rule);
}

/* ---- rules that contradict each other ---- */

static int check_once(const struct yaml_place *list, const struct rule *rules, size_t index) {
    for (size_t i = 0; i < index; i++) {
        if (strcmp(rules[i].id, rules[index].id) == 0) {
            struct yaml_place here = yaml_item(list, index), first = yaml_item(list, i);
            return yaml_complain(&here, "section \"%s\" is there twice, first in line %zu",
                                 rules[i].section, yaml_line(&first));
        }
    }
    return 0;
}

static const struct rule *rule_of_id(const struct rule *rules, size_t count, const char *id) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rules[i].id, id) == 0) {
            return &rules[i];
        }
    }
    return NULL;
}

/* Parents exist in the same pack, nobody descends from itself, and what holds for one class of
 * firms cannot refine what holds for the other. */
static int check_parents(const struct yaml_place *list, const struct rule *rules, size_t count,
                         size_t index) {
    const struct rule *rule = &rules[index];
    struct yaml_place here = yaml_item(list, index);
    size_t steps = 0;
    for (const struct rule *child = rule; child->parent != NULL; steps++) {
        const struct rule *parent = rule_of_id(rules, count, child->parent);
        if (parent == NULL || parent == rule || steps > count) {
            return yaml_complain(&here,
                                 parent == NULL ? "no rule of this pack is the parent \"%s\""
                                                : SAID("descends from itself by its parent \"%s\""),
                                 strchr(child->parent, '/') + 1);
        }
        if (parent->class != 0 && rule->class != 0 && parent->class != rule->class) {
            return yaml_complain(&here,
                                 "contradicts its parent \"%s\": one is for class %u only, "
                                 "the other for class %u",
                                 parent->section, rule->class, parent->class);
        }
        child = parent;
    }
    return 0;
}

static int check_family(const struct yaml_place *list, const struct rule *rules, size_t count) {
    int status = 0;
    for (size_t i = 0; status == 0 && i < count; i++) {
        status = check_once(list, rules, i);
        if (status == 0) {
            status = check_parents(list, rules, count, i);
        }
    }
    return status;
}

static int read_rules(const struct pack_work *work, const struct yaml_place *place) {
    int status = yaml_list(place);
    if (status != 0) {
        return status;
    }
    size_t count = yaml_count(place);
    if (count > RULES_MOST) {
        return yaml_complain(place, "holds %zu rules; at most %d are allowed", count, RULES_MOST);
    }
    struct rule *rules = arena_alloc(work->memory, (count + 1) * sizeof *rules);
    if (rules == NULL) {
        return pack_out_of_memory(work);
    }
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item = yaml_item(place, i);
        status = read_rule(work, &item, &rules[i]);
    }
    work->pack->rules = rules;
    work->pack->rule_count = (unsigned)count;
    return status != 0 ? status : check_family(place, rules, count);
}

/* ---- minimum ages ---- */

static int read_keep(const struct pack_work *work, const struct yaml_place *place,
                     struct keep_rule *keep) {
    struct yaml_place section, zones, kinds, span, title;
    bool missing, found = false;
    int status = yaml_mapping(place, keep_keys);
    if (status == 0) {
        status = yaml_required(place, "section", &section);
    }
    if (status == 0) {
        status = read_name(&section, &keep->section);
    }
    if (status == 0) {
        status = read_class(place, &keep->class);
    }
    if (status == 0) {
        status = yaml_required(place, "zones", &zones);
    }
    if (status == 0) {
        status = read_zones(&zones, &keep->zones);
    }
    if (status == 0 && yaml_member(place, "kinds", &kinds)) {
        status = read_kinds(work, &kinds, &keep->kinds, &missing);
    }
    if (status == 0 && yaml_member(place, "legal", &kinds)) {
        status = read_legal(work, &kinds, &keep->kinds);
    }
    if (status == 0) {
        status = yaml_required(place, "at-least", &span);
    }
    if (status == 0) {
        status = yaml_mapping(&span, span_keys);
    }
    if (status == 0) {
        status = period_read_member(&span, &keep->at_least, &found);
    }
    if (status == 0 && !found) {
        status = yaml_complain(&span, "needs \"hours\", \"days\", \"months\" or \"years\"");
    }
    if (status == 0) {
        status = yaml_required(place, "title", &title);
    }
    return status != 0 ? status : read_pair(&title, &keep->title);
}

/* Does a rule of the pack forbid to keep what KEEP demands? */
static const struct rule *rule_against(const struct pack *pack, const struct keep_rule *keep) {
    for (unsigned i = 0; i < pack->rule_count; i++) {
        const struct rule *rule = &pack->rules[i];
        if (keep->class != 0 && rule->class != 0 && keep->class != rule->class) {
            continue;
        }
        for (unsigned j = 0; j < rule->clause_count; j++) {
            const struct rule_clause *clause = &rule->clauses[j];
            if (clause->ages && clause->older_than.limit.unit != PERIOD_NONE &&
                (clause->zones & keep->zones) != 0 &&
                (keep->kinds == 0 || (clause->kinds & keep->kinds) != 0) &&
                period_shorter(&clause->older_than.limit, &keep->at_least)) {
                return rule;
            }
        }
    }
    return NULL;
}

static int read_keeps(const struct pack_work *work, const struct yaml_place *place) {
    int status = yaml_list(place);
    if (status != 0) {
        return status;
    }
    size_t count = yaml_count(place);
    struct keep_rule *keeps = arena_alloc(work->memory, (count + 1) * sizeof *keeps);
    if (keeps == NULL) {
        return pack_out_of_memory(work);
    }
    for (size_t i = 0; status == 0 && i < count; i++) {
        struct yaml_place item = yaml_item(place, i);
        status = read_keep(work, &item, &keeps[i]);
        const struct rule *against = status == 0 ? rule_against(work->pack, &keeps[i]) : NULL;
        if (against != NULL) {
            status = yaml_complain(&item,
                                   "contradicts rule \"%s\" in line %u, which has the same "
                                   "data deleted sooner",
                                   against->section, against->line);
        }
    }
    work->pack->keeps = keeps;
    work->pack->keep_count = (unsigned)count;
    return status;
}

/* ---- packs ---- */

static int read_head(const struct pack_work *work, const struct yaml_place *root) {
    struct pack *pack = work->pack;
    struct yaml_place name, version, title;
    int status = schema_check(root, SCHEMA_VERSION, "pack");
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
    return status != 0 ? status : read_pair(&title, &pack->title);
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
        status = read_optional_pair(root, "notes", &pack->notes);
    }
    if (status == 0) {
        status = read_optional_choice(root, "rank", rank_names, &rank);
    }
    pack->rank = rank == UINT32_MAX ? "house-rule" : rank_names[rank];
    return status;
}

static int read_members(const struct pack_work *work, const struct yaml_place *root) {
    struct yaml_place rules, keeps;
    int status = yaml_mapping(root, pack_keys);
    if (status == 0) {
        status = read_head(work, root);
    }
    if (status == 0) {
        status = read_origin(root, work->pack);
    }
    if (status == 0) {
        status = yaml_required(root, "rules", &rules);
    }
    if (status == 0) {
        status = read_rules(work, &rules);
    }
    if (status == 0 && yaml_member(root, "keep", &keeps)) {
        status = read_keeps(work, &keeps);
    }
    return status;
}

int pack_read(const struct pack_work *work) {
    const struct pack_source *source = work->source;
    *work->pack = (struct pack){.file = source->file};
    struct yaml_tree tree;
    struct yaml_place root;
    int status = yaml_tree_init(&tree, source->yaml, source->file, work->memory, work->err, &root);
    if (status == 0 && root.node == NULL) {
        status = error_set(work->err, YINMA_E_USAGE, "%s:1: holds no pack", source->file);
    }
    if (status == 0) {
        status = read_members(work, &root);
    }
    file_text_digest(source->yaml, work->pack->sha256);
    yaml_tree_release(&tree);
    return status;
}
