#include "result/facts.h"

#include <stdlib.h>

#include "core/hash64.h"
#include "result/text_copy.h"

static const char *const status_names[] = {"scanned", "partial",  "skipped", "failed",
                                           "opaque",  "expected", "waived"};
_Static_assert(sizeof status_names / sizeof *status_names == COVERAGE_WAIVED + 1,
               "a name for every status");

const char *coverage_status_name(enum coverage_status status) {
    return status_names[status];
}

bool coverage_status_from_name(const char *name, enum coverage_status *out) {
    for (unsigned i = 0; i <= COVERAGE_WAIVED; i++) {
        if (strcmp(name, status_names[i]) == 0) {
            *out = (enum coverage_status)i;
            return true;
        }
    }
    return false;
}

const char *coverage_reason(int error_code) {
    switch (error_code) {
    case 0:
        return "special-file";
    case YINMA_E_MISSING:
        return "missing";
    case YINMA_E_PERMISSION:
        return "permission";
    case YINMA_E_DAMAGED:
        return "damaged";
    case YINMA_E_TRUNCATED:
        return "truncated";
    case YINMA_E_ENCRYPTED:
        return "encrypted";
    case YINMA_E_UNSUPPORTED:
        return "unsupported";
    case YINMA_E_LIMIT:
    case YINMA_E_MEMORY: /* of the unit: what --max-memory or the system allows */
        return "limit";
    case YINMA_E_TIMEOUT:
        return "timeout";
    case YINMA_E_CHANGED:
        return "changed";
    case YINMA_E_CRASHED:
        return "crashed";
    case YINMA_E_CANCELLED:
        return "interrupted";
    case YINMA_E_OWN:
        return "own-file";
    case YINMA_E_RAW_PAGES:
        return "raw-pages";
    default:
        return "io-error";
    }
}

static int compare_u64(uint64_t a, uint64_t b) {
    return (a > b) - (a < b);
}

static int example_compare(const struct example *a, const struct example *b) {
    int order = compare_u64(a->offset, b->offset);
    if (order == 0) {
        order = compare_u64(a->row, b->row);
    }
    if (order == 0) {
        order = compare_u64(a->line, b->line);
    }
    if (order == 0) {
        order = strcmp(a->shown, b->shown);
    }
    return order != 0 ? order : strcmp(a->fingerprint, b->fingerprint);
}

bool example_before(const struct example *a, const struct example *b) {
    return example_compare(a, b) < 0;
}

static uint64_t form_hash(struct bytes form) {
    return hash64(form, 0);
}

static int form_compare(const struct mask_form *form, uint64_t hash, struct bytes text) {
    int order = compare_u64(form->hash, hash);
    if (order == 0) {
        size_t len = strlen(form->text);
        order = memcmp(form->text, text.ptr, len < text.len ? len : text.len);
        return order != 0 ? order : compare_u64(len, text.len);
    }
    return order;
}

bool mask_forms_add(struct mask_forms *forms, struct bytes form, uint64_t count) {
    form = bytes_first(form, FORM_TEXT - 1);
    const uint8_t *nul = form.len == 0 ? NULL : memchr(form.ptr, 0, form.len);
    if (nul != NULL) {
        form.len = (size_t)(nul - form.ptr);
    }
    if (forms->forms == NULL) {
        forms->forms = calloc(FORMS_KEPT, sizeof *forms->forms);
        if (forms->forms == NULL) {
            return false;
        }
    }
    uint64_t hash = form_hash(form);
    size_t at = 0;
    while (at < forms->used && form_compare(&forms->forms[at], hash, form) < 0) {
        at++;
    }
    if (at < forms->used && form_compare(&forms->forms[at], hash, form) == 0) {
        forms->forms[at].count += count;
        return true;
    }
    if (forms->used == FORMS_KEPT) {
        forms->dropped = true;
        if (at == FORMS_KEPT) {
            return true;
        }
        forms->used--; /* the last one makes room */
    }
    memmove(forms->forms + at + 1, forms->forms + at, (forms->used - at) * sizeof *forms->forms);
    forms->used++;
    forms->forms[at] = (struct mask_form){.count = count, .hash = hash};
    if (form.len > 0) {
        memcpy(forms->forms[at].text, form.ptr, form.len);
    }
    return true;
}

void mask_forms_release(struct mask_forms *forms) {
    free(forms->forms);
    *forms = (struct mask_forms){0};
}

void kind_facts_init(struct kind_facts *facts, unsigned kind) {
    memset(facts, 0, sizeof *facts);
    facts->kind = (uint8_t)kind;
    sketch_init(&facts->distinct);
}

void kind_facts_release(struct kind_facts *facts) {
    sketch_release(&facts->distinct);
    mask_forms_release(&facts->forms);
    if (facts->sample != NULL) {
        value_sample_release(facts->sample);
        free(facts->sample);
        facts->sample = NULL;
    }
    free(facts->groups);
    facts->groups = NULL;
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        free(facts->examples[state]);
        facts->examples[state] = NULL;
        facts->example_count[state] = 0;
    }
    date_facts_free(facts->dates);
    facts->dates = NULL;
}

bool kind_facts_group(struct kind_facts *facts, unsigned group, uint64_t number) {
    if (facts->groups == NULL) {
        facts->groups = calloc(COLUMN_GROUPS_MAX, sizeof *facts->groups);
        if (facts->groups == NULL) {
            return false;
        }
    }
    facts->groups[group % COLUMN_GROUPS_MAX] += number;
    return true;
}

const uint64_t *kind_facts_groups(const struct kind_facts *facts) {
    static const uint64_t none[COLUMN_GROUPS_MAX];
    return facts->groups == NULL ? none : facts->groups;
}

bool kind_facts_sample(struct kind_facts *facts, uint64_t hash, uint32_t limit) {
    if (facts->sample == NULL) {
        facts->sample = malloc(sizeof *facts->sample);
        if (facts->sample == NULL) {
            return false;
        }
        value_sample_init(facts->sample, limit);
    }
    return value_sample_add(facts->sample, hash);
}

bool kind_facts_example(struct kind_facts *facts, enum mask_state state,
                        const struct example *example) {
    struct example *kept = facts->examples[state];
    unsigned count = facts->example_count[state];
    unsigned at = count;
    while (at > 0 && example_before(example, &kept[at - 1])) {
        at--;
    }
    if (at == EXAMPLES_KEPT) {
        return true;
    }
    if (count < EXAMPLES_KEPT) {
        struct example *more = reallocarray(kept, count + 1, sizeof *more);
        if (more == NULL) {
            return false;
        }
        facts->examples[state] = kept = more;
    }
    unsigned last = count < EXAMPLES_KEPT ? count : EXAMPLES_KEPT - 1;
    memmove(kept + at + 1, kept + at, (last - at) * sizeof *kept);
    kept[at] = *example;
    if (count < EXAMPLES_KEPT) {
        facts->example_count[state]++;
    }
    return true;
}

bool kind_facts_wants_example(const struct kind_facts *facts, enum mask_state state,
                              uint64_t offset, uint64_t row, unsigned limit) {
    if (facts->example_count[state] < limit) {
        return true;
    }
    const struct example *last = &facts->examples[state][limit - 1];
    return offset < last->offset || (offset == last->offset && row <= last->row);
}

bool field_facts_init(struct field_facts *field, struct bytes table, struct bytes column,
                      struct bytes label) {
    *field = (struct field_facts){0};
    if (text_copy(table, &field->table) && text_copy(column, &field->column) &&
        text_copy(label, &field->label)) {
        return true;
    }
    field_facts_release(field);
    return false;
}

void field_facts_release(struct field_facts *field) {
    for (uint32_t i = 0; i < field->kind_count; i++) {
        kind_facts_release(&field->kinds[i]);
    }
    free(field->kinds);
    for (uint32_t i = 0; i < field->pair_count; i++) {
        text_copy_free(&field->pairs[i].column);
    }
    free(field->pairs);
    text_copy_free(&field->table);
    text_copy_free(&field->column);
    text_copy_free(&field->label);
    *field = (struct field_facts){0};
}

struct kind_facts *field_facts_kind(struct field_facts *field, unsigned kind) {
    uint32_t at = 0;
    while (at < field->kind_count && field->kinds[at].kind < kind) {
        at++;
    }
    if (at < field->kind_count && field->kinds[at].kind == kind) {
        return &field->kinds[at];
    }
    struct kind_facts *kinds = realloc(field->kinds, (field->kind_count + 1) * sizeof *kinds);
    if (kinds == NULL) {
        return NULL;
    }
    field->kinds = kinds;
    memmove(kinds + at + 1, kinds + at, (field->kind_count - at) * sizeof *kinds);
    field->kind_count++;
    kind_facts_init(&kinds[at], kind);
    return &kinds[at];
}

static int pair_compare(const struct mask_pair *a, const struct mask_pair *b) {
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    size_t len = a->column.len < b->column.len ? a->column.len : b->column.len;
    int order = len == 0 ? 0 : memcmp(a->column.ptr, b->column.ptr, len);
    return order != 0 ? order : compare_u64(a->column.len, b->column.len);
}

bool mask_pair_before(const struct mask_pair *a, const struct mask_pair *b) {
    return pair_compare(a, b) < 0;
}

/* The place of PAIR's column and kind, made when there is none; NULL when memory is out. */
static struct mask_pair *reach_pair(struct field_facts *field, const struct mask_pair *pair) {
    uint32_t at = 0;
    while (at < field->pair_count && pair_compare(&field->pairs[at], pair) < 0) {
        at++;
    }
    if (at < field->pair_count && pair_compare(&field->pairs[at], pair) == 0) {
        return &field->pairs[at];
    }
    struct mask_pair made = {.kind = pair->kind};
    struct mask_pair *pairs = reallocarray(field->pairs, field->pair_count + 1, sizeof *pairs);
    if (pairs == NULL) {
        return NULL;
    }
    field->pairs = pairs;
    if (!text_copy(pair->column, &made.column)) {
        return NULL;
    }
    memmove(pairs + at + 1, pairs + at, (field->pair_count - at) * sizeof *pairs);
    pairs[at] = made;
    field->pair_count++;
    return &pairs[at];
}

bool field_facts_pair(struct field_facts *field, const struct mask_pair *pair) {
    struct mask_pair *into = reach_pair(field, pair);
    if (into == NULL) {
        return false;
    }
    into->shown += pair->shown;
    into->narrowed += pair->narrowed;
    into->against += pair->against;
    if (pair->residual_min != 0 &&
        (into->residual_min == 0 || pair->residual_min < into->residual_min)) {
        into->residual_min = pair->residual_min;
    }
    return true;
}

struct unit_facts *unit_facts_new(struct bytes concealed_name, struct bytes path) {
    struct unit_facts *unit = calloc(1, sizeof *unit);
    if (unit == NULL || !text_copy(concealed_name, &unit->name) || !text_copy(path, &unit->path)) {
        unit_facts_free(unit);
        return NULL;
    }
    unit->format = "";
    unit->encoding = "";
    unit->encoding_basis = "";
    unit->age = unit_age_none;
    return unit;
}

void unit_facts_leave_hashes(struct unit_facts *unit, uint64_t kept) {
    for (uint32_t i = 0; i < unit->field_count; i++) {
        struct field_facts *field = &unit->fields[i];
        for (uint32_t j = 0; j < field->kind_count; j++) {
            if ((kept >> field->kinds[j].kind & 1) == 0) {
                sketch_leave_hashes(&field->kinds[j].distinct);
            }
        }
    }
}

void unit_facts_free(struct unit_facts *unit) {
    if (unit == NULL || unit->stored) {
        return;
    }
    for (uint32_t i = 0; i < unit->field_count; i++) {
        field_facts_release(&unit->fields[i]);
    }
    free(unit->fields);
    for (uint32_t i = 0; i < unit->sample_count; i++) {
        row_sample_release(&unit->samples[i]);
    }
    free(unit->samples);
    free(unit->piece.tables);
    found_places_release(&unit->found);
    text_copy_free(&unit->name);
    text_copy_free(&unit->path);
    free(unit);
}
