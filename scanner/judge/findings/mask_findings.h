/* mask_findings.h - what a field breaks that none of its values breaks alone: masks of several
 * forms, masks that complement those of another column, digests without a key. */
#ifndef YINMA_JUDGE_FINDINGS_MASK_FINDINGS_H
#define YINMA_JUDGE_FINDINGS_MASK_FINDINGS_H

#include "judge/findings/sample_findings.h"

struct mask_finding {
    uint64_t count;                 /* values it is about; 0 = the rule holds */
    uint32_t states;                /* bit per enum mask_state: where examples are found */
    bool all_shown;                 /* complementary: nothing stays hidden */
    const struct mask_forms *forms; /* mixed; else NULL */
    struct violation_partner *with; /* malloc'ed, for the violation */
    unsigned with_count;
};

/* The fields of one unit. */
struct unit_fields {
    const struct unit_facts *facts;
    const struct field_result *results; /* of this unit */
    size_t count;
    const struct results *all;
    const struct sample_findings *samples; /* across tables and units; NULL: none */
};

/* Judge FIELD, one of UNIT's results. False when memory is out. */
bool mask_finding_of(enum rule_finding finding, const struct unit_fields *unit,
                     const struct field_result *field, struct mask_finding *out);

#endif
