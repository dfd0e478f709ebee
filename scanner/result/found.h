/* found.h - where the values of one person stand (`scan --find`): places, never the values. Whoever
 * was asked for is known by the numbers of the identifiers, in the order in which they were given.
 * Facts of a whole unit, in the order of the data: what looks for a person takes nothing to pieces
 * (run/pieces/ranges.h), so they need not be put together. */
#ifndef YINMA_RESULT_FOUND_H
#define YINMA_RESULT_FOUND_H

#include <stdint.h>

#include "core/bytes.h"

enum {
    IDENTIFIERS_MAX = 16,
    FOUND_KEPT = 10000, /* places of one identifier and one sort in one unit; more are counted */
    FOUND_SHOWN_MAX = 96,
};

enum found_sort {
    FOUND_VALUE,    /* the value itself */
    FOUND_COULD_BE, /* a mask; what it shows fits the value, and the values of others too */
    FOUND_DIGEST,   /* the plain digest of the value, which proves it as well as the value does */
    FOUND_SORTS
};
/* "value", "could-be", "digest" */
const char *found_sort_name(enum found_sort sort);
bool found_sort_from_name(struct bytes name, enum found_sort *out);

struct found_place {
    uint32_t field;      /* field_facts.number in its unit */
    uint8_t identifier;  /* from 0 */
    uint8_t sort;        /* enum found_sort */
    uint8_t state;       /* enum mask_state */
    uint8_t digest;      /* FOUND_DIGEST: its length in bytes; else 0 */
    uint8_t together;    /* identifiers that fit in the same row, this one included; 0 = unknown */
    bool in_name;        /* it stands in the name of the unit; `field` is none then */
    uint32_t length;     /* bytes, as read */
    uint64_t row, line;  /* from 1; 0 = unknown */
    uint64_t offset;     /* from 0; UINT64_MAX = unknown */
    uint64_t candidates; /* FOUND_COULD_BE: how many valid values fit the mask; 0 = not known */
    char shown[FOUND_SHOWN_MAX]; /* FOUND_COULD_BE: the mask; else empty */
};

struct found_places {
    struct found_place *places; /* owned */
    uint32_t count, capacity;
    /* IDENTIFIERS_MAX rows, those that are not kept included; owned; NULL: nothing was counted, as
     * in all units of a run that looks for nobody. */
    uint64_t (*total)[FOUND_SORTS];
};

/* Room for totals. False when memory is out. */
bool found_places_reach_totals(struct found_places *found);
uint64_t found_places_total(const struct found_places *found, unsigned identifier,
                            enum found_sort sort);

/* Count PLACE, and keep it when there is room for its sort. False when memory is out. */
bool found_places_add(struct found_places *found, const struct found_place *place);
/* The same without counting: for what was counted where it came from. */
bool found_places_keep(struct found_places *found, const struct found_place *place);
/* Bring them into the order of the data; a place that was met twice counts once. */
void found_places_settle(struct found_places *found);
void found_places_release(struct found_places *found);

/* What a run was asked for. */
struct identifier_asked {
    const char *kind;       /* static name, or owned by whoever read it */
    const char *kind_title; /* a gettext message */
    bool many_share_it;     /* a name, an address: it may be somebody else's */
    char fingerprint[33];   /* keyed; "" when there is no key */
    uint64_t total[FOUND_SORTS];
};
struct person_asked {
    unsigned count; /* 0: the run does not look for a person */
    struct identifier_asked identifiers[IDENTIFIERS_MAX];
};

/* The days that the platform document gives for an answer: a query or a copy (3.4.1.5), a dispute
 * or a request to stop (3.6.4.2). */
enum { ANSWER_DAYS = 10, DISPUTE_DAYS = 30 };

#endif
