/* Facts of two pieces of one unit put together. Every law here gives the same for any grouping and
 * order: sums, unions, smallest positions, smallest texts. */
#include <stdlib.h>

#include "core/hash64.h"
#include "result/facts.h"
#include "result/text_copy.h"

static int text_compare(struct bytes a, struct bytes b) {
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len == 0 ? 0 : memcmp(a.ptr, b.ptr, len);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

/* Of two texts the smaller one that is not empty stays in INTO. */
static void merge_text(struct bytes *into, struct bytes *from) {
    if (from->len > 0 && (into->len == 0 || text_compare(*from, *into) < 0)) {
        struct bytes kept = *into;
        *into = *from;
        *from = kept;
    }
}

static bool merge_dates(struct kind_facts *into, const struct kind_facts *from) {
    if (from->dates != NULL && into->dates == NULL) {
        into->dates = date_facts_new();
    }
    return from->dates == NULL ||
           (into->dates != NULL && date_facts_merge(into->dates, from->dates));
}

static bool reach_sample(struct kind_facts *facts, uint32_t limit) {
    return facts->sample != NULL || kind_facts_sample(facts, UINT64_MAX, limit);
}

/* FROM keeps what it owns. */
static bool merge_kind(struct kind_facts *into, const struct kind_facts *from) {
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        into->count[state] += from->count[state];
        into->unproven[state] += from->unproven[state];
        for (unsigned i = 0; i < from->example_count[state]; i++) {
            if (!kind_facts_example(into, (enum mask_state)state, &from->examples[state][i])) {
                return false;
            }
        }
    }
    into->shaped += from->shaped;
    into->dummies += from->dummies;
    into->with_checksum += from->with_checksum;
    into->with_layout += from->with_layout;
    into->with_context += from->with_context;
    into->embedded += from->embedded;
    for (unsigned group = 0; from->groups != NULL && group < COLUMN_GROUPS_MAX; group++) {
        if (!kind_facts_group(into, group, from->groups[group])) {
            return false;
        }
    }
    into->evidence |= from->evidence;
    if (from->residual_min != 0 &&
        (into->residual_min == 0 || from->residual_min < into->residual_min)) {
        into->residual_min = from->residual_min;
    }
    sketch_merge(&into->distinct, &from->distinct);
    if (from->sample != NULL && (!reach_sample(into, from->sample->limit) ||
                                 !value_sample_merge(into->sample, from->sample))) {
        return false;
    }
    into->forms.dropped = into->forms.dropped || from->forms.dropped;
    for (uint32_t i = 0; i < from->forms.used; i++) {
        const struct mask_form *form = &from->forms.forms[i];
        if (!mask_forms_add(&into->forms, bytes_of_string(form->text), form->count)) {
            return false;
        }
    }
    return merge_dates(into, from);
}

static bool merge_field(struct field_facts *into, struct field_facts *from) {
    for (uint32_t i = 0; i < from->kind_count; i++) {
        struct kind_facts *kind = field_facts_kind(into, from->kinds[i].kind);
        if (kind == NULL || !merge_kind(kind, &from->kinds[i])) {
            return false;
        }
    }
    for (uint32_t i = 0; i < from->pair_count; i++) {
        if (!field_facts_pair(into, &from->pairs[i])) {
            return false;
        }
    }
    merge_text(&into->label, &from->label);
    into->end_column = into->end_column || from->end_column;
    into->idle = into->idle && from->idle;
    into->digests += from->digests;
    into->digests_only += from->digests_only;
    into->digests_proven += from->digests_proven;
    into->cells += from->cells;
    into->empty += from->empty;
    if (from->ordinal != 0 && (into->ordinal == 0 || from->ordinal < into->ordinal)) {
        into->ordinal = from->ordinal;
    }
    if (from->number < into->number) {
        into->number = from->number;
    }
    if (from->attribution < into->attribution) {
        into->attribution = from->attribution; /* the weaker claim holds for all of it */
    }
    return true;
}

static uint64_t name_hash(const struct field_facts *field) {
    return hash64(field->column, hash64(field->table, (uint64_t)field->storage));
}

/* Make fields of equal (table, column, storage) one. A table of positions, twice the fields and
 * more, so that thousands of them take no time. */
static bool unify(struct unit_facts *unit) {
    size_t slots = 16;
    while (slots < 2 * (size_t)unit->field_count) {
        slots *= 2;
    }
    uint32_t *place = calloc(slots, sizeof *place); /* index + 1 */
    if (place == NULL) {
        return false;
    }
    bool whole = true;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < unit->field_count; i++) {
        struct field_facts *field = &unit->fields[i];
        size_t slot = name_hash(field) & (slots - 1);
        while (place[slot] != 0) {
            const struct field_facts *other = &unit->fields[place[slot] - 1];
            if (other->storage == field->storage && bytes_equal(other->table, field->table) &&
                bytes_equal(other->column, field->column)) {
                break;
            }
            slot = (slot + 1) & (slots - 1);
        }
        if (place[slot] == 0) {
            unit->fields[kept] = *field;
            place[slot] = ++kept;
        } else {
            whole = merge_field(&unit->fields[place[slot] - 1], field) && whole;
            field_facts_release(field);
        }
    }
    unit->field_count = kept;
    free(place);
    return whole;
}

static int field_order(const void *a, const void *b) {
    const struct field_facts *x = a, *y = b;
    if (x->number != y->number) {
        return x->number < y->number ? -1 : 1;
    }
    int order = text_compare(x->table, y->table);
    order = order != 0 ? order : text_compare(x->column, y->column);
    return order != 0 ? order : (int)x->storage - (int)y->storage;
}

static const char *merge_name(const char *into, const char *from, char *own, size_t own_size) {
    if (from[0] == '\0' || (into[0] != '\0' && strcmp(into, from) <= 0)) {
        return into;
    }
    size_t len = strnlen(from, own_size - 1);
    memcpy(own, from, len);
    own[len] = '\0';
    return own;
}

/* The smaller day that is known, or the larger one. */
static int32_t earlier(int32_t a, int32_t b) {
    return a == DAY_NONE || (b != DAY_NONE && b < a) ? b : a;
}

static int32_t later(int32_t a, int32_t b) {
    return a > b ? a : b;
}

static void merge_age(struct unit_age *into, const struct unit_age *from) {
    into->dumped = later(into->dumped, from->dumped);
    into->member = later(into->member, from->member);
    into->log_first = earlier(into->log_first, from->log_first);
    into->log_last = later(into->log_last, from->log_last);
    into->log_year_assumed = into->log_year_assumed || from->log_year_assumed;
}

static void merge_coverage(struct unit_facts *into, const struct unit_facts *from) {
    if (into->status != from->status) {
        into->status = COVERAGE_PARTIAL;
    }
    bool later = into->error_code == 0 || from->error_code > into->error_code ||
                 (from->error_code == into->error_code && strcmp(from->detail, into->detail) < 0);
    if (from->error_code != 0 && later) {
        into->error_code = from->error_code;
        memcpy(into->detail, from->detail, sizeof into->detail);
    }
}

static bool move_fields(struct unit_facts *into, struct unit_facts *from) {
    if (from->field_count == 0) {
        return true;
    }
    size_t count = (size_t)into->field_count + from->field_count;
    struct field_facts *fields = realloc(into->fields, count * sizeof *fields);
    if (fields == NULL) {
        return false;
    }
    memcpy(fields + into->field_count, from->fields, from->field_count * sizeof *fields);
    into->fields = fields;
    into->field_count = (uint32_t)count;
    free(from->fields);
    from->fields = NULL;
    from->field_count = 0;
    return true;
}

static bool move_samples(struct unit_facts *into, struct unit_facts *from) {
    if (from->sample_count == 0) {
        return true;
    }
    size_t count = (size_t)into->sample_count + from->sample_count;
    struct row_sample *samples = reallocarray(into->samples, count, sizeof *samples);
    if (samples == NULL) {
        return false;
    }
    memcpy(samples + into->sample_count, from->samples, from->sample_count * sizeof *samples);
    into->samples = samples;
    into->sample_count = (uint32_t)count;
    free(from->samples);
    from->samples = NULL;
    from->sample_count = 0;
    return row_samples_unify(into->samples, &into->sample_count);
}

int unit_facts_merge(struct unit_facts *into, struct unit_facts *from, struct error *err) {
    bool whole = move_fields(into, from) && unify(into) && move_samples(into, from);
    if (into->field_count > 0) {
        qsort(into->fields, into->field_count, sizeof *into->fields, field_order);
    }
    into->format =
        merge_name(into->format, from->format, into->format_name, sizeof into->format_name);
    into->encoding =
        merge_name(into->encoding, from->encoding, into->encoding_name, sizeof into->encoding_name);
    into->encoding_basis = merge_name(into->encoding_basis, from->encoding_basis,
                                      into->encoding_basis_name, sizeof into->encoding_basis_name);
    into->traits |= from->traits;
    into->bytes += from->bytes;
    into->rows += from->rows;
    into->tables_seen |= from->tables_seen;
    if (from->frame_rows > into->frame_rows ||
        (from->frame_rows == into->frame_rows && from->trailer_rows > into->trailer_rows)) {
        into->trailer_rows = from->trailer_rows; /* one piece holds the last line */
        into->frame_rows = from->frame_rows;
    }
    if (!into->file.known) {
        into->file = from->file; /* pieces of one file say the same */
    }
    merge_age(&into->age, &from->age);
    merge_coverage(into, from);
    return whole ? 0
                 : error_set(err, YINMA_E_MEMORY, "memory ran out while results were put together");
}
