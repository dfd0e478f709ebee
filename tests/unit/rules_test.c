/* judge: rules against fields made by hand. */
#include "judge/judge.h"
#include "tests/unit/check.h"

/* ---- a small world: packs, one unit, a few fields ---- */

enum { FIELDS = 4 };

struct world {
    struct catalog *catalog;
    struct lexicon *lexicon;
    struct judge_settings settings;
    struct unit_facts facts;
    struct unit_result unit;
    struct field_facts places[FIELDS];
    struct kind_facts kinds[FIELDS];
    struct field_result fields[FIELDS];
    struct results results;
};

static const char *profiles[] = {"platform", "yinma", NULL};

static struct catalog *load_catalog(const struct pack_source *sources, size_t count) {
    static const char *kinds[PATTERN_MAX + 1];
    static enum legal legal[PATTERN_MAX];
    static const char *role_names[33];
    for (unsigned i = 0; i < pattern_count(); i++) {
        kinds[i] = patterns[i]->name;
        legal[i] = patterns[i]->legal;
    }
    for (unsigned i = 0; roles[i].name != NULL; i++) {
        role_names[i] = roles[i].name;
    }
    const struct rule_vocabulary words = {kinds, legal, role_names};
    struct error err = {0};
    struct catalog *catalog;
    CHECK_INT(catalog_new(sources, count, &words, &catalog, &err), 0);
    CHECK_STR(err.text, "");
    return catalog;
}

static void open_world(struct world *world, zone_set zones, unsigned traits) {
    memset(world, 0, sizeof *world);
    size_t packs = 0;
    while (embedded_packs[packs].file != NULL) {
        packs++;
    }
    world->catalog = load_catalog(embedded_packs, packs);
    world->lexicon = lexicon_new();
    world->settings =
        (struct judge_settings){.lexicon = world->lexicon, .min_confidence = CONFIDENCE_LIKELY};
    world->facts =
        (struct unit_facts){.format = "mysqldump", .traits = traits, .fields = world->places};
    world->unit = (struct unit_result){
        .facts = &world->facts, .source = BYTES_LIT("shop.sql"), .zones = zones};
    world->results = (struct results){.catalog = world->catalog,
                                      .units = &world->unit,
                                      .unit_count = 1,
                                      .fields = world->fields,
                                      .run.profiles = profiles};
}

static void release_violations(struct world *world) {
    for (size_t i = 0; i < world->results.violation_count; i++) {
        violation_release(&world->results.violations[i]);
    }
    free(world->results.violations);
    world->results.violations = NULL;
    world->results.violation_count = 0;
}

static void close_world(struct world *world) {
    for (size_t i = 0; i < FIELDS; i++) {
        kind_facts_release(&world->kinds[i]);
    }
    free(world->results.statuses);
    release_violations(world);
    catalog_free(world->catalog);
    lexicon_free(world->lexicon);
}

/* COUNT values of KIND in that state, in a column of its own of the table. */
static struct field_result *add_field(struct world *world, const char *table, const char *kind,
                                      enum mask_state state, uint64_t count) {
    size_t at = world->results.field_count++;
    world->facts.field_count++;
    int number = pattern_number(kind);
    CHECK(number >= 0);
    struct field_facts *place = &world->places[at];
    place->table = bytes_of_string(table);
    place->column = BYTES_LIT("c");
    place->cells = count;
    struct kind_facts *facts = &world->kinds[at];
    const struct example example = {.row = at + 1, .offset = 100 * at};
    CHECK(kind_facts_example(facts, state, &example));
    world->fields[at] = (struct field_result){.field = place,
                                              .facts = facts,
                                              .kind = patterns[number]->name,
                                              .kind_number = (uint8_t)number,
                                              .legal = patterns[number]->legal,
                                              .confidence = CONFIDENCE_CERTAIN,
                                              .written = true,
                                              .values = count};
    world->fields[at].count[state] = count;
    return &world->fields[at];
}

static void judge(struct world *world) {
    struct error err = {0};
    CHECK_INT(judge_rules(&world->settings, &world->results, &err), 0);
}

/* The violation of RULE; NULL. */
static const struct violation *find(const struct world *world, const char *rule) {
    for (size_t i = 0; i < world->results.violation_count; i++) {
        if (strcmp(world->results.violations[i].rule->id, rule) == 0) {
            return &world->results.violations[i];
        }
    }
    return NULL;
}

/* ---- every rule, broken and kept ---- */

enum { ALONE, BESIDE_CARD };
#define NEVER SEVERITY_NONE

static const struct fixture {
    const char *rule;
    zone_set zones;
    unsigned traits;
    const char *kind;
    enum mask_state state;
    int company;            /* ALONE, or a card column in the same table */
    enum severity severity; /* NEVER: the rule is kept */
} fixtures[] = {
#define Z(zone) ZONE_BIT(ZONE_##zone)
    {"platform/1.6.3.4", Z(WAYBILL), 0, "tw_national_id", STATE_CLEAR, ALONE, SEVERITY_MEDIUM},
    {"platform/1.6.3.4", Z(WAYBILL), 0, "tw_national_id", STATE_MASKED, ALONE, NEVER},
    {"platform/1.6.3.4", Z(WAYBILL), 0, "card_number", STATE_MASKED, ALONE, SEVERITY_MEDIUM},
    {"platform/1.6.3.4", Z(WAYBILL), 0, "address", STATE_CLEAR, ALONE, NEVER},
    {"platform/1.6.3.4", Z(OTHER), 0, "tw_national_id", STATE_CLEAR, ALONE, NEVER},
    {"platform/2.1.4", Z(TEST), 0, "email", STATE_CLEAR, ALONE, SEVERITY_HIGH},
    {"platform/2.1.4", Z(TEST), 0, "email", STATE_WEAK, ALONE, NEVER},
    {"platform/2.1.4", Z(DB), 0, "email", STATE_CLEAR, ALONE, NEVER},
    {"platform/2.1.4.2", Z(TEST), 0, "phone_mobile", STATE_CLEAR, ALONE, SEVERITY_MEDIUM},
    {"platform/2.1.4.2", Z(TEST), 0, "phone_mobile", STATE_ENCRYPTED, ALONE, NEVER},
    {"platform/5.3.3.6", Z(EXCHANGE), 0, "tw_resident_id", STATE_CLEAR, ALONE, SEVERITY_MEDIUM},
    {"platform/5.3.3.6", Z(OTHER), 0, "card_number", STATE_CLEAR, ALONE, SEVERITY_MEDIUM},
    {"platform/5.3.3.6", Z(OTHER), 0, "email", STATE_CLEAR, ALONE, NEVER},
    {"platform/5.3.3.6", Z(BACKUP), 0, "card_number", STATE_WEAK, ALONE, NEVER},
    {"platform/5.3.4", Z(DISPLAY), 0, "tw_national_id", STATE_CLEAR, ALONE, SEVERITY_HIGH},
    {"platform/5.3.4", Z(DISPLAY), 0, "card_number", STATE_WEAK, ALONE, NEVER},
    {"platform/5.3.5", Z(DB), 0, "phone_mobile", STATE_CLEAR, BESIDE_CARD, SEVERITY_HIGH},
    {"platform/5.3.5", Z(DB), 0, "phone_mobile", STATE_CLEAR, ALONE, NEVER},
    {"platform/5.3.5", Z(BACKUP), 0, "phone_mobile", STATE_CLEAR, ALONE, SEVERITY_HIGH},
    {"platform/5.3.5", Z(BACKUP), 0, "phone_mobile", STATE_ENCRYPTED, ALONE, NEVER},
    {"platform/5.3.5.1", Z(LOG), 0, "card_number", STATE_CLEAR, ALONE, SEVERITY_LOW},
    {"platform/5.3.5.1", Z(BACKUP), 0, "card_number", STATE_CLEAR, ALONE, SEVERITY_MEDIUM},
    {"platform/5.3.5.1", Z(LOG), 0, "card_number", STATE_MASKED, ALONE, NEVER},
    {"platform/5.3.6", Z(DB), 0, "card_number", STATE_CLEAR, ALONE, SEVERITY_CRITICAL},
    {"platform/5.3.6", Z(BACKUP), UNIT_DUMP, "card_number", STATE_CLEAR, ALONE, SEVERITY_CRITICAL},
    {"platform/5.3.6", Z(BACKUP), 0, "card_number", STATE_CLEAR, ALONE, NEVER},
    {"platform/5.3.6", Z(DISPLAY), UNIT_DUMP, "card_number", STATE_CLEAR, ALONE, NEVER},
    {"platform/5.3.6", Z(DB), 0, "card_number", STATE_WEAK, ALONE, NEVER},
    {"platform/5.3.6", Z(DB), 0, "card_security_code", STATE_WEAK, ALONE, SEVERITY_CRITICAL},
    {"platform/5.3.6", Z(DB), 0, "card_security_code", STATE_MASKED, ALONE, NEVER},
    {"platform/5.3.6", Z(WEB), 0, "email", STATE_CLEAR, ALONE, SEVERITY_CRITICAL},
    {"platform/5.3.6", Z(WEB), 0, "email", STATE_MASKED, ALONE, NEVER},
    {"platform/5.3.6.1", Z(LOG), 0, "card_security_code", STATE_WEAK, ALONE, SEVERITY_CRITICAL},
    {"platform/5.3.6.1", Z(BACKUP), UNIT_DUMP, "card_security_code", STATE_CLEAR, ALONE,
     SEVERITY_CRITICAL},
    {"platform/5.3.6.1", Z(LOG), 0, "card_security_code", STATE_MASKED, ALONE, NEVER},
    {"platform/5.3.6.1", Z(OTHER), 0, "card_security_code", STATE_CLEAR, ALONE, NEVER},
    {"platform/5.3.6.2", Z(WEB), 0, "person_name", STATE_CLEAR, ALONE, SEVERITY_MEDIUM},
    {"platform/5.3.6.2", Z(DMZ), 0, "person_name", STATE_CLEAR, ALONE, NEVER},
    {"yinma/clear-identity", Z(OTHER), 0, "tw_national_id", STATE_CLEAR, ALONE, SEVERITY_MEDIUM},
    {"yinma/clear-identity", Z(SOURCE), 0, "card_security_code", STATE_CLEAR, ALONE,
     SEVERITY_MEDIUM},
    {"yinma/clear-identity", Z(OTHER), 0, "email", STATE_CLEAR, ALONE, NEVER},
    {"yinma/clear-identity", Z(DB), 0, "tw_national_id", STATE_CLEAR, ALONE, NEVER},
    {"yinma/clear-contact", Z(CONFIG), 0, "email", STATE_CLEAR, ALONE, SEVERITY_LOW},
    {"yinma/clear-contact", Z(CONFIG), 0, "email", STATE_WEAK, ALONE, NEVER},
#undef Z
};

static void judge_fixture(const struct fixture *fixture) {
    struct world world;
    open_world(&world, fixture->zones, fixture->traits);
    add_field(&world, "t", fixture->kind, fixture->state, 7);
    if (fixture->company == BESIDE_CARD) {
        add_field(&world, "t", "card_number", STATE_MASKED, 7);
    }
    judge(&world);
    const struct violation *violation = find(&world, fixture->rule);
    enum severity severity = violation == NULL ? NEVER : violation->severity;
    if (severity != fixture->severity) {
        printf("%s, %s:\n", fixture->rule, fixture->kind);
        CHECK_STR(severity_name(severity), severity_name(fixture->severity));
    }
    if (violation != NULL && fixture->severity != NEVER) {
        CHECK_INT(violation->count, 7);
        CHECK_INT(violation->example_count, 1);
        CHECK_STR(violation->kind, fixture->kind);
        char fingerprint[65];
        violation_fingerprint(&world.results, violation, fingerprint);
        CHECK_INT(strlen(fingerprint), 64);
    }
    close_world(&world);
}

static void every_rule_is_broken_and_kept(void) {
    for (size_t i = 0; i < sizeof fixtures / sizeof *fixtures; i++) {
        judge_fixture(&fixtures[i]);
    }
}

static void masks_of_several_forms(void) {
    struct world world;
    open_world(&world, ZONE_BIT(ZONE_DB), 0);
    struct field_result *a = add_field(&world, "t", "tw_national_id", STATE_MASKED, 100);
    struct field_result *b = add_field(&world, "t", "tw_national_id", STATE_MASKED, 50);
    struct mask_forms *forms = &world.kinds[0].forms;
    CHECK(mask_forms_add(forms, BYTES_LIT("###****###"), 90));
    CHECK(mask_forms_add(forms, BYTES_LIT("***"), 9));        /* nothing shown: any form */
    CHECK(mask_forms_add(forms, BYTES_LIT("########**"), 1)); /* a slip */
    CHECK(mask_forms_add(&world.kinds[1].forms, BYTES_LIT("###-****-###"), 50));
    judge(&world);
    CHECK(find(&world, "yinma/mixed-masks") == NULL); /* separators do not matter */

    CHECK(mask_forms_add(forms, BYTES_LIT("########**"), 9));
    release_violations(&world);
    judge(&world);
    const struct violation *violation = find(&world, "yinma/mixed-masks");
    CHECK(violation != NULL && violation->place == a->field);
    CHECK_INT(violation == NULL ? 0 : violation->count, 10);
    CHECK_STR(severity_name(violation == NULL ? NEVER : violation->severity), "low");
    mask_forms_release(&world.kinds[1].forms);

    CHECK(mask_forms_add(&world.kinds[1].forms, BYTES_LIT("######****"), 50));
    mask_forms_release(forms);
    CHECK(mask_forms_add(forms, BYTES_LIT("###****###"), 100));
    release_violations(&world);
    judge(&world);
    violation = find(&world, "yinma/mixed-masks");
    CHECK(violation != NULL && violation->place == b->field && violation->with_count == 1);
    CHECK_STR(violation == NULL ? "" : violation->with[0].form, "###****###");
    mask_forms_release(forms);
    mask_forms_release(&world.kinds[1].forms);
    close_world(&world);
}

static void pairs_of_masks(void) {
    static const struct {
        uint64_t shown, narrowed, against;
        enum severity severity;
    } pairs[] = {{20, 0, 2, SEVERITY_MEDIUM},
                 {0, 20, 0, SEVERITY_LOW},
                 {20, 0, 3, NEVER},
                 {1, 0, 0, NEVER},
                 {0, 0, 20, NEVER}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct world world;
        open_world(&world, ZONE_BIT(ZONE_DB), 0);
        struct field_result *a = add_field(&world, "t", "card_number", STATE_WEAK, 100);
        struct field_result *b = add_field(&world, "t", "card_number", STATE_WEAK, 100);
        world.places[1].column = BYTES_LIT("d");
        struct mask_pair pair = {.column = BYTES_LIT("d"),
                                 .kind = (uint8_t)a->kind_number,
                                 .shown = pairs[i].shown,
                                 .narrowed = pairs[i].narrowed,
                                 .against = pairs[i].against,
                                 .residual_min = 1000};
        struct mask_pair back = pair;
        back.column = BYTES_LIT("c");
        world.places[0].pairs = &pair;
        world.places[1].pairs = &back;
        world.places[0].pair_count = world.places[1].pair_count = 1;
        judge(&world);
        const struct violation *violation = find(&world, "yinma/complementary-masks");
        CHECK_INT(violation == NULL ? NEVER : violation->severity, pairs[i].severity);
        if (violation != NULL) { /* one record tells of both */
            CHECK(violation->place == a->field && violation->with[0].place == b->field);
            CHECK_INT(violation->with[0].residual_min, pairs[i].shown > 0 ? 1 : 1000);
            CHECK_INT(world.results.violation_count, 1);
        }
        close_world(&world);
    }
}

static void digests_without_a_key(void) {
    static const enum pseudonym pseudonyms[] = {PSEUDONYM_UNKNOWN, PSEUDONYM_UNKEYED_LIKELY,
                                                PSEUDONYM_UNKEYED_PROVEN};
    for (size_t i = 0; i < sizeof pseudonyms / sizeof *pseudonyms; i++) {
        struct world world;
        open_world(&world, ZONE_BIT(ZONE_BACKUP), 0);
        add_field(&world, "t", "phone_mobile", STATE_ENCRYPTED, 100)->pseudonym = pseudonyms[i];
        judge(&world);
        const struct violation *violation = find(&world, "yinma/unkeyed-hash");
        bool unkeyed = pseudonyms[i] != PSEUDONYM_UNKNOWN;
        CHECK_INT(violation == NULL ? 0 : violation->count, unkeyed ? 100 : 0);
        CHECK_INT(violation == NULL ? NEVER : violation->severity,
                  unkeyed ? SEVERITY_MEDIUM : NEVER);
        violation = find(&world, "platform/5.3.5"); /* it demands encryption */
        CHECK_INT(violation == NULL ? 0 : violation->count, unkeyed ? 100 : 0);
        CHECK(find(&world, "platform/1.6.3.4") == NULL);
        close_world(&world);
    }
}

static void last_four_is_judged_by_positions(void) {
    struct world world;
    open_world(&world, ZONE_BIT(ZONE_DISPLAY), 0);
    struct field_result *field = add_field(&world, "t", "card_number", STATE_WEAK, 10);
    field->count[STATE_MASKED] = 5;
    field->beyond_last4 = 10;
    judge(&world);
    CHECK_INT(world.results.violation_count, 1);
    const struct violation *violation = find(&world, "platform/5.3.4.1");
    CHECK(violation != NULL);
    if (violation != NULL) {
        CHECK_INT(violation->count, 10);
        CHECK_INT(violation->severity, SEVERITY_LOW); /* 5.3.4 holds: none is clear */
        CHECK_INT(violation->example_count, 1);
    }
    close_world(&world);

    open_world(&world, ZONE_BIT(ZONE_DISPLAY), 0);
    field = add_field(&world, "t", "card_number", STATE_CLEAR, 10);
    field->beyond_last4 = 10;
    judge(&world);
    violation = find(&world, "platform/5.3.4.1");
    CHECK(violation != NULL && violation->severity == SEVERITY_MEDIUM);
    CHECK(find(&world, "platform/5.3.4") != NULL);
    close_world(&world);

    open_world(&world, ZONE_BIT(ZONE_DISPLAY), 0);
    add_field(&world, "t", "card_number", STATE_MASKED, 10);
    judge(&world);
    CHECK_INT(world.results.violation_count, 0);
    close_world(&world);
}

/* The payments table of a dump, as issue trackers show it. */
static void a_payments_dump_breaks_what_it_should(void) {
    struct world world;
    open_world(&world, ZONE_BIT(ZONE_BACKUP), UNIT_DUMP);
    struct field_result *cards = add_field(&world, "payments", "card_number", STATE_CLEAR, 30);
    cards->count[STATE_WEAK] = 20;
    cards->count[STATE_MASKED] = 10;
    add_field(&world, "payments", "card_security_code", STATE_CLEAR, 60);
    add_field(&world, "customers", "email", STATE_CLEAR, 60);
    judge(&world);
    static const char *const expected[] = {"platform/2.4.1.6", "platform/5.3.3.6", "platform/5.3.5",
                                           "platform/5.3.5.1", "platform/5.3.5.4", "platform/5.3.6",
                                           "platform/5.3.3.6", "platform/5.3.5",   "platform/5.3.6",
                                           "platform/5.3.6.1", "platform/5.3.5"};
    CHECK_INT(world.results.violation_count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < world.results.violation_count && i < 11; i++) {
        CHECK_STR(world.results.violations[i].rule->id, expected[i]);
    }
    const struct violation *kept = find(&world, "platform/5.3.6");
    CHECK(kept != NULL && kept->count == 30);
    const uint64_t *totals = world.results.summary.violations;
    CHECK_INT(totals[SEVERITY_CRITICAL] + totals[SEVERITY_HIGH] + totals[SEVERITY_MEDIUM] +
                  totals[SEVERITY_LOW],
              11);
    close_world(&world);
}

static void dummies_alone_are_low(void) {
    struct world world;
    open_world(&world, ZONE_BIT(ZONE_DB), 0);
    struct field_result *field = add_field(&world, "t", "card_number", STATE_CLEAR, 5);
    field->dummies = 5;
    judge(&world);
    const struct violation *violation = find(&world, "platform/5.3.6");
    CHECK(violation != NULL && violation->severity == SEVERITY_LOW);
    close_world(&world);

    open_world(&world, ZONE_BIT(ZONE_DB), 0);
    field = add_field(&world, "t", "card_number", STATE_CLEAR, 5);
    field->dummies = 4;
    judge(&world);
    violation = find(&world, "platform/5.3.6");
    CHECK(violation != NULL && violation->severity == SEVERITY_CRITICAL);
    close_world(&world);
}

static void examples_are_the_first_by_position(void) {
    struct world world;
    open_world(&world, ZONE_BIT(ZONE_LOG), 0);
    struct field_result *field = add_field(&world, "", "card_security_code", STATE_CLEAR, 9);
    field->count[STATE_WEAK] = 9;
    kind_facts_release(&world.kinds[0]);
    for (unsigned i = 0; i < EXAMPLES_KEPT; i++) {
        const struct example clear = {.offset = 30 + i, .row = 1};
        const struct example weak = {.offset = 10 * i + 5, .row = 1};
        CHECK(kind_facts_example(&world.kinds[0], STATE_CLEAR, &clear));
        CHECK(kind_facts_example(&world.kinds[0], STATE_WEAK, &weak));
    }
    judge(&world);
    const struct violation *violation = find(&world, "platform/5.3.6.1");
    CHECK(violation != NULL && violation->example_count == EXAMPLES_KEPT);
    if (violation != NULL) {
        CHECK_INT(violation->examples[0]->offset, 5);
        CHECK_INT(violation->examples[1]->offset, 15);
        CHECK_INT(violation->examples[2]->offset, 25);
        CHECK_INT(violation->count, 18);
    }
    close_world(&world);
}

static void confidence_gates_records_and_exit(void) {
    struct world world;
    open_world(&world, ZONE_BIT(ZONE_TEST), 0);
    add_field(&world, "t", "email", STATE_CLEAR, 5)->confidence = CONFIDENCE_LIKELY;
    add_field(&world, "t", "phone_mobile", STATE_CLEAR, 5)->written = false;
    judge(&world);
    const struct violation *violation = find(&world, "platform/2.1.4");
    CHECK(violation != NULL && !violation->counts_for_exit);
    for (size_t i = 0; i < world.results.violation_count; i++) {
        CHECK_STR(world.results.violations[i].kind, "email");
    }
    close_world(&world);

    open_world(&world, ZONE_BIT(ZONE_TEST), 0);
    world.settings.fail_confidence = CONFIDENCE_LIKELY;
    add_field(&world, "t", "email", STATE_CLEAR, 5)->confidence = CONFIDENCE_LIKELY;
    judge(&world);
    violation = find(&world, "platform/2.1.4");
    CHECK(violation != NULL && violation->counts_for_exit);
    close_world(&world);
}

static void only_profiles_in_force_are_judged(void) {
    static const char *only_builtin[] = {"yinma", NULL};
    struct world world;
    open_world(&world, ZONE_BIT(ZONE_OTHER), 0);
    world.results.run.profiles = only_builtin;
    add_field(&world, "t", "card_number", STATE_CLEAR, 5);
    judge(&world);
    CHECK_INT(world.results.violation_count, 1);
    CHECK(find(&world, "yinma/clear-identity") != NULL);
    close_world(&world);
}

static void class_two_is_asked_for(void) {
    static const char yaml[] =
        "schema: 1\npack: platform\nversion: '1'\ntitle: t\nrules:\n"
        "  - {section: '1', level: baseline, class: 2, title: t, message: m, remedy: r,\n"
        "     breaks: [{kinds: [email], states: [clear], zones: [pc]}]}\n";
    for (unsigned class = 0; class <= 2; class ++) {
        struct world world;
        open_world(&world, ZONE_BIT(ZONE_PC), 0);
        catalog_free(world.catalog);
        struct pack_source source = {"p.yaml", BYTES_LIT(yaml)};
        world.catalog = load_catalog(&source, 1);
        world.results.catalog = world.catalog;
        world.results.run.class = class;
        add_field(&world, "t", "email", STATE_CLEAR, 5);
        judge(&world);
        CHECK_INT(world.results.violation_count, class == 2);
        close_world(&world);
    }
}

/* The first name that the lexicon knows for the role, written as a column's. */
static struct bytes column_for(const char *role, char out[64]) {
    int number = role_number(role);
    CHECK(number >= 0);
    const char *name = roles[number].field_names[0];
    snprintf(out, 64, "%s", name[0] == '?' ? name + 1 : name);
    for (char *c = out; *c != '\0'; c++) {
        if (*c == ' ') {
            *c = '_';
        }
    }
    return bytes_of_string(out);
}

static void roles_break_waybills(void) {
    static const char *const wanted[] = {"invoice_number", "goods_description", "payment_amount",
                                         "transaction_number"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct world world;
        char column[64];
        open_world(&world, ZONE_BIT(ZONE_WAYBILL), 0);
        world.places[0] =
            (struct field_facts){.column = column_for(wanted[i], column), .cells = 9, .empty = 2};
        world.places[1] =
            (struct field_facts){.column = world.places[0].column, .cells = 4, .empty = 4};
        world.facts.field_count = 2;
        judge(&world);
        CHECK_INT(world.results.violation_count, 1);
        const struct violation *violation = find(&world, "platform/1.6.3.4");
        CHECK(violation != NULL);
        if (violation != NULL) {
            CHECK_STR(violation->role, wanted[i]);
            CHECK(violation->kind == NULL && violation->field == UINT32_MAX);
            CHECK(violation->place == &world.places[0]);
            CHECK_INT(violation->count, 7);
            CHECK_INT(violation->severity, SEVERITY_MEDIUM);
        }
        close_world(&world);

        open_world(&world, ZONE_BIT(ZONE_DB), 0);
        world.places[0] = (struct field_facts){.column = column_for(wanted[i], column), .cells = 9};
        world.facts.field_count = 1;
        judge(&world);
        CHECK_INT(world.results.violation_count, 0);
        close_world(&world);
    }
}

static const struct test_case cases[] = {
    {"every_rule_is_broken_and_kept", every_rule_is_broken_and_kept},
    {"masks_of_several_forms", masks_of_several_forms},
    {"pairs_of_masks", pairs_of_masks},
    {"digests_without_a_key", digests_without_a_key},
    {"last_four_is_judged_by_positions", last_four_is_judged_by_positions},
    {"a_payments_dump_breaks_what_it_should", a_payments_dump_breaks_what_it_should},
    {"dummies_alone_are_low", dummies_alone_are_low},
    {"examples_are_the_first_by_position", examples_are_the_first_by_position},
    {"confidence_gates_records_and_exit", confidence_gates_records_and_exit},
    {"only_profiles_in_force_are_judged", only_profiles_in_force_are_judged},
    {"class_two_is_asked_for", class_two_is_asked_for},
    {"roles_break_waybills", roles_break_waybills},
};

TEST_MAIN(cases)
