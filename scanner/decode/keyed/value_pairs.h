/* value_pairs.h - text that is nothing but named values: the query of a URL, `name=王小明&tel=…`,
 * `k=v; k=v`, `姓名:王小明；電話:…`. For columns that hold such text. */
#ifndef YINMA_DECODE_KEYED_VALUE_PAIRS_H
#define YINMA_DECODE_KEYED_VALUE_PAIRS_H

#include "core/bytes.h"

enum {
    VALUE_PAIRS_MOST = 128,
    VALUE_PAIRS_BYTES = 8192, /* longer text is none of this */
    VALUE_PAIRS_KEY_BYTES = 192,
};

struct value_pair {
    struct bytes key, value; /* without blanks around them */
};

/* The pairs of TEXT; 0 when it is something else, in part or as a whole. *query: it is written as
 * in a URL, so keys and values may be percent-encoded. */
size_t value_pairs_read(struct bytes text, struct value_pair out[VALUE_PAIRS_MOST], bool *query);

#endif
