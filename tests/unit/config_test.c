/* catalog: configuration with its complaints, zones, globs. */
#include "catalog/zone_option.h"
#include "tests/unit/check.h"
#include "tests/unit/vocabulary.h"

static void zones_have_names(void) {
    for (unsigned i = 0; i < ZONE_COUNT; i++) {
        CHECK_INT(zone_from_name(bytes_of_string(zone_name(i))), i);
        CHECK(strlen(zone_summary(i)) > 0);
    }
    CHECK_INT(zone_from_name(BYTES_LIT("transaction-db")), ZONE_DB);
    CHECK_INT(zone_from_name(BYTES_LIT("parcel label")), ZONE_WAYBILL);
    CHECK_INT(zone_from_name(BYTES_LIT("external attachment")), ZONE_EXCHANGE);
    CHECK_INT(zone_from_name(BYTES_LIT("Public-Web")), ZONE_WEB);
    CHECK_INT(zone_from_name(BYTES_LIT("")), -1);
    CHECK_INT(zone_from_name(BYTES_LIT("dbx")), -1);
}

static void zone_options_are_parsed(void) {
    struct error err = {0};
    char *glob;
    zone_set zones;
    CHECK_INT(zone_option_parse("display", &glob, &zones, &err), 0);
    CHECK(glob == NULL && zones == ZONE_BIT(ZONE_DISPLAY));
    CHECK_INT(zone_option_parse("*/a=b/*=web, backup", &glob, &zones, &err), 0);
    CHECK_STR(glob, "*/a=b/*");
    CHECK_INT(zones, ZONE_BIT(ZONE_WEB) | ZONE_BIT(ZONE_BACKUP));
    free(glob);
    CHECK_INT(zone_option_parse("*=bakcup", &glob, &zones, &err), YINMA_E_USAGE);
    check_starts(err.text, "--zone: unknown zone \"bakcup\" (did you mean \"backup\"?); allowed: ");
    CHECK_INT(zone_option_parse("*=", &glob, &zones, &err), YINMA_E_USAGE);
    CHECK_INT(zone_option_parse("=db", &glob, &zones, &err), YINMA_E_USAGE);
    CHECK_INT(zone_option_parse("", &glob, &zones, &err), YINMA_E_USAGE);
    CHECK(glob == NULL);
}

static void globs_match_paths(void) {
    static const struct {
        const char *glob, *name;
        bool fits;
    } cases[] = {
        {"*", "", true},
        {"*", "a/b", true},
        {"", "", true},
        {"", "a", false},
        {"*.sql", "dir/shop.sql", true},
        {"*.sql", "shop.sql.gz", false},
        {"shop.sql", "dir/shop.sql", true},
        {"shop.sql", "dir/myshop.sql", false},
        {"www/*", "srv/www/a/b.csv", true},
        {"www/*", "srv/awww/b.csv", false},
        {"a?c", "a/c", true},
        {"a?c", "ac", false},
        {"[a-c]x", "bx", true},
        {"[!a-c]x", "bx", false},
        {"[^a-c]x", "dx", true},
        {"[]a]", "]a]", false}, /* "[]" is an empty class */
        {"[a", "[a", true},     /* never closed: a plain byte */
        {"\\*", "*", true},
        {"\\*", "a", false},
        {"*!/*.csv", "a.zip!/b/c.csv", true},
        {"c.csv", "a.zip!/c.csv", true},
        {"資料/*", "備份/資料/a", true},
        {"shop-{date}.sql.gz", "b/shop-20260131.sql.gz", true},
        {"shop-{date}.sql", "shop-2026-01-31T12.30.sql", true},
        {"shop-{date}.sql", "shop-123.sql", false},
        {"shop-{date}.sql", "shop-full.sql", false},
        {"{date}", "2026", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (glob_matches(cases[i].glob, bytes_of_string(cases[i].name)) != cases[i].fits) {
            CHECK_STR(cases[i].glob, cases[i].name);
        }
    }
    /* The patterns that make backtracking explode. */
    char hard[200], name[4000];
    for (size_t i = 0; i + 1 < sizeof hard; i += 2) {
        hard[i] = '*';
        hard[i + 1] = 'a';
    }
    hard[sizeof hard - 2] = 'b';
    hard[sizeof hard - 1] = '\0';
    memset(name, 'a', sizeof name);
    CHECK(glob_matches_unit("*.zip", BYTES_LIT("in/a.zip!/b.csv")));
    CHECK(glob_matches_unit("b.csv", BYTES_LIT("in/a.zip!/b.csv")));
    CHECK(!glob_matches_unit("*.zip", BYTES_LIT("in/a.tar!/b.csv")));
    CHECK(!glob_matches(hard, bytes_of(name, sizeof name)));
    char long_glob[2000];
    memset(long_glob, '?', sizeof long_glob);
    long_glob[sizeof long_glob - 1] = '\0';
    CHECK(!glob_matches(long_glob, bytes_of(name, sizeof long_glob - 1)));
}

static void configuration_is_read(void) {
    static const char yaml[] = "schema: 1\n"
                               "zones:\n"
                               "  '*/www/*': web\n"
                               "  '*.dump': [backup, transaction-db]\n"
                               "sources:\n"
                               "  - {pattern: 'shop-{date}.sql.gz', name: shop}\n"
                               "masks:\n"
                               "  tw_national_id: {min-hidden: 4, min-residual: 1000}\n"
                               "  email: {min-hidden-percent: 50}\n"
                               "expect: {'*.7z': encrypted}\n"
                               "waive:\n"
                               "  - {glob: old/*, reason: tape is gone, owner: IT, expiry: "
                               "2027-01-31}\n"
                               "profiles: [platform, house]\n"
                               "class: 2\n"
                               "packs: [house.yaml, /etc/yinma/a.yaml]\n";
    struct error err = {0};
    struct config *config;
    CHECK_INT(config_parse(BYTES_LIT(yaml), "/srv/conf/yinma.yaml", &words, &config, &err), 0);
    CHECK_STR(err.text, "");
    CHECK_INT(config->zone_count, 2);
    CHECK_STR(config->zones[1].glob, "*.dump");
    CHECK_INT(config->zones[1].zones, ZONE_BIT(ZONE_BACKUP) | ZONE_BIT(ZONE_DB));
    CHECK_STR(config->sources[0].name, "shop");
    CHECK_INT(config->mask_count, 3);
    CHECK_STR(config->masks[1].key, "min-residual");
    CHECK_INT(config->masks[1].value, 1000);
    CHECK_STR(config->masks[2].kind, "email");
    CHECK(config->expect_count == 1 && config->expects[0].encrypted);
    CHECK_STR(config->waives[0].expires, "2027-01-31");
    CHECK_STR(config->profiles[1], "house");
    CHECK(config->profiles[2] == NULL);
    CHECK_INT(config->class, 2);
    CHECK_STR(config->pack_files[0], "/srv/conf/house.yaml");
    CHECK_STR(config->pack_files[1], "/etc/yinma/a.yaml");
    CHECK_INT(strlen(config->sha256), 64);
    config_free(config);
}

static void configuration_may_be_short(void) {
    static const char *const texts[] = {"", "# nothing yet\n", "~\n", "zones:\nclass:\n",
                                        "zones:\n  - {zones: [display]}\nprofiles: all\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct error err = {0};
        struct config *config;
        CHECK_INT(config_parse(bytes_of_string(texts[i]), "y", &words, &config, &err), 0);
        CHECK_STR(err.text, "");
        if (i == 4) {
            CHECK(config->zone_count == 1 && config->zones[0].glob == NULL);
            CHECK_STR(config->profiles[0], "all");
        }
        config_free(config);
    }
}

static void configuration_complaints(void) {
    check_starts(complaint_of_config("zones:\n  a: [web]\nzone: []\n"),
                 "yinma.yaml:3: unknown key \"zone\" (did you mean \"zones\"?); allowed: schema, ");
    check_starts(complaint_of_config("zones:\n  - glob: a\n    zones: [webb]\n"),
                 "yinma.yaml:3: zones[0].zones[0]: unknown zone \"webb\" (did you mean \"web\"?)");
    CHECK_STR(complaint_of_config("zones: web\n"),
              "yinma.yaml:1: zones: must be a list, is a single value");
    check_starts(complaint_of_config("masks:\n  emial: {min-hidden: 4}\n"),
                 "yinma.yaml:2: masks.emial: unknown kind \"emial\" (did you mean \"email\"?)");
    CHECK_STR(complaint_of_config("masks:\n  email: {min-hidden-percent: 120}\n"),
              "yinma.yaml:2: masks.email.min-hidden-percent: must be a whole number from 0 to 100, "
              "is \"120\"");
    CHECK_STR(complaint_of_config("waive:\n  - {glob: a, reason: b}\n"),
              "yinma.yaml:2: waive[0]: needs the key \"owner\"");
    CHECK_STR(
        complaint_of_config("waive:\n  - {glob: a, reason: b, owner: c, expiry: 2026-13-01}\n"),
        "yinma.yaml:2: waive[0].expiry: must be a date like 2026-12-31");
    CHECK_STR(complaint_of_config("expect:\n  - {glob: a, encrypted: yes}\n"),
              "yinma.yaml:2: expect[0].encrypted: must be true or false, is \"yes\"");
    CHECK_STR(complaint_of_config("class: 3\n"),
              "yinma.yaml:1: class: must be a whole number from 1 to 2, is \"3\"");
    check_starts(complaint_of_config("schema: 7\n"), "yinma.yaml:1: schema: is version 7; ");
}

static void files_that_cannot_be_read(void) {
    struct error err = {0};
    struct config *config;
    CHECK_INT(config_load("/nonexistent/yinma.yaml", &words, &config, &err), YINMA_E_USAGE);
    CHECK_STR(err.text, "/nonexistent/yinma.yaml cannot be read: No such file or directory");
    CHECK_INT(config_load("/", &words, &config, &err), YINMA_E_USAGE);
    CHECK_INT(config_load("/dev/zero", &words, &config, &err), YINMA_E_USAGE);
    CHECK_STR(err.text, "/dev/zero is larger than 4 MiB: no YAML file of yinma");
    struct pack_source source;
    CHECK_INT(pack_source_read("/nonexistent/pack.yaml", &source, &err), YINMA_E_USAGE);
    pack_source_release(&source);
}

static const struct test_case cases[] = {
    {"zones_have_names", zones_have_names},
    {"zone_options_are_parsed", zone_options_are_parsed},
    {"globs_match_paths", globs_match_paths},
    {"configuration_is_read", configuration_is_read},
    {"configuration_may_be_short", configuration_may_be_short},
    {"configuration_complaints", configuration_complaints},
    {"files_that_cannot_be_read", files_that_cannot_be_read},
};

TEST_MAIN(cases)
