#include "run/file_owner.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>

enum { OWNER_TEXT = 33 };

static const char *look_up(uint32_t user, struct arena *names) {
    char room[4096], name[OWNER_TEXT];
    struct passwd entry, *found = NULL;
    if (getpwuid_r(user, &entry, room, sizeof room, &found) == 0 && found != NULL) {
        snprintf(name, sizeof name, "%s", entry.pw_name);
    } else {
        snprintf(name, sizeof name, "#%u", user);
    }
    return (const char *)arena_copy(names, bytes_of(name, strlen(name) + 1)).ptr;
}

int file_owner_fill(struct results *results, struct error *err) {
    const struct file_facts *before = NULL;
    for (size_t i = 0; i < results->unit_count; i++) {
        struct file_facts *file = &results->units[i].facts->file;
        if (!file->known) {
            continue;
        }
        /* files beside each other mostly belong to one user */
        bool same = before != NULL && before->user == file->user;
        file->owner = same ? before->owner : look_up(file->user, &results->texts);
        if (file->owner == NULL) {
            return error_set(err, YINMA_E_MEMORY, "no memory for the owner of a file");
        }
        before = file;
    }
    return 0;
}
