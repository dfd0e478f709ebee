/* yinma verify: is a ledger whole, are reports those that a run wrote, is the data still what they
 * speak of? Nothing is scanned and no key is needed. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/commands.h"
#include "cli/ledger_file.h"
#include "cli/verify_data.h"
#include "input/file_status.h"
#include "reports/translate.h"
#include "result/run_chain.h"

struct verifying {
    const struct call *call;
    struct bytes text; /* of the ledger; owned */
    struct run_chain chain;
    struct verdict verdict;
};

/* ---- the ledger ---- */

static void tell_head(const struct verifying *work) {
    const struct chain_line *last = &work->chain.lines[work->chain.count - 1];
    const char *head = work->call->head;
    bool found = false;
    for (size_t i = 0; head != NULL && i < work->chain.count; i++) {
        found = found || strcmp(work->chain.lines[i].digest, head) == 0;
    }
    printf("  ");
    printf(_("last line: %llu, sha256 %s"), (unsigned long long)last->number, last->digest);
    putchar('\n');
    if (head == NULL) {
        printf("  %s\n", _("whether lines were taken from its end only a digest tells that was "
                           "noted elsewhere (--head)"));
    } else if (found) {
        printf("  %s\n", _("the line of --head is in it: nothing was taken from its end since"));
    }
}

enum { LINES_MOST = 20 }; /* with one flaw that are told one by one */

/* The lines from FIRST (counted from 0) on that have the same flaw; how many they are. */
static size_t tell_flaws(const struct run_chain *chain, size_t first) {
    size_t end = first + 1;
    while (end < chain->count && chain->lines[end].flaw == chain->lines[first].flaw) {
        end++;
    }
    const char *flaw = _(chain_flaw_text(chain->lines[first].flaw));
    for (size_t i = first; end - first <= LINES_MOST && i < end; i++) {
        printf("  ");
        printf(_("line %zu: %s"), i + 1, flaw);
        putchar('\n');
    }
    if (end - first > LINES_MOST) {
        printf("  ");
        printf(_("lines %zu to %zu: %s"), first + 1, end, flaw);
        putchar('\n');
    }
    return end - first;
}

static void verify_ledger(struct verifying *work) {
    const char *head = work->call->head;
    size_t flaws = 0, cuts = 0;
    bool found = head == NULL;
    printf(_("ledger %s\n"), work->call->ledger);
    for (size_t i = 0; !found && i < work->chain.count; i++) {
        found = strcmp(work->chain.lines[i].digest, head) == 0;
    }
    for (size_t i = 0, same = 1; i < work->chain.count; i += same) {
        const enum chain_flaw flaw = work->chain.lines[i].flaw;
        same = flaw == CHAIN_WHOLE ? 1 : tell_flaws(&work->chain, i);
        flaws += flaw != CHAIN_WHOLE && flaw != CHAIN_CUT;
        cuts += flaw == CHAIN_CUT;
    }
    if (!found) {
        printf("  %s\n", _("the line of --head is not in it: lines were taken from its end, or the "
                           "ledger was written anew"));
    }
    work->verdict.broken = work->verdict.broken || flaws > 0 || !found;
    work->verdict.open = work->verdict.open || cuts > 0;
    if (work->chain.count == 0) {
        /* a run leaves at least its line: whoever emptied the file took them all */
        printf("  %s\n", _("it is empty"));
        work->verdict.open = true;
        return;
    }
    if (flaws == 0 && found) {
        printf("  ");
        printf(plural_("%zu line, unbroken", "%zu lines, unbroken", work->chain.count),
               work->chain.count);
        putchar('\n');
    }
    tell_head(work);
}

/* ---- reports ---- */

static const struct chain_line *line_of_digest(const struct run_chain *chain, const char *sha256) {
    for (size_t i = 0; i < chain->count; i++) {
        for (size_t j = 0; j < chain->lines[i].report_count; j++) {
            if (bytes_equal(chain->lines[i].reports[j].sha256, bytes_of_string(sha256))) {
                return &chain->lines[i];
            }
        }
    }
    return NULL;
}

static const struct chain_line *line_of_run(const struct run_chain *chain, const char *run_sha256) {
    for (size_t i = 0; run_sha256[0] != '\0' && i < chain->count; i++) {
        if (bytes_equal(chain->lines[i].run_sha256, bytes_of_string(run_sha256))) {
            return &chain->lines[i];
        }
    }
    return NULL;
}

static const struct chain_line *line_of_name(const struct run_chain *chain, const char *path) {
    struct bytes name = bytes_last_component(bytes_of_string(path));
    for (size_t i = chain->count; i > 0; i--) {
        const struct chain_line *line = &chain->lines[i - 1];
        for (size_t j = 0; j < line->report_count; j++) {
            if (bytes_equal(bytes_last_component(line->reports[j].file), name)) {
                return line;
            }
        }
    }
    return NULL;
}

static void tell_line(const char *what, const struct chain_line *line) {
    printf("  %s ", what);
    printf(_("(line %llu of the ledger, written %.*s)"), (unsigned long long)line->number,
           (int)line->time.len, (const char *)line->time.ptr);
    putchar('\n');
}

/* Was PATH written by a run of the ledger? */
static void verify_origin(struct verifying *work, const char *path) {
    char sha256[65], run_sha256[65];
    struct work_item item = {.type = ITEM_FILE, .named = true};
    item.path = (char *)(uintptr_t)path; /* only read */
    input_file_digest(&item, sha256);
    verify_run_digest(path, run_sha256);
    const struct chain_line *line = line_of_digest(&work->chain, sha256);
    if (line != NULL) {
        bool trusted = line->flaw != CHAIN_EDITED;
        work->verdict.broken = work->verdict.broken || !trusted;
        tell_line(trusted ? _("not edited: the ledger has its digest")
                          : _("the ledger has its digest, in a line that was edited itself"),
                  line);
        return;
    }
    work->verdict.broken = true;
    if ((line = line_of_run(&work->chain, run_sha256)) != NULL) {
        tell_line(_("edited after it was written: the ledger has another digest of this run's "
                    "report"),
                  line);
    } else if ((line = line_of_name(&work->chain, path)) != NULL) {
        tell_line(_("edited or replaced: the ledger has another digest of a report of this name"),
                  line);
    } else {
        printf("  %s\n", _("unknown: no line of the ledger speaks of it"));
    }
}

static int verify_report(struct verifying *work, const char *path, struct error *err) {
    printf(_("report %s\n"), path);
    if (work->call->ledger != NULL) {
        verify_origin(work, path);
    } else {
        printf("  %s\n", _("whether it was edited only a ledger tells (--ledger FILE)"));
        work->verdict.open = true;
    }
    return verify_data(work->call, path, &work->verdict, err);
}

/* ---- the command ---- */

static int check(const struct call *call, struct error *err) {
    if (call->operands.count == 0 && call->ledger == NULL) {
        return error_set(err, YINMA_E_USAGE, "%s",
                         _("name a ledger or saved results, as in `yinma verify --ledger "
                           "runs.ledger results.ndjson`"));
    }
    if (call->head != NULL && call->ledger == NULL) {
        return error_set(err, YINMA_E_USAGE, "%s", _("--head is about a ledger: --ledger FILE"));
    }
    if (call->head != NULL && strlen(call->head) != 64) {
        return error_set(err, YINMA_E_USAGE, "%s",
                         _("--head: a SHA-256 has 64 hex digits; `yinma scan --ledger` prints it"));
    }
    for (size_t i = 0; i < call->operands.count; i++) {
        FILE *file = fopen(call->operands.words[i], "re");
        if (file == NULL) {
            return error_set_errno(err, errno, "%s", call->operands.words[i]);
        }
        fclose(file);
    }
    return 0;
}

static void tell_verdict(const struct verdict *verdict) {
    puts(verdict->broken ? _("Exit status 1: something is not what it was.")
         : verdict->open
             ? _("Exit status 3: nothing was found wrong, but not all could be checked.")
             : _("Exit status 0: everything is as it was written."));
}

int verify_command(const struct call *call) {
    struct verifying work = {.call = call};
    struct error err = {0};
    int rc = check(call, &err);
    if (rc == 0 && call->ledger != NULL) {
        rc = ledger_file_read(call->ledger, &work.text, &err);
        rc = rc == 0 ? run_chain_read(work.text, &work.chain, &err) : rc;
    }
    if (rc == 0 && call->ledger != NULL) {
        verify_ledger(&work);
    }
    for (size_t i = 0; rc == 0 && i < call->operands.count; i++) {
        rc = verify_report(&work, call->operands.words[i], &err);
    }
    int status = work.verdict.broken ? EXIT_VIOLATIONS
                 : work.verdict.open ? EXIT_INCOMPLETE
                                     : EXIT_CLEAN;
    if (rc < 0) {
        status = complain(call, &err);
    } else {
        tell_verdict(&work.verdict);
        status = close_output() == EXIT_CLEAN ? status : EXIT_FAILED;
    }
    run_chain_release(&work.chain);
    free((void *)(uintptr_t)work.text.ptr);
    return status;
}
