/* Looks for personal data in a piece of memory, as a web framework could do with an answer that it
 * is about to send: exit status 1 when something is shown in clear.
 *
 *     cc scan_memory.c -lyinma $(pkg-config --libs libhs libarchive …) */
#include <stdio.h>
#include <string.h>

#include "yinma.h"

static void on_violation(void *context, const struct yinma_violation *violation) {
    (void)context;
    printf("%s (%s): %llu x %s in %s, for example %s\n", violation->rule, violation->severity,
           (unsigned long long)violation->count, violation->kind, violation->column,
           violation->example_count > 0 ? violation->examples[0].shown : "-");
}

int main(void) {
    static const char answer[] = "name,card_no\n"
                                 "Wang,4514167302846157\n"
                                 "Chen,5407312069482732\n";
    const char *const zones[] = {"display", NULL};
    const struct yinma_options options = {.zones = zones};
    const struct yinma_handlers handlers = {.violation = on_violation};
    struct yinma_summary summary = {.status = 4};
    struct yinma_error error;
    yinma_engine *engine = NULL;
    yinma_scanner *scanner = NULL;
    if (yinma_engine_new(&options, &engine, &error) == 0) {
        scanner = yinma_scanner_new(engine);
    }
    if (scanner == NULL || yinma_scan_memory(scanner, "answer", answer, strlen(answer), &error) ||
        yinma_finish(scanner, &handlers, &summary, &error)) {
        fprintf(stderr, "%s\n", engine == NULL || scanner != NULL ? error.text : "out of memory");
    }
    yinma_scanner_free(scanner);
    yinma_engine_free(engine);
    return summary.status;
}
