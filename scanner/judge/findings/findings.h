/* findings.h - what no single value breaks, beyond the masks of one field: a table of finders, one
 * row each. */
#ifndef YINMA_JUDGE_FINDINGS_FINDINGS_H
#define YINMA_JUDGE_FINDINGS_FINDINGS_H

#include "judge/findings/finding.h"

/* Of the rules about VIEW (a unit), or NULL (the run, once, after all units). */
int judge_findings(struct judging *judging, const struct unit_view *view);

/* ---- archive_findings.c ---- */
finder find_live_and_archive;

/* ---- announced_findings.c ---- */
finder find_announced;

/* ---- overlap_findings.c ---- */
finder find_overlap;

/* ---- credential_findings.c ---- */
finder find_password_list, find_key_beside_data;

/* ---- log_spans.c ---- */
finder find_log_span;

/* ---- flow_findings.c ---- */
finder find_flow_surplus;

/* ---- expectations.c ---- */
finder find_expectations;

#endif
