/* upright_lines.h - the lines of results that are printed with a column a line, as mysql \G, psql
 * \x and sqlite3 .mode line do: what begins a record, and what a line names. */
#ifndef YINMA_DECODE_ALIGNED_UPRIGHT_LINES_H
#define YINMA_DECODE_ALIGNED_UPRIGHT_LINES_H

#include "core/bytes.h"

enum { UPRIGHT_NAME_BYTES = 128 };

/* What stands between a name and its value. */
enum upright_mark {
    UPRIGHT_NONE,
    UPRIGHT_COLON,  /* mysql: "  name: value" below "*** 1. row ***" */
    UPRIGHT_BAR,    /* psql: "name | value" below "-[ RECORD 1 ]---", with frames or without */
    UPRIGHT_BLANK,  /* psql without borders: "name   value" below "* Record 1" */
    UPRIGHT_EQUALS, /* sqlite3: " name = value", an empty line between records */
    UPRIGHT_PLAIN,  /* psql -A: "name|value", an empty line between records */
};

/* Are records of that form parted by empty lines alone? */
static inline bool upright_unmarked(enum upright_mark mark) {
    return mark == UPRIGHT_EQUALS || mark == UPRIGHT_PLAIN;
}

/* Does LINE begin a record? What its lines are like then; UPRIGHT_NONE: it does not. */
enum upright_mark upright_begins(struct bytes line);

/* LINE without line end: the name and the value in it, views of it; an empty name goes on with the
 * value above. False: it has no such form. */
struct upright_pair {
    struct bytes name, value;
};
bool upright_pair_of(struct bytes line, enum upright_mark mark, struct upright_pair *out);

/* Of what form HEAD is, when records of it make up most of its lines; UPRIGHT_NONE: of none. */
enum upright_mark upright_look(struct bytes head);

#endif
