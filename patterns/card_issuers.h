/* card_issuers.h - which first digits belong to payment cards, and how long their numbers are. */
#ifndef YINMA_PATTERNS_CARD_ISSUERS_H
#define YINMA_PATTERNS_CARD_ISSUERS_H

#include "core/bytes.h"
#include "patterns/number_form.h"

enum { CARD_LENGTH_MIN = 14, CARD_LENGTH_MAX = 19, CARD_PREFIX_DIGITS = 4, CARD_LEADS_MAX = 16 };

#define CARD_LENGTH(n) (1U << (n))

struct card_issuer {
    const char *brand;
    uint16_t first, last; /* range of the first CARD_PREFIX_DIGITS digits */
    uint32_t lengths;     /* CARD_LENGTH bits */
};

/* Sorted by `first`, ranges do not overlap. */
extern const struct card_issuer card_issuers[];
extern const size_t card_issuer_count;

/* The row of a card number that begins with the digits at P and has LEN of them, or NULL. */
const struct card_issuer *card_issuer_of(const uint8_t *p, size_t len);

/* Is NUMBER one that payment services publish for trying out? P: LEN digits. */
bool card_is_dummy(const uint8_t *p, size_t len);

/* Numbers of 16 digits that pass the check, of all issuers, but those whose last eight digits are
 * those of a dummy. LEADS is written and belongs to the form. */
struct number_form card_form_of_16(struct number_lead leads[CARD_LEADS_MAX]);

/* How many valid numbers fit the LEN SYMBOLS, '*' for a hidden one. */
uint64_t card_residual(const char *symbols, size_t len);

#endif
