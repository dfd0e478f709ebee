/* field_qualifiers.h - what stands at the end of a field's name and says how the value is kept
 * (masked, hashed, the last four digits, the second one), not what it is. */
#ifndef YINMA_PATTERNS_FIELD_QUALIFIERS_H
#define YINMA_PATTERNS_FIELD_QUALIFIERS_H

#include "patterns/field_words.h"

enum qualifier_effect {
    QUALIFIER_NONE = 0,
    QUALIFIER_MASKED = 1 << 0, /* something of the value is hidden or left out */
    QUALIFIER_HASHED = 1 << 1,
    QUALIFIER_KEYED = 1 << 2, /* a secret goes into the digest or the cipher */
};

/* Take one qualifier off the end. Returns the bytes dropped, 0 = there was none; *effect is added
 * to. */
size_t field_qualifier_take(struct field_words *words, unsigned *effect);

/* Effects of words anywhere in the name: masked_pan, md5_idno. */
unsigned field_qualifier_effects(const struct field_words *words);

/* Is TEXT the word for a person or an end of a delivery, that runs into the next word when nobody
 * parts them: receivermobile, custname, usertel? */
bool field_owner_word(struct bytes text);

/* Names that mean no kind by themselves (order no, status, 狀態). NULL-terminated. */
extern const char *const field_other_names[];

#endif
