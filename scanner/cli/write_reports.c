#include "cli/write_reports.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/language.h"

static unsigned terminal_width(void) {
    struct winsize size;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static bool wants_color(const struct call *call, const struct output *output) {
    const char *terminal = getenv("TERM"), *refused = getenv("NO_COLOR");
    if (call->color != WHEN_AUTO) {
        return call->color == WHEN_ALWAYS && output->file == NULL;
    }
    return output->file == NULL && (refused == NULL || *refused == '\0') &&
           isatty(STDOUT_FILENO) == 1 && (terminal == NULL || strcmp(terminal, "dumb") != 0);
}

static int write_one(const struct call *call, const struct results *results,
                     const struct output *output, struct error *err) {
    /* what programs read must not depend on the user's environment */
    const char *wanted = call->language != NULL    ? call->language
                         : output->report->machine ? "en"
                                                   : NULL;
    const struct report_options options = {.language = language_set(wanted),
                                           .color = wants_color(call, output),
                                           .occurrences = call->occurrences,
                                           .all_units = call->verbose,
                                           .in_chinese = language_chinese,
                                           .width = output->file == NULL ? terminal_width() : 0};
    int rc = output->file == NULL
                 ? report_write(output->report, results, &options, stdout, err)
                 : report_write_file(output->report, results, &options, output->file, err);
    language_set(call->language);
    return rc;
}

int write_reports(const struct call *call, const struct results *results) {
    const struct output standard = {.report = report_find("text")};
    const struct output *outputs = call->output_count == 0 ? &standard : call->outputs;
    size_t count = call->output_count == 0 ? 1 : call->output_count;
    int status = results->summary.status;
    for (size_t i = 0; i < count; i++) {
        struct error err = {0};
        if (write_one(call, results, &outputs[i], &err) < 0) {
            complain(call, &err);
            status = EXIT_FAILED;
        }
    }
    return status;
}
