/* matcher.h - what the parts of this room share. */
#ifndef YINMA_MATCH_MATCHER_H
#define YINMA_MATCH_MATCHER_H

#include "core/block64/bits.h"
#include "core/retry.h"
#include "match/expressions.h"
#include "match/lattice.h"
#include "match/match.h"
#include "match/word_places.h"
#include "match/words.h"
#include "patterns/name_memory.h"

enum {
    DIGITS_MAX = 24,     /* longer runs are no value of any kind */
    LETTERS_MAX = 2,     /* letters that may belong to a value and stand before its digits */
    AREA_CODE_MOST = 11, /* （0836） and a blank stand before a token */
    LABEL_REACH = 48,    /* bytes between a telling word and the value it speaks of */
    LABELLED_VALUE_MAX = 64,
    TOLD_REACH = 160,        /* bytes behind a label that a kind is shown */
    EXTENT_REACH = 256,      /* so far on both sides of its anchor a value is looked for */
    COMPANY_REACH = 400,     /* bytes between a hint (驗證碼) and the card number beside it */
    MARKS_TELL = 3,          /* so many mask marks make a token a masked value */
    NUMBERED_WORDS_MAX = 64, /* words with digits that are remembered */
    WIDE_CLOSING = 0x89,     /* the last byte of ） */
};

struct matcher {
    const struct lattice_kernels *lattice;
    word_sets_fn *word_sets;
    const struct lexicon *lexicon;
    kind_list kinds; /* of the lexicon */
    struct word_database *words;
    struct word_places places;               /* where they matter */
    struct expression_database *expressions; /* of own kinds; NULL when there are none */
    /* Which kinds take so many digits after so many letters; and with which first digit. */
    kind_set by_digits[LETTERS_MAX + 1][DIGITS_MAX + 1];
    unsigned least_digits;    /* of kinds that take no letters */
    enum lattice_dates dates; /* kept where they are long enough for some kind */
    kind_set by_lead[10];
    bool taken[10][DIGITS_MAX + 1]; /* by first digit and number of digits: some kind takes it */
    bool taken_bare[10][DIGITS_MAX + 1]; /* … that has no letters before its digits */
    kind_set separable;                  /* kinds that may be written in groups */
    kind_set by_lattice;                 /* kinds the lattice serves */
    kind_set grouped;                    /* kinds whose numbers stand in groups behind a label */
    kind_set told;                       /* kinds that know what may stand behind a label */
    kind_set anchored;                   /* kinds found by '@' */
    kind_set hinted;                     /* kinds whose extents are hints */
    kind_set telling;                    /* kinds whose extents are as labels are */
    kind_set direct;                     /* kinds that follow a label with nothing between */
    kind_set beside;                     /* kinds that stand beside numbers */
    kind_set followed;                   /* kinds found by what stands behind their digits */
    bool follows[256];                   /* bytes that may stand there */
    bool joins[256];  /* bytes that beside digits may belong to a token or say something about it */
    kind_set unnamed; /* kinds that a column without a name is tried for */
    kind_set company[PATTERN_MAX]; /* kinds whose presence makes a hint of this kind tell */
    uint32_t numbered[NUMBERED_WORDS_MAX], numbered_count; /* words with digits … */
    bool never_quiet;                                      /* … of which there are too many */
};

struct hit_list {
    struct hit *items;
    size_t count, capacity;
};

/* How closely a segment has to be looked at. */
enum match_depth {
    DEPTH_WHOLE_CELLS, /* names of columns explain all cells that are no numbers: only the outlines
                          of the sets are known */
    DEPTH_CELLS,       /* words may stand in some cells; no token stands where it is asked */
    DEPTH_TOKENS,      /* some may: the starts are known */
};

/* One segment on its way through this room. */
struct passage {
    struct match_state *state;
    const struct segment *segment;
    const struct field_set *fields;
    size_t base;          /* the sets speak of segment->bytes + base */
    size_t limit;         /* bytes behind it are not looked at */
    size_t cell;          /* cells before it begin before the place looked at */
    struct hit_list *out; /* of tokens */
    enum match_depth depth;
    uint64_t settled[SEGMENT_COLUMNS_MAX / 64]; /* columns of a table in which nothing can be */
};

struct match_state {
    const struct matcher *matcher;
    struct name_reading *names; /* by field number */
    struct cell_plan *plans;    /* the same in short, for the hot loops */
    uint32_t plan_count, plan_capacity;
    uint64_t *memory; /* of all sets */
    size_t set_words;
    struct lattice_sets sets;
    uint64_t *starts;
    uint64_t *wanted; /* blocks of 64 bytes that are searched for words */
    struct name_memory *known_names;
    struct word_search *search;
    struct expression_search *expression_search; /* NULL when there are no own kinds */
    struct word_hit *word_hits;                  /* of the whole segment, in segment coordinates */
    size_t word_count, word_capacity;
    bool any_label;         /* among them: most tables have none */
    struct hit_list tokens; /* in order */
    struct hit_list extras; /* from words and '@' */
    struct hit_list merged;
    struct hit_list inspected;
    bool failed;           /* memory ran out */
    bool outlined;         /* the sets of the last segment hold outlines only */
    struct retry wordless; /* of columns of texts without numbers and words */
    struct passage last;   /* the segment matched last: its cells may be inspected */
};

/* Is a bit of SET set among the LENGTH bytes from OFFSET (segment coordinates) on? */
static inline bool match_any_in(const struct passage *p, const uint64_t *set, size_t offset,
                                size_t length) {
    return bits_any(set, offset - p->base, length);
}

/* Bits FROM … FROM + COUNT - 1 of SET become 0. */
static inline void match_clear_range(uint64_t *set, size_t from, size_t count) {
    while (count > 64) {
        size_t step = 64 - (from & 63);
        set[from >> 6] &= ~(~UINT64_C(0) << (from & 63));
        from += step;
        count -= step;
    }
    uint64_t mask = bits_low_mask(count); /* the word behind the last one is there */
    unsigned shift = (unsigned)(from & 63);
    set[from >> 6] &= ~(mask << shift);
    set[(from >> 6) + 1] &= ~(mask >> 1 >> (63 - shift));
}

/* Append HIT; sets state->failed when memory is out. */
void hit_list_add(struct match_state *state, struct hit_list *list, const struct hit *hit);

/* The plan of FIELD; made on first use. */
const struct cell_plan *match_make_plans(struct match_state *state, const struct field_set *fields,
                                         uint32_t field);
static inline const struct cell_plan *match_plan(const struct passage *p, uint32_t field) {
    return field < p->state->plan_count ? &p->state->plans[field]
                                        : match_make_plans(p->state, p->fields, field);
}

/* Append a hit for every one of KINDS whose extent() finds a value around ANCHOR (segment
 * coordinates). */
void match_extents(struct passage *p, size_t anchor, kind_set kinds, struct hit_list *list);

/* tokens.c: the run of token bytes that begins at START (segment coordinates), cut into groups;
 * one hit for every group or run of groups that some kind could take. */
void match_token(struct passage *p, size_t start, uint32_t field, uint32_t cell);
/* The same for a token that begins behind the segment: only with its area code, when that begins in
 * the segment. */
void match_bracketed_token(struct passage *p, size_t start);
/* Take those out of the set of starts of which match_token() would make nothing. */
void match_clear_starts(struct passage *p);

/* word_stretches.c: find the words in running text that may matter. Asks for the starts. */
void match_words_in_text(struct passage *p, struct error *err);

/* quiet_words.c: note which words of the database have digits. */
void match_learn_numbered_words(struct matcher *matcher);

/* cell_words.c: words in a cell, where they may matter. */
void match_add_words(struct match_state *state, const struct word_hit *hits, size_t count,
                     size_t shift);
void match_words_in_cell(struct passage *p, const struct cell *cell, struct error *err);
/* cell_match.c: one cell; table_match.c: all cells of a table. */
void match_cell(struct passage *p, const struct cell *cell, struct error *err);
void match_table(struct passage *p, struct error *err);
/* How closely, and which columns are settled. */
enum match_depth match_table_depth(struct passage *p);
/* Hold all cells of the column of a table numbers, times or short words in which nothing can be
 * found? */
bool match_column_is_settled(const struct passage *p, size_t column);
/* The same of texts in which no byte tells of anything; asks for `telling`. */
bool match_column_is_wordless(const struct passage *p, size_t column);
/* The same of the gaps between cells that have room for a token. */
bool match_gaps_are_wordless(const struct passage *p);
/* places.c: hits from words and '@'. */
void match_places(struct passage *p);

/* written_numbers.c: hits for numbers that the lattice does not see; where the one behind a label
 * at BEGIN ends, BEGIN when there is none or the lattice sees it. */
void match_written_numbers(struct passage *p);
size_t match_labelled_number(const struct passage *p, size_t begin, size_t limit);
/* Where the digits and marks in groups from BEGIN on end; BEGIN when there are too few. */
size_t match_grouped_number(const struct passage *p, size_t begin, size_t limit);
/* (037)23-4567 at the begin of CELL, where a landline may stand without a label. */
void match_bracketed_cell(struct passage *p, const struct cell *cell);

/* place_hits.c: a hit for what stands from BEGIN to END; false: it is of another segment, or
 * nothing. */
bool match_make_place(const struct passage *p, size_t begin, size_t end, kind_set kinds,
                      enum hit_origin origin, struct hit *out);
void match_add_place(struct passage *p, size_t begin, size_t end, kind_set kinds,
                     enum hit_origin origin, struct hit_list *list);
/* The number of the first word found that ends behind AT; all before it end earlier. */
size_t match_first_word_behind(const struct match_state *state, size_t at);
/* A number of whatever kind. */
void match_add_number(struct passage *p, size_t begin, size_t end);
/* Where the cell around AT begins and ends that no name explains, or the text known around it;
 * false for cells that one does. */
bool match_text_bounds(struct passage *p, size_t at, size_t *from, size_t *limit);

/* A 234567893, A-234567893: does a capital letter stand apart from the digits at AT? */
static inline bool match_letter_apart(struct bytes text, size_t at) {
    return at >= 2 && (text.ptr[at - 1] == ' ' || text.ptr[at - 1] == '-') &&
           byte_is_within(text.ptr[at - 2], 'A', 'Z');
}

/* parted_numbers.c: hits for telephone numbers with other signs between their groups. */
void match_parted_numbers(struct passage *p);
/* The same for one number with a code in brackets, the closing one of which ends at AT. */
void match_bracketed_number(struct passage *p, size_t at);
/* Where the number at AT of TEXT ends, which `parted` of the lattice told of; AT: it is none. */
size_t match_parted_end(struct bytes text, size_t at);

/* label_gap.c: where the value of LABEL may begin: behind blanks, colons and other marks, at most
 * at LIMIT; the end of the label when nothing parts them. */
size_t match_label_gap(const struct segment *segment, const struct word_hit *label, size_t limit);

/* label_apart.c: do only blanks and the bars of columns stand in GAP, behind a label? Does TEXT
 * hold a digit or a mask mark? Is VALUE a heading that begins as a surname does? */
bool match_stands_apart(struct bytes gap);
bool match_holds_number(struct bytes text);
bool match_is_heading(struct bytes value);

/* label_line.c: where LABEL, behind whose gap AT stands, ends a line that holds nothing else, the
 * line below it without the blanks around; false where that is empty or too long for a value. */
struct text_line {
    size_t begin, end;
};
bool match_line_below(const struct segment *segment, const struct word_hit *label, size_t at,
                      size_t limit, struct text_line *out);

/* hinted_places.c: is one of the kinds that make a hint of HINTS tell anywhere near AT? */
bool match_has_company(const struct passage *p, kind_set hints, size_t at);
/* A value of KINDS from BEGIN to END that a hint tells of: it must look like one by itself. */
void match_add_hinted(struct passage *p, size_t begin, size_t end, kind_set kinds);
/* Values of KINDS that follow the label which ends AT, with nothing between. */
void match_direct_values(struct passage *p, size_t at, kind_set kinds);
/* Values beside the numbers of the segment. */
void match_beside_numbers(struct passage *p);

/* places.c: hits of the expressions of own kinds. */
void match_expressions(struct passage *p, struct error *err);

/* Which of KINDS the telling words before AT speak of, within LABEL_REACH on the same line or alone
 * on the line above. */
struct told {
    kind_set nearest; /* the last word, the longest of those that overlap */
    kind_set any;
};
struct told match_label_before(const struct passage *p, size_t at, kind_set kinds);
/* Append HIT: as what the word before it says first, then as its other kinds. */
void match_add_told(struct passage *p, const struct hit *hit, struct hit_list *list);

#endif
