/* head_notes.h - what a bidder found out about a head, for the decoder that wins and would find it
 * out once more. */
#ifndef YINMA_DECODE_HEAD_NOTES_H
#define YINMA_DECODE_HEAD_NOTES_H

#include "decode/delimited_sniff.h"

struct head_notes {
    bool split; /* delimited_split() was asked */
    bool found; /* what it said … */
    struct delimited_dialect dialect;
    uint64_t sample; /* … of a sample with this hash */
    bool whole;
};

#endif
