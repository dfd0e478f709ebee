/* wire.h - the binary form in which facts travel between processes. Versioned; little-endian;
 * written and read by the same program, yet read with every length checked: a worker may have
 * gone mad. */
#ifndef YINMA_RESULT_WIRE_WIRE_H
#define YINMA_RESULT_WIRE_WIRE_H

#include "result/facts.h"
#include "result/facts_store.h"

enum { WIRE_VERSION = 11 };

/* One value that was found, as it travels with --occurrences. */
struct occurrence {
    uint32_t field; /* field_facts.number in its unit */
    uint8_t kind;
    uint8_t state;
    uint32_t evidence;
    uint32_t length;
    uint32_t column_in_line; /* bytes from 1; 0 = unknown */
    struct example at;
};

void wire_put_unit(const struct unit_facts *unit, struct text_buffer *out);
/* 0, YINMA_E_DAMAGED or YINMA_E_MEMORY. */
int wire_get_unit(struct bytes in, struct unit_facts **out, struct error *err);
/* The same, kept in STORE: it stays as it is, is merged with no other unit, and is freed with the
 * store. Not for what holds sampled values or places of a person. */
int wire_store_unit(struct bytes in, struct facts_store *store, struct unit_facts **out,
                    struct error *err);

void wire_put_occurrence(const struct occurrence *occurrence, struct text_buffer *out);
/* Takes one from the front of *in. 1, 0 at the end, YINMA_E_DAMAGED. */
int wire_get_occurrence(struct bytes *in, struct occurrence *out, struct error *err);

#endif
