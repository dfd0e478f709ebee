/* vocabulary.h - the words every room uses for what a value is (contract, section 1). Their printed
 * names stand in vocabulary.c and nowhere else. */
#ifndef YINMA_CORE_VOCABULARY_H
#define YINMA_CORE_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How well one value is hidden. */
enum mask_state { STATE_CLEAR, STATE_WEAK, STATE_MASKED, STATE_ENCRYPTED, STATE_COUNT };

enum confidence { CONFIDENCE_NONE, CONFIDENCE_POSSIBLE, CONFIDENCE_LIKELY, CONFIDENCE_CERTAIN };

/* Legal category of a kind under the Personal Data Protection Act. */
enum legal { LEGAL_NONE, LEGAL_CONTACT, LEGAL_FINANCIAL, LEGAL_IDENTITY, LEGAL_SPECIAL };

/* Why a value counts; a set. */
enum evidence {
    EVIDENCE_CHECKSUM = 1 << 0,   /* the check digit fits */
    EVIDENCE_PREFIX = 1 << 1,     /* issuer, area or county code exists */
    EVIDENCE_LAYOUT = 1 << 2,     /* written in groups as people write it */
    EVIDENCE_FIELD_NAME = 1 << 3, /* the column's name says so */
    EVIDENCE_CONTEXT = 1 << 4,    /* a telling word stands before it */
    EVIDENCE_SHARE = 1 << 5,      /* most values of the column are of this kind */
    EVIDENCE_COMPANY = 1 << 6,    /* the kind it needs beside it stands in the same table */
    EVIDENCE_DUMMY = 1 << 7,      /* a value everybody uses for trying out */
    EVIDENCE_MASK_FORM = 1 << 8,  /* masked the way this kind is masked */
    EVIDENCE_WORDS = 1 << 9,      /* made of the words of its kind (county, surname …) */
    EVIDENCE_COUNT = 10
};

const char *mask_state_name(enum mask_state state);
const char *confidence_name(enum confidence confidence);
bool confidence_from_name(const char *name, enum confidence *out);
const char *legal_name(enum legal legal);
/* Name of the single evidence bit number INDEX (0 … EVIDENCE_COUNT - 1). */
const char *evidence_name(unsigned index);

#endif
