#include <libintl.h>

#include "check.h"
#include "cli/call.h"
#include "cli/options.h"

enum { WORDS_MAX = 24 };

/* Parse a command line given as words parted by blanks. */
static int parse(const char *line, struct call *call, struct error *err) {
    static char text[512];
    static char *argv[WORDS_MAX];
    int argc = 1;
    static char program[] = "yinma";
    argv[0] = program;
    snprintf(text, sizeof text, "%s", line);
    for (char *rest = text, *word; (word = strsep(&rest, " ")) != NULL && argc + 1 < WORDS_MAX;) {
        argv[argc++] = word;
    }
    argv[argc] = NULL;
    *err = (struct error){0};
    call_init(call);
    return call_parse(argc, argv, call, err);
}

/* LINE is refused, and the message holds PART. */
static void check_refused(const char *line, const char *part) {
    struct call call;
    struct error err;
    CHECK_INT(parse(line, &call, &err), YINMA_E_USAGE);
    bool said = strstr(err.text, part) != NULL;
    if (!said) {
        printf("%s: \"%s\" is not in: %s\n", line, part, err.text);
    }
    CHECK(said);
    call_release(&call);
}

static void test_places_of_options(void) {
    static const char *const lines[] = {
        "scan a b --as-of 2026-01-31 -j 3 -q --max-spool 2G",
        "--as-of=2026-01-31 scan -qj3 a --max-spool=2G b",
        "-j3 -q --as-of 2026-01-31 --max-spool 2G scan -- a b",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct call call;
        struct error err;
        CHECK_INT(parse(lines[i], &call, &err), 0);
        CHECK_STR(call.command->name, "scan");
        CHECK_INT(call.operands.count, 2);
        CHECK_STR(call.operands.words[0], "a");
        CHECK_STR(call.operands.words[1], "b");
        CHECK_STR(call.as_of, "2026-01-31");
        CHECK_INT(call.jobs, 3);
        CHECK(call.quiet);
        CHECK(call.limits.max_spool == (uint64_t)2 << 30);
        call_release(&call);
    }
}

static void test_end_of_options(void) {
    struct call call;
    struct error err;
    CHECK_INT(parse("scan - -- -q --help -", &call, &err), 0);
    CHECK_INT(call.operands.count, 4);
    CHECK_STR(call.operands.words[0], "-");
    CHECK_STR(call.operands.words[1], "-q");
    CHECK(!call.quiet && !call.help);
    call_release(&call);
}

static void test_repeated_options(void) {
    struct call call;
    struct error err;
    CHECK_INT(parse("scan --zone display --zone *.sql=db,test --include *.csv --include *.sql "
                    "--format text --format ndjson:a:b.ndjson --profile all",
                    &call, &err),
              0);
    CHECK_INT(call.zone_count, 2);
    CHECK(call.zones[0].glob == NULL && call.zones[0].zones == ZONE_BIT(ZONE_DISPLAY));
    CHECK_STR(call.zones[1].glob, "*.sql");
    CHECK(call.zones[1].zones == (ZONE_BIT(ZONE_DB) | ZONE_BIT(ZONE_TEST)));
    CHECK_INT(call.includes.count, 2);
    CHECK(call.includes.words[2] == NULL);
    CHECK_INT(call.output_count, 2);
    CHECK(call.outputs[0].file == NULL);
    CHECK_STR(call.outputs[1].file, "a:b.ndjson");
    CHECK_STR(call.outputs[1].report->name, "ndjson");
    call_release(&call);
}

static void test_values(void) {
    struct call call;
    struct error err;
    CHECK_INT(parse("scan --max-unit-bytes 64k --max-memory 1 --timeout 0.5 --max-entries 7 "
                    "--fail-on never --min-confidence possible --fail-confidence certain --class 2 "
                    "--color never --progress=always --lang ZH-tw",
                    &call, &err),
              0);
    CHECK_INT(call.limits.max_unit_bytes, 65536);
    CHECK_INT(call.limits.max_memory, 1);
    CHECK(call.limits.timeout_seconds > 0.49 && call.limits.timeout_seconds < 0.51);
    CHECK_INT(call.limits.max_entries, 7);
    CHECK_INT(call.limits.max_depth, 8);
    CHECK_INT(call.fail_on, SEVERITY_NONE);
    CHECK_INT(call.min_confidence, CONFIDENCE_POSSIBLE);
    CHECK_INT(call.fail_confidence, CONFIDENCE_CERTAIN);
    CHECK_INT(call.class, 2);
    CHECK_INT(call.color, WHEN_NEVER);
    CHECK_INT(call.progress, WHEN_ALWAYS);
    CHECK_STR(call.language, "zh-TW");
    call_release(&call);
}

static void test_defaults(void) {
    struct call call;
    struct error err;
    CHECK_INT(parse("scan", &call, &err), 0);
    CHECK_INT(call.fail_on, SEVERITY_MEDIUM);
    CHECK_INT(call.min_confidence, CONFIDENCE_LIKELY);
    CHECK_INT(call.output_count, 0);
    CHECK_INT(call.operands.count, 0);
    call_release(&call);
}

static void test_wrong_calls(void) {
    check_refused("scan --zoom display", "did you mean --zone?");
    check_refused("scan --zone dbx", "did you mean \"db\"?");
    check_refused("scan --zone dbx", "backup");
    check_refused("scan --format ndjsn", "did you mean \"ndjson\"?");
    check_refused("scan --format ndjsn", "text");
    check_refused("scan --format text --format json", "only one report");
    check_refused("scan --format json:", "no file");
    check_refused("scan --state x", "unknown option --state");
    check_refused("scan -x", "unknown option -x");
    check_refused("scan --quiet=yes", "takes no argument");
    check_refused("scan --as-of", "needs an argument");
    check_refused("scan --as-of 2026-02-29", "2026-01-31");
    check_refused("scan -j", "needs an argument");
    check_refused("scan -j zero", "whole number");
    check_refused("scan -j 0", "whole number");
    check_refused("scan --max-depth -3", "whole number");
    check_refused("scan --max-spool 4X", "size");
    check_refused("scan --max-spool 4GB", "size");
    check_refused("scan --max-spool 99999999999999999999", "size");
    check_refused("scan --max-spool 99999999999T", "size");
    check_refused("scan --timeout inf", "seconds");
    check_refused("scan --timeout -1", "seconds");
    check_refused("scan --fail-on sometimes", "critical");
    check_refused("scan --class 3", "allowed: 1, 2");
    check_refused("scan --encoding latin9", "big5");
    check_refused("scan --label x", "NAME=PATH");
    check_refused("scan --config=", "must not be empty");
    check_refused("scna .", "did you mean \"scan\"?");
    check_refused("watch", "unknown command");
    check_refused("list kinds --zone db", "unknown option --zone");
    check_refused("list kinds --format html", "json");
}

/* Values that a slip of the hand puts on the command line do not come back in messages. */
static void test_messages_quote_no_long_numbers(void) {
    struct call call;
    struct error err;
    CHECK_INT(parse("scan --zone 4111111111111111", &call, &err), YINMA_E_USAGE);
    CHECK(strstr(err.text, "4111111111111111") == NULL);
    call_release(&call);
}

static void test_rows_are_sound(void) {
    for (const struct option_row *row = option_rows; row->name != NULL; row++) {
        CHECK((row->help != NULL || strcmp(row->name, "piece-bytes") == 0) && row->parse != NULL &&
              row->commands != 0);
        for (const struct option_row *other = option_rows; other != row; other++) {
            CHECK(strcmp(row->name, other->name) != 0);
            CHECK(row->letter == 0 || row->letter != other->letter);
        }
    }
}

static const struct test_case cases[] = {
    {"places of options", test_places_of_options},
    {"end of options", test_end_of_options},
    {"repeated options", test_repeated_options},
    {"values", test_values},
    {"defaults", test_defaults},
    {"wrong calls", test_wrong_calls},
    {"messages quote no long numbers", test_messages_quote_no_long_numbers},
    {"rows are sound", test_rows_are_sound},
};
TEST_MAIN(cases)
