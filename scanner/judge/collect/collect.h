/* collect.h - from hits to facts, in a worker: every candidate value is read by its pattern, its
 * state counted, the first examples rendered (masked), its hash put into the sketch. The hot path
 * of the program: no allocation per value, nothing decided that a later row could change. */
#ifndef YINMA_JUDGE_COLLECT_COLLECT_H
#define YINMA_JUDGE_COLLECT_COLLECT_H

#include "core/block64/block64.h"
#include "core/hit.h"
#include "core/name_cache.h"
#include "core/segment.h"
#include "patterns/pattern.h"
#include "result/fingerprint.h"
#include "result/reference.h"
#include "result/wire/wire.h"

struct collect_settings {
    kind_list kinds;
    const struct mask_policy *policies; /* one a kind */
    const struct fingerprint_key *key;
    const struct reference *reference; /* values are sampled under its key; NULL: not at all */
    const struct block64_ops *ops;
    unsigned examples;            /* kept of each state, 1 … EXAMPLES_KEPT; 0: EXAMPLES_KEPT */
    const struct date_cuts *cuts; /* periods that values are counted by */
    int32_t zone_seconds;         /* clocks are so far ahead of UTC */
    bool records;      /* sample rows by their keys: there may be copies of them elsewhere */
    bool fingerprints; /* examples carry those of their values */
    bool reveal;       /* examples in clear: --reveal */
    bool occurrences;  /* render every value */
    kind_set wide;     /* kinds whose different values are counted exactly for longer (sketch.h) */
};

struct collector;
/* SETTINGS are copied; what they point to must outlive the collector. NULL when memory is out. */
struct collector *collector_new(const struct collect_settings *settings);
void collector_free(struct collector *collector);

/* A new unit begins: what is left of the one before is dropped. */
void collector_begin(struct collector *collector);

/* Read what MATCH found in SEGMENT. With occurrences the wire records of this segment are in
 * *occurrences_out afterwards, valid until the next call. 0 or YINMA_E_MEMORY. */
int collector_segment(struct collector *collector, const struct segment *segment,
                      const struct match_result *match, struct bytes *occurrences_out,
                      struct error *err);

/* Count cells that nobody needs to look at (core/quiet.h). 0 or YINMA_E_MEMORY. */
int collector_quiet(struct collector *collector, const struct quiet_cells *cells, size_t count,
                    struct error *err);

struct collect_finish {
    const struct field_set *fields;
    /* Is the field worth a record even without a value (its name tells)? */
    bool (*wanted)(void *context, uint32_t field);
    /* What date column the field is: enum date_rank. */
    unsigned char (*date_rank)(void *context, uint32_t field);
    void *context;
    /* Names leave in the form in which they may be shown. */
    void (*conceal)(kind_list kinds, struct bytes text, struct text_buffer *out);
    kind_list kinds;
    struct name_cache *shown; /* names that were concealed before; NULL: none are kept */
    bool piece; /* of a unit: fields with cells are told even when they are idle (facts.h) */
};

/* Move everything collected into UNIT. 0 or YINMA_E_MEMORY. */
int collector_finish(struct collector *collector, const struct collect_finish *finish,
                     struct unit_facts *unit, struct error *err);

/* ---- while a unit is being read, for those who must act early ---- */

/* A number that grows when a field has its first value of a kind in a mask state. */
uint64_t collector_news(const struct collector *collector);

/* Show in UNIT the fields of all tables that had new values since the last view. Counts and
 * examples are borrowed until the next segment; ages, pairs of masks and samples are left out. 0 or
 * YINMA_E_MEMORY; collector_unview in both cases. */
int collector_view(struct collector *collector, const struct collect_finish *finish,
                   struct unit_facts *unit, struct error *err);
/* Let go of the fields of UNIT. */
void collector_unview(struct unit_facts *unit);

#endif
