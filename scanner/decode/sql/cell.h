/* cell.h - one value of a VALUES list, the slow and exact way: any expression, with comments,
 * casts, calls and every kind of literal. The fast path (sql/values_fast.c) must say the same of
 * the plain values it takes on; both classify literals here. */
#ifndef YINMA_DECODE_SQL_CELL_H
#define YINMA_DECODE_SQL_CELL_H

#include "decode/sql/batch.h"
#include "decode/sql/lexer.h"

struct sql_value {
    size_t begin, end;        /* the value's own bytes */
    unsigned flags;           /* enum cell_flag */
    enum sql_escapes escapes; /* when CELL_ESCAPED */
};

struct sql_cell {
    size_t begin, end;  /* the whole expression; equal when there is none */
    size_t delimiter;   /* where `,` `)` or, in broken data, `;` stands */
    size_t first, last; /* the value with its quotes: what of the expression it covers */
    struct sql_value value;
    bool comment_before, comment_after; /* between the expression's ends and first, last */
    uint8_t quote;                      /* of a plain quoted value, 0 for anything else */
};

/* The expression at AT. False when the view ends before its delimiter. */
bool sql_cell_scan(const struct sql_view *view, size_t at, const struct sql_dialect *dialect,
                   struct sql_cell *out);

/* Behind Oracle's q'[…]' whose quote stands at AT, or SQL_OPEN. The text begins two bytes behind AT
 * and ends two before that. */
int64_t sql_skip_q_quoted(const struct sql_view *view, size_t at);

/* A value without quotes: bytes[begin .. end), trimmed. */
struct sql_value sql_bare_value(const uint8_t *bytes, size_t begin, size_t end);
/* What stands between quotes. ESCAPES: those that are really in it, or SQL_ESCAPES_NONE. */
struct sql_value sql_quoted_value(const uint8_t *bytes, size_t begin, size_t end,
                                  const struct sql_dialect *dialect, enum sql_escapes escapes);

/* Is it a number as SQL writes it: sign, digits, fraction, exponent? */
static inline bool sql_is_number(const uint8_t *p, const uint8_t *end) {
    p += *p == '-' || *p == '+';
    const uint8_t *digits = p;
    while (p < end && byte_is_digit(*p)) {
        p++;
    }
    if (p == end) {
        return p != digits;
    }
    size_t count = (size_t)(p - digits);
    if (*p == '.') {
        const uint8_t *fraction = ++p;
        while (p < end && byte_is_digit(*p)) {
            p++;
        }
        count += (size_t)(p - fraction);
    }
    if (p < end && (*p | 0x20) == 'e') {
        p++;
        p += p < end && (*p == '-' || *p == '+');
        digits = p;
        while (p < end && byte_is_digit(*p)) {
            p++;
        }
        count = p == digits ? 0 : count;
    }
    return p == end && count != 0;
}

bool sql_is_hex(const uint8_t *p, const uint8_t *end);

static inline unsigned sql_length_flags(size_t length) {
    return length == 0 ? CELL_NULL : length > SQL_LONG_VALUE ? CELL_TEXT : 0;
}

#endif
