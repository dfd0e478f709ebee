/* columns.h - tables in JSON that name their columns once, not in every row, as answers of SQL
 * services and exports of spreadsheets do:
 *
 *   {"columns":["id","name"],"rows":[[1,"…"],[2,"…"]]}
 *   {"schema":{"fields":[{"name":"id"},{"name":"name"}]},"rows":[{"f":[{"v":1},{"v":"…"}]}]}
 *   [["id","name"],[1,"…"]]                     a heading first, in one array or a line each
 *
 * Their values belong to `rows[].name`, as if every row were an object; where nothing names the
 * columns, to `rows[].#2`. An array within an array is a row, as long as it does not begin with an
 * array itself. Names are looked for where they can be seen from the bracket that opens them: what
 * is cut off there is read with the next text. */
#ifndef YINMA_DECODE_JSON_COLUMNS_H
#define YINMA_DECODE_JSON_COLUMNS_H

#include "core/bytes.h"

enum {
    JSON_COLUMNS_MOST = 512, /* a wider row is a list */
    JSON_COLUMNS_BYTES = 8 * 1024,
    JSON_COLUMNS_PADDING = 16,
    JSON_LABEL_BYTES = 40,
};

/* The names that stand for rows to come. */
struct json_columns {
    size_t count;      /* 0: there are none */
    size_t depth;      /* of brackets: when fewer are open the names are over */
    uint64_t document; /* that has them */
    uint64_t labelled; /* the last document with a labelled value: the next has other labels */
    uint16_t ends[JSON_COLUMNS_MOST];
    uint8_t bytes[JSON_COLUMNS_BYTES + JSON_COLUMNS_PADDING]; /* as written */
};

struct json_walk;
struct json_frame;

/* The mark WALK->next opens an array or an object (OUT->array), the value of WALK->place: see what
 * it is in a table, and whose value. False: that cannot be seen in the text in work, and there is
 * more. */
bool json_columns_look(struct json_walk *walk, struct json_frame *out);

/* The place of the next element of the row FRAME. */
uint32_t json_columns_next(struct json_walk *walk, struct json_frame *frame);

/* {"name":"mobile","value":…}: LABEL stands where the object in work names what its value is. */
void json_columns_label(struct json_walk *walk, struct bytes label);
/* The place of that value, which stands at PLACE of FRAME, a labelled object: below it, when the
 * label reads like the name of a field. */
uint32_t json_columns_labelled(struct json_walk *walk, const struct json_frame *frame,
                               uint32_t place);

/* The line or document in work is over, or a bracket in it. */
void json_columns_close(struct json_walk *walk);

#endif
