/* judge: zones and source names. */
#include "judge/judge.h"
#include "tests/unit/check.h"

/* ---- zones ---- */

static void zones_are_guessed(void) {
    static const struct {
        const char *path, *format;
        unsigned traits;
        zone_set zones;
        const char *reason;
    } guesses[] = {
#define Z(zone) ZONE_BIT(ZONE_##zone)
        {"b/shop.sql", "mysqldump", UNIT_DUMP, Z(BACKUP), "format mysqldump"},
        {"shop.db", "sqlite", 0, Z(DB), "format sqlite"},
        {"x", "log", UNIT_LOG, Z(LOG), "format log"},
        {"a/app.log", "text", 0, Z(LOG), "name *.log"},
        {"a/app.log", "log", UNIT_LOG, Z(LOG), "format log"},
        {"a/app.log.1", "text", 0, Z(LOG), "name *.log"},
        {"a/APP.LOG-20260131", "text", 0, Z(LOG), "name *.log"},
        {"a/catalog", "text", 0, Z(OTHER), "nothing tells more"},
        {"srv/www/a.csv", "csv", 0, Z(WEB), "folder www/"},
        {"srv/www/b.sql", "mysqldump", UNIT_DUMP, Z(BACKUP) | Z(WEB),
         "format mysqldump; folder www/"},
        {"srv/www/b.php", "text", 0, Z(WEB) | Z(SOURCE), "folder www/; name *.php"},
        {"srv/mywww/a.csv", "csv", 0, Z(OTHER), "nothing tells more"},
        {"www", "csv", 0, Z(OTHER), "nothing tells more"},
        {"s.tar!/public_html/x", "text", 0, Z(WEB), "folder public_html/"},
        {"m/a.eml", "text", 0, Z(MAIL), "name *.eml"},
        {"src/A.java", "text", 0, Z(SOURCE), "name *.java"},
        {"app/.env", "text", 0, Z(CONFIG), "name *.env"},
        {"app/.env.production", "text", 0, Z(CONFIG), "name *.env"},
        {"app/a.yaml", "text", 0, Z(CONFIG), "name *.yaml"},
        {"c/Users/lin/Desktop/a.csv", "csv", 0, Z(PC) | Z(OTHER), "folder desktop/"},
        {"d/桌面/a.csv", "csv", 0, Z(PC) | Z(OTHER), "folder 桌面/"},
        {"d/下載/shop.sql", "mysqldump", UNIT_DUMP, Z(BACKUP) | Z(PC),
         "format mysqldump; folder 下載/"},
        {"d/託運單/a.csv", "csv", 0, Z(WAYBILL) | Z(OTHER), "folder 託運單/"},
        {"q/00012.SPL", "text", 0, Z(PRINT_HOST) | Z(OTHER), "name *.spl"},
        {"x/pos/trade.csv", "csv", 0, Z(POS) | Z(OTHER), "folder pos/"},
        {"d/Telegram Desktop/a.csv", "csv", 0, Z(IM) | Z(OTHER), "folder telegram desktop/"},
        {"d/報廢/disk.csv", "csv", 0, Z(DISPOSAL) | Z(OTHER), "folder 報廢/"},
        {"usb/a.csv", "csv", 0, Z(PORTABLE) | Z(OTHER), "folder usb/"},
        {"sftp/a.csv", "csv", 0, Z(EXCHANGE) | Z(OTHER), "folder sftp/"},
        {"usb", "csv", 0, Z(OTHER), "nothing tells more"},
        {"", "", 0, Z(OTHER), "nothing tells more"},
        {"-", "csv", 0, Z(OTHER), "nothing tells more"},
    };
    const struct zone_sources none = {NULL, 0, NULL};
    for (size_t i = 0; i < sizeof guesses / sizeof *guesses; i++) {
        struct unit_facts unit = {.path = bytes_of_string(guesses[i].path),
                                  .format = guesses[i].format,
                                  .traits = guesses[i].traits};
        zone_set zones;
        char reason[160];
        judge_zones(&none, &unit, &zones, reason, sizeof reason);
        CHECK_STR(reason, guesses[i].reason);
        CHECK_INT(zones, guesses[i].zones);
    }
    for (size_t i = 0; zone_guess_table[i].when != NULL; i++) {
        CHECK(zone_guess_table[i].zone <= ZONE_OTHER);
    }
}

static void explicit_zones_replace_guesses(void) {
    struct zone_setting line[] = {{"*.sql", ZONE_BIT(ZONE_DISPLAY)},
                                  {"b/*", ZONE_BIT(ZONE_PC) | ZONE_BIT(ZONE_EXCHANGE)},
                                  {"*.csv", ZONE_BIT(ZONE_TEST)}};
    struct zone_setting file[] = {{NULL, ZONE_BIT(ZONE_REPORT)}};
    struct config config = {.zones = file, .zone_count = 1};
    struct zone_sources sources = {line, 3, &config};
    struct unit_facts unit = {
        .path = BYTES_LIT("b/shop.sql"), .format = "mysqldump", .traits = UNIT_DUMP};
    zone_set zones;
    char reason[160];
    judge_zones(&sources, &unit, &zones, reason, sizeof reason);
    CHECK_INT(zones, ZONE_BIT(ZONE_DISPLAY) | ZONE_BIT(ZONE_PC) | ZONE_BIT(ZONE_EXCHANGE));
    CHECK_STR(reason, "--zone *.sql=display; --zone b/*=exchange,pc");
    unit.path = BYTES_LIT("c/shop.dump");
    judge_zones(&sources, &unit, &zones, reason, sizeof reason);
    CHECK_INT(zones, ZONE_BIT(ZONE_REPORT));
    CHECK_STR(reason, "configuration report");
    char small[24];
    unit.path = BYTES_LIT("b/shop.sql");
    judge_zones(&sources, &unit, &zones, small, sizeof small);
    CHECK_STR(small, "--zone *.sql=display");
}

/* ---- source names ---- */

static void check_source(const struct config *config, const char *root, const char *name,
                         const char *expected) {
    const char *paths[] = {"elsewhere", root, "z", NULL};
    struct source_roots roots;
    struct error err = {0};
    CHECK_INT(source_roots_init(&roots, paths, &err), 0);
    struct text_buffer out;
    text_buffer_init(&out, 0);
    judge_source_name(config, &roots, bytes_of_string(name), &out);
    source_roots_release(&roots);
    CHECK(!out.failed);
    CHECK_STR(text_buffer_string(&out), expected);
    text_buffer_release(&out);
}

static void sources_lose_root_and_dates(void) {
    static const char *const names[][3] = {
        {"backups", "backups/shop-20260131.sql.gz!/shop-20260131.sql", "shop.sql.gz!/shop.sql"},
        {"backups/", "backups/db/shop.sql", "db/shop.sql"},
        {".", "./shop.sql", "shop.sql"},
        {"./b", "b/shop.sql", "shop.sql"},
        {"/srv/b", "/srv/b/x/shop_20260131_120000.sql", "x/shop.sql"},
        {"/srv/b/shop.sql", "/srv/b/shop.sql", "shop.sql"},
        {"/srv/b/s.zip", "/srv/b/s.zip!/in/a.csv", "s.zip!/in/a.csv"},
        {"/", "/etc/a.csv", "etc/a.csv"},
        {"/srv/b", "/srv/backup/a.csv", "/srv/backup/a.csv"},
        {".", "shop-2026-01-31.sql", "shop.sql"},
        {".", "shop-2026-01-31T12-30.sql", "shop.sql"},
        {".", "20260131-shop.sql", "shop.sql"},
        {".", "shop.20260131.log", "shop.log"},
        {".", "shop-20260131-full.sql", "shop-full.sql"},
        {".", "logs/2026/01/31/app.log", "logs/app.log"},
        {".", "x.tar!/20260131/shop.sql", "x.tar!/shop.sql"},
        {".", "report (20260131).csv", "report.csv"},
        {".", "shop-20260131", "shop"},
        {".", "dir/20260131", "dir"},
        {".", "v2.10/pc-03/a1.csv", "v2.10/pc-03/a1.csv"},
        {".", "20260131", "#"},
        {"-", "-", "-"},
        {".", "dump!/public.payments", "dump!/public.payments"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        check_source(NULL, names[i][0], names[i][1], names[i][2]);
    }
}

static void sources_can_be_configured(void) {
    struct source_setting settings[] = {{"shop-{date}.sql.gz", "shop"},
                                        {"b-{date}.tar", "nightly"}};
    struct config config = {.sources = settings, .source_count = 2};
    check_source(&config, "b", "b/shop-20260131.sql.gz", "shop");
    check_source(&config, "b", "b/shop-20260131.sql.gz!/shop-20260131.sql", "shop");
    check_source(&config, "b", "b/x/b-2026-01-31.tar!/db/o-20260131.csv", "nightly!/db/o.csv");
    check_source(&config, "b", "b/other-20260131.sql", "other.sql");
}

static const struct test_case cases[] = {
    {"zones_are_guessed", zones_are_guessed},
    {"explicit_zones_replace_guesses", explicit_zones_replace_guesses},
    {"sources_lose_root_and_dates", sources_lose_root_and_dates},
    {"sources_can_be_configured", sources_can_be_configured},
};

TEST_MAIN(cases)
