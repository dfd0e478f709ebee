/* lexicon.h - what the name of a field says. Names are normalised (case, '_', '-', '.', blanks,
 * camel case, full width, trailing numbers, brackets) and compared by words from the end:
 * `rcv_tel` ends in "tel", `phone_model` does not end in "phone", 收件人電話 ends in 電話. The
 * longest entry wins, so 身分證統一編號 is an ID and 統一編號 a firm's number. */
#ifndef YINMA_PATTERNS_LEXICON_H
#define YINMA_PATTERNS_LEXICON_H

#include "patterns/pattern.h"

enum name_strength {
    NAME_SAYS_NOTHING, /* not in the lexicon: the values decide */
    NAME_OTHER,        /* known to mean something that is no kind (order_no, card_type) */
    NAME_HINT,         /* may mean a kind; needs company or proof */
    NAME_TELLS,        /* means a kind */
};

struct name_reading {
    enum name_strength strength;
    kind_set kinds; /* that the name can mean (a "phone" is mobile or landline) */
    kind_set
        leaves_open;    /* NAME_OTHER: kinds that it may mean as well (id: a row's or a person's) */
    int first_kind;     /* the one that values which prove nothing go to; -1 */
    uint32_t role_bits; /* bit i = roles[i] */
    bool says_masked;   /* card_no_masked, last4 … */
    bool says_hashed;   /* idno_sha256 */
    bool says_firm;     /* store_phone, 門市電話: a firm's own, nobody's */
    bool says_keyed;    /* idno_hmac, idno_enc */
};

struct lexicon;

/* Built from those of KINDS (which must outlive it) that are on by default or TURNED_ON, the roles
 * and the general list of other names. NULL when memory is out. Const afterwards: may be shared. */
struct lexicon *lexicon_new_of(kind_list kinds, kind_set turned_on);
/* Of the built-in kinds that are on by default. */
struct lexicon *lexicon_new(void);
kind_list lexicon_kinds(const struct lexicon *lexicon);
void lexicon_free(struct lexicon *lexicon);

/* COLUMN and LABEL are UTF-8; the one that says more wins, COLUMN when both say as much. */
void lexicon_read(const struct lexicon *lexicon, struct bytes column, struct bytes label,
                  struct name_reading *out);

#endif
