/* folder_names.h - which names stand in the folders that files were looked for in last, so that a
 * neighbour that is not there costs no system call: most tables have no description beside them,
 * and what it would be called has dozens of forms. Inside the room, and for who makes one for a
 * budget (input.h). One user at a time. */
#ifndef YINMA_INPUT_NEIGHBOURS_FOLDER_NAMES_H
#define YINMA_INPUT_NEIGHBOURS_FOLDER_NAMES_H

#include "core/bytes.h"

struct folder_names;

struct folder_names *folder_names_new(void); /* NULL: memory is out */
void folder_names_free(struct folder_names *names);

/* From now on a folder is looked at again after a second at the earliest: a run reads files that
 * were listed before. */
void folder_names_trust(struct folder_names *names);

/* Read the names in FOLDER (a path with its slash, "" is the current one), unless they are known
 * and it has not changed since. Costs one system call then. */
void folder_names_look(struct folder_names *names, struct bytes folder);

/* Does surely no name in FOLDER, as it was last looked at, end in one of ENDINGS (".xml", in
 * letters of either case; NULL-terminated)? */
bool folder_names_lack(const struct folder_names *names, struct bytes folder,
                       const char *const *endings);

/* May a file called NAME, in letters of either case, stand in FOLDER, as it was last looked at?
 * True as well where that is not known: too many names, no right to list them. */
bool folder_names_may_hold(const struct folder_names *names, struct bytes folder,
                           struct bytes name);

#endif
