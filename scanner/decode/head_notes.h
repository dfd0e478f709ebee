/* head_notes.h - what one found out about a head, for those who would find it out once more: the
 * decoder that wins, whoever asks for the encoding. */
#ifndef YINMA_DECODE_HEAD_NOTES_H
#define YINMA_DECODE_HEAD_NOTES_H

#include "decode/decoder.h"
#include "decode/delimited/dialect.h"
#include "decode/line_shape.h"
#include "decode/sql/dialect.h"

struct head_notes {
    struct header_memory *headers; /* outlives the unit; NULL: there is none */
    bool split;                    /* delimited_split() was asked */
    bool found;                    /* what it said … */
    struct delimited_dialect dialect;
    struct bytes sample; /* … of this one, which stays as it is while there are notes */
    bool whole;
    const uint8_t *shapes_of; /* the head whose lines these are; NULL: of none yet */
    struct line_shapes shapes;
    const uint8_t *starts_of; /* the head whose line_starts() these are; NULL: of none yet */
    uint64_t starts[4];
    const uint8_t *sql_of; /* the head whose sql_dialect_of() this is; NULL: of none yet */
    struct sql_dialect sql;
    bool encoding_known;
    struct encoding_guess encoding; /* of the bytes as they are */
};

#endif
