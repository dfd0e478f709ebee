/* number_form.h - numbers that all have one length, as a table: what each place may hold, what it
 * adds to the check sum, how the number may begin. A column of such numbers is read sixteen at a
 * time where the processor can; the scalar variant is the reference. */
#ifndef YINMA_PATTERNS_NUMBER_FORM_H
#define YINMA_PATTERNS_NUMBER_FORM_H

#include <string.h>

#include "core/block64/variant_for.h"

enum { NUMBER_FORM_PLACES = 16, NUMBER_FORM_VALUES = 32, NUMBER_FORM_SUM_MOST = 2000 };

/* For `span`: six places behind the number. */
#define NUMBER_FORM_ANY_6 UINT8_MAX, UINT8_MAX, UINT8_MAX, UINT8_MAX, UINT8_MAX, UINT8_MAX

/* The first four places as a number. */
struct number_lead {
    uint16_t first, last;
};

struct number_form {
    uint8_t length; /* bytes of the number, at most NUMBER_FORM_PLACES */
    /* By place: its byte is low … low + span. Behind the number: 0 and 255, nothing is asked. */
    uint8_t low[NUMBER_FORM_PLACES], span[NUMBER_FORM_PLACES];
    /* The sum of START and of all places is a multiple of ten and below NUMBER_FORM_SUM_MOST. A
     * place adds WEIGHT times what its byte is above LOW; those of MAPPED (bit i: place i) that
     * value's entry in MAP instead, where it is below NUMBER_FORM_VALUES. */
    uint16_t start, mapped;
    uint8_t weight[NUMBER_FORM_PLACES]; /* at most 127 */
    uint8_t map[NUMBER_FORM_VALUES];
    /* How it begins, where its first four places are digits; COUNT 0: anyhow. */
    const struct number_lead *leads;
    size_t lead_count;
    /* Numbers with one of these in the eight bytes from NEVER_AT on, of which NEVER_MASK chooses,
     * are left out. */
    const uint64_t *never;
    size_t never_count;
    uint64_t never_mask;
    uint8_t never_at;
};

/* Which of COUNT values of LEN bytes at AT are of the form: to FITS. NUMBER_FORM_PLACES bytes from
 * each are readable. Returns how many. */
typedef size_t number_form_fn(const struct number_form *form, const uint8_t *const *at,
                              const uint32_t *len, size_t count, bool *fits);
number_form_fn VARIANTS(number_form_fits);

/* The same where reading number by number is not as fast; elsewhere none are. */
static inline size_t number_form_take(enum isa isa, const struct number_form *form,
                                      const uint8_t *const *at, const uint32_t *len, size_t count,
                                      bool *fits) {
    if (isa == ISA_AVX512) {
        return VARIANT_FOR(isa, number_form_fits)(form, at, len, count, fits);
    }
    memset(fits, 0, count * sizeof *fits);
    return 0;
}

#endif
