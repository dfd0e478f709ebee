/* word_list.h - strings of the command line that belong together. */
#ifndef YINMA_CLI_WORD_LIST_H
#define YINMA_CLI_WORD_LIST_H

#include <stdbool.h>
#include <stddef.h>

/* A growing, NULL-terminated list of strings that belong to somebody else. */
struct word_list {
    const char **words; /* NULL while empty */
    size_t count, capacity;
};

/* False when memory is out. */
bool word_list_add(struct word_list *list, const char *word);

#endif
