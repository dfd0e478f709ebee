/* special_category.h - how the kinds of article 6 of the Personal Data Protection Act are read:
 * their field's name tells, and whatever stands there is clear unless it is hidden. */
#ifndef YINMA_PATTERNS_SPECIAL_CATEGORY_H
#define YINMA_PATTERNS_SPECIAL_CATEGORY_H

#include "patterns/hidden_text.h"

#define SPECIAL_CATEGORY_CHECK "any text in a field of that name, unless it is hidden"

static inline enum read_result special_category_read(const struct value *value,
                                                     const struct mask_policy *policy,
                                                     struct reading *out) {
    struct bytes text = value->text;
    if (hidden_text_says_nothing(text)) {
        return READ_NO;
    }
    enum read_result result = hidden_words_read(value, policy, out);
    return result != READ_NO ? result : reading_clear(out, 0, text);
}

#endif
