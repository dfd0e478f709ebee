/* naming.h - how reports call what they speak of. Names come from data: they are made safe for
 * terminals here, each format escapes them in its own way. */
#ifndef YINMA_REPORTS_NAMING_H
#define YINMA_REPORTS_NAMING_H

#include "core/text_buffer.h"
#include "reports/report.h"
#include "reports/sentence.h"
#include "reports/translate.h"

/* All violations, worst first, then as they stand in the results; those the baseline holds behind
 * all others. The caller frees the array; NULL when memory is out. */
const struct violation **violations_worst_first(const struct results *results);

/* "orders.card_no", "card_no"; nothing for free text and for rules about a whole unit. */
void name_place(struct text_buffer *out, const struct field_facts *place);
/* " (freelist)" for rows that are no live ones. */
void name_storage(struct text_buffer *out, const struct field_facts *place);

/* The unit of a violation; NULL for a rule about the whole run. */
const struct unit_result *unit_of(const struct results *results, const struct violation *violation);

/* Text of a pack in the language of the report; "" when there is none. */
const char *pack_text(const struct report_options *options, const char *en, const char *zh);

/* " (backup.7z: it can be read without a key)": of an expectation or a flow; else
 * nothing. TRANSLATE NULL: in English. */
void name_missed(struct text_buffer *out, const struct violation *violation,
                 const char *(*translate)(const char *text));
/* "orders.card_no: card_number, 1100 values: MESSAGE", and what name_missed says */
void name_violation(struct text_buffer *out, const struct report_options *options,
                    const struct violation *violation);

/* The first line that an example of the violation stands in; 0 when none is known. */
uint64_t first_line(const struct violation *violation);

/* "failed: encrypted: DETAIL": why a unit was not read. */
void name_gap(struct text_buffer *out, const struct report_options *options,
              const struct unit_facts *unit);
/* What a coverage record says in words (sentence.h). */
void name_detail(struct text_buffer *out, const struct unit_facts *unit, translator translate);

/* Different units of one source share the fingerprint of a violation, but services keep one issue a
 * fingerprint: this one, in hex, is of WHAT (a fingerprint, or the name of an issue) in UNIT. False
 * when memory is out. */
bool fingerprint_in_unit(const char *what, struct bytes unit, char out[65]);

#endif
