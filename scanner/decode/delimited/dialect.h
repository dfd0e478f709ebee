/* dialect.h - how delimited text is written: its marks, decided by the consistency of the
 * field counts over the first records, its header, its fields. */
#ifndef YINMA_DECODE_DELIMITED_DIALECT_H
#define YINMA_DECODE_DELIMITED_DIALECT_H

#include "decode/delimited/header_memory.h"
#include "decode/delimited/scan.h"

enum {
    DELIMITED_MAX_COLUMNS = 4096,
    DELIMITED_BITS = 7, /* it bids no more than that */
    DELIMITED_SAMPLE_BYTES = 64 * 1024,
    DELIMITED_MOST_TITLES = 30, /* records before the header: titles of a printed report */
};

struct delimited_dialect {
    struct delimited_marks marks;
    size_t columns;     /* fields of most records */
    size_t header;      /* where the header record begins; SIZE_MAX: there is none */
    size_t first_row;   /* where the first row of data begins, behind BOM, titles and header */
    unsigned agreement; /* percent of the records that have that many fields */
    size_t records;     /* looked at, without titles */
    bool declared;      /* a first line "sep=;" said the delimiter */
    bool prose;         /* the delimiters look like punctuation */
    enum { FORM_UNASKED, FORM_IS_NONE, FORM_IS_ONE } form; /* of delimited_is_form() */
};

/* Which delimiter splits SAMPLE, the start of the unit (WHOLE: all of it): first_row is behind
 * titles, there is no header yet. TOLD: the delimiter, "" when nobody has. False: none splits it
 * evenly. */
bool delimited_split(struct bytes sample, bool whole, struct bytes told,
                     struct delimited_dialect *out);
/* One column, where no delimiter splits it: the first line is a name. */
bool delimited_split_single(struct bytes sample, bool whole, struct delimited_dialect *out);

/* MEMORY: of headers; NULL: there is none. */
void delimited_find_header(struct bytes sample, struct delimited_dialect *dialect,
                           struct header_memory *memory);

/* What a record of COUNT FIELDS says alone: names of columns? */
enum header_verdict delimited_judge_names(const struct bytes *fields, size_t count);
/* Does TEXT hold a word that names of fields do? Enough to know a header over columns of plain
 * text.
 */
bool delimited_is_field_word(struct bytes text);
/* Does TEXT look unlike a name above it? Digits where the name has letters, Chinese where it is an
 * identifier. */
bool delimited_is_unlike(struct bytes name, struct bytes text);

/* Does MARK stand in pairs about words in the lines of SAMPLE from FROM, as markup has it, or for
 * what is hidden? */
bool delimited_is_emphasis(struct bytes sample, size_t from, uint8_t mark);

/* Is it a form of two columns, labels and values ("姓名|王…"), or of one that has both? Its first
 * record names no columns: it is somebody's name as a rule. Header and titles are not known yet. */
bool delimited_is_form(struct bytes sample, struct delimited_dialect *dialect);

/* A field without its dressing: blanks and quotes around it, spreadsheet guards. */
struct delimited_field {
    struct bytes text;
    bool dressed; /* in quotes or guarded: text, even if it is all digits */
    bool doubled; /* holds "" for " */
};
struct delimited_field delimited_field_of(struct bytes raw);

/* "" → " */
size_t delimited_unescape(struct bytes value, uint8_t *out, unsigned dialect);

/* Read one record at AT of TEXT into FIELDS (raw, at most MOST; *count tells how many there are in
 * all). Returns where the next one begins, TEXT.len at the end. *closed is false when the text ends
 * within the record. */
size_t delimited_record(struct delimited_marks marks, struct bytes text, size_t at,
                        struct bytes *fields, size_t most, size_t *count, bool *closed);

#endif
