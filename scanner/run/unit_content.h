/* unit_content.h - what the bytes of a unit are, and how they are got at, before one is decoded. */
#ifndef YINMA_RUN_UNIT_CONTENT_H
#define YINMA_RUN_UNIT_CONTENT_H

#include "decode/decoder.h"
#include "run/unit_scan.h"

/* What the signature of the content means for the coverage of FACTS; the decoder to use for its raw
 * bytes, NULL when it is text. BINARY: its encoding is none. */
const struct decoder *unit_raw_decoder(const struct content_guess *guess, bool binary,
                                       struct unit_facts *facts);

/* For a decoder that seeks. The head stands in the source's own memory, which goes when the source
 * is copied: it is kept apart in *KEPT, which is the caller's to free in any case. When it fails
 * *SOURCE is closed and the reason stands in FACTS, or (YINMA_E_MEMORY) in *ERR. */
int unit_make_seekable(const struct unit_scan_input *input, struct byte_source **source,
                       struct decode_head *head, uint8_t **kept, struct unit_facts *facts,
                       struct error *err);

/* What the unit is written in: as the user says, as its container says, as its bytes look. */
struct encoding_guess unit_encoding(const struct engine *engine,
                                    const struct unit_scan_input *input,
                                    const struct decode_head *head);

/* What an archive or a neighbour says of the data, else what the user says of all dumps. */
struct bytes unit_preamble(const struct engine *engine, const struct unit_scan_input *input);

/* Nothing is told of UNIT but that its bytes are read as they are. Where they end before their time
 * that is told instead: nobody has looked at the rest in any way. */
bool unit_only_raw(const struct unit_facts *unit);

#endif
