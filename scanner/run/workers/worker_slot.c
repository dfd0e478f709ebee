#include "run/workers/worker_slot.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void prepare_child(const struct worker_slot *mine, const struct worker_slot *slots,
                          unsigned count, pid_t parent) {
    /* the parent decides what an interruption means */
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE};
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) {
        signal(ignored[i], SIG_IGN);
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) {
        _exit(0); /* it died before the line above */
    }
    for (unsigned i = 0; i < count; i++) {
        if (&slots[i] == mine) {
            continue;
        }
        if (slots[i].pid != 0) {
            close(slots[i].fd);
        }
        channel_free(slots[i].channel); /* whoever goes mad harms itself only */
    }
}

int worker_slot_start(struct worker_slot *slot, const struct worker_slot *slots, unsigned count,
                      const struct worker_job *job, struct error *err) {
    int ends[2];
    channel_reset(slot->channel);
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return error_set_errno(err, errno, "no socket for a worker");
    }
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid < 0) {
        int os_errno = errno;
        close(ends[0]);
        close(ends[1]);
        return error_set_errno(err, os_errno, "no process for a worker");
    }
    if (pid == 0) {
        close(ends[0]);
        prepare_child(slot, slots, count, parent);
        helper_desk_leave(job->desk);
        struct worker_job mine = *job;
        mine.channel = slot->channel;
        mine.fd = ends[1];
        _exit(worker_run(&mine));
    }
    close(ends[1]);
    slot->pid = pid;
    slot->fd = ends[0];
    slot->in.have = 0;
    slot->ended = slot->again = false;
    slot->timed_out = false;
    slot->item = NO_ITEM; /* it will say so itself */
    return 0;
}

int worker_slot_end(struct worker_slot *slot, enum end_how how) {
    int status = 0;
    if (how == END_KILL) {
        kill(slot->pid, SIGKILL);
    }
    close(slot->fd);
    while (waitpid(slot->pid, &status, 0) < 0 && errno == EINTR) {
    }
    slot->pid = 0;
    slot->fd = -1;
    slot->in.have = 0;
    return status;
}
