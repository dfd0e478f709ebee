/* hidden_text.h - what kinds have in common for which the contract asks no more than that half of
 * the characters be hidden, and words that stand where a value is missing. */
#ifndef YINMA_PATTERNS_HIDDEN_TEXT_H
#define YINMA_PATTERNS_HIDDEN_TEXT_H

#include "patterns/mask_marks.h"

/* "N/A", "null", "-", 無, 未填: nobody's value. */
bool hidden_text_says_nothing(struct bytes text);

/* TEXT of letters, digits, separators (- / . + blank, brackets) and marks, USUAL characters long
 * when nothing is left out: MASKED when at least the policy's share of them is hidden. Texts
 * without a mark, with anything else or longer than that: as reading_without_shape. */
enum read_result hidden_text_read(const struct value *value, size_t usual,
                                  const struct mask_policy *policy, struct reading *out);

/* Running text of any characters, of which whole runs are replaced by marks. */
enum read_result hidden_words_read(const struct value *value, const struct mask_policy *policy,
                                   struct reading *out);

/* "***" and the last three characters of what is long enough. */
void hidden_text_show(struct bytes text, struct text_buffer *out);
/* "***" alone. */
void hidden_words_show(struct bytes text, struct text_buffer *out);

#endif
