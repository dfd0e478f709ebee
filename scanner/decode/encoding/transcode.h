/* transcode.h - from the encodings found in Taiwan to UTF-8, before any decoder looks. Offsets stay
 * exact by width rules (core/width_rule.h). */
#ifndef YINMA_DECODE_ENCODING_TRANSCODE_H
#define YINMA_DECODE_ENCODING_TRANSCODE_H

#include "core/block64/block64.h"
#include "core/byte_source.h"
#include "core/text_buffer.h"
#include "core/width_map.h"

enum encoding {
    ENCODING_UTF8, /* and ASCII; passes unchanged, with or without BOM */
    ENCODING_BIG5, /* CP950 with its user-defined areas */
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
    ENCODING_GB18030,
    ENCODING_CP937,        /* EBCDIC of Taiwan's hosts, two-byte parts between SO and SI; only
                              when asked for */
    ENCODING_UNKNOWN_8BIT, /* text of an unknown 8-bit encoding: passes unchanged */
    ENCODING_BINARY,       /* not text */
};

/* As printed in records: "utf-8", "big5", "utf-16le" … */
const char *encoding_name(enum encoding encoding);
/* Also accepts usual aliases (cp950, ms950, utf8 …). False when unknown. */
bool encoding_from_name(const char *name, enum encoding *out);
enum width_rule encoding_width_rule(enum encoding encoding);

/* How an encoding is known, the weakest first. */
enum encoding_basis {
    ENCODING_ASSUMED,  /* nothing speaks for or against: ASCII so far, or nothing fits */
    ENCODING_LIKELY,   /* what is frequent in that encoding is frequent here */
    ENCODING_VALID,    /* strictly valid UTF-8, which other text hardly ever is */
    ENCODING_MARKED,   /* a byte order mark */
    ENCODING_DECLARED, /* a dump's own SET NAMES or client_encoding */
    ENCODING_FORCED,   /* by option */
};

struct encoding_guess {
    enum encoding encoding;
    enum encoding_basis basis;
    bool settled; /* of the whole unit; else every region is looked at */
    bool quoted;  /* it begins like a script: its values stand in quotes, tabs may be in them */
    bool escaped; /* rows of a table: tabs and line ends in values stand behind a backslash */
};

/* As printed in records: "assumed", "likely" … */
const char *encoding_basis_name(enum encoding_basis basis);

/* By evidence: BOM; a dump's own SET NAMES / client_encoding; UTF-16 by the parity of zero bytes;
 * strict UTF-8; validity as Big5 and the share of frequent characters; else unknown or binary.
 * HEAD is the start of the unit (WHOLE: all of it). */
struct encoding_guess encoding_guess(struct bytes head, bool whole);
/* False: it never says ENCODING_BINARY of HEAD. Costs little. */
bool encoding_may_be_binary(struct bytes head);

/* Does HEAD read as EBCDIC? Its bytes look like binary data to everybody else. */
bool encoding_is_cp937(struct bytes head);

/* A unit on its way to UTF-8. */
struct transcoding {
    struct byte_source *source;    /* of UTF-8; owned by the caller */
    struct widths widths;          /* valid while the source is open */
    struct transcoder *transcoder; /* NULL: nothing needs to be changed or looked at */
    struct encoding_guess guess;   /* by its start */
};

/* A source of UTF-8 over SOURCE (owned; closed on failure). What is settled is converted as a
 * whole, or passed through itself where no change is needed. Else each region of 64 KiB, which
 * ends where a line ends, is taken for what it is: strictly valid UTF-8, else Big5 (or GB18030
 * where the guess says so); regions that are neither are decided line by line, such lines field by
 * field; what fits nothing passes unchanged. The result does not depend on how much is read at a
 * time. 0 or a negative code. */
int transcode_open(struct transcoding *out, struct byte_source *source, struct encoding_guess guess,
                   const struct block64_ops *ops, struct error *err);

/* What was met until now, as printed in records: "utf-8", "big5", "utf-8+big5" … Static. */
const char *transcode_encoding_name(const struct transcoding *transcoding);
/* Was everything until now read as it would be in any stretch of the data that begins behind a line
 * end, and with what the head has told? Then the data may be taken to pieces there. */
bool transcode_seamless(const struct transcoding *transcoding);
/* How well the whole is known by now. */
enum encoding_basis transcode_basis(const struct transcoding *transcoding);

/* TEXT (no longer than TRANSCODE_TEXT_BYTES) of that one encoding as UTF-8, added to OUT. */
enum { TRANSCODE_TEXT_BYTES = 256 * 1024 };
int transcode_text(struct bytes text, enum encoding encoding, const struct block64_ops *ops,
                   struct text_buffer *out, struct error *err);

#endif
