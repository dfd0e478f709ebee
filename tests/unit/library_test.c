/* libyinma as another program sees it: yinma.h only. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "own_home.h"
#include "yinma.h"

struct seen {
    unsigned fields, violations, gaps;
    uint64_t clear_cards, violated;
    char rules[512];
    char reason[64];
    int leaked; /* a value in clear came out */
};

static const char card[] = "4514167302846157";

static void look(struct seen *seen, const char *text) {
    if (text != NULL && strstr(text, card) != NULL) {
        seen->leaked = 1;
    }
}

static void on_field(void *context, const struct yinma_field *field) {
    struct seen *seen = context;
    seen->fields++;
    if (strcmp(field->kind, "card_number") == 0 && strcmp(field->column, "card_no") == 0) {
        seen->clear_cards += field->clear;
    }
    look(seen, field->unit);
    look(seen, field->source);
}

static void on_violation(void *context, const struct yinma_violation *violation) {
    struct seen *seen = context;
    seen->violations++;
    seen->violated += violation->count;
    size_t used = strlen(seen->rules);
    snprintf(seen->rules + used, sizeof seen->rules - used, "%s ", violation->rule);
    for (size_t i = 0; i < violation->example_count; i++) {
        look(seen, violation->examples[i].shown);
    }
    look(seen, violation->unit);
    CHECK(violation->message != NULL && violation->severity != NULL);
}

static void on_coverage(void *context, const struct yinma_coverage *coverage) {
    struct seen *seen = context;
    seen->gaps++;
    snprintf(seen->reason, sizeof seen->reason, "%s", coverage->reason);
    look(seen, coverage->unit);
}

static struct yinma_handlers handlers_of(struct seen *seen) {
    return (struct yinma_handlers){seen, on_field, on_violation, on_coverage};
}

static const char *const display[] = {"display", NULL};
static const char table[] = "order_no,card_no\n"
                            "1,4514167302846157\n"
                            "2,5407312069482732\n"
                            "3,************2732\n";

static yinma_engine *new_engine(const struct yinma_options *options) {
    yinma_engine *engine = NULL;
    struct yinma_error error;
    CHECK_INT(yinma_engine_new(options, &engine, &error), 0);
    CHECK_STR(error.text, "");
    return engine;
}

static void test_memory(void) {
    const struct yinma_options options = {.zones = display};
    yinma_engine *engine = new_engine(&options);
    yinma_scanner *scanner = yinma_scanner_new(engine);
    for (int round = 0; round < 2; round++) { /* finishing forgets */
        struct seen seen = {0};
        struct yinma_handlers handlers = handlers_of(&seen);
        struct yinma_summary summary;
        CHECK_INT(yinma_scan_memory(scanner, "page", table, sizeof table - 1, NULL), 0);
        CHECK_INT(yinma_finish(scanner, &handlers, &summary, NULL), 0);
        CHECK_INT(seen.clear_cards, 2);
        CHECK(strstr(seen.rules, "platform/5.3.4 ") != NULL);
        CHECK_INT(seen.leaked, 0);
        CHECK_INT(summary.units, 1);
        CHECK_INT(summary.status, 1);
        CHECK_INT(summary.critical + summary.high + summary.medium + summary.low, seen.violations);
    }
    yinma_scanner_free(scanner);
    yinma_engine_free(engine);
}

static void test_paths_and_descriptors(void) {
    char folder[] = "/tmp/yinma-library-XXXXXX", path[128], missing[128];
    CHECK(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/%s.csv", folder, card);
    snprintf(missing, sizeof missing, "%s/missing", folder);
    int fd = open(path, O_RDWR | O_CREAT, 0600);
    CHECK(write(fd, table, sizeof table - 1) == (ssize_t)sizeof table - 1);
    lseek(fd, 0, SEEK_SET);

    yinma_engine *engine = new_engine(NULL);
    yinma_scanner *scanner = yinma_scanner_new(engine);
    struct seen seen = {0};
    struct yinma_handlers handlers = handlers_of(&seen);
    struct yinma_summary summary;
    CHECK_INT(yinma_scan_path(scanner, folder, NULL), 0);
    CHECK_INT(yinma_scan_path(scanner, missing, NULL), 0);
    CHECK_INT(yinma_scan_descriptor(scanner, fd, "open file", NULL), 0);
    CHECK(fcntl(fd, F_GETFD) >= 0);
    CHECK_INT(yinma_finish(scanner, &handlers, &summary, NULL), 0);
    CHECK_INT(seen.clear_cards, 4);
    CHECK_INT(seen.leaked, 0);
    CHECK_INT(summary.units, 3);
    CHECK_INT(summary.not_scanned, 1);
    CHECK_STR(seen.reason, "missing");
    yinma_scanner_free(scanner);
    yinma_engine_free(engine);
    close(fd);
    unlink(path);
    rmdir(folder);
}

static void test_pipes(void) {
    int ends[2];
    CHECK(pipe(ends) == 0);
    CHECK(write(ends[1], table, sizeof table - 1) == (ssize_t)sizeof table - 1);
    close(ends[1]);
    yinma_engine *engine = new_engine(NULL);
    yinma_scanner *scanner = yinma_scanner_new(engine);
    struct seen seen = {0};
    struct yinma_handlers handlers = handlers_of(&seen);
    CHECK_INT(yinma_scan_descriptor(scanner, ends[0], "stream", NULL), 0);
    CHECK_INT(yinma_finish(scanner, &handlers, NULL, NULL), 0);
    CHECK_INT(seen.clear_cards, 2);
    yinma_scanner_free(scanner);
    yinma_engine_free(engine);
    close(ends[0]);
}

static void check_bad_call(const struct yinma_options *options, const char *part) {
    yinma_engine *engine = NULL;
    struct yinma_error error;
    CHECK_INT(yinma_engine_new(options, &engine, &error), YINMA_BAD_CALL);
    CHECK(engine == NULL);
    CHECK(strstr(error.text, part) != NULL);
}

static void test_bad_calls(void) {
    static const char *const moon[] = {"moon", NULL}, *const nobody[] = {"nobody", NULL};
    check_bad_call(&(struct yinma_options){.zones = moon}, "backup");
    check_bad_call(&(struct yinma_options){.profiles = nobody}, "platform");
    check_bad_call(&(struct yinma_options){.as_of = "yesterday"}, "2026-01-31");
    check_bad_call(&(struct yinma_options){.min_confidence = "sure"}, "likely");
    check_bad_call(&(struct yinma_options){.firm_class = 7}, "1, 2");
    check_bad_call(&(struct yinma_options){.config_file = "/no/such/file"}, "file");
    check_bad_call(&(struct yinma_options){.key_file = "/no/such/file"}, "key");
}

static void test_nothing(void) {
    yinma_engine *engine = new_engine(NULL);
    yinma_scanner *scanner = yinma_scanner_new(engine);
    struct yinma_summary summary;
    CHECK_INT(yinma_finish(scanner, NULL, &summary, NULL), 0);
    CHECK_INT(summary.units, 0);
    CHECK_INT(summary.status, 0);
    CHECK(strlen(yinma_version()) > 0);
    yinma_scanner_free(scanner);
    yinma_scanner_free(NULL);
    yinma_engine_free(engine);
    yinma_engine_free(NULL);
}

static const struct test_case cases[] = {
    {"memory", test_memory},   {"paths and descriptors", test_paths_and_descriptors},
    {"pipes", test_pipes},     {"bad calls", test_bad_calls},
    {"nothing", test_nothing},
};

int main(int argc, char **argv) {
    return check_run_at_home(cases, sizeof cases / sizeof *cases, argc, argv);
}
