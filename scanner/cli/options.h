/* options.h - the table of options: one row drives parsing, the help and what is suggested. */
#ifndef YINMA_CLI_OPTIONS_H
#define YINMA_CLI_OPTIONS_H

#include "cli/call.h"

enum option_group {
    GROUP_WHAT,
    GROUP_JUDGING,
    GROUP_OUTPUT,
    GROUP_LIMITS,
    GROUP_GENERAL,
    GROUP_COUNT
};
extern const char *const option_group_titles[GROUP_COUNT]; /* gettext messages */

/* Beside the commands of a row: what of the results the option changes while data, packs and
 * configuration stay as they are. */
enum { CHANGES_FINDINGS = 1 << 8, CHANGES_SELECTION = 1 << 9 };

struct option_row {
    const char *name;     /* without the dashes */
    char letter;          /* 0 = none */
    const char *argument; /* for the help; NULL: takes none; "[=…]": may be left out */
    const char *help;     /* a gettext message; NULL: for tests, the help does not tell */
    enum option_group group;
    unsigned commands; /* FOR_…, CHANGES_… */
    /* VALUE is NULL where there is no argument. 0, YINMA_E_USAGE or YINMA_E_MEMORY. */
    int (*parse)(const struct option_row *row, const char *value, struct call *call,
                 struct error *err);
    size_t target; /* offset in struct call, for the parsers that several rows share */
};

extern const struct option_row option_rows[]; /* ends with name == NULL */

#endif
