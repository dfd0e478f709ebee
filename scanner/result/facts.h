/* facts.h - what workers report: counts and examples, never verdicts. Facts merge by a law that
 * does not care about order (counts add, sketches merge, the first positions win), so the result is
 * the same for any number of workers. One owner each; free with unit_facts_free. */
#ifndef YINMA_RESULT_FACTS_H
#define YINMA_RESULT_FACTS_H

#include "core/error.h"
#include "core/field_set.h"
#include "core/vocabulary.h"
#include "result/date_facts.h"
#include "result/file_facts.h"
#include "result/found.h"
#include "result/row_sample.h"
#include "result/sketch.h"
#include "result/unit_age.h"
#include "result/value_sample.h"

enum {
    EXAMPLES_KEPT = 3,
    FORMS_KEPT = 32,
    FORM_TEXT = 48,
    SHOWN_MAX = 96,
    FINGERPRINT_TEXT = 33, /* 32 hex digits and a NUL */
    COLUMN_GROUPS_MAX = 16,
};

struct example {
    uint64_t row;                       /* from 1; 0 = unknown */
    uint64_t line;                      /* from 1; 0 = unknown */
    uint64_t offset;                    /* from 0; UINT64_MAX = unknown */
    char fingerprint[FINGERPRINT_TEXT]; /* keyed; "" when there is no key */
    char shown[SHOWN_MAX];              /* last: of the last one kept in a store, what it needs */
};

/* Order of examples: offset, then row; where both are unknown or equal, line, shown and fingerprint
 * decide, so that merging does not care about order. */
bool example_before(const struct example *a, const struct example *b);

struct mask_form {
    uint64_t count;
    uint64_t hash;
    char text[FORM_TEXT];
};

/* The FORMS_KEPT forms with the smallest hashes, sorted by hash. That choice is order-free and the
 * kept counts are exact: a form that is among them at the end was so all along. */
struct mask_forms {
    uint32_t used;
    bool dropped;            /* there were more */
    struct mask_form *forms; /* capacity FORMS_KEPT; NULL while empty */
};

/* Add COUNT values of that form. False when memory is out. */
bool mask_forms_add(struct mask_forms *forms, struct bytes form, uint64_t count);
void mask_forms_release(struct mask_forms *forms);

/* What was seen of one kind in one field. */
struct kind_facts {
    uint8_t kind;                   /* number in the registry of patterns */
    uint64_t count[STATE_COUNT];    /* values of this kind by state */
    uint64_t unproven[STATE_COUNT]; /* of those: any kind the field's name allows could claim them
                                       (fully hidden, cipher text) */
    uint64_t shaped;                /* had the shape and failed the check */
    uint64_t dummies;               /* of count[STATE_CLEAR] */
    uint64_t with_checksum, with_layout; /* of count[CLEAR] */
    uint64_t with_context;               /* of all values */
    uint64_t embedded;                   /* of count[*]: stood inside a longer text */
    uint32_t evidence;                   /* union over all values */
    uint64_t residual_min;               /* 0 = not known */
    uint64_t *groups; /* COLUMN_GROUPS_MAX counts of clear values, see pattern.h; NULL: all zero */
    struct sketch distinct; /* of clear values */
    struct mask_forms forms;
    struct value_sample *sample; /* of clear values, for a reference; NULL: none was asked for */
    struct date_facts *dates;    /* of values in rows with a date; NULL: there are none */
    uint8_t example_count[STATE_COUNT];
    uint8_t asked[STATE_COUNT]; /* values that they were chosen from, the first ones that were met;
                                   EXAMPLES_KEPT at most. In the worker only */
    /* Sorted; room for as many as there are, NULL while there are none: thousands of tables have
     * few columns with all of them. */
    struct example *examples[STATE_COUNT];
};

/* Another column of the same table whose masked values show, together with those of this one in the
 * same row, more than either does. Kept at both columns. */
struct mask_pair {
    struct bytes column;   /* concealed, owned */
    uint8_t kind;          /* of both values */
    uint64_t shown;        /* rows in which nothing stays hidden, and the whole passes its checks */
    uint64_t narrowed;     /* rows in which less stays hidden than the policy demands */
    uint64_t against;      /* rows in which the two are parts of different values */
    uint64_t residual_min; /* of `narrowed`: how many values fit both; 0 = not known */
};

void kind_facts_init(struct kind_facts *facts, unsigned kind);
void kind_facts_release(struct kind_facts *facts);

/* Count NUMBER clear values of that group. False when memory is out. */
bool kind_facts_group(struct kind_facts *facts, unsigned group, uint64_t number);
/* The counts of groups, zeros where none was counted. */
const uint64_t *kind_facts_groups(const struct kind_facts *facts);

/* Sample a clear value by HASH; at most LIMIT are kept. False when memory is out. */
bool kind_facts_sample(struct kind_facts *facts, uint64_t hash, uint32_t limit);

/* Put EXAMPLE in its place if it is among the first EXAMPLES_KEPT of that state. False when memory
 * is out. */
bool kind_facts_example(struct kind_facts *facts, enum mask_state state,
                        const struct example *example);
/* May an example at that offset and row be one of the first LIMIT, 1 … EXAMPLES_KEPT? Cheap; asked
 * before one is rendered. */
bool kind_facts_wants_example(const struct kind_facts *facts, enum mask_state state,
                              uint64_t offset, uint64_t row, unsigned limit);
/* So many more values of that state were met, none of which comes before what is kept. */
static inline void kind_facts_asked(struct kind_facts *facts, enum mask_state state,
                                    uint64_t values) {
    const uint64_t asked = facts->asked[state] + values;
    facts->asked[state] = (uint8_t)(asked < EXAMPLES_KEPT ? asked : EXAMPLES_KEPT);
}

struct field_facts {
    struct bytes table, column, label; /* concealed UTF-8, owned by the facts */
    uint32_t ordinal;
    uint32_t number; /* in the unit's field_set: what occurrences name it by; also its order */
    enum attribution attribution;
    bool idle;       /* of a piece: nothing was found in it and its name tells nothing; see
                        piece_join.h */
    bool end_column; /* its table has a column for the day on which the purpose of a row ends */
    enum storage storage;    /* part of the name: fields of one column are told apart by it */
    uint64_t cells;          /* values met, empty ones included; 0 for free text */
    uint64_t empty;          /* NULL and empty ones */
    uint64_t digests;        /* of the encrypted values: as long as a digest */
    uint64_t digests_only;   /* of those: of a length that no block cipher gives (SHA-1, SHA-224) */
    uint64_t digests_proven; /* rows in which it is the plain digest of a clear value beside it */
    uint32_t kind_count;
    struct kind_facts *kinds; /* in order of kind number */
    uint32_t pair_count;
    struct mask_pair *pairs; /* in order of kind, then column */
};

/* Order of pairs. */
bool mask_pair_before(const struct mask_pair *a, const struct mask_pair *b);
/* Add the counts of PAIR (its column is copied). False when memory is out. */
bool field_facts_pair(struct field_facts *field, const struct mask_pair *pair);

/* The facts of that kind, made on first use; NULL when memory is out. Valid until the next kind of
 * the same field is made. */
struct kind_facts *field_facts_kind(struct field_facts *field, unsigned kind);

enum coverage_status {
    COVERAGE_SCANNED,
    COVERAGE_PARTIAL,
    COVERAGE_SKIPPED,
    COVERAGE_FAILED,
    COVERAGE_OPAQUE,
    COVERAGE_EXPECTED,
    COVERAGE_WAIVED,
};
const char *coverage_status_name(enum coverage_status status);
bool coverage_status_from_name(const char *name, enum coverage_status *out);
/* "encrypted", "unsupported" … for a YINMA_E… code; "special-file" for 0 (contract, section 4). */
const char *coverage_reason(int error_code);

enum unit_trait {
    UNIT_DUMP = 1 << 0, /* a database dump */
    UNIT_LOG = 1 << 1,
    UNIT_CONTAINER = 1 << 2,    /* an archive or compressed file itself: only coverage, no fields */
    UNIT_SPECIAL_FILE = 1 << 3, /* socket, FIFO, device */
    UNIT_NAMED = 1 << 4,        /* named on the command line */
    UNIT_MAILED = 1 << 5,       /* a part of a mail */
    UNIT_END_MARK = 1 << 6,     /* a dump whose tool says at its end that it is done */
};

/* What a piece of a unit tells besides its facts, so that the pieces can be put together
 * (result/piece_join.h). Lines, and rows of the table that was open where the piece begins, are
 * counted from there, above PIECE_LINES and PIECE_ROWS. */
#define PIECE_LINES (UINT64_C(1) << 40)
#define PIECE_ROWS (UINT64_C(1) << 41)
enum piece_table_flag {
    PIECE_TABLE_OPEN = 1, /* rows of it stand before the piece */
    PIECE_TABLE_LAST = 2, /* the last row of the piece is one of it */
};
struct piece_table {
    uint64_t name, columns; /* hashes: of the table, of the names of its columns in order */
    uint64_t rows;          /* in this piece */
    unsigned flags;
};
struct piece_facts {
    uint32_t number, count;       /* from 1; 0 = the unit is no piece */
    bool broken;                  /* cannot be put together with others */
    uint64_t begin, end;          /* of the file */
    uint64_t lines;               /* newlines in it */
    uint64_t pairs;               /* hash of the set of columns whose values are made of pairs */
    uint64_t first_row, last_row; /* hashes of the columns of its first and last row; 0 = any */
    uint64_t settings;            /* hash of how the data is written, as it said itself */
    uint64_t keys;                /* names met in the data, of which there may only be so many */
    uint32_t table_count;
    struct piece_table *tables; /* as they were met; owned */
};

struct unit_facts {
    struct bytes name;  /* concealed, containers chained with "!/"; owned */
    struct bytes path;  /* the name before concealing, for globs and zones; never printed; owned */
    const char *format; /* decoder name; static or format_name; "" when nothing was decoded */
    const char *encoding;       /* printed name; static or encoding_name; "" when not known */
    const char *encoding_basis; /* how it is known: "valid", "declared" …; static or
                                   encoding_basis_name; "" when not known */
    unsigned traits;
    uint64_t bytes; /* decoded bytes read */
    uint64_t rows;
    uint64_t tables_seen;  /* bit per table that the configuration expects somewhere */
    uint64_t trailer_rows; /* as its last line tells … */
    unsigned frame_rows; /* … where there is one: lines that are no data, first and last; else 0 */
    enum coverage_status status;
    int error_code;         /* why it is not plainly scanned: YINMA_E… or 0 */
    struct file_facts file; /* the file it stands in */
    struct unit_age age;
    struct field_facts *fields; /* only fields that hold something, or whose name tells something */
    uint32_t field_count;
    struct row_sample *samples; /* of tables with masked values; in memory only */
    uint32_t sample_count;
    struct found_places found; /* of the person that is asked for; empty without --find */
    struct piece_facts piece;
    bool stored;             /* with all that it holds, in a facts_store: not to be freed alone */
    size_t item;             /* of the list of work; set by the pool, in memory only */
    struct unit_facts *next; /* list of the results; order of reports */
    /* what came over the wire has no static text */
    char format_name[24], encoding_name[24], encoding_basis_name[16];
    char detail[256]; /* concealed; last: of a stored unit, what it needs */
};

/* Copies both names; NULL when memory is out. */
struct unit_facts *unit_facts_new(struct bytes concealed_name, struct bytes path);
/* One; NULL is fine. What is stored goes with its store. */
void unit_facts_free(struct unit_facts *unit);
/* Leave the hashes of different values behind, but those of the kinds in KEPT (bit per number of a
 * kind): for a unit that is whole, when nobody will print or merge them (sketch_leave_hashes). */
void unit_facts_leave_hashes(struct unit_facts *unit, uint64_t kept);
/* Frees what FIELD owns, not the struct. */
void field_facts_release(struct field_facts *field);
/* Fill FIELD (anything in it is overwritten) with copies of the names. False when memory is out. */
bool field_facts_init(struct field_facts *field, struct bytes table, struct bytes column,
                      struct bytes label);

/* Add FROM to INTO: fields are matched by (table, column, storage), those INTO lacks are moved
 * over. FROM is left without fields. For pieces of one unit. Fields of equal names become one,
 * under the smallest number; the result is in order of number and does not depend on the order of
 * merging. 0 or YINMA_E_MEMORY (then counts may be lost, memory is not). */
int unit_facts_merge(struct unit_facts *into, struct unit_facts *from, struct error *err);

#endif
