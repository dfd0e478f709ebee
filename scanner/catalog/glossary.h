/* glossary.h - the words of reports and rules in both languages, and the words that are not used
 * for the same thing. Data: translations, packs and pages are checked against it. */
#ifndef YINMA_CATALOG_GLOSSARY_H
#define YINMA_CATALOG_GLOSSARY_H

struct term {
    const char *key;      /* "clear", "zone pc"; NULL ends the list */
    const char *en, *zh;  /* en is also a gettext message where it stands in a report */
    const char *never_zh; /* words that are not used for it, with commas between them; "" */
};
extern const struct term glossary[];

/* The row of KEY; NULL. */
const struct term *glossary_term(const char *key);

#endif
