/* When a hidden value counts as hidden well enough, in words. */
#include <stdio.h>

#include "cli/explain.h"
#include "cli/explain_print.h"
#include "reports/translate.h"

enum { POLICY_TEXT = 160 };

/* The demand number INDEX of POLICY; false when it has no more. */
static bool demand(const struct mask_policy *policy, unsigned index, char out[POLICY_TEXT]) {
    const struct {
        const char *format;
        unsigned number;
        bool asked;
    } demands[] = {
        {_("nothing is shown"), 0, policy->nothing_shown},
        {_("at most the last %u characters are shown"), policy->max_shown_tail,
         policy->max_shown_tail > 0},
        {_("at least %u characters are hidden"), policy->min_hidden, policy->min_hidden > 0},
        {_("at least %u percent of its characters are hidden"), policy->min_hidden_percent,
         policy->min_hidden_percent > 0},
        {_("at least %u valid values still fit"), policy->min_residual, policy->min_residual > 0},
    };
    for (size_t i = 0; i < sizeof demands / sizeof *demands; i++) {
        if (demands[i].asked && index-- == 0) {
            if (demands[i].number == 0) {
                snprintf(out, POLICY_TEXT, "%s", demands[i].format);
                return true;
            }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* a row of the table above */
            snprintf(out, POLICY_TEXT, demands[i].format, demands[i].number);
#pragma GCC diagnostic pop
            return true;
        }
    }
    return false;
}

void explain_policy(const struct mask_policy *policy) {
    char text[POLICY_TEXT];
    for (unsigned i = 0; demand(policy, i, text); i++) {
        print_member(_("masked when"), text);
    }
}

void policy_text(const struct mask_policy *policy, char *out, size_t size) {
    char text[POLICY_TEXT];
    size_t len = 0;
    out[0] = '\0';
    for (unsigned i = 0; demand(policy, i, text) && len < size; i++) {
        int used = snprintf(out + len, size - len, "%s%s", i == 0 ? "" : "; ", text);
        len += used > 0 ? (size_t)used : 0;
    }
}
