/* numbering_plan.h - telephone numbers of Taiwan: area codes and the length of what follows. */
#ifndef YINMA_PATTERNS_NUMBERING_PLAN_H
#define YINMA_PATTERNS_NUMBERING_PLAN_H

#include "patterns/mask_marks.h"

enum { PHONE_DIGITS_MAX = 12 };

struct area_code {
    char code[5]; /* with the trunk zero */
    uint8_t code_len;
    uint8_t subscriber;    /* digits that follow */
    char first_digits[11]; /* of the subscriber number */
    const char *area;
};

/* The row of a whole number in national form (with the trunk zero), or NULL. */
const struct area_code *area_code_of(const char *digits, size_t len);
/* Is that the row of a code of two digits? Asked with the number's first three and its length. */
bool area_code_of_two(uint8_t zero, uint8_t area, uint8_t next, size_t len);

/* The row whose code SYMBOLS show; the number may have any length. NULL when they show none. */
const struct area_code *area_code_shown(const char *symbols, size_t len);

/* +886…, 886…, 002886… -> 0…, in place (also +886-0912…, +886(0)2…). Breaks move along. */
void phone_to_national(struct masked_number *number);

/* Length of TEXT without an extension: #123, ext. 123, x123, 分機123, 轉123, ~123. TEXT.len when it
 * has none. What stands before "x" or "#" must end in a digit. */
size_t phone_without_extension(struct bytes text);

#endif
