#include "run/workers/helper_desk.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run/workers/helper_confine.h"

enum { FIRST_FREE = 3, ARGUMENTS_MOST = 10, PLACES_MOST = 3 };

struct program {
    const char *places[PLACES_MOST]; /* tried in this order; NULL-terminated */
    const char *arguments[ARGUMENTS_MOST];
};

/* From standard input to standard output. */
static const struct program programs[HELPER_PROGRAMS] = {
    [HELPER_PDF_TEXT] = {{"/usr/bin/pdftotext", "/usr/local/bin/pdftotext", NULL},
                         {"pdftotext", "-layout", "-enc", "UTF-8", "-eol", "unix", "-", "-", NULL}},
};

int helper_desk_open(struct helper_desk *desk, struct error *err) {
    int ends[2];
    *desk = (struct helper_desk){.orders = -1, .asking = -1};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
        return error_set_errno(err, errno, "no socket for helper programs");
    }
    desk->orders = ends[0];
    desk->asking = ends[1];
    return 0;
}

/* ---- in processes of the desk ---- */

static void end_with_parent(pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) {
        _exit(1); /* it died before the line above */
    }
}

/* The process becomes the program. */
static void run_program(const struct program *program, unsigned seconds, const int *files) {
    static char *const environment[] = {(char *)(uintptr_t) "LC_ALL=C.UTF-8", NULL};
    for (int i = 0; i < HELPER_DESCRIPTORS; i++) { /* they are all greater than these */
        if (dup2(files[i], i) < 0) {
            _exit(HELPER_NOT_CONFINED);
        }
    }
    if (close_range(FIRST_FREE, ~0U, 0) != 0 || chdir("/") != 0 || !helper_confine(seconds)) {
        _exit(HELPER_NOT_CONFINED);
    }
    for (int i = 0; program->places[i] != NULL; i++) {
        execve(program->places[i], (char *const *)(uintptr_t)program->arguments, environment);
    }
    _exit(HELPER_NOT_INSTALLED);
}

/* A process for each order waits for the program and tells how it ended. */
static void mind_program(const struct program *program, unsigned seconds, const int *files) {
    int status = 0;
    const pid_t self = getpid(), pid = fork();
    if (pid == 0) {
        end_with_parent(self);
        run_program(program, seconds, files);
    }
    close(files[HELPER_INPUT]);
    close(files[HELPER_OUTPUT]);
    if (pid > 0) {
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
        }
        ssize_t ignored = write(files[HELPER_ACCOUNT], &status, sizeof status);
        (void)ignored; /* who asked is gone */
    }
    _exit(0);
}

/* 1 and an order with its descriptors, 0: nobody is left to ask, -1: what came is no order. */
static int take_order(int orders, struct helper_order *order, int *files) {
    union {
        struct cmsghdr align;
        char room[CMSG_SPACE(HELPER_DESCRIPTORS * sizeof(int))];
    } control;
    struct iovec part = {.iov_base = order, .iov_len = sizeof *order};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    ssize_t got;
    do {
        got = recvmsg(orders, &message, MSG_CMSG_CLOEXEC);
    } while (got < 0 && errno == EINTR);
    if (got <= 0) {
        return 0;
    }
    const struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    if (got != (ssize_t)sizeof *order || head == NULL || head->cmsg_type != SCM_RIGHTS ||
        head->cmsg_len != CMSG_LEN(HELPER_DESCRIPTORS * sizeof(int)) ||
        order->program >= HELPER_PROGRAMS) {
        return -1;
    }
    memcpy(files, CMSG_DATA(head), HELPER_DESCRIPTORS * sizeof(int));
    return 1;
}

static void keep_desk(int orders) {
    struct helper_order order;
    int files[HELPER_DESCRIPTORS];
    int more;
    signal(SIGCHLD, SIG_IGN); /* nobody waits for who minds a program */
    while ((more = take_order(orders, &order, files)) != 0) {
        const pid_t self = getpid(), pid = more > 0 ? fork() : -1;
        if (pid == 0) {
            signal(SIGCHLD, SIG_DFL);
            end_with_parent(self);
            close(orders);
            mind_program(&programs[order.program], order.seconds, files);
        }
        for (int i = 0; more > 0 && i < HELPER_DESCRIPTORS; i++) {
            close(files[i]);
        }
    }
    _exit(0);
}

/* Nothing of the process it was made of is left open. */
static void become_desk(int orders, pid_t parent) {
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) {
        signal(ignored[i], SIG_IGN);
    }
    signal(SIGPIPE, SIG_DFL);
    end_with_parent(parent);
    const int quiet = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int i = 0; quiet >= 0 && i < FIRST_FREE; i++) {
        (void)dup2(quiet, i);
    }
    if (orders != FIRST_FREE && dup3(orders, FIRST_FREE, O_CLOEXEC) < 0) {
        _exit(1);
    }
    (void)close_range(FIRST_FREE + 1, ~0U, 0);
    keep_desk(FIRST_FREE);
}

/* ---- in the process that owns it ---- */

int helper_desk_start(struct helper_desk *desk, struct error *err) {
    const pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
        become_desk(desk->orders, parent);
    }
    if (pid < 0) {
        return error_set_errno(err, errno, "no process for helper programs");
    }
    close(desk->orders);
    desk->orders = -1;
    desk->pid = pid;
    return 0;
}

void helper_desk_leave(const struct helper_desk *desk) {
    if (desk->orders >= 0) {
        close(desk->orders);
    }
}

void helper_desk_close(struct helper_desk *desk) {
    if (desk->orders >= 0) {
        close(desk->orders);
    }
    if (desk->asking >= 0) {
        close(desk->asking);
    }
    if (desk->pid != 0) {
        kill(desk->pid, SIGKILL);
        while (waitpid(desk->pid, NULL, 0) < 0 && errno == EINTR) {
        }
    }
    *desk = (struct helper_desk){.orders = -1, .asking = -1};
}
