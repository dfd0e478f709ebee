/* people.h - how many people stand behind values: one person is one 筆, however many rows there
 * are. Counted by what tells people apart: national and resident IDs if there are any, else the
 * larger of mobile numbers and e-mail addresses. Only what stands in clear can be counted. */
#ifndef YINMA_RESULT_PEOPLE_H
#define YINMA_RESULT_PEOPLE_H

#include "result/results.h"

enum people_basis { PEOPLE_BY_ID, PEOPLE_BY_MOBILE, PEOPLE_BY_MAIL, PEOPLE_BASES };

struct people {
    struct sketch by[PEOPLE_BASES];
    /* Of other kinds that mostly belong to one person: the field with the most different values. */
    uint64_t other;
    bool other_exact;
    const struct field_result *other_field; /* NULL: none */
};

struct people_count {
    uint64_t count;
    enum people_basis basis; /* PEOPLE_BASES: none */
    bool exact;
};

/* Standard error of a count that is an estimate: HyperLogLog, p = 10. */
#define PEOPLE_ERROR 0.033

/* What values of that kind count people by; PEOPLE_BASES: nothing. */
enum people_basis people_basis_of(const char *kind);

void people_init(struct people *people);
void people_release(struct people *people);
/* FIELD belongs to those that are counted; twice counts once. */
void people_add(struct people *people, const struct field_result *field);
/* Add what FROM counts, of fields behind those of INTO. */
void people_merge(struct people *into, const struct people *from);
struct people_count people_result(const struct people *people);

#endif
