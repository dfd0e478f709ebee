#include "judge/shown_digits.h"

#include <string.h>

bool form_beyond_last4(const char *form) {
    size_t len = strlen(form), characters = 0;
    for (size_t i = len; i-- > 0;) {
        if (form[i] == '#' || form[i] == '*') {
            characters++;
        }
        if (form[i] == '#' && characters > 4) {
            return true;
        }
    }
    return false;
}

bool form_beyond_bin_last4(const char *form) {
    size_t characters = 0, at = 0;
    for (const char *c = form; *c != '\0'; c++) {
        characters += *c == '#' || *c == '*';
    }
    size_t issuer = characters >= 16 ? 8 : 6;
    for (const char *c = form; *c != '\0'; c++) {
        if (*c != '#' && *c != '*') {
            continue;
        }
        if (*c == '#' && at >= issuer && at + 4 < characters) {
            return true;
        }
        at++;
    }
    return false;
}

uint64_t count_beyond(const struct kind_facts *facts, uint64_t clear,
                      bool (*beyond_form)(const char *form)) {
    uint64_t beyond = clear, kept = 0, hidden = facts->count[STATE_WEAK];
    for (uint32_t i = 0; i < facts->forms.used; i++) {
        if (beyond_form(facts->forms.forms[i].text)) {
            beyond += facts->forms.forms[i].count;
            kept += facts->forms.forms[i].count;
        }
    }
    /* More forms than are kept: what is weak shows too much by the stricter of both measures. */
    return facts->forms.dropped && kept < hidden ? clear + hidden : beyond;
}
