#include "cli/progress.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "core/utf8.h"
#include "match/match.h"
#include "reports/terminal.h"
#include "reports/translate.h"

static const double REDRAW_SECONDS = 0.2;
static const double GUESS_SECONDS = 2; /* before that nobody can say how long it takes */

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

bool terminal_obeys(int descriptor) {
    const char *terminal = getenv("TERM");
    return isatty(descriptor) == 1 && (terminal == NULL || strcmp(terminal, "dumb") != 0);
}

void progress_start(struct progress *progress, const struct call *call) {
    answer_signals();
    *progress = (struct progress){.started = clock_seconds()};
    progress->wanted =
        call->progress == WHEN_ALWAYS ||
        (call->progress == WHEN_AUTO && !call->quiet && terminal_obeys(STDERR_FILENO));
}

/* "1:02:03", "0:07" */
static void put_time(struct text_buffer *line, double seconds) {
    unsigned long whole = seconds < 1e7 ? (unsigned long)(seconds + 0.5) : 10000000;
    if (whole >= 3600) {
        text_buffer_printf(line, "%lu:%02lu:%02lu", whole / 3600, whole / 60 % 60, whole % 60);
    } else {
        text_buffer_printf(line, "%lu:%02lu", whole / 60, whole % 60);
    }
}

/* What is known, the rest is left out: share, bytes, rate, time left, files, workers. */
static void put_state(struct text_buffer *line, const struct pool_progress *state, double elapsed) {
    double done = (double)state->bytes_done, total = (double)state->bytes_total;
    double rate = elapsed > 0 ? done / elapsed : 0;
    if (total > 0) {
        text_buffer_printf(line, "%3.0f%%  ", done < total ? 100 * done / total : 100.0);
    }
    terminal_bytes(line, state->bytes_done);
    text_buffer_puts(line, "  ");
    terminal_bytes(line, (uint64_t)rate);
    text_buffer_puts(line, "/s");
    if (total > done && rate > 0 && elapsed >= GUESS_SECONDS) {
        struct text_buffer left;
        text_buffer_init(&left, 0);
        put_time(&left, (total - done) / rate);
        text_buffer_puts(line, "  ");
        text_buffer_printf(line, _("%s left"), text_buffer_string(&left));
        text_buffer_release(&left);
    }
    text_buffer_puts(line, "  ");
    text_buffer_printf(line, plural_("%zu of %zu file", "%zu of %zu files", state->items_total),
                       state->items_done, state->items_total);
    text_buffer_puts(line, "  ");
    text_buffer_printf(line, plural_("%u worker", "%u workers", state->workers), state->workers);
}

/* WIDTH columns, 0 = no limit. The name of the unit is shown as reports show it. */
static void put_line(struct text_buffer *line, const struct pool_progress *state, double elapsed,
                     size_t width) {
    enum { NAME_LEAST = 12 };
    put_state(line, state, elapsed);
    size_t used = utf8_width(text_buffer_view(line)) + 2;
    if (state->unit.len > 0 && (width == 0 || used + NAME_LEAST <= width)) {
        struct text_buffer name;
        text_buffer_init(&name, 0);
        text_buffer_puts(line, "  ");
        size_t from = line->len;
        conceal(patterns, state->unit, &name);
        terminal_safe(line, text_buffer_view(&name));
        text_buffer_release(&name);
        if (width != 0) {
            terminal_fit(line, from, width - used);
        }
    } else if (width != 0) {
        terminal_cut(line, width);
    }
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
    struct winsize size = {0};
    struct text_buffer line;
    text_buffer_init(&line, 0);
    bool sized = progress->wanted && ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0;
    /* one column stays free: a full line would wrap on some terminals */
    put_line(&line, state, now - progress->started,
             sized && size.ws_col > 1 ? size.ws_col - 1U : 0);
    fputs(progress->wanted ? "\r\033[K" : "yinma: ", stderr);
    fputs(text_buffer_string(&line), stderr);
    text_buffer_release(&line);
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
