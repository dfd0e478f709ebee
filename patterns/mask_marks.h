/* mask_marks.h - what stands for a hidden character, and numbers in which characters are hidden.
 * Shared by the kinds. Texts are as in struct value: half width already, so '*' is also ＊. */
#ifndef YINMA_PATTERNS_MASK_MARKS_H
#define YINMA_PATTERNS_MASK_MARKS_H

#include "patterns/pattern.h"

/* Length in bytes of the mark at P (LEFT > 0 bytes left), 0 when there is none. Marks that are
 * never a part of a value: * # ○ ● ◯ ◎ 〇 • █ ■ ▇ □ × …. The letters x and o and the digit 0 are
 * marks in some kinds only. '?' and '_' are none: '?' is what a lost character leaves behind. */
size_t mask_mark_length(const uint8_t *p, size_t left);

/* Is one of those in TEXT? */
bool mask_marks_in(struct bytes text);

/* Nothing of the value is shown: "***", "＊＊＊＊", "XXX-XXX", "○○○", "[REDACTED]", "已遮蔽". */
bool mask_hides_all(struct bytes text);

enum { MASKED_NUMBER_MAX = 32 };

/* A number with its separators taken out and its hidden places as '*'. */
struct masked_number {
    uint8_t count;      /* symbols */
    uint8_t hidden;     /* of them */
    uint8_t head, tail; /* shown ones before the first and after the last hidden one; without a
                           hidden one both are `count` */
    uint8_t runs;       /* of hidden symbols */
    bool plus;          /* began with '+' */
    uint32_t breaks;    /* bit i: separators stand before symbol i */
    char symbols[MASKED_NUMBER_MAX];
    uint8_t form_len;
    char form[FORM_MAX];
};

/* Read TEXT, made of digits, marks (x and X too, runs of O too), up to LETTERS letters in front and
 * the given SEPARATORS (at most two in a row, none at the end but ')'). Letters become upper case.
 * False when it holds anything else, no symbol, or too many. */
bool masked_number_parse(struct bytes text, unsigned letters, const char *separators,
                         struct masked_number *out);

/* A mask of the wrong length is judged by what it shows: make the one hidden run as long as it
 * takes to give LENGTH symbols. False when the length is wrong and cannot be mended so. */
bool masked_number_fit(struct masked_number *number, unsigned length);

/* 10 to the power of EXPONENT, at most 18. */
uint64_t power_of_ten(unsigned exponent);

/* ---- results that all kinds share ---- */

/* Fill OUT for a value of which nothing is hidden; NORMAL as in struct reading. */
static inline enum read_result reading_clear(struct reading *out, uint32_t evidence,
                                             struct bytes normal) {
    out->state = STATE_CLEAR;
    out->evidence = evidence;
    out->residual = 0;
    out->fits_others = false;
    out->normal = normal;
    out->form_len = 0;
    return READ_YES;
}

/* Fill OUT for a value that hides something. */
enum read_result reading_hidden(struct reading *out, enum mask_state state, uint32_t evidence,
                                uint64_t residual, struct bytes text, const char *form,
                                size_t form_len);

/* The last thing a kind tries: nothing shown (MASKED), a digest or cipher text (ENCRYPTED), or
 * READ_NO. Neither says which kind it was, so there is no evidence. */
enum read_result reading_without_shape(const struct value *value, struct reading *out);

/* A form that grows run by run: '#' for any number of shown characters, '*' for hidden ones. */
struct form_writer {
    size_t len;
    char text[FORM_MAX];
};
void form_run(struct form_writer *form, char run);
/* A character that stands as it is; cut off when the form is full. */
void form_literal(struct form_writer *form, struct bytes character);

#endif
