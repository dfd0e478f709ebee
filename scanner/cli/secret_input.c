/* A value that must not be seen: read without echo at a terminal, and never quoted. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#include "cli/secret_input.h"
#include "core/utf8.h"
#include "reports/translate.h"

/* Set by a signal while the echo is off: it must be on again before the process ends. */
static volatile sig_atomic_t interrupted;

static void on_signal(int signal) {
    interrupted = signal;
}

static const int caught[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
enum { CAUGHT = sizeof caught / sizeof *caught };

/* Up to ROOM bytes, to the end or to the end of a line. -1: an error. */
static ssize_t read_line(int descriptor, uint8_t *out, size_t room) {
    size_t len = 0;
    while (len < room && (len == 0 || out[len - 1] != '\n')) {
        ssize_t got = read(descriptor, out + len, 1); /* what follows belongs to others */
        if (got < 0) {
            return -1;
        }
        if (got == 0) {
            break;
        }
        len += (size_t)got;
    }
    return (ssize_t)len;
}

/* Wait for a whole line of the terminal; signals come in here and nowhere else. */
static bool wait_for_line(int descriptor, const sigset_t *unblocked) {
    struct pollfd input = {.fd = descriptor, .events = POLLIN};
    while (interrupted == 0) {
        if (ppoll(&input, 1, NULL, unblocked) > 0) {
            return interrupted == 0;
        }
        if (errno != EINTR) {
            return false;
        }
    }
    return false;
}

static ssize_t read_without_echo(int descriptor, const char *prompt, uint8_t *out, size_t room) {
    struct termios before, silent;
    struct sigaction old[CAUGHT];
    sigset_t blocked, unblocked;
    if (tcgetattr(descriptor, &before) != 0) {
        return -1;
    }
    interrupted = 0;
    sigemptyset(&blocked);
    for (unsigned i = 0; i < CAUGHT; i++) {
        const struct sigaction catch = {.sa_handler = on_signal};
        sigaction(caught[i], &catch, &old[i]);
        sigaddset(&blocked, caught[i]);
    }
    sigprocmask(SIG_BLOCK, &blocked, &unblocked);
    silent = before;
    silent.c_lflag &= ~(tcflag_t)ECHO;
    ssize_t len = -1;
    if (tcsetattr(descriptor, TCSAFLUSH, &silent) == 0) { /* before anybody is asked to type */
        fputs(prompt, stderr);
        len = wait_for_line(descriptor, &unblocked) ? read_line(descriptor, out, room) : -1;
        tcsetattr(descriptor, TCSAFLUSH, &before);
    }
    fputc('\n', stderr);
    for (unsigned i = 0; i < CAUGHT; i++) {
        sigaction(caught[i], &old[i], NULL);
    }
    sigprocmask(SIG_SETMASK, &unblocked, NULL);
    if (interrupted != 0) {
        raise(interrupted);
    }
    return len;
}

/* Nothing may follow the line: two values are none. */
static bool more_follows(void) {
    uint8_t next;
    return isatty(STDIN_FILENO) == 0 && read(STDIN_FILENO, &next, 1) > 0;
}

static size_t without_line_end(const uint8_t *text, size_t len) {
    while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r')) {
        len--;
    }
    return len;
}

static int cannot_read(struct error *err) {
    return interrupted != 0
               ? error_set(err, YINMA_E_CANCELLED, "%s", _("interrupted"))
               : error_set_errno(err, errno, "%s", _("standard input could not be read"));
}

int secret_read_line(int descriptor, const char *prompt, uint8_t *out, size_t room, size_t *len_out,
                     struct error *err) {
    ssize_t got = read_without_echo(descriptor, prompt, out, room);
    *len_out = got < 0 ? 0 : without_line_end(out, (size_t)got);
    return got < 0 ? cannot_read(err) : 0;
}

int secret_read(uint8_t *out, size_t *len_out, struct error *err) {
    bool terminal = isatty(STDIN_FILENO) != 0;
    ssize_t got = terminal
                      ? read_without_echo(STDIN_FILENO, _("value (not shown while you type): "),
                                          out, SECRET_MAX + 1)
                      : read_line(STDIN_FILENO, out, SECRET_MAX + 1);
    *len_out = 0;
    if (got < 0) {
        return cannot_read(err);
    }
    size_t len = (size_t)got;
    bool whole = len > 0 && out[len - 1] == '\n';
    bool followed = whole && more_follows();
    len = without_line_end(out, len);
    if (bytes_trim(bytes_of(out, len)).len == 0) {
        return error_set(err, YINMA_E_USAGE, "%s", _("there is no value on standard input"));
    }
    if (len > SECRET_MAX || followed) {
        return error_set(err, YINMA_E_USAGE,
                         _("standard input holds more than one value: one line of at most %d bytes "
                           "is read"),
                         SECRET_MAX);
    }
    if (!utf8_valid(bytes_of(out, len), UTF8_WHOLE) || memchr(out, '\0', len) != NULL) {
        return error_set(err, YINMA_E_USAGE, "%s", _("the value is not valid UTF-8 text"));
    }
    *len_out = len;
    return 0;
}
