#include "cli/word_list.h"

#include <stdlib.h>

bool word_list_add(struct word_list *list, const char *word) {
    if (list->count + 1 >= list->capacity) {
        size_t capacity = list->capacity * 2 + 8;
        const char **words = reallocarray(list->words, capacity, sizeof *words);
        if (words == NULL) {
            return false;
        }
        list->words = words;
        list->capacity = capacity;
    }
    list->words[list->count++] = word;
    list->words[list->count] = NULL;
    return true;
}
