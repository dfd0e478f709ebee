#include "input/program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MESSAGE_MAX = 200 };

static void close_end(int *end) {
    if (*end >= 0) {
        close(*end);
        *end = -1;
    }
}

/* Signals as a program expects them, whatever this one has made of them. */
static int set_signals(posix_spawnattr_t *attributes) {
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int rc = posix_spawnattr_setsigmask(attributes, &none);
    rc = rc == 0 ? posix_spawnattr_setsigdefault(attributes, &all) : rc;
    return rc == 0 ? posix_spawnattr_setflags(attributes,
                                              POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
                   : rc;
}

/* An errno, or 0. */
static int spawn(struct program *program, const char *const *arguments, char *const *environment,
                 const int in[2], const int out[2]) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int rc = posix_spawn_file_actions_init(&actions);
    if (rc != 0) {
        return rc;
    }
    rc = posix_spawnattr_init(&attributes);
    if (rc == 0) {
        rc = set_signals(&attributes);
        rc = rc == 0 ? posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO) : rc;
        rc = rc == 0 ? posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO) : rc;
        rc = rc == 0 ? posix_spawn_file_actions_adddup2(&actions, program->messages, STDERR_FILENO)
                     : rc;
        rc = rc == 0 ? posix_spawnp(&program->pid, arguments[0], &actions, &attributes,
                                    (char *const *)(uintptr_t)arguments, environment)
                     : rc;
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return rc;
}

int program_start(struct program *out, const char *const *arguments, char *const *environment,
                  struct error *err) {
    int in_pipe[2] = {-1, -1}, out_pipe[2] = {-1, -1}, os_errno = 0;
    *out = (struct program){.name = arguments[0], .in = -1, .out = -1};
    out->messages = memfd_create("messages", MFD_CLOEXEC);
    if (out->messages < 0 || pipe2(in_pipe, O_CLOEXEC) != 0 || pipe2(out_pipe, O_CLOEXEC) != 0) {
        os_errno = errno;
    } else {
        os_errno = spawn(out, arguments, environment, in_pipe, out_pipe);
    }
    out->in = in_pipe[1];
    out->out = out_pipe[0];
    close_end(&in_pipe[0]);
    close_end(&out_pipe[1]);
    if (os_errno == 0) {
        return 0;
    }
    out->pid = 0;
    close_end(&out->in);
    close_end(&out->out);
    close_end(&out->messages);
    return os_errno == ENOENT
               ? error_set(err, YINMA_E_MISSING, "%s is not installed", arguments[0])
               : error_set_errno(err, os_errno, "%s cannot be started", arguments[0]);
}

/* Up to CAPACITY bytes; 0 at the end. */
static ssize_t read_some(const struct program *program, void *buffer, size_t capacity) {
    ssize_t got;
    do {
        got = read(program->out, buffer, capacity);
    } while (got < 0 && errno == EINTR);
    return got;
}

int program_read_all(struct program *program, size_t limit, uint8_t **text_out, size_t *len_out,
                     struct error *err) {
    size_t len = 0, room = 0;
    uint8_t *text = NULL;
    ssize_t got = 1;
    while (got > 0 && len <= limit) {
        if (room - len < 2) {
            room = room == 0 ? 4096 : room * 2;
            uint8_t *bigger = realloc(text, room);
            if (bigger == NULL) {
                free(text);
                return error_set(err, YINMA_E_MEMORY, "out of memory");
            }
            text = bigger;
        }
        got = read_some(program, text + len, room - len - 1);
        len += got > 0 ? (size_t)got : 0;
    }
    if (got < 0 || len > limit) {
        free(text);
        return got < 0
                   ? error_set_errno(err, errno, "the output of %s cannot be read", program->name)
                   : error_set(err, YINMA_E_LIMIT, "%s says more than %zu bytes", program->name,
                               limit);
    }
    text[len] = '\0';
    *text_out = text;
    *len_out = len;
    return 0;
}

int program_read(struct program *program, void *buffer, size_t len, struct error *err) {
    for (size_t have = 0; have < len;) {
        ssize_t got = read_some(program, (uint8_t *)buffer + have, len - have);
        if (got <= 0) {
            return error_set(err, YINMA_E_IO, "the output of %s ends early", program->name);
        }
        have += (size_t)got;
    }
    return 0;
}

/* Nobody may be left to read it: that is an error here, and no reason to die. */
int program_write(struct program *program, struct bytes text, struct error *err) {
    const struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction before;
    int os_errno = 0;
    sigaction(SIGPIPE, &ignore, &before);
    for (size_t done = 0; done < text.len && os_errno == 0;) {
        ssize_t put = write(program->in, text.ptr + done, text.len - done);
        done += put > 0 ? (size_t)put : 0;
        os_errno = put < 0 && errno != EINTR ? errno : 0;
    }
    sigaction(SIGPIPE, &before, NULL);
    return os_errno == 0 ? 0 : error_set_errno(err, os_errno, "%s does not listen", program->name);
}

void program_close_input(struct program *program) {
    close_end(&program->in);
}

static int tell_failure(const struct program *program, struct error *err) {
    char text[MESSAGE_MAX + 1];
    ssize_t len = pread(program->messages, text, MESSAGE_MAX, 0);
    text[len > 0 ? len : 0] = '\0';
    text[strcspn(text, "\r\n")] = '\0';
    return error_set(err, YINMA_E_IO, "%s: %s", program->name,
                     text[0] == '\0' ? SAID("it failed without a word") : text);
}

int program_end(struct program *program, struct error *err) {
    int status = 0, rc = 0;
    if (program->pid == 0) {
        return 0;
    }
    close_end(&program->in);
    close_end(&program->out);
    while (waitpid(program->pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        rc = tell_failure(program, err);
    }
    close_end(&program->messages);
    program->pid = 0;
    return rc;
}
