/* reference.h - a file that says a little of which values a production system holds, so that a test
 * system can be asked whether it holds them too. docs/reference-files.md says what such a file is,
 * what it gives away, and where the arithmetic comes from.
 *
 * Of each kind at most REFERENCE_VALUES values are kept, those with the smallest hashes under a key
 * of the file's own. Each is a mark on one of many places, 32 to 64 places a value: so of all
 * values that nobody has at least one in 64, at most one in 32, meets a mark by chance. */
#ifndef YINMA_RESULT_REFERENCE_H
#define YINMA_RESULT_REFERENCE_H

#include "core/error.h"
#include "result/value_sample.h"

enum {
    REFERENCE_VERSION = 1,
    REFERENCE_VALUES = 32768, /* of one kind */
    REFERENCE_ASKED = 4096,   /* of one field that is compared */
    REFERENCE_KINDS = 64,
    REFERENCE_NAME = 32,
    REFERENCE_BITS_MIN = 8, /* places: a power of two */
    REFERENCE_BITS_MAX = 21,
    REFERENCE_PLACES_A_VALUE = 32, /* at least */
};

struct reference_kind {
    char name[REFERENCE_NAME];
    uint64_t values; /* different ones in production, by estimate */
    uint64_t below;  /* only values with a smaller hash may have a mark */
    unsigned bits;   /* 2^bits places */
    uint32_t marked;
    uint8_t *marks; /* a bit a place */
};

struct reference {
    uint64_t key;
    bool writing; /* it is being made: values are collected, not compared */
    struct reference_kind kinds[REFERENCE_KINDS];
    unsigned kind_count;
};

/* An empty one with a new key. 0 or a negative code. */
int reference_new(struct reference **out, struct error *err);
/* 0, or YINMA_E_USAGE with what is wrong with FILE, YINMA_E_MEMORY. */
int reference_read(const char *file, struct reference **out, struct error *err);
void reference_free(struct reference *reference);

/* Mark the places of the values of SAMPLE. 0 or YINMA_E_MEMORY. */
int reference_mark(struct reference *reference, const char *kind, const struct value_sample *sample,
                   struct error *err);
/* Write FILE, mode 0600, whole or not at all. 0 or a negative code. */
int reference_write(const struct reference *reference, const char *file, struct error *err);

static inline size_t reference_mark_bytes(unsigned bits) {
    return ((size_t)1 << bits) / 8;
}

const struct reference_kind *reference_find(const struct reference *reference, const char *kind);
bool reference_holds(const struct reference_kind *kind, uint64_t hash);

/* How many values of a kind there can be; 0 = so many that none meets another by chance. */
double reference_domain(const char *kind);

/* A field beside the reference. */
struct overlap {
    uint64_t asked;    /* different values of it that might have a mark: at most REFERENCE_ASKED */
    uint64_t met;      /* of them: on a mark */
    uint64_t expected; /* … so many by chance, if all were made up */
    uint64_t values;   /* values of the field that are real people's, by estimate */
    double share;      /* of its different values, 0 … 1 */
    double chance;     /* of meeting that many or more if all were made up; 1: nothing was asked */
};
/* SAMPLE: of the field, under the reference's key. VALUES: how many it holds. */
void overlap_estimate(const struct reference_kind *kind, const struct value_sample *sample,
                      uint64_t values, struct overlap *out);
/* Is that more than chance? */
bool overlap_is_real(const struct overlap *overlap);

#endif
