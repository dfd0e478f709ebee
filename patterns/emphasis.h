/* emphasis.h - marks that make a value stand out in text and hide nothing: **王小明**, `0912…`. */
#ifndef YINMA_PATTERNS_EMPHASIS_H
#define YINMA_PATTERNS_EMPHASIS_H

#include "core/bytes.h"

/* How many equal marks TEXT begins with that as many end, in the same line, about something of
 * which nothing is hidden; 0: it does not. *close is where those at the end begin. */
size_t emphasis_length(struct bytes text, size_t *close);

static inline bool emphasis_may_begin(uint8_t c) {
    return c == '*' || c == '_' || c == '`' || c == '~';
}

/* TEXT without such marks at both its ends. */
struct bytes emphasis_without(struct bytes text);

#endif
