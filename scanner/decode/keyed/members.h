/* members.h - members of structures as programs print them into logs, whose names stand before a
 * colon without quotes: {Name:王小明 Phone:0912…} (Go), Customer { name: "王小明" } (Rust, Swift,
 * Ruby, Elixir, JavaScript), map[name:王小明 phone:0912…].
 *
 * A colon alone says too little: the first member is known by the bracket it stands behind, or by
 * its indentation, others by the end of the one before. */
#ifndef YINMA_DECODE_KEYED_MEMBERS_H
#define YINMA_DECODE_KEYED_MEMBERS_H

#include "decode/keyed/value_end.h"

/* Where the last member ended; zeros: there was none in this text. */
struct keyed_members {
    size_t end;
    enum { MEMBERS_QUOTED, MEMBERS_BARE, MEMBERS_OF_MAP } written; /* its strings */
};

/* May a name end at the colon P[0]? A look at the bytes about it; cheap, asked of all colons. */
static inline bool keyed_member_may_end(const uint8_t *p) {
    const uint8_t before = p[-1], behind = p[1];
    return (byte_is_alnum(before) || before == '_') && behind != '/' && behind != ':' &&
           !(byte_is_digit(before) && byte_is_digit(behind));
}

/* Does a structure begin with the member whose colon stands at MARK? */
bool keyed_member_begins(struct bytes text, size_t mark);

/* The member whose colon stands at MARK; colons are asked in their order. False: it is none, or has
 * no value that is sure to end where it seems to. Not for program text, whose structures say what
 * the program does. */
bool keyed_member_read(struct keyed_members *members, struct bare_value *bare, struct bytes text,
                       size_t mark, struct keyed *out);

#endif
