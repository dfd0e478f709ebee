/* surnames.h - what Chinese names begin with. */
#ifndef YINMA_PATTERNS_SURNAMES_H
#define YINMA_PATTERNS_SURNAMES_H

#include "patterns/han.h"

/* Is the Han character at P a surname? */
bool surname_is_single(const uint8_t *p);
/* Are the two Han characters at P one (歐陽)? */
bool surname_is_compound(const uint8_t *p);

#endif
