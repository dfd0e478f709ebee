/* yinma init: a commented yinma.yaml for a folder, to be confirmed by whoever knows the firm. What
 * cannot be known (retention) is left unset: rules that need it stay undecided until somebody says.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/settings.h"
#include "core/text_buffer.h"
#include "match/match.h"
#include "reports/translate.h"

enum { ANSWER_MAX = 64, FOLDERS_MAX = 200, SETTINGS_MAX = 32 };

/* ---- what folders are mostly called ---- */

static const struct folder_word {
    const char *word;
    enum zone zone;
} folder_words[] = {
    {"backup", ZONE_BACKUP},     {"備份", ZONE_BACKUP},     {"dump", ZONE_BACKUP},
    {"log", ZONE_LOG},           {"紀錄", ZONE_LOG},        {"htdocs", ZONE_WEB},
    {"public_html", ZONE_WEB},   {"www", ZONE_WEB},         {"mail", ZONE_MAIL},
    {"郵件", ZONE_MAIL},         {"chat", ZONE_IM},         {"line", ZONE_IM},
    {"test", ZONE_TEST},         {"uat", ZONE_TEST},        {"測試", ZONE_TEST},
    {"exchange", ZONE_EXCHANGE}, {"交換", ZONE_EXCHANGE},   {"ftp", ZONE_EXCHANGE},
    {"waybill", ZONE_WAYBILL},   {"託運單", ZONE_WAYBILL},  {"label", ZONE_WAYBILL},
    {"usb", ZONE_PORTABLE},      {"隨身碟", ZONE_PORTABLE}, {"print", ZONE_PRINT_HOST},
    {"列印", ZONE_PRINT_HOST},   {"report", ZONE_REPORT},   {"報表", ZONE_REPORT},
    {"scrap", ZONE_DISPOSAL},    {"報廢", ZONE_DISPOSAL},   {"page", ZONE_DISPLAY},
    {"screen", ZONE_DISPLAY},    {"畫面", ZONE_DISPLAY},    {"pos", ZONE_POS},
};

static const struct folder_word *zone_of_folder(const char *name) {
    for (size_t i = 0; i < sizeof folder_words / sizeof *folder_words; i++) {
        if (strcasestr(name, folder_words[i].word) != NULL) {
            return &folder_words[i];
        }
    }
    return NULL;
}

/* ---- questions ---- */

/* One line from the terminal without its end; false at the end of input. */
static bool ask(const char *question, char answer[ANSWER_MAX]) {
    fputs(question, stderr);
    (void)fflush(stderr);
    if (fgets(answer, ANSWER_MAX, stdin) == NULL) {
        return false;
    }
    answer[strcspn(answer, "\r\n")] = '\0';
    return true;
}

static int missing(const char *option, struct error *err) {
    return error_set(err, YINMA_E_USAGE, _("%s is needed where nobody can be asked"), option);
}

/* *OUT stays as it is when there is no answer. */
static int ask_business(const char **out, struct error *err) {
    char answer[ANSWER_MAX];
    while (isatty(STDIN_FILENO) == 1 &&
           ask(_("What is the firm? 1 platform (網路平台), 2 supplier (供應商), 3 logistics firm "
                 "(物流商): "),
               answer)) {
        if (answer[0] >= '1' && answer[0] <= '3' && answer[1] == '\0') {
            *out = business_names[answer[0] - '1'];
            return 0;
        }
    }
    return missing("--business platform|supplier|logistics", err);
}

static int ask_class(unsigned *out, struct error *err) {
    char answer[ANSWER_MAX];
    while (isatty(STDIN_FILENO) == 1 && ask(_("Which class? 1 (第一類), 2 (第二類): "), answer)) {
        if ((answer[0] == '1' || answer[0] == '2') && answer[1] == '\0') {
            *out = (unsigned)(answer[0] - '0');
            return 0;
        }
    }
    return missing("--class 1|2", err);
}

/* ---- the file ---- */

struct init_job {
    const struct call *call;
    struct settings settings;
    const char *business;
    unsigned class; /* 0: the document knows none */
    const char *folder;
    char names[FOLDERS_MAX][NAME_MAX + 1]; /* of folders in it, sorted */
    size_t name_count;
};

static int compare_names(const void *a, const void *b) {
    return strcmp(a, b);
}

/* A name that shows somebody's data has no place in a file that is passed on; one with marks of
 * globs or YAML in it would have to be quoted. */
static bool can_be_written(const char *name) {
    struct text_buffer shown;
    text_buffer_init(&shown, 0);
    conceal(patterns, bytes_of_string(name), &shown);
    bool same = !shown.failed && bytes_equal(text_buffer_view(&shown), bytes_of_string(name));
    text_buffer_release(&shown);
    return same && name[0] != '.' && strpbrk(name, "\"\\*?[]{}") == NULL;
}

static bool is_folder(int parent, const struct dirent *entry) {
    struct stat status;
    return fstatat(parent, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISDIR(status.st_mode);
}

static int list_folders(struct init_job *job, struct error *err) {
    DIR *folder = opendir(job->folder);
    if (folder == NULL) {
        return error_set(err, YINMA_E_USAGE, _("the folder cannot be read: %s"), strerror(errno));
    }
    const struct dirent *entry;
    while (job->name_count < FOLDERS_MAX && (entry = readdir(folder)) != NULL) {
        if (can_be_written(entry->d_name) && is_folder(dirfd(folder), entry)) {
            snprintf(job->names[job->name_count], sizeof *job->names, "%s", entry->d_name);
            job->name_count++;
        }
    }
    closedir(folder);
    qsort(job->names, job->name_count, sizeof *job->names, compare_names);
    return 0;
}

static void write_zones(const struct init_job *job, FILE *out) {
    bool any = false;
    for (size_t i = 0; i < job->name_count; i++) {
        any = any || zone_of_folder(job->names[i]) != NULL;
    }
    fprintf(out, "\n# %s\n",
            _("What each folder is for (`yinma list zones`). Guessed by name: "
              "please confirm."));
    fputs(any ? "zones:\n" : "# zones:\n", out);
    for (size_t i = 0; i < job->name_count; i++) {
        const struct folder_word *found = zone_of_folder(job->names[i]);
        fprintf(out, "%s  - {glob: \"%s/*\", zones: [%s]}\n", found == NULL ? "# " : "",
                job->names[i], zone_name(found == NULL ? ZONE_OTHER : found->zone));
    }
}

/* The settings that rules of the pack ask for, each once. */
static size_t find_settings(const struct pack *pack, const char *out[SETTINGS_MAX]) {
    size_t count = 0;
    for (size_t r = 0; r < pack->rule_count; r++) {
        for (unsigned c = 0; c < pack->rules[r].clause_count; c++) {
            const char *name = pack->rules[r].clauses[c].older_than.setting;
            size_t i = 0;
            while (name != NULL && i < count && strcmp(out[i], name) != 0) {
                i++;
            }
            if (name != NULL && i == count && count < SETTINGS_MAX) {
                out[count++] = name;
            }
        }
    }
    return count;
}

static void write_retention(const struct init_job *job, FILE *out) {
    const char *names[SETTINGS_MAX];
    const struct pack *pack = catalog_find_pack(job->settings.catalog, job->business);
    size_t count = pack == NULL ? 0 : find_settings(pack, names);
    fprintf(out, "\n# %s\n# %s\n# retention:\n",
            _("How long data may be kept. The document leaves these to the firm; rules that need "
              "them stay"),
            _("undecided until they are set: h, d, mo, y."));
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "#   - {setting: %s, at-most: }\n", names[i]);
    }
}

static void write_file(const struct init_job *job, FILE *out) {
    fprintf(out, "# %s\n", _("Settings of yinma for this folder. Every entry may be left out."));
    fprintf(out, "schema: 1\nprofiles: [%s]\n", job->business);
    if (job->class != 0) {
        fprintf(out, "class: %u\n", job->class);
    }
    write_zones(job, out);
    fprintf(out, "\n# %s\n# sources:\n#   - {pattern: \"shop-{date}.sql.gz\", name: shop}\n",
            _("Files that are the same data of another day."));
    write_retention(job, out);
    fprintf(out, "\n# %s\n# expect:\n#   - {glob: \"*.gpg\", encrypted: true}\n",
            _("What is meant to be encrypted is no gap."));
    fprintf(out,
            "\n# %s\n# waive:\n#   - {glob: \"old/*\", reason: \"\", owner: \"\", expiry: "
            "2099-12-31}\n",
            _("A gap that somebody answers for."));
}

/* Never over a file that is there. */
static int create(const struct init_job *job, const char *path, struct error *err) {
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
    FILE *out = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (out == NULL) {
        int rc = error_set(err, YINMA_E_USAGE, _("yinma.yaml cannot be made: %s"), strerror(errno));
        if (descriptor >= 0) {
            close(descriptor);
        }
        return rc;
    }
    write_file(job, out);
    bool failed = ferror(out) != 0;
    failed = fclose(out) != 0 || failed;
    return failed
               ? error_set(err, YINMA_E_USAGE, _("yinma.yaml cannot be made: %s"), strerror(errno))
               : 0;
}

static int run(struct init_job *job, struct error *err) {
    const struct call *call = job->call;
    char path[PATH_MAX];
    if (call->operands.count > 1) {
        return error_set(err, YINMA_E_USAGE, "%s", _("init is for one folder"));
    }
    job->folder = call->operands.count == 1 ? call->operands.words[0] : ".";
    int length = snprintf(path, sizeof path, "%s/yinma.yaml", job->folder);
    if (length < 0 || (size_t)length >= sizeof path || access(path, F_OK) == 0) {
        return error_set(err, YINMA_E_USAGE, "%s",
                         _("there is a yinma.yaml already; it is left as it is"));
    }
    int rc = settings_load_catalog(call, &job->settings, err);
    job->business = call->business != NULL ? call->business : business_names[0];
    job->class = call->class;
    if (rc == 0 && call->business == NULL) {
        rc = ask_business(&job->business, err);
    }
    if (rc < 0) {
        return rc;
    }
    bool classed = strcmp(job->business, business_names[0]) != 0;
    if (classed && job->class == 0) {
        rc = ask_class(&job->class, err);
    }
    job->class = classed ? job->class : 0; /* the document for platforms knows no classes */
    rc = rc == 0 ? list_folders(job, err) : rc;
    rc = rc == 0 ? create(job, path, err) : rc;
    if (rc == 0 && !call->quiet) {
        fprintf(stderr, "yinma: %s\n",
                _("yinma.yaml is made: confirm the zones and set what may be kept how long"));
    }
    return rc;
}

int init_command(const struct call *call) {
    struct init_job job = {.call = call};
    struct error err = {0};
    int status = run(&job, &err) < 0 ? complain(call, &err) : EXIT_CLEAN;
    settings_release(&job.settings);
    return status;
}
