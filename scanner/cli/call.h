/* call.h - what the command line says, as values. Strings point into the argument list or are owned
 * as said. */
#ifndef YINMA_CLI_CALL_H
#define YINMA_CLI_CALL_H

#include "catalog/config.h"
#include "cli/word_list.h"
#include "core/text_buffer.h"
#include "input/input.h"
#include "reports/report.h"

/* Commands as a set, for the table of options. */
enum {
    FOR_SCAN = 1 << 0,
    FOR_LIST = 1 << 1,
    FOR_EXPLAIN = 1 << 2,
    FOR_REPORT = 1 << 3,
    FOR_GUARD = 1 << 4,
    FOR_INIT = 1 << 5,
    FOR_VERIFY = 1 << 6,
    FOR_ALL = 0xFF
};

struct call;

struct command {
    const char *name;
    unsigned bit;
    const char *operands;                /* for the usage line */
    const char *summary;                 /* a gettext message */
    int (*run)(const struct call *call); /* returns the exit status */
};
extern const struct command commands[]; /* ends with name == NULL */

enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

/* One --format F[:FILE]. */
struct output {
    const struct report *report;
    const char *file; /* NULL: standard output */
};
enum { OUTPUTS_MAX = 16 };

enum list_format { LIST_TEXT, LIST_JSON };

enum reveal { REVEAL_NOTHING, REVEAL_TO_TERMINAL, REVEAL_ANYWHERE };

struct call {
    const struct command *command; /* NULL: none was named */
    struct word_list operands;
    const char *const *args; /* of the program, NULL-terminated */
    bool help, version, quiet, verbose;
    enum reveal reveal;
    const char *language; /* of --lang, NULL: the environment decides */
    enum when progress, color;

    struct output outputs[OUTPUTS_MAX];
    size_t output_count;
    enum list_format list_format;
    const char *list_file; /* NULL: standard output */

    struct word_list includes, excludes, labels, layouts, profiles;
    struct zone_setting *zones; /* owned, with their globs */
    size_t zone_count;
    bool check;             /* list kinds --check */
    const char *business;   /* init: one of business_names */
    bool hold, report_only; /* guard */
    const char *receipt;
    bool staged;                 /* what git would commit, instead of paths */
    const char *changed_since;   /* files that differ from that commit, instead of paths */
    bool find;                   /* scan --find … */
    int find_descriptor;         /* … where the values come from */
    bool value;                  /* explain --value - */
    const char *field, *context; /* of that value */
    const char *reference, *write_reference, *schema, *delimiter;
    const char *config, *baseline, *diff, *ledger, *head, *merge, *key, *stdin_name, *files_from,
        *encoding, *as_of, *tz;
    unsigned class, jobs;
    uint64_t piece_bytes; /* see pool_options */
    bool occurrences, one_file_system, own_files, no_builtin;
    enum severity fail_on;
    bool fail_on_given;
    enum confidence min_confidence, fail_confidence;
    struct input_limits limits;
    struct text_buffer settings, selection; /* options with those effects, one a line */
};

/* What firms the documents know: names of their packs. Ends with NULL. */
extern const char *const business_names[];

void call_init(struct call *call);
void call_release(struct call *call);

/* Parse the command line. 0, YINMA_E_USAGE or YINMA_E_MEMORY. call->command is set as soon as it is
 * known, also on failure. */
int call_parse(int argc, char **argv, struct call *call, struct error *err);

#endif
