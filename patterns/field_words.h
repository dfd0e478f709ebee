/* field_words.h - the name of a field cut into words: case, '_', '-', '.', blanks, camel case, full
 * width and brackets do not matter. `rcvTel`, `RCV_TEL` and `rcv tel` are the words rcv and tel. */
#ifndef YINMA_PATTERNS_FIELD_WORDS_H
#define YINMA_PATTERNS_FIELD_WORDS_H

#include "core/bytes.h"

enum { FIELD_WORDS_TEXT = 120, FIELD_WORDS_MAX = 40 };

struct field_words {
    char text[FIELD_WORDS_TEXT]; /* the words joined, lower case; of long names the end */
    size_t len;
    uint8_t start[FIELD_WORDS_MAX]; /* where each word begins; every Han character is one */
    size_t count;
};

/* NAME: a column's name or a caption. What stands in brackets is left out; of a caption also what
 * follows its first comma, semicolon, colon or full stop. */
enum field_name_use { FIELD_COLUMN, FIELD_CAPTION };
void field_words_cut(struct bytes name, enum field_name_use use, struct field_words *out);

/* The last word. */
struct bytes field_words_last(const struct field_words *words);

/* Drop LEN bytes from the end. */
void field_words_drop(struct field_words *words, size_t len);

#endif
