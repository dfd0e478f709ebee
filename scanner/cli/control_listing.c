/* `yinma list controls`: what the documents demand, and how each demand is answered. */
#include <stdio.h>

#include "catalog/control_list.h"
#include "cli/listing.h"
#include "reports/translate.h"

/* The texts of all answers; for a rule its id says enough. */
static const char *answer_text(const struct listing_view *view, const struct control *control) {
    struct control_answer answer;
    size_t used = 0;
    for (size_t i = 0; control_answer_at(control, i, &answer); i++) {
        const char *text = view->language == LANGUAGE_ZH ? answer.text.zh : answer.text.en;
        int written =
            snprintf(view->text + used, LISTING_TEXT - used, "%s%s", i == 0 ? "" : "; ", text);
        if (written < 0 || (size_t)written >= LISTING_TEXT - used) {
            view->text[used] = '\0'; /* whole answers only */
            break;
        }
        used += (size_t)written;
    }
    return used == 0 ? NULL : view->text;
}

static bool control_row(const struct listing_view *view, size_t index, struct entry *entries) {
    struct control control;
    if (!control_at(index, &control)) {
        return false;
    }
    size_t at = 0;
    entries[at++] = entry_text(control.id);
    entries[at++] = entry_text(control.level);
    entries[at++] = entry_text(control.how);
    entries[at++] = entry_text(control.answer);
    entries[at++] = entry_text(view->language == LANGUAGE_ZH ? control.text.zh : control.text.en);
    entries[at++] = entry_text(control.text.zh);
    entries[at++] = entry_text(control.document);
    entries[at++] = entry_text(control.section);
    entries[at++] = entry_text(control.printed);
    entries[at++] = control.class[0] == '2' ? entry_number(2) : (struct entry){0};
    entries[at++] = entry_text(answer_text(view, &control));
    return true;
}

const struct listing control_listing = {"controls",
                                        N_("the numbered demands, and how each is answered"),
                                        {{"id", true},
                                         {"level", true},
                                         {"how", true},
                                         {"answer", true},
                                         {"title", true},
                                         {"title_zh", false},
                                         {"document", false},
                                         {"section", false},
                                         {"printed", false},
                                         {"class", false},
                                         {"answer_text", false}},
                                        control_row};
