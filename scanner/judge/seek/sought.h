/* sought.h - the values of one person that somebody asks for (`scan --find`), made ready to be
 * looked for: as digits, as texts in the ways they are written, as plain digests. Holds values in
 * clear: they are overwritten when it is let go of, and nothing of them is ever printed.
 *
 * Built before the workers are made, const afterwards. */
#ifndef YINMA_JUDGE_SEEK_SOUGHT_H
#define YINMA_JUDGE_SEEK_SOUGHT_H

#include "core/error.h"
#include "patterns/lexicon.h"
#include "result/fingerprint.h"
#include "result/found.h"

enum {
    SOUGHT_TEXT_MAX = 256, /* bytes of one value */
    SOUGHT_WRITINGS = 4,   /* of one text: 台 and 臺, half and full width */
    SOUGHT_DIGITS_MAX = 32,
    SOUGHT_LETTERS_MAX = 3,
};

enum sought_form {
    SOUGHT_NUMBER, /* letters and digits, in any grouping */
    SOUGHT_MAIL,   /* an address with '@', without regard to case */
    SOUGHT_TEXT,   /* anything else, as it is written */
};

struct sought_value {
    const struct pattern *pattern;
    unsigned kind;
    enum sought_form form;
    bool trunk_zero; /* a telephone number: its first 0 may be lost, or be +886 */
    uint8_t letter_count, digit_count;
    uint8_t letters[SOUGHT_LETTERS_MAX]; /* upper case */
    uint8_t digits[SOUGHT_DIGITS_MAX];
    uint8_t text_count;
    uint16_t text_len[SOUGHT_WRITINGS];
    uint8_t texts[SOUGHT_WRITINGS][SOUGHT_TEXT_MAX]; /* SOUGHT_MAIL: the first one, lower case */
};

struct sought;

/* KINDS, POLICIES and LEXICON must outlive it. NULL when memory is out. */
struct sought *sought_new(kind_list kinds, const struct mask_policy *policies,
                          const struct lexicon *lexicon);
void sought_free(struct sought *sought);

enum sought_answer {
    SOUGHT_TAKEN,
    SOUGHT_UNKNOWN,  /* nothing tells what it is */
    SOUGHT_NO_VALUE, /* no whole value of the kind that is named before it */
    SOUGHT_TOO_MANY, /* more than IDENTIFIERS_MAX */
    SOUGHT_NO_TEXT,  /* no UTF-8, or longer than SOUGHT_TEXT_MAX bytes */
};

/* Take LINE: a value, or "KIND: value", KIND being a name of the program or of a column (電話, id
 * no). */
enum sought_answer sought_add(struct sought *sought, struct bytes line);

/* All values are in: make their digests. 0 or YINMA_E_MEMORY. */
int sought_settle(struct sought *sought, struct error *err);

unsigned sought_count(const struct sought *sought);
const struct sought_value *sought_value_at(const struct sought *sought, unsigned number);
kind_list sought_kinds(const struct sought *sought);
const struct mask_policy *sought_policies(const struct sought *sought);

/* The identifier of which DIGEST is a plain digest, or -1. */
int sought_digest(const struct sought *sought, struct bytes digest);

/* What may be said of them, with fingerprints under KEY (NULL: none). */
void sought_describe(const struct sought *sought, const struct fingerprint_key *key,
                     struct person_asked *out);

#endif
