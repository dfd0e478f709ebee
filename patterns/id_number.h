/* id_number.h - the family of ten-character numbers of persons in Taiwan: letter, class, digits,
 * check digit. The three kinds differ in their second character only.
 *
 * Check: every character has a value (the letter its two-digit county code, tens + 9 * units); the
 * sum of values times 1 for the letter, then 8 7 6 5 4 3 2 1 1, is a multiple of ten. Source: the
 * number's description by the Ministry of the Interior; old resident numbers put the units digit of
 * their second letter's code in place of that letter. */
#ifndef YINMA_PATTERNS_ID_NUMBER_H
#define YINMA_PATTERNS_ID_NUMBER_H

#include "patterns/pattern.h"

struct id_family {
    char first_class, last_class;   /* possible second characters, a range */
    uint8_t class_value;            /* what first_class counts; the next one counts one more */
    uint8_t letters;                /* in front: 1, or 2 for the old resident number */
    const char *const *dummy_tails; /* characters 3-10 of values everybody uses for trying out;
                                       valid or not. NULL-terminated. */
};

enum read_result id_number_read(const struct id_family *family, const struct value *value,
                                const struct mask_policy *policy, struct reading *out);

/* See pattern.read_plain; the evidence is the checksum. */
void id_number_read_plain(const struct id_family *family, struct value_column *column);

/* "A12****789", the same for all of the family. */
void id_number_show(struct bytes text, struct text_buffer *out);

/* Does TEXT, ten characters in upper case, pass the check? */
bool id_number_valid(const struct id_family *family, const uint8_t *text);

/* How many valid numbers fit the ten SYMBOLS, '*' for a hidden one. */
uint64_t id_number_residual(const struct id_family *family, const char *symbols);

#endif
