/* Prints the messages that stand in tables of other rooms (titles of kinds, zones, formats …) in
 * the form of a message template, so that a new row of any table cannot go untranslated unseen. */
#include <stdio.h>

#include "catalog/severity.h"
#include "catalog/zones.h"
#include "decode/decoder.h"
#include "input/input.h"
#include "judge/judge.h"
#include "patterns/pattern.h"
#include "reports/report.h"
#include "result/comparison.h"
#include "result/run_chain.h"

static void put(const char *text) {
    if (text == NULL || text[0] == '\0') {
        return;
    }
    fputs("msgid \"", stdout);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            putchar('\\');
        }
        if (*text == '\n') {
            fputs("\\n", stdout);
        } else {
            putchar(*text);
        }
    }
    fputs("\"\nmsgstr \"\"\n\n", stdout);
}

static void put_vocabulary(void) {
    for (int severity = SEVERITY_NONE; severity <= SEVERITY_CRITICAL; severity++) {
        put(severity_name((enum severity)severity));
    }
    for (int zone = 0; zone < ZONE_COUNT; zone++) {
        put(zone_summary((enum zone)zone));
    }
    for (int status = 0; status <= COVERAGE_WAIVED; status++) {
        put(coverage_status_name((enum coverage_status)status));
    }
    for (int code = YINMA_E_LAST; code <= 0; code++) {
        put(coverage_reason(code));
    }
    for (int cause = 0; cause < CAUSE_COUNT; cause++) {
        put(cause_text((enum cause)cause));
    }
    for (int flaw = CHAIN_WHOLE; flaw <= CHAIN_REPLACED; flaw++) {
        put(chain_flaw_text((enum chain_flaw)flaw));
    }
    for (int why = DECIDED; why < UNDECIDED_REASONS; why++) {
        put(undecided_text((enum undecided)why));
    }
    for (unsigned bit = 0; bit < MISSED_COUNT; bit++) {
        put(missed_text(bit));
    }
    /* run_summary.subjects_basis */
    put("national and resident IDs");
    put("phone_mobile");
    put("email");
}

static void put_tables(void) {
    for (size_t i = 0; severity_table[i].when != NULL; i++) {
        put(severity_table[i].when);
    }
    for (size_t i = 0; zone_guess_table[i].when != NULL; i++) {
        put(zone_guess_table[i].when);
    }
    for (size_t i = 0; patterns[i] != NULL; i++) {
        put(patterns[i]->title);
        put(patterns[i]->check);
    }
    for (size_t i = 0; roles[i].name != NULL; i++) {
        put(roles[i].title);
    }
    for (size_t i = 0; decoders[i] != NULL; i++) {
        put(decoders[i]->summary);
    }
    for (size_t i = 0; container_formats[i] != NULL; i++) {
        put(container_formats[i]->summary);
    }
    for (size_t i = 0; reports[i] != NULL; i++) {
        put(reports[i]->summary);
    }
}

int main(void) {
    puts("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n");
    put_vocabulary();
    put_tables();
    return ferror(stdout) == 0 && fflush(stdout) == 0 ? 0 : 1;
}
