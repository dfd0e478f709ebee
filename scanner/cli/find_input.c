#include "cli/find_input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/secret_input.h"
#include "reports/translate.h"

enum { INPUT_MAX = 64 * 1024 };

int find_check_formats(const struct call *call, struct error *err) {
    for (size_t i = 0; i < call->output_count; i++) {
        if (!call->outputs[i].report->places) {
            return error_set(err, YINMA_E_USAGE,
                             _("format %s does not tell where a person stands: use text, ndjson or "
                               "json"),
                             call->outputs[i].report->name);
        }
    }
    return 0;
}

int find_check(const struct call *call, struct error *err) {
    bool same = call->files_from != NULL && strcmp(call->files_from, "-") == 0;
    for (size_t i = 0; i < call->operands.count; i++) {
        same |= strcmp(call->operands.words[i], "-") == 0;
    }
    if (same && call->find_descriptor == STDIN_FILENO) {
        return error_set(err, YINMA_E_USAGE, "%s",
                         _("--find reads standard input, and so does this call: give the values on "
                           "another descriptor (--find=3 3<FILE)"));
    }
    if (call->reveal != REVEAL_NOTHING || call->occurrences || call->reference != NULL ||
        call->write_reference != NULL || call->baseline != NULL) {
        return error_set(err, YINMA_E_USAGE, "%s",
                         _("--find goes with none of --reveal, --occurrences, --baseline, "
                           "--reference, --write-reference"));
    }
    return find_check_formats(call, err);
}

static const char *refusal(enum sought_answer answer) {
    static const char *const texts[] = {
        [SOUGHT_UNKNOWN] = N_("what is it? Write its kind before it, as in \"name: …\", \"phone: "
                              "…\", \"bank_account: …\" (`yinma list kinds`)"),
        [SOUGHT_NO_VALUE] = N_("no whole value of that kind: a check digit that does not fit, a "
                               "mask, or a kind that many people share"),
        [SOUGHT_TOO_MANY] = N_("more values than one call looks for (16): ask for the others "
                               "apart"),
        [SOUGHT_NO_TEXT] = N_("no valid UTF-8 text of at most 256 bytes"),
    };
    return translate_row(texts[answer]);
}

static int take(struct sought *sought, struct bytes line, unsigned number, struct error *err) {
    enum sought_answer answer = sought_add(sought, line);
    return answer == SOUGHT_TAKEN
               ? 0
               : error_set(err, YINMA_E_USAGE, _("--find, line %u: %s"), number, refusal(answer));
}

/* Everything to the end of a file or a pipe. */
static int read_lines(int descriptor, struct sought *sought, uint8_t *buffer, struct error *err) {
    size_t len = 0;
    ssize_t got = 1;
    while (got > 0 && len < INPUT_MAX) {
        got = read(descriptor, buffer + len, INPUT_MAX - len);
        len += got > 0 ? (size_t)got : 0;
    }
    if (got < 0) {
        return error_set_errno(err, errno, _("--find: descriptor %d cannot be read"), descriptor);
    }
    if (len == INPUT_MAX) {
        return error_set(err, YINMA_E_USAGE, "%s", _("--find: too much to be one person's values"));
    }
    int rc = 0;
    unsigned number = 0;
    for (size_t at = 0; rc == 0 && at < len;) {
        const uint8_t *end = memchr(buffer + at, '\n', len - at);
        size_t next = end == NULL ? len : (size_t)(end - buffer);
        struct bytes line = bytes_trim(bytes_of(buffer + at, next - at));
        number++;
        rc = line.len == 0 ? 0 : take(sought, line, number, err);
        at = next + 1;
    }
    return rc;
}

/* What was typed wrong is asked for again: nobody sees what he types. */
static int ask_lines(int descriptor, struct sought *sought, uint8_t *buffer, struct error *err) {
    fprintf(stderr, "%s\n",
            _("Whose data? One value a line, an empty line ends: an ID number, a telephone number, "
              "a mail address, a card number, \"name: …\", \"address: …\"."));
    for (;;) {
        size_t len;
        int rc = secret_read_line(descriptor, _("value (not shown while you type): "), buffer,
                                  SOUGHT_TEXT_MAX + 1, &len, err);
        if (rc < 0 || len == 0) {
            return rc;
        }
        enum sought_answer answer = sought_add(sought, bytes_of(buffer, len));
        if (answer == SOUGHT_TAKEN) {
            unsigned last = sought_count(sought) - 1;
            fprintf(stderr, "  %u  %s\n", last + 1,
                    translate_row(sought_value_at(sought, last)->pattern->title));
        } else {
            fprintf(stderr, "%s\n", refusal(answer));
        }
    }
}

int find_read(const struct call *call, struct settings *settings, struct error *err) {
    struct engine *engine = settings->engine;
    int descriptor = call->find_descriptor;
    struct sought *sought = sought_new(engine->kinds.items, engine->policies, engine->lexicon);
    uint8_t *buffer = malloc(INPUT_MAX);
    int rc = 0;
    if (sought == NULL || buffer == NULL) {
        rc = error_set(err, YINMA_E_MEMORY, "%s", _("memory ran out"));
        sought_free(sought);
    } else {
        engine_set_sought(engine, sought); /* lets go of it whatever happens */
        rc = isatty(descriptor) == 1 ? ask_lines(descriptor, sought, buffer, err)
                                     : read_lines(descriptor, sought, buffer, err);
    }
    if (buffer != NULL) {
        explicit_bzero(buffer, INPUT_MAX);
        free(buffer);
    }
    if (rc == 0 && sought_count(sought) == 0) {
        rc = error_set(err, YINMA_E_USAGE, "%s", _("--find: there is no value to look for"));
    }
    return rc == 0 ? sought_settle(sought, err) : rc;
}
