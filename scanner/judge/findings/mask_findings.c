#include "judge/findings/mask_findings.h"

#include <stdlib.h>

enum {
    FORM_VALUES_MIN = 2, /* one value of another form is a slip, not a practice */
    FORM_SHARE = 100,    /* … and so is less than one in a hundred */
    PAIR_ROWS_MIN = 2,
    PAIR_AGAINST = 10, /* at most one row in ten may speak against a pair */
    PARTNERS_MAX = 8,
};

/* ---- forms ---- */

/* The shown and hidden places of FORM, without what always stands. */
static size_t places_of(const char *form, char out[FORM_TEXT]) {
    size_t len = 0;
    for (; *form != '\0'; form++) {
        if (*form == '#' || *form == '*') {
            out[len++] = *form;
        }
    }
    out[len] = '\0';
    return len;
}

static void join_runs(char *places) {
    size_t len = 0;
    for (size_t i = 0; places[i] != '\0'; i++) {
        if (len == 0 || places[len - 1] != places[i]) {
            places[len++] = places[i];
        }
    }
    places[len] = '\0';
}

/* Where nothing is shown, or where the rest is cut off (last four digits), no mask was chosen: that
 * goes with any other form. */
static bool is_no_mask(const char *form) {
    return strchr(form, '#') == NULL || strchr(form, '*') == NULL;
}

/* Values of equal length with different places hidden differ. Where the length differs by nature
 * the order of shown and hidden runs is compared; short names have fewer of them (王○, 王○明). */
static bool forms_differ(const char *kind, const char *a, const char *b) {
    char x[FORM_TEXT], y[FORM_TEXT];
    if (is_no_mask(a) || is_no_mask(b)) {
        return false;
    }
    if (places_of(a, x) == places_of(b, y)) {
        return strcmp(x, y) != 0;
    }
    join_runs(x);
    join_runs(y);
    return strcmp(kind, "person_name") != 0 && strcmp(x, y) != 0;
}

/* The form of most values; NULL when none shows anything. */
static const struct mask_form *main_form(const struct mask_forms *forms) {
    const struct mask_form *best = NULL;
    for (uint32_t i = 0; i < forms->used; i++) {
        const struct mask_form *form = &forms->forms[i];
        bool more = best == NULL || form->count > best->count ||
                    (form->count == best->count && strcmp(form->text, best->text) < 0);
        if (!is_no_mask(form->text) && more) {
            best = form;
        }
    }
    return best;
}

static bool add_partner(struct mask_finding *out, const struct violation_partner *partner) {
    struct violation_partner *with = reallocarray(out->with, out->with_count + 1, sizeof *with);
    if (with == NULL) {
        return false;
    }
    out->with = with;
    with[out->with_count++] = *partner;
    return true;
}

/* Values of FIELD that are masked in another way than most of them. */
static uint64_t values_of_other_forms(const struct field_result *field,
                                      const struct mask_form *main) {
    const struct mask_forms *forms = &field->facts->forms;
    uint64_t all = 0, other = 0;
    for (uint32_t i = 0; i < forms->used; i++) {
        all += forms->forms[i].count;
    }
    for (uint32_t i = 0; i < forms->used; i++) {
        const struct mask_form *form = &forms->forms[i];
        bool practice = form->count >= FORM_VALUES_MIN && form->count * FORM_SHARE >= all;
        other += practice && forms_differ(field->kind, main->text, form->text) ? form->count : 0;
    }
    return other;
}

/* The first field of that kind in the unit which masks: the others are compared with it. */
static const struct field_result *first_masked(const struct unit_fields *unit, unsigned kind) {
    for (size_t i = 0; i < unit->count; i++) {
        const struct field_result *field = &unit->results[i];
        const struct mask_form *main = main_form(&field->facts->forms);
        if (field->kind_number == kind && field->written && main != NULL &&
            main->count >= FORM_VALUES_MIN) {
            return field;
        }
    }
    return NULL;
}

static bool find_mixed(const struct unit_fields *unit, const struct field_result *field,
                       struct mask_finding *out) {
    const struct mask_form *main = main_form(&field->facts->forms);
    if (main == NULL) {
        return true;
    }
    out->states = 1U << STATE_WEAK | 1U << STATE_MASKED;
    out->forms = &field->facts->forms;
    out->count = values_of_other_forms(field, main);
    const struct field_result *first = first_masked(unit, field->kind_number);
    if (first == NULL || first == field) {
        return true;
    }
    const struct mask_form *usual = main_form(&first->facts->forms);
    if (usual == NULL || !forms_differ(field->kind, usual->text, main->text)) {
        return true;
    }
    out->count = main->count > out->count ? main->count : out->count;
    return add_partner(out,
                       &(struct violation_partner){.place = first->field, .form = usual->text});
}

/* ---- complementary masks ---- */

/* The column of that name beside FIELD, in the same table. */
static const struct field_facts *
find_column(const struct unit_fields *unit, const struct field_facts *beside, struct bytes column) {
    for (uint32_t i = 0; i < unit->facts->field_count; i++) {
        const struct field_facts *field = &unit->facts->fields[i];
        if (bytes_equal(field->column, column) && field->storage == beside->storage &&
            bytes_equal(field->table, beside->table)) {
            return field;
        }
    }
    return NULL;
}

/* Has the other column a record, so that one of the two has to tell of both? */
static const struct field_result *find_result(const struct unit_fields *unit,
                                              const struct field_facts *place, unsigned kind) {
    for (size_t i = 0; i < unit->count; i++) {
        const struct field_result *field = &unit->results[i];
        if (field->field == place && field->kind_number == kind && field->written) {
            return field;
        }
    }
    return NULL;
}

static bool find_complementary(const struct unit_fields *unit, const struct field_result *field,
                               struct mask_finding *out) {
    out->states = 1U << STATE_WEAK | 1U << STATE_MASKED;
    for (uint32_t i = 0; i < field->field->pair_count; i++) {
        const struct mask_pair *pair = &field->field->pairs[i];
        uint64_t joined = pair->shown + pair->narrowed;
        if (pair->kind != field->kind_number || joined < PAIR_ROWS_MIN ||
            pair->against * PAIR_AGAINST > joined || out->with_count == PARTNERS_MAX) {
            continue;
        }
        const struct field_facts *place = find_column(unit, field->field, pair->column);
        const struct field_result *other =
            place == NULL ? NULL : find_result(unit, place, field->kind_number);
        if (place == NULL || (other != NULL && other < field)) {
            continue; /* the first of the two tells */
        }
        struct violation_partner partner = {.place = place,
                                            .count = joined,
                                            .residual_min =
                                                pair->shown > 0 ? 1 : pair->residual_min};
        out->all_shown |= pair->shown > 0;
        out->count = joined > out->count ? joined : out->count;
        if (!add_partner(out, &partner)) {
            return false;
        }
    }
    return true;
}

/* ---- across tables and units ---- */

static const struct field_result *find_in_all(const struct results *all,
                                              const struct sampled_pair *pair) {
    size_t low = 0, high = all->field_count; /* sorted by unit */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool before = all->fields[middle].unit < pair->other_unit;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    for (; low < all->field_count && all->fields[low].unit == pair->other_unit; low++) {
        const struct field_result *field = &all->fields[low];
        if (field->field == pair->other && field->kind_number == pair->kind && field->written) {
            return field;
        }
    }
    return NULL;
}

static bool find_elsewhere(const struct unit_fields *unit, const struct field_result *field,
                           struct mask_finding *out) {
    size_t count;
    const struct sampled_pair *pairs = sample_findings_pairs(unit->samples, field->field, &count);
    for (size_t i = 0; i < count; i++) {
        const struct sampled_pair *pair = &pairs[i];
        if (pair->kind != field->kind_number || out->with_count == PARTNERS_MAX) {
            continue;
        }
        const struct field_result *other = find_in_all(unit->all, pair);
        if (other != NULL && other < field) {
            continue; /* the first of the two tells */
        }
        const struct mask_pair *counts = &pair->counts;
        uint64_t rows = pair->rows < field->values ? pair->rows : field->values;
        struct violation_partner partner = {.place = pair->other,
                                            .count = rows,
                                            .residual_min =
                                                counts->shown > 0 ? 1 : counts->residual_min,
                                            .sampled = counts->shown + counts->narrowed,
                                            .key = pair->key,
                                            .with_key = pair->other_key};
        if (pair->other_unit != pair->unit) {
            partner.unit = unit->all->units[pair->other_unit].name;
        }
        out->all_shown |= counts->shown > 0;
        out->count = rows > out->count ? rows : out->count;
        if (!add_partner(out, &partner)) {
            return false;
        }
    }
    return true;
}

/* ---- all ---- */

bool mask_finding_of(enum rule_finding finding, const struct unit_fields *unit,
                     const struct field_result *field, struct mask_finding *out) {
    *out = (struct mask_finding){0};
    if (finding == FINDING_MIXED_MASKS) {
        return find_mixed(unit, field, out);
    }
    if (finding == FINDING_COMPLEMENTARY_MASKS) {
        return find_complementary(unit, field, out) && find_elsewhere(unit, field, out);
    }
    if (finding == FINDING_UNKEYED_DIGESTS) {
        out->states = 1U << STATE_ENCRYPTED;
        out->count =
            field->pseudonym >= PSEUDONYM_UNKEYED_LIKELY ? field->count[STATE_ENCRYPTED] : 0;
    }
    return true;
}
