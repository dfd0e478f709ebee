/* yinma guard: everything about the call is checked before the first byte is read; then the stream
 * passes, and the verdict goes to standard error and into the receipt. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/judging.h"
#include "cli/output_file.h"
#include "core/text_buffer.h"
#include "reports/receipt.h"
#include "reports/sentence.h"
#include "reports/translate.h"
#include "run/guard.h"

struct guard_job {
    const struct call *call;
    struct settings settings;
    struct judging_call judging;
    struct guard_outcome outcome;
    struct results results;
    const char *roots[2]; /* the name of the stream, NULL-terminated */
};

enum { TOLD_MAX = 5 }; /* violations on the screen; the receipt has them all */

static int check_call(const struct call *call, struct error *err) {
    if (call->operands.count > 0) {
        return error_set(err, YINMA_E_USAGE, "%s",
                         _("guard reads standard input and takes no paths; `yinma scan` does"));
    }
    if (call->hold && call->report_only) {
        return error_set(err, YINMA_E_USAGE, "%s",
                         _("--hold and --report-only: one lets nothing pass before the end, the "
                           "other everything at once; use one of them"));
    }
    return call->receipt == NULL ? 0 : output_file_check("receipt", call->receipt, err);
}

/* What is no regular file keeps nothing of an earlier receipt, and belongs to others. */
static int remove_file(const char *path) {
    struct stat status;
    int rc = lstat(path, &status);
    return rc == 0 && S_ISREG(status.st_mode) ? unlink(path) : rc;
}

static int prepare(struct guard_job *job, struct error *err) {
    const struct call *call = job->call;
    int rc = check_call(call, err);
    if (rc == 0) {
        rc = settings_load(call, &job->settings, err);
    }
    if (rc == 0) {
        rc = judging_call_init(call, &job->settings, &job->judging, err);
    }
    /* A receipt of another stream must not pass for that of this one, whatever happens. */
    if (rc == 0 && call->receipt != NULL && remove_file(call->receipt) != 0 && errno != ENOENT) {
        rc = error_set(err, YINMA_E_USAGE, _("--receipt: the old one cannot be removed: %s"),
                       strerror(errno));
    }
    return rc;
}

/* ---- the verdict ---- */

static void tell_violation(const struct violation *violation) {
    fprintf(stderr, "  %s  %s", violation->rule->id,
            translate_row(severity_name(violation->severity)));
    const char *what = violation->kind != NULL ? violation->kind : violation->role;
    if (what != NULL) {
        fprintf(stderr, "  %s", what);
    }
    if (violation->place != NULL) {
        struct bytes table = violation->place->table, column = violation->place->column;
        fprintf(stderr, "  %.*s%s%.*s", (int)table.len, (const char *)table.ptr,
                table.len > 0 && column.len > 0 ? "." : "", (int)column.len,
                (const char *)column.ptr);
    }
    if (violation->example_count > 0 && violation->examples[0]->row != 0) {
        fprintf(stderr, "  ");
        fprintf(stderr, _("row %llu"), (unsigned long long)violation->examples[0]->row);
    }
    fputc('\n', stderr);
}

static void tell_unread(const struct unit_facts *unit) {
    struct text_buffer said;
    text_buffer_init(&said, 0);
    sentence_put(&said, bytes_of_string(unit->detail), translate_row);
    fprintf(stderr, "  %.*s: %s\n", (int)unit->name.len, (const char *)unit->name.ptr,
            text_buffer_string(&said));
    text_buffer_release(&said);
}

static void tell_reasons(const struct results *results) {
    unsigned told = 0, more = 0;
    for (size_t i = 0; i < results->violation_count; i++) {
        if (violation_fails(&results->run, &results->violations[i])) {
            if (told < TOLD_MAX) {
                told++;
                tell_violation(&results->violations[i]);
            } else {
                more++;
            }
        }
    }
    if (more > 0) {
        fprintf(stderr, "  ");
        fprintf(stderr, _("and %u more (--receipt FILE has them all)\n"), more);
    }
    for (size_t i = 0; i < results->unit_count; i++) {
        const struct unit_facts *unit = results->units[i].facts;
        if (unit_result_incomplete(&results->units[i]) && unit->error_code != YINMA_E_CANCELLED) {
            tell_unread(unit);
        }
    }
}

static const char *verdict_text(enum guard_verdict verdict, const struct results *results) {
    static const char *const texts[] = {
        [GUARD_PASSED] = N_("passed: nothing is broken"),
        [GUARD_REPORTED] = N_("passed without being judged first (--report-only)"),
        [GUARD_STOPPED] = N_("stopped before the record that breaks a rule"),
        [GUARD_WITHHELD] =
            N_("a rule is broken that the whole stream tells: the rest was withheld"),
        [GUARD_UNREADABLE] =
            N_("something could not be read, so nobody knows what it holds: the rest was withheld"),
        [GUARD_WRITE] = N_("what passes could not be written to its end")};
    bool tolerated = verdict == GUARD_PASSED && results->violation_count != 0;
    return tolerated ? _("passed: nothing breaks a rule at or above --fail-on") : _(texts[verdict]);
}

static void tell(const struct guard_job *job) {
    const struct guard_outcome *outcome = &job->outcome;
    bool fine = job->results.summary.status == 0 && outcome->verdict != GUARD_WRITE;
    /* a reader that has seen enough is no fault: cat says nothing either */
    bool left = outcome->verdict == GUARD_WRITE && outcome->passed.os_errno == EPIPE;
    if (left || (job->call->quiet && fine)) {
        return;
    }
    fprintf(stderr, "yinma guard: %s\n", verdict_text(outcome->verdict, &job->results));
    tell_reasons(&job->results);
    fprintf(stderr, "  ");
    unsigned long long read = outcome->read, passed = outcome->passed.bytes;
    if (outcome->passed.sha256[0] == '\0') {
        fprintf(stderr, _("bytes read %llu, passed %llu\n"), read, passed);
    } else {
        fprintf(stderr, _("bytes read %llu, passed %llu (sha256 %s)\n"), read, passed,
                outcome->passed.sha256);
    }
}

static int write_receipt(struct guard_job *job, struct error *err) {
    const struct guard_outcome *outcome = &job->outcome;
    if (job->call->receipt == NULL) {
        return 0;
    }
    const struct receipt_facts facts = {.mode = guard_mode_name(outcome->mode),
                                        .verdict = guard_verdict_name(outcome->verdict),
                                        .status = job->results.summary.status,
                                        .read = outcome->read,
                                        .passed = outcome->passed.bytes,
                                        .sha256 = outcome->passed.sha256};
    const struct report_options options = {.receipt = &facts, .all_units = true};
    return report_write_file(&report_receipt, &job->results, &options, job->call->receipt, err);
}

/* ---- the command ---- */

static int run(struct guard_job *job, struct error *err) {
    const struct call *call = job->call;
    const char *name = call->stdin_name == NULL ? "-" : call->stdin_name;
    const struct guard_options options = {
        .mode = call->hold          ? GUARD_HOLD
                : call->report_only ? GUARD_REPORT
                                    : GUARD_RECORDS,
        .in = STDIN_FILENO,
        .out = STDOUT_FILENO,
        .name = name,
        .digest = call->quiet && call->receipt == NULL ? OUTLET_UNDIGESTED : OUTLET_DIGESTED};
    job->roots[0] = name;
    job->judging.options.paths = job->roots;
    int rc = guard_run(job->settings.engine, &job->judging.options, &options, &job->outcome,
                       &job->results, err);
    if (rc < 0) {
        complain(call, err);
        return rc == YINMA_E_LIMIT ? EXIT_INCOMPLETE : EXIT_FAILED;
    }
    int status = job->results.summary.status;
    if (job->outcome.verdict == GUARD_WRITE && job->outcome.passed.os_errno != EPIPE) {
        fprintf(stderr, "yinma: %s: %s\n", _("standard output could not be written"),
                strerror(job->outcome.passed.os_errno));
        status = EXIT_FAILED;
    }
    job->results.summary.status = status;
    tell(job);
    if (write_receipt(job, err) < 0) {
        complain(call, err);
        status = EXIT_FAILED;
    }
    return status;
}

/* The reader left: end as any filter does. */
static void end_by_pipe(void) {
    signal(SIGPIPE, SIG_DFL);
    raise(SIGPIPE);
}

int guard_command(const struct call *call) {
    struct guard_job job = {.call = call};
    struct error err = {0};
    signal(SIGPIPE, SIG_IGN);
    int status = prepare(&job, &err) < 0 ? complain(call, &err) : run(&job, &err);
    bool left = job.outcome.passed.os_errno == EPIPE;
    results_release(&job.results);
    judging_call_release(&job.judging);
    settings_release(&job.settings);
    if (left) {
        end_by_pipe();
    }
    return status;
}
