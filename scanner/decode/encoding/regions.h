/* regions.h - which of the encodings that have ASCII in common a stretch of text is in:
 * UTF-8, the two-byte families, or something unknown. Pure decisions; transcode.c acts on them. */
#ifndef YINMA_DECODE_ENCODING_REGIONS_H
#define YINMA_DECODE_ENCODING_REGIONS_H

#include "decode/encoding/transcode.h"

enum {
    REGION_BYTES = 64 * 1024,
    REGION_LINE_BYTES = 8 * 1024,  /* a region ends with a line, when none there is longer */
    REGION_ASCII_BYTES = 4 * 1024, /* plain ASCII is passed on in such steps */
};

/* What earlier regions have shown. */
struct region_state {
    const struct block64_ops *ops;
    enum encoding lean;   /* of the last region that was of one encoding, for text that fits two */
    bool quoted, escaped; /* see encoding_guess */
    bool bytewise;        /* the region in work was escaped without regard to two-byte characters */
    enum encoding family; /* ENCODING_BIG5 or ENCODING_GB18030 */
    bool mixed;           /* a region was more than ASCII and pairs of the family that was leant to
                             from the start: what became of it depends on where it began */
};

void region_state_init(struct region_state *state, struct encoding_guess guess,
                       const struct block64_ops *ops);

/* The length of the region (or step of ASCII) that begins at TEXT; 0: more bytes are needed to
 * tell, which is never so AT_END unless TEXT is empty. *ascii: nothing needs to be decided. */
size_t region_length(const struct region_state *state, struct bytes text, bool at_end, bool *ascii);

/* True when all of REGION is of one encoding. The first SURE bytes of it are known to be ASCII and
 * whole pairs of the family. */
bool region_of_one(struct region_state *state, struct bytes region, size_t sure,
                   enum encoding *out);
/* The same for a line of a region that is not; and for a run of bytes without separators. */
bool region_line_of_one(const struct region_state *state, struct bytes line, enum encoding *out);
/* The run is TEXT[at, at + len): what else stands in the same string tells blobs from text. */
enum encoding region_run(const struct region_state *state, struct bytes text, size_t at,
                         size_t len);

/* How far the first run of LINE reaches: up to and with the separators behind it. Bytes below 40
 * that are no digits are part of no two-byte character. */
size_t region_run_length(struct bytes line);

/* Counts over text as pairs of a two-byte encoding. */
struct pair_counts {
    size_t pairs;      /* two-byte characters */
    size_t broken;     /* high bytes that belong to none */
    size_t frequent;   /* with a lead of the frequent characters or of symbols */
    size_t low_trails; /* with a trail that is ASCII */
    size_t common;     /* hanzi of everyday text; of GB18030 only */
    size_t symbols;    /* punctuation, full-width letters and digits, marks: all trails are high */
};
/* A lead byte at the very end counts as broken when CUT is false. */
struct pair_counts count_pairs(struct bytes text, enum encoding family, bool cut);

/* Control characters that text in none of them has. */
size_t encoding_controls(struct bytes text);

/* The encoding of text that is neither ASCII nor strictly valid UTF-8, by what is frequent. */
enum encoding guess_eight_bit(struct bytes text);

#endif
