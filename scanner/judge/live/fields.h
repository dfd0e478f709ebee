/* fields.h - the facts of one unit while it is being read, by field number. */
#ifndef YINMA_JUDGE_LIVE_FIELDS_H
#define YINMA_JUDGE_LIVE_FIELDS_H

#include "core/segment.h"
#include "judge/collect/collect.h"
#include "judge/live/dates.h"
#include "judge/live/samples.h"
#include "result/facts.h"

/* Columns whose masks complement each other; `counts` without the column's name. */
struct live_pair {
    uint32_t other; /* field number */
    struct mask_pair counts;
};

struct live_field {
    uint64_t cells, empty;
    uint64_t viewed;                                /* values that it had when it was viewed last */
    uint64_t digests, digests_only, digests_proven; /* see facts.h */
    uint64_t wide;                                  /* see live_fields */
    uint32_t kind_count;
    struct kind_facts *kinds; /* as they were met */
    uint32_t pair_count;
    struct live_pair *pairs; /* as they were met */
    uint32_t dated_count;
    struct live_dates *dated; /* kinds of which rows had a date, as they were met */
};

struct live_fields {
    struct live_field *items; /* by field number */
    uint64_t wide;            /* kinds whose sketches are wide */
    uint32_t count, capacity;
    struct live_samples samples; /* of rows with masked values */
    struct live_samples records; /* of rows with a key and personal data */
};

void live_fields_clear(struct live_fields *fields);
void live_fields_release(struct live_fields *fields);

/* Make room for field number FIELD and look it up; valid until the next call. NULL when memory is
 * out. */
struct live_field *live_fields_reach(struct live_fields *fields, uint32_t field);
static inline struct live_field *live_fields_at(struct live_fields *fields, uint32_t field) {
    return field < fields->count ? &fields->items[field] : live_fields_reach(fields, field);
}

/* The facts of KIND in FIELD, made on first use; valid until the next kind of FIELD is made. NULL
 * when memory is out. */
struct kind_facts *live_field_make_kind(struct live_field *field, unsigned kind);
static inline struct kind_facts *live_field_kind(struct live_field *field, unsigned kind) {
    for (uint32_t k = 0; k < field->kind_count; k++) {
        if (field->kinds[k].kind == kind) {
            return &field->kinds[k];
        }
    }
    return live_field_make_kind(field, kind);
}

/* The ages of the values of KIND in FIELD, made on first use; valid until the next kind of FIELD is
 * dated. NULL when memory is out. */
struct live_dates *live_field_make_dates(struct live_field *field, unsigned kind);
static inline struct live_dates *live_field_dates(struct live_field *field, unsigned kind) {
    for (uint32_t i = 0; i < field->dated_count; i++) {
        if (field->dated[i].kind == kind) {
            return &field->dated[i];
        }
    }
    return live_field_make_dates(field, kind);
}

/* FIELD of number NUMBER without its names and kinds. */
struct field_facts live_field_facts(const struct collect_finish *finish, uint32_t number,
                                    const struct live_field *field);
/* Its names, owned. False when memory is out. */
bool live_field_conceal_names(const struct collect_finish *finish, struct field_facts *out);

/* See collector_finish. */
int live_fields_move(struct live_fields *fields, const struct collect_finish *finish,
                     struct unit_facts *unit, struct error *err);

/* See collector_view. */
int live_fields_view(struct live_fields *fields, const struct collect_finish *finish,
                     struct unit_facts *unit, struct error *err);
/* See collector_news. */
uint64_t live_fields_news(const struct live_fields *fields);

#endif
