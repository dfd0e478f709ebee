/* shown_digits.h - which digits of a card forms of masked values show ("######******####"). */
#ifndef YINMA_JUDGE_SHOWN_DIGITS_H
#define YINMA_JUDGE_SHOWN_DIGITS_H

#include "result/facts.h"

/* Does a form show anything but the last four digits? */
bool form_beyond_last4(const char *form);
/* Does a form show more of a card than the issuer's number and the last four digits? Numbers of
 * issuers have eight digits since ISO/IEC 7812-1:2017; of cards with fewer than sixteen digits PCI
 * DSS (FAQ 1091) lets six be shown. */
bool form_beyond_bin_last4(const char *form);

/* How many values of FACTS show more than BEYOND_FORM allows, of which CLEAR are clear. */
uint64_t count_beyond(const struct kind_facts *facts, uint64_t clear,
                      bool (*beyond_form)(const char *form));

#endif
