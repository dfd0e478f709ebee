/* severity.h - the one published table: level × kind × state × zone (contract, section 8;
 * `yinma list severity`). */
#ifndef YINMA_CATALOG_SEVERITY_H
#define YINMA_CATALOG_SEVERITY_H

#include "catalog/rule.h"

struct severity_question {
    const struct rule *rule;
    const char *kind; /* or role */
    enum legal legal;
    uint32_t states;    /* bit per enum mask_state of the values that break the rule; 0: not told */
    zone_set zones;     /* of the unit; 0: not told */
    bool parent_broken; /* does the rule's parent fail for the same field? */
    bool only_dummies;  /* all clear values are dummies: severity falls to low */
    bool rest_hidden;   /* masks complement each other, but something stays hidden */
};
enum severity severity_of(const struct severity_question *question);

enum severity_condition {
    IF_ANYTHING,
    IF_ONLY_DUMMIES,
    IF_REST_HIDDEN,
    IF_GIVEN_BY_PACK, /* the rule's own severity holds */
    IF_PARENT_BROKEN,
};

/* A row holds when everything it names fits; empty members fit all. The first that holds counts. */
struct severity_row {
    const char *when; /* a gettext message; NULL ends the table */
    enum severity severity;
    enum severity_condition condition;
    uint32_t levels;     /* bit per enum rule_level */
    const char *kinds;   /* names with blanks between them; NULL */
    uint32_t categories; /* bit per enum legal */
    uint32_t states;     /* bit per enum mask_state */
    zone_set zones;
};
extern const struct severity_row severity_table[];

#endif
