/* head_notes.h - what one found out about a head, for those who would find it out once more: the
 * decoder that wins, whoever asks for the encoding. */
#ifndef YINMA_DECODE_HEAD_NOTES_H
#define YINMA_DECODE_HEAD_NOTES_H

#include "decode/delimited_sniff.h"

struct head_notes {
    bool split; /* delimited_split() was asked */
    bool found; /* what it said … */
    struct delimited_dialect dialect;
    uint64_t sample; /* … of a sample with this hash */
    bool whole;
    bool encoding_known;
    struct encoding_guess encoding; /* of the bytes as they are */
};

#endif
