/* sample_findings.h - what coordinated samples of rows show across tables and units: two places
 * that mask the values of one person differently, found by a key that both hold. Everything here is
 * an estimate from the rows that both samples keep. */
#ifndef YINMA_JUDGE_FINDINGS_SAMPLE_FINDINGS_H
#define YINMA_JUDGE_FINDINGS_SAMPLE_FINDINGS_H

#include "judge/judge.h"

/* Two columns of different tables or units whose masks complement each other, seen from the one
 * that `place` names. */
struct sampled_pair {
    uint32_t unit, other_unit; /* indexes in the results */
    const struct field_facts *place, *other;
    struct bytes key, other_key; /* names of the columns by which rows were put together; views */
    uint8_t kind;                /* number of the pattern */
    struct mask_pair counts;     /* of the sampled rows; without a column */
    uint64_t rows;               /* in how many rows of both, by estimate, more is shown */
};

struct sample_findings;

/* Compare the samples of all units of RESULTS; it must outlive the findings. 0 or
 * YINMA_E_MEMORY. */
int sample_findings_new(const struct judge_settings *settings, const struct results *results,
                        struct sample_findings **out, struct error *err);
void sample_findings_free(struct sample_findings *findings);

/* The pairs that PLACE has a part in, *count_out of them; by kind, then by unit and name of the
 * other column. FINDINGS may be NULL: none. */
const struct sampled_pair *sample_findings_pairs(const struct sample_findings *findings,
                                                 const struct field_facts *place,
                                                 size_t *count_out);

#endif
