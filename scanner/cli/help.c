#include "cli/help.h"

#include <stdio.h>

#include "cli/options.h"
#include "cli/wrapped.h"
#include "core/utf8.h"
#include "reports/translate.h"
#include "run/engine.h"

enum { HELP_WIDTH = 80, HELP_INDENT = 26 };

static void print_option(const struct option_row *row) {
    char left[64];
    char letter[8] = "    ";
    if (row->letter != 0) {
        snprintf(letter, sizeof letter, "-%c, ", row->letter);
    }
    snprintf(left, sizeof left, "%s--%s%s%s", letter, row->name, row->argument == NULL ? "" : " ",
             row->argument == NULL ? "" : row->argument);
    size_t width = utf8_width(bytes_of_string(left));
    printf("  %s", left);
    if (width + 4 > HELP_INDENT) {
        printf("\n%*s", HELP_INDENT, "");
    } else {
        printf("%*s", (int)(HELP_INDENT - 2 - width), "");
    }
    print_wrapped(_(row->help), HELP_INDENT, HELP_WIDTH);
}

static void print_options(unsigned wanted) {
    for (unsigned group = 0; group < GROUP_COUNT; group++) {
        bool titled = false;
        for (const struct option_row *row = option_rows; row->name != NULL; row++) {
            bool fits =
                wanted == FOR_ALL ? row->commands == FOR_ALL : (row->commands & wanted) != 0;
            if (row->group != (enum option_group)group || !fits || row->help == NULL) {
                continue;
            }
            if (!titled) {
                printf("\n%s:\n", _(option_group_titles[group]));
                titled = true;
            }
            print_option(row);
        }
    }
}

static void print_exit_status(void) {
    printf("\n%s\n", _("Exit status: 0 clean, 1 violations, 2 the call or the configuration is "
                       "wrong,\n3 the answer is not complete, 4 yinma failed, 130 or 143 "
                       "interrupted."));
}

void help_print(const struct command *command) {
    if (command != NULL) {
        printf(_("usage: yinma %s [OPTION…] %s\n"), command->name,
               translate_row(command->operands));
        print_wrapped(_(command->summary), 0, HELP_WIDTH);
        print_options(command->bit);
        if ((command->bit & (FOR_SCAN | FOR_REPORT | FOR_GUARD)) != 0) {
            print_exit_status();
        }
        return;
    }
    puts(_("usage: yinma COMMAND [OPTION…] …"));
    puts(
        _("Finds Taiwan personal data in files, archives, database dumps and data flows, says how\n"
          "well each value is masked, and names the published controls that this breaks."));
    printf("\n%s:\n", _("Commands"));
    for (const struct command *row = commands; row->name != NULL; row++) {
        printf("  %-12s", row->name);
        print_wrapped(_(row->summary), 14, HELP_WIDTH);
    }
    print_options(FOR_ALL);
    printf("\n%s\n", _("`yinma COMMAND --help` lists the options of a command."));
}

void version_print(void) {
    struct engine_version engines[RUN_ENGINES_MAX + 1];
    engine_versions(engines);
    printf("yinma %s\n", YINMA_VERSION);
    for (const struct engine_version *engine = engines; engine->name != NULL; engine++) {
        printf("%s %s\n", engine->name, engine->version);
    }
    printf("simd %s\n", isa_name(isa_best()));
}
