/* chosen_word.h - words that somebody may have chosen as a password, and those that stand for one
 * in manuals, programs and settings. */
#ifndef YINMA_PATTERNS_CHOSEN_WORD_H
#define YINMA_PATTERNS_CHOSEN_WORD_H

#include "core/bytes.h"

/* Where the word at AT ends, without marks of the sentence behind it. */
size_t chosen_word_end(struct bytes text, size_t at);
/* Words, names, dates and places are no passwords: these have letters and digits, signs among
 * letters, or digits alone, or are hidden. */
bool chosen_word_looks(struct bytes word);
bool chosen_word_is_number(struct bytes word); /* digits alone */

/* Of texts that are not empty. */
bool chosen_word_is_variable(struct bytes text);
bool chosen_word_is_path(struct bytes text);
bool chosen_word_is_placeholder(struct bytes text);
bool chosen_word_is_partly_hidden(struct bytes text);

#endif
