/* A control without a rule: what it demands, and what answers it instead. */
#include <stdio.h>
#include <string.h>

#include "cli/explain.h"
#include "cli/explain_print.h"
#include "reports/translate.h"

void explain_control(const struct control *control, enum report_language language) {
    struct control_answer answer;
    bool zh = language == LANGUAGE_ZH;
    printf("%s  %s\n", control->id, zh ? control->text.zh : control->text.en);
    if (strcmp(control->printed, control->section) != 0) {
        print_member(_("printed as"), control->printed);
    }
    print_member(_("level"), control->level);
    print_member(_("class"), strcmp(control->class, "2") == 0 ? "2" : "");
    if (strcmp(control->how, "rule") == 0) {
        print_member(_("answered by"), control->answer);
    }
    for (size_t i = 0; control_answer_at(control, i, &answer); i++) {
        const char *text = zh ? answer.text.zh : answer.text.en;
        if (answer.shown_by[0] == '\0') {
            print_member(_("not by data"), text);
        } else {
            print_member_of(_("answered by"), "%s: %s", answer.shown_by, text);
        }
    }
}
