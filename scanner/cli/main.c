/* main.c - the process: what it allows itself, in which language it speaks, which command runs. */
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/help.h"
#include "cli/language.h"
#include "reports/translate.h"

/* Memory holds values in clear: it must not end in a core file, nor in a debugger of another
 * process of the same user. */
static void keep_memory_private(void) {
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
}

/* A standard descriptor that the caller closed would be that of the next file that is opened, and
 * what is meant for the user would be written into it. What stands there instead can be neither
 * read nor written. */
static void occupy_standard_descriptors(void) {
    for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++) {
        if (fcntl(i, F_GETFD) < 0 && open("/", O_PATH) < 0) {
            return; /* there is none left for anything else, either */
        }
    }
}

/* Messages about a wrong call are for whoever made it: their language is wanted before the call
 * has been understood. */
static const char *early_language(int argc, char **argv) {
    static const char option[] = "--lang";
    const char *found = NULL;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], option, sizeof option - 1) == 0) {
            const char *rest = argv[i] + sizeof option - 1;
            found = *rest == '=' ? rest + 1 : *rest == '\0' && i + 1 < argc ? argv[i + 1] : found;
        }
    }
    return found;
}

static int run_call(const struct call *call) {
    if (call->help) {
        help_print(call->command);
        return close_output();
    }
    if (call->version) {
        version_print();
        return close_output();
    }
    if (call->command == NULL) {
        struct error err;
        error_set(&err, YINMA_E_USAGE, "%s", _("no command; the main one is `yinma scan PATH`"));
        return complain(call, &err);
    }
    return call->command->run(call);
}

int main(int argc, char **argv) {
    keep_memory_private();
    occupy_standard_descriptors();
    signal(SIGXFSZ, SIG_IGN); /* writing too much fails instead, and that is told */
    language_set(early_language(argc, argv));
    struct call call;
    struct error err = {0};
    call_init(&call);
    int status = call_parse(argc, argv, &call, &err) < 0 ? complain(&call, &err) : run_call(&call);
    call_release(&call);
    return status;
}
