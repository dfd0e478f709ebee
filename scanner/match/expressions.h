/* expressions.h - the database of the expressions of users' own kinds, searched in running text and
 * in cells. There is none when no kind has one: then nothing is paid for it. */
#ifndef YINMA_MATCH_EXPRESSIONS_H
#define YINMA_MATCH_EXPRESSIONS_H

#include "core/error.h"
#include "patterns/pattern.h"

struct expression_hit {
    uint32_t begin, end; /* in the text that was searched */
    uint32_t kind;       /* its number */
};

/* Const and shared. *out is NULL when no kind of KINDS is a user's own. */
struct expression_database;
int expression_database_new(kind_list kinds, struct expression_database **out, struct error *err);
void expression_database_free(struct expression_database *database);

/* Scratch and result of one worker; NULL when memory is out or DATABASE is NULL. */
struct expression_search;
struct expression_search *expression_search_new(const struct expression_database *database);
void expression_search_free(struct expression_search *search);

/* All places in TEXT that stand alone (no letter or digit runs into them); of several that begin
 * at one place the longest. Valid until the next call. 0 or YINMA_E_MEMORY. */
int expression_search_run(struct expression_search *search, struct bytes text,
                          const struct expression_hit **hits_out, size_t *count_out,
                          struct error *err);

#endif
