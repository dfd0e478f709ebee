/* walk.h - JSON text to cells, piece by piece: the caller hands over text from where the last
 * piece ended and gets the cells of what could be read; what is cut off at the end comes again with
 * the next piece. Nothing is kept but the open brackets, so the size of a document is no matter.
 *
 * Tolerant: documents may follow each other with or without anything between them, commas may be
 * missing their value, an end may be missing. What is no JSON at all is said. */
#ifndef YINMA_DECODE_JSON_WALK_H
#define YINMA_DECODE_JSON_WALK_H

#include "core/segment.h"
#include "decode/json/columns.h"
#include "decode/json/paths.h"
#include "decode/json/scan.h"
#include "decode/json/shape.h"

enum {
    JSON_DEPTH_MOST = 256, /* what is deeper is running text */
    JSON_CELLS_MOST = 16 * 1024,
    JSON_TEXT_BYTES = 256, /* longer strings are running text of their field */
};

enum json_rows {
    JSON_ROWS_ELEMENTS, /* the elements of the outermost array of a document; else the document */
    JSON_ROWS_LINES,    /* a document a line; what is broken ends with its line */
    JSON_ROWS_NONE,
};

enum json_state {
    JSON_DOCUMENT, /* a document may begin */
    JSON_KEY,      /* a key or the end of the object */
    JSON_COLON,    /* behind a key too long for the buffer */
    JSON_VALUE,    /* the value of `place` */
    JSON_AFTER,    /* a comma or the end of what is open */
    JSON_INSIDE,   /* in a string too long for the buffer: of `place` */
    JSON_TOO_DEEP, /* brackets are counted, no more */
    JSON_REST,     /* the rest of a broken line */
    JSON_BROKEN,   /* not JSON from here on: for good */
};

/* What an open bracket is in a table whose rows are arrays (json/columns.h) … */
enum json_frame_is { JSON_LIST, JSON_ROW_NUMBERED, JSON_ROW_NAMED };
/* … and what the arrays in it are. */
enum json_frame_rows { JSON_ROWS_UNASKED, JSON_ROWS_NUMBERED, JSON_ROWS_NAMED };

struct json_frame {
    uint32_t place; /* of the object, or of the array's elements */
    uint32_t last;  /* the key looked up last */
    bool array;
    enum json_frame_is is;
    enum json_frame_rows rows;
    uint32_t row_place; /* of a row: its columns are keys of it … */
    uint32_t ordinal;   /* … and so many were looked up */
    bool labelled;      /* an object that says what its value is, in LABEL if that is a name */
    uint8_t label_len, label[JSON_LABEL_BYTES];
};

struct json_walk {
    struct json_paths *paths; /* NULL: only see whether it is JSON */
    const struct block64_ops *ops;
    enum json_rows rows_are;
    enum json_state state;
    enum json_state behind; /* the state behind the long string */
    uint32_t root;          /* place of the documents */
    uint32_t place;         /* see the states */
    size_t depth;           /* entries of `frames` */
    size_t too_deep;        /* open brackets beyond them */
    size_t row_depth;       /* of the array whose elements are rows; 0 = none yet */
    bool row_is_new;        /* the row began with its document: the first element goes on with it */
    bool at_end;            /* nothing follows the text in work */
    bool label_follows;     /* the next string is a label (json/columns.h) */
    bool truncated;         /* the end came inside something */
    uint64_t row;           /* number of the last row */
    uint64_t documents;
    uint64_t broken_lines;
    size_t reach; /* how much of the text is scanned at once */
    /* of the text in work */
    struct bytes text;
    size_t next;          /* of marks.at */
    size_t at;            /* everything before it is done */
    size_t document_mark; /* the mark that begins it, where it is in this text */
    size_t document_at;   /* where the last document begins; SIZE_MAX: in a text before this one */
    size_t cell_count, row_count;
    struct json_frame lines; /* of a document each: arrays are rows */
    struct json_frame frames[JSON_DEPTH_MOST];
    struct cell cells[JSON_CELLS_MOST];
    struct row_mark rows[JSON_CELLS_MOST];
    struct json_marks marks;
    struct json_shape shape; /* of the last line */
    struct json_columns columns;
};

/* NULL when memory is out. PATHS (not owned) may be NULL. */
struct json_walk *json_walk_new(struct json_paths *paths, const struct block64_ops *ops,
                                enum json_rows rows_are);
void json_walk_free(struct json_walk *walk);

/* Documents that begin from now on are of PLACE. */
void json_walk_reset(struct json_walk *walk, uint32_t place);

/* Read on: TEXT has at most JSON_SCAN_BYTES, and exactly that many unless AT_END: then nothing
 * follows. A line that is cut off is left for the next text where there are others before it: rows
 * that are whole can be read by their columns. Returns how many bytes were read, with their cells
 * and rows; 0 when the walk is broken or TEXT is empty. */
size_t json_walk_run(struct json_walk *walk, struct bytes text, bool at_end);

#endif
