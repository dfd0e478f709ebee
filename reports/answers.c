#include "reports/answers.h"

#include <stdlib.h>

static int by_rule(const void *a, const void *b) {
    const struct violation *x = *(const struct violation *const *)a;
    const struct violation *y = *(const struct violation *const *)b;
    int order = strcmp(x->rule->id, y->rule->id);
    return order != 0 ? order : (x > y) - (x < y);
}

bool answers_init(struct answers *answers, const struct results *results) {
    *answers = (struct answers){.results = results, .count = results->violation_count};
    answers->sorted = calloc(answers->count + 1, sizeof(const struct violation *));
    if (answers->sorted == NULL) {
        return false;
    }
    for (size_t i = 0; i < answers->count; i++) {
        answers->sorted[i] = &results->violations[i];
    }
    qsort(answers->sorted, answers->count, sizeof(const struct violation *), by_rule);
    return true;
}

void answers_release(struct answers *answers) {
    free(answers->sorted);
    *answers = (struct answers){0};
}

/* Printed numbers are compared without their blanks: people set them in several ways. */
static bool same_number(const char *text, struct bytes section) {
    size_t at = 0;
    for (; *text != '\0'; text++) {
        if (*text == ' ') {
            continue;
        }
        while (at < section.len && section.ptr[at] == ' ') {
            at++;
        }
        if (at == section.len || section.ptr[at] != (uint8_t)*text) {
            return false;
        }
        at++;
    }
    return at == section.len;
}

/* A number that a document prints twice has one row; packs call the second one "1.6.1.12b". */
static bool is_second(const char *text, struct bytes section) {
    return bytes_starts_with(bytes_of_string(text), section) &&
           strcmp(text + section.len, "b") == 0;
}

static bool lists(const char *const *sections, struct bytes section) {
    for (size_t i = 0; sections != NULL && sections[i] != NULL; i++) {
        if (same_number(sections[i], section)) {
            return true;
        }
    }
    return false;
}

bool rule_answers(const struct rule *rule, const struct question *question) {
    struct bytes section = question->section;
    if (question->rule != NULL && strcmp(rule->id, question->rule) == 0) {
        return true;
    }
    return strcmp(rule->document, question->pack) == 0 &&
           (same_number(rule->section, section) || is_second(rule->section, section) ||
            (rule->printed != NULL && same_number(rule->printed, section)) ||
            lists(rule->controls, section));
}

bool answers_next(const struct answers *answers, const struct question *question, size_t *at,
                  struct answer *out) {
    while (*at < answers->count) {
        size_t first = *at;
        const struct rule *rule = answers->sorted[first]->rule;
        while (*at < answers->count && strcmp(answers->sorted[*at]->rule->id, rule->id) == 0) {
            (*at)++;
        }
        if (rule_answers(rule, question)) {
            *out = (struct answer){rule, answers->sorted + first, *at - first};
            return true;
        }
    }
    return false;
}

const struct rule *answers_rule(const struct answers *answers, const struct question *question) {
    const struct pack *found = answers->results->catalog == NULL
                                   ? NULL
                                   : catalog_find_pack(answers->results->catalog, question->pack);
    for (unsigned i = 0; found != NULL && i < found->rule_count; i++) {
        if (rule_answers(&found->rules[i], question)) {
            return &found->rules[i];
        }
    }
    return NULL;
}
