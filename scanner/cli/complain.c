#include "cli/complain.h"

#include <errno.h>
#include <stdio.h>

#include "match/match.h"
#include "reports/sentence.h"
#include "reports/translate.h"

/* Messages name files, and what was typed: a file may be called by somebody's number. A message of
 * several lines keeps them. */
static void print_concealed(const char *text) {
    struct text_buffer out;
    text_buffer_init(&out, 0);
    struct bytes left = bytes_of_string(text);
    while (left.len != 0) {
        size_t newline = bytes_find(left, BYTES_LIT("\n"));
        struct bytes line = bytes_first(left, newline);
        conceal(patterns, line, &out);
        left = bytes_from(left, line.len);
        if (left.len != 0) {
            text_buffer_putc(&out, '\n');
            left = bytes_from(left, 1);
        }
    }
    fprintf(stderr, "yinma: %s\n", out.failed ? _("memory ran out") : text_buffer_string(&out));
    text_buffer_release(&out);
}

/* What the rooms below say is English, as records have it. */
static void print_translated(const struct error *err) {
    struct text_buffer said;
    text_buffer_init(&said, 0);
    sentence_put(&said, bytes_of_string(err->text), translate_row);
    print_concealed(said.failed ? _("memory ran out") : text_buffer_string(&said));
    text_buffer_release(&said);
}

int complain(const struct call *call, const struct error *err) {
    print_translated(err);
    if (err->code == YINMA_E_USAGE && call->command == NULL) {
        fprintf(stderr, "%s\n", _("`yinma --help` says what there is."));
    }
    return err->code == YINMA_E_MEMORY ? EXIT_FAILED : EXIT_WRONG_CALL;
}

int close_output(void) {
    if (ferror(stdout) != 0 || fflush(stdout) != 0) {
        fprintf(stderr, "yinma: %s: %s\n", _("standard output could not be written"),
                strerror(errno));
        return EXIT_FAILED;
    }
    return EXIT_CLEAN;
}
