/* Violations that are told once for a source, a unit or the run become one record: the first of
 * the most severe ones stays, counts add up, the other columns stand in its `with`. */
#include <stdlib.h>

#include "core/hash64.h"
#include "judge/rule_run.h"
#include "result/fingerprint.h"

/* A violation that may be put together with others. */
struct candidate {
    const struct violation *violation;
    struct bytes group; /* source or unit; empty: the run */
    size_t index;       /* in results->violations */
};

/* What is allowed stays apart from what is not, and each expectation is told by itself. */
static bool is_folded(const struct violation *violation) {
    if (violation->allowed || violation->missed != 0) {
        return false;
    }
    return violation->fold || violation->rule->scope >= SCOPE_UNIT;
}

static struct bytes group_of(const struct results *results, const struct violation *violation) {
    if (violation->rule->scope == SCOPE_RUN || violation->unit >= results->unit_count) {
        return bytes_of(NULL, 0);
    }
    const struct unit_result *unit = &results->units[violation->unit];
    return violation->fold ? unit->source : unit->name;
}

static int compare_candidates(const void *a, const void *b) {
    const struct candidate *x = a, *y = b;
    int order = strcmp(x->violation->rule->id, y->violation->rule->id);
    size_t common = x->group.len < y->group.len ? x->group.len : y->group.len;
    if (order == 0 && common > 0) {
        order = memcmp(x->group.ptr, y->group.ptr, common);
    }
    if (order == 0) {
        order = (x->group.len > y->group.len) - (x->group.len < y->group.len);
    }
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static bool same_group(const struct candidate *a, const struct candidate *b) {
    return strcmp(a->violation->rule->id, b->violation->rule->id) == 0 &&
           bytes_equal(a->group, b->group);
}

static bool same_column(const struct field_facts *a, const struct field_facts *b) {
    return a != NULL && b != NULL && bytes_equal(a->table, b->table) &&
           bytes_equal(a->column, b->column);
}

/* Where in `with` a column stands; a source may have thousands. */
struct partner_index {
    uint32_t *slots; /* index + 1 */
    size_t mask;
};

static bool partner_index_init(struct partner_index *index, size_t partners) {
    size_t slots = 16;
    while (slots < 2 * partners) {
        slots *= 2;
    }
    index->slots = calloc(slots, sizeof *index->slots);
    index->mask = slots - 1;
    return index->slots != NULL;
}

/* The slot of the column: its own, or a free one. */
static uint32_t *partner_slot(const struct partner_index *index, const struct violation *first,
                              const struct field_facts *place) {
    size_t slot = hash64(place->column, hash64(place->table, 0)) & index->mask;
    while (index->slots[slot] != 0 &&
           !same_column(first->with[index->slots[slot] - 1].place, place)) {
        slot = (slot + 1) & index->mask;
    }
    return &index->slots[slot];
}

/* Units of one source have the same columns: each is named once. */
static void add_partner(struct partner_index *index, struct violation *first,
                        const struct violation *other) {
    if (same_column(first->place, other->place) || other->place == NULL) {
        return;
    }
    uint32_t *slot = partner_slot(index, first, other->place);
    if (*slot != 0) {
        first->with[*slot - 1].count += other->count;
        return;
    }
    first->with[first->with_count++] = (struct violation_partner){
        .place = other->place, .kind = other->kind, .count = other->count};
    *slot = first->with_count;
}

static void add_violation_to(struct partner_index *index, struct violation *first,
                             const struct violation *other) {
    add_partner(index, first, other);
    first->count += other->count;
    first->beside_parent |= other->beside_parent;
    first->counts_for_exit |= other->counts_for_exit;
    first->severity = other->severity > first->severity ? other->severity : first->severity;
    first->confidence =
        other->confidence > first->confidence ? other->confidence : first->confidence;
    for (unsigned i = 0; i < other->example_count && other->unit == first->unit; i++) {
        add_example(first, other->examples[i]);
    }
}

/* The one that stays: the first of those that are most severe, since it is listed where it stands.
 */
static size_t worst_of(const struct results *results, const struct candidate *group, size_t count) {
    size_t worst = 0;
    for (size_t i = 1; i < count; i++) {
        if (results->violations[group[i].index].severity >
            results->violations[group[worst].index].severity) {
            worst = i;
        }
    }
    return worst;
}

/* The COUNT violations of one group: the others are marked by taking their count away. */
static bool fold_group(struct results *results, const struct candidate *group, size_t count) {
    const size_t worst = worst_of(results, group, count);
    struct violation *first = &results->violations[group[worst].index];
    const struct bytes none = {NULL, 0};
    bool whole_run = first->unit >= results->unit_count || first->rule->scope == SCOPE_RUN;
    char fingerprint[65];
    fingerprint_violation(first->rule->id, whole_run ? none : results->units[first->unit].source,
                          none, none, "", STORAGE_NONE, fingerprint);
    if (!violation_set_fingerprint(first, fingerprint)) {
        return false;
    }
    if (count == 1) {
        return true;
    }
    struct violation_partner *with =
        reallocarray(first->with, first->with_count + count, sizeof *with);
    if (with == NULL) {
        return false;
    }
    first->with = with;
    struct partner_index index;
    if (!partner_index_init(&index, first->with_count + count)) {
        return false;
    }
    for (uint32_t i = 0; i < first->with_count; i++) {
        if (first->with[i].place != NULL) {
            *partner_slot(&index, first, first->with[i].place) = i + 1;
        }
    }
    for (size_t i = 0; i < count; i++) {
        struct violation *other = &results->violations[group[i].index];
        if (i == worst) {
            continue;
        }
        add_violation_to(&index, first, other);
        violation_release(other);
        other->count = 0;
    }
    free(index.slots);
    return true;
}

static void drop_empty(struct results *results) {
    size_t kept = 0;
    for (size_t i = 0; i < results->violation_count; i++) {
        if (results->violations[i].count > 0) {
            results->violations[kept++] = results->violations[i];
        }
    }
    results->violation_count = kept;
}

int fold_violations(struct judging *judging) {
    struct results *results = judging->results;
    struct candidate *candidates = calloc(results->violation_count + 1, sizeof *candidates);
    if (candidates == NULL) {
        return judging_out_of_memory(judging);
    }
    size_t count = 0;
    for (size_t i = 0; i < results->violation_count; i++) {
        const struct violation *violation = &results->violations[i];
        if (is_folded(violation)) {
            candidates[count++] = (struct candidate){violation, group_of(results, violation), i};
        }
    }
    qsort(candidates, count, sizeof *candidates, compare_candidates);
    bool ok = true;
    for (size_t first = 0, end; ok && first < count; first = end) {
        end = first + 1;
        while (end < count && same_group(&candidates[first], &candidates[end])) {
            end++;
        }
        ok = fold_group(results, candidates + first, end - first);
    }
    free(candidates);
    drop_empty(results);
    return ok ? 0 : judging_out_of_memory(judging);
}
