/* transcode.h - from the encodings found in Taiwan to UTF-8, before any decoder looks. Offsets stay
 * exact by width rules (core/width_rule.h). */
#ifndef YINMA_DECODE_TRANSCODE_H
#define YINMA_DECODE_TRANSCODE_H

#include "core/byte_source.h"
#include "core/width_rule.h"

enum encoding {
    ENCODING_UTF8, /* and ASCII; passes unchanged, with or without BOM */
    ENCODING_BIG5, /* CP950 with its user-defined areas */
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
    ENCODING_GB18030,
    ENCODING_UNKNOWN_8BIT, /* text of an unknown 8-bit encoding: passes unchanged */
    ENCODING_BINARY,       /* not text */
};

/* As printed in records: "utf-8", "big5", "utf-16le" … */
const char *encoding_name(enum encoding encoding);
/* Also accepts usual aliases (cp950, ms950, utf8 …). False when unknown. */
bool encoding_from_name(const char *name, enum encoding *out);
enum width_rule encoding_width_rule(enum encoding encoding);

/* By evidence: BOM; a dump's own SET NAMES / client_encoding; UTF-16 by the parity of zero bytes;
 * strict UTF-8; validity as Big5 and the share of frequent characters; else unknown or binary. */
enum encoding encoding_guess(struct bytes head, bool whole);

/* A source of UTF-8 over SOURCE (owned; closed on failure, when NULL is returned). For encodings
 * that need no change SOURCE itself is returned. */
struct byte_source *transcode_open(struct byte_source *source, enum encoding encoding,
                                   struct error *err);

#endif
