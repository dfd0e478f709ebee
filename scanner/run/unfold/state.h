/* state.h - what unfold.c (segments), cell.c (one cell) and the others of this folder share. Only
 * for them. */
#ifndef YINMA_RUN_UNFOLD_STATE_H
#define YINMA_RUN_UNFOLD_STATE_H

#include "run/unfold/layer.h"
#include "run/unfold/unfold.h"

/* What is known of a field's cells. */
struct habit {
    uint32_t place; /* json_paths; JSON_PATH_NONE: not made yet */
    uint32_t asked; /* how many were asked for pairs */
    bool pairs;     /* one of them was, or was text in base64 */
    bool open;      /* the next one is asked, too */
    bool planned;   /* the name tells a kind or hints at one */
};

struct unfold {
    const struct block64_ops *ops;
    struct field_set *fields;
    struct match_state *match;
    struct habit *habits; /* by field number */
    uint32_t habit_count, habit_capacity;
    struct json_paths *paths; /* of this unit; NULL: not needed yet */
    struct json_walk *walk;   /* NULL: not needed yet */
    /* Of the segment in work, from its begin on: where "&#" stands, and '&' before a key. */
    uint64_t *references;
    size_t set_words;
    bool any_bracket, any_reference; /* '{' or '[' */
    bool any_percent;                /* in cells, with two hexadecimal digits */
    uint32_t queries, tokens; /* json_paths: what keys in running text stand below; JSON_PATH_NONE:
                                 not made yet */
    bool failed;              /* memory ran out */
    struct block_expander blocks; /* what undoes compressed values */
    struct block_buffer expanded; /* the last one that was undone */
    struct decode_report *report; /* of the unit: where it is said what was not read */
    struct unfold_layer layers[UNFOLD_LEVELS];
};

/* A segment whose cells are being looked at. */
struct unfolding {
    struct unfold *unfold;
    struct unfold_layer *layer;
    const struct segment *segment;
    bool free_text;
    bool any_token; /* in cells */
    size_t copied;  /* cells of the segment that are among the marked ones already */
    size_t passed;  /* of the marked ones: they stand before the last token */
    uint64_t row;   /* of the cell in work */
};

/* ---- names of keys (unfold/paths.c) ---- */

/* The place below which the keys in a field's cells stand; JSON_PATH_NONE when memory is out. */
uint32_t unfold_place_of(struct unfold *unfold, uint32_t field);
/* The places of keys; false when memory is out. */
bool unfold_has_paths(struct unfold *unfold);

/* ---- one cell (unfold/cell.c) ---- */

/* Is CELL a word with percent-encoded characters? */
bool unfold_is_percent(const struct segment *segment, const struct cell *cell);

/* Put the content of CELL into the layer. REFERENCE: character references stand in it. False: it is
 * what it is. */
bool unfold_cell(struct unfolding *u, const struct cell *cell, bool reference);
/* COUNT more values of the field were asked for pairs, and none was. */
void unfold_count_asked(struct habit *habit, uint32_t count);
/* Does a sign stand in the segment that pairs have between key and value? */
bool unfold_may_hold_pairs(const struct unfolding *u);
/* As DECODE reads it, if that makes sense. */
bool unfold_decoded(struct unfolding *u, const struct cell *cell, unfold_decode_fn *decode);
/* The elements of CELL, an array of PostgreSQL. */
bool unfold_array(struct unfolding *u, const struct cell *cell);
/* The named values of which CELL consists, below PLACE. QUERY: only if they are written as in a
 * URL, two or more. */
bool unfold_pairs_below(struct unfolding *u, const struct cell *cell, uint32_t place, bool query);

/* ---- one cell, as PHP writes values (unfold/serialized.c) ---- */

bool unfold_serialized(struct unfolding *u, const struct cell *cell);

/* ---- compressed text (unfold/packed.c) ---- */

/* The content of DATA, until the next call. False: it is not compressed. What cannot be read of it
 * is told in the unit's report. */
bool unfold_expand(struct unfold *unfold, struct bytes data, struct bytes *content);
/* PART is a piece of a value that is too long to be undone: if it is the first one of something
 * compressed, that is told. */
void unfold_part(struct unfold *unfold, struct bytes part);
/* CONTENT was made of CELL: it goes into the layer. */
bool unfold_made(struct unfolding *u, const struct cell *cell, struct bytes content);

/* ---- running text (unfold/running.c) ---- */

/* Look where in SEGMENT something may be written in another form. False: memory is out. */
bool unfold_find_marks(struct unfold *unfold, const struct segment *segment);
/* The first mark of a reference or a query in [from, end) of the segment, or end. */
size_t unfold_next_mark(const struct unfolding *u, size_t from, size_t end);
/* Running text [begin, end) before the cell of index NEXT_CELL: lines with references, queries. */
void unfold_gaps(struct unfolding *u, size_t begin, size_t end, size_t next_cell);
/* Tokens of web services in [begin, end) of the segment, wherever they stand but in what is
 * unfolded already: what they claim goes into the layer, their text stays what it is. Are there
 * any? */
bool unfold_tokens(struct unfolding *u, size_t begin, size_t end);
/* Does something in the segment begin like one? */
bool unfold_may_hold_token(const struct unfolding *u);
enum { UNFOLD_TOKEN_BYTES = 64 }; /* shorter text holds none */
/* Cells of the segment before INDEX are as they were. */
void unfold_copy_cells(struct unfolding *u, size_t index);

#endif
