/* Columns that are named for personal data and hold none yet: a migration tells them before they
 * are filled. */
#include "judge/field_name.h"
#include "judge/findings/findings.h"

/* The kind that NAME announces, of those in WANTED; -1: none. What it says to be masked, hashed or
 * a firm's own announces nothing. */
static int announced_kind(const struct name_reading *name, kind_set wanted) {
    bool harmless = name->says_masked || name->says_hashed || name->says_keyed || name->says_firm;
    kind_set kinds = name->kinds & wanted;
    if (name->strength != NAME_TELLS || harmless || kinds == 0) {
        return -1;
    }
    bool first = name->first_kind >= 0 && (kinds >> name->first_kind & 1) != 0;
    return first ? name->first_kind : __builtin_ctzll(kinds);
}

/* NOLINTNEXTLINE(readability-non-const-parameter): the form of a finder */
int find_announced(const struct finding_question *question, enum undecided *why) {
    (void)why;
    const struct judge_settings *settings = question->judging->settings;
    const struct unit_facts *facts = question->view->unit->facts;
    for (uint32_t i = 0; i < facts->field_count; i++) {
        const struct field_facts *place = &facts->fields[i];
        struct name_reading name;
        if (place->cells != place->empty || place->kind_count != 0 || place->column.len == 0) {
            continue;
        }
        read_field_name(settings, place, &name);
        int kind = announced_kind(&name, question->clause->kinds);
        if (kind < 0) {
            continue;
        }
        const struct finding finding = {.unit = question->view->index,
                                        .field = UINT32_MAX,
                                        .place = place,
                                        .kind = lexicon_kinds(settings->lexicon)[kind]->name,
                                        .count = 1,
                                        .confidence = CONFIDENCE_LIKELY};
        int status = put_finding(question, &finding);
        if (status != 0) {
            return status;
        }
    }
    return 0;
}
