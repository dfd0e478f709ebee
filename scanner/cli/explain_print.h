/* explain_print.h - how `explain` prints: a label, then its text, wrapped beside it. */
#ifndef YINMA_CLI_EXPLAIN_PRINT_H
#define YINMA_CLI_EXPLAIN_PRINT_H

#include <stddef.h>
#include <stdint.h>

#include "cli/rule_facts.h"

enum { EXPLAIN_WIDTH = 80, EXPLAIN_INDENT = 14 };

/* Nothing is printed for an empty TEXT. */
void print_member(const char *label, const char *text);
/* The same with a format (translated already). */
void print_member_of(const char *label, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The names of the members of SET. */
void print_set(const char *label, uint64_t set, kind_list kinds, member_name *name);
/* The first names of a NULL-terminated list of patterns/pattern.h, without their marks. */
void print_words(const char *label, const char *const *words);

#endif
