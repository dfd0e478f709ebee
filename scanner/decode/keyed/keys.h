/* keys.h - the keys of values that stand in running text: key=, "key":, outer[key]=, "key" =>,
 * user%5Btel%5D=, with nothing kept and nothing made. */
#ifndef YINMA_DECODE_KEYED_KEYS_H
#define YINMA_DECODE_KEYED_KEYS_H

#include "core/bytes.h"

enum {
    KEYED_MAX_KEY_BYTES = 64,
    KEYED_PERCENT_BYTES = 3 * KEYED_MAX_KEY_BYTES, /* the same, percent-encoded */
};

/* A key and its value as they stand in the text. */
struct keyed {
    size_t key, key_end;
    size_t value, value_end;
    uint32_t flags; /* of the value's cell */
    uint32_t field; /* of a key that was met before, else UINT32_MAX */
    bool percent;   /* the key is percent-encoded */
};

/* The key before the equals sign at END of TEXT, and whether it tells something. */
bool keyed_key_plain(struct bytes text, size_t end, struct keyed *out);
/* The same, but for telling: of keys that were met before that is known. */
bool keyed_key_place(struct bytes text, size_t end, struct keyed *out);
/* "key": from the closing quote at END back to its opening one. */
bool keyed_key_quoted(struct bytes text, size_t end, struct keyed *out);

/* The key before the arrow at END: "key" =>, [key] =>, :key => (hashes of Ruby, arrays that PHP and
 * Perl print). Without one of these signs an arrow is a function's. */
bool keyed_key_arrow(struct bytes text, size_t end, struct keyed *out);

/* May C stand in a key? */
bool keyed_key_byte(uint8_t c);
/* A name, not a number, a digest or a value: names of places in reports must say something. */
bool keyed_key_tells(struct bytes key);
/* What the percent-encoded RAW says at its end (user%5Btel%5D: tel); in OUT. */
bool keyed_key_spelled(struct bytes raw, uint8_t out[KEYED_PERCENT_BYTES], struct bytes *key);

#endif
