/* yinma scan: everything about the call and the configuration is checked before anything is read;
 * then walk, pool, judge, reports. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "cli/call_workers.h"
#include "cli/commands.h"
#include "cli/find_input.h"
#include "cli/interrupts.h"
#include "cli/judging.h"
#include "cli/language.h"
#include "cli/ledger_file.h"
#include "cli/output_file.h"
#include "cli/progress.h"
#include "cli/scan_paths.h"
#include "cli/settings.h"
#include "cli/write_reports.h"
#include "input/file_status.h"
#include "input/git/git.h"
#include "match/match.h"
#include "reports/translate.h"
#include "run/pieces/ranges.h"
#include "run/scan.h"
#include "run/scan_parts.h"

/* All that a scan holds, so that one place lets go of it. */
struct scan_job {
    const struct call *call;
    struct settings settings;
    struct scan_paths paths;
    struct work_list items;
    struct pool_result found;
    struct results results;
    struct judging_call judging;
    struct progress progress;
};

/* Values in clear go to the eyes of one person, not into files and logs by mistake. */
static int check_reveal(const struct call *call, struct error *err) {
    bool terminal = isatty(STDOUT_FILENO) == 1;
    for (size_t i = 0; i < call->output_count; i++) {
        terminal = terminal && call->outputs[i].file == NULL;
    }
    return call->reveal != REVEAL_TO_TERMINAL || terminal
               ? 0
               : error_set(err, YINMA_E_USAGE,
                           _("--reveal would write values in clear to something that is no "
                             "terminal; --reveal=force does it all the same"));
}

static bool asks_git(const struct call *call) {
    return call->staged || call->changed_since != NULL;
}

/* Saved results and the ledger hold a list of what was read. */
static bool lists_sources(const struct call *call) {
    bool lists = call->ledger != NULL;
    for (size_t i = 0; i < call->output_count; i++) {
        lists = lists || call->outputs[i].report->sources;
    }
    return lists;
}

/* What is to be scanned. */
static int list_work(struct scan_job *job, struct error *err) {
    const struct call *call = job->call;
    const struct walk_options walking = {.paths = (const char *const *)job->paths.words.words,
                                         .includes = call->includes.words,
                                         .excludes = call->excludes.words,
                                         .stdin_name = call->stdin_name,
                                         .labels = call->labels.words,
                                         .one_file_system = call->one_file_system,
                                         .glob = glob_matches};
    const struct git_request request = {
        .since = call->changed_since, .paths = call->operands.words, .limits = &call->limits};
    return asks_git(call) ? git_changes(&request, &walking, &job->items, err)
                          : walk(&walking, &job->items, err);
}

/* Nothing is scanned here: whatever fails is the fault of the call (or of memory). */
static int prepare(struct scan_job *job, struct error *err) {
    const struct call *call = job->call;
    int rc = check_reveal(call, err);
    if (rc != 0) {
        return rc;
    }
    rc = call->find ? find_check(call, err) : 0;
    if (rc == 0) {
        rc = settings_load(call, &job->settings, err);
    }
    for (size_t i = 0; rc == 0 && i < call->output_count; i++) {
        if (call->outputs[i].file != NULL) {
            rc = output_file_check("format", call->outputs[i].file, err);
        }
    }
    if (rc == 0 && call->write_reference != NULL) {
        rc = output_file_check_regular("write-reference", call->write_reference, err);
    }
    if (rc == 0 && call->ledger != NULL) {
        rc = ledger_file_check(call->ledger, err);
    }
    if (rc == 0) {
        rc = scan_paths_collect(call, &job->paths, err);
    }
    if (rc == 0) {
        rc = output_files_spare(call, (const char *const *)job->paths.words.words, err);
    }
    if (rc == 0) {
        rc = judging_call_init(call, &job->settings, &job->judging, err);
    }
    if (rc == 0 && asks_git(call)) { /* what git complains of is wrong with the call */
        rc = list_work(job, err);
    }
    if (rc == 0 && call->find) { /* last: nobody shall type values for a call that is wrong */
        rc = find_read(call, &job->settings, err);
    }
    struct scan_options *options = &job->judging.options;
    options->paths = (const char *const *)job->paths.words.words;
    options->without_sources = !lists_sources(call);
    options->roots = (const char *const *)job->paths.roots;
    options->pool = (struct pool_options){.workers = call_workers(call),
                                          .cancelled = rc == 0 ? interrupts_catch() : NULL,
                                          .progress = progress_tell,
                                          .progress_context = &job->progress,
                                          .piece_bytes = call->piece_bytes};
    return rc;
}

static int run(struct scan_job *job, struct error *err) {
    const struct call *call = job->call;
    int rc = asks_git(call) ? 0 : list_work(job, err);
    if (rc == 0) {
        progress_start(&job->progress, call);
        rc = ranges_run(job->settings.engine, &job->items, &job->judging.options.pool, &job->found,
                        err);
        progress_end(&job->progress);
    }
    return rc == 0 ? scan_judge(job->settings.engine, &job->judging.options, &job->found,
                                &job->results, err)
                   : rc;
}

/* ---- the command ---- */

/* A label renames what was asked for: one below which nothing was met is a slip of the hand. */
static void warn_of_labels(const struct scan_job *job) {
    const struct word_list *labels = &job->call->labels;
    for (size_t i = 0; i < labels->count; i++) {
        const char *label = labels->words[i];
        const size_t len = strcspn(label, "=");
        bool met = false;
        for (size_t j = 0; j < job->items.count && !met; j++) {
            const char *name = job->items.items[j].name;
            met = strncmp(name, label, len) == 0 && (name[len] == '/' || name[len] == '\0');
        }
        if (!met) {
            struct text_buffer shown;
            text_buffer_init(&shown, 0);
            conceal(patterns, bytes_of_string(label), &shown);
            fprintf(stderr, "yinma: ");
            fprintf(stderr, _("--label %s: nothing that was scanned stands below it\n"),
                    text_buffer_string(&shown));
            text_buffer_release(&shown);
        }
    }
}

static void notify(const struct scan_job *job) {
    if (job->call->quiet) {
        return;
    }
    if (asks_git(job->call) && job->items.count == 0) {
        fprintf(stderr, "yinma: %s\n",
                job->call->staged ? _("nothing is staged") : _("no file differs from that commit"));
    }
    warn_of_labels(job);
    if (job->results.run.key_ephemeral) {
        fprintf(stderr, "yinma: %s\n",
                _("no key of value fingerprints could be read or made: those of this run cannot be "
                  "compared with others (--key FILE)"));
    }
    if (job->settings.engine->key.exposed) {
        fprintf(stderr, "yinma: %s\n",
                _("everybody may read the file of the key: who has it and these results can find "
                  "out short values by trying all (chmod 600)"));
    }
    if (job->results.summary.partial) {
        fprintf(stderr, "yinma: %s\n", _("interrupted: the results are partial"));
    }
}

static int write_reference(struct scan_job *job, struct error *err) {
    const char *file = job->call->write_reference;
    int rc = file == NULL ? 0 : judge_mark_reference(&job->results, job->settings.reference, err);
    return file == NULL || rc < 0 ? rc : reference_write(job->settings.reference, file, err);
}

/* The files that were written stand in the ledger with their digests. */
static int write_ledger(const struct scan_job *job, struct error *err) {
    const struct call *call = job->call;
    struct ledger_report written[OUTPUTS_MAX];
    char digests[OUTPUTS_MAX][65];
    struct text_buffer names[OUTPUTS_MAX];
    struct ledger_mark mark = {0};
    size_t count = 0;
    if (call->ledger == NULL) {
        return 0;
    }
    for (size_t i = 0; i < call->output_count; i++) {
        struct work_item item = {.type = ITEM_FILE, .named = true};
        item.path = (char *)(uintptr_t)call->outputs[i].file; /* only read */
        if (item.path != NULL) {
            input_file_digest(&item, digests[count]);
            text_buffer_init(&names[count], 0);
            conceal(patterns, bytes_of_string(item.path), &names[count]);
            written[count] = (struct ledger_report){
                call->outputs[i].report->name, text_buffer_string(&names[count]), digests[count]};
            count++;
        }
    }
    int rc = ledger_file_append(call->ledger, &job->results, written, count, &mark, err);
    for (size_t i = 0; i < count; i++) {
        text_buffer_release(&names[i]);
    }
    if (rc == 0 && mark.after_cut) {
        fprintf(stderr, "yinma: %s\n",
                _("--ledger: its last line was cut off; the new one says so"));
    }
    if (rc == 0 && !call->quiet) {
        fprintf(stderr, "yinma: ");
        fprintf(stderr, _("--ledger: line %llu, sha256 %s\n"), (unsigned long long)mark.number,
                mark.sha256);
    }
    return rc;
}

int scan_command(const struct call *call) {
    struct scan_job job = {.call = call};
    struct error err = {0};
    int status;
    if (prepare(&job, &err) < 0) {
        status = complain(call, &err);
    } else if (run(&job, &err) < 0) {
        complain(call, &err);
        status = EXIT_FAILED;
    } else {
        notify(&job);
        status = write_reports(call, &job.settings, &job.results, NULL);
        if (write_ledger(&job, &err) < 0) {
            complain(call, &err);
            status = EXIT_FAILED;
        }
        if (!job.results.summary.partial && write_reference(&job, &err) < 0) {
            complain(call, &err);
            status = EXIT_FAILED;
        }
    }
    results_release(&job.results);
    judging_call_release(&job.judging);
    pool_result_release(&job.found);
    work_list_release(&job.items);
    scan_paths_release(&job.paths);
    settings_release(&job.settings);
    return status;
}
