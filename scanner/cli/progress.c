#include "cli/progress.h"

#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "reports/translate.h"

static const double REDRAW_SECONDS = 0.2;

static double clock_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Somebody asked by SIGUSR1. A signal handler has no other way to tell anybody. */
static volatile sig_atomic_t asked;

static void remember(int number) {
    asked = number;
}

static void answer_signals(void) {
    struct sigaction action = {.sa_handler = remember, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGUSR1, &action, NULL);
}

void progress_start(struct progress *progress, const struct call *call) {
    answer_signals();
    *progress = (struct progress){.started = clock_seconds()};
    progress->wanted = call->progress == WHEN_ALWAYS ||
                       (call->progress == WHEN_AUTO && !call->quiet && isatty(STDERR_FILENO) == 1);
}

/* "1.2 GB" */
static void write_size(double bytes, char *out, size_t size) {
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB", "PB"};
    size_t unit = 0;
    while (bytes >= 1000 && unit + 1 < sizeof units / sizeof *units) {
        bytes /= 1000;
        unit++;
    }
    snprintf(out, size, unit == 0 || bytes >= 100 ? "%.0f %s" : "%.1f %s", bytes, units[unit]);
}

void progress_tell(void *context, const struct pool_progress *state) {
    struct progress *progress = context;
    double now = clock_seconds();
    bool answer = asked != 0;
    if (!answer && (!progress->wanted || now - progress->last < REDRAW_SECONDS)) {
        return;
    }
    asked = 0;
    progress->last = now;
    char done[32], rate[32], share[16] = "";
    write_size((double)state->bytes_done, done, sizeof done);
    double elapsed = now - progress->started;
    write_size(elapsed > 0 ? (double)state->bytes_done / elapsed : 0, rate, sizeof rate);
    if (state->bytes_total > 0) {
        uint64_t whole =
            state->bytes_done > state->bytes_total ? state->bytes_total : state->bytes_done;
        snprintf(share, sizeof share, "%3.0f%%  ",
                 100.0 * (double)whole / (double)state->bytes_total);
    }
    fputs(progress->wanted ? "\r\033[K" : "yinma: ", stderr);
    fprintf(stderr, _("%s%s  %s/s  %zu of %zu files"), share, done, rate, state->items_done,
            state->items_total);
    if (answer && !progress->wanted) { /* a line of its own, in a log for instance */
        fputc('\n', stderr);
    }
    (void)fflush(stderr);
    progress->shown = progress->wanted;
}

void progress_end(struct progress *progress) {
    if (progress->shown) {
        fputs("\r\033[K", stderr);
        (void)fflush(stderr);
        progress->shown = false;
    }
}
