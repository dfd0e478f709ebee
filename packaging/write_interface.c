/* Writes what other programs know of the command line, from the tables that drive it: completions
 * for bash, zsh and fish, and the options of yinma(1). A program of the build, never installed.
 *
 *     write_interface bash|zsh|fish|man > FILE */
#include <stdio.h>
#include <string.h>

#include "catalog/catalog.h"
#include "catalog/zones.h"
#include "cli/listing.h"
#include "cli/options.h"
#include "patterns/pattern.h"
#include "reports/report.h"

/* ---- words that may stand behind an option ---- */

typedef void put_word(const char *word);

static void put_reports(put_word *put) {
    for (size_t i = 0; reports[i] != NULL; i++) {
        put(reports[i]->name);
    }
}

static void put_zones(put_word *put) {
    for (int zone = 0; zone < ZONE_COUNT; zone++) {
        put(zone_name((enum zone)zone));
    }
}

/* "rules/platform.yaml" is the pack platform. */
static void put_packs(put_word *put) {
    for (size_t i = 0; embedded_packs[i].file != NULL; i++) {
        struct bytes name = bytes_last_component(bytes_of_string(embedded_packs[i].file));
        char word[64];
        int len = (int)(name.len - strlen(".yaml"));
        snprintf(word, sizeof word, "%.*s", len, (const char *)name.ptr);
        put(word);
    }
    put("all");
}

static void put_listings(put_word *put) {
    for (size_t i = 0; listings[i] != NULL; i++) {
        put(listings[i]->name);
    }
}

static void put_kinds(put_word *put) {
    for (size_t i = 0; patterns[i] != NULL; i++) {
        put(patterns[i]->name);
    }
}

struct candidates {
    const char *name;  /* of an option, or of a command for what stands behind it */
    const char *words; /* parted by blanks, or NULL */
    void (*each)(put_word *put);
};

static const struct candidates option_candidates[] = {
    {"format", NULL, put_reports},
    {"zone", NULL, put_zones},
    {"profile", NULL, put_packs},
    {"class", "1 2", NULL},
    {"fail-on", "critical high medium low never", NULL},
    {"min-confidence", "possible likely certain", NULL},
    {"fail-confidence", "possible likely certain", NULL},
    {"encoding", "utf-8 big5 utf-16le utf-16be gb18030 cp937", NULL},
    {"progress", "auto always never", NULL},
    {"color", "auto always never", NULL},
    {"lang", "zh-TW en", NULL},
    {0},
};

static const struct candidates command_candidates[] = {
    {"list", NULL, put_listings},
    {"explain", NULL, put_kinds},
    {0},
};

static const struct candidates *find_candidates(const struct candidates *rows, const char *name) {
    for (; rows->name != NULL; rows++) {
        if (strcmp(rows->name, name) == 0) {
            return rows;
        }
    }
    return NULL;
}

static void put_blank_and_word(const char *word) {
    printf(" %s", word);
}

static void put_candidates(const struct candidates *row) {
    if (row->words != NULL) {
        printf(" %s", row->words);
    } else {
        row->each(put_blank_and_word);
    }
}

static bool names_a_path(const struct option_row *row) {
    return row->argument != NULL &&
           (strstr(row->argument, "FILE") != NULL || strstr(row->argument, "FOLDER") != NULL) &&
           strcmp(row->name, "format") != 0;
}

static bool may_be_left_out(const struct option_row *row) {
    return row->argument != NULL && strncmp(row->argument, "[=", 2) == 0;
}

static bool wants_a_word(const struct option_row *row) {
    return row->argument != NULL && !may_be_left_out(row);
}

/* Options without a help are for tests. */
static bool is_told(const struct option_row *row) {
    return row->help != NULL;
}

static bool belongs_to(const struct option_row *row, const struct command *command) {
    return (row->commands & command->bit) != 0;
}

/* TEXT between single quotes of a shell, with what its completions read specially left out. */
static void put_quoted(const char *text, const char *escaped) {
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            fputs("'\\''", stdout);
        } else if (strchr(escaped, *text) != NULL) {
            printf("\\%c", *text);
        } else {
            putchar(*text);
        }
    }
}

/* ---- bash ---- */

static void bash_options(const struct command *command) {
    for (const struct option_row *row = option_rows; row->name != NULL; row++) {
        if (is_told(row) && belongs_to(row, command)) {
            printf(" --%s", row->name);
            if (row->letter != 0) {
                printf(" -%c", row->letter);
            }
        }
    }
}

static void bash_words_of_options(void) {
    printf("  case $previous in\n");
    for (const struct option_row *row = option_rows; row->name != NULL; row++) {
        const struct candidates *found = find_candidates(option_candidates, row->name);
        if (!is_told(row) || !wants_a_word(row)) {
            continue;
        }
        printf("  --%s", row->name);
        if (row->letter != 0) {
            printf("|-%c", row->letter);
        }
        printf(") ");
        if (found != NULL) {
            printf("words='");
            put_candidates(found);
            printf("' ;;\n");
        } else if (names_a_path(row)) {
            printf("files=1 ;;\n");
        } else {
            printf("return ;;\n");
        }
    }
    printf("  *) behind_option= ;;\n  esac\n");
}

static void write_bash(void) {
    printf("# bash completion of yinma; made from its table of options\n"
           "_yinma() {\n"
           "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
           "  local command= words= files= behind_option=1 word\n"
           "  COMPREPLY=()\n"
           "  # bash parts --option=word in three\n"
           "  if [[ $current == = ]]; then current=; "
           "elif [[ $previous == = ]]; then previous=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
           "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
           "    case $word in\n");
    printf("    ");
    for (const struct command *row = commands; row->name != NULL; row++) {
        printf("%s%s", row == commands ? "" : "|", row->name);
    }
    printf(") command=$word; break ;;\n    esac\n  done\n");
    bash_words_of_options();
    printf("  if [[ -z $behind_option ]]; then\n    case $command in\n");
    for (const struct command *row = commands; row->name != NULL; row++) {
        const struct candidates *found = find_candidates(command_candidates, row->name);
        printf("    %s) if [[ $current == -* ]]; then words='", row->name);
        bash_options(row);
        printf("'; else ");
        if (found != NULL) {
            printf("words='");
            put_candidates(found);
            printf("'");
        } else {
            printf("files=1");
        }
        printf("; fi ;;\n");
    }
    printf("    *) words='");
    for (const struct command *row = commands; row->name != NULL; row++) {
        printf(" %s", row->name);
    }
    printf(" --help --version --lang' ;;\n    esac\n  fi\n"
           "  if [[ -n $files ]]; then\n"
           "    compopt -o filenames 2>/dev/null\n"
           "    mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
           "  else\n"
           "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
           "  fi\n"
           "}\n"
           "complete -F _yinma yinma\n");
}

/* ---- zsh ---- */

static void zsh_option(const struct option_row *row) {
    const struct candidates *found = find_candidates(option_candidates, row->name);
    char forms[2][64] = {"", ""};
    snprintf(forms[0], sizeof forms[0], "--%s%s", row->name, wants_a_word(row) ? "=" : "");
    if (row->letter != 0) {
        snprintf(forms[1], sizeof forms[1], "-%c%s", row->letter, wants_a_word(row) ? "+" : "");
    }
    for (size_t i = 0; i < 2 && forms[i][0] != '\0'; i++) {
        printf("      '*%s[", forms[i]);
        put_quoted(row->help, "[]:");
        printf("]");
        if (wants_a_word(row)) {
            printf(":");
            put_quoted(row->name, "");
            if (found != NULL) {
                printf(":(");
                put_candidates(found);
                printf(")");
            } else {
                printf(names_a_path(row) ? ":_files" : ": ");
            }
        }
        printf("'\n");
    }
}

static void zsh_command(const struct command *command) {
    const struct candidates *found = find_candidates(command_candidates, command->name);
    printf("    %s)\n      options=(\n", command->name);
    for (const struct option_row *row = option_rows; row->name != NULL; row++) {
        if (is_told(row) && belongs_to(row, command)) {
            zsh_option(row);
        }
    }
    printf("      '*: :");
    if (found != NULL) {
        printf("(");
        put_candidates(found);
        printf(")");
    } else {
        printf("_files");
    }
    printf("'\n      )\n      ;;\n");
}

static void write_zsh(void) {
    printf("#compdef yinma\n"
           "# zsh completion of yinma; made from its table of options\n"
           "_yinma() {\n"
           "  local -a commands options\n"
           "  commands=(\n");
    for (const struct command *row = commands; row->name != NULL; row++) {
        printf("    '%s:", row->name);
        put_quoted(row->summary, ":");
        printf("'\n");
    }
    printf("  )\n"
           "  if (( CURRENT == 2 )); then\n"
           "    if [[ $PREFIX == -* ]]; then compadd -- --help --version --lang; "
           "else _describe command commands; fi\n"
           "    return\n"
           "  fi\n"
           "  local command=$words[2]\n"
           "  shift words; (( CURRENT-- ))\n"
           "  case $command in\n");
    for (const struct command *row = commands; row->name != NULL; row++) {
        zsh_command(row);
    }
    printf(
        "    *) return 1 ;;\n"
        "  esac\n"
        "  _arguments -S $options\n"
        "}\n"
        "if [ \"$funcstack[1]\" = _yinma ]; then _yinma \"$@\"; else compdef _yinma yinma; fi\n");
}

/* ---- fish ---- */

static void fish_option(const struct option_row *row) {
    const struct candidates *found = find_candidates(option_candidates, row->name);
    printf("complete -c yinma");
    if (row->commands != FOR_ALL) {
        printf(" -n '__fish_seen_subcommand_from");
        for (const struct command *command = commands; command->name != NULL; command++) {
            if (is_told(row) && belongs_to(row, command)) {
                printf(" %s", command->name);
            }
        }
        printf("'");
    }
    printf(" -l %s", row->name);
    if (row->letter != 0) {
        printf(" -s %c", row->letter);
    }
    if (found != NULL) {
        printf(" -x -a '");
        put_candidates(found);
        printf("'");
    } else if (wants_a_word(row)) {
        printf(names_a_path(row) ? " -r -F" : " -x");
    }
    printf(" -d '");
    for (const char *p = row->help; *p != '\0'; p++) { /* fish quotes with a backslash */
        printf(*p == '\'' || *p == '\\' ? "\\%c" : "%c", *p);
    }
    printf("'\n");
}

static void write_fish(void) {
    printf("# fish completion of yinma; made from its table of options\n");
    for (const struct command *row = commands; row->name != NULL; row++) {
        const struct candidates *found = find_candidates(command_candidates, row->name);
        printf("complete -c yinma -f -n __fish_use_subcommand -a %s -d '", row->name);
        put_quoted(row->summary, "");
        printf("'\n");
        if (found != NULL) {
            printf("complete -c yinma -f -n '__fish_seen_subcommand_from %s' -a '", row->name);
            put_candidates(found);
            printf("'\n");
        }
    }
    for (const struct option_row *row = option_rows; row->name != NULL; row++) {
        if (is_told(row)) {
            fish_option(row);
        }
    }
}

/* ---- the options of yinma(1) ---- */

static void put_roff(const char *text) {
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '-') {
            fputs("\\-", stdout);
        } else if (*p == '\\') {
            fputs("\\e", stdout);
        } else if (strncmp(p, "\xE2\x80\xA6", 3) == 0) { /* … */
            fputs("\\&...", stdout);
            p += 2;
        } else {
            putchar(*p);
        }
    }
}

static void man_option(const struct option_row *row) {
    printf(".TP\n");
    if (row->letter != 0) {
        printf(".BR \\-%c \", \" ", row->letter);
    } else {
        printf(".BR ");
    }
    printf("\\-\\-");
    put_roff(row->name);
    if (row->argument != NULL) {
        printf(" \"%s", may_be_left_out(row) ? "" : " ");
        put_roff(row->argument);
        printf("\"");
    }
    printf("\n");
    if (row->help[0] == '$' || row->help[0] == '-') {
        printf("\\&");
    }
    put_roff(row->help);
    printf(".\n(");
    const char *separator = "";
    if (row->commands == FOR_ALL) {
        printf("every command");
    } else {
        for (const struct command *command = commands; command->name != NULL; command++) {
            if (is_told(row) && belongs_to(row, command)) {
                printf("%s%s", separator, command->name);
                separator = ", ";
            }
        }
    }
    printf(")\n");
}

static void write_man(void) {
    printf(".SH COMMANDS\n");
    for (const struct command *row = commands; row->name != NULL; row++) {
        printf(".TP\n.B yinma %s \\fR", row->name);
        put_roff(row->operands);
        printf("\n");
        put_roff(row->summary);
        printf(".\n");
    }
    printf(".SH OPTIONS\nThe commands that know an option stand in brackets.\n");
    for (unsigned group = 0; group < GROUP_COUNT; group++) {
        printf(".SS %s\n", option_group_titles[group]);
        for (const struct option_row *row = option_rows; row->name != NULL; row++) {
            if (row->group == (enum option_group)group && is_told(row)) {
                man_option(row);
            }
        }
    }
}

int main(int argc, char **argv) {
    static const struct {
        const char *name;
        void (*write)(void);
    } forms[] = {
        {"bash", write_bash}, {"zsh", write_zsh}, {"fish", write_fish}, {"man", write_man}};
    for (size_t i = 0; argc == 2 && i < sizeof forms / sizeof *forms; i++) {
        if (strcmp(argv[1], forms[i].name) == 0) {
            forms[i].write();
            return fflush(stdout) == 0 ? 0 : 1;
        }
    }
    fputs("usage: write_interface bash|zsh|fish|man\n", stderr);
    return 2;
}
