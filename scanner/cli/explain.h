/* explain.h - the parts of the command `explain`. */
#ifndef YINMA_CLI_EXPLAIN_H
#define YINMA_CLI_EXPLAIN_H

#include "catalog/catalog.h"
#include "catalog/control_list.h"
#include "cli/call.h"
#include "cli/language.h"
#include "patterns/pattern.h"

/* What the kind is, how its values are checked, when they count as masked, how sure a scan is.
 * POLICY: the one in force. */
void explain_kind(const struct pattern *pattern, const struct mask_policy *policy);

/* explain_rule.c: a rule, by the readings and relations that CATALOG has. */
void explain_rule(const struct catalog *catalog, kind_list kinds, const struct rule *rule,
                  enum report_language language);
/* A bare section that several documents have: prints all it may mean. Returns how many rules it
 * may mean; nothing is printed for less than two. */
size_t explain_choices(const struct catalog *catalog, const char *id,
                       enum report_language language);

/* explain_form.c: a number of a printed form; false when no form has it. */
bool explain_form_number(const char *id, enum report_language language);

/* explain_control.c: a control that has no rule of its own. */
void explain_control(const struct control *control, enum report_language language);

/* explain_policy.c: "masked when …" lines. */
void explain_policy(const struct mask_policy *policy);
/* The same in one line; cut to fit. */
void policy_text(const struct mask_policy *policy, char *out, size_t size);

/* What a kind's own examples show of it. */
uint32_t kind_evidence(const struct pattern *pattern); /* all evidence its values can bring */

/* `explain --value -`: reads the value, says why it counts or not. Returns the exit status. */
int explain_value(const struct call *call);

#endif
