/* view.h - the inside of seeking, for the files that share it: a stretch of text that is
 * looked through, and what becomes of a place in it. */
#ifndef YINMA_JUDGE_SEEK_VIEW_H
#define YINMA_JUDGE_SEEK_VIEW_H

#include "judge/position.h"
#include "judge/seek/seek.h"

/* What a seeker has found in a unit. */
struct seek_found {
    struct found_places places;
    uint8_t *met; /* by field: 1 = a place lies in it */
    size_t met_room;
};

/* One segment being looked through. */
struct seeking {
    struct seeker *seeker;
    struct seek_found *found;
    const struct sought *sought;
    const struct segment *segment;
    const struct match_result *match;
    struct position position;
    size_t next_cell; /* cells before it end before the place that was asked for last */
    bool failed;      /* memory is out */
};

/* TEXT is a part of the segment, or of what a cell says once its escapes are undone. Values are
 * looked for that begin in [begin, end); what stands around them may be looked at. */
struct seek_view {
    struct seeking *seeking;
    struct bytes text;
    size_t begin, end;
    size_t base;   /* where text[0] stands in the segment */
    uint32_t cell; /* HIT_NO_CELL: to be found by the offset */
    bool decoded;  /* a place is that of the whole cell */
};

/* What is told of a place beside where it is. */
struct seek_place {
    size_t at, length; /* in the view */
    unsigned identifier;
    enum found_sort sort;
    enum mask_state state;
    unsigned digest;
    uint64_t candidates;
    struct bytes shown; /* the mask, for FOUND_COULD_BE */
};
/* seek/found.c: note the place, unless it is read again elsewhere. */
void seek_tell(const struct seek_view *view, const struct seek_place *place);

/* seek/numbers.c: letters and digits in any grouping. */
void seek_numbers(const struct seek_view *view);
/* seek/texts.c: names, addresses, mail addresses; digests in hexadecimal digits. */
void seek_texts(const struct seek_view *view);
void seek_hex_digests(const struct seek_view *view);

/* seek/masks.c: masks whose shown characters fit. TEXT: half width, no blanks around it. KINDS:
 * what the field or the words before it allow; 0 = anything. PART: as the field's name says. */
void seek_mask(const struct seek_view *view, struct bytes text, kind_set kinds,
               enum value_part part, struct seek_place *place);

#endif
