/* input: walking, and what stands beside a file. */
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "input/input.h"
#include "tests/unit/check.h"
#include "tests/unit/workspace.h"

/* ---- walking ---- */

static bool simple_glob(const char *glob, struct bytes name) {
    return glob[0] == '*' ? bytes_ends_with(name, bytes_of_string(glob + 1))
                          : bytes_equal(name, bytes_of_string(glob));
}

/* One line an item: type and name. */
static const char *walked(const struct walk_options *options) {
    static char text[4096];
    static const char letters[] = {
        [ITEM_FILE] = 'f', [ITEM_STDIN] = '-', [ITEM_SPECIAL] = 's', [ITEM_UNREADABLE] = 'u'};
    struct work_list list;
    struct error err = {0};
    text[0] = '\0';
    CHECK_INT(walk(options, &list, &err), 0);
    for (size_t i = 0; i < list.count; i++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%c%s %s\n", letters[list.items[i].type],
                 list.items[i].named ? "!" : "", list.items[i].name);
    }
    work_list_release(&list);
    return text;
}

static const char *walked_paths(const char *first, const char *second) {
    const char *paths[] = {first, second, NULL};
    return walked(&(struct walk_options){.paths = paths, .glob = simple_glob});
}

static void make_tree(void) {
    enter_workspace();
    if (access("tree", F_OK) == 0) {
        return;
    }
    CHECK_INT(mkdir("tree", 0755), 0);
    CHECK_INT(mkdir("tree/b", 0755), 0);
    CHECK_INT(mkdir("tree/b/deep", 0755), 0);
    put_file("tree/b/deep/z.sql", "z");
    put_file("tree/b/a.log", "a");
    put_file("tree/B.sql", "B");
    put_file("tree/a.sql", "a");
    put_file("tree/b.sql", "b");
    put_file("tree/\xE4\xB8\x8A.sql", "u");
    CHECK_INT(symlink("..", "tree/b/loop"), 0);
    CHECK_INT(symlink("nowhere", "tree/b/nowhere"), 0);
    CHECK_INT(mkfifo("tree/pipe", 0644), 0);
}

static void walk_order(void) {
    make_tree();
    CHECK_STR(walked_paths("tree", NULL), "f tree/B.sql\n"
                                          "f tree/a.sql\n"
                                          "f tree/b/a.log\n"
                                          "f tree/b/deep/z.sql\n"
                                          "s tree/b/loop\n"
                                          "s tree/b/nowhere\n"
                                          "f tree/b.sql\n"
                                          "s tree/pipe\n"
                                          "f tree/\xE4\xB8\x8A.sql\n");
}

static void walk_names(void) {
    make_tree();
    CHECK_STR(walked_paths("tree//b/deep//", NULL), "f tree/b/deep/z.sql\n");
    CHECK_STR(walked_paths("./tree/b/deep", NULL), "f ./tree/b/deep/z.sql\n");
    CHECK_INT(chdir("tree/b/deep"), 0);
    CHECK_STR(walked_paths(".", NULL), "f z.sql\n");
    CHECK_STR(walked_paths("./", NULL), "f z.sql\n");
    CHECK_INT(chdir(workspace), 0);
    const char *paths[] = {"-", "tree/a.sql", "tree/b/deep", NULL};
    const char *labels[] = {"PC=tree", "PC-03=tree/b/", NULL};
    CHECK_STR(walked(&(struct walk_options){
                  .paths = paths, .labels = labels, .stdin_name = "nightly.sql"}),
              "-! nightly.sql\nf! PC/a.sql\nf PC-03/deep/z.sql\n");
}

static void walk_named(void) {
    make_tree();
    CHECK_STR(walked_paths("tree/missing", "tree/pipe"), "u! tree/missing\ns! tree/pipe\n");
    /* A link that is named counts for what it leads to; each thing comes once. */
    CHECK_INT(symlink("tree/b/deep", "link"), 0);
    CHECK_STR(walked_paths("link", NULL), "f link/z.sql\n");
    CHECK_STR(walked_paths("tree/b/deep", "tree/b/deep/z.sql"), "f! tree/b/deep/z.sql\n");
    CHECK_STR(walked_paths("tree/b/deep", "tree/b"),
              "f tree/b/deep/z.sql\nf tree/b/a.log\ns tree/b/loop\ns tree/b/nowhere\n");
    CHECK_INT(mkdir("empty", 0755), 0);
    CHECK_STR(walked_paths("empty", NULL), "u! empty\n");
}

static void walk_globs(void) {
    make_tree();
    const char *paths[] = {"tree", NULL};
    const char *includes[] = {"*.sql", NULL};
    const char *excludes[] = {"tree/b", NULL};
    struct walk_options options = {
        .paths = paths, .includes = includes, .excludes = excludes, .glob = simple_glob};
    CHECK_STR(walked(&options),
              "f tree/B.sql\nf tree/a.sql\nf tree/b.sql\nf tree/\xE4\xB8\x8A.sql\n");
    put_file("tree/b/in.TAR.GZ", ""); /* may hold a .sql */
    options.excludes = NULL;
    CHECK(strstr(walked(&options), "f tree/b/in.TAR.GZ\n") != NULL);
    CHECK_INT(unlink("tree/b/in.TAR.GZ"), 0);
    const char *nothing[] = {"*.pdf", NULL};
    options.includes = nothing;
    CHECK_STR(walked(&options), "u! tree\n"); /* a wrong glob is not a clean result */
    const char *own[] = {"tree", NULL};
    options.excludes = own;
    CHECK_STR(walked(&options), "");
}

static void walk_unreadable(void) {
    enter_workspace();
    CHECK_INT(mkdir("closed", 0755), 0);
    CHECK_INT(mkdir("closed/in", 0), 0);
    put_file("closed/x", "x");
    if (geteuid() != 0) { /* root reads everything */
        CHECK_STR(walked_paths("closed", NULL), "u closed/in\nf closed/x\n");
    }
    CHECK_INT(chmod("closed/in", 0755), 0);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "closed/socket"};
    CHECK_INT(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    close(fd);
    CHECK_STR(walked_paths("closed", "/dev/null"), "s closed/socket\nf closed/x\ns! /dev/null\n");
}

static void walk_lists(void) {
    enter_workspace();
    char **paths = NULL;
    struct error err = {0};
    put_file("list", "one\n\ntwo words\nlast");
    CHECK_INT(walk_read_list("list", &paths, &err), 0);
    CHECK_STR(paths[0], "one");
    CHECK_STR(paths[1], "two words");
    CHECK_STR(paths[2], "last");
    CHECK(paths[3] == NULL);
    for (size_t i = 0; paths[i] != NULL; i++) {
        free(paths[i]);
    }
    free(paths);
    FILE *file = fopen("list0", "wb");
    CHECK(file != NULL && fwrite("a\nb\0c\0", 1, 6, file) == 6 && fclose(file) == 0);
    CHECK_INT(walk_read_list("list0", &paths, &err), 0);
    CHECK_STR(paths[0], "a\nb");
    CHECK_STR(paths[1], "c");
    CHECK(paths[2] == NULL);
    free(paths[0]);
    free(paths[1]);
    free(paths);
    CHECK_INT(walk_read_list("no-list", &paths, &err), YINMA_E_MISSING);
    CHECK(paths == NULL);
}

/* ---- what stands beside a file ---- */

static bool may_hold(const struct folder_names *names, const char *folder, const char *name) {
    return folder_names_may_hold(names, bytes_of_string(folder), bytes_of_string(name));
}

static void names_of_folders(void) {
    static const char *const layouts[] = {".fmt", ".ctl", NULL}, *const others[] = {".fmt", NULL};
    struct folder_names *names = folder_names_new();
    char folder[16], name[32];
    CHECK(names != NULL);
    CHECK_INT(mkdir("beside", 0700), 0);
    put_file("beside/Members.CTL", "");
    CHECK(may_hold(names, "beside/", "anything")); /* not looked at yet */
    folder_names_look(names, BYTES_LIT("beside/"));
    CHECK(may_hold(names, "beside/", "Members.CTL"));
    CHECK(may_hold(names, "beside/", "members.ctl")); /* some file systems say so */
    CHECK(!may_hold(names, "beside/", "members.fmt"));
    CHECK(!folder_names_lack(names, BYTES_LIT("beside/"), layouts));
    CHECK(folder_names_lack(names, BYTES_LIT("beside/"), others));
    CHECK(!folder_names_lack(names, BYTES_LIT("unknown/"), others));
    for (unsigned i = 0; i < 200; i++) {
        snprintf(name, sizeof name, "beside/more%u", i);
        put_file(name, "");
    }
    const struct timespec times[2] = {{.tv_sec = 1}, {.tv_sec = 1}};
    CHECK_INT(utimensat(AT_FDCWD, "beside", times, 0), 0); /* however coarse its clock is */
    folder_names_look(names, BYTES_LIT("beside/"));
    CHECK(may_hold(names, "beside/", "more0") && may_hold(names, "beside/", "more199"));
    CHECK(!may_hold(names, "beside/", "more200"));
    folder_names_look(names, BYTES_LIT(""));
    CHECK(may_hold(names, "", "beside") && !may_hold(names, "", "elsewhere"));
    for (unsigned i = 0; i < 20; i++) { /* only the last ones are kept */
        snprintf(folder, sizeof folder, "f%u/", i);
        CHECK_INT(mkdir(folder, 0700), 0);
        folder_names_look(names, bytes_of_string(folder));
    }
    CHECK(!may_hold(names, "f19/", "a") && may_hold(names, "f0/", "a"));
    CHECK_INT(chmod("f3", 0100), 0);
    folder_names_look(names, BYTES_LIT("f3/"));
    CHECK(getuid() == 0 || may_hold(names, "f3/", "a")); /* no right to list it */
    folder_names_look(names, BYTES_LIT("none/"));
    CHECK(may_hold(names, "none/", "a"));
    folder_names_free(names);
}

static const struct test_case cases[] = {
    {"walk_order", walk_order},
    {"walk_names", walk_names},
    {"walk_named", walk_named},
    {"walk_globs", walk_globs},
    {"walk_unreadable", walk_unreadable},
    {"walk_lists", walk_lists},
    {"names_of_folders", names_of_folders},
};

int main(int argc, char **argv) {
    enter_workspace();
    int status = check_run(cases, sizeof cases / sizeof *cases, argc, argv);
    leave_workspace();
    return status;
}
