/* JUnit XML as CI servers read it: a test suite a unit, in it a test case "read" (an error when the
 * unit could not be read whole) and one a violation (a failure from the level of --fail-on on). The
 * form is the one that Jenkins, GitLab and Azure agree on; there is no standard. */
#include <stdlib.h>

#include "core/utf8.h"
#include "reports/naming.h"
#include "reports/terminal.h"
#include "reports/translate.h"

struct junit {
    struct report_sink *sink;
    const struct results *results;
    const struct report_options *options;
    struct text_buffer text, safe;
};

struct totals {
    uint64_t tests, failures, errors;
};

/* ---- XML ---- */

static void put_escaped(struct report_sink *sink, struct bytes text) {
    size_t plain = 0;
    for (size_t at = 0; at < text.len; at++) {
        const char *entity = text.ptr[at] == '&'    ? "&amp;"
                             : text.ptr[at] == '<'  ? "&lt;"
                             : text.ptr[at] == '>'  ? "&gt;"
                             : text.ptr[at] == '"'  ? "&quot;"
                             : text.ptr[at] == '\'' ? "&#39;"
                                                    : NULL;
        if (entity != NULL) {
            report_put(sink, bytes_of(text.ptr + plain, at - plain));
            report_puts(sink, entity);
            plain = at + 1;
        }
    }
    report_put(sink, bytes_from(text, plain));
}

/* XML 1.0 knows no U+FFFE and U+FFFF either. */
static void drop_noncharacters(struct text_buffer *text) {
    for (size_t at = 0; at + 2 < text->len; at++) {
        uint8_t *p = (uint8_t *)text->data + at;
        if (p[0] == 0xEF && p[1] == 0xBF && p[2] >= 0xBE) {
            p[2] = 0xBD; /* U+FFFD */
        }
    }
}

static void put_text(struct junit *out, struct bytes text) {
    text_buffer_clear(&out->safe);
    terminal_safe(&out->safe, text);
    drop_noncharacters(&out->safe);
    if (out->safe.failed) {
        report_fail_memory(out->sink);
    }
    put_escaped(out->sink, text_buffer_view(&out->safe));
}

static void put_attribute(struct junit *out, const char *name, struct bytes value) {
    report_printf(out->sink, " %s=\"", name);
    put_text(out, value);
    report_putc(out->sink, '"');
}

static void put_totals(struct junit *out, const struct totals *totals) {
    report_printf(out->sink, " tests=\"%llu\" failures=\"%llu\" errors=\"%llu\"",
                  (unsigned long long)totals->tests, (unsigned long long)totals->failures,
                  (unsigned long long)totals->errors);
}

/* ---- suites ---- */

/* A rule about the whole run belongs to the suite behind those of the units. */
static size_t suite_of(const struct results *results, const struct violation *violation) {
    return violation->unit < results->unit_count ? violation->unit : results->unit_count;
}

static void count(const struct results *results, struct totals *suites, struct totals *all) {
    for (size_t i = 0; i < results->unit_count; i++) {
        suites[i].tests++;
        suites[i].errors += unit_result_incomplete(&results->units[i]);
    }
    for (size_t i = 0; i < results->violation_count; i++) {
        const struct violation *violation = &results->violations[i];
        struct totals *suite = &suites[suite_of(results, violation)];
        suite->tests++;
        suite->failures += violation_fails(&results->run, violation);
    }
    for (size_t i = 0; i <= results->unit_count; i++) {
        all->tests += suites[i].tests;
        all->failures += suites[i].failures;
        all->errors += suites[i].errors;
    }
}

static void put_reading(struct junit *out, const struct unit_result *unit) {
    report_puts(out->sink, "    <testcase name=\"read\"");
    put_attribute(out, "classname", unit->name);
    if (!unit_result_incomplete(unit)) {
        report_puts(out->sink, "/>\n");
        return;
    }
    text_buffer_clear(&out->text);
    name_gap(&out->text, out->options, unit->facts);
    report_puts(out->sink, "><error");
    put_attribute(out, "message", text_buffer_view(&out->text));
    put_attribute(out, "type", bytes_of_string(coverage_reason(unit->facts->error_code)));
    report_puts(out->sink, "/></testcase>\n");
}

static void put_examples(struct junit *out, const struct violation *violation) {
    const struct rule *rule = violation->rule;
    put_text(out, bytes_of_string(pack_text(out->options, rule->remedy.en, rule->remedy.zh)));
    for (unsigned i = 0; i < violation->example_count; i++) {
        const struct example *example = violation->examples[i];
        report_putc(out->sink, '\n');
        if (example->row != 0) {
            report_printf(out->sink, "row %llu, ", (unsigned long long)example->row);
        }
        if (example->line != 0) {
            report_printf(out->sink, "line %llu: ", (unsigned long long)example->line);
        }
        put_text(out, bytes_of_string(example->shown));
    }
}

static void put_violation(struct junit *out, const struct unit_result *unit,
                          const struct violation *violation) {
    bool fails = violation_fails(&out->results->run, violation);
    text_buffer_clear(&out->text);
    text_buffer_printf(&out->text, "%s ", violation->rule->id);
    name_place(&out->text, violation->place);
    text_buffer_printf(&out->text, " %s",
                       violation->kind != NULL   ? violation->kind
                       : violation->role != NULL ? violation->role
                                                 : "");
    report_puts(out->sink, "    <testcase");
    put_attribute(out, "name", bytes_trim(text_buffer_view(&out->text)));
    put_attribute(out, "classname", unit == NULL ? BYTES_LIT("yinma") : unit->name);
    report_puts(out->sink, fails ? "><failure" : "><system-out>");
    text_buffer_clear(&out->text);
    text_buffer_printf(&out->text, "%s%s: ", violation->known ? "known, " : "",
                       severity_name(violation->severity));
    name_violation(&out->text, out->options, violation);
    if (fails) {
        put_attribute(out, "message", text_buffer_view(&out->text));
        put_attribute(out, "type", bytes_of_string(severity_name(violation->severity)));
        report_putc(out->sink, '>');
    } else {
        put_text(out, text_buffer_view(&out->text));
        report_putc(out->sink, '\n');
    }
    put_examples(out, violation);
    report_puts(out->sink, fails ? "</failure></testcase>\n" : "</system-out></testcase>\n");
}

/* Violations stand in order of units; those of the run wherever their number puts them. */
static void put_suites(struct junit *out, const struct totals *totals) {
    const struct results *results = out->results;
    const struct violation **sorted = violations_worst_first(results);
    size_t *next = calloc(results->violation_count + 1, sizeof *next);
    size_t *first = calloc(results->unit_count + 1, sizeof *first); /* from 1; 0 = none */
    if (sorted == NULL || next == NULL || first == NULL) {
        report_fail_memory(out->sink);
        goto out_of_memory;
    }
    for (size_t i = results->violation_count; i-- > 0;) {
        size_t suite = suite_of(results, sorted[i]);
        next[i] = first[suite];
        first[suite] = i + 1;
    }
    for (size_t i = 0; i <= results->unit_count; i++) {
        const struct unit_result *unit = i < results->unit_count ? &results->units[i] : NULL;
        if (unit == NULL && first[i] == 0) {
            continue;
        }
        report_puts(out->sink, "  <testsuite");
        put_attribute(out, "name", unit == NULL ? BYTES_LIT("the whole run") : unit->name);
        put_totals(out, &totals[i]);
        report_puts(out->sink, ">\n");
        if (unit != NULL) {
            put_reading(out, unit);
        }
        for (size_t at = first[i]; at != 0; at = next[at - 1]) {
            put_violation(out, unit, sorted[at - 1]);
        }
        report_puts(out->sink, "  </testsuite>\n");
    }
out_of_memory:
    free(first);
    free(next);
    free(sorted);
}

static void write_junit(const struct results *results, const struct report_options *options,
                        struct report_sink *sink) {
    struct junit out = {.sink = sink, .results = results, .options = options};
    struct totals all = {0};
    struct totals *suites = calloc(results->unit_count + 1, sizeof *suites);
    text_buffer_init(&out.text, 0);
    text_buffer_init(&out.safe, 0);
    if (suites == NULL) {
        report_fail_memory(sink);
    } else {
        count(results, suites, &all);
        report_puts(sink, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"yinma\"");
        put_totals(&out, &all);
        report_printf(sink, " time=\"%.3f\">\n", results->summary.seconds);
        put_suites(&out, suites);
        report_puts(sink, "</testsuites>\n");
    }
    if (out.text.failed || out.safe.failed) {
        report_fail_memory(sink);
    }
    free(suites);
    text_buffer_release(&out.safe);
    text_buffer_release(&out.text);
}

const struct report report_junit = {
    .name = "junit",
    .summary = N_("test cases for the test views of CI servers (JUnit XML)"),
    .machine = true,
    .write = write_junit,
};
