/* values.h - values that their own text names: key=value, key="value", "key":"value",
 * "key": 123, the query of a URL, cookies, and the same inside a quoted string. */
#ifndef YINMA_DECODE_KEYED_VALUES_H
#define YINMA_DECODE_KEYED_VALUES_H

#include "core/block64/block64.h"
#include "core/error.h"
#include "core/field_set.h"
#include "core/segment.h"

enum {
    KEYED_MAX_KEYS = 4096,  /* of one unit; later ones are running text */
    KEYED_TEXT_BYTES = 256, /* longer values are running text of their field */
};

struct keyed_values;

/* Keys become fields of the table "" in FIELDS (not owned). NULL when memory is out. */
struct keyed_values *keyed_values_new(struct field_set *fields, const struct block64_ops *ops);
/* The text is a program: `name = value` without quotes names a variable's value, not a value. */
void keyed_values_of_program(struct keyed_values *keys);
/* The text is a log, in which programs print structures (keyed/members.h). */
void keyed_values_with_members(struct keyed_values *keys);
void keyed_values_free(struct keyed_values *keys);
/* How many keys have become fields. */
size_t keyed_values_known(const struct keyed_values *keys);

/* Find the values that start in [begin, end) of TEXT (SEGMENT_PADDING readable bytes behind it); a
 * key may stand before BEGIN. No value crosses a line end. 0 or YINMA_E_MEMORY. */
int keyed_values_find(struct keyed_values *keys, struct bytes text, size_t begin, size_t end,
                      struct error *err);
/* What the last call found, sorted; valid until the next. */
const struct cell *keyed_values_cells(const struct keyed_values *keys, size_t *count);
struct cell *keyed_values_cells_mutable(struct keyed_values *keys);

/* Undo back-slash escapes as in JSON (\", \\, \n, \uXXXX) and in web server logs (\xHH), and ''. */
size_t keyed_values_unescape(struct bytes value, uint8_t *out, unsigned dialect);

/* Have all lines that differ from LINE in their numbers only (core/skeleton.h) the same keys and as
 * many values, none of which has to be decoded? *most_out: the characters that a number may have
 * there, 63 at most. */
bool keyed_values_steady(struct bytes line, unsigned *most_out);

/* Does LINE hold a key and its value? How many, up to MOST? For bids: makes no fields. */
size_t keyed_values_count(struct bytes line, size_t most);

#endif
