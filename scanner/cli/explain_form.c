/* A number of a printed form that no rule and no listed control has: what the form says of it. */
#include <stdio.h>
#include <string.h>

#include "catalog/forms.h"
#include "catalog/glossary.h"
#include "cli/explain.h"
#include "cli/explain_print.h"
#include "reports/translate.h"

enum { NUMBER_TEXT = 96 };

/* The row of SECTION in FORM. A number that the document prints twice has a letter behind it here
 * ("1.6.1.12b") and none there. */
static bool find_row(const struct form *form, struct bytes section, struct form_row *out,
                     bool *twice) {
    for (unsigned pass = 0; pass < 2; pass++) {
        struct bytes rest = form->tsv;
        while (form_next(&rest, out)) {
            if (bytes_equal(out->section, section)) {
                *twice = pass == 1;
                return true;
            }
        }
        if (section.len < 2 || section.ptr[section.len - 1] != 'b') {
            return false;
        }
        section = bytes_first(section, section.len - 1);
    }
    return false;
}

static const char *judged_text(enum form_judged judged) {
    static const char *const texts[] = {
        N_("data cannot judge it: this program does not check it"),
        N_("data gives proof that a person weighs; see `yinma list controls`"),
        N_("data can break it; see `yinma list controls`"),
    };
    return translate_row(texts[judged]);
}

static void print_row(const char *pack, struct bytes section, const struct form_row *row,
                      bool twice, enum report_language language) {
    char level[NUMBER_TEXT];
    snprintf(level, sizeof level, "%.*s", (int)row->level.len, (const char *)row->level.ptr);
    const struct term *term = glossary_term(level);
    printf("%s/%.*s\n", pack, (int)section.len, (const char *)section.ptr);
    if (twice) {
        print_member_of(_("printed as"), _("%.*s, which the document prints twice"),
                        (int)row->section.len, (const char *)row->section.ptr);
    }
    print_member(_("level"), language == LANGUAGE_ZH && term != NULL ? term->zh : level);
    print_member(_("class"), row->class_two ? "2" : "");
    print_member(_("judged"), judged_text(row->judged));
}

bool explain_form_number(const char *id, enum report_language language) {
    const char *slash = strchr(id, '/');
    struct bytes section = bytes_of_string(slash == NULL ? id : slash + 1);
    bool found = false;
    for (const struct form *form = embedded_forms; form->pack != NULL; form++) {
        struct form_row row;
        bool twice;
        bool named = slash == NULL ||
                     bytes_equal(bytes_of(id, (size_t)(slash - id)), bytes_of_string(form->pack));
        if (named && find_row(form, section, &row, &twice)) {
            print_row(form->pack, section, &row, twice, language);
            found = true;
        }
    }
    return found;
}
