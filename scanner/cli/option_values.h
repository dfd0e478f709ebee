/* option_values.h - parsers of option arguments that several rows of the table share. The target of
 * the row says where the value goes, and its type must be the one named here. */
#ifndef YINMA_CLI_OPTION_VALUES_H
#define YINMA_CLI_OPTION_VALUES_H

#include "cli/options.h"

int parse_flag(const struct option_row *row, const char *value, struct call *call,
               struct error *err); /* bool, becomes true */
int parse_string(const struct option_row *row, const char *value, struct call *call,
                 struct error *err); /* const char * */
int parse_word(const struct option_row *row, const char *value, struct call *call,
               struct error *err); /* struct word_list, added */
int parse_count(const struct option_row *row, const char *value, struct call *call,
                struct error *err); /* unsigned */
int parse_big_count(const struct option_row *row, const char *value, struct call *call,
                    struct error *err); /* uint64_t */
int parse_size(const struct option_row *row, const char *value, struct call *call,
               struct error *err); /* uint64_t; K, M, G, T multiply by powers of 1024 */
int parse_seconds(const struct option_row *row, const char *value, struct call *call,
                  struct error *err); /* double */
int parse_reveal(const struct option_row *row, const char *value, struct call *call,
                 struct error *err);
int parse_when(const struct option_row *row, const char *value, struct call *call,
               struct error *err); /* enum when */
int parse_confidence(const struct option_row *row, const char *value, struct call *call,
                     struct error *err); /* enum confidence */

/* "--row: unknown WHAT …; allowed: …": sets *err and returns YINMA_E_USAGE. */
int complain_of_name(const struct option_row *row, const char *what, const char *value,
                     const char *const *allowed, struct error *err);

/* Put the option in front of what ERR says went wrong with its file; returns RC. */
int blame_option(int rc, const char *option, struct error *err);

/* The place that ROW speaks of. */
void *option_target(const struct option_row *row, struct call *call);

#endif
