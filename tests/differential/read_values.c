/* Asks the patterns about many values: lines of KIND, a tab and a value on standard input; one line
 * with "yes", "checked" (yes, by its check digit), "shaped" or "no" on standard output for each.
 * The values are read as those of a column whose name tells the kind. */
#include <stdio.h>
#include <string.h>

#include "patterns/kinds/kinds.h"
#include "patterns/pattern.h"

enum { LINE = 256 };

static const char *answer(const struct pattern *pattern, struct bytes text) {
    struct value value = {.text = text, .ascii = true, .named = true};
    struct reading reading;
    switch (pattern_read(pattern, &value, &pattern->policy, &reading)) {
    case READ_SHAPED:
        return "shaped";
    case READ_YES:
        if (reading.state != STATE_CLEAR) {
            return "no";
        }
        return (reading.evidence & EVIDENCE_CHECKSUM) != 0 ? "checked" : "yes";
    case READ_NO:
        break;
    }
    return "no";
}

int main(void) {
    char line[LINE];
    while (fgets(line, sizeof line, stdin) != NULL) {
        char *tab = strchr(line, '\t');
        if (tab == NULL) {
            return 2;
        }
        *tab = '\0';
        tab[1 + strcspn(tab + 1, "\r\n")] = '\0';
        int kind = pattern_number(line);
        puts(kind < 0 ? "unknown" : answer(patterns[kind], bytes_of_string(tab + 1)));
    }
    return 0;
}
