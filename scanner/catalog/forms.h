/* forms.h - the printed forms of the documents (rules/forms/PACK.tsv): every number of a form in
 * its order of print, with level, class and whether data can judge it. Numbers stand as printed,
 * slips of the print included. */
#ifndef YINMA_CATALOG_FORMS_H
#define YINMA_CATALOG_FORMS_H

#include "core/bytes.h"

enum form_judged {
    FORM_NOT_JUDGED, /* data cannot judge it */
    FORM_EVIDENCE,   /* data gives proof that a person weighs */
    FORM_DIRECT,     /* data can break it */
};

struct form_row {
    struct bytes section; /* as printed; views of the form */
    struct bytes level;   /* "requirement", "better-practice" … */
    bool class_two;       /* class II firms only */
    enum form_judged judged;
};

struct form {
    const char *pack;
    struct bytes tsv; /* a line of column names, then a line a number */
};

/* Made by the build from rules/forms/. Ends with pack == NULL. */
extern const struct form embedded_forms[];

/* NULL: that pack's document has no form. */
const struct form *form_find(const char *pack);

/* Take the next row from *REST, which begins as the form's `tsv`. False at the end. */
bool form_next(struct bytes *rest, struct form_row *out);

/* Does SECTION stand in the form, or a number below it ("5.3" for 5.3.4)? */
bool form_has(const struct form *form, struct bytes section);

/* Is NUMBER the number TOP or one below it? */
bool form_below(struct bytes number, struct bytes top);

#endif
