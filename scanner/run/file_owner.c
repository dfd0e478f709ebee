#include "run/file_owner.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>

static void look_up(struct file_facts *file) {
    char room[4096];
    struct passwd entry, *found = NULL;
    if (getpwuid_r(file->user, &entry, room, sizeof room, &found) == 0 && found != NULL) {
        snprintf(file->owner, sizeof file->owner, "%s", entry.pw_name);
    } else {
        snprintf(file->owner, sizeof file->owner, "#%u", file->user);
    }
}

void file_owner_fill(struct results *results) {
    const struct file_facts *before = NULL;
    for (size_t i = 0; i < results->unit_count; i++) {
        struct file_facts *file = &results->units[i].facts->file;
        if (!file->known) {
            continue;
        }
        /* files beside each other mostly belong to one user */
        if (before != NULL && before->user == file->user) {
            memcpy(file->owner, before->owner, sizeof file->owner);
        } else {
            look_up(file);
        }
        before = file;
    }
}
