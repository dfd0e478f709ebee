/* source_set.h - what a run looked at, in short: so that another run can be compared with it even
 * where there is nothing to tell of a unit. A clean unit has no record of its own.
 *
 * A stamp stands for a source all of whose units were read: `name` is the beginning of SHA-256 of
 * the source's name, `data` the sum of the like of each of its units (name, size and time of
 * change of its file). Equal stamps: the files are as they were, as far as the file system tells.
 */
#ifndef YINMA_RESULT_SOURCE_SET_H
#define YINMA_RESULT_SOURCE_SET_H

#include "core/error.h"
#include "core/text_buffer.h"

struct results;
struct unit_result;

struct source_stamp {
    uint64_t name, data;
};

struct source_set {
    bool known;      /* false: a program wrote the results that did not tell */
    uint64_t files;  /* outermost ones, standard input among them */
    char sha256[65]; /* of their list: a line "SHA256 SIZE NAME" a file, with '-' for a digest that
                        nobody asked for, sorted by bytes; "" = not known */
    bool contents;   /* every line has the digest of its file */
    struct source_stamp *stamps; /* by name; owned */
    size_t count;
};

/* Sum up the units of RESULTS. 0 or YINMA_E_MEMORY. */
int source_set_of_results(const struct results *results, struct source_set *out, struct error *err);
void source_set_release(struct source_set *set);

/* NULL: not read completely, or not at all. */
const struct source_stamp *source_set_find(const struct source_set *set, struct bytes source);

/* The stamps as text and back, 32 hex digits each. */
void source_set_print(const struct source_set *set, struct text_buffer *out);
/* Adds to what SET holds. YINMA_E_DAMAGED, YINMA_E_MEMORY. */
int source_set_parse(struct source_set *set, struct bytes text, struct error *err);

/* The name of the file that the unit stands in: up to the first "!/". */
struct bytes source_file_name(struct bytes unit);
/* Put the line of that file into OUT, with its line end. */
void source_file_line(const struct unit_result *unit, struct text_buffer *out);
/* SHA-256 of lines in any order, once each; "" for none. LINES is sorted on the way. 0 or
 * YINMA_E_MEMORY. */
int source_lines_digest(const struct text_buffer *lines, uint64_t *count, char out[65],
                        struct error *err);

#endif
