/* fixed_heading.h - a line of names above records of constant length, as reports and lists of
 * programs have it: each name stands over its field. */
#ifndef YINMA_DECODE_ALIGNED_FIXED_HEADING_H
#define YINMA_DECODE_ALIGNED_FIXED_HEADING_H

#include "decode/aligned/fixed_layout.h"

/* The line (a view of HEAD, without its end) that names the fields of LAYOUT, each name in NAMES
 * ("" where it has none). False: there is none. */
bool fixed_heading_find(const struct decode_head *head, const struct fixed_layout *layout,
                        struct bytes *line, struct bytes *names);

/* Cut LINE where the fields begin. A character that reaches over the edge stays with the field it
 * begins in. *at is the end of field I - 1, *column its column; both move on to those of field I.
 */
struct bytes fixed_next_field(const struct fixed_layout *layout, struct bytes line, size_t i,
                              size_t *at, size_t *column);

#endif
