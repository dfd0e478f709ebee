/* severity.h - the one published table (contract, section 8; `yinma list severity`). */
#ifndef YINMA_CATALOG_SEVERITY_H
#define YINMA_CATALOG_SEVERITY_H

#include "catalog/rule.h"

struct severity_question {
    const struct rule *rule;
    const char *kind; /* or role */
    enum legal legal;
    bool parent_broken; /* does the rule's parent fail for the same field? */
    bool only_dummies;  /* all clear values are dummies: severity falls to low */
    bool rest_hidden;   /* masks complement each other, but something stays hidden */
};
enum severity severity_of(const struct severity_question *question);

/* The table as text rows for `list severity`; ends with when == NULL. Same order as applied. */
struct severity_row {
    const char *when; /* a gettext message */
    enum severity severity;
};
extern const struct severity_row severity_table[];

#endif
