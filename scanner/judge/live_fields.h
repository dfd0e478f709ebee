/* live_fields.h - the facts of one unit while it is being read, by field number. */
#ifndef YINMA_JUDGE_LIVE_FIELDS_H
#define YINMA_JUDGE_LIVE_FIELDS_H

#include "core/segment.h"
#include "judge/collect.h"
#include "result/facts.h"

struct live_field {
    uint64_t cells, empty;
    uint32_t kind_count;
    struct kind_facts *kinds; /* as they were met */
};

struct live_fields {
    struct live_field *items; /* by field number */
    uint32_t count, capacity;
};

void live_fields_clear(struct live_fields *fields);
void live_fields_release(struct live_fields *fields);

/* Count the cells of SEGMENT for their fields. False when memory is out. */
bool live_fields_count_cells(struct live_fields *fields, const struct segment *segment);

/* The facts of KIND in FIELD, made on first use; valid until the next call. NULL: out of memory. */
struct kind_facts *live_fields_kind(struct live_fields *fields, uint32_t field, unsigned kind);

/* See collector_finish. */
int live_fields_move(struct live_fields *fields, const struct collect_finish *finish,
                     struct unit_facts *unit, struct error *err);

#endif
