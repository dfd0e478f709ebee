/* surnames.h - what Chinese names begin with. */
#ifndef YINMA_PATTERNS_SURNAMES_H
#define YINMA_PATTERNS_SURNAMES_H

#include "patterns/han.h"
#include "patterns/three_han.h"

/* By slot of its code; surnames.c. */
enum { SURNAME_SINGLE_BITS = 11 };
extern const uint16_t surname_singles[1U << SURNAME_SINGLE_BITS];
#define SURNAME_SINGLE_MULTIPLIER 0x8f6d0559U
#define SURNAME_SINGLE_SLOT(code) HAN_SLOT(code, SURNAME_SINGLE_MULTIPLIER, SURNAME_SINGLE_BITS)

enum { SURNAME_COMPOUND_BITS = 9 };
extern const uint32_t surname_compounds[1U << SURNAME_COMPOUND_BITS];
#define SURNAME_COMPOUND_MULTIPLIER 0x95e761d1U

/* Is the Han character at P a surname? */
static inline bool surname_is_single(const uint8_t *p) {
    uint32_t code = han_code(p);
    return surname_singles[SURNAME_SINGLE_SLOT(code)] == code;
}
/* Are the two Han characters at P one (歐陽)? */
bool surname_is_compound(const uint8_t *p);

#endif
