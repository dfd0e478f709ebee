/* One row an option. What an argument means stands in the row's parser: here when only one row
 * needs it, in option_values.c otherwise. */
#include "cli/options.h"

#include <stdlib.h>

#include "catalog/suggest.h"
#include "catalog/zone_option.h"
#include "cli/option_values.h"
#include "reports/translate.h"
#include "run/scan.h"

static const struct report *find_report(struct bytes name) {
    for (size_t i = 0; reports[i] != NULL; i++) {
        if (bytes_equal(name, bytes_of_string(reports[i]->name))) {
            return reports[i];
        }
    }
    return NULL;
}

static int unknown_format(const struct option_row *row, struct bytes name, struct error *err) {
    const char *names[64] = {NULL};
    for (size_t i = 0; reports[i] != NULL && i + 1 < sizeof names / sizeof *names; i++) {
        names[i] = reports[i]->name;
    }
    char text[400];
    name_complaint("format", name, names, text, sizeof text);
    return error_set(err, YINMA_E_USAGE, "--%s: %s", row->name, text);
}

static int parse_list_format(const struct option_row *row, const char *value, struct call *call,
                             struct error *err) {
    static const char *const names[] = {[LIST_TEXT] = "text", [LIST_JSON] = "json", NULL};
    const char *colon = strchr(value, ':');
    const struct bytes name =
        bytes_first(bytes_of_string(value), colon == NULL ? SIZE_MAX : (size_t)(colon - value));
    if (colon != NULL && colon[1] == '\0') {
        return error_set(err, YINMA_E_USAGE, _("--%s: name the file behind the colon"), row->name);
    }
    for (unsigned i = 0; names[i] != NULL; i++) {
        if (bytes_equal(name, bytes_of_string(names[i]))) {
            call->list_format = (enum list_format)i;
            call->list_file = colon == NULL ? NULL : colon + 1;
            return 0;
        }
    }
    return complain_of_name(row, "format", value, names, err);
}

/* Sheets are workbooks or CSV: another ending promises what would not be in the file. A name
 * without one is a pipe or the user's own business: CSV. */
static bool names_a_sheet(const char *file) {
    struct bytes name = bytes_last_component(bytes_of_string(file));
    const uint8_t *dot = name.len == 0 ? NULL : memrchr(name.ptr, '.', name.len);
    struct bytes ending = bytes_from(name, dot == NULL ? name.len : (size_t)(dot - name.ptr));
    return ending.len == 0 || bytes_equal_ignoring_case(ending, BYTES_LIT(".csv")) ||
           bytes_equal_ignoring_case(ending, BYTES_LIT(".xlsx"));
}

static int parse_format(const struct option_row *row, const char *value, struct call *call,
                        struct error *err) {
    if (call->command != NULL && call->command->bit == FOR_LIST) {
        return parse_list_format(row, value, call, err);
    }
    const char *colon = strchr(value, ':');
    struct bytes name = bytes_of(value, colon == NULL ? strlen(value) : (size_t)(colon - value));
    struct output output = {.report = find_report(name), .file = colon == NULL ? NULL : colon + 1};
    if (output.report == NULL) {
        return unknown_format(row, name, err);
    }
    if (output.file != NULL && *output.file == '\0') {
        return error_set(err, YINMA_E_USAGE, _("--%s: no file behind the colon"), row->name);
    }
    if (output.file != NULL && output.report->sheet && !names_a_sheet(output.file)) {
        return error_set(err, YINMA_E_USAGE, _("--%s %s: name a file that ends in .xlsx or .csv"),
                         row->name, output.report->name);
    }
    for (size_t i = 0; i < call->output_count; i++) {
        const char *other = call->outputs[i].file;
        if (output.file != NULL && other != NULL && strcmp(other, output.file) == 0) {
            return error_set(err, YINMA_E_USAGE, _("--%s: two reports in one file"), row->name);
        }
        if (output.file == NULL && other == NULL) {
            return error_set(err, YINMA_E_USAGE,
                             _("--%s: only one report can go to standard output; write the other "
                               "to a file: --%s %s:FILE"),
                             row->name, row->name, output.report->name);
        }
    }
    if (call->output_count == OUTPUTS_MAX) {
        return error_set(err, YINMA_E_USAGE, _("--%s: at most %d reports"), row->name, OUTPUTS_MAX);
    }
    call->outputs[call->output_count++] = output;
    return 0;
}

static int parse_zone(const struct option_row *row, const char *value, struct call *call,
                      struct error *err) {
    struct zone_setting setting = {0};
    char *glob = NULL;
    (void)row;
    int rc = zone_option_parse(value, &glob, &setting.zones, err);
    if (rc < 0) {
        return rc;
    }
    setting.glob = glob;
    struct zone_setting *zones = reallocarray(call->zones, call->zone_count + 1, sizeof *zones);
    if (zones == NULL) {
        free(glob);
        return error_set(err, YINMA_E_MEMORY, _("memory ran out"));
    }
    call->zones = zones;
    zones[call->zone_count++] = setting;
    return 0;
}

static int parse_label(const struct option_row *row, const char *value, struct call *call,
                       struct error *err) {
    const char *equals = strchr(value, '=');
    if (equals == NULL || equals == value || equals[1] == '\0') {
        return error_set(err, YINMA_E_USAGE, _("--%s: write NAME=PATH, as in PC-03=/mnt/pc03"),
                         row->name);
    }
    return parse_word(row, value, call, err);
}

const char *const business_names[] = {"platform", "supplier", "logistics", NULL};

static int parse_business(const struct option_row *row, const char *value, struct call *call,
                          struct error *err) {
    for (unsigned i = 0; business_names[i] != NULL; i++) {
        if (strcmp(value, business_names[i]) == 0) {
            call->business = business_names[i];
            return 0;
        }
    }
    return complain_of_name(row, "business", value, business_names, err);
}

static int parse_class(const struct option_row *row, const char *value, struct call *call,
                       struct error *err) {
    static const char *const names[] = {"1", "2", NULL};
    for (unsigned i = 0; names[i] != NULL; i++) {
        if (strcmp(value, names[i]) == 0) {
            call->class = i + 1;
            return 0;
        }
    }
    return complain_of_name(row, "class", value, names, err);
}

static int parse_fail_on(const struct option_row *row, const char *value, struct call *call,
                         struct error *err) {
    static const char *const names[] = {"critical", "high", "medium", "low", "never", NULL};
    if (!severity_from_name(value, &call->fail_on)) {
        return complain_of_name(row, "severity", value, names, err);
    }
    call->fail_on_given = true;
    return 0;
}

static int parse_day(const struct option_row *row, const char *value, struct call *call,
                     struct error *err) {
    if (!scan_date_valid(value)) {
        return error_set(err, YINMA_E_USAGE, _("--%s: not a date; write it as 2026-01-31"),
                         row->name);
    }
    call->as_of = value;
    return 0;
}

static int parse_language(const struct option_row *row, const char *value, struct call *call,
                          struct error *err) {
    static const char *const names[] = {"zh-TW", "en", NULL};
    for (unsigned i = 0; names[i] != NULL; i++) {
        if (bytes_equal_ignoring_case(bytes_of_string(value), bytes_of_string(names[i]))) {
            call->language = names[i];
            return 0;
        }
    }
    return complain_of_name(row, "language", value, names, err);
}

/* Every user of the machine can read the arguments of a process. */
static int parse_value(const struct option_row *row, const char *value, struct call *call,
                       struct error *err) {
    if (strcmp(value, "-") != 0) {
        return error_set(err, YINMA_E_USAGE,
                         _("--%s: a value is never taken from the command line, where others can "
                           "read it: write --%s - and give it on standard input"),
                         row->name, row->name);
    }
    call->value = true;
    return 0;
}

/* A descriptor, never a value, and never a file's name: values would be typed there. */
static int parse_find(const struct option_row *row, const char *value, struct call *call,
                      struct error *err) {
    const char *digits = value == NULL ? "0" : value;
    size_t len = strlen(digits);
    if (len == 0 || len > 3 || strspn(digits, "0123456789") != len) {
        return error_set(err, YINMA_E_USAGE,
                         _("--%s: values are never taken from the command line, where others can "
                           "read them: write --%s and give them on standard input, or --%s=3 "
                           "3<FILE for another descriptor"),
                         row->name, row->name, row->name);
    }
    call->find = true;
    call->find_descriptor = (int)strtol(digits, NULL, 10);
    return 0;
}

static int parse_encoding(const struct option_row *row, const char *value, struct call *call,
                          struct error *err) {
    static const char *const names[] = {"utf-8",   "big5",  "utf-16le", "utf-16be",
                                        "gb18030", "cp937", NULL};
    enum encoding encoding;
    if (!encoding_from_name(value, &encoding) || encoding == ENCODING_BINARY) {
        return complain_of_name(row, "encoding", value, names, err);
    }
    call->encoding = value;
    return 0;
}

const char *const option_group_titles[GROUP_COUNT] = {
    [GROUP_WHAT] = N_("What is scanned"),   [GROUP_JUDGING] = N_("How it is judged"),
    [GROUP_OUTPUT] = N_("What is written"), [GROUP_LIMITS] = N_("Limits"),
    [GROUP_GENERAL] = N_("General"),
};

#define TARGET(member) offsetof(struct call, member)

const struct option_row option_rows[] = {
    {"include", 0, "GLOB", N_("only names that fit, inner names too; repeatable; * also matches /"),
     GROUP_WHAT, FOR_SCAN | CHANGES_SELECTION, parse_word, TARGET(includes)},
    {"exclude", 0, "GLOB", N_("leave out names that fit, inner names too; repeatable"), GROUP_WHAT,
     FOR_SCAN | CHANGES_SELECTION, parse_word, TARGET(excludes)},
    {"one-file-system", 0, NULL, N_("do not enter folders on other file systems"), GROUP_WHAT,
     FOR_SCAN | CHANGES_SELECTION, parse_flag, TARGET(one_file_system)},
    {"own-files", 0, NULL,
     N_("scan what yinma wrote itself (results, baselines, ledgers, receipts) when it is met in a "
        "folder; else it is listed and left out"),
     GROUP_WHAT, FOR_SCAN | CHANGES_FINDINGS, parse_flag, TARGET(own_files)},
    {"files-from", 0, "FILE",
     N_("read paths from FILE, parted by NULs or line ends; - is standard input"), GROUP_WHAT,
     FOR_SCAN, parse_string, TARGET(files_from)},
    {"staged", 0, NULL,
     N_("what git would commit: the content of the index that differs from HEAD; paths choose "
        "among "
        "it"),
     GROUP_WHAT, FOR_SCAN, parse_flag, TARGET(staged)},
    {"changed-since", 0, "COMMIT",
     N_("files of the work tree that git says differ from COMMIT; paths choose among them"),
     GROUP_WHAT, FOR_SCAN, parse_string, TARGET(changed_since)},
    {"stdin-name", 0, "NAME", N_("what standard input is called (default -)"), GROUP_WHAT,
     FOR_SCAN | FOR_GUARD, parse_string, TARGET(stdin_name)},
    {"label", 0, "NAME=PATH", N_("call everything below PATH NAME/…; repeatable"), GROUP_WHAT,
     FOR_SCAN | FOR_VERIFY, parse_label, TARGET(labels)},
    {"encoding", 0, "E",
     N_("the encoding of text: utf-8, big5, utf-16le, utf-16be, gb18030, cp937 "
        "(default: found out)"),
     GROUP_WHAT, FOR_SCAN | FOR_GUARD | CHANGES_FINDINGS, parse_encoding, 0},
    {"schema", 0, "FILE",
     N_("names of columns for dumps that have none: CREATE TABLE statements, or lines of "
        "table,column"),
     GROUP_WHAT, FOR_SCAN | FOR_GUARD | CHANGES_FINDINGS, parse_string, TARGET(schema)},
    {"delimiter", 0, "D",
     N_("what parts the fields of delimited text: one to eight bytes, \\t and \\x01 are understood "
        "(default: found out)"),
     GROUP_WHAT, FOR_SCAN | FOR_GUARD | CHANGES_FINDINGS, parse_string, TARGET(delimiter)},
    {"layout", 0, "[GLOB=]FILE",
     N_("where the fields of fixed-width records lie, for names that fit or for every file whose "
        "records are so long: a table with 欄位名稱, 起, 迄 or 長度; repeatable"),
     GROUP_WHAT, FOR_SCAN | FOR_GUARD | CHANGES_FINDINGS, parse_word, TARGET(layouts)},

    {"find", 0, "[=DESCRIPTOR]",
     N_("where does one person stand? The values (ID number, telephone, mail address, card, name "
        "…) "
        "are asked for without echo, or read from standard input or DESCRIPTOR, one a line"),
     GROUP_WHAT, FOR_SCAN, parse_find, 0},
    {"hold", 0, NULL,
     N_("nothing goes out before all of it is judged (kept in memory, then in an encrypted "
        "temporary file)"),
     GROUP_WHAT, FOR_GUARD, parse_flag, TARGET(hold)},
    {"report-only", 0, NULL, N_("everything goes out, whatever is found; only the verdict is told"),
     GROUP_WHAT, FOR_GUARD, parse_flag, TARGET(report_only)},
    {"receipt", 0, "FILE",
     N_("write what passed (bytes, SHA-256), what was found and by which rules, as JSON"),
     GROUP_OUTPUT, FOR_GUARD, parse_string, TARGET(receipt)},
    {"business", 0, "B",
     N_("what the firm is: platform (網路平台), supplier (供應商), logistics (物流商)"), GROUP_WHAT,
     FOR_INIT, parse_business, 0},
    {"check", 0, NULL, N_("with kinds: run the examples of your own kinds"), GROUP_WHAT, FOR_LIST,
     parse_flag, TARGET(check)},
    {"value", 0, "-", N_("explain a value, read from standard input or asked for without echo"),
     GROUP_WHAT, FOR_EXPLAIN, parse_value, 0},
    {"field", 0, "NAME", N_("the name of the field in which the value stands"), GROUP_WHAT,
     FOR_EXPLAIN, parse_string, TARGET(field)},
    {"context", 0, "TEXT", N_("what stands before the value"), GROUP_WHAT, FOR_EXPLAIN,
     parse_string, TARGET(context)},

    {"zone", 0, "[GLOB=]Z[,Z…]",
     N_("the role of the place: for everything, or for names that fit; repeatable "
        "(see `yinma list zones`)"),
     GROUP_JUDGING, FOR_SCAN | FOR_GUARD | CHANGES_FINDINGS, parse_zone, 0},
    {"profile", 0, "P",
     N_("judge by pack P; repeatable; all = every pack (default: the configuration's, else "
        "platform)"),
     GROUP_JUDGING, FOR_SCAN | FOR_GUARD, parse_word, TARGET(profiles)},
    {"no-builtin", 0, NULL, N_("without the pack yinma, which is on otherwise"), GROUP_JUDGING,
     FOR_SCAN | FOR_GUARD, parse_flag, TARGET(no_builtin)},
    {"class", 0, "1|2", N_("class of a supplier or a logistics firm"), GROUP_JUDGING,
     FOR_SCAN | FOR_GUARD | FOR_INIT | CHANGES_FINDINGS, parse_class, 0},
    {"config", 0, "FILE",
     N_("zones, sources, masks, waivers and more (default yinma.yaml in the current folder, if "
        "present)"),
     GROUP_JUDGING, FOR_SCAN | FOR_GUARD | FOR_REPORT | FOR_LIST | FOR_EXPLAIN, parse_string,
     TARGET(config)},
    {"baseline", 0, "FILE",
     N_("earlier NDJSON results or a baseline: what they hold is known, only what is new or worse "
        "fails"),
     GROUP_JUDGING, FOR_SCAN | FOR_GUARD | FOR_REPORT, parse_string, TARGET(baseline)},
    {"reference", 0, "FILE",
     N_("tell which values are those of real people, by a reference that the production side "
        "wrote"),
     GROUP_JUDGING, FOR_SCAN | CHANGES_FINDINGS, parse_string, TARGET(reference)},
    {"as-of", 0, "DATE", N_("the day on which retention is judged (default today)"), GROUP_JUDGING,
     FOR_SCAN | FOR_GUARD, parse_day, 0},
    {"tz", 0, "ZONE", N_("the time zone of that day (default Asia/Taipei)"), GROUP_JUDGING,
     FOR_SCAN | FOR_GUARD, parse_string, TARGET(tz)},
    {"fail-on", 0, "SEVERITY",
     N_("exit with 1 from this severity on: critical, high, medium (default), low, never"),
     GROUP_JUDGING, FOR_SCAN | FOR_GUARD | FOR_REPORT, parse_fail_on, 0},
    {"min-confidence", 0, "C", N_("what is written: possible, likely (default), certain"),
     GROUP_JUDGING, FOR_SCAN | FOR_GUARD | FOR_EXPLAIN | CHANGES_FINDINGS, parse_confidence,
     TARGET(min_confidence)},
    {"fail-confidence", 0, "C",
     N_("what may fail a run (default: as written; certain in zones test and source)"),
     GROUP_JUDGING, FOR_SCAN | FOR_GUARD | CHANGES_FINDINGS, parse_confidence,
     TARGET(fail_confidence)},

    {"format", 0, "F[:FILE]",
     N_("the report: text (default), ndjson, json, csv, html, sarif, junit, codequality, "
        "baseline, checklist, inventory, backups, exchange, incident; repeatable, at most one "
        "without FILE; "
        "for `list`: text, json"),
     GROUP_OUTPUT, FOR_SCAN | FOR_REPORT | FOR_LIST, parse_format, 0},
    {"diff", 0, "OLD",
     N_("compare with earlier results: what is new, more, fewer, gone, or was not seen this time, "
        "and why; in text, ndjson, json, csv and html"),
     GROUP_OUTPUT, FOR_REPORT, parse_string, TARGET(diff)},
    {"merge", 0, "FILE",
     N_("an earlier inventory (xlsx, csv): what people filled in is carried over, differences are "
        "marked"),
     GROUP_OUTPUT, FOR_SCAN | FOR_REPORT, parse_string, TARGET(merge)},
    {"occurrences", 0, NULL, N_("also one record for each occurrence"), GROUP_OUTPUT, FOR_SCAN,
     parse_flag, TARGET(occurrences)},
    {"reveal", 0, "[=force]",
     N_("show values in clear; refused when the output is no terminal unless forced"), GROUP_OUTPUT,
     FOR_SCAN, parse_reveal, 0},
    {"key", 0, "FILE",
     N_("the key of value fingerprints (default $YINMA_KEY_FILE, else the user's own, made on "
        "first use)"),
     GROUP_OUTPUT, FOR_SCAN | FOR_GUARD, parse_string, TARGET(key)},
    {"ledger", 0, "FILE",
     N_("put a line for this run behind FILE, chained to the lines before: digests of the data, "
        "the rules and the reports, for `yinma verify`; every file is read once more"),
     GROUP_OUTPUT, FOR_SCAN | FOR_VERIFY, parse_string, TARGET(ledger)},
    {"head", 0, "SHA256", N_("the digest of a line that must be in the ledger, kept elsewhere"),
     GROUP_OUTPUT, FOR_VERIFY, parse_string, TARGET(head)},
    {"write-reference", 0, "FILE",
     N_("write a reference of the people in what is scanned, to compare test data with; as secret "
        "as a list of "
        "customers"),
     GROUP_OUTPUT, FOR_SCAN, parse_string, TARGET(write_reference)},
    {"quiet", 'q', NULL, N_("no notices on standard error"), GROUP_OUTPUT,
     FOR_SCAN | FOR_GUARD | FOR_INIT | FOR_REPORT, parse_flag, TARGET(quiet)},
    {"verbose", 'v', NULL, N_("coverage of every unit"), GROUP_OUTPUT, FOR_SCAN | FOR_REPORT,
     parse_flag, TARGET(verbose)},
    {"progress", 0, "WHEN", N_("progress on standard error: auto (default), always, never"),
     GROUP_OUTPUT, FOR_SCAN, parse_when, TARGET(progress)},
    {"color", 0, "WHEN", N_("colours: auto (default), always, never; NO_COLOR is honoured"),
     GROUP_OUTPUT, FOR_SCAN | FOR_REPORT, parse_when, TARGET(color)},

    {"jobs", 'j', "N", N_("workers (default: the processors available)"), GROUP_LIMITS, FOR_SCAN,
     parse_count, TARGET(jobs)},
    {"max-depth", 0, "N", N_("containers in one another (default 8)"), GROUP_LIMITS,
     FOR_SCAN | FOR_GUARD | CHANGES_FINDINGS, parse_count, TARGET(limits.max_depth)},
    {"max-ratio", 0, "N", N_("output to input of decompression, behind 64 MiB (default 1000)"),
     GROUP_LIMITS, FOR_SCAN | FOR_GUARD | CHANGES_FINDINGS, parse_count, TARGET(limits.max_ratio)},
    {"max-unit-bytes", 0, "SIZE", N_("bytes of one unit (default: no limit)"), GROUP_LIMITS,
     FOR_SCAN | FOR_GUARD | CHANGES_FINDINGS, parse_size, TARGET(limits.max_unit_bytes)},
    {"max-entries", 0, "N", N_("members of one input (default: no limit)"), GROUP_LIMITS,
     FOR_SCAN | FOR_GUARD | CHANGES_FINDINGS, parse_big_count, TARGET(limits.max_entries)},
    {"max-memory", 0, "SIZE", N_("memory of one decompressor"), GROUP_LIMITS, FOR_SCAN | FOR_GUARD,
     parse_size, TARGET(limits.max_memory)},
    {"max-spool", 0, "SIZE", N_("temporary, encrypted copies of one input (default 4G)"),
     GROUP_LIMITS, FOR_SCAN | FOR_GUARD, parse_size, TARGET(limits.max_spool)},
    {"timeout", 0, "SECONDS", N_("time for one path (default: no limit)"), GROUP_LIMITS,
     FOR_SCAN | FOR_GUARD, parse_seconds, TARGET(limits.timeout_seconds)},
    {"piece-bytes", 0, "SIZE", NULL, GROUP_LIMITS, FOR_SCAN, parse_size, TARGET(piece_bytes)},

    {"lang", 0, "L", N_("language of messages: zh-TW, en (default: as the environment says)"),
     GROUP_GENERAL, FOR_ALL, parse_language, 0},
    {"help", 'h', NULL, N_("this text"), GROUP_GENERAL, FOR_ALL, parse_flag, TARGET(help)},
    {"version", 'V', NULL, N_("the version, and those of the libraries that do the work"),
     GROUP_GENERAL, FOR_ALL, parse_flag, TARGET(version)},
    {0},
};
