/* pattern.h - one row a kind of personal data: how it is written, checked, masked and named. Data
 * experts edit here; nothing in this room knows files, formats or the matching engine.
 *
 * Adding a kind: a file with a `const struct pattern`, its row in registry.c, its line in
 * CMakeLists.txt. Its examples are run by the suite without naming it.
 *
 * A kind's number is its place in the registry; sets of kinds are 64-bit words (kind_set). */
#ifndef YINMA_PATTERNS_PATTERN_H
#define YINMA_PATTERNS_PATTERN_H

#include "core/block64/block64.h"
#include "core/bytes.h"
#include "core/text_buffer.h"
#include "core/vocabulary.h"

typedef uint64_t kind_set;

enum { PATTERN_MAX = 64, FORM_MAX = 40, NORMAL_MAX = 48, COLUMN_GROUPS = 16 };

/* One value as it is handed to a pattern. */
struct value {
    struct bytes text; /* UTF-8, escapes undone, half width, without blanks at both ends */
    bool ascii;        /* no byte of text has its high bit set */
    bool number;       /* stood as a bare number: leading zeros may be lost */
    bool named;        /* the field's name (NAME_TELLS) or a word before the value tells this kind:
                          doubts that only a lone value raises are put aside (a landline without
                          separators, a card number that could be a time stamp, a foreign name) */
    bool part;         /* the field's name says that it holds a part only (card_last4) */
};

/* When is a value that hides something hidden well enough? The defaults stand in the rows
 * (contract, section 7); `masks:` of the configuration replaces them. Only the members that a
 * kind's read looks at matter for it. */
struct mask_policy {
    uint8_t max_shown_tail;     /* card: so many last digits may be shown, nothing else */
    uint8_t min_hidden;         /* at least so many characters hidden */
    uint8_t min_hidden_percent; /* of the characters that count for the kind */
    uint32_t min_residual;      /* at least so many valid values still fit */
    bool nothing_shown;         /* not one character may be shown */
};

/* What a value turned out to be. Only what read() sets on READ_YES is defined. */
struct reading {
    enum mask_state state;
    uint32_t evidence;   /* CHECKSUM, PREFIX, LAYOUT, DUMMY, MASK_FORM, WORDS: from the value */
    uint64_t residual;   /* hidden values: how many valid values fit; 0 = not known */
    bool fits_others;    /* hidden values: what is shown fits other kinds just as well */
    struct bytes normal; /* the value without its way of writing (contract, section 4: upper case,
                            half width, +886 -> 0, no separators); a view of the text or of
                            normal_buffer */
    uint8_t form_len;    /* hidden values: the form, '#' shown and '*' hidden, characters that
                            always stand (separators, '@') as they are; 0 for clear ones */
    char form[FORM_MAX];
    uint8_t normal_buffer[NORMAL_MAX];
};

/* Values of one named column that are read together: what the hot path of a dump consists of. */
enum { VALUE_COLUMN_MAX = 128, VALUE_NORMAL_MAX = 16 };
struct value_column {
    size_t count;
    bool named;   /* as in struct value */
    enum isa isa; /* that may be used */
    /* As they stand, without escapes; 64 bytes from the first of each may be looked at. Pointers
     * and lengths apart: a pair written in two halves and read as a whole waits for its stores. */
    const uint8_t *at[VALUE_COLUMN_MAX];
    uint32_t len[VALUE_COLUMN_MAX];
    bool plain[VALUE_COLUMN_MAX]; /* out */
    /* Out, where normal_written is set: normal forms other than the text. */
    bool normal_written;
    uint8_t normal_len[VALUE_COLUMN_MAX];
    uint8_t normal[VALUE_COLUMN_MAX][VALUE_NORMAL_MAX];
};

enum read_result {
    READ_NO,     /* not this kind */
    READ_SHAPED, /* looks like it but fails its check: counts against the column */
    READ_YES,    /* `out` says what it is */
};

/* Which runs of digits and mask marks the lattice offers to this kind. A token is a run of digits
 * and marks with single separators between them. digits_min = 0: the lattice offers nothing. */
struct number_shape {
    uint8_t digits_min, digits_max; /* digits and marks together */
    uint8_t letters_before;         /* ASCII letters that belong to the value and stand before */
    const char *leads;              /* first digits (as text) that are possible; NULL = any. A mark
                                       in first place always is. */
    bool joined_only;               /* never with separators inside */
    /* Where one of these characters stands right behind the digits, extent() is asked with the
     * first digit as its anchor (the separators of a card's track); NULL = the digits are the
     * value. */
    const char *followed_by;
};

struct pattern_example {
    const char *text;
    enum mask_state state; /* expected; ignored where result != READ_YES */
    enum read_result result;
};

struct pattern {
    const char *name;  /* contract, section 5 */
    const char *title; /* shown to people: English, a gettext message */
    const char *check; /* how a value is checked, for people: English, a gettext message */
    enum legal legal;
    bool off_by_default; /* read only where the configuration turns it on */
    bool only_for_rules; /* a record only where a rule in force names the kind (a firm's number) */
    bool proves_itself; /* a clear value can be told without its field (checksum, prefix, layout) */
    /* How often random digits of the shape pass read(): 0.1 for one check digit. Used against the
     * count of READ_SHAPED values of the same column. 1 for kinds that prove nothing. */
    double chance;
    struct number_shape shape;
    /* Names of fields, for lexicon.h. Each is words in lower case parted by blanks ("id no"), or
     * Chinese. A leading '?' marks a name that is only a hint: it needs `company` in the same table
     * or values that prove themselves. A leading '~' marks a name of a field that holds a part only
     * ("card4no", last four digits), a leading '=' one that means something else as a rule but,
     * standing alone, may mean this kind if its values prove it ("id"). NULL-terminated; NULL =
     * none. */
    const char *const *field_names;
    /* Names that contain one of those and mean something else ("card type"). A leading '!' marks a
     * name of what is a firm's own ("store phone"): such values do not count, however good. */
    const char *const *other_names;
    /* Words that stand before a value in running text ("收件人", "cvv"), NULL-terminated. Found
     * without regard to ASCII case. A leading '?' as above; a leading '~' marks a word of daily use
     * ("name"), which is such a hint, too, and behind which a value must look like one by itself
     * and not be in ASCII. */
    const char *const *labels;
    /* Where the value stands in TEXT, which begins with a label whose value may begin AT; false: it
     * is none, whatever the label says. NULL: it ends before a blank, comma or bracket. */
    bool (*behind_label)(struct bytes text, size_t at, size_t *begin, size_t *end);
    /* A number that is found behind a label only, in groups or with a code in brackets before it:
     * (822) 123-4567890. */
    bool in_groups;
    /* Kinds that no run of digits gives away: words with which a value may begin (county names), or
     * one byte that stands inside it ('@'). Where one is found, extent() says where the value
     * around position ANCHOR of TEXT begins and ends; false = no value here. NULL / 0 = none. A
     * leading
     * '@' marks an anchor whose values have an '@' behind them ("@://" for "://"). */
    const char *const *anchors;
    uint8_t anchor_byte;
    bool (*extent)(struct bytes text, size_t anchor, size_t *begin, size_t *end);
    /* How a whole column without a name is told to be of a kind whose values prove nothing: each
     * clear value (its normal form) falls into one of COLUMN_GROUPS groups, and column_like() says
     * whether TOTAL values spread so are what people's are. NULL = such a column stays open. */
    unsigned (*column_group)(struct bytes normal);
    bool (*column_like)(const uint64_t groups[COLUMN_GROUPS], uint64_t total);
    bool company_by_column; /* such a column needs the `company` below beside it */
    /* Kinds whose numbers near it in running text make a hint tell as the company does,
     * NULL-terminated; NULL = none. */
    const char *const *near;
    bool extent_hints; /* what extent() finds is told by a hint alone … */
    bool extent_tells; /* … or as if a label stood before it */
    /* Where a value begins and ends that follows a label which ends AT, with nothing between. NULL:
     * none does. */
    bool (*directly)(struct bytes text, size_t at, size_t *begin, size_t *end);
    /* The same beside a number from FROM to TO that the company tells of. */
    bool (*beside)(struct bytes text, size_t from, size_t to, size_t *begin, size_t *end);
    const char *company; /* name of the kind whose presence makes a hint tell; NULL */
    bool company_always; /* even a name that tells needs it beside: a CVV without a card is doubtful
                          */
    struct mask_policy policy;
    enum read_result (*read)(const struct value *value, const struct mask_policy *policy,
                             struct reading *out);
    /* Which values of COLUMN are clear and written as nearly all are: those of which read() would
     * say READ_YES, STATE_CLEAR and exactly plain_evidence. Must agree with read(); not plain
     * decides nothing. NULL: every value is read by itself. */
    void (*read_plain)(struct value_column *column);
    uint32_t plain_evidence;
    /* Name of a kind of whose plain values read() of this one says READ_NO: where a column's name
     * allows both, they need not be asked of this one first. NULL = none. */
    const char *stands_aside_for;
    /* The value as reports may show it: hides at least what `policy` demands, whatever the state.
     * TEXT as in struct value. */
    void (*show)(struct bytes text, struct text_buffer *out);
    const struct pattern_example *examples; /* ends with text == NULL */
    /* A kind of the user's own: what it was made of, and instead of read and show … */
    const void *own;
    enum read_result (*read_own)(const void *own, const struct value *value,
                                 const struct mask_policy *policy, struct reading *out);
    void (*show_own)(const void *own, struct bytes text, struct text_buffer *out);
};

static inline enum read_result pattern_read(const struct pattern *pattern,
                                            const struct value *value,
                                            const struct mask_policy *policy, struct reading *out) {
    return pattern->own == NULL ? pattern->read(value, policy, out)
                                : pattern->read_own(pattern->own, value, policy, out);
}

static inline void pattern_show(const struct pattern *pattern, struct bytes text,
                                struct text_buffer *out) {
    if (pattern->own == NULL) {
        pattern->show(text, out);
    } else {
        pattern->show_own(pattern->own, text, out);
    }
}

/* ---- registry.c ---- */

/* The kinds that are built in. A run may have more: rooms that work for one take a list of kinds,
 * which begins with these. */
extern const struct pattern *const patterns[]; /* NULL-terminated */
unsigned pattern_count(void);
/* SHA-256 of the texts that they were built from, in hex. */
extern const char patterns_sha256[65];
/* Number of the built-in kind, or -1. */
int pattern_number(const char *name);
/* All kinds but those that are off by default. */
kind_set pattern_default_kinds(void);

/* A NULL-terminated list of at most PATTERN_MAX kinds; the number of a kind is its place. */
typedef const struct pattern *const *kind_list;
/* Number of the kind in KINDS, or -1. */
int kind_list_number(kind_list kinds, const char *name);

/* A role is what a field is for (contract, section 1): known by name only, used by rules. */
struct role {
    const char *name;
    const char *title;
    const char *const *field_names;
    const char *const *other_names;
    /* The day of something: the smaller, the rather it says how long the row has been kept; 0 =
     * no date. Numbers of enum date_rank (result/date_facts.h). */
    unsigned char date_rank;
};
extern const struct role roles[]; /* ends with name == NULL */
int role_number(const char *name);
/* The best date_rank of a set of roles; 0: none is a date. */
unsigned char role_date_rank(uint32_t role_bits);

#endif
