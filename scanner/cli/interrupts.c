#include "cli/interrupts.h"

#include <signal.h>
#include <stddef.h>

/* A signal handler has no other way to tell anybody. */
static volatile int interrupted;

static void remember(int number) {
    interrupted = number;
}

const volatile int *interrupts_catch(void) {
    struct sigaction action = {.sa_handler = remember};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore, NULL);
    return &interrupted;
}
