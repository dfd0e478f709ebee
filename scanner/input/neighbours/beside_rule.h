/* beside_rule.h - kinds of neighbours that describe a file, and what all of them read with. Inside
 * the room only. */
#ifndef YINMA_INPUT_NEIGHBOURS_BESIDE_RULE_H
#define YINMA_INPUT_NEIGHBOURS_BESIDE_RULE_H

#include "input/neighbours/beside.h"

/* One row a kind of neighbours, see beside.c. */
struct beside_rule {
    /* The neighbour that would describe a file called STEM (without an ending of compression);
     * false: such a file has none. */
    bool (*wish)(struct bytes stem, struct text_buffer *wish);
    /* Does PLAIN, the first bytes of a file that has the wish, look like it? NULL: always. */
    bool (*plausible)(struct bytes plain);
    /* Its description, when the neighbour is there and makes sense. */
    bool (*find)(struct beside *beside, struct byte_source *source, struct bytes stem,
                 struct bytes head, struct input_budget *budget);
};
extern const struct beside_rule beside_pg_directory, beside_mysql_tab, beside_mydumper;

/* What a description may be compressed with: "" and endings of names; NULL-terminated. */
extern const char *const beside_endings[];

/* The whole text of the neighbour called NAME, itself or compressed, appended to OUT. False: there
 * is none, it is larger than a description may be, or it cannot be read. */
bool beside_read(struct byte_source *source, struct bytes name, struct input_budget *budget,
                 struct text_buffer *out);
/* Descriptions that are larger are not read. */
enum { BESIDE_BYTES_MAX = 4 * 1024 * 1024 };
/* NAME without an ending of compression. */
struct bytes beside_stem(struct bytes name);
/* The first bytes of what HEAD begins: out of it, when it begins a compressed stream. */
struct bytes beside_plain_head(struct bytes head, struct input_budget *budget, uint8_t *buffer,
                               size_t capacity);

#endif
