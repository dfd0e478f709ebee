/* decoder.h - one row a record format. A decoder turns a stream into segments: places (tables,
 * columns, rows) of values. It knows nothing of files, kinds or rules.
 *
 * Adding one: a file with a `const struct decoder`, its row in decoders.c, its line in
 * CMakeLists.txt. Fuzzing, `list formats` and the tests come from the table. */
#ifndef YINMA_DECODE_DECODER_H
#define YINMA_DECODE_DECODER_H

#include "core/block64/block64.h"
#include "core/block_codec.h"
#include "core/byte_source.h"
#include "core/field_set.h"
#include "core/segment.h"
#include "decode/encoding/transcode.h"

/* What a decoder may look at to decide whether the data is its own. */
struct decode_head {
    struct bytes head;    /* the first bytes (up to 64 KiB; everything when the unit is shorter) */
    bool whole;           /* head is the whole unit */
    struct bytes name;    /* the unit's last path component: weak evidence */
    struct widths widths; /* of the head, anchored at its first byte */
    struct bytes delimiter;   /* of delimited text, when it was told; "" when it is to be found */
    unsigned beaten;          /* bids up to this one win nothing: a bidder may say 0 then */
    struct head_notes *notes; /* what bidders leave for the decoder (head_notes.h); NULL: nothing */
};

enum decoder_trait {
    DECODER_DUMP = 1 << 0,    /* its content is a database's content (zone backup) */
    DECODER_LOG = 1 << 1,     /* zone log */
    DECODER_RAW = 1 << 2,     /* the last resort: bytes without structure */
    DECODER_BINARY = 1 << 3,  /* bids for and reads the bytes as they are, not turned into UTF-8 */
    DECODER_SEEKS = 1 << 4,   /* a binary one that needs read_at and the size of its source */
    DECODER_HELPED = 1 << 6,  /* a binary one that reads the text which a helper program makes of
                                 the unit; without one the unit is told as not read */
    DECODER_PACKAGE = 1 << 5, /* a binary one that reads the members of an office document: its
                                 source gives their names and has `sibling` */
};

/* What the decoder wants to say about the unit; filled while decoding. */
struct decode_report {
    uint64_t rows;
    int status;            /* 0, or why the unit is only partly decoded: YINMA_E_TRUNCATED when the
                              data stops inside a statement or a quoted field, YINMA_E_DAMAGED … */
    struct error error;    /* its message (no data in it) */
    unsigned traits;       /* what the content adds to the decoder's own (set by open) */
    char notice[256];      /* something to know about a unit that was read well; of data no more
                              than names, which are concealed before they are shown */
    unsigned unclosed;     /* quoted values that were never closed and were read without quotes */
    uint64_t settings;     /* hash of how the data is written, where it says so in its course */
    uint64_t keys;         /* names met in the data itself: only so many are taken */
    uint64_t trailer_rows; /* as a trailer tells that a layout describes … */
    unsigned frame_rows;   /* … where there is one: records that are header or trailer; else 0 */
    const char *encoding;  /* binary decoders: of the texts in it, static; NULL when not known */
};

struct decode_input {
    struct byte_source *source; /* at offset 0, UTF-8 where the encoding is known; not owned */
    struct widths width_rule;   /* handed on to the window, from there to segments */
    struct decode_head head;
    struct bytes preamble; /* what was said elsewhere about the data: SQL in UTF-8 (tables,
                              settings, the head of a statement), "" when there is none */
    const struct record_layout *layout;  /* of decoder_layout: outlives the decoder; else NULL */
    struct encoding_guess layout_values; /* … and what the bytes of its fields are in */
    struct field_set *fields;            /* the decoder adds its tables and columns */
    struct block_expander blocks;        /* what undoes compressed blocks of binary formats */
    const struct quiet_filter *quiet;    /* of running text; NULL: everything is looked at */
    const struct block64_ops *ops;
    struct decode_report *report;
};

struct decoder {
    const char *name;    /* the "format" of records: mysqldump, csv … */
    const char *summary; /* one line for `yinma list formats` (English; a gettext message) */
    unsigned traits;
    /* Bits of evidence that the data is of this format; 0 = not mine. About 8 for each magic byte
     * or keyword found in place; 1-3 for a name's ending alone; text formats bid low. */
    unsigned (*bid)(const struct decode_head *head);
    unsigned most; /* that it ever bids: it is not asked where another one bids as much; 0: any */
    /* 0 or a negative code. *state is the decoder's own. */
    int (*open)(const struct decode_input *in, void **state, struct error *err);
    /* 1 and a segment, 0 at the end. Errors of the data or of the source end the segments and are
     * left in in->report: what was decoded before stands. Negative only for YINMA_E_MEMORY. */
    int (*next)(void *state, struct segment *out, struct error *err);
    void (*close)(void *state);
};

/* All rows, best to ask first; NULL-terminated. */
extern const struct decoder *const decoders[];

/* The last resort, also asked for by name. */
extern const struct decoder decoder_raw;
/* Records by a layout that was given. Never bids. */
extern const struct decoder decoder_layout;

/* The highest bidder for text; never NULL (plain text or raw bytes take everything). */
const struct decoder *decoder_choose(const struct decode_head *head);
/* The highest bidder of the binary ones; NULL: none of them. */
const struct decoder *decoder_choose_binary(const struct decode_head *head);
/* The row of that name, or NULL. */
const struct decoder *decoder_by_name(const char *name);

#endif
