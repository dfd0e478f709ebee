/* match.h - where may a value be. Looks at segments and leaves hits: integers in an array, nothing
 * decided. In columns whose name tells, every cell is looked at as a whole; everywhere else the
 * digit lattice finds runs of digits and mask marks, the word database finds labels and place
 * names, and '@' finds mail addresses. */
#ifndef YINMA_MATCH_MATCH_H
#define YINMA_MATCH_MATCH_H

#include "core/block64/block64.h"
#include "core/error.h"
#include "core/field_set.h"
#include "core/hit.h"
#include "core/segment.h"
#include "core/skeleton.h"
#include "patterns/lexicon.h"

/* Const and shared: the word database, dispatch tables. */
struct matcher;
int matcher_new(enum isa isa, const struct lexicon *lexicon, struct matcher **out,
                struct error *err);
void matcher_free(struct matcher *matcher);

/* Scratch of one worker. */
struct match_state;
struct match_state *match_state_new(const struct matcher *matcher);
void match_state_free(struct match_state *state);
/* A new unit begins: forget the plans of fields. */
void match_state_reset(struct match_state *state);
/* What the name of FIELD says; valid until the next call. */
const struct name_reading *match_name(struct match_state *state, const struct field_set *fields,
                                      uint32_t field);

/* All places of SEGMENT worth a look; *out is valid until the next call. Negative: YINMA_E_MEMORY.
 */
int match_segment(struct match_state *state, const struct segment *segment,
                  const struct field_set *fields, struct match_result *out, struct error *err);

/* ---- lines in which nothing can be found (core/quiet.h), whatever their numbers are ---- */

/* May there be such lines at all? Not where expressions of own kinds are looked for. */
bool match_knows_quiet(const struct match_state *state);
/* Stand none of the words that tell of values in LINE, and nothing but ASCII without '@'? Then only
 * its numbers can be something. 0 or YINMA_E_MEMORY. */
int match_quiet_words(struct match_state *state, struct bytes line, bool *quiet_out,
                      struct error *err);
enum {
    SUSPECT_ALWAYS = 64,                                       /* longer than any number may be */
    SUSPECTS_MOST = SKELETON_PART / (SKELETON_NUMBER + 1) + 1, /* in a part */
};
/* A number that may be something, whatever line it stands in, or is as long as that. */
struct number_suspect {
    uint32_t at; /* in the text */
    unsigned length;
};
/* Which numbers are looked at. */
struct suspects_wanted {
    unsigned most; /* characters (8 to 63): all that are longer */
    bool parted;   /* also those of three groups with other signs between them (0/0/0) */
};
/* The numbers of TEXT, whole lines whose sets are in SKELETONS, that may be something or are longer
 * than WANTED, in order; returns how many, SUSPECTS_MOST at most. */
size_t match_suspects(const struct matcher *matcher, struct bytes text,
                      const struct skeletons *skeletons, const struct suspects_wanted *wanted,
                      struct number_suspect *out);
/* Could the numbers of a line like this one, with others in their places, be a telephone number
 * with such signs? */
bool match_may_be_parted(struct bytes line);

/* ---- context_words.c ---- */

/* A telling word in the text before a value. */
struct context_word {
    struct bytes text;     /* a view of the text searched */
    kind_set kinds, hints; /* that it tells; hints need company (see pattern.company) */
    size_t distance;       /* bytes between it and the value */
    bool in_reach;         /* near enough, and on the same line */
};

/* The last words of TEXT, which ends where the value begins; the nearest first. 0 or
 * YINMA_E_MEMORY. */
int match_context_words(struct match_state *state, struct bytes text, struct context_word *out,
                        size_t room, size_t *count_out, struct error *err);

/* ---- conceal.c ---- */

/* TEXT (a path, a table or column name, part of a message) as it may be shown: values of those of
 * KINDS that prove themselves are masked, of own kinds also those with a check digit that fits;
 * control characters and invalid UTF-8 are escaped. */
void conceal(kind_list kinds, struct bytes text, struct text_buffer *out);

#endif
