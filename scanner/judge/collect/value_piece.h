/* value_piece.h - a masked value as the places it shows, and what two of them show together. Pure
 * functions; a piece holds what is left of a value in clear, so it never leaves the worker. */
#ifndef YINMA_JUDGE_COLLECT_VALUE_PIECE_H
#define YINMA_JUDGE_COLLECT_VALUE_PIECE_H

#include "core/hit.h"
#include "patterns/pattern.h"

enum { PIECE_SYMBOLS = 24 };

struct value_piece {
    const struct pattern *pattern;
    uint8_t kind;                    /* number of the pattern */
    uint8_t count;                   /* symbols */
    uint8_t part;                    /* enum value_part: where they stand in the value */
    uint32_t symbols[PIECE_SYMBOLS]; /* code points, 0 = hidden */
};

/* Take TEXT (as in struct value) of PATTERN, number KIND, apart. False for kinds that this is not
 * done for and for texts that do not say which places they show. */
bool value_piece_read(const struct pattern *pattern, unsigned kind, struct bytes text,
                      enum value_part part, struct value_piece *out);

enum pieces_result {
    PIECES_SAY_NOTHING, /* one shows no more than the other, or enough stays hidden */
    PIECES_DISAGREE,    /* parts of two values */
    PIECES_NARROW,      /* together more is shown than the policy allows */
    PIECES_SHOW_ALL,    /* together nothing is hidden */
};

/* Put A and B together, read as kind *kind_out: that of A or, when that makes no sense and both are
 * ID numbers or telephone numbers, that of B. POLICIES: one a kind. *residual: how many values
 * still fit, 0 = not known. */
enum pieces_result value_pieces_join(const struct value_piece *a, const struct value_piece *b,
                                     const struct mask_policy *policies, unsigned *kind_out,
                                     uint64_t *residual);

#endif
