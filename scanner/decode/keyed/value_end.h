/* value_end.h - the value behind a key of running text: where it begins and ends, and how it is
 * written. */
#ifndef YINMA_DECODE_KEYED_VALUE_END_H
#define YINMA_DECODE_KEYED_VALUE_END_H

#include "decode/keyed/keys.h"

/* The last unquoted value that was looked at; zeros: none of this text. */
struct bare_value {
    size_t begin, end; /* where its text ends */
    bool escaped;      /* \xHH stands in it */
    uint8_t seen;      /* of all its bytes */
};

/* The value from AT on, behind the MARK of OUT's key; OF_PROGRAM: bare words are names there.
 * False: there is none. */
bool keyed_value_read(struct bare_value *bare, bool of_program, struct bytes text, size_t mark,
                      size_t at, struct keyed *out);

/* Nothing but digits, and at least one. */
bool keyed_value_is_digits(struct bytes b);

#endif
