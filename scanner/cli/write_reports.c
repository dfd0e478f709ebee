#include "cli/write_reports.h"
#include "cli/call_workers.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/language.h"
#include "cli/progress.h"
#include "core/text_buffer.h"
#include "input/file_status.h"
#include "match/match.h"

/* All zero where the output is no terminal. */
static struct winsize terminal_size(void) {
    struct winsize size = {0};
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size : (struct winsize){0};
}

static bool wants_color(const struct call *call, const struct output *output) {
    const char *refused = getenv("NO_COLOR");
    if (call->color != WHEN_AUTO) {
        return call->color == WHEN_ALWAYS && output->file == NULL;
    }
    return output->file == NULL && (refused == NULL || *refused == '\0') &&
           terminal_obeys(STDOUT_FILENO);
}

/* What reports refer to. */
struct detail {
    /* For sheets: the saved results that this call writes, else those that it was made from. */
    struct text_buffer files, digests;
    const struct comparison *comparison;
    struct text_buffer compared_with;
};

static void note_detail(struct detail *detail, const char *file) {
    char sha256[65];
    struct work_item item = {.type = ITEM_FILE, .named = true};
    item.path = (char *)(uintptr_t)file; /* only read */
    input_file_digest(&item, sha256);
    if (sha256[0] == '\0') { /* a pipe: nobody can compare it later */
        return;
    }
    const char *between = detail->files.len > 0 ? ", " : "";
    text_buffer_puts(&detail->files, between);
    conceal(patterns, bytes_of_string(file), &detail->files);
    text_buffer_printf(&detail->digests, "%s%s", between, sha256);
}

/* Sheets refer to the results that this call writes, else to those that it reads. */
static void note_inputs(struct detail *detail, const struct call *call) {
    bool reads = call->command->bit == FOR_REPORT && detail->files.len == 0;
    for (size_t i = 0; reads && i < call->operands.count; i++) {
        note_detail(detail, call->operands.words[i]);
    }
}

/* Saved results: with a ledger they list every file, so that the data can be compared with them. */
static bool is_detail(const struct output *output) {
    return strcmp(output->report->name, "ndjson") == 0;
}

static int write_one(const struct call *call, const struct settings *settings,
                     const struct results *results, const struct output *output,
                     const struct detail *detail, struct error *err) {
    /* what programs read must not depend on the user's environment */
    const char *wanted = call->language != NULL    ? call->language
                         : output->report->machine ? "en"
                                                   : NULL;
    bool detailed = detail->files.len > 0;
    const struct winsize terminal = terminal_size();
    const struct report_options options = {
        .language = language_set(wanted),
        .color = wants_color(call, output),
        .occurrences = call->occurrences,
        .all_units = call->verbose || (call->ledger != NULL && is_detail(output)),
        .in_chinese = language_chinese,
        .threads = call_workers(call),
        .width = output->file == NULL ? terminal.ws_col : 0,
        .height = output->file == NULL ? terminal.ws_row : 0,
        .file = output->file,
        .config = settings->config,
        .previous = settings->previous,
        .comparison = detail->comparison,
        .compared_with = text_buffer_string(&detail->compared_with),
        .detail_file = detailed ? text_buffer_string(&detail->files) : NULL,
        .detail_sha256 = detailed ? text_buffer_string(&detail->digests) : NULL};
    int rc = output->file == NULL
                 ? report_write(output->report, results, &options, stdout, err)
                 : report_write_file(output->report, results, &options, output->file, err);
    language_set(call->language);
    return rc;
}

/* Sheets come last: they hold the digest of the results written beside them. */
int write_reports(const struct call *call, const struct settings *settings,
                  const struct results *results, const struct comparison *comparison) {
    const struct output standard = {.report = report_find("text")};
    const struct output *outputs = call->output_count == 0 ? &standard : call->outputs;
    size_t count = call->output_count == 0 ? 1 : call->output_count;
    int status = results->summary.status;
    struct detail detail = {.comparison = comparison};
    text_buffer_init(&detail.files, 0);
    text_buffer_init(&detail.digests, 0);
    text_buffer_init(&detail.compared_with, 0);
    if (comparison != NULL) {
        conceal(patterns, bytes_of_string(call->diff), &detail.compared_with);
    }
    for (unsigned sheets = 0; sheets < 2; sheets++) {
        for (size_t i = 0; i < count; i++) {
            struct error err = {0};
            if (outputs[i].report->sheet != (sheets == 1)) {
                continue;
            }
            if (write_one(call, settings, results, &outputs[i], &detail, &err) < 0) {
                complain(call, &err);
                status = EXIT_FAILED;
            } else if (is_detail(&outputs[i]) && outputs[i].file != NULL) {
                note_detail(&detail, outputs[i].file);
            }
        }
        note_inputs(&detail, call);
    }
    text_buffer_release(&detail.files);
    text_buffer_release(&detail.digests);
    text_buffer_release(&detail.compared_with);
    return status;
}
