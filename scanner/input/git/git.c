#include "input/git/git.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/text_buffer.h"
#include "input/program.h"
#include "input/sealed_file.h"

extern char **environ;

enum {
    LIST_MAX = 256 * 1024 * 1024, /* bytes of names */
    ANSWER_MAX = 64 * 1024,
    OBJECT_TEXT = 64 + 1, /* hexadecimal digits of SHA-256 */
    ARGUMENTS_MAX = 24,
};

struct asking {
    const struct git_request *request;
    const struct walk_options *options;
    struct work_list *list;
    char **environment;
    const char **arguments; /* scratch */
    char *up;               /* from the current folder to the top: "", "../" */
    char commit[OBJECT_TEXT];
    struct program objects; /* git cat-file --batch */
    uint8_t *scratch;
    uint64_t held; /* bytes */
};

static int no_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory");
}

/* ---- calling git ---- */

/* A hook is called with variables that say which repository and index are meant: they stay. What
 * makes git start other programs, trace or read paths as patterns goes. */
static bool stays(const char *variable) {
    static const char *const kept[] = {"GIT_DIR=",
                                       "GIT_WORK_TREE=",
                                       "GIT_INDEX_FILE=",
                                       "GIT_PREFIX=",
                                       "GIT_COMMON_DIR=",
                                       "GIT_OBJECT_DIRECTORY=",
                                       "GIT_ALTERNATE_OBJECT_DIRECTORIES=",
                                       "GIT_QUARANTINE_PATH=",
                                       "GIT_CEILING_DIRECTORIES=",
                                       "GIT_DISCOVERY_ACROSS_FILESYSTEM=",
                                       "GIT_CONFIG_GLOBAL=",
                                       "GIT_CONFIG_SYSTEM=",
                                       "GIT_CONFIG_NOSYSTEM="};
    if (strncmp(variable, "LC_ALL=", 7) == 0) {
        return false;
    }
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        if (strncmp(variable, kept[i], strlen(kept[i])) == 0) {
            return true;
        }
    }
    return strncmp(variable, "GIT_", 4) != 0;
}

static char **make_environment(void) {
    static const char *const own[] = {"GIT_LITERAL_PATHSPECS=1", "GIT_OPTIONAL_LOCKS=0",
                                      "GIT_NO_REPLACE_OBJECTS=1", "GIT_TERMINAL_PROMPT=0",
                                      "LC_ALL=C"};
    size_t count = 0, own_count = sizeof own / sizeof *own, used = 0;
    while (environ[count] != NULL) {
        count++;
    }
    char **out = calloc(count + own_count + 1, sizeof *out);
    for (size_t i = 0; out != NULL && i < count; i++) {
        if (stays(environ[i])) {
            out[used++] = environ[i];
        }
    }
    for (size_t i = 0; out != NULL && i < own_count; i++) {
        out[used++] = (char *)(uintptr_t)own[i];
    }
    return out;
}

/* ARGUMENTS behind "git" and what holds for every call: no program that the repository names. */
static int start(struct asking *asking, const char *const *arguments, struct program *out,
                 struct error *err) {
    static const char *const always[] = {"git", "-c", "core.fsmonitor=false", "-c",
                                         "core.hooksPath=/dev/null"};
    size_t count = 0;
    for (; count < sizeof always / sizeof *always; count++) {
        asking->arguments[count] = always[count];
    }
    for (; *arguments != NULL; arguments++) {
        asking->arguments[count++] = *arguments;
    }
    asking->arguments[count] = NULL;
    return program_start(out, asking->arguments, asking->environment, err);
}

/* The whole answer, malloc'ed. */
static int ask(struct asking *asking, const char *const *arguments, size_t limit, uint8_t **text,
               size_t *len, struct error *err) {
    struct program program;
    *text = NULL;
    int rc = start(asking, arguments, &program, err);
    if (rc < 0) {
        return rc;
    }
    program_close_input(&program);
    rc = program_read_all(&program, limit, text, len, err);
    struct error ended = {0};
    int end = program_end(&program, &ended);
    if (rc == 0 && end < 0) {
        free(*text);
        *text = NULL;
        *err = ended;
        rc = end;
    }
    return rc;
}

/* An answer of one line. */
static int ask_line(struct asking *asking, const char *const *arguments, char **line,
                    struct error *err) {
    uint8_t *text;
    size_t len = 0;
    int rc = ask(asking, arguments, ANSWER_MAX, &text, &len, err);
    *line = (char *)text;
    if (rc == 0 && len > 0 && text[len - 1] == '\n') {
        text[len - 1] = '\0';
    }
    return rc;
}

/* ---- which commit ---- */

static int take_object(struct asking *asking, const char *const *arguments, struct error *err) {
    char *line = NULL;
    int rc = ask_line(asking, arguments, &line, err);
    if (rc == 0) {
        snprintf(asking->commit, sizeof asking->commit, "%s", line);
    }
    free(line);
    return rc;
}

/* HEAD of a repository without a commit is an empty tree. */
static int find_commit(struct asking *asking, struct error *err) {
    struct text_buffer name;
    struct error unknown = {0};
    const char *since = asking->request->since == NULL ? "HEAD" : asking->request->since;
    text_buffer_init(&name, 0);
    text_buffer_printf(&name, "%s^{tree}", since);
    const char *const commit[] = {
        "rev-parse", "--verify", "--quiet", "--end-of-options", text_buffer_string(&name), NULL};
    const char *const nothing[] = {"hash-object", "-t", "tree", "--stdin", NULL};
    int rc = name.failed ? no_memory(err) : take_object(asking, commit, &unknown);
    text_buffer_release(&name);
    if (rc == 0 || rc == YINMA_E_MEMORY) {
        return rc;
    }
    return asking->request->since == NULL
               ? take_object(asking, nothing, err)
               : error_set(err, YINMA_E_USAGE,
                           "--changed-since: git knows no such commit (a shallow clone holds few)");
}

/* ---- what has changed ---- */

/* ":100644 100755 OBJECT OBJECT M\0PATH\0" */
struct change {
    unsigned mode;
    char object[OBJECT_TEXT];
    char status;
    const char *path;
};

/* Takes one from the front of *LEFT. False: that is no such line. */
static bool take_change(struct bytes *left, struct change *out) {
    const uint8_t *end = memchr(left->ptr, '\0', left->len);
    char mode[8], object[OBJECT_TEXT];
    if (end == NULL || sscanf((const char *)left->ptr, ":%*s %7[0-7] %*64s %64s %c", mode, object,
                              &out->status) != 3) {
        return false;
    }
    out->mode = (unsigned)strtoul(mode, NULL, 8);
    *left = bytes_from(*left, (size_t)(end - left->ptr) + 1);
    end = left->len == 0 ? NULL : memchr(left->ptr, '\0', left->len);
    if (end == NULL) {
        return false;
    }
    memcpy(out->object, object, sizeof object);
    out->path = (const char *)left->ptr;
    *left = bytes_from(*left, (size_t)(end - left->ptr) + 1);
    return true;
}

static int add_unreadable(struct work_item *item, int code, const char *why) {
    item->type = ITEM_UNREADABLE;
    struct error *error = work_item_error(item);
    if (error == NULL) {
        return YINMA_E_MEMORY;
    }
    error_set(error, code, "%s", why);
    return 0;
}

static int add_special(struct work_item *item, const char *what) {
    item->type = ITEM_SPECIAL;
    struct error *error = work_item_error(item);
    if (error == NULL) {
        return YINMA_E_MEMORY;
    }
    error_set(error, YINMA_E_UNSUPPORTED, "%s", what);
    return 0;
}

/* The content of an object, as `git cat-file --batch` sends it, to the held file. */
static int copy_content(struct asking *asking, struct work_item *item, uint64_t size, bool keep,
                        struct error *err) {
    int rc = 0;
    item->held_at = (asking->held + SEALED_ALIGN - 1) / SEALED_ALIGN * SEALED_ALIGN;
    for (uint64_t done = 0; rc == 0 && done < size;) {
        size_t part = size - done < SEALED_CHUNK ? (size_t)(size - done) : (size_t)SEALED_CHUNK;
        rc = program_read(&asking->objects, asking->scratch, part, err);
        if (rc == 0 && keep) {
            rc = sealed_file_write(asking->list->held, item->held_at + done, asking->scratch, part,
                                   err);
        }
        done += part;
    }
    asking->held = keep ? item->held_at + size : asking->held;
    char line_end;
    return rc == 0 ? program_read(&asking->objects, &line_end, 1, err) : rc;
}

/* "OBJECT blob SIZE\n" */
static int read_header(struct asking *asking, uint64_t *size, struct error *err) {
    static const char blob[] = " blob ";
    char line[OBJECT_TEXT + 64];
    size_t len = 0;
    int rc = 0;
    do {
        rc = program_read(&asking->objects, &line[len], 1, err);
    } while (rc == 0 && line[len] != '\n' && ++len < sizeof line - 1);
    line[len] = '\0';
    const char *type = rc == 0 ? strstr(line, blob) : NULL;
    if (rc == 0 && type == NULL) {
        rc = error_set(err, YINMA_E_IO, "git cannot read an object of the index");
    }
    *size = type == NULL ? 0 : strtoull(type + sizeof blob - 1, NULL, 10);
    return rc;
}

static int hold_content(struct asking *asking, const struct change *change, struct work_item *item,
                        struct error *err) {
    char line[OBJECT_TEXT + 1];
    int len = snprintf(line, sizeof line, "%s\n", change->object);
    uint64_t size = 0, limit = asking->request->limits->max_spool;
    int rc = program_write(&asking->objects, bytes_of(line, (size_t)len), err);
    if (rc == 0) {
        rc = read_header(asking, &size, err);
    }
    if (rc < 0) {
        return rc;
    }
    bool keep = limit == 0 || asking->held + size <= limit;
    item->type = ITEM_HELD;
    item->held = asking->list->held;
    item->size = size;
    rc = copy_content(asking, item, size, keep, err);
    return rc == 0 && !keep ? add_unreadable(item, YINMA_E_LIMIT,
                                             SAID("more is staged than --max-spool lets hold"))
                            : rc;
}

static int take_file(struct work_item *item) {
    struct stat status;
    item->type = ITEM_FILE;
    if (lstat(item->path, &status) != 0) {
        const int os_errno = errno;
        struct error *error = work_item_error(item);
        if (error == NULL) {
            return YINMA_E_MEMORY;
        }
        item->type = ITEM_UNREADABLE;
        error_set_errno(error, os_errno, "cannot look at it");
    } else if (!S_ISREG(status.st_mode)) {
        return add_special(item, SAID("a symbolic link, not followed"));
    } else {
        item->size = status.st_size > 0 ? (uint64_t)status.st_size : 0;
    }
    return 0;
}

static int add_change(struct asking *asking, const struct change *change, struct error *err) {
    enum { LINK = 0120000, SUBMODULE = 0160000, TYPE = 0170000 };
    struct text_buffer path;
    text_buffer_init(&path, 0);
    text_buffer_printf(&path, "%s%s", asking->up, change->path);
    struct work_item *item = NULL;
    int rc = path.failed
                 ? no_memory(err)
                 : walk_add(asking->options, text_buffer_string(&path), asking->list, &item, err);
    text_buffer_release(&path);
    if (rc < 0 || item == NULL) {
        return rc;
    }
    if (change->status == 'U') {
        return add_unreadable(item, YINMA_E_CHANGED, SAID("not merged yet"));
    }
    if ((change->mode & TYPE) == SUBMODULE) {
        return add_special(item, SAID("a submodule: a repository of its own"));
    }
    if ((change->mode & TYPE) == LINK) {
        return add_special(item, SAID("a symbolic link, not followed"));
    }
    return asking->request->since != NULL ? take_file(item)
                                          : hold_content(asking, change, item, err);
}

/* Renamed files are new ones here: their content is looked at under the new name. */
static int list_changes(struct asking *asking, uint8_t **text, size_t *len, struct error *err) {
    const char *const *paths = asking->request->paths;
    const char *arguments[ARGUMENTS_MAX];
    size_t count = 0, more = 0;
    bool staged = asking->request->since == NULL;
    /* `diff` looks at files whose times alone have changed, `diff-index` would list them */
    arguments[count++] = staged ? "diff-index" : "diff";
    const char *const fixed[] = {"--raw",
                                 "-z",
                                 "--no-renames",
                                 "--no-abbrev",
                                 "--no-ext-diff",
                                 "--no-textconv",
                                 "--no-relative",
                                 "--ignore-submodules=none",
                                 "--diff-filter=ACMTU"};
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        arguments[count++] = fixed[i];
    }
    if (staged) {
        arguments[count++] = "--cached";
    }
    arguments[count++] = asking->commit;
    arguments[count++] = "--";
    while (paths != NULL && paths[more] != NULL) {
        more++;
    }
    const char **all = calloc(count + more + 1, sizeof *all);
    const char **scratch =
        reallocarray(asking->arguments, ARGUMENTS_MAX + count + more, sizeof *scratch);
    asking->arguments = scratch == NULL ? asking->arguments : scratch;
    int rc = all == NULL || scratch == NULL ? no_memory(err) : 0;
    if (rc == 0) {
        memcpy(all, arguments, count * sizeof *all);
        if (more != 0) {
            memcpy(all + count, paths, more * sizeof *all);
        }
        rc = ask(asking, all, LIST_MAX, text, len, err);
    }
    free(all);
    return rc;
}

/* "true", then the way from the current folder to the top, which is empty at the top. */
static int find_top(struct asking *asking, struct error *err) {
    static const char *const top[] = {"rev-parse", "--is-inside-work-tree", "--show-cdup", NULL};
    static const char inside[] = "true\n";
    char *answer = NULL;
    int rc = ask_line(asking, top, &answer, err);
    bool is_inside = rc == 0 && strncmp(answer, inside, sizeof inside - 1) == 0;
    if (rc == 0 && !is_inside) {
        rc = error_set(err, YINMA_E_USAGE, "git: the current folder is in no work tree");
    }
    if (rc == 0) {
        asking->up = strdup(answer + sizeof inside - 1);
        rc = asking->up == NULL ? no_memory(err) : 0;
    }
    free(answer);
    return rc;
}

static int prepare(struct asking *asking, struct error *err) {
    asking->environment = make_environment();
    asking->arguments = calloc(ARGUMENTS_MAX, sizeof *asking->arguments);
    if (asking->environment == NULL || asking->arguments == NULL) {
        return no_memory(err);
    }
    int rc = find_top(asking, err);
    return rc == 0 ? find_commit(asking, err) : rc;
}

static int open_objects(struct asking *asking, struct error *err) {
    static const char *const batch[] = {"cat-file", "--batch", NULL};
    asking->scratch = private_memory(SEALED_CHUNK);
    if (asking->scratch == NULL) {
        return no_memory(err);
    }
    int rc = sealed_file_open(&asking->list->held, err);
    return rc == 0 ? start(asking, batch, &asking->objects, err) : rc;
}

static int take_changes(struct asking *asking, struct error *err) {
    uint8_t *text = NULL;
    size_t len = 0;
    int rc = list_changes(asking, &text, &len, err);
    if (rc == 0 && len != 0 && asking->request->since == NULL) {
        rc = open_objects(asking, err);
    }
    struct bytes left = bytes_of(text, len);
    while (rc == 0 && left.len != 0) {
        struct change change;
        rc = take_change(&left, &change)
                 ? add_change(asking, &change, err)
                 : error_set(err, YINMA_E_DAMAGED, "git lists its changes in an unknown form");
    }
    free(text);
    struct error ended = {0};
    int end = program_end(&asking->objects, &ended);
    if (rc == 0 && end < 0) {
        *err = ended;
        rc = end;
    }
    return rc;
}

int git_changes(const struct git_request *request, const struct walk_options *options,
                struct work_list *list, struct error *err) {
    struct asking asking = {.request = request, .options = options, .list = list};
    *list = (struct work_list){0};
    int rc = prepare(&asking, err);
    if (rc == 0) {
        rc = take_changes(&asking, err);
    }
    if (rc < 0) {
        work_list_release(list);
    }
    private_memory_release(&asking.scratch, SEALED_CHUNK);
    free(asking.environment);
    free(asking.arguments);
    free(asking.up);
    return rc;
}
