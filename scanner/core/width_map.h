/* width_map.h - where a unit of several encodings changes them: regions of the transcoded stream,
 * each with its own width rule. The transcoder adds regions as it converts; the offsets of whatever
 * reads behind it are counted with them (width_before). One thread. */
#ifndef YINMA_CORE_WIDTH_MAP_H
#define YINMA_CORE_WIDTH_MAP_H

#include "core/width_rule.h"

/* NULL when memory is out. */
struct width_map *width_map_new(void);
void width_map_free(struct width_map *map);

/* From POSITION of the transcoded stream on, RULE holds; SKIPPED original bytes before it (codes
 * that switch character sets) left nothing behind. Positions never fall. False when memory is out.
 */
bool width_map_add(struct width_map *map, uint64_t position, enum width_rule rule,
                   uint64_t skipped);

/* No regions; positions begin anew. */
void width_map_clear(struct width_map *map);

/* Nobody will ask about anything before POSITION again. */
void width_map_forget(struct width_map *map, uint64_t position);

/* The widths of a unit. One rule, or a map of regions; then positions in the transcoded stream are
 * known by an anchor in memory that whoever holds the bytes keeps up to date (window.c). */
struct widths {
    enum width_rule rule;
    const struct width_map *map;   /* NULL: the rule holds everywhere */
    const uint8_t *anchor;         /* with a map: this byte … */
    uint64_t position;             /* … stands here in the transcoded stream */
    const struct block64_ops *ops; /* to count with; NULL: those of every processor */
};

/* How many bytes TEXT took before it was transcoded. With a map TEXT must stand in the memory of
 * the anchor, and what was skipped counts to the text that ends where the next begins. */
uint64_t width_before(struct widths widths, struct bytes text);

#endif
