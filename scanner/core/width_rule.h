/* width_rule.h - how wide a character was before it was turned into UTF-8. Everything behind the
 * transcoder is UTF-8; offsets in reports count the bytes as they stand in the data. A byte that
 * was no valid character travels as code point WIDTH_INVALID_BASE + byte (plane 15, private use),
 * so that the original width can always be told from the UTF-8 alone. */
#ifndef YINMA_CORE_WIDTH_RULE_H
#define YINMA_CORE_WIDTH_RULE_H

#include "core/block64/block64.h"
#include "core/bytes.h"

enum { WIDTH_INVALID_BASE = 0xF0000 };

enum width_rule {
    WIDTH_SAME,   /* bytes are as they were */
    WIDTH_DOUBLE, /* Big5, GB18030 (two-byte part): ASCII one byte, everything else two */
    WIDTH_UTF16,  /* two bytes, four for what is four in UTF-8 */
    WIDTH_SINGLE, /* one byte each: the single-byte part of EBCDIC */
    WIDTH_NONE,   /* stands for nothing in the data */
};

/* How many bytes the UTF-8 text took before it was transcoded by that one rule. */
uint64_t width_by_rule(enum width_rule rule, struct bytes text);
/* … for long texts: with the instructions of OPS. */
uint64_t width_by_rule_on(const struct block64_ops *ops, enum width_rule rule, struct bytes text);

#endif
