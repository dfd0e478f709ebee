/* yinma explain KIND: what it is, how a value is checked, how sure a scan can be of it. */
#include <math.h>
#include <stdio.h>

#include "cli/explain.h"
#include "cli/explain_print.h"
#include "reports/translate.h"

enum { EXAMPLES_SHOWN = 4 };

/* What an example turns out to be; false when it is no value of the kind. */
static bool read_example(const struct pattern *pattern, const char *text, struct reading *out) {
    struct bytes bytes = bytes_of_string(text);
    struct value value = {.text = bytes, .ascii = true, .named = true};
    for (size_t i = 0; i < bytes.len; i++) {
        value.ascii &= bytes.ptr[i] < 0x80;
    }
    return pattern_read(pattern, &value, &pattern->policy, out) == READ_YES;
}

uint32_t kind_evidence(const struct pattern *pattern) {
    uint32_t evidence = 0;
    for (const struct pattern_example *e = pattern->examples; e != NULL && e->text != NULL; e++) {
        struct reading reading;
        if (e->result == READ_YES && read_example(pattern, e->text, &reading)) {
            evidence |= reading.evidence;
        }
    }
    return evidence;
}

static bool list_example(struct text_buffer *list, const char *text, size_t *shown) {
    if (*shown == EXAMPLES_SHOWN) {
        return false;
    }
    text_buffer_printf(list, "%s%s", (*shown)++ == 0 ? "" : ", ", text);
    return true;
}

/* The kind's own examples (made up, or values that everybody uses for trying out). */
static void print_examples(const struct pattern *pattern) {
    struct text_buffer dummies, masked, weak;
    size_t dummy_count = 0, masked_count = 0, weak_count = 0;
    text_buffer_init(&dummies, 0);
    text_buffer_init(&masked, 0);
    text_buffer_init(&weak, 0);
    for (const struct pattern_example *e = pattern->examples; e != NULL && e->text != NULL; e++) {
        struct reading reading;
        if (e->result != READ_YES || !read_example(pattern, e->text, &reading)) {
            continue;
        }
        if (reading.state == STATE_CLEAR && (reading.evidence & EVIDENCE_DUMMY) != 0) {
            list_example(&dummies, e->text, &dummy_count);
        } else if (e->state == STATE_MASKED) {
            list_example(&masked, e->text, &masked_count);
        } else if (e->state == STATE_WEAK) {
            list_example(&weak, e->text, &weak_count);
        }
    }
    print_member(_("masked"), text_buffer_string(&masked));
    print_member(_("weak"), text_buffer_string(&weak));
    print_member(_("dummies"), text_buffer_string(&dummies));
    text_buffer_release(&dummies);
    text_buffer_release(&masked);
    text_buffer_release(&weak);
}

/* How many of a hundred values with the shape must pass (docs/confidence.md, "Chance"). */
static unsigned needed_of_hundred(double chance) {
    double expected = 100 * chance;
    return (unsigned)(expected + 4 * sqrt(expected * (1 - chance)) + 2);
}

static void print_confidence(const struct pattern *pattern) {
    printf("\n%s\n", _("How sure a scan is (docs/confidence.md)"));
    if (pattern->chance < 1) {
        unsigned needed = needed_of_hundred(pattern->chance);
        print_member_of(_("chance"),
                        _("%g of random values with the shape pass; of a hundred such values in a "
                          "column at least 80, or more than %u, must pass, else it stays possible"),
                        pattern->chance, needed < 80 ? needed : 80);
    } else {
        print_member(_("chance"), _("its values prove nothing"));
    }
    bool in_company = pattern->company != NULL && !pattern->proves_itself;
    print_member_of(_("named field"),
                    in_company ? _("certain when half of its filled cells are of the kind and %s "
                                   "stands in the same table; likely without")
                               : _("certain when half of its filled cells are of the kind%s; "
                                   "likely with fewer"),
                    in_company               ? pattern->company
                    : pattern->proves_itself ? _(", or values pass the check")
                                             : "");
    if (pattern->proves_itself) {
        print_member(_("no name"),
                     _("certain in a full column (four fifths of at least ten cells), or "
                       "with a telling word or layout; else likely"));
        print_member(_("other name"), _("two steps lower, unless the column is full of values that "
                                        "pass"));
    } else {
        print_member(_("no name"), _("likely behind a telling word, else possible"));
    }
    if (pattern->column_like != NULL) {
        print_member(_("nameless column"),
                     pattern->company_by_column
                         ? _("likely when at least five different values fill four fifths of it, "
                             "spread as people's are, beside the kind it needs; possible with "
                             "fewer")
                         : _("likely when at least five different values fill four fifths of it, "
                             "spread as people's are; possible with fewer"));
    } else if (pattern->proves_itself) {
        print_member(_("nameless column"), _("value by value, as in running text"));
    } else {
        print_member(_("nameless column"),
                     _("not told by its values; a header or a word must tell"));
    }
}

void explain_kind(const struct pattern *pattern, const struct mask_policy *policy) {
    printf("%s  %s\n", pattern->name, translate_row(pattern->title));
    print_member(_("legal"), legal_name(pattern->legal));
    if (pattern->off_by_default) {
        print_member_of(_("by default"), _("off; \"turn-on: [%s]\" in yinma.yaml turns it on"),
                        pattern->name);
    }
    print_member(_("found by"), pattern->proves_itself
                                    ? _("its value alone (check digit, issuer or layout), and by "
                                        "the name of its field")
                                    : _("the name of its field, or a word before it"));
    print_member(_("checked"), translate_row(pattern->check));
    explain_policy(policy);
    print_examples(pattern);
    print_words(_("field names"), pattern->field_names);
    print_words(_("not"), pattern->other_names);
    print_words(_("words before"), pattern->labels);
    print_confidence(pattern);
}
