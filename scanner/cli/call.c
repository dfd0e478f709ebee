/* The command line in two passes: the first finds options, their arguments and the command, the
 * second checks that the command knows the options and lets the rows read their arguments. So
 * options may stand anywhere, before the command too. */
#include "cli/call.h"

#include <stdlib.h>

#include "catalog/suggest.h"
#include "cli/options.h"
#include "reports/translate.h"

struct found {
    const struct option_row *row;
    const char *value;
};

struct search {
    char **argv;
    int argc, at;
    struct found *found; /* room for two an argument: "-qv" */
    size_t count;
};

void call_init(struct call *call) {
    *call = (struct call){.fail_on = SEVERITY_MEDIUM, .min_confidence = CONFIDENCE_LIKELY};
    input_limits_default(&call->limits);
    text_buffer_init(&call->settings, 0);
    text_buffer_init(&call->selection, 0);
}

void call_release(struct call *call) {
    free(call->operands.words);
    free(call->includes.words);
    free(call->layouts.words);
    free(call->excludes.words);
    free(call->labels.words);
    free(call->profiles.words);
    for (size_t i = 0; i < call->zone_count; i++) {
        free((void *)(uintptr_t)call->zones[i].glob);
    }
    free(call->zones);
    text_buffer_release(&call->settings);
    text_buffer_release(&call->selection);
}

/* ---- names ---- */

static const struct option_row *find_long(struct bytes name) {
    for (const struct option_row *row = option_rows; row->name != NULL; row++) {
        if (bytes_equal(name, bytes_of_string(row->name))) {
            return row;
        }
    }
    return NULL;
}

static const struct option_row *find_letter(char letter) {
    for (const struct option_row *row = option_rows; row->name != NULL; row++) {
        if (row->letter == letter) {
            return row;
        }
    }
    return NULL;
}

static int unknown_option(const struct call *call, struct bytes name, struct error *err) {
    const char *names[128] = {NULL};
    size_t count = 0;
    unsigned wanted = call->command == NULL ? FOR_ALL : call->command->bit;
    for (const struct option_row *row = option_rows;
         row->name != NULL && count + 1 < sizeof names / sizeof *names; row++) {
        if ((row->commands & wanted) != 0 && row->help != NULL) {
            names[count++] = row->name;
        }
    }
    char quoted[QUOTED_MAX];
    quote_given(name, quoted);
    const char *nearest = nearest_name(name, names);
    const char *command = call->command == NULL ? "" : call->command->name;
    const char *space = *command == '\0' ? "" : " ";
    return nearest == NULL
               ? error_set(err, YINMA_E_USAGE,
                           _("unknown option --%s; `yinma%s%s --help` lists those allowed"), quoted,
                           space, command)
               : error_set(err, YINMA_E_USAGE,
                           _("unknown option --%s (did you mean --%s?); `yinma%s%s --help` lists "
                             "those allowed"),
                           quoted, nearest, space, command);
}

static int unknown_command(const char *name, struct error *err) {
    const char *names[16] = {NULL};
    for (size_t i = 0; commands[i].name != NULL && i + 1 < sizeof names / sizeof *names; i++) {
        names[i] = commands[i].name;
    }
    char text[400];
    name_complaint("command", bytes_of_string(name), names, text, sizeof text);
    return error_set(err, YINMA_E_USAGE, "%s", text);
}

static const struct command *find_command(const char *name) {
    for (const struct command *command = commands; command->name != NULL; command++) {
        if (strcmp(command->name, name) == 0) {
            return command;
        }
    }
    return NULL;
}

/* The command is the first word that is neither an option nor the argument of one; needed early
 * for messages. */
static void find_early(int argc, char **argv, struct call *call) {
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] != '-' && call->command == NULL) {
            call->command = find_command(argv[i]);
        }
    }
}

/* ---- first pass ---- */

static int keep(struct search *search, const struct option_row *row, const char *value) {
    search->found[search->count++] = (struct found){row, value};
    return 0;
}

static int no_argument(const struct option_row *row, struct error *err) {
    return error_set(err, YINMA_E_USAGE, _("option --%s needs an argument: --%s %s"), row->name,
                     row->name, row->argument);
}

static int take_long(struct search *search, const struct call *call, const char *text,
                     struct error *err) {
    const char *equals = strchr(text, '=');
    struct bytes name = bytes_of(text, equals == NULL ? strlen(text) : (size_t)(equals - text));
    const struct option_row *row = find_long(name);
    if (row == NULL) {
        return unknown_option(call, name, err);
    }
    if (row->argument == NULL) {
        return equals == NULL
                   ? keep(search, row, NULL)
                   : error_set(err, YINMA_E_USAGE, _("option --%s takes no argument"), row->name);
    }
    if (equals != NULL) {
        return keep(search, row, equals + 1);
    }
    if (strncmp(row->argument, "[=", 2) == 0) { /* may be left out */
        return keep(search, row, NULL);
    }
    if (search->at + 1 >= search->argc) {
        return no_argument(row, err);
    }
    return keep(search, row, search->argv[++search->at]);
}

static int take_letters(struct search *search, const struct call *call, const char *text,
                        struct error *err) {
    for (const char *p = text; *p != '\0'; p++) {
        const struct option_row *row = find_letter(*p);
        if (row == NULL) {
            char quoted[QUOTED_MAX];
            quote_given(bytes_of_string(text), quoted);
            const char *name = call->command == NULL ? "" : call->command->name;
            return error_set(err, YINMA_E_USAGE,
                             _("unknown option -%s; `yinma%s%s --help` lists those allowed"),
                             quoted, *name == '\0' ? "" : " ", name);
        }
        if (row->argument == NULL) {
            keep(search, row, NULL);
            continue;
        }
        if (p[1] != '\0') {
            return keep(search, row, p + 1);
        }
        return search->at + 1 >= search->argc ? no_argument(row, err)
                                              : keep(search, row, search->argv[++search->at]);
    }
    return 0;
}

static int take_word(struct call *call, bool *named, const char *word, struct error *err) {
    if (!*named) {
        *named = true;
        call->command = find_command(word);
        return call->command == NULL ? unknown_command(word, err) : 0;
    }
    return word_list_add(&call->operands, word)
               ? 0
               : error_set(err, YINMA_E_MEMORY, _("memory ran out"));
}

static int first_pass(struct search *search, struct call *call, struct error *err) {
    bool options_end = false, named = false;
    int rc = 0;
    for (search->at = 1; rc == 0 && search->at < search->argc; search->at++) {
        const char *word = search->argv[search->at];
        if (options_end || word[0] != '-' || word[1] == '\0') {
            rc = take_word(call, &named, word, err);
        } else if (strcmp(word, "--") == 0) {
            options_end = true;
        } else if (word[1] == '-') {
            rc = take_long(search, call, word + 2, err);
        } else {
            rc = take_letters(search, call, word + 1, err);
        }
    }
    if (rc == 0 && !named) {
        call->command = NULL;
    }
    return rc;
}

/* ---- second pass ---- */

/* Runs are compared by what their options can have changed. */
static void note_effect(const struct found *found, struct call *call) {
    struct text_buffer *out = (found->row->commands & CHANGES_FINDINGS) != 0    ? &call->settings
                              : (found->row->commands & CHANGES_SELECTION) != 0 ? &call->selection
                                                                                : NULL;
    if (out != NULL) {
        text_buffer_printf(out, "%s=%s\n", found->row->name,
                           found->value == NULL ? "" : found->value);
    }
}

static int second_pass(const struct search *search, struct call *call, struct error *err) {
    for (size_t i = 0; i < search->count; i++) {
        const struct found *found = &search->found[i];
        const struct option_row *row = found->row;
        if (call->command == NULL && row->commands != FOR_ALL) {
            continue; /* that there is no command is the better complaint */
        }
        if (call->command != NULL && (row->commands & call->command->bit) == 0) {
            return unknown_option(call, bytes_of_string(row->name), err);
        }
        int rc = row->parse(row, found->value, call, err);
        if (rc < 0) {
            return rc;
        }
        note_effect(found, call);
    }
    return call->settings.failed || call->selection.failed
               ? error_set(err, YINMA_E_MEMORY, _("memory ran out"))
               : 0;
}

int call_parse(int argc, char **argv, struct call *call, struct error *err) {
    size_t room = 1;
    for (int i = 1; i < argc; i++) {
        room += strlen(argv[i]) + 1; /* each letter may be an option */
    }
    struct search search = {.argv = argv, .argc = argc};
    search.found = calloc(room, sizeof *search.found);
    if (search.found == NULL) {
        return error_set(err, YINMA_E_MEMORY, _("memory ran out"));
    }
    call->args = (const char *const *)argv;
    find_early(argc, argv, call);
    int rc = first_pass(&search, call, err);
    if (rc == 0) {
        rc = second_pass(&search, call, err);
    }
    free(search.found);
    return rc;
}
